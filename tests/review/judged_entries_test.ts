import assert from "node:assert/strict";
import { auditSubjects } from "lib/review/audit_subjects.ts";
import { correctionsOf } from "lib/review/corrections_of.ts";
import { judgedEntries } from "lib/review/judged_entries.ts";
import type { AuditEntry } from "lib/taxonomy/audit_sheet.ts";
import { decisionOf } from "./decision_fixture.ts";

const CANDIDATES = ["poly:1", "poly:2", "poly:3"].map((marketId): Omit<AuditEntry, "sheet"> => ({
  ...{ marketId, eventId: `event of ${marketId}`, title: "Fed cuts?", ruleText: null },
  ...{ theme: "crypto", secondaryTheme: null, confidence: 0.9, reasoning: "", classifier: "l 1" },
}));
const DRAWN = [{ ...CANDIDATES[0]!, sheet: "audit_50" }];

function judged(marketId: string, sheet: string) {
  const { seen } = auditSubjects([{ ...CANDIDATES[1]!, marketId, sheet }])[0]!;
  return decisionOf({
    ...{ kind: "audit", subject: `${sheet} | ${marketId}`, verdict: "relabel", seen },
    value: { marketId, sheet, theme: "crypto", classifier: "l 1", rightTheme: "macro" },
  });
}

Deno.test("judgedEntries() keeps what was judged on a sheet that no longer holds it", () => {
  const decisions = [
    ...[judged("poly:2", "edge_unsure"), judged("poly:1", "audit_50")],
    ...[judged("poly:2", "audit_50"), judged("poly:9", "audit_50"), decisionOf()],
  ];
  const found = judgedEntries(decisions, { entries: DRAWN, candidates: CANDIDATES });
  assert.deepEqual(found, [
    { ...CANDIDATES[1]!, sheet: "audit_50" },
    { ...CANDIDATES[1]!, sheet: "edge_unsure" },
  ]);
});

Deno.test("judgedEntries() lets a verdict correct its event after the sheet was drawn anew", () => {
  const decisions = [judged("poly:2", "edge_unsure")];
  const kept = judgedEntries(decisions, { entries: DRAWN, candidates: CANDIDATES });
  const subjects = [...auditSubjects(DRAWN), ...auditSubjects(kept, { required: null })];
  const marketsOfEvent = new Map([["e", ["poly:2"]]]);
  const { corrections, ignored } = correctionsOf(decisions, subjects, { marketsOfEvent });
  assert.deepEqual([corrections.themes, ignored], [new Map([["poly:2", "macro"]]), []]);
  assert.deepEqual(subjects.map(({ isRequired }) => isRequired), [true, false]);
});
