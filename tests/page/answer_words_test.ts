import assert from "node:assert/strict";
import type { Decision } from "lib/review/decision.ts";
import type { DeskState } from "lib/desk/desk_api.ts";
import { answerWords, shortTitle } from "lib/page/answer_words.ts";

const DECISION: Decision = {
  kind: "cut",
  subject: "ward",
  title: "Ward's tree",
  verdict: "approve",
  value: { clusters: 5 },
  comment: "",
  by: "Ada\u202E",
  seen: "0".repeat(64),
  source: "simulated universe, seed 7",
  asOf: "2025-09-30",
  at: "2026-01-02T03:04:05.678Z",
  number: 1,
};

Deno.test("answerWords() says what was stored", () => {
  assert.equal(answerWords({ stored: DECISION, state: {} as DeskState }), "Approved: Ward's tree");
});

Deno.test("answerWords() says of an audit, a twin and a flag what was meant", () => {
  const said = (kind: Decision["kind"], verdict: Decision["verdict"]) =>
    answerWords({ stored: { ...DECISION, kind, verdict, title: "T" }, state: {} as DeskState });
  assert.equal(said("audit", "relabel"), "Judged wrong: T");
  assert.equal(said("audit", "flag"), "Left unsure: T");
  assert.equal(said("twin", "exclude"), "Rejected: T");
  assert.equal(said("contract", "exclude"), "Excluded: T");
  assert.equal(said("basket", "flag"), "Flagged: T");
  assert.equal(said("twin", "withdraw"), "Withdrawn: T");
});

Deno.test("answerWords() tells the second writer who was first, when and why", () => {
  assert.equal(
    answerWords({
      refused: "second",
      reason: "",
      decision: { ...DECISION, verdict: "flag", comment: "too few" },
    }),
    "Ada decided on this meanwhile: flagged (2026-01-02 03:04 UTC, “too few”). Yours was not stored; what you typed is kept.",
  );
  assert.equal(
    answerWords({ refused: "second", reason: "", decision: null }),
    "Somebody took the decision on this back meanwhile. Yours was not stored; what you typed is kept.",
  );
});

Deno.test("answerWords() says that the data changed, and the reason of other refusals", () => {
  assert.match(answerWords({ refused: "changed", reason: "" }), /^The data changed since/);
  assert.equal(
    answerWords({ refused: "malformed", reason: "Write your name first." }),
    "Nothing was stored. Write your name first.",
  );
});

Deno.test("shortTitle() gives one line of at most 80 characters without marks that turn text", () => {
  assert.equal(shortTitle("a\n\u202Eb"), "a b");
  assert.equal(shortTitle("x".repeat(500)), "x".repeat(79) + "…");
  assert.equal([...shortTitle("😀".repeat(90))].length, 80);
});
