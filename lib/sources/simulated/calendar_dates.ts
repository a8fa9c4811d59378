import { monthStart, weekday } from "../../core/day.ts";
import type { Template } from "./templates.ts";

type Recurrence = NonNullable<Template["every"]>;

/** Days on which a recurring question is decided, in [from, to), increasing. */
export function recurringDays(every: Recurrence, from: number, to: number): number[] {
  switch (every.unit) {
    case "day":
      return Array.from({ length: to - from }, (_, i) => from + i);
    case "week": {
      const first = nextWeekday(from, every.weekday);
      return Array.from({ length: Math.ceil((to - first) / 7) }, (_, i) => first + 7 * i);
    }
    case "month": {
      const days: number[] = [];
      for (let start = monthStart(from); start < to; start = monthStart(start, 1)) {
        const day = every.day === "last"
          ? monthStart(start, 1) - 1
          : every.weekday === undefined
          ? start + every.day - 1
          : nextWeekday(start + every.day - 1, every.weekday);
        if (day >= from && day < to) days.push(day);
      }
      return days;
    }
    case "dates":
      return every.dates.filter((day) => day >= from && day < to).sort((a, b) => a - b);
  }
}

/** The first day on or after `day` that is a given weekday, 1 Monday … 7 Sunday. */
function nextWeekday(day: number, wanted: number): number {
  return day + (wanted - weekday(day) + 7) % 7;
}

/** Last days of the months that end at or after `from`: usual deadlines, increasing. */
export function monthEnds(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => monthStart(from, i + 1) - 1);
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** Year, month (0–11) and day of the month of a UTC day. */
export function dateParts(day: number): { year: number; month: number; date: number } {
  const at = new Date(day * 86_400_000);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth(), date: at.getUTCDate() };
}

/** `March 31`, or `March 31, 2026` where the reader could think of another year. */
export function shortDate(day: number, listedDay: number): string {
  const { year, month, date } = dateParts(day);
  return year === dateParts(listedDay).year
    ? `${MONTHS[month]} ${date}`
    : `${MONTHS[month]} ${date}, ${year}`;
}

/** `March 31, 2026`. */
export function fullDate(day: number): string {
  const { year, month, date } = dateParts(day);
  return `${MONTHS[month]} ${date}, ${year}`;
}

/** `March 2026`. */
export function monthName(day: number): string {
  const { year, month } = dateParts(day);
  return `${MONTHS[month]} ${year}`;
}

/** `26MAR31`, as Kalshi writes dates in its tickers. */
export function tickerDate(day: number): string {
  const { year, month, date } = dateParts(day);
  return `${year % 100}${MONTHS[month]!.slice(0, 3).toUpperCase()}${String(date).padStart(2, "0")}`;
}
