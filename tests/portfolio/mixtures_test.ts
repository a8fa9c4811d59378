import assert from "node:assert/strict";
import fc from "fast-check";
import { formatDay, parseDay } from "lib/core/day.ts";
import { portfolioAssets } from "lib/portfolio/asset_navs.ts";
import { mixtureNav, rebalanceDays } from "lib/portfolio/mixtures.ts";
import { type Mixture, portfolioList } from "lib/portfolio/portfolio_list.ts";
import { portfolioSeries } from "lib/portfolio/session_series.ts";
import { wholeMeasures } from "lib/portfolio/session_measures.ts";
import { goldenAssets, isNear, madeAssets, OPTIONS, SHARES } from "./made_assets.ts";
// golden: pandas and scipy's brentq, made by tests/golden/portfolio/portfolios.py
import golden from "../golden/portfolio/portfolios.json" with { type: "json" };

const assets = goldenAssets();
const list = portfolioList(assets, SHARES);
const keyed = (key: string) => list.find((one) => one.key === key)!;
const sum = (values: Iterable<number>) => [...values].reduce((total, x) => total + x, 0);

Deno.test("mixtureNav() matches an independent account in pandas, net and gross, to 1e-9", () => {
  for (const [key, expected] of Object.entries(golden.portfolios)) {
    const { nav, navGross, trades } = mixtureNav(keyed(key), assets, { costRate: 0.001 });
    const seen = (
      values: Float64Array,
    ) => [...values.filter((_, i) => i % 13 === 0), values.at(-1)!];
    seen(nav).forEach((x, i) => assert.ok(isNear(x, expected.nav[i]!, 1e-10), `${key} ${i}`));
    seen(navGross).forEach((x, i) => assert.ok(isNear(x, expected.navGross[i]!, 1e-10), key));
    assert.ok(Math.abs(sum(trades.map(({ cost }) => cost)) - expected.cost) < 1e-9, key);
  }
});

Deno.test("mixtureNav() with a rate an asset matches the same account, cash free whatever its rate", () => {
  for (const [key, { navDear, costDear }] of Object.entries(golden.portfolios)) {
    const { nav, trades } = mixtureNav(keyed(key), assets, {
      costRate: 0.001,
      ratesOf: { baskets: 0.05, gold: 0, cash: 0.5 },
    });
    const seen = [...nav.filter((_, i) => i % 13 === 0), nav.at(-1)!];
    seen.forEach((x, i) => assert.ok(isNear(x, navDear[i]!, 1e-10), `${key} ${i}`));
    assert.ok(Math.abs(sum(trades.map(({ cost }) => cost)) - costDear) < 1e-9, key);
  }
});

Deno.test("mixtureNav() at one rate is the same, told for all or an asset at a time", () => {
  for (const mixture of list) {
    const ratesOf = Object.fromEntries(assets.assets.map(({ key }) => [key, 0.02]));
    const each = mixtureNav(mixture, assets, { costRate: 0.3, ratesOf });
    assert.deepEqual(each, mixtureNav(mixture, assets, { costRate: 0.02 }), mixture.key);
  }
});

Deno.test("rebalanceDays() are the first day and the first common session of each month", () => {
  const days = Array.from(rebalanceDays(assets), (at) => formatDay(assets.firstDay + at));
  assert.deepEqual(days, golden.rebalances);
});

Deno.test("mixtureNav() buys 99.9001 for 100 at ten basis points, and lets shares drift", () => {
  const from = {
    ...{ firstDay: parseDay("2024-01-02"), session: Int32Array.of(0, 1) },
    ...{ rates: new Float64Array(2), sessionsPerYear: 250, longestGapDays: 1, missing: [] },
    assets: [
      { key: "a", name: "a", kind: "closing" as const, nav: Float64Array.of(10, 20) },
      { key: "b", name: "b", kind: "closing" as const, nav: Float64Array.of(5, 5) },
    ],
  };
  const mixture: Mixture = {
    ...{ key: "both", name: "both", role: "base", added: null },
    holdings: [{ asset: "a", weight: 0.5 }, { asset: "b", weight: 0.5 }],
  };
  const { nav, navGross, trades, gains } = mixtureNav(mixture, from, { costRate: 0.001 });
  const left = 100 / 1.001;
  assert.ok(isNear(nav[0]!, left, 1e-14) && isNear(nav[1]!, 1.5 * left, 1e-14));
  assert.deepEqual([...navGross], [100, 150]);
  assert.equal(trades.length, 1);
  assert.ok(isNear(trades[0]!.traded, left, 1e-14) && isNear(trades[0]!.cost, left / 1000, 1e-12));
  assert.ok(isNear(gains[0]!, left / 2, 1e-14) && gains[1] === 0);
});

Deno.test("mixtureNav() leaves an asset that is lost at nothing", () => {
  const { benchmarks, sleeves } = madeAssets({ nDays: 90 });
  const nav = sleeves[0]!.nav.map((value, i) => i < 40 ? value : 0);
  const lost = portfolioAssets({ benchmarks, sleeves: [{ ...sleeves[0]!, nav }] }, OPTIONS);
  for (const mixture of portfolioList(lost, SHARES)) {
    const made = mixtureNav(mixture, lost, { costRate: 0.001 });
    assert.ok(made.nav.every((value) => value >= 0 && value < Infinity), mixture.key);
  }
});

const accounts = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  costRate: fc.constantFrom(0, 0.0001, 0.001, 0.02, 0.3),
  every: fc.constantFrom("month" as const, "session" as const),
});

Deno.test("mixtureNav() conserves value: gains less costs are the change, costs are traded times the rate", () => {
  fc.assert(
    fc.property(accounts, ({ seed, costRate, every }) => {
      const from = portfolioAssets(madeAssets({ nDays: 100, seed }), OPTIONS);
      for (const mixture of portfolioList(from, SHARES)) {
        const { nav, navGross, trades, gains } = mixtureNav(mixture, from, { costRate, every });
        const costs = sum(trades.map(({ cost }) => cost));
        assert.ok(Math.abs(nav.at(-1)! - 100 - sum(gains) + costs) < 1e-10, mixture.key);
        for (const { at, before, traded, cost } of trades) {
          assert.ok(isNear(cost, costRate * traded, 1e-13));
          assert.ok(isNear(nav[at]!, before - cost, 1e-13));
        }
        assert.ok(nav.every((value, i) => value <= navGross[i]! + 1e-10));
      }
    }),
    { seed: 7, numRuns: 25 },
  );
});

Deno.test("mixtureNav() without cost is continuous: each change is the shares' return", () => {
  const { nav, navGross } = mixtureNav(keyed("base_gold"), assets, {
    costRate: 0,
    every: "session",
  });
  assert.deepEqual(nav, navGross);
  const [stocks, bonds, gold] = ["stocks", "bonds", "gold"].map((key) =>
    assets.assets.find((one) => one.key === key)!.nav
  );
  for (let s = 1; s < assets.session.length; ++s) {
    const from = assets.session[s - 1]!, to = assets.session[s]!;
    const gain = (values: Float64Array) => values[to]! / values[from]! - 1;
    const expected = 0.54 * gain(stocks!) + 0.36 * gain(bonds!) + 0.1 * gain(gold!);
    assert.ok(Math.abs(nav[to]! / nav[from]! - 1 - expected) < 1e-13);
  }
});

Deno.test("a tenth in cash has nine tenths of the volatility where every session rebalances", () => {
  const volatility = (key: string) => {
    const made = mixtureNav(keyed(key), assets, { costRate: 0, every: "session" });
    return wholeMeasures(portfolioSeries(made, assets), { perYear: 250 }).volatility;
  };
  assert.ok(isNear(volatility("base_cash") / volatility("base"), 0.9, 1e-12));
});

Deno.test("mixtureNav() of two halves, chained, is the whole", () => {
  const trade = rebalanceDays(assets)[6]!;
  const cut = (from: number, to: number) => ({
    ...assets,
    firstDay: assets.firstDay + from,
    session: assets.session.filter((at) => at >= from && at <= to).map((at) => at - from),
    assets: assets.assets.map((one) => ({ ...one, nav: one.nav.slice(from, to + 1) })),
  });
  for (const mixture of list) {
    const whole = mixtureNav(mixture, assets, { costRate: 0 }).nav;
    const first = mixtureNav(mixture, cut(0, trade), { costRate: 0 }).nav;
    const second = mixtureNav(mixture, cut(trade, whole.length - 1), { costRate: 0 }).nav;
    assert.ok(isNear(first.at(-1)! * second.at(-1)! / 100, whole.at(-1)!, 1e-12), mixture.key);
  }
});

Deno.test("mixtureNav() does not see the days to come", () => {
  const given = madeAssets({ nDays: 260 }), whole = portfolioAssets(given, OPTIONS);
  for (const nDays of [70, 101, 155, 200]) {
    const poisoned = portfolioAssets({
      benchmarks: given.benchmarks.map((one) => ({
        ...one,
        close: one.close.map((x, i) => one.day[i]! < whole.firstDay + nDays ? x : 1 + i % 9),
      })),
      sleeves: given.sleeves.map((one) => ({
        ...one,
        nav: one.nav.map((x, i) => one.firstDay + i < whole.firstDay + nDays ? x : 1 + i % 7),
      })),
    }, OPTIONS);
    for (const mixture of portfolioList(whole, SHARES)) {
      const nav = (from: typeof whole) =>
        mixtureNav(mixture, from, { costRate: 0.001 }).nav.slice(0, nDays);
      assert.deepEqual(nav(poisoned), nav(whole), mixture.key);
    }
  }
});

Deno.test("mixtureNav() does not depend on the order of the holdings", () => {
  const mixture = keyed("base_baskets");
  const turned = { ...mixture, holdings: mixture.holdings.toReversed() };
  const a = mixtureNav(mixture, assets, { costRate: 0.001 }).nav;
  const b = mixtureNav(turned, assets, { costRate: 0.001 }).nav;
  assert.ok(a.every((value, i) => isNear(value, b[i]!, 1e-13)));
});

Deno.test("mixtureNav() refuses a rate, shares and assets that cannot be", () => {
  const mixture = keyed("base");
  assert.throws(() => mixtureNav(mixture, assets, { costRate: 1 }), {
    name: "RangeError",
    message: "Cannot trade a portfolio as costRate must be in [0, 1): got 1",
  });
  assert.throws(() => mixtureNav(mixture, assets, { costRate: 0, ratesOf: { baskets: NaN } }), {
    name: "RangeError",
    message: `Cannot trade a portfolio as the rate of "baskets" must be in [0, 1): got NaN`,
  });
  const holdings = [{ asset: "stocks", weight: 0.6 }, { asset: "bonds", weight: 0.5 }];
  assert.throws(() => mixtureNav({ ...mixture, holdings }, assets, { costRate: 0 }), {
    name: "RangeError",
    message:
      `Cannot hold portfolio "base" as its shares must be >= 0 and add up to 1: got 0.6, 0.5`,
  });
  const unknown = { ...mixture, holdings: [{ asset: "art", weight: 1 }] };
  assert.throws(() => mixtureNav(unknown, assets, { costRate: 0 }), {
    name: "RangeError",
    message:
      `Cannot hold portfolio "base" as each asset must be given: got "art" among stocks, bonds, gold, crypto, cash, tbills, baskets`,
  });
});
