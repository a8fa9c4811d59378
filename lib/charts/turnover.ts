import { countOf, countText, periodText, shareText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { HUES, INK } from "./palette.ts";
import { cleanText } from "./text_lines.ts";
import { MOST_DOTS, turnoverPanel, type TurnoverStrip } from "./turnover_strips.ts";
import { decimalsApart, decimalText } from "./value_ticks.ts";

/** How much one method trades. */
export interface TurnoverRow {
  readonly key: string;
  readonly name: string;
  /**
   * Share of the portfolio that changed hands one way in each month, or at each trade date, without
   * the first purchase; NaN where unknown. `day` is the month's first day, or the trade date.
   */
  readonly trades: readonly { readonly day: number; readonly turnover: number }[];
  /** Spread and fees, share of the value a year; NaN where unknown. */
  readonly costPerYear: number;
}

/** What one value of turnover belongs to. */
export type TurnoverSpan = "month" | "trade date";

/** What turnover is held against, from the settings. */
export interface TurnoverLimits {
  /** Share one way that a month should stay within. */
  readonly target: number;
  /** Share above which, time after time, the weighting is unstable. */
  readonly unstable: number;
  /** What one turnover belongs to; a month by default, as the settings' limits do. */
  readonly by?: TurnoverSpan;
}

const NAME = "turnover";
const MOST_ROWS = 40;

/**
 * How much of its portfolio each method changes in a month, against target and limit, and what
 * that costs a year.
 *
 * A dot a month and a tick at their median, by which methods are ranked and counted: a mean
 * would follow the one month in which everything resolved.
 *
 * @throws {RangeError} If a turnover is negative, or the limits are not in order.
 */
export function turnoverChart(
  rows: readonly TurnoverRow[],
  context: ChartContext,
  limits: TurnoverLimits,
): Figure {
  check(rows, limits);
  const sorted = rows.map(stripOf).sort((a, b) => {
    const unknown = Number(Number.isNaN(a.median)) - Number(Number.isNaN(b.median));
    return unknown || b.median - a.median || (a.key < b.key ? -1 : 1);
  });
  const measured = sorted.filter(({ median }) => !Number.isNaN(median));
  if (measured.length === 0) {
    return figure({
      name: NAME,
      title: "No method traded twice, so none has a turnover",
      subtitle: "Turnover one way, by method.",
      alt: "Nothing is drawn: there is no trade after the first purchase.",
      context,
      body: "no trades after the first purchase",
    });
  }
  const { target, unstable, by = "month" } = limits;
  const drawn = sorted.slice(0, MOST_ROWS);
  const title = finding(measured, limits);
  const days = rows.flatMap(({ trades }) => trades.map(({ day }) => day));
  const panel = turnoverPanel(drawn, { target, unstable, by, top: KEY_HEIGHT });
  const nUnknown = sorted.length - measured.length, nHidden = sorted.length - drawn.length;
  const nMost = Math.max(...sorted.map(({ sortedTurnover }) => sortedTurnover.length));
  return figure({
    name: NAME,
    title,
    subtitle: `Share of the portfolio that changed hands one way ${
      by === "month" ? "in" : "at"
    } each ${by}, highest median first; beside it spread and fees a year in % of the value. n\u00a0=\u00a0${
      countOf(measured.length, "method")
    }, ${countOf(new Set(days).size, by)}, ${periodOf(days)}.`,
    alt: `${title}. Median and cost a year: ${
      drawn.map(({ name, median, costPerYear }) =>
        `${name} ${shareText(median)}, ${shareText(costPerYear)}`
      ).join("; ")
    }.`,
    context,
    notes: [
      "The first purchase is left out: it changes nothing that was held.",
      ...(drawn.length * nMost <= MOST_DOTS
        ? []
        : [`Of many ${by}s the dots are evenly spaced quantiles, with both extremes.`]),
      ...(nUnknown === 0
        ? []
        : [`${countOf(nUnknown, "method")} did not trade after the first purchase.`]),
      ...(nHidden === 0 ? [] : [
        `${countOf(nHidden, "method")} with a lower median or none ${
          nHidden === 1 ? "is" : "are"
        } not drawn.`,
      ]),
    ],
    height: panel.top + panel.height,
    body: [
      keyLine([
        { mark: "dot", colour: HUES[0].fill, words: `a ${by}` },
        { mark: "tick", colour: INK, words: "median" },
      ]),
      panel,
    ],
  });
}

function stripOf({ key, name, trades, costPerYear }: TurnoverRow): TurnoverStrip {
  const known = Float64Array.from(
    trades.map(({ turnover }) => turnover).filter((share) => !Number.isNaN(share)),
  ).sort();
  return {
    ...{ key, name: cleanText(name), costPerYear },
    sortedTurnover: known,
    median: medianOf(known),
  };
}

function medianOf(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  if (sorted.length === 0) return NaN;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

function finding(
  sorted: readonly TurnoverStrip[],
  { target, unstable, by = "month" }: TurnoverLimits,
): string {
  const n = sorted.length;
  const typical = medianOf(Float64Array.from(sorted.map(({ median }) => median)).sort());
  const nAbove = sorted.filter(({ median }) => median > target).length;
  const nUnstable = sorted.filter(({ median }) => median > unstable).length;
  const apart = (share: number, bar: number) =>
    decimalsApart(100 * share, 100 * bar, 0).map((text) => `${text}%`);
  if (n === 1) {
    const bar = typical > unstable ? unstable : target;
    const [value, limit] = apart(typical, bar);
    const where = typical > unstable
      ? `above the ${limit} from which it is unstable`
      : `${typical > target ? "above" : "within"} the target of ${limit}`;
    return `Turnover of ${sorted[0]!.name} is ${value} a ${by}, ${where}`;
  }
  const [value, limit] = apart(typical, target);
  const unstableText = nUnstable === 0
    ? ""
    : ` and above the unstable ${decimalText(100 * unstable, 0)}% in ${countText(nUnstable)}`;
  return `Turnover is ${value} a ${by} in the median method, above the target of ${limit} in ${
    nAbove === n
      ? `all ${n} methods`
      : `${nAbove === 0 ? "none" : countText(nAbove)} of ${n} methods`
  }${unstableText}`;
}

function periodOf(days: readonly number[]): string {
  return periodText(
    days.reduce((a, b) => Math.min(a, b), Infinity),
    days.reduce((a, b) => Math.max(a, b), -Infinity),
  );
}

function check(rows: readonly TurnoverRow[], { target, unstable }: TurnoverLimits): void {
  if (!(target > 0 && unstable > target)) {
    throw new RangeError(
      `Cannot draw turnover as the target must be above 0 and below what is unstable: got ${target} and ${unstable}`,
    );
  }
  for (const { name, trades } of rows) {
    const wrong = trades.find(({ turnover }) => turnover < 0);
    if (wrong !== undefined) {
      throw new RangeError(
        `Cannot draw the turnover of "${name}" as it must be 0 or more: got ${wrong.turnover}`,
      );
    }
  }
}
