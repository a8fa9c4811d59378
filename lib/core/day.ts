/**
 * The UTC day calendar. A day is the whole number of days since 1970-01-01, and stands for the
 * half-open interval [00:00, 24:00) UTC. A daily value of day D belongs to the *end* of D: nobody
 * could know it before {@link dayEndMs}.
 */

/** Milliseconds in a UTC day; UTC in JavaScript has no leap seconds. */
export const MS_PER_DAY = 86_400_000;

/** "No day" in an Int32Array column of days: the counterpart of NaN. */
export const MISSING_DAY = -2147483648;

/**
 * Reads an ISO calendar date as a UTC day.
 *
 * @throws {SyntaxError} If `text` is not a date of the form YYYY-MM-DD that exists.
 *
 * @example The epoch is day 0
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatDay, parseDay } from "lib/core/day.ts";
 * assert.equal(parseDay("1970-01-02"), 1);
 * assert.equal(formatDay(parseDay("2024-02-29")), "2024-02-29");
 * ```
 */
export function parseDay(text: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  const day = ms / MS_PER_DAY;
  if (!Number.isInteger(day) || formatDay(day) !== text) {
    throw new SyntaxError(`Cannot read a day as it must be a date YYYY-MM-DD: got "${text}"`);
  }
  return day;
}

/** ISO date of a UTC day, `YYYY-MM-DD`. {@link MISSING_DAY} gives the empty string. */
export function formatDay(day: number): string {
  if (day === MISSING_DAY) return "";
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The UTC day that holds the instant `timeMs` (UTC milliseconds). */
export function dayOf(timeMs: number): number {
  return Math.floor(timeMs / MS_PER_DAY);
}

/** First instant of a day, UTC milliseconds. */
export function dayStartMs(day: number): number {
  return day * MS_PER_DAY;
}

/** First instant after a day: when its daily value is known. UTC milliseconds. */
export function dayEndMs(day: number): number {
  return (day + 1) * MS_PER_DAY;
}

/** ISO weekday of a UTC day: Monday 1 … Sunday 7. */
export function weekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** Whether a UTC day is a Saturday or a Sunday. */
export function isWeekend(day: number): boolean {
  return weekday(day) >= 6;
}

/** First day of the month that holds `day`, moved by `months`. */
export function monthStart(day: number, months = 0): number {
  const date = new Date(day * MS_PER_DAY);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / MS_PER_DAY;
}
