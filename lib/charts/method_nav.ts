import { countOf, countText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { KEY_HEIGHT, type KeyEntry, keyLine } from "./key_line.ts";
import { methodHues, OTHER_HUE } from "./method_hues.ts";
import { type DrawnNav, methodNavPanel } from "./method_nav_plot.ts";
import { NULL_TEXT } from "./palette.ts";
import { cleanText, shortText } from "./text_lines.ts";
import { decimalsApart, decimalText } from "./value_ticks.ts";

/** The value of one method's portfolio. */
export interface MethodNav {
  readonly key: string;
  readonly name: string;
  /** Whether it is one of those that are drawn in colour: at most eight. */
  readonly isMain: boolean;
  /** Value at each day's end after costs, 100 at the start; NaN where unknown. */
  readonly nav: Float64Array;
  /** 95th percentile of its own matched random portfolios on the last day; NaN where it has none. */
  readonly randomHigh: number;
}

/** What {@link methodNavChart} draws. Every array has a value for each of `days`. */
export interface MethodNavs {
  /** UTC days, ascending. */
  readonly days: Int32Array;
  readonly series: readonly MethodNav[];
  /** The same money in cash. */
  readonly cash: Float64Array;
  /** The same money in T-bills; null where their rate is not known. */
  readonly tbill: Float64Array | null;
  /** 5th, 50th and 95th percentile of one method’s random portfolios after costs, day by day. */
  readonly band: {
    readonly low: Float64Array;
    readonly mid: Float64Array;
    readonly high: Float64Array;
  } | null;
  /** Name of the method that the band is of; empty where it is not told. */
  readonly bandName: string;
  /** Random portfolios of each method that has any. */
  readonly nRandom: number;
  /** The period in words, such as "1 Jan 2024 – 28 Feb 2026, 26 trade dates". */
  readonly period: string;
}

const NAME = "method_nav";
const MOST_OTHERS = 16;

/**
 * What each method is worth through time after costs, over what random portfolios are worth.
 *
 * Cash and T-bills are lines like the methods, since both are to be had without any basket. One band
 * is drawn, as a dozen would hide one another. A method counts as above random portfolios where its
 * last value lies above the 95th percentile of its own, a ring at the right edge; one that has none
 * is not counted among those compared.
 *
 * @throws {RangeError} If an array has not a value for each day.
 */
export function methodNavChart(data: MethodNavs, context: ChartContext): Figure {
  check(data);
  const { days, series } = data;
  if (days.length === 0 || series.length === 0) {
    return figure({
      name: NAME,
      title: "No method was replayed, so none can be compared with cash",
      subtitle: "Value after costs by method, 100 at the start.",
      alt: "Nothing is drawn: there is no replay.",
      context,
      body: "no replayed methods",
    });
  }
  const hues = methodHues(series);
  const all = series.map((method): DrawnNav => ({ ...method, hue: hues.get(method.key)! }));
  const others = all.filter(({ hue }) => hue === OTHER_HUE).sort(byLastValue);
  const nHidden = Math.max(others.length - MOST_OTHERS, 0);
  const drawn = [
    ...others.slice(0, MOST_OTHERS),
    ...all.filter(({ hue }) => hue !== OTHER_HUE).reverse(),
  ];
  const title = finding(data);
  const key = keyOf(data, others.length > 0);
  const { panel, step } = methodNavPanel(data, drawn, key.length === 0 ? 0 : KEY_HEIGHT + 4);
  const ends = [...series].sort(byLastValue).map(({ name, nav, randomHigh }) =>
    `${cleanText(name)} ${decimalText(nav.at(-1)!, 1)}${
      Number.isNaN(randomHigh) ? "" : ` (95% of its random ones: ${decimalText(randomHigh, 1)})`
    }`
  );
  return figure({
    name: NAME,
    title,
    subtitle: `Value after spread and fees, 100 at the start. Dotted: cash${
      data.tbill === null ? "" : "; dashed: T-bills"
    }. n\u00a0=\u00a0${countOf(series.length, "method")}, ${countOf(days.length, "day")}; ${
      cleanText(data.period)
    }.`,
    alt: `${title}. Values at the end: ${ends.join("; ")}; cash ${
      decimalText(data.cash.at(-1)!, 1)
    }.`,
    context,
    notes: notes(data, nHidden, step),
    height: panel.top + panel.height,
    body: [...(key.length === 0 ? [] : [keyLine(key)]), panel],
  });
}

function finding(data: MethodNavs): string {
  const { series, cash, nRandom } = data;
  const n = series.length, endCash = cash.at(-1)!;
  const best = [...series].sort(byLastValue)[0]!;
  const last = best.nav.at(-1)!;
  if (Number.isNaN(last)) return `None of ${countOf(n, "method")} has a value on the last day`;
  const measured = series.filter(hasRandom);
  if (n === 1) return findingOfOne(best, data);
  const nCash = series.filter(({ nav }) => nav.at(-1)! > endCash).length;
  const end = (bar: number) => {
    const [value, against] = decimalsApart(last, bar, 1);
    return `; the best (${cleanText(best.name)}) ends at ${value} ${
      Number.isNaN(bar) ? "and has no random portfolios" : `against ${against}`
    }`;
  };
  if (measured.length === 0) {
    return `${countAbove(nCash, n)} above cash after costs${end(endCash)}`;
  }
  const nAbove = measured.filter(isAboveRandom).length;
  const cashToo = measured.length < n
    ? `, ${nCash === 0 ? "none" : countText(nCash)} of ${countText(n)} above cash`
    : nCash === nAbove
    ? `${nAbove === 0 ? " or" : " and"} above cash`
    : `, ${nCash === n ? "all" : nCash === 0 ? "none" : countText(nCash)} above cash`;
  return `${countAbove(nAbove, measured.length)} above 95% of ${nAbove < 2 ? "its" : "their"} ${
    countOf(nRandom, "random portfolio")
  } after costs${cashToo}${end(best.randomHigh)}`;
}

function findingOfOne(method: MethodNav, { cash, nRandom }: MethodNavs): string {
  const last = method.nav.at(-1)!, endCash = cash.at(-1)!;
  const [value, bar] = decimalsApart(last, hasRandom(method) ? method.randomHigh : endCash, 1);
  const start = `${cleanText(method.name)} ends at ${value} after costs, `;
  const isAboveCash = last > endCash, isAbove = isAboveRandom(method);
  if (!hasRandom(method)) return `${start}${isAboveCash ? "" : "not "}above cash at ${bar}`;
  const cashToo = isAboveCash === isAbove
    ? `${isAbove ? " and" : " nor"} above cash`
    : `, though ${isAboveCash ? "" : "not "}above cash`;
  return `${start}${isAbove ? "" : "not "}above 95% of ${
    countOf(nRandom, "random portfolio")
  } (${bar})${cashToo}`;
}

/** "None of 3 methods ends", "All 2 methods end". */
function countAbove(nAbove: number, n: number): string {
  const who = nAbove === n && n > 1
    ? `All ${countOf(n, "method")}`
    : `${nAbove === 0 ? "None" : countText(nAbove)} of ${countOf(n, "method")}`;
  return `${who} ${nAbove < 2 ? "ends" : "end"}`;
}

function hasRandom({ randomHigh }: MethodNav): boolean {
  return !Number.isNaN(randomHigh);
}

function isAboveRandom({ nav, randomHigh }: MethodNav): boolean {
  return nav.at(-1)! > randomHigh;
}

function keyOf(data: MethodNavs, hasOthers: boolean): KeyEntry[] {
  const { band, bandName, series } = data;
  const whose = bandName === "" ? "one method" : shortText(bandName, 170, 11);
  return [
    ...(band === null ? [] : [
      { mark: "band" as const, words: `random ones of ${whose}, 5th to 95th percentile` },
      { mark: "line" as const, colour: NULL_TEXT, words: "their median" },
    ]),
    ...(series.some(hasRandom) ? [{ mark: "ring" as const, words: "95% of each one’s" }] : []),
    ...(hasOthers
      ? [{ mark: "line" as const, colour: OTHER_HUE.fill, words: "other methods" }]
      : []),
  ];
}

function notes(data: MethodNavs, nHidden: number, step: number): string[] {
  const { series, band, bandName, nRandom } = data;
  const n = series.length, nMeasured = series.filter(hasRandom).length;
  const nUnknown = series.filter(({ nav }) => Number.isNaN(nav.at(-1)!)).length;
  return [
    ...(band === null ? [] : [
      `The band is that of ${
        bandName === "" ? "one method" : cleanText(bandName)
      }: each method is compared with its own ${
        countOf(nRandom, "random portfolio")
      }, which trade on its dates and take its weights at like prices.`,
    ]),
    ...(nMeasured === 0 || nMeasured === n ? [] : [
      `${countOf(n - nMeasured, "method")} without random portfolios ${
        n - nMeasured === 1 ? "is" : "are"
      } compared with cash alone.`,
    ]),
    ...(nMeasured < 2 ? [] : [
      `Of ${nMeasured} methods that choose at random, chance alone would on average put ${
        Number((0.05 * nMeasured).toFixed(2))
      } above 95% of random portfolios.`,
    ]),
    ...(nUnknown === 0 ? [] : [
      `${countOf(nUnknown, "method")} without a value on the last day ${
        nUnknown === 1 ? "counts" : "count"
      } as tried.`,
    ]),
    ...(nHidden === 0 ? [] : [
      `${countOf(nHidden, "other method")} that ${
        nHidden === 1 ? "ends" : "end"
      } lower or nowhere ${nHidden === 1 ? "is" : "are"} not drawn.`,
    ]),
    ...(step === 1 ? [] : [`Lines join every ${ordinal(step)} day and the last.`]),
  ];
}

function ordinal(n: number): string {
  return n === 2 ? "second" : n === 3 ? "third" : `${n}th`;
}

/** The highest last value first, unknown ones last, ties by key. */
function byLastValue(a: MethodNav, b: MethodNav): number {
  const x = a.nav.at(-1)!, y = b.nav.at(-1)!;
  const unknown = Number(Number.isNaN(x)) - Number(Number.isNaN(y));
  return unknown || y - x || (a.key < b.key ? -1 : 1);
}

function check({ days, series, cash, tbill, band }: MethodNavs): void {
  const arrays: [string, Float64Array | null | undefined][] = [
    ...series.map(({ name, nav }): [string, Float64Array] => [name, nav]),
    ["cash", cash],
    ["T-bills", tbill],
    ["random portfolios", band?.low],
    ["random portfolios", band?.mid],
    ["random portfolios", band?.high],
  ];
  for (const [name, values] of arrays) {
    if (values && values.length !== days.length) {
      throw new RangeError(
        `Cannot draw the value of "${name}" as it must have one for each of ${days.length} days: got ${values.length}`,
      );
    }
  }
}
