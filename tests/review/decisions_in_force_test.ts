import assert from "node:assert/strict";
import fc from "fast-check";
import type { Decision, Verdict } from "lib/review/decision.ts";
import {
  decisionsInForce,
  inForce as decisionsAlone,
  subjectKey,
} from "lib/review/decisions_in_force.ts";
import { shuffled } from "lib/core/random.ts";
import { decisionOf, draftOf, OTHER_SEEN } from "./decision_fixture.ts";

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

const SAID: Readonly<Record<string, Verdict>> = {
  ...{
    a: "approve",
    A: "approve",
    r: "rename",
    m: "merge",
    s: "split",
    f: "flag",
    "-": "withdraw",
  },
};

Deno.test("inForce() gives a cluster's name beside the approval that followed on the same data", () => {
  const cases: Readonly<Record<string, readonly number[]>> = {
    ...{ r: [1], ra: [1, 2], raa: [1, 3], a: [1], ar: [2], rr: [2], rra: [2, 3] },
    // taking the approval back leaves the rename, and taking that back leaves nothing
    ...{ "ra-": [1], "ra--": [], "ra-a": [1, 4], "r-a": [3], "raa-": [1, 2] },
    ...{ rf: [2], rm: [2], rs: [2], rfa: [3], rma: [3], rsa: [3], "rf-a": [1, 4] },
    // approved on other data, where the stale name was not shown
    ...{ rA: [2], rAa: [3], raA: [3], "raA-": [1, 2] },
  };
  for (const [letters, expected] of Object.entries(cases)) {
    const decisions = [...letters].map((letter, i) =>
      decisionOf({
        ...{ kind: "cluster", number: i + 1, verdict: SAID[letter]! },
        ...letter === "A" && { seen: OTHER_SEEN },
      })
    );
    const found = decisionsAlone(decisions, { source });
    assert.deepEqual(found.map(({ number }) => number), expected, letters);
    const [own] = decisionsInForce(decisions, { source }).values();
    assert.equal(own!.decision?.number, expected.at(-1), letters);
    assert.equal(own!.rename?.number, expected.length === 2 ? expected[0] : undefined, letters);
  }
});

Deno.test("inForce() gives one decision about all else: to approve a theme ends what was relabelled", () => {
  const relabel = decisionOf({ verdict: "relabel", value: { theme: "fed" } });
  const approval = decisionOf({ number: 2 });
  assert.deepEqual(decisionsAlone([relabel, approval], { source }), [approval]);
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
