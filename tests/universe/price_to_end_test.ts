import assert from "node:assert/strict";
import fc from "fast-check";
import type { Resolution } from "lib/core/data_set.ts";
import { MS_PER_DAY } from "lib/core/day.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { normalCdf } from "lib/core/normal.ts";
import type { OpenShare } from "lib/universe/open_share.ts";
import { priceToEnd } from "lib/universe/price_to_end.ts";
// golden: pandas, scipy.integrate and statsmodels' clustered OLS, by tests/golden/universe/price_nulls.py
import golden from "../golden/universe/price_nulls.json" with { type: "json" };
import { dailyPrices, market } from "./daily_prices.ts";
import { MARKETS, PRICES } from "./golden_universe.ts";

interface GoldenShare {
  readonly nPrices: number;
  readonly nSettled?: number;
  readonly nMarkets?: number;
  readonly nEvents?: number;
  readonly openShare?: number;
  readonly evenShare?: number | null;
  readonly open?: readonly number[];
  readonly gap?: readonly number[];
  readonly shareByPrice?: readonly number[];
}

function assertShare(actual: OpenShare, expected: GoldenShare, where: string): void {
  const near = (x: number, y: number, what: string) =>
    assert.ok(Math.abs(x - y) < 1e-9, `${what} of ${where}: ${x} and ${y}`);
  assert.equal(actual.nPrices, expected.nPrices, where);
  assert.equal(actual.nSettled, expected.nSettled ?? 0, where);
  if (expected.nEvents === undefined) return assert.ok(Number.isNaN(actual.openShare));
  assert.equal(actual.nMarkets, expected.nMarkets, where);
  assert.equal(actual.nEvents, expected.nEvents, where);
  near(actual.openShare, expected.openShare!, "openShare");
  if (expected.evenShare === null) assert.ok(Number.isNaN(actual.evenShare));
  else near(actual.evenShare, expected.evenShare!, "evenShare");
  if (expected.open !== undefined) {
    near(actual.openLow, Math.max(expected.open[0]!, 0), "openLow");
    near(actual.openHigh, Math.min(expected.open[1]!, 1), "openHigh");
  }
  if (expected.gap !== undefined) {
    near(actual.gapLow, expected.gap[0]!, "gapLow");
    near(actual.gapHigh, expected.gap[1]!, "gapHigh");
  }
}

Deno.test("priceToEnd() matches pandas, scipy and statsmodels on a small universe", () => {
  const prices = priceToEnd(MARKETS, PRICES);
  assert.equal(prices.nNoEnd, 1);
  assertShare(prices.finalWeek, golden.toEnd.finalWeek, "the final week");
  const expected: readonly GoldenShare[] = golden.toEnd.columns;
  prices.columns.forEach((column, c) => {
    assertShare(column, expected[c]!, `column ${column.fromDays}`);
    expected[c]!.shareByPrice?.forEach((share, bin) =>
      assert.ok(Math.abs(column.shareByPrice[bin]! - share) < 1e-12)
    );
  });
});

Deno.test("priceToEnd() counts early settled contracts as decided, as pandas does", () => {
  const resolutions = (golden.settled as [string, number][]).map(([marketId, day]) => ({
    marketId,
    resolvedAtMs: Math.round(day * MS_PER_DAY),
    payout: 1,
    source: null,
  }));
  const prices = priceToEnd(MARKETS, PRICES, { resolutions });
  assert.ok(prices.countsSettled && prices.columns.some(({ nSettled }) => nSettled > 20));
  assertShare(prices.finalWeek, golden.toEndSettled.finalWeek, "the final week");
  const expected: readonly GoldenShare[] = golden.toEndSettled.columns;
  prices.columns.forEach((column, c) =>
    assertShare(column, expected[c]!, `column ${column.fromDays}`)
  );
});

Deno.test("priceToEnd() finds even news in fair prices of contracts that settle when certain", () => {
  // the model itself, but a contract settles and loses its price once it is beyond 1 or 99 ¢
  const normal = normalDraws(randomStream(7, "early settlement"));
  const nDays = 60, resolutions: Resolution[] = [];
  const lists = Array.from({ length: 1500 }, (_, j) => {
    const days: [number, number][] = [[0, 0.5]];
    let w = 0;
    for (let t = 1; t < nDays; ++t) {
      w += normal();
      const p = normalCdf(w / Math.sqrt(nDays - t));
      if (p < 0.01 || p > 0.99) {
        const resolvedAtMs = (t + 0.5) * MS_PER_DAY;
        resolutions.push({
          marketId: `poly:${j}`,
          resolvedAtMs,
          payout: Math.round(p),
          source: null,
        });
        break;
      }
      days.push([t, p]);
    }
    return days;
  });
  const markets = lists.map((_, j) =>
    market({ marketId: `poly:${j}`, closesAtMs: (nDays + 1) * MS_PER_DAY })
  );
  const prices = dailyPrices(lists);
  const blind = priceToEnd(markets, prices).finalWeek;
  assert.ok(blind.gapLow > 0.1, `without the settled news seems late: ${blind.gapLow}`);
  const { gapLow, gapHigh } = priceToEnd(markets, prices, { resolutions }).finalWeek;
  // a price beyond 99 ¢ may come back: one in some hundred does
  assert.ok(gapLow < 0.01 && gapHigh > -0.03, `${gapLow} … ${gapHigh}`);
});

Deno.test("priceToEnd() counts no settled day beyond the last price of all", () => {
  const one = [
    market({ marketId: "poly:a", closesAtMs: 100 * MS_PER_DAY }),
    market({ marketId: "poly:b", closesAtMs: 100 * MS_PER_DAY }),
  ];
  const prices = dailyPrices([[[9, 0.5]], [[9, 0.5], [12, 0.5]]]);
  const settledAt = (day: number) => [
    { marketId: "poly:a", resolvedAtMs: day * MS_PER_DAY, payout: 1, source: null },
  ];
  const nSettled = (day: number) =>
    priceToEnd(one, prices, { resolutions: settledAt(day) }).columns
      .reduce((sum, column) => sum + column.nSettled, 0);
  // hand-worked: ends of days 10, 11 and 12 are 11, 12 and 13; an early settlement waits for the price
  assert.deepEqual([nSettled(10.5), nSettled(11.5), nSettled(13.5), nSettled(3)], [3, 2, 0, 3]);
});

Deno.test("priceToEnd() bins by whole days from the end of the price's day", () => {
  // hand-worked: the scheduled end is 00:00 of day 11, so the price of day 10 is 0 days before it
  const one = [market({ marketId: "poly:a", closesAtMs: 11 * MS_PER_DAY })];
  const { columns } = priceToEnd(one, dailyPrices([[[9, 0.05], [10, 0.95], [11, 0.951]]]));
  const seen = columns.filter((column) => column.nPrices > 0)
    .map((column) => [column.fromDays, column.openShare, column.evenShare]);
  assert.deepEqual(seen, [[1, 1, 1], [0, 1, 0], [-Infinity, 0, NaN]]);
});

Deno.test("priceToEnd() expects what evenly informed prices do", () => {
  // simulated from the model itself: 400 markets of 40 days that all start at 30 ¢
  const normal = normalDraws(randomStream(7, "even news"));
  const nDays = 40, z0 = -0.5244005127080407;
  const lists = Array.from({ length: 400 }, () => {
    let w = 0;
    return Array.from({ length: nDays }, (_, t) => {
      if (t > 0) w += normal();
      return [t, normalCdf((z0 * Math.sqrt(nDays) + w) / Math.sqrt(nDays - t))] as const;
    });
  });
  const markets = lists.map((_, j) =>
    market({ marketId: `poly:${j}`, closesAtMs: (nDays + 1) * MS_PER_DAY })
  );
  const { columns, finalWeek } = priceToEnd(markets, dailyPrices(lists));
  assert.ok(finalWeek.gapLow < 0 && finalWeek.gapHigh > 0, JSON.stringify(finalWeek));
  for (const column of columns.filter(({ nPrices }) => nPrices > 0)) {
    // four standard errors, each interval being 1.96 wide
    const half = (column.gapHigh - column.gapLow) / 2 * 4 / 1.96;
    assert.ok(Math.abs(column.openShare - column.evenShare) <= half + 1e-12, `${column.fromDays}`);
  }
});

Deno.test("priceToEnd() gives the same open shares for the complementary prices", () => {
  const closes = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(fc.array(closes, { minLength: 1, maxLength: 5 }), (lists) => {
      const markets = lists.map((_, j) =>
        market({ marketId: `poly:${j}`, closesAtMs: 45 * MS_PER_DAY })
      );
      const of = (price: (x: number) => number) =>
        priceToEnd(markets, dailyPrices(lists.map((list) => list.map((x, t) => [t, price(x)]))));
      const yes = of((x) => x / 1000).columns, no = of((x) => (1000 - x) / 1000).columns;
      yes.forEach((column, c) => {
        assert.equal(column.openShare, no[c]!.openShare);
        assert.ok(!(Math.abs(column.evenShare - no[c]!.evenShare) > 1e-9));
        if (column.nPrices > 0) {
          assert.ok(Math.abs(column.shareByPrice.reduce((sum, x) => sum + x, 0) - 1) < 1e-12);
        }
      });
    }),
    { seed: 7 },
  );
});

Deno.test("priceToEnd() does not depend on the order of the markets", () => {
  const order = MARKETS.map((_, j) => (j * 7) % MARKETS.length);
  const lists = order.map((j) =>
    Array.from(
      { length: PRICES.offsets[j + 1]! - PRICES.offsets[j]! },
      (_, k) =>
        [PRICES.day[PRICES.offsets[j]! + k]!, PRICES.close[PRICES.offsets[j]! + k]!] as const,
    )
  );
  const shuffled = priceToEnd(order.map((j) => MARKETS[j]!), dailyPrices(lists));
  const plain = priceToEnd(MARKETS, PRICES);
  plain.columns.forEach((column, c) => {
    assert.equal(shuffled.columns[c]!.nPrices, column.nPrices);
    assert.ok(!(Math.abs(shuffled.columns[c]!.gapLow - column.gapLow) > 1e-12));
  });
});

Deno.test("priceToEnd() refuses a tick of 0 and markets that do not fit", () => {
  assert.throws(() => priceToEnd([], dailyPrices([]), { tick: 0 }), {
    name: "RangeError",
    message: "Cannot measure prices to the end as tick must be in (0, 0.5): got 0",
  });
  assert.throws(() => priceToEnd([], dailyPrices([[]])), {
    name: "RangeError",
    message:
      "Cannot measure prices to the end as each market must have its range of prices: got 0 markets and 1 ranges",
  });
});
