import assert from "node:assert/strict";
import { auditVerdictsOf } from "lib/review/audit_verdicts_of.ts";
import type { Decision } from "lib/review/decision.ts";
import { currentVerdicts } from "lib/taxonomy/current_verdicts.ts";
import { decisionOf, OTHER_SEEN } from "./decision_fixture.ts";

function audited(
  marketId: string,
  verdict: Decision["verdict"],
  { value = {}, ...part }: Partial<Decision> = {},
): Decision {
  return decisionOf({
    ...{ kind: "audit", subject: `audit_50 | ${marketId}`, verdict, by: "Ana" },
    value: { marketId, sheet: "audit_50", theme: "crypto", classifier: "lexical 1", ...value },
    ...part,
  });
}

Deno.test("auditVerdictsOf() reads approve, relabel and flag as right, wrong and unsure", () => {
  const common = { sheet: "audit_50", theme: "crypto", classifier: "lexical 1", reviewer: "Ana" };
  const decisions = [
    audited("poly:3", "flag", { comment: " \n" }),
    audited("poly:2", "relabel", { value: { rightTheme: "macro" }, comment: "rates" }),
    audited("poly:1", "approve"),
    audited("poly:4", "relabel", { value: { rightTheme: null } }),
    decisionOf({ subject: "fed" }),
  ];
  assert.deepEqual(auditVerdictsOf(decisions), [
    { ...common, marketId: "poly:1", verdict: "right", rightTheme: null, note: null },
    { ...common, marketId: "poly:2", verdict: "wrong", rightTheme: "macro", note: "rates" },
    { ...common, marketId: "poly:3", verdict: "unsure", rightTheme: null, note: null },
    { ...common, marketId: "poly:4", verdict: "wrong", rightTheme: null, note: null },
  ]);
});

Deno.test("auditVerdictsOf() leaves out a verdict that calls the judged theme wrong and right", () => {
  const decisions = [audited("poly:1", "relabel", { value: { rightTheme: "crypto" } })];
  assert.deepEqual(auditVerdictsOf(decisions), []);
});

Deno.test("auditVerdictsOf() keeps a verdict on an earlier version, which counts apart", () => {
  const verdicts = auditVerdictsOf([
    audited("poly:1", "relabel", { value: { rightTheme: "macro" }, seen: OTHER_SEEN }),
  ]);
  const today = new Map([["poly:1", { theme: "macro", classifier: "lexical 2" }]]);
  const found = currentVerdicts(verdicts, today);
  assert.deepEqual(found.verdicts, []);
  assert.deepEqual(found.earlier.map(({ verdict, theme }) => [verdict, theme]), [[
    "right",
    "macro",
  ]]);
});
