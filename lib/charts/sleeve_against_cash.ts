import { countOf, periodText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure, type FigurePanel } from "./figure.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { HUES } from "./palette.ts";
import { headlineName } from "./portfolio_nav.ts";
import { isBeyondZero, signedText, type ValueInterval } from "./signed_interval.ts";
import { differencePanels, levelPanels } from "./sleeve_against_cash_plot.ts";
import { cleanText } from "./text_lines.ts";
import { decimalText } from "./value_ticks.ts";

/** A difference with its interval and two-sided p-value; NaN where not estimable. */
export interface MeasuredDifference extends ValueInterval {
  readonly pValue: number;
}

/** The portfolio with baskets less another one. */
export interface SleeveDifference {
  /** Name of the other: "60/40 + 10 % cash". */
  readonly against: string;
  /** As shares, but for the Sharpe ratio. */
  readonly annualReturn: MeasuredDifference;
  readonly volatility: MeasuredDifference;
  readonly sharpe: MeasuredDifference;
  /** Of deepest drawdowns, which are ≤ 0: above 0 the portfolio with baskets falls less deep. */
  readonly maxDrawdown: MeasuredDifference;
}

/** Volatility of one portfolio. */
export interface PortfolioVolatility {
  readonly name: string;
  /** A year, as a share. */
  readonly volatility: ValueInterval;
  /** Over that of stocks and bonds less 1; NaN for these themselves. */
  readonly change: number;
}

/** What {@link sleeveAgainstCashChart} draws. */
export interface SleeveAgainstCash {
  /** Name of the portfolio with baskets. */
  readonly name: string;
  /** The first is the one with cash, which the title is about. */
  readonly differences: readonly SleeveDifference[];
  /** Stocks and bonds, with baskets, with cash and with bills, in that order. */
  readonly volatilities: readonly PortfolioVolatility[];
  /** Returns between sessions. */
  readonly nSessions: number;
  readonly firstDay: number;
  readonly lastDay: number;
}

/** One measure as the chart reads it. */
export interface DifferenceMeasure {
  readonly key: "annualReturn" | "volatility" | "sharpe" | "maxDrawdown";
  readonly heading: string;
  /** In a headline. */
  readonly word: string;
  readonly unit: string;
  readonly scale: number;
  readonly decimals: number;
  /** Sign of a difference that is an improvement. */
  readonly better: 1 | -1;
}

/** Measures from the top down. */
export const DIFFERENCE_MEASURES: readonly DifferenceMeasure[] = [
  {
    ...{ key: "annualReturn", heading: "Return a year, points", word: "return" },
    ...{ unit: " points", scale: 100, decimals: 1, better: 1 },
  },
  {
    ...{ key: "volatility", heading: "Volatility a year, points", word: "volatility" },
    ...{ unit: " points", scale: 100, decimals: 2, better: -1 },
  },
  {
    ...{ key: "sharpe", heading: "Sharpe ratio", word: "Sharpe ratio" },
    ...{ unit: "", scale: 1, decimals: 2, better: 1 },
  },
  {
    ...{ key: "maxDrawdown", heading: "Deepest drawdown, points", word: "deepest drawdown" },
    ...{ unit: " points", scale: 100, decimals: 2, better: 1 },
  },
];

const NAME = "sleeve_against_cash";
const GAP = 10;

/**
 * Whether a share of baskets does anything for stocks and bonds that the same share of cash does not.
 *
 * A forest of differences, a panel a measure with its own unit. Less volatility than stocks and bonds
 * is no merit by itself, since any share that lies still has it: the last panel shows what baskets and
 * cash each cut. A difference counts where its whole interval lies on one side of zero.
 */
export function sleeveAgainstCashChart(data: SleeveAgainstCash, context: ChartContext): Figure {
  const { name, differences, volatilities, nSessions } = data;
  const known = differences.flatMap((one) =>
    DIFFERENCE_MEASURES.filter(({ key }) => !Number.isNaN(one[key].value))
  );
  if (known.length === 0) {
    return figure({
      name: NAME,
      title: differences.length === 0
        ? "No portfolio with baskets is compared with one with cash"
        : `What ${headlineName(name)} does that cash does not is not estimable`,
      subtitle: "Differences of return, volatility, Sharpe ratio and deepest drawdown.",
      alt: "Nothing is drawn: no difference is estimable.",
      context,
      body: differences.length === 0
        ? "no portfolio to compare"
        : `too few sessions to estimate differences: ${countOf(nSessions, "session")}`,
    });
  }
  let top = KEY_HEIGHT + 6;
  const body: FigurePanel[] = [keyLine([
    { mark: "dot", colour: HUES[0].fill, words: "interval without zero" },
    { mark: "ring", words: "no more than its error" },
    { mark: "line", words: "95% interval" },
  ])];
  for (const measure of DIFFERENCE_MEASURES) {
    const { panels, bottom } = differencePanels(differences, measure, top);
    body.push(...panels);
    top = bottom + GAP;
  }
  if (volatilities.length > 0) {
    const { panels, bottom } = levelPanels(volatilities, top + GAP);
    body.push(...panels);
    top = bottom + GAP;
  }
  const title = finding(data);
  return figure({
    name: NAME,
    title,
    subtitle: `${
      cleanText(name)
    } less each portfolio named, after costs, on the same resampled sessions. n\u00a0=\u00a0${
      countOf(nSessions, "session")
    }; ${periodText(data.firstDay, data.lastDay)}.`,
    alt: `${title}. ${
      differences.map((one) =>
        `Less ${cleanText(one.against)}: ${
          DIFFERENCE_MEASURES.map((measure) => `${measure.word} ${valueText(one, measure)}`).join(
            ", ",
          )
        }`
      ).join("; ")
    }.`,
    context,
    notes: [
      `Drawdowns are negative: a difference above zero is a fall less deep. p: two-sided, of no difference. Of ${
        countOf(known.length, "interval")
      }, chance alone would leave zero out of ${decimalText(0.05 * known.length, 1)}.`,
      ...cutNote(volatilities),
    ],
    height: top - GAP,
    body,
  });
}

/** A difference in its unit: "+0.4 points". */
export function valueText(one: SleeveDifference, measure: DifferenceMeasure): string {
  const { value } = one[measure.key];
  return Number.isNaN(value)
    ? "not estimable"
    : `${signedText(measure.scale * value, measure.decimals)}${measure.unit}`;
}

function finding({ name, differences }: SleeveAgainstCash): string {
  const first = differences[0]!;
  const judged = DIFFERENCE_MEASURES.filter(({ key }) =>
    !Number.isNaN(first[key].low + first[key].high)
  );
  const own = headlineName(name), other = headlineName(first.against);
  if (judged.length === 0) return `What ${own} does that ${other} does not is not estimable`;
  const beyond = judged.filter(({ key }) => isBeyondZero(first[key]));
  const texts = (measures: readonly DifferenceMeasure[]) =>
    measures.map((measure) => `${measure.word} ${valueText(first, measure)}`).join(", ");
  if (beyond.length === 0) {
    const told = judged.filter(({ key }) => key === "annualReturn" || key === "sharpe");
    return `${own} differs from ${other} in none of ${
      countOf(judged.length, "measure")
    } by more than its error: ${texts(told.length > 0 ? told : judged)}`;
  }
  const isBetter = ({ key, better }: DifferenceMeasure) => better * first[key].value > 0;
  const good = beyond.filter(isBetter), bad = beyond.filter((measure) => !isBetter(measure));
  const list = (measures: readonly DifferenceMeasure[]) =>
    measures.map((measure) => `${measure.word} (${valueText(first, measure)})`).join(", ");
  const parts = [
    ...(good.length === 0 ? [] : [`better in ${list(good)}`]),
    ...(bad.length === 0 ? [] : [`worse in ${list(bad)}`]),
  ];
  return `${own} differs from ${other} by more than its error in ${beyond.length} of ${
    countOf(judged.length, "measure")
  }: ${parts.join(", ")}`;
}

/** How much each of the portfolios cuts the volatility of stocks and bonds. */
function cutNote(volatilities: readonly PortfolioVolatility[]): string[] {
  const cut = volatilities.filter(({ change }) => !Number.isNaN(change));
  if (cut.length === 0) return [];
  return [
    `Against stocks and bonds alone the volatility changes by ${
      cut.map(({ name, change }) => `${signedText(100 * change, 1)}% (${cleanText(name)})`).join(
        ", ",
      )
    }: a share that does not move cuts it by its own size.`,
  ];
}
