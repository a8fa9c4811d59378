import assert from "node:assert/strict";
import type { BenchmarkSeries } from "lib/core/data_set.ts";
import { randomStream } from "lib/core/random.ts";
import { portfolioAssets } from "lib/portfolio/asset_navs.ts";
import { regimeEvidence } from "lib/portfolio/regime_table.ts";
import { regimeView, sessionsByRegime, sessionsForRegimes } from "lib/portfolio/regime_view.ts";
import { marketRegimes, type Regime } from "lib/portfolio/regimes.ts";
import { portfolioAtSessions, sessionRates } from "lib/portfolio/session_series.ts";
import { madeAssets, OPTIONS, studied } from "./made_assets.ts";

const SYMBOLS = { stocks: "SPY", level: "^VIX" };
const series = (symbol: string, day: number[], close: number[]): BenchmarkSeries => ({
  ...{ symbol, kind: symbol === "SPY" ? "price" as const : "level" as const },
  day: Int32Array.from(day),
  close: Float64Array.from(close),
});

Deno.test("sessionsForRegimes() are the days of stocks with the level of that very day", () => {
  const found = sessionsForRegimes([
    series("^VIX", [1, 2, 5, 6], [11, 12, 15, 16]),
    series("SPY", [2, 3, 5], [100, 101, 102]),
  ], SYMBOLS);
  assert.deepEqual(found, {
    day: Int32Array.of(2, 3, 5),
    stocks: Float64Array.of(100, 101, 102),
    level: Float64Array.of(12, NaN, 15),
  });
});

Deno.test("sessionsForRegimes() without a level know none, without stocks no session", () => {
  const found = sessionsForRegimes([series("SPY", [2, 3], [100, 101])], SYMBOLS);
  assert.deepEqual([...found.level], [NaN, NaN]);
  const none = sessionsForRegimes([series("^VIX", [1], [11])], SYMBOLS);
  assert.deepEqual([none.day.length, none.stocks.length, none.level.length], [0, 0, 0]);
});

const { benchmarks, sleeves } = madeAssets();
const assets = portfolioAssets({ benchmarks, sleeves }, OPTIONS);
const measured = studied(assets);
const STUDY = { assets, measured, sleeve: "baskets" };
const sessionDays = assets.session.map((at) => assets.firstDay + at);
const found = {
  // every second session, and days that are no session
  day: Int32Array.from([sessionDays[0]! - 3, ...sessionDays.filter((_, s) => s % 2 === 0)]),
  stockReturn: new Float64Array(0),
  volatility: new Float64Array(0),
  level: new Float64Array(0),
};
const regime = Array.from(
  found.day,
  (_, t): Regime | null => ["risk_on", "risk_off", null][t % 3] as Regime | null,
);

Deno.test("sessionsByRegime() give each session the regime of its day, none where none is known", () => {
  const { regimes } = sessionsByRegime(STUDY, { ...found, regime });
  assert.deepEqual(regimes.day, sessionDays);
  assert.deepEqual(
    regimes.regime,
    Array.from(sessionDays, (_, s) => s % 2 === 0 ? regime[1 + s / 2]! : null),
  );
});

Deno.test("sessionsByRegime() hold the sleeve, stocks and bonds, and the two together", () => {
  const { navs } = sessionsByRegime(STUDY, { ...found, regime });
  assert.deepEqual(navs.series.map(({ name }) => name), [
    "Baskets 0",
    "60/40",
    "60/40 + 10 % baskets 0",
  ]);
  for (const { nav, name } of navs.series) {
    const one = measured.find(({ portfolio }) => portfolio.mixture.name === name)!;
    assert.deepEqual(nav, portfolioAtSessions(one.portfolio, assets.session));
  }
  const stocks = assets.assets.find(({ key }) => key === "stocks")!;
  assert.deepEqual([...navs.stocks], Array.from(assets.session, (at) => stocks.nav[at]!));
  const rates = sessionRates(assets);
  assert.deepEqual([...navs.rates!], [0, ...rates.subarray(1)]);
  assert.ok(navs.rates!.subarray(1).every((rate) => rate > 0));
});

Deno.test("sessionsByRegime() have idle cash where one rate is missing", () => {
  for (const at of [assets.session[5]!, assets.session[5]! + 1]) {
    const rates = assets.rates.map((rate, i) => i === at ? NaN : rate);
    const { navs } = sessionsByRegime({ ...STUDY, assets: { ...assets, rates } }, {
      ...found,
      regime,
    });
    assert.equal(navs.rates, null);
  }
});

Deno.test("sessionsByRegime() have no series without stocks or without the sleeve", () => {
  const few = portfolioAssets({
    benchmarks: benchmarks.filter(({ symbol }) => symbol !== "SPY"),
    sleeves,
  }, OPTIONS);
  const without = sessionsByRegime({
    ...{ assets: few, measured: studied(few), sleeve: "baskets" },
  }, { ...found, regime });
  assert.deepEqual(without.navs.series, []);
  assert.ok(without.navs.stocks.every(Number.isNaN));
  assert.equal(without.navs.stocks.length, without.regimes.day.length);
  const other = sessionsByRegime({ ...STUDY, sleeve: "nothing" }, { ...found, regime });
  assert.deepEqual(other.navs.series, []);
  assert.equal(other.navs.stocks.length, sessionDays.length);
});

Deno.test("regimeView() shows what was measured, from sessions to evidence", () => {
  const closes = sessionsForRegimes(benchmarks, { ...SYMBOLS, level: "GLD" });
  const sessions = sessionsByRegime(STUDY, marketRegimes(closes, { window: 20 }));
  const evidence = regimeEvidence(sessions.regimes, sessions.navs, {
    ...{ random: randomStream(1, "regimes"), nDraws: 19 },
  });
  assert.deepEqual(regimeView(sessions, { evidence, window: 20 }), {
    ...{ days: sessionDays, regimes: sessions.regimes.regime, navs: sessions.navs.series },
    ...{ evidence, window: 20 },
  });
  assert.equal(evidence.rows.length, 9);
  assert.ok(evidence.rows.some(({ mean }) => Number.isFinite(mean.value)));
});
