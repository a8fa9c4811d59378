import assert from "node:assert/strict";
import { growthPaths } from "lib/backtest/growth_paths.ts";
import { pricePaths } from "lib/backtest/price_paths.ts";
import type { TradeQuery } from "lib/backtest/trade_cost.ts";
import { dayEndMs, dayStartMs, parseDay } from "lib/core/day.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";

const FROM = parseDay("2025-01-04"), TO = parseDay("2025-01-07");
const PATHS = pricePaths(dataSetFixture({
  "poly:early": {
    closes: { "2025-01-02": 0.5 },
    paid: { payout: 1, atMs: dayEndMs(FROM) - 1 },
  },
  "poly:gap": { closes: { "2025-01-01": 0.4, "2025-01-06": 0.5, "2025-01-09": 0.9 } },
  "poly:one": { closes: { "2025-01-04": 1, "2025-01-05": 0.5 } },
  "poly:paid": {
    closes: { "2025-01-04": 0.2, "2025-01-05": 0.3, "2025-01-06": 0.9 },
    paid: { payout: 0.25, atMs: dayStartMs(parseDay("2025-01-06")) },
  },
  "poly:stale": { closes: { "2024-12-31": 0.5, "2025-01-05": 0.6 } },
  "poly:unpriced": { closes: { "2025-01-05": 0.6 } },
}));
const OFFERED = [...PATHS.ids].flatMap((marketId) =>
  (["yes", "no"] as const).map((side) => ({ marketId, eventId: marketId, side }))
);
const free = () => ({ spread: 0, fee: 0 });
const OPTIONS = { from: FROM, to: TO, maxPriceAgeDays: 3, cost: free, notional: 5 };

function namesOf(offered: Int32Array): string[] {
  return Array.from(offered, (k) => `${OFFERED[k]!.marketId} ${OFFERED[k]!.side}`);
}

Deno.test("growthPaths() marks at the last close and pays at the end of the day of settlement, hand-worked", () => {
  const { offered, growth, nDays, isSettled } = growthPaths(PATHS, OFFERED, OPTIONS);
  assert.deepEqual(namesOf(offered), [
    "poly:gap yes",
    "poly:gap no",
    "poly:paid yes",
    "poly:paid no",
  ]);
  assert.equal(nDays, 4);
  assert.deepEqual([...isSettled], [0, 0, 1, 1]);
  const expected = [
    [1, 1, 1, 1],
    [1, 1, 1.5, 0.875],
    // settled on the first instant of its day, whose own close is not paid
    [1.25, 0.5 / 0.6, 1.25, 0.9375],
    [1.25, 0.5 / 0.6, 1.25, 0.9375],
  ].flat();
  growth.forEach((x, i) => assert.ok(Math.abs(x - expected[i]!) < 1e-12, `${i}: ${x}`));
});

Deno.test("growthPaths() offers what the ledger could buy: a fresh price, inside 0 and 1, unsettled", () => {
  // 2025-01-01 is three days old on the 4th, and one day too old on the 5th
  const { offered } = growthPaths(PATHS, OFFERED, { ...OPTIONS, from: FROM + 1 });
  assert.deepEqual(namesOf(offered), [
    "poly:one yes",
    "poly:one no",
    "poly:paid yes",
    "poly:paid no",
    "poly:stale yes",
    "poly:stale no",
    "poly:unpriced yes",
    "poly:unpriced no",
  ]);
});

Deno.test("growthPaths() asks for the cost of a dollar of the side at the first date", () => {
  const asked: TradeQuery[] = [];
  const { costRate } = growthPaths(PATHS, OFFERED, {
    ...OPTIONS,
    cost: (trade) => {
      asked.push(trade);
      return { spread: trade.sidePrice / 10, fee: 0.001 };
    },
  });
  const gap = PATHS.indexOf.get("poly:gap")!, paid = PATHS.indexOf.get("poly:paid")!;
  assert.deepEqual(asked, [
    { market: gap, sidePrice: 0.4, notional: 5, day: FROM },
    { market: gap, sidePrice: 0.6, notional: 5, day: FROM },
    { market: paid, sidePrice: 0.2, notional: 5, day: FROM },
    { market: paid, sidePrice: 0.8, notional: 5, day: FROM },
  ]);
  const rates = [0.041, 0.061, 0.021, 0.081];
  costRate.forEach((x, i) => assert.ok(Math.abs(x - rates[i]!) < 1e-12, `${i}: ${x}`));
});

Deno.test("growthPaths() of one day or of nothing", () => {
  const { growth, nDays } = growthPaths(PATHS, OFFERED, { ...OPTIONS, to: FROM });
  assert.deepEqual([nDays, ...growth], [1, 1, 1, 1, 1]);
  const none = growthPaths(PATHS, [], OPTIONS);
  assert.deepEqual([none.offered.length, none.growth.length, none.nDays], [0, 0, 4]);
});
