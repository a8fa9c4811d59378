import assert from "node:assert/strict";
import fc from "fast-check";
import { parseFees } from "lib/backtest/parse_fees.ts";
import { pricePaths } from "lib/backtest/price_paths.ts";
import { scheduleOn, takerFeeUsd } from "lib/backtest/taker_fee.ts";
import { type VenueCostOptions, venueCosts } from "lib/backtest/venue_costs.ts";
import { parseDay } from "lib/core/day.ts";
import type { Venue } from "lib/core/market_id.ts";
import { readYaml } from "lib/store/yaml.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";

const fees = parseFees(await readYaml("config/fees.yaml"));

/** Dollars that an order costs by the schedule of a day. */
function feeUsd(
  venue: Venue,
  category: string,
  { date, ...order }: { date: string; contracts: number; price: number },
): number {
  const { rates, rounding } = scheduleOn(fees, venue, { day: parseDay(date) });
  return takerFeeUsd(rates.get(category)!, rounding, order);
}

// golden: the venues' own worked tables, as docs.polymarket.com and Kalshi's schedule print them
Deno.test("takerFeeUsd() gives the venues' published examples", () => {
  const of = (contracts: number, price: number, date: string) => ({ contracts, price, date });
  assert.equal(feeUsd("kalshi", "general", of(100, 0.5, "2025-05-01")), 1.75);
  assert.equal(feeUsd("kalshi", "general", of(100, 0.1, "2025-05-01")), 0.63);
  near(feeUsd("polymarket", "politics", of(100, 0.5, "2026-08-01")), 1);
  near(feeUsd("polymarket", "crypto", of(100, 0.5, "2026-08-01")), 1.75);
  near(feeUsd("polymarket", "sports", of(100, 0.3, "2026-08-01")), 1.05);
  near(feeUsd("polymarket", "sports", of(100, 0.3, "2026-06-30")), 0.63);
  assert.equal(feeUsd("polymarket", "geopolitics", of(100, 0.5, "2026-08-01")), 0);
  assert.equal(feeUsd("polymarket", "crypto", of(100, 0.5, "2026-03-29")), 0);
});

Deno.test("takerFeeUsd() gives Polymarket's table of 15-minute crypto contracts, exponent 2", () => {
  // fee = contracts x price x 0.25 x (p (1 - p))^2 as that table states it: rate 0.25 p
  const table = [[0.5, 0.78], [0.6, 0.86], [0.1, 0.02]] as const;
  for (const [price, usd] of table) {
    const rate = { rate: 0.25 * price, exponent: 2 };
    const exact = takerFeeUsd(rate, { unit: 1e-5, mode: "nearest" }, { contracts: 100, price });
    assert.equal(exact.toFixed(2), usd.toFixed(2));
  }
});

Deno.test("takerFeeUsd() rounds an order up to the cent, later to a hundredth of a cent", () => {
  const order = { contracts: 1, price: 0.5 };
  assert.equal(feeUsd("kalshi", "general", { ...order, date: "2026-07-06" }), 0.02);
  near(feeUsd("kalshi", "general", { ...order, date: "2026-07-07" }), 0.0175);
  near(feeUsd("kalshi", "general", { contracts: 1, price: 0.49, date: "2026-07-07" }), 0.0175);
});

function near(got: number, want: number) {
  assert.ok(Math.abs(got - want) < 1e-12, `${got} is not ${want}`);
}

const orders = fc.record({
  contracts: fc.double({ min: 0, max: 1e6, noNaN: true }),
  price: fc.integer({ min: 0, max: 1000 }).map((p) => p / 1000),
});
const dates = fc.integer({ min: parseDay("2020-01-01"), max: parseDay("2027-12-31") });

Deno.test("takerFeeUsd() is never negative, symmetric in p and 1 − p, and grows with the order", () => {
  fc.assert(
    fc.property(orders, dates, ({ contracts, price }, day) => {
      for (const venue of ["polymarket", "kalshi"] as const) {
        const { rates, rounding } = scheduleOn(fees, venue, { day });
        for (const rate of rates.values()) {
          const fee = takerFeeUsd(rate, rounding, { contracts, price });
          const turned = takerFeeUsd(rate, rounding, { contracts, price: 1 - price });
          assert.ok(fee >= 0);
          assert.ok(Math.abs(fee - turned) <= rounding.unit + 1e-12);
          if (rounding.unit > 1e-3) assert.ok(Math.abs(fee - turned) < 1e-9);
          assert.ok(takerFeeUsd(rate, rounding, { contracts: contracts + 1, price }) >= fee);
          const model = contracts * rate.rate * (price * (1 - price)) ** rate.exponent;
          assert.ok(Math.abs(fee - model) <= rounding.unit * (1 + 1e-5));
        }
      }
    }),
    { seed: 7, numRuns: 200 },
  );
});

const data = dataSetFixture({
  "kalshi:A": { closes: { "2026-07-10": 0.5, "2026-07-11": 0.4 } },
  "poly:B": { closes: { "2026-07-10": 0.3, "2026-07-12": 0.2 } },
});
const closes = pricePaths(data);
const quoted = {
  ...closes,
  prices: {
    ...closes.prices,
    bid: Float64Array.of(0.48, NaN, 0.29, 0.21),
    ask: Float64Array.of(0.53, 0.41, 0.31, 0.2),
  },
};
const OPTIONS: VenueCostOptions = {
  fees,
  themeOf: (market) => market === 1 ? "sports" : null,
  capitalUsd: 10_000,
  halfSpread: 0.01,
  feeModel: "venue",
};
const day = parseDay("2026-07-11");

Deno.test("venueCosts() charges a dollar what its contracts cost", () => {
  const cost = venueCosts(closes, OPTIONS);
  // 1000 dollars at 0.3 are 3333.33 contracts: 0.05 x 0.21 each
  const { spread, fee } = cost({ market: 1, sidePrice: 0.3, notional: 10, day });
  near(spread, 0.01 / 0.3);
  assert.ok(Math.abs(fee - 0.05 * 0.7) < 1e-8);
  near(cost({ market: 1, sidePrice: 0.7, notional: 10, day }).spread, 0.01 / 0.7);
  // one cent of a dollar in contracts at 0.5 costs 0.00035 dollars, which is rounded up
  const small = cost({ market: 0, sidePrice: 0.5, notional: 0.0001, day });
  near(small.fee, 0.0004 / 0.01);
  assert.equal(cost({ market: 0, sidePrice: 1, notional: 10, day }).fee, 0);
});

Deno.test("venueCosts() takes half the spread beside the traded close where it is known", () => {
  const cost = venueCosts(quoted, OPTIONS);
  const half = (market: number, date: string) =>
    cost({ market, sidePrice: 0.5, notional: 10, day: parseDay(date) }).spread * 0.5;
  near(half(0, "2026-07-10"), 0.025);
  near(half(0, "2026-07-11"), 0.01);
  // the close of the day before, and its quote
  near(half(1, "2026-07-11"), 0.01);
  near(half(1, "2026-07-10"), 0.01);
  // crossed quotes are no spread
  near(half(1, "2026-07-12"), 0.01);
  near(half(1, "2026-07-09"), 0.01);
});

Deno.test("venueCosts() takes no more than all of a dollar for the spread", () => {
  const cost = venueCosts(closes, OPTIONS);
  const spread = (sidePrice: number) => cost({ market: 1, sidePrice, notional: 1, day }).spread;
  near(spread(0.02), 0.5);
  assert.deepEqual([spread(0.01), spread(0.004), spread(0.0001)], [1, 1, 1]);
});

Deno.test("venueCosts() charges no fee for an order of nothing, however the venue rounds", () => {
  for (const date of ["2026-07-06", "2026-07-07"]) {
    for (const market of [0, 1]) {
      const query = { market, sidePrice: 0.5, notional: 0, day: parseDay(date) };
      assert.deepEqual(venueCosts(closes, OPTIONS)(query), { spread: 0.02, fee: 0 });
    }
  }
});

Deno.test("venueCosts() can charge a flat share of the traded value instead", () => {
  const cost = venueCosts(closes, { ...OPTIONS, feeModel: "flat" });
  for (const sidePrice of [0.05, 0.5, 0.95]) {
    assert.equal(cost({ market: 0, sidePrice, notional: 3, day }).fee, 0.001);
  }
});

Deno.test("venueCosts() puts a theme without a category, and no theme, into the default one", () => {
  const feeOf = (theme: string | null) =>
    venueCosts(closes, { ...OPTIONS, themeOf: () => theme })(
      { market: 1, sidePrice: 0.5, notional: 10, day },
    ).fee;
  assert.equal(feeOf("nothing like it"), feeOf("other"));
  assert.equal(feeOf(null), feeOf("other"));
  assert.ok(feeOf("crypto_digital") > feeOf("other"));
  assert.equal(feeOf("middle_east"), 0);
});

Deno.test("venueCosts() refuses capital, spreads and days that it has no price for", () => {
  assert.throws(() => venueCosts(closes, { ...OPTIONS, capitalUsd: 0 }), {
    name: "RangeError",
    message: "Cannot price trades as the capital must be positive US dollars: got 0",
  });
  assert.throws(() => venueCosts(closes, { ...OPTIONS, halfSpread: NaN }), {
    name: "RangeError",
    message: "Cannot price trades as the half-spread must be a probability in [0, 1): got NaN",
  });
  const early = { market: 0, sidePrice: 0.5, notional: 1, day: parseDay("2019-12-31") };
  assert.throws(() => venueCosts(closes, OPTIONS)(early), {
    name: "RangeError",
    message: "Cannot charge a fee of kalshi as a schedule must hold on the day: got 2019-12-31",
  });
});
