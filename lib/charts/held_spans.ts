import { dayText } from "../core/number_text.ts";
import { type DateTick, dateTicks } from "./date_ticks.ts";

/** Days [from, to) over which what was decided for a date holds. */
export interface HeldSpan {
  /** Index of the date. */
  readonly date: number;
  readonly from: number;
  readonly to: number;
}

/** Days of a span where there is but one date. */
const ALONE = 30;

/**
 * Spans from each date to the next; the last is as long as the median of the others.
 *
 * @param days Ascending UTC days. @param most Most spans that can be told apart: of more dates,
 * every second, third and so on is drawn, the last one always.
 * @throws {RangeError} If the days are not whole and ascending.
 *
 * @example Three dates
 * ```ts
 * import assert from "node:assert/strict";
 * import { heldSpans } from "lib/charts/held_spans.ts";
 * assert.deepEqual(heldSpans([0, 31, 59], 100).map(({ to }) => to), [31, 59, 90]);
 * ```
 */
export function heldSpans(days: readonly number[], most: number): HeldSpan[] {
  days.forEach((day, i) => {
    if (!Number.isInteger(day) || i > 0 && day <= days[i - 1]!) {
      throw new RangeError(
        `Cannot place dates as their days must be whole and ascending: got ${
          days.slice(Math.max(i - 1, 0), i + 1).join(" before ")
        }`,
      );
    }
  });
  const every = Math.ceil(days.length / most);
  // counted from the end, so that the last date is drawn
  const drawn = days.map((_, i) => i).filter((i) => (days.length - 1 - i) % every === 0);
  const gaps = drawn.slice(1).map((i, k) => days[i]! - days[drawn[k]!]!).sort((a, b) => a - b);
  const last = gaps[gaps.length >> 1] ?? ALONE;
  return drawn.map((i, k) => {
    const next = drawn[k + 1];
    return { date: i, from: days[i]!, to: next === undefined ? days[i]! + last : days[next]! };
  });
}

/** Days to label under spans: those of a calendar, or the one date where there is but one. */
export function spanTicks(spans: readonly HeldSpan[], most: number): DateTick[] {
  const day = spans[0]?.from ?? 0, end = spans.at(-1)?.to ?? 0;
  return spans.length === 1 ? [{ day, label: dayText(day) }] : dateTicks(day, end - 1, most);
}
