import { countText } from "../core/number_text.ts";
import { countTicks } from "./count_ticks.ts";
import { textWidth } from "./text_width.ts";

/** Counts on an axis, linear or in decades. */
export interface CountScale {
  readonly isLog: boolean;
  /** Ends of the axis, in places. */
  readonly domain: readonly [number, number];
  /** Counts to label, ascending. */
  readonly ticks: readonly number[];
  /** Where a count stands; on a log scale 0 stands at the left end. */
  readonly place: (count: number) => number;
}

/** Counts that differ by more than this factor go on a log scale. */
const TWO_DECADES = 100;
/** Left end of a log scale: a bar of one is short and yet visible. */
const HALF = 0.5;
const TICK_SIZE = 11, TICK_GAP = 8;

/**
 * An axis that holds every count, on a log scale where those above 0 span more than two decades.
 *
 * @param counts Whole numbers, 0 or more; NaN is left out.
 * @param width Length of the axis in user units; ticks are thinned until their labels fit.
 *
 * @example Three themes
 * ```ts
 * import assert from "node:assert/strict";
 * import { countScale } from "lib/charts/count_scale.ts";
 * assert.equal(countScale([3, 40, 300], 300).isLog, false);
 * assert.deepEqual(countScale([3, 40, 301], 300).ticks, [1, 10, 100]);
 * ```
 */
export function countScale(counts: readonly number[], width: number): CountScale {
  const positive = counts.filter((n) => n > 0);
  const most = positive.reduce((a, b) => Math.max(a, b), 1);
  const least = positive.reduce((a, b) => Math.min(a, b), most);
  const isLog = most > TWO_DECADES * least;
  const low = Math.log10(HALF), high = Math.log10(most) + 0.04;
  const place = isLog ? (count: number) => count > 0 ? Math.log10(count) : low : Number;
  const all = isLog
    ? Array.from({ length: Math.floor(Math.log10(most) + 1e-9) + 1 }, (_, k) => 10 ** k)
    : countTicks(most);
  const domain: [number, number] = isLog ? [low, high] : [0, all.at(-1)!];
  const step = (place(all[1] ?? Infinity) - place(all[0]!)) / (domain[1] - domain[0]) * width;
  const widest = textWidth(countText(all.at(-1)!), TICK_SIZE) + TICK_GAP;
  const every = Math.max(Math.ceil(widest / step), 1);
  return { isLog, domain, ticks: all.filter((_, k) => k % every === 0), place };
}
