import { monthStart } from "../core/day.ts";

/** One rebalance of the schedule. */
export interface ScheduledDate {
  /** Day at whose end it is decided. */
  readonly decidedOn: number;
  /** Day at whose closes it is traded. */
  readonly tradedOn: number;
}

/**
 * The rebalances of a schedule whose decision and trade both lie in a range of days.
 *
 * Cost: O(months).
 *
 * @param options.from First day. @param options.to Last day.
 * @param options.day Day of the month that is traded, 1 … 28; the decision is made the day before.
 * @param options.months Months from one rebalance to the next.
 *
 * @example The first of the month is decided on the last of the month before
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatDay, parseDay } from "lib/core/day.ts";
 * import { schedule } from "lib/baskets/schedule.ts";
 * const [first] = schedule({ from: parseDay("2025-02-10"), to: parseDay("2025-04-02"), day: 1, months: 1 });
 * assert.equal(formatDay(first!.decidedOn), "2025-02-28");
 * ```
 */
export function schedule(
  { from, to, day, months }: {
    readonly from: number;
    readonly to: number;
    readonly day: number;
    readonly months: number;
  },
): ScheduledDate[] {
  if (!(Number.isInteger(day) && day >= 1 && day <= 28)) {
    throw new RangeError(
      `Cannot schedule rebalances as the day of the month must be in [1, 28]: got ${day}`,
    );
  }
  if (!(Number.isInteger(months) && months >= 1)) {
    throw new RangeError(
      `Cannot schedule rebalances as the months between them must be a whole number >= 1: got ${months}`,
    );
  }
  const dates: ScheduledDate[] = [];
  for (let step = 0;; step += months) {
    const tradedOn = monthStart(from, step) + day - 1;
    if (tradedOn > to) return dates;
    if (tradedOn - 1 >= from) dates.push({ decidedOn: tradedOn - 1, tradedOn });
  }
}

/**
 * Dates spread evenly over a schedule, the last one among them.
 *
 * @returns At most `n`, increasing; all where there are fewer.
 */
export function spreadDates(dates: readonly ScheduledDate[], n: number): ScheduledDate[] {
  const count = Math.min(n, dates.length);
  return Array.from(
    { length: count },
    (_, k) => dates[Math.floor((k + 1) * dates.length / count) - 1]!,
  );
}
