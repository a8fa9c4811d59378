import assert from "node:assert/strict";
import { formatDay, parseDay } from "lib/core/day.ts";
import { assetOf, portfolioAssets } from "lib/portfolio/asset_navs.ts";
import { sessionRates } from "lib/portfolio/session_series.ts";
import { asOf } from "lib/universe/as_of.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";
import {
  goldenAssets,
  goldenBenchmarks,
  goldenSleeve,
  madeAssets,
  OPTIONS,
} from "./made_assets.ts";
// golden: pandas, made by tests/golden/portfolio/portfolios.py
import golden from "../golden/portfolio/portfolios.json" with { type: "json" };

Deno.test("portfolioAssets() finds the common sessions that pandas finds, and their number a year", () => {
  const { firstDay, session, sessionsPerYear } = goldenAssets();
  assert.equal(formatDay(firstDay), golden.firstSession);
  assert.equal(formatDay(firstDay + session.at(-1)!), golden.lastSession);
  assert.equal(session.length, golden.nSessions);
  assert.ok(Math.abs(sessionsPerYear - golden.perYear) < 1e-10);
});

Deno.test("portfolioAssets() lets a close stand over a holiday, and makes no session of it", () => {
  const assets = goldenAssets(), bonds = assetOf(assets, "bonds")!.nav;
  // Treasuries have no close on 6 May 2024, stocks have one
  const at = parseDay("2024-05-06") - assets.firstDay;
  assert.equal(bonds[at], bonds[at - 3]);
  assert.ok(!assets.session.includes(at) && assets.session.includes(at + 1));
  const stocks = assetOf(assets, "stocks")!.nav;
  assert.notEqual(stocks[at], stocks[at - 1]);
  assert.equal(assets.longestGapDays, 4);
});

Deno.test("portfolioAssets() begins at the last session before a sleeve's first purchase", () => {
  const assets = goldenAssets(), sleeve = assetOf(assets, "baskets")!.nav;
  assert.equal(formatDay(assets.firstDay), "2024-02-02");
  assert.deepEqual([...sleeve.slice(0, 3)], [100, 100, 100]);
  assert.equal(sleeve[3], goldenSleeve().nav[0]);
});

Deno.test("portfolioAssets() names what is missing and needs no bills", () => {
  const { benchmarks, sleeves } = madeAssets();
  const few = benchmarks.filter(({ symbol }) => symbol !== "GLD" && symbol !== "^IRX");
  const empty = { ...sleeves[0]!, key: "never_held", name: "never held", nav: new Float64Array(0) };
  const assets = portfolioAssets({ benchmarks: few, sleeves: [...sleeves, empty] }, OPTIONS);
  assert.deepEqual(assets.missing, ["GLD", "never held"]);
  assert.deepEqual(assets.assets.map(({ key }) => key), [
    "stocks",
    "bonds",
    "crypto",
    "cash",
    "baskets",
  ]);
  assert.ok(assets.rates.every(Number.isNaN));
});

Deno.test("portfolioAssets() of nothing, and of assets that never meet, has no return", () => {
  const none = portfolioAssets({ benchmarks: [], sleeves: [] }, OPTIONS);
  assert.deepEqual([none.session.length, none.sessionsPerYear, none.longestGapDays], [0, NaN, 0]);
  assert.deepEqual(none.missing, ["SPY", "TLT", "GLD", "BTC-USD"]);
  const { benchmarks, sleeves } = madeAssets();
  const late = { ...sleeves[0]!, key: "late", firstDay: sleeves[0]!.firstDay + 5000 };
  const apart = portfolioAssets({ benchmarks, sleeves: [sleeves[0]!, late] }, {
    ...OPTIONS,
  });
  // the last session at which the later sleeve's money is still waiting
  assert.deepEqual([apart.session.length, apart.sessionsPerYear], [1, NaN]);
});

Deno.test("sessionRates() compound what the bills earn between sessions", () => {
  const assets = goldenAssets(), bills = assetOf(assets, "tbills")!.nav;
  const rates = sessionRates(assets);
  assert.ok(Number.isNaN(rates[0]!));
  for (let s = 1; s < rates.length; ++s) {
    const growth = bills[assets.session[s]!]! / bills[assets.session[s - 1]!]! - 1;
    assert.ok(Math.abs(rates[s]! - growth) < 1e-14);
  }
});

Deno.test("portfolioAssets() follows no order of the series", () => {
  const { benchmarks, sleeves } = madeAssets({ sleeves: 2 });
  const straight = portfolioAssets({ benchmarks, sleeves }, OPTIONS);
  assert.deepEqual(
    portfolioAssets({ benchmarks: benchmarks.toReversed(), sleeves }, OPTIONS),
    straight,
  );
});

Deno.test("portfolioAssets() of a point-in-time view are the first of the whole", () => {
  const benchmarks = goldenBenchmarks(), sleeve = goldenSleeve();
  const data = dataSetFixture({ "poly:a": { closes: { "2025-03-20": 0.5 } } }, benchmarks);
  const whole = goldenAssets();
  for (const text of ["2024-04-30", "2024-07-04", "2024-11-17", "2025-01-15"]) {
    const day = parseDay(text), view = asOf(data, (day + 1) * 86_400_000);
    const known = { ...sleeve, nav: sleeve.nav.slice(0, day + 1 - sleeve.firstDay) };
    const cut = portfolioAssets({ benchmarks: view.benchmarks, sleeves: [known] }, OPTIONS);
    assert.equal(cut.firstDay, whole.firstDay);
    assert.deepEqual(cut.session, whole.session.slice(0, cut.session.length));
    assert.ok(day - (cut.firstDay + cut.session.at(-1)!) <= 3);
    cut.assets.forEach(({ nav }, k) =>
      assert.deepEqual(nav, whole.assets[k]!.nav.slice(0, nav.length))
    );
  }
});

Deno.test("portfolioAssets() refuses a sleeve's key that is taken, and values that are no money", () => {
  const { benchmarks, sleeves } = madeAssets({ nDays: 20 });
  const made = (sleeve: Partial<typeof sleeves[0]>) => () =>
    portfolioAssets({ benchmarks, sleeves: [{ ...sleeves[0]!, ...sleeve }] }, OPTIONS);
  assert.throws(made({ key: "gold" }), {
    name: "RangeError",
    message: `Cannot hold a sleeve as its key must be no other asset's: got "gold"`,
  });
  assert.throws(made({ nav: Float64Array.of(100, -1) }), {
    name: "RangeError",
    message: `Cannot hold sleeve "baskets" as its values must be finite and >= 0: got -1 at 1`,
  });
});
