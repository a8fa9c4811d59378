import assert from "node:assert/strict";
import { assetCorrelationChart, type AssetRelations } from "lib/charts/asset_correlation.ts";
import { dayLabelsChart, type ExchangeBetas } from "lib/charts/day_labels.ts";
import { portfolioDrawdownChart } from "lib/charts/portfolio_drawdown.ts";
import { type PortfolioNav, portfolioNavChart } from "lib/charts/portfolio_nav.ts";
import { type RiskReturn, riskReturnChart } from "lib/charts/risk_return.ts";
import {
  decimalsOf,
  differenceClause,
  isBeyondZero,
  signedRange,
  signedText,
} from "lib/charts/signed_interval.ts";
import { type SleeveAgainstCash, sleeveAgainstCashChart } from "lib/charts/sleeve_against_cash.ts";
import { FOLDER } from "./synthetic.ts";
import {
  assetRelations,
  exchangeBetas,
  FIRST_DAY,
  riskReturn,
  sleeveAgainstCash,
} from "./synthetic_portfolios.ts";

const of = (value: number, low: number, high: number) => ({ value, low, high });

/** Three days on which stocks and bonds, with baskets and with cash are worth this much. */
function navs(values: readonly (readonly number[])[]) {
  const names = ["60/40", "60/40 + 10 % baskets", "60/40 + 10 % cash"];
  return {
    days: Int32Array.of(FIRST_DAY, FIRST_DAY + 1, FIRST_DAY + 2),
    series: values.map((nav, k): PortfolioNav => ({
      ...{ key: "abc"[k]!, name: names[k]!, isMain: true, nav: Float64Array.from(nav) },
    })),
    ...{ nSessions: 2, costBps: 10 },
  };
}

const THREE = navs([[100, 104, 110], [100, 103, 112.04], [100, 102, 108]]);

Deno.test("portfolioNavChart() says where baskets and cash end and whether that is more than error", () => {
  const title = (difference: ReturnType<typeof of> | null) =>
    portfolioNavChart({
      ...THREE,
      compared: difference && { key: "b", against: "c", difference },
    }, FOLDER).title;
  assert.deepEqual(
    [of(0.02, 0.01, 0.03), of(0.02, -0.01, 0.05), of(-0.02, -0.03, -0.01), of(0.02, NaN, NaN)].map(
      title,
    ),
    [
      "60/40 + 10 % baskets ends at 112.0, 60/40 + 10 % cash at 108.0: +2.0 points a year (95% interval +1.0 to +3.0)",
      "60/40 + 10 % baskets ends at 112.0, 60/40 + 10 % cash at 108.0: +2.0 points a year, no more than its error (95% interval −1.0 to +5.0)",
      "60/40 + 10 % baskets ends at 112.0, 60/40 + 10 % cash at 108.0: −2.0 points a year (95% interval −3.0 to −1.0)",
      "60/40 + 10 % baskets ends at 112.0, 60/40 + 10 % cash at 108.0: +2.0 points a year, without an interval",
    ],
  );
  assert.equal(
    title(null),
    "No portfolio with baskets is compared with cash; the highest, 60/40 + 10 % baskets, ends at 112.0",
  );
  const unknown = navs([[100, 104, NaN]]);
  assert.equal(
    portfolioNavChart({ ...unknown, compared: null }, FOLDER).title,
    "No portfolio has a value on the last day",
  );
});

Deno.test("portfolioDrawdownChart() compares the deepest drawdown of baskets with that of cash", () => {
  const made = navs([[100, 80, 90], [100, 84, 95], [100, 82.5, 93]]);
  const series = made.series.map((one) => ({ ...one, depthLow: -0.3, depthHigh: -0.1 }));
  const title = (difference: ReturnType<typeof of> | null) =>
    portfolioDrawdownChart({
      ...{ ...made, series },
      compared: difference && { key: "b", against: "c", difference },
    }, FOLDER).title.replaceAll("\u00a0", " ");
  // drawdowns are negative, so a difference above zero is a smaller loss
  assert.equal(
    title(of(0.015, 0.005, 0.03)),
    "60/40 + 10 % baskets falls by at most 16.00%, 60/40 + 10 % cash by 17.50%: −1.50 points (95% interval −3.00 to −0.50)",
  );
  assert.equal(
    title(of(0.015, -0.005, 0.03)),
    "60/40 + 10 % baskets falls by at most 16.00%, 60/40 + 10 % cash by 17.50%: −1.50 points, no more than its error (95% interval −3.00 to +0.50)",
  );
  assert.equal(
    title(null),
    "No portfolio with baskets is compared with cash; the deepest drawdown is 20% (60/40, 3 Jan 2024)",
  );
  const blank = series.map((one, k) => k === 1 ? { ...one, nav: one.nav.map(() => NaN) } : one);
  const compared = { key: "b", against: "c", difference: of(NaN, NaN, NaN) };
  assert.equal(
    portfolioDrawdownChart({ ...made, series: blank, compared }, FOLDER).title,
    "60/40 + 10 % baskets has no value, so its drawdown is not compared",
  );
});

Deno.test("portfolioNavChart() and portfolioDrawdownChart() refuse values that do not match", () => {
  const short = THREE.series.map((one) => ({ ...one, nav: Float64Array.of(100) }));
  assert.throws(() => portfolioNavChart({ ...THREE, series: short, compared: null }, FOLDER), {
    name: "RangeError",
    message: 'Cannot draw the value of "60/40" as it must have one for each of 3 days: got 1',
  });
  const { series, ...rest } = navs([[100, -1, 90]]);
  const falls = series.map((one) => ({ ...one, depthLow: NaN, depthHigh: NaN }));
  assert.throws(() => portfolioDrawdownChart({ ...rest, series: falls, compared: null }, FOLDER), {
    name: "RangeError",
    message: 'Cannot draw the drawdown of "60/40" as its values must be 0 or more: got -1',
  });
});

Deno.test("riskReturnChart() counts the mixtures whose Sharpe ratio differs from that of stocks and bonds", () => {
  const made = riskReturn(8);
  const title = (differences: readonly (ReturnType<typeof of> | null)[], n = 8) => {
    const portfolios: RiskReturn["portfolios"] = made.portfolios.slice(0, n).map((one, k) => ({
      ...one,
      sharpeDifference: differences[k - 1] ?? null,
    }));
    return riskReturnChart({ ...made, portfolios }, FOLDER).title;
  };
  assert.equal(
    title([of(0.04, -0.1, 0.2), of(-0.05, -0.1, 0.02)]),
    "No mixture’s Sharpe ratio differs from 60/40’s by more than its error; of 2 the largest difference is that of 60/40 + 10 % cash, −0.05 (95% interval −0.10 to +0.02)",
  );
  // an end that would read as the value
  assert.match(
    title([of(-0.055, -0.063, -0.049), null]),
    /60\/40 \+ 10 % baskets, −0\.055 \(95% interval −0\.063 to −0\.049\)$/,
  );
  // the largest is within its error
  assert.equal(
    title([of(0.04, 0.01, 0.07), of(-0.05, -0.1, 0.02)]),
    "1 of 2 mixtures has a Sharpe ratio that differs from 60/40’s by more than its error: 60/40 + 10 % baskets, +0.04 (95% interval +0.01 to +0.07)",
  );
  assert.equal(
    title([of(0.04, 0.01, 0.07), of(-0.05, -0.1, -0.02), of(0.01, -1, 1)]),
    "2 of 3 mixtures have Sharpe ratios that differ from 60/40’s by more than their errors, most 60/40 + 10 % cash, −0.05 (95% interval −0.10 to −0.02)",
  );
  assert.equal(
    title([of(0.04, -0.1, 0.2)]),
    "The Sharpe ratio of the one mixture does not differ from 60/40’s by more than its error: 60/40 + 10 % baskets, +0.04 (95% interval −0.10 to +0.20)",
  );
  assert.equal(
    title([of(0.3, 0.1, 0.5)]),
    "The Sharpe ratio of the one mixture differs from 60/40’s by more than its error: 60/40 + 10 % baskets, +0.30 (95% interval +0.10 to +0.50)",
  );
  // an asset alone is no mixture, nor is one without an interval
  const none = "No mixture’s Sharpe ratio is compared with that of stocks and bonds";
  assert.equal(title([null, null, null, null, null, of(1, 0.5, 1.5)]), none);
  assert.equal(title([of(1, NaN, NaN)]), none);
  assert.equal(title([], 1), none);
});

Deno.test("riskReturnChart() judges no idle share, and says what chance alone would give", () => {
  const made = riskReturn(6);
  const said = (idle: readonly number[]) => {
    const portfolios = made.portfolios.map((one, k) => ({
      ...one,
      sharpeDifference: k === 0 || idle.includes(k) ? null : of(0.04, 0.01, 0.07),
    }));
    const { svg, title } = riskReturnChart({ ...made, portfolios }, FOLDER);
    return { title, text: svg.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ") };
  };
  const three = said([2, 3]);
  assert.match(three.title, /^3 of 3 mixtures have Sharpe ratios that differ/);
  assert.match(
    three.text,
    /Of 3 differences of Sharpe ratios, chance alone would leave zero out of 0\.15\./,
  );
  assert.match(three.text, /Not judged: 60\/40 \+ 10 % cash, 60\/40 \+ 10 % Treasury bills\./);
  assert.doesNotMatch(said([]).text, /Not judged/);
  assert.doesNotMatch(said([1, 2, 3, 4, 5]).text, /chance alone/);
});

Deno.test("sleeveAgainstCashChart() says whether baskets do anything that cash does not", () => {
  const made = sleeveAgainstCash(3), zero = { ...of(0.001, -0.01, 0.01), pValue: 0.8 };
  const title = (parts: Partial<SleeveAgainstCash["differences"][0]>) => {
    const base = { annualReturn: zero, volatility: zero, sharpe: zero, maxDrawdown: zero };
    const first = { against: "60/40 + 10 % cash", ...base, ...parts };
    const data = { ...made, differences: [first, ...made.differences.slice(1)] };
    return sleeveAgainstCashChart(data, FOLDER).title;
  };
  const two = "60/40 + 10 % baskets differs from 60/40 + 10 % cash";
  assert.equal(
    title({}),
    `${two} in none of 4 measures by more than its error: return +0.1 points, Sharpe ratio 0.00`,
  );
  const low = { ...of(-0.004, -0.006, -0.002), pValue: 0.002 };
  const high = { ...of(0.3, 0.1, 0.5), pValue: 0.002 };
  // less volatility is better, less return worse
  assert.equal(
    title({ volatility: low }),
    `${two} by more than its error in 1 of 4 measures: better in volatility (−0.40 points)`,
  );
  assert.equal(
    title({ annualReturn: low, sharpe: high, maxDrawdown: low }),
    `${two} by more than its error in 3 of 4 measures: better in Sharpe ratio (+0.30), worse in return (−0.4 points), deepest drawdown (−0.40 points)`,
  );
  const unknown = { ...of(NaN, NaN, NaN), pValue: NaN };
  assert.equal(
    title({ annualReturn: unknown, sharpe: unknown }),
    `${two} in none of 2 measures by more than its error: volatility +0.10 points, deepest drawdown +0.10 points`,
  );
  const nothing = { annualReturn: unknown, volatility: unknown };
  assert.equal(
    title({ ...nothing, sharpe: unknown, maxDrawdown: unknown }),
    "What 60/40 + 10 % baskets does that 60/40 + 10 % cash does not is not estimable",
  );
});

Deno.test("assetCorrelationChart() names the largest correlation and whether it leaves the band", () => {
  const made = assetRelations(2);
  const title = (values: readonly (readonly [number, number])[], band = 0.1) => {
    const assets: AssetRelations["assets"] = made.assets.map((one, k) => ({
      ...one,
      daily: { ...one.daily, value: values[k]![0], nullLow: -band, nullHigh: band },
      weekly: { ...one.weekly, value: values[k]![1], nullLow: -2 * band, nullHigh: 2 * band },
    }));
    return assetCorrelationChart({ ...made, assets }, FOLDER).title;
  };
  assert.equal(
    title([[0.05, -0.15], [0.02, 0.1]]),
    "No correlation of baskets lies outside what chance gives: of 4 the largest is −0.15 with SPY by five sessions (chance −0.20 to +0.20)",
  );
  // the largest of all lies within its wider band
  assert.equal(
    title([[0.05, -0.15], [0.12, 0.1]]),
    "1 of 4 correlations of baskets lies outside what chance gives: +0.12 with GLD by session (chance −0.10 to +0.10)",
  );
  assert.equal(
    title([[-0.3, -0.25], [0.12, NaN]]),
    "3 of 3 correlations of baskets lie outside what chance gives: the largest is −0.30 with SPY by session (chance −0.10 to +0.10)",
  );
  assert.equal(
    title([[0.05, -0.15], [0.12, 0.1]], NaN),
    "The largest correlation of baskets is −0.15 with SPY by five sessions; what chance gives is not measured",
  );
});

Deno.test("dayLabelsChart() says what the wrong label measures, and when it makes no difference", () => {
  const title = (change: (label: string) => Partial<ExchangeBetas["betas"][0]>) =>
    dayLabelsChart(
      exchangeBetas(3).map(({ exchange, betas }) => ({
        exchange,
        betas: betas.map((one) => ({ ...one, ...change(one.label) })),
      })),
      FOLDER,
    ).title;
  const start = "A contract that moves one for one is measured at";
  assert.equal(
    title(() => ({})),
    `${start} 0.12 to 0.49 with the wrong day label, at 1.00 at the close`,
  );
  assert.equal(
    title(() => ({ beta: 0.99, standardError: 0.05 })),
    `${start} 0.99 at the close, and no day label is wrong by more than its error (0.99)`,
  );
  assert.equal(
    title((label) => label === "close" ? { beta: 0.83 } : {}),
    `${start} 0.83 even at the close, 0.12 to 0.49 when joined on the date`,
  );
  assert.equal(
    title((label) => label === "close" ? { beta: NaN } : {}),
    `${start} 0.12 to 1.01 by date; at the close it is not estimable`,
  );
  assert.equal(
    title((label) => label.startsWith("day") ? { beta: NaN } : {}),
    `${start} 1.00 at the close; by date it is not estimable`,
  );
  assert.throws(() => title(() => ({ standardError: -1 })), {
    name: "RangeError",
    message: 'Cannot draw betas at "New York" as standard errors must be >= 0: got -1',
  });
});

Deno.test("signedText(), signedRange() and differenceClause() write signs, and none where nothing is left", () => {
  assert.deepEqual([0.44, -0.04, 0, -1.25, NaN].map((x) => signedText(x, 1)), [
    "+0.4",
    "0.0",
    "0.0",
    "−1.3",
    "not estimable",
  ]);
  assert.equal(signedRange(of(0, NaN, 1), 1), "no interval");
  assert.deepEqual(
    [of(1, 0, 2), of(1, 0.1, 2), of(-1, -2, -0.1), of(1, NaN, NaN)].map(isBeyondZero),
    [
      false,
      true,
      true,
      false,
    ],
  );
  // on which side of zero an end lies is never rounded away
  assert.deepEqual(
    [of(1, -0.04, 2), of(1, 0.004, 2), of(1, 0, 2), of(1, 1e-9, 2)].map((x) => decimalsOf(x, 1)),
    [2, 3, 1, 3],
  );
  assert.equal(
    differenceClause(of(0.3, -0.03, 2.63), { decimals: 1, unit: " points" }),
    "+0.30 points, no more than its error (95% interval −0.03 to +2.63)",
  );
});
