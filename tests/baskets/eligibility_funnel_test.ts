import assert from "node:assert/strict";
import fc from "fast-check";
import { type FilterKey, FILTERS } from "lib/baskets/eligibility.ts";
import { eligibilityFunnel, funnelTable } from "lib/baskets/eligibility_funnel.ts";
import { cellAt } from "lib/core/table.ts";

type Answers = Record<FilterKey, Int8Array>;

/** One list of answers a market, in the order of the filters. */
function answersOf(markets: readonly (readonly number[])[]): Answers {
  return Object.fromEntries(
    FILTERS.map(({ key }, f) => [key, Int8Array.from(markets, (answers) => answers[f]!)]),
  ) as Answers;
}

const unknownPasses = ["total_volume", "liquidity"] as const;

const markets = [
  [1, 1, 1, 1, 1, 1, 1, 1],
  [1, 1, -1, 1, -1, 1, 1, 1],
  [1, 1, 1, -1, 1, 1, 1, 1],
  [1, 0, 1, 1, 1, 0, 1, 1],
  [0, 1, 1, 1, 1, 1, 1, 1],
];

Deno.test("eligibilityFunnel() counts each filter by itself and what is left after it", () => {
  const steps = eligibilityFunnel({ day: 9, answers: answersOf(markets), unknownPasses });
  assert.deepEqual(
    steps.map((
      { filter, nPass, nFail, nUnknown, nLeft },
    ) => [filter, nPass, nFail, nUnknown, nLeft]),
    [
      ["active", 4, 1, 0, 4],
      ["days_to_end", 3, 1, 0, 3],
      ["total_volume", 3, 0, 1, 3],
      ["recent_volume", 3, 0, 1, 2],
      ["liquidity", 3, 0, 1, 2],
      ["history", 3, 1, 0, 2],
      ["price", 4, 0, 0, 2],
      ["fresh", 4, 0, 0, 2],
    ],
  );
  assert.ok(steps.every(({ decidedOn }) => decidedOn === 9));
});

Deno.test("eligibilityFunnel() never widens, and counts every active contract at each filter", () => {
  const answer = fc.constantFrom(1, 1, 1, 0, -1);
  const universe = fc.array(
    fc.tuple(fc.constantFrom(0, 1), ...FILTERS.slice(1).map(() => answer)),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(universe, (markets) => {
      const [active, ...others] = eligibilityFunnel({
        day: 0,
        answers: answersOf(markets),
        unknownPasses,
      });
      assert.equal(active!.nPass + active!.nFail, markets.length);
      let left = active!.nLeft;
      for (const step of others) {
        assert.equal(step.nPass + step.nFail + step.nUnknown, active!.nPass);
        assert.ok(step.nLeft <= left);
        left = step.nLeft;
      }
    }),
    { seed: 7 },
  );
});

Deno.test("eligibilityFunnel() of no market is all zeros", () => {
  const steps = eligibilityFunnel({ day: 0, answers: answersOf([]), unknownPasses });
  assert.equal(steps.length, FILTERS.length);
  assert.ok(
    steps.every(({ nPass, nFail, nUnknown, nLeft }) => nPass + nFail + nUnknown + nLeft === 0),
  );
});

Deno.test("funnelTable() has a row for each step of each decision", () => {
  const steps = [0, 31].flatMap((day) =>
    eligibilityFunnel({ day, answers: answersOf(markets), unknownPasses })
  );
  const { nRows, columns } = funnelTable(steps);
  assert.equal(nRows, 2 * FILTERS.length);
  assert.deepEqual(Object.keys(columns), [
    "decided_on",
    "filter",
    "n_pass",
    "n_fail",
    "n_unknown",
    "n_left",
  ]);
  assert.deepEqual(Object.values(columns).map((column) => cellAt(column, 9)), [
    31,
    "days_to_end",
    3,
    1,
    0,
    3,
  ]);
});
