import assert from "node:assert/strict";
import fc from "fast-check";
import { indexLevels } from "lib/backtest/index_divisor.ts";
import { type HeldRow, POLICIES } from "lib/backtest/ledger.ts";
import { pricePaths } from "lib/backtest/price_paths.ts";
import { replayBasket } from "lib/backtest/replay_basket.ts";
import { dayStartMs, parseDay } from "lib/core/day.ts";
import { randomStream } from "lib/core/random.ts";
import { dailyCloses, dataSetFixture } from "../fixtures/data_set.ts";
import { FIRST_DAY, randomDecision, randomDecisions, randomUniverse } from "./random_universe.ts";

const first = parseDay("2026-01-01");
const row = (marketId: string, weight: number, day = first): HeldRow => ({
  ...{ decidedOn: day - 1, date: day, marketId, side: "yes", weight, reason: "target" },
});

Deno.test("indexLevels() changes the divisor with the composition, and not the level", () => {
  const paths = pricePaths(dataSetFixture({
    "kalshi:A": { closes: dailyCloses("2026-01-01", [0.5, 0.6, 0.6, 0.6]) },
    "kalshi:B": { closes: dailyCloses("2026-01-01", [0.25, 0.25, 0.5, 0.5]) },
    "kalshi:C": {
      closes: dailyCloses("2026-01-01", [0.5, 0.5, 0.5]),
      paid: { payout: 1, atMs: dayStartMs(first + 3) },
    },
  }));
  const rows = [
    row("kalshi:A", 0.5),
    row("kalshi:C", 0.25),
    row("kalshi:B", 0.5, first + 1),
    row("kalshi:C", 0.25, first + 1),
  ];
  const { level, divisor, firstDay } = indexLevels(paths, rows, { policy: "redistribute" });
  assert.equal(firstDay, first);
  // A is worth 60 of 110; then B doubles; then C doubles to 55, which buys B
  assert.deepEqual([...level].map((x) => x.toFixed(9)), [
    "100.000000000",
    "110.000000000",
    "165.000000000",
    "192.500000000",
  ]);
  const [start, rebalanced, kept, deleted] = divisor;
  assert.equal(start, 0.01);
  assert.ok(Math.abs(rebalanced! - 1 / 110) < 1e-15);
  assert.equal(kept, rebalanced);
  assert.ok(Math.abs(deleted! - rebalanced! * 2 / 3) < 1e-15);
});

Deno.test("indexLevels() is the gross NAV of the ledger, with both policies", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), (seed) => {
      const data = randomUniverse(seed, { nMarkets: 40, nDays: 200 });
      const paths = pricePaths(data);
      const decisions = randomDecisions(data, { seed, nTargets: 9 });
      const rates = Float64Array.from({ length: 200 }, (_, t) => seed % 2 * 1e-4 * (t % 3));
      const cashRate = { firstDay: FIRST_DAY, rates };
      for (const policy of POLICIES) {
        const ledger = replayBasket(paths, decisions, {
          ...{ policy, cashRate, cost: () => ({ spread: 0.05, fee: 0.01 }) },
          ...{ maxPriceAgeDays: 3, minMarkets: 5 },
          reconsider: (day) =>
            randomDecision(data, {
              ...{ day, nTargets: 9, isFeasible: false },
              random: randomStream(seed, `day ${day}`),
            }),
        });
        const { level, firstDay } = indexLevels(paths, ledger.held, {
          ...{ policy, cashRate, firstDay: ledger.firstDay },
        });
        assert.equal(firstDay, ledger.firstDay);
        assert.equal(level.length, ledger.navGross.length);
        level.forEach((x, t) => {
          const gross = ledger.navGross[t]!;
          assert.ok(Math.abs(x - gross) <= 1e-9, `${x} is not ${gross}`);
        });
      }
    }),
    { seed: 11, numRuns: 60 },
  );
});

Deno.test("indexLevels() stays at zero once the basket is worth nothing", () => {
  const paths = pricePaths(dataSetFixture({
    "kalshi:A": {
      closes: dailyCloses("2026-01-01", [0.5, 0.5]),
      paid: { payout: 0, atMs: dayStartMs(first + 2) },
    },
    "kalshi:B": { closes: dailyCloses("2026-01-01", [0.5, 0.5, 0.5, 0.5, 0.9]) },
  }));
  const rows = [row("kalshi:A", 1), row("kalshi:B", 1, first + 3)];
  assert.deepEqual([...indexLevels(paths, rows, { policy: "cash" }).level], [100, 100, 0, 0, 0]);
});

Deno.test("indexLevels() of cash alone is flat", () => {
  const paths = pricePaths(dataSetFixture({ "kalshi:A": { closes: { "2026-01-03": 0.5 } } }));
  assert.deepEqual([
    ...indexLevels(paths, [{ ...row("kalshi:A", 0), reason: "sold=infeasible" }], {
      policy: "cash",
    }).level,
  ], [
    100,
    100,
    100,
  ]);
});

Deno.test("indexLevels() refuses rows that it cannot read", () => {
  const paths = pricePaths(dataSetFixture({ "kalshi:A": { closes: { "2026-01-03": 0.5 } } }));
  assert.throws(() => indexLevels(paths, [], { policy: "cash" }), {
    name: "RangeError",
    message: "Cannot keep an index as something must have been held: got no rows",
  });
  assert.throws(() => indexLevels(paths, [row("kalshi:Z", 1)], { policy: "cash" }), {
    name: "RangeError",
    message: 'Cannot keep an index as its rows must name markets of the data: got "kalshi:Z"',
  });
});
