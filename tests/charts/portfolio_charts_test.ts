import assert from "node:assert/strict";
import type { ChartContext } from "lib/charts/chart_context.ts";
import { assetCorrelationChart } from "lib/charts/asset_correlation.ts";
import { dayLabelsChart } from "lib/charts/day_labels.ts";
import { portfolioDrawdownChart } from "lib/charts/portfolio_drawdown.ts";
import { portfolioNavChart, type PortfolioNavs } from "lib/charts/portfolio_nav.ts";
import { riskReturnChart } from "lib/charts/risk_return.ts";
import { sleeveAgainstCashChart } from "lib/charts/sleeve_against_cash.ts";
import { assertPictures } from "./assert_pictures.ts";
import { assertReadable, levelBoxes, marks, said } from "./readable.ts";
import { FOLDER, SIMULATED } from "./synthetic.ts";
import {
  assetRelations,
  exchangeBetas,
  portfolioCharts,
  portfolioFalls,
  portfolioNavs,
  riskReturn,
  sleeveAgainstCash,
} from "./synthetic_portfolios.ts";
import { textBoxes } from "./text_boxes.ts";

const BLUE = "#276fd7", NULL_GREY = "#c9cdd3", GREY = "#8a9099";

for (const size of [0, 1, 2, 3, 4, 7, 12, 30]) {
  for (const lift of [0, 0.2, -1]) {
    Deno.test(`charts of ${size} portfolios, lift ${lift}, have readable text without overlaps`, () => {
      for (const figure of portfolioCharts(size, lift, lift === 0 ? SIMULATED : FOLDER)) {
        assertReadable(figure);
        assert.ok(figure.svg.length < 300_000, `${figure.name}: ${figure.svg.length} bytes`);
        assert.ok(figure.alt.startsWith(figure.title) || size === 0, figure.alt);
      }
    });
  }
}

Deno.test("charts of portfolios over nothing say what is missing instead of drawing an axis", () => {
  const messages = portfolioCharts(0, 0, FOLDER).map(({ svg }) =>
    textBoxes(svg).find((box) => box.size === 14)?.text
  );
  assert.deepEqual(messages, [
    "no portfolios with a value",
    "no portfolios with a value",
    "no portfolios",
    "no portfolio to compare",
    "no assets",
    "no planted contracts",
  ]);
});

const UNKNOWN = { value: NaN, low: NaN, high: NaN };

Deno.test("charts of too few sessions say so and keep what can be drawn", () => {
  const nothing = { ...UNKNOWN, pValue: NaN }, banded = { ...UNKNOWN, nullLow: NaN, nullHigh: NaN };
  const risks = riskReturn(5), cash = sleeveAgainstCash(3), relations = assetRelations(3);
  const figures = [
    riskReturnChart({
      ...{ ...risks, nSessions: 28 },
      portfolios: risks.portfolios.map((one) => ({
        ...{ ...one, annualReturn: UNKNOWN, volatility: UNKNOWN, sharpe: NaN },
        sharpeDifference: UNKNOWN,
      })),
    }, FOLDER),
    sleeveAgainstCashChart({
      ...{ ...cash, nSessions: 28 },
      differences: cash.differences.map(({ against }) => ({
        ...{ against, annualReturn: nothing, volatility: nothing },
        ...{ sharpe: nothing, maxDrawdown: nothing },
      })),
    }, FOLDER),
    assetCorrelationChart({
      ...relations,
      assets: relations.assets.map(({ name }) => ({
        name,
        ...{ daily: { ...banded, n: 28 }, weekly: { ...banded, n: 5 } },
        ...{ tail5: { ...banded, n: 28 }, tail10: { ...banded, n: 28 } },
      })),
    }, FOLDER),
    dayLabelsChart(
      exchangeBetas(2).map(({ exchange, betas }) => ({
        exchange,
        betas: betas.map((one) => ({ ...one, beta: NaN, standardError: NaN })),
      })),
      FOLDER,
    ),
  ];
  assert.deepEqual(figures.map(({ title }) => title), [
    "Risk and return of 5 portfolios are not estimable",
    "What 60/40 + 10 % baskets does that cash does not is not estimable",
    "No correlation of baskets with an asset is estimable",
    "The beta of a planted contract is not estimable at any of 2 exchanges",
  ]);
  assert.deepEqual(
    figures.map(({ svg }) => textBoxes(svg).find((box) => box.size === 14)?.text),
    [
      "too few sessions to estimate risk and return: 28 sessions",
      "too few sessions to estimate differences: 28 sessions",
      "too few sessions to estimate correlations: 28 sessions",
      "too few sessions to estimate a beta",
    ],
  );
  const navs = portfolioNavs(4, 29);
  const nav = portfolioNavChart(
    { ...navs, compared: { ...navs.compared!, difference: UNKNOWN } },
    FOLDER,
  );
  assert.match(nav.title, /: too few sessions to estimate the difference$/);
  const falls = portfolioFalls(4, 29);
  const fall = portfolioDrawdownChart({
    ...falls,
    series: falls.series.map((one) => ({ ...one, depthLow: NaN, depthHigh: NaN })),
    compared: { ...falls.compared!, difference: UNKNOWN },
  }, FOLDER);
  assert.match(fall.title, /: too few sessions to estimate the difference$/);
  assert.equal(said(fall).match(/interval not estimable/g)?.length, 4);
  [...figures, nav, fall].forEach(assertReadable);
});

Deno.test("charts of portfolios draw parts that are missing as missing", () => {
  const navs = portfolioNavs(12, 300), blank = new Float64Array(300).fill(NaN);
  const late = navs.series[4]!.nav.map((value, i) => i < 100 ? NaN : value);
  const gone = navs.series[5]!.nav.map((value, i) => i < 100 ? value : 0);
  const series = navs.series.map((one, k) =>
    k === 3
      ? { ...one, nav: blank }
      : k === 4
      ? { ...one, nav: late }
      : k === 5
      ? { ...one, nav: gone }
      : one
  );
  const nav = portfolioNavChart({ ...navs, series }, FOLDER);
  assertReadable(nav);
  assert.match(said(nav), /1 portfolio without any value is left out\./);
  // a worthless portfolio has no place on a logarithmic axis
  assert.doesNotMatch(said(nav), /log scale/);
  const falls = portfolioFalls(12, 300);
  const fall = portfolioDrawdownChart({
    ...falls,
    series: falls.series.map((one, k) => ({ ...one, nav: series[k]!.nav })),
  }, FOLDER);
  assertReadable(fall);
  assert.match(said(fall), /Treasury bills no value.*BTC-USD 100%/);
  const risks = riskReturn(6);
  const risk = riskReturnChart({
    ...risks,
    portfolios: risks.portfolios.map((one, k) => ({
      ...one,
      volatility: k === 2 ? UNKNOWN : { ...one.volatility, low: NaN, high: NaN },
    })),
  }, FOLDER);
  assertReadable(risk);
  assert.match(said(risk), /Not estimable: 60\/40 \+ 10 % cash\./);
});

Deno.test("charts of portfolios become pictures that are not blank, with ids of their own", () => {
  assertPictures(portfolioCharts(7, 0, SIMULATED));
});

Deno.test("charts of portfolios draw hostile text as text", () => {
  const hostile = `</text><script>alert("&")</script>\u202e\u0000 ${"W".repeat(90)}`;
  const context: ChartContext = { ...FOLDER, source: { kind: "folder", label: hostile } };
  const renamed = <T extends object>(rows: readonly T[]) =>
    rows.map((row) => ({ ...row, name: hostile }));
  const navs = portfolioNavs(12, 300), falls = portfolioFalls(12, 300), risks = riskReturn(12);
  const cash = sleeveAgainstCash(3), relations = assetRelations(4);
  const figures = [
    portfolioNavChart({ ...navs, series: renamed(navs.series) }, context),
    portfolioDrawdownChart({ ...falls, series: renamed(falls.series) }, context),
    riskReturnChart({ ...risks, portfolios: renamed(risks.portfolios) }, context),
    sleeveAgainstCashChart({
      ...{ ...cash, name: hostile, volatilities: renamed(cash.volatilities) },
      differences: cash.differences.map((one) => ({ ...one, against: hostile })),
    }, context),
    assetCorrelationChart(
      { ...relations, sleeve: hostile, assets: renamed(relations.assets) },
      context,
    ),
    dayLabelsChart(
      exchangeBetas(3).map(({ betas }) => ({ exchange: hostile, betas: renamed(betas) })),
      context,
    ),
  ];
  for (const figure of figures) {
    assert.doesNotMatch(figure.svg, /<script|\u202e/, figure.name);
    assert.ok(!figure.svg.includes("\u0000"), figure.name);
    assert.match(figure.svg, /&lt;script&gt;/, figure.name);
    assertReadable(figure);
  }
  // a name cannot push the number out of the headline
  assert.match(said(figures[0]!), /points a year, no more than its error/);
  assert.match(said(figures[2]!), /differs from .* \(95% interval/);
});

Deno.test("charts of portfolios leave what they were given as it was", () => {
  const navs: PortfolioNavs = Object.freeze(portfolioNavs(12, 60));
  const before = navs.series.map(({ nav }) => [...nav]);
  portfolioNavChart({ ...navs, series: Object.freeze([...navs.series]) }, FOLDER);
  assert.deepEqual(navs.series.map(({ nav }) => [...nav]), before);
  portfolioDrawdownChart(Object.freeze(portfolioFalls(12, 60)), FOLDER);
  const risks = riskReturn(12);
  Object.freeze(risks.portfolios);
  riskReturnChart(Object.freeze(risks), FOLDER);
  sleeveAgainstCashChart(Object.freeze(sleeveAgainstCash(3)), FOLDER);
  assetCorrelationChart(Object.freeze(assetRelations(4)), FOLDER);
  dayLabelsChart(Object.freeze(exchangeBetas(3)), FOLDER);
});

Deno.test("portfolioNavChart() draws a line a portfolio, main ones named and in front", () => {
  const figure = portfolioNavChart(portfolioNavs(12, 540), FOLDER);
  assert.equal(marks(figure, "path", `stroke="${BLUE}"`), 1);
  assert.equal(marks(figure, "path", `stroke="${GREY}"`), 8);
  assert.equal(figure.svg.match(/<circle /g)?.length, 12);
  // SVG paints in order: the first portfolio last
  assert.ok(figure.svg.lastIndexOf(`stroke="${GREY}" stroke-width="1"`) < figure.svg.indexOf(BLUE));
  const texts = levelBoxes(figure.svg).map(({ text }) => text);
  for (const name of ["60/40", "60/40 + 10 % baskets", "60/40 + 10 % cash", "BTC-USD"]) {
    assert.ok(texts.includes(name), name);
  }
  assert.match(said(figure), /Grey lines without a name: 60\/40 \+ 10 % GLD \(/);
  assert.match(said(portfolioNavChart(portfolioNavs(30, 300), FOLDER)), /and \d+ others\./);
});

Deno.test("portfolioNavChart() takes a logarithmic axis only where values span more than four times", () => {
  const ending = (end: number) =>
    said(portfolioNavChart({
      ...portfolioNavs(1, 2),
      series: [{ key: "a", name: "A", isMain: true, nav: Float64Array.of(100, end) }],
    }, FOLDER));
  assert.doesNotMatch(ending(390), /log scale/);
  assert.match(ending(450), /log scale.*Equal distances on the axis are equal ratios/);
  assert.match(ending(1e9), /log scale/);
  assert.doesNotMatch(ending(0), /log scale/);
});

Deno.test("portfolioDrawdownChart() marks the deepest of each main portfolio and tells of the others", () => {
  const figure = portfolioDrawdownChart(portfolioFalls(12, 300), FOLDER);
  assert.equal(marks(figure, "path", `stroke="${BLUE}"`), 1);
  // a dot on the curve, and two of each row one over the other
  assert.equal(figure.svg.match(/<circle /g)?.length, 3 * 4);
  assert.match(
    said(figure),
    /Not drawn, deepest drawdown: 60\/40 \+ 10 % GLD \d+%.*Baskets \d+%\./,
  );
  assert.doesNotMatch(said(portfolioDrawdownChart(portfolioFalls(4, 300), FOLDER)), /Not drawn/);
});

Deno.test("riskReturnChart() draws mixtures and assets apart, stocks and bonds in both", () => {
  const figure = riskReturnChart(riskReturn(12), FOLDER);
  assert.equal(figure.svg.match(/<circle /g)?.length, 6 + 7);
  assert.equal(levelBoxes(figure.svg).filter(({ text }) => text === "60/40").length, 2);
  assert.match(said(figure), /with a share of something else.*Assets alone/);
  assert.doesNotMatch(said(riskReturnChart(riskReturn(6), FOLDER)), /Assets alone/);
  assert.match(
    said(riskReturnChart(riskReturn(30), FOLDER)),
    /10 portfolios beyond 14 a panel are/,
  );
});

Deno.test("sleeveAgainstCashChart() draws a dot a difference and a level a portfolio", () => {
  const figure = sleeveAgainstCashChart(sleeveAgainstCash(3), FOLDER);
  // and a dot and a ring in the key
  assert.equal(figure.svg.match(/<circle /g)?.length, 4 * 3 + 4 + 2);
  // volatility and drawdown against 60/40 alone, and the key
  assert.equal(marks(figure, "circle", `fill="${BLUE}"`), 3);
  assert.match(said(figure), /changes by −9\.2% \(60\/40 \+ 10 % baskets\), −10\.8% \(60\/40/);
  assert.match(said(figure), /Of 12 intervals, chance alone would leave zero out of 0\.6\./);
});

Deno.test("assetCorrelationChart() draws a dot and a band a measure, filled outside the band", () => {
  const figure = assetCorrelationChart(assetRelations(4), FOLDER);
  assert.equal(figure.svg.match(/<circle /g)?.length, 4 * 4 + 2);
  assert.equal(marks(figure, "rect", `fill="${NULL_GREY}"`), 4 * 4 + 1);
  assert.equal(marks(figure, "circle", `fill="${BLUE}"`), 1);
  const lifted = assetCorrelationChart(assetRelations(4, 1), FOLDER);
  assert.ok(marks(lifted, "circle", `fill="${BLUE}"`) > 8);
  assert.match(said(figure), /Of 8 correlations, chance alone would put 0\.4 outside/);
});

Deno.test("dayLabelsChart() draws a row a rule and one without weekends, and where the truth is", () => {
  const figure = dayLabelsChart(exchangeBetas(3), FOLDER);
  assert.equal(figure.svg.match(/<circle /g)?.length, 3 * 5 + 2);
  // one lead and the close at each exchange, and the key
  assert.equal(marks(figure, "circle", `fill="${BLUE}"`), 3 * 2 + 1);
  assert.equal(figure.svg.match(/stroke-dasharray="4 3"/g)?.length, 1);
  assert.equal(said(figure).match(/at the close, weekends dropped/g)?.length, 3);
  assert.equal(said(figure).match(/19%/g)?.length, 3);
  assert.match(said(dayLabelsChart(exchangeBetas(7), FOLDER)), /1 exchange beyond the first 6 is/);
});
