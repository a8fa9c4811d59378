import { MS_PER_DAY } from "lib/core/day.ts";
import { rowOfDay, type WorldMarket } from "./world.ts";
import { share } from "./world_hash.ts";

/** Length of a stretch over which the price goes straight from one value to the next. */
const STRETCH_MS = 10_800_000;

/**
 * Price of the quoted outcome at the end of an instant within a day, NaN on days without a price.
 *
 * `timeMs` is the end of an observation, so midnight belongs to the day before it. After 21:00 UTC
 * it is the data set's close of that day, to the last bit. Every three hours on the way there is a
 * value near the line from the close before, on a tick of 0.001; between them it goes straight.
 */
export function priceAt(one: WorldMarket, timeMs: number): number {
  const day = Math.ceil(timeMs / MS_PER_DAY) - 1;
  const row = rowOfDay(one.days, day);
  if (row < 0) return NaN;
  const sinceMs = timeMs - day * MS_PER_DAY;
  const stretch = Math.ceil(sinceMs / STRETCH_MS) - 1;
  const to = stretchEnd(one, row, stretch);
  const left = (stretch + 1) * STRETCH_MS - sinceMs;
  if (left === 0 || stretch === 7) return to;
  const from = stretch === 0 ? closeBefore(one, row) : stretchEnd(one, row, stretch - 1);
  return onTick(to + (from - to) * left / STRETCH_MS);
}

/** Value at the end of one of the eight stretches of a day. */
function stretchEnd(one: WorldMarket, row: number, stretch: number): number {
  const close = one.days.close[row]!;
  if (stretch === 7 || Number.isNaN(close)) return close;
  const before = closeBefore(one, row);
  const line = before + (close - before) * (stretch + 1) / 8;
  const wander = 0.1 * (share(one.seed, one.days.day[row]! * 8 + stretch) - 0.5);
  return onTick(line + wander * line * (1 - line));
}

function closeBefore(one: WorldMarket, row: number): number {
  const before = row > 0 ? one.days.close[row - 1]! : NaN;
  return Number.isNaN(before) ? one.days.close[row]! : before;
}

function onTick(price: number): number {
  return Math.min(Math.max(Math.round(price * 1000) / 1000, 0.001), 0.999);
}
