import assert from "node:assert/strict";
import { verdictText } from "lib/desk/verdict_text.ts";
import { SUBJECT_KINDS } from "lib/review/decision.ts";

const nameOf = (theme: string) => theme.toUpperCase();
const audit = { marketId: "a", sheet: "audit_50", theme: "x", classifier: "lexical 1" };

Deno.test("verdictText() says what was decided", () => {
  const cases = [
    ["cut", "approve", { clusters: 12 }, "12 clusters approved"],
    ["cut", "flag", {}, "flagged"],
    ["cluster", "approve", { members: ["a"] }, "approved"],
    ["cluster", "rename", { members: ["a"], name: "Oil" }, "renamed “Oil”"],
    ["cluster", "merge", { members: ["a"], with: [["b"]] }, "merged with 1 cluster"],
    ["cluster", "split", { members: ["a", "b"], parts: [["a"], ["b"]] }, "split into 2 parts"],
    ["theme", "relabel", { theme: "oil" }, "is OIL"],
    ["side", "relabel", { side: 1 }, "YES is more of the driver"],
    ["side", "relabel", { side: -1 }, "YES is less of the driver"],
    ["side", "relabel", { side: 0 }, "YES is neither more nor less of the driver"],
    ["contract", "exclude", { since: "2026-01-31" }, "not held from 2026-01-31 on"],
    ["contract", "exclude", { since: null }, "never held"],
    ["twin", "exclude", {}, "not one question"],
    ["twin", "approve", {}, "approved"],
    ["audit", "approve", audit, "right"],
    ["audit", "flag", audit, "unsure"],
    ["audit", "relabel", { ...audit, rightTheme: "oil" }, "wrong, right is OIL"],
    ["audit", "relabel", { ...audit, rightTheme: null }, "wrong"],
    ["basket", "flag", {}, "flagged"],
  ] as const;
  for (const [kind, verdict, value, expected] of cases) {
    assert.equal(verdictText({ kind, verdict, value: { ...value } }, { nameOf }), expected);
  }
});

Deno.test("verdictText() has words for every kind's plain verdicts", () => {
  for (const kind of SUBJECT_KINDS) {
    for (const verdict of ["approve", "flag"] as const) {
      assert.match(verdictText({ kind, verdict, value: {} }, { nameOf }), /^[a-z]/);
    }
  }
});
