import assert from "node:assert/strict";
import { auditSubjects } from "lib/review/audit_subjects.ts";
import type { AuditEntry } from "lib/taxonomy/audit_sheet.ts";

const ENTRY: AuditEntry = {
  ...{ sheet: "audit_50", marketId: "poly:1", eventId: "fed", title: "Fed cuts?" },
  ...{ ruleText: "Rules.", theme: "fed", secondaryTheme: null, confidence: 0.9 },
  ...{ reasoning: "a term", classifier: "lexical 1" },
};

function seenOf(change: Partial<AuditEntry>): string {
  return auditSubjects([{ ...ENTRY, ...change }])[0]!.seen;
}

Deno.test("auditSubjects() waits for the contracts of the first sheet alone", () => {
  const entries = ["audit_50", "audit_100", "edge_unsure"].map((sheet) => ({ ...ENTRY, sheet }));
  const found = auditSubjects(entries);
  assert.deepEqual(found.map(({ kind, id, isRequired }) => [kind, id, isRequired]), [
    ["audit", "audit_50 | poly:1", true],
    ["audit", "audit_100 | poly:1", false],
    ["audit", "edge_unsure | poly:1", false],
  ]);
  assert.equal(new Set(found.map(({ seen }) => seen)).size, 1);
  assert.equal(found[0]!.title, "Fed cuts?");
});

Deno.test("auditSubjects() waits for the smallest random sheet, whatever its size", () => {
  const requiredOf = (...sheets: string[]) =>
    auditSubjects(sheets.map((sheet) => ({ ...ENTRY, sheet }))).filter((one) => one.isRequired)
      .map(({ id }) => id);
  assert.deepEqual(requiredOf("audit_200", "audit_80", "edge_unsure"), ["audit_80 | poly:1"]);
  assert.deepEqual(requiredOf("edge_unsure"), []);
});

Deno.test("auditSubjects() sees what a person judges by", () => {
  const changes: readonly Partial<AuditEntry>[] = [
    ...[{}, { title: "Fed?" }, { ruleText: null }, { theme: "crypto" }, { confidence: NaN }],
    ...[{ secondaryTheme: "crypto" }, { confidence: 0.8 }, { reasoning: "" }],
    { classifier: "lexical 2" },
  ];
  assert.equal(new Set(changes.map(seenOf)).size, changes.length);
  assert.equal(seenOf({ eventId: "other" }), seenOf({}));
});
