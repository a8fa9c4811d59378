import { countOf, countText, periodText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { longshotPanels } from "./longshot_panels.ts";
import { pText } from "./p_text.ts";
import { HUES } from "./palette.ts";
import { cleanText } from "./text_lines.ts";
import { decimalText } from "./value_ticks.ts";

/** Prices of one bin and what they paid, shares in [0, 1]. */
export interface LongshotPoint {
  /** Ends of the bin, of the price a week before. */
  readonly priceLow: number;
  readonly priceHigh: number;
  readonly meanPrice: number;
  readonly paidShare: number;
  /** Its 95% interval. */
  readonly low: number;
  readonly high: number;
  /** What fair prices give for this n in 95% of cases. */
  readonly fairLow: number;
  readonly fairHigh: number;
  readonly nContracts: number;
  readonly nEvents: number;
}

/** A number of points with its 95% interval; NaN where not estimable. */
export interface LongshotEstimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Another way of choosing the days. */
export interface OtherRule {
  /** "7 days before settlement". */
  readonly rule: string;
  /** Whether its days are known only afterwards. */
  readonly peeks: boolean;
  /** Payout less price, points. */
  readonly gain: LongshotEstimate;
}

/** Rise of payout less price by one rule, points a point of price; above zero long shots cost too much. */
export interface LongshotSlope {
  readonly rule: string;
  readonly slope: LongshotEstimate & { readonly pValue: number };
  /** Holm's over the rules; NaN where not estimable. */
  readonly holmPValue: number;
}

/** Rules that do not look ahead, and what stands over all of them. */
export interface LongshotVerdict {
  readonly slopes: readonly LongshotSlope[];
  readonly finding: "bias" | "reverse" | "mixed" | "none" | "unknown";
  /** Which way all slopes point; `null` where they differ. */
  readonly leaning: "bias" | "reverse" | null;
  /** The slope with the lowest p; `null` where none is estimable. */
  readonly surest: LongshotSlope | null;
  /** Rules that stand after Holm's adjustment. */
  readonly nStanding: number;
}

/** What {@link longshotCurveChart} draws. */
export interface LongshotView {
  /** On which days prices are taken: "first of each month". */
  readonly rule: string;
  /** By price, without overlap. */
  readonly bins: readonly LongshotPoint[];
  /** What all rules say together whose days are known in advance. */
  readonly verdict: LongshotVerdict;
  readonly nContracts: number;
  readonly nEvents: number;
  /** Due contracts without a payout. */
  readonly nUnsettled: number;
  readonly others: readonly OtherRule[];
  /** UTC days of the first and last price. */
  readonly firstDay: number;
  readonly lastDay: number;
}

const NAME = "longshot_curve", HEIGHT = 500, MAX_OTHERS = 8;
/** Share of intervals that leave fair prices out by chance. */
const MISSED = 0.05;

/**
 * Whether cheap contracts pay less often than they cost and dear ones more often: the share that paid
 * by price, over the diagonal and over what fair prices give for as many independent samples.
 *
 * A dot is filled where the interval of its bin leaves out the mean price. The title goes by the slopes
 * of all rules that do not look ahead, which one bin in twenty that lies off by chance cannot decide.
 *
 * @throws {RangeError} If a price or share is not in [0, 1].
 */
export function longshotCurveChart(view: LongshotView, context: ChartContext): Figure {
  const { bins, verdict, nContracts, nEvents, nUnsettled, firstDay, lastDay } = view;
  for (const bin of bins) check(bin);
  const rule = cleanText(view.rule);
  if (bins.length === 0) {
    return figure({
      name: NAME,
      title: "No contract has a price and a payout, so nothing tells whether prices are fair",
      subtitle: "Share of contracts that paid, by price.",
      alt: "Nothing is drawn: there is no settled contract with a price.",
      context,
      body: "no settled contracts with a price a week old",
    });
  }
  const title = finding(view);
  const others = view.others.slice(0, MAX_OTHERS).map(({ rule, peeks, gain }) =>
    `${cleanText(rule)}${peeks ? " (looks ahead)" : ""} ${estimateText(gain, 1)}`
  );
  return figure({
    name: NAME,
    title,
    subtitle:
      `Share of contracts that paid by their price (day: ${rule}), of those that were due by ` +
      `the last day; 95% intervals that count related contracts as fewer. n\u00a0=\u00a0${
        countOf(nContracts, "contract")
      } of ${countOf(nEvents, "event")}. ${periodText(firstDay, lastDay)}.`,
    alt: `${title}. ${
      bins.map(({ meanPrice, paidShare, low, high }) =>
        `At ${cents(meanPrice)} ${percent(paidShare)} paid (${percent(low)} to ${percent(high)})`
      ).join("; ")
    }.`,
    context,
    notes: [
      `Bins are by the price of a week before, since a price that is stale or off by half a spread returns by itself; dots stand at the mean price on the day. ${
        countOf(nUnsettled, "due contract")
      } without a payout ${nUnsettled === 1 ? "is" : "are"} left out.`,
      `Slopes of payout less price, points a point of price: ${
        verdict.slopes.slice(0, MAX_OTHERS).map(slopeText).join("; ")
      }. The title’s p is Holm’s over these rules.`,
      ...(others.length === 0 ? [] : [
        `Payout less price in points, by the day on which prices are taken: ${others.join("; ")}.`,
      ]),
    ],
    height: KEY_HEIGHT + HEIGHT,
    body: [
      keyLine([
        { mark: "dot", colour: HUES[0].fill, words: "off the diagonal" },
        { mark: "ring", words: "on it within the interval" },
        { mark: "line", words: "95% interval" },
        { mark: "band", words: "fair prices, 95%" },
      ]),
      ...longshotPanels(bins, KEY_HEIGHT, HEIGHT),
    ],
  });
}

function finding({ verdict, bins }: LongshotView): string {
  const off = bins.filter(({ meanPrice, low, high }) => meanPrice < low || meanPrice > high).length;
  const of = `${countText(off)} of ${countOf(bins.length, "bin")} off the diagonal, by chance ${
    decimalText(MISSED * bins.length, 1)
  }`;
  const { slopes, surest, nStanding, leaning } = verdict;
  if (surest === null) return `Too few events to tell whether prices are fair; ${of}`;
  const by = `by ${countText(nStanding)} of ${countOf(slopes.length, "rule")}`;
  const most = `slope ${estimateText(surest.slope, 2)} (${cleanText(surest.rule)}, p ${
    pText(surest.holmPValue)
  })`;
  const lead = {
    bias: `Long shots cost too much ${by}`,
    reverse: `The reverse of a favourite–longshot bias ${by}`,
    mixed: `Long shots and favourites cost too much by different rules, ${by}`,
    none: `No favourite–longshot bias stands over ${countOf(slopes.length, "rule")}${
      leaning === "reverse" ? ", if anything the reverse" : ""
    }`,
    unknown: "Nothing tells whether prices are fair",
  }[verdict.finding];
  return `${lead}: ${most}; ${of}`;
}

function slopeText({ rule, slope }: LongshotSlope): string {
  const p = Number.isNaN(slope.pValue) ? "" : ` p ${pText(slope.pValue)}`;
  return `${cleanText(rule)} ${estimateText(slope, 3)}${p}`;
}

function estimateText({ value, low, high }: LongshotEstimate, decimals: number): string {
  const sign = value > 0 && Number(value.toFixed(decimals)) !== 0 ? "+" : "";
  const range = Number.isNaN(low)
    ? "no interval"
    : `${decimalText(low, decimals)} to ${decimalText(high, decimals)}`;
  return Number.isNaN(value) ? "not measured" : `${sign}${decimalText(value, decimals)} [${range}]`;
}

function cents(price: number): string {
  return `${decimalText(100 * price, 1)}¢`;
}

function percent(share: number): string {
  return `${decimalText(100 * share, 1)}%`;
}

function check({ meanPrice, paidShare, low, high }: LongshotPoint): void {
  for (const share of [meanPrice, paidShare, low, high]) {
    if (!(share >= 0 && share <= 1)) {
      throw new RangeError(
        `Cannot draw prices against payouts as both must be in [0, 1]: got ${share}`,
      );
    }
  }
}
