import assert from "node:assert/strict";
import type { AuditVerdict } from "lib/taxonomy/audit_verdicts.ts";
import { currentVerdicts } from "lib/taxonomy/current_verdicts.ts";

const RIGHT: AuditVerdict = {
  ...{ sheet: "audit_50", marketId: "poly:1", theme: "fed", verdict: "right" },
  ...{ rightTheme: null, reviewer: "Ana", note: null, classifier: "lexical 2" },
};
const WRONG: AuditVerdict = { ...RIGHT, verdict: "wrong", rightTheme: "crypto" };

/** What a verdict says of the contract when its theme is this one. */
function today(verdict: AuditVerdict, theme: string): AuditVerdict | null {
  const found = currentVerdicts(
    [verdict],
    new Map([["poly:1", { theme, classifier: "lexical 2" }]]),
  );
  assert.equal(found.verdicts.length + found.nOutdated, 1);
  return found.verdicts[0] ?? null;
}

Deno.test("currentVerdicts() keeps a verdict on a theme that has not changed", () => {
  for (const one of [RIGHT, WRONG, { ...RIGHT, verdict: "unsure" as const }]) {
    assert.equal(today(one, "fed"), one);
  }
});

Deno.test("currentVerdicts() applies what is known of the right theme to today's", () => {
  assert.deepEqual(today(RIGHT, "crypto"), {
    ...{ ...RIGHT, theme: "crypto", verdict: "wrong", rightTheme: "fed" },
  });
  assert.deepEqual(today(WRONG, "crypto"), {
    ...{ ...RIGHT, theme: "crypto", verdict: "right", rightTheme: null },
  });
  assert.deepEqual(today(WRONG, "sports"), { ...WRONG, theme: "sports" });
});

Deno.test("currentVerdicts() leaves out what says nothing of today's theme", () => {
  assert.equal(today({ ...WRONG, rightTheme: null }, "sports"), null);
  assert.equal(today({ ...RIGHT, verdict: "unsure" }, "sports"), null);
  assert.deepEqual(currentVerdicts([RIGHT], new Map()), {
    ...{ verdicts: [], earlier: [], nOutdated: 1 },
  });
});

Deno.test("currentVerdicts() sets verdicts on another version apart, applied to today's theme", () => {
  const now = new Map([["poly:1", { theme: "crypto", classifier: "lexical 2" }]]);
  const old = { ...WRONG, classifier: "lexical 1" }, unknown = { ...RIGHT, classifier: null };
  const found = currentVerdicts([old, unknown, WRONG], now);
  assert.deepEqual(found.verdicts.map(({ verdict }) => verdict), ["right"]);
  assert.deepEqual(
    found.earlier.map(({ verdict, classifier }) => [verdict, classifier]),
    [["right", "lexical 1"], ["wrong", null]],
  );
  assert.equal(found.nOutdated, 0);
});
