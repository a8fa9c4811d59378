import assert from "node:assert/strict";
import { performance } from "lib/backtest/performance.ts";
import { resampledDays } from "lib/backtest/resampled_days.ts";
import { randomStream } from "lib/core/random.ts";
import { mixtureNav } from "lib/portfolio/mixtures.ts";
import { portfolioList } from "lib/portfolio/portfolio_list.ts";
import {
  drawnMeasures,
  SESSION_MEASURES,
  sessionMeasures,
  wholeMeasures,
} from "lib/portfolio/session_measures.ts";
import {
  portfolioAtSessions,
  portfolioSeries,
  sessionRates,
} from "lib/portfolio/session_series.ts";
import { goldenAssets, isNear, SHARES } from "./made_assets.ts";
// golden: pandas and scipy, made by tests/golden/portfolio/portfolios.py
import golden from "../golden/portfolio/portfolios.json" with { type: "json" };

const assets = goldenAssets();
const list = portfolioList(assets, SHARES);
const made = list.map((mixture) => mixtureNav(mixture, assets, { costRate: 0.001 }));
const perYear = assets.sessionsPerYear;

Deno.test("wholeMeasures() match pandas and scipy on every portfolio", () => {
  for (const [key, expected] of Object.entries(golden.portfolios)) {
    const portfolio = made.find(({ mixture }) => mixture.key === key)!;
    const measures = wholeMeasures(portfolioSeries(portfolio, assets), { perYear });
    for (const name of SESSION_MEASURES) {
      assert.ok(isNear(measures[name], expected[name], 1e-9), `${key} ${name}`);
    }
  }
});

Deno.test("wholeMeasures() are those of performance() with as many sessions a year", () => {
  const rates = sessionRates(assets);
  rates[0] = 0;
  for (const portfolio of made) {
    const seen = wholeMeasures(portfolioSeries(portfolio, assets), { perYear });
    const nav = portfolioAtSessions(portfolio, assets.session);
    const other = performance(nav, rates, { periodsPerYear: perYear });
    const pairs = [
      [seen.annual_return, other.annualizedReturn],
      [seen.volatility, other.volatility],
      [seen.sharpe, other.sharpe],
      [seen.sortino, other.sortino],
      [seen.max_drawdown, other.maxDrawdown],
      [seen.calmar, other.calmar],
      [seen.skewness, other.skewness],
    ] as const;
    pairs.forEach(([a, b], m) =>
      assert.ok(Object.is(a, b) || isNear(a, b, 1e-9), `${portfolio.mixture.key} ${m}: ${a} ${b}`)
    );
  }
});

Deno.test("sessionMeasures() of up 10 % and down 20 % are worked by hand", () => {
  const returns = Float64Array.of(0.1, -0.2), excess = Float64Array.of(0.1, -0.2);
  const measures = wholeMeasures({ returns, excess }, { perYear: 2 });
  assert.ok(isNear(measures.annual_return, -0.12, 1e-15));
  assert.ok(isNear(measures.max_drawdown, -0.2, 1e-15));
  assert.ok(isNear(measures.volatility, 0.3, 1e-15));
  assert.ok(isNear(measures.sharpe, -0.05 / (0.3 / Math.SQRT2) * Math.SQRT2, 1e-14));
  assert.ok(isNear(measures.sortino, -0.05 / (0.2 / Math.SQRT2) * Math.SQRT2, 1e-14));
  assert.ok(isNear(measures.calmar, -0.6, 1e-14));
});

Deno.test("sessionMeasures() of cash have no ratio, and unknown rates no Sharpe ratio", () => {
  const still = new Float64Array(80);
  const cash = wholeMeasures({ returns: still, excess: still }, { perYear: 250 });
  assert.deepEqual(cash, {
    ...{ annual_return: 0, volatility: 0, sharpe: NaN, sortino: NaN },
    ...{ max_drawdown: 0, calmar: NaN, skewness: NaN },
  });
  const series = portfolioSeries(made[0]!, assets);
  const unknown = wholeMeasures(
    { ...series, excess: series.excess.map(() => NaN) },
    { perYear },
  );
  assert.ok(Number.isNaN(unknown.sharpe) && Number.isNaN(unknown.sortino));
  assert.equal(unknown.volatility, wholeMeasures(series, { perYear }).volatility);
});

Deno.test("drawnMeasures() are those of the rows drawn, in their order", () => {
  const series = portfolioSeries(made[0]!, assets), nDays = series.returns.length;
  const random = randomStream(3, "test");
  const days = resampledDays(nDays, { nDraws: 5, meanBlockDays: 10, random });
  const draws = drawnMeasures(series, days, { perYear });
  for (let b = 0; b < 5; ++b) {
    const rows = days.rows.slice(b * nDays, (b + 1) * nDays);
    const drawn = {
      returns: Float64Array.from(rows, (row) => series.returns[row]!),
      excess: Float64Array.from(rows, (row) => series.excess[row]!),
    };
    const own = wholeMeasures(drawn, { perYear });
    for (const name of SESSION_MEASURES) assert.equal(draws[name][b], own[name], name);
  }
});

Deno.test("sessionMeasures() of no row are unknown, and drawnMeasures() refuses other rows", () => {
  const none = { returns: new Float64Array(0), excess: new Float64Array(0) };
  const rows = new Int32Array(0);
  const measures = sessionMeasures(none, { rows, from: 0, to: 0 }, { perYear: 250 });
  assert.ok(Object.values(measures).every(Number.isNaN));
  assert.throws(() => drawnMeasures(none, { nDays: 3, nDraws: 0, rows }, { perYear: 250 }), {
    name: "RangeError",
    message: "Cannot resample returns as the draws must be of as many rows: got 3 for 0",
  });
});
