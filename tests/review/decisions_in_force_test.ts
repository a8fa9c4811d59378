import assert from "node:assert/strict";
import fc from "fast-check";
import type { Decision } from "lib/review/decision.ts";
import { decisionsInForce, subjectKey } from "lib/review/decisions_in_force.ts";
import { shuffled } from "lib/core/random.ts";
import { decisionOf, draftOf } from "./decision_fixture.ts";

const { source } = draftOf();
const KEY = "theme fed-rates";

/** Decisions 1, 2, … about one subject: a letter approves with it as the comment, "-" withdraws. */
function history(letters: string): Decision[] {
  return [...letters].map((comment, i) =>
    decisionOf({ number: i + 1, comment, verdict: comment === "-" ? "withdraw" : "approve" })
  );
}

function inForce(letters: string): string {
  return decisionsInForce(history(letters), { source }).get(KEY)?.decision?.comment ?? "";
}

Deno.test("decisionsInForce() takes the last decision, and goes one step back for each withdrawal", () => {
  const cases = [
    ...[["", ""], ["a", "a"], ["ab", "b"], ["ab-", "a"], ["ab--", ""], ["a-", ""], ["a-b", "b"]],
    ...[["-", ""], ["-a", "a"], ["a--b-", ""], ["a--bc-", "b"], ["ab-c-", "a"], ["ab-c--", ""]],
  ];
  for (const [letters, expected] of cases) assert.equal(inForce(letters!), expected, letters);
});

Deno.test("decisionsInForce() counts every decision ever taken, and knows nothing of other universes", () => {
  const other = decisionOf({ source: 'folder "real"', number: 9 });
  const side = decisionOf({ kind: "side" });
  const found = decisionsInForce([...history("ab--"), other, side], { source });
  assert.deepEqual([...found.keys()], ["side fed-rates", KEY]);
  assert.deepEqual(found.get(KEY), { decision: null, nDecisions: 4 });
  assert.deepEqual(found.get(subjectKey("side", "fed-rates")), { decision: side, nDecisions: 1 });
});

Deno.test("decisionsInForce() passes over a number that is missing and takes the earlier of two with one", () => {
  const [one, , three, four] = history("abc-") as [Decision, Decision, Decision, Decision];
  assert.deepEqual(decisionsInForce([three, one], { source }).get(KEY), {
    ...{ decision: three, nDecisions: 3 },
  });
  assert.equal(decisionsInForce([four, three, one], { source }).get(KEY)!.decision, one);
  const copy = { ...three, comment: "copy", at: "2026-05-03T09:00:00.000Z" };
  for (const order of [[one, three, copy], [copy, three, one]]) {
    assert.deepEqual(decisionsInForce(order, { source }).get(KEY)!.decision, copy);
    const back = decisionsInForce([...order, four], { source }).get(KEY)!;
    assert.deepEqual(back, { decision: one, nDecisions: 4 });
  }
});

Deno.test("decisionsInForce() is a stack a subject, in whatever order the decisions are read", () => {
  const step = fc.record({
    subject: fc.constantFrom("a", "b", "c"),
    isWithdrawal: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 40 }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
      (steps, draws) => {
        const stacks = new Map<string, { comments: string[]; n: number }>();
        const decisions = steps.map(({ subject, isWithdrawal }, i): Decision => {
          const model = stacks.get(subject) ?? { comments: [], n: 0 };
          const comments = isWithdrawal
            ? model.comments.slice(0, -1)
            : [...model.comments, String(i)];
          stacks.set(subject, { comments, n: model.n + 1 });
          return decisionOf({
            ...{ subject, number: model.n + 1, comment: String(i) },
            verdict: isWithdrawal ? "withdraw" : "approve",
          });
        });
        const found = decisionsInForce(shuffled(decisions, () => draws.next().value!), { source });
        assert.deepEqual([...found.keys()], [...stacks.keys()].map((id) => `theme ${id}`).sort());
        for (const [id, { comments, n }] of stacks) {
          const { decision, nDecisions } = found.get(subjectKey("theme", id))!;
          assert.equal(decision?.comment, comments.at(-1));
          assert.equal(nDecisions, n);
        }
      },
    ),
    { seed: 7, numRuns: 300 },
  );
});
