import { isWeekend, MS_PER_DAY } from "./day.ts";
import type { ExchangeCalendar } from "./factor_list.ts";

/** Closes of an exchange: UTC days and the minute of each at which its price is struck. */
export interface Sessions {
  /** UTC days with a close, increasing. */
  readonly day: Int32Array;
  /** Minute of that day, in (0, 1440]. */
  readonly minute: Int32Array;
}

/**
 * Every close of an exchange in the days [from, to), daylight saving included.
 *
 * @param calendar.holidays Days without a session.
 * @throws {RangeError} If a close does not fall on the UTC day of its local date.
 */
export function sessions(
  calendar: Omit<ExchangeCalendar, "holidays"> & { readonly holidays: readonly number[] },
  { from, to }: { from: number; to: number },
): Sessions {
  const closed = new Set(calendar.holidays);
  const [hours, minutes] = calendar.close.split(":").map(Number);
  const local = hours! * 60 + minutes!;
  const offsetOf = zoneOffsets(calendar.zone, { from, to });
  const day: number[] = [], minute: number[] = [];
  for (let d = from; d < to; ++d) {
    if (closed.has(d) || (calendar.days === "weekdays" && isWeekend(d))) continue;
    const at = local - offsetOf(d);
    if (!(at > 0 && at <= 1440)) {
      throw new RangeError(
        `Cannot place the close "${calendar.close}" of ${calendar.zone} as it must fall on its own UTC day: got minute ${at}`,
      );
    }
    day.push(d);
    minute.push(at);
  }
  return { day: Int32Array.from(day), minute: Int32Array.from(minute) };
}

/** Minutes a zone is ahead of UTC at noon UTC of a day; months without a change are asked once. */
function zoneOffsets(
  zone: string,
  { from, to }: { from: number; to: number },
): (day: number) => number {
  if (zone === "UTC") return () => 0;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  const ask = (day: number) => {
    const noon = day * MS_PER_DAY + MS_PER_DAY / 2;
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(noon)) part[type] = Number(value);
    return (Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!) - noon) /
      60_000;
  };
  const offsets = new Int32Array(Math.max(to - from, 0));
  const step = 14;
  for (let start = from; start < to; start += step) {
    const last = Math.min(start + step, to) - 1;
    const first = ask(start), changed = ask(last) !== first;
    for (let d = start; d <= last; ++d) offsets[d - from] = changed ? ask(d) : first;
  }
  return (day) => offsets[day - from]!;
}
