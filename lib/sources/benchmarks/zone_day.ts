import { MS_PER_DAY } from "../../core/day.ts";

/**
 * The calendar of a time zone: the local date of an instant, as a day number.
 *
 * An exchange's session is named by its local date, and every exchange of `config/factors.yaml` closes
 * on the UTC day of the same date, so that this is also the day whose end the close belongs to. The
 * UTC date of the session's opening is not: London's day of currencies opens at 23:00 UTC of the day
 * before in summer.
 *
 * @returns `undefined` where the zone's name is unknown.
 */
export function zoneDay(zone: string): ((timeMs: number) => number) | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "gregory",
      year: "numeric",
      month: "numeric",
      day: "numeric",
    });
  } catch {
    return undefined;
  }
  return (timeMs) => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(timeMs)) part[type] = Number(value);
    return Date.UTC(part.year!, part.month! - 1, part.day!) / MS_PER_DAY;
  };
}
