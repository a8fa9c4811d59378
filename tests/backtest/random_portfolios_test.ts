import assert from "node:assert/strict";
import { pricePaths } from "lib/backtest/price_paths.ts";
import { type RandomDate, randomPortfolios } from "lib/backtest/random_portfolios.ts";
import { dayEndMs, parseDay } from "lib/core/day.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";

const day = parseDay;
const universe = dataSetFixture({
  "poly:a": { closes: { "2025-01-01": 0.5, "2025-01-02": 0.6, "2025-01-03": 0.4 } },
  "poly:b": {
    closes: { "2025-01-01": 0.25 },
    paid: { payout: 0, atMs: dayEndMs(day("2025-01-02")) - 1 },
  },
  "poly:c": { closes: { "2024-12-20": 0.5, "2025-01-03": 0.5 } },
});
const paths = pricePaths(universe);
const offered = ["poly:a", "poly:b", "poly:c"].map((marketId) => ({
  ...{ marketId, eventId: marketId, side: "no" as const },
}));
const free = () => ({ spread: 0, fee: 0 });
const options = {
  ...{ seed: 3, from: 0, to: 4, lastDay: day("2025-01-03"), maxPriceAgeDays: 3, cost: free },
};
const dates: RandomDate[] = [
  { tradedOn: day("2025-01-01"), contracts: offered, nHeld: 2, invested: 0.5 },
];

Deno.test("randomPortfolios() holds both contracts with a fresh price, hand-worked", () => {
  const { firstDay, nDays, navGross } = randomPortfolios(paths, dates, options);
  assert.equal(firstDay, day("2025-01-01"));
  assert.equal(nDays, 3);
  // a quarter in NO of a: 0.5 → 0.4 → 0.6; a quarter in NO of b: 0.75 → paid 1 on day 2; c is stale
  const expected = [100, 50 + 25 * 0.8 + 25 / 0.75, 50 + 25 * 1.2 + 25 / 0.75];
  for (let draw = 0; draw < 4; ++draw) {
    expected.forEach((x, t) => assert.ok(Math.abs(navGross[draw * 3 + t]! - x) < 1e-12));
  }
});

Deno.test("randomPortfolios() pays for what changes hands, at each trade date", () => {
  const cost = () => ({ spread: 0.01, fee: 0.01 });
  const twice = [...dates, { ...dates[0]!, tradedOn: day("2025-01-03"), nHeld: 1 }];
  const { nav, navGross } = randomPortfolios(paths, twice, { ...options, cost });
  assert.ok(Math.abs(nav[0]! - 99) < 1e-12, "half of it bought at two per cent");
  for (let draw = 0; draw < 4; ++draw) {
    const [, before, after] = nav.subarray(draw * 3, draw * 3 + 3);
    const gross = navGross.subarray(draw * 3, draw * 3 + 3);
    assert.ok(Math.abs(before! / gross[1]! - 0.99) < 1e-12);
    assert.ok(after! / gross[2]! < 0.99, "something is traded on the third day");
  }
});

Deno.test("randomPortfolios() takes single contracts at random, the same in any split of draws", () => {
  const single = [{ ...dates[0]!, nHeld: 1, invested: 1 }];
  const all = randomPortfolios(paths, single, { ...options, to: 200 });
  const ends = Array.from({ length: 200 }, (_, k) => all.navGross[k * 3 + 2]!);
  const share = ends.filter((end) => Math.abs(end - 120) < 1e-9).length / 200;
  assert.ok(share > 0.4 && share < 0.6, `one of two, got ${share}`);
  const part = randomPortfolios(paths, single, { ...options, from: 50, to: 60 });
  assert.deepEqual(part.nav, all.nav.subarray(150, 180));
});

Deno.test("randomPortfolios() stays in cash where nothing can be held", () => {
  const nothing = randomPortfolios(paths, [{ ...dates[0]!, nHeld: 0, invested: 0 }], options);
  assert.equal(nothing.firstDay, options.lastDay);
  assert.deepEqual([...nothing.nav], [100, 100, 100, 100]);
});
