import { formatDay, monthStart } from "../core/day.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A labelled day of a calendar axis. */
export interface DateTick {
  readonly day: number;
  readonly label: string;
}

/**
 * Days to label on an axis over [from, to]: starts of months, quarters or years, or single days.
 *
 * @param from First UTC day. @param to Last UTC day. @param most Most ticks that fit.
 */
export function dateTicks(from: number, to: number, most: number): DateTick[] {
  for (const step of [1, 2, 3, 6, 12, 24, 60, 120, 240]) {
    const days = monthStarts(from, to, step);
    if (days.length > most) continue;
    if (days.length < 2) break;
    return days.map((day) => ({ day, label: monthLabel(day) }));
  }
  const step = Math.max(Math.ceil((to - from) / Math.max(most - 1, 1)), 1);
  const ticks: DateTick[] = [];
  for (let day = from; day <= to; day += step) ticks.push({ day, label: dateLabel(day) });
  return ticks;
}

/** Starts of every `step`-th month, counted from January of year 0, within [from, to]. */
function monthStarts(from: number, to: number, step: number): number[] {
  const [year, month] = formatDay(from).split("-").map(Number);
  const skip = (step - ((year! * 12 + month! - 1) % step)) % step;
  const days: number[] = [];
  for (let months = skip;; months += step) {
    const day = monthStart(from, months);
    if (day > to) return days;
    if (day >= from) days.push(day);
  }
}

function monthLabel(day: number): string {
  const [year, month] = formatDay(day).split("-");
  return `${MONTHS[Number(month) - 1]} ${year}`;
}

function dateLabel(day: number): string {
  const [, month, date] = formatDay(day).split("-");
  return `${Number(date)} ${MONTHS[Number(month) - 1]}`;
}

/** An x axis of days with a label at each tick, for Plot. */
export function dateAxis(domain: readonly [number, number], ticks: readonly DateTick[]) {
  const labels = new Map(ticks.map(({ day, label }) => [day, label]));
  return {
    domain: [...domain],
    ticks: ticks.map(({ day }) => day),
    tickFormat: (day: number) => labels.get(day)!,
    label: null,
    tickSize: 4,
  };
}
