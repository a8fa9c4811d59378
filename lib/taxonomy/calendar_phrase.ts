import type { TitleToken } from "./title_tokens.ts";
import * as words from "./time_words.ts";

/** Tokens of a title. */
export type Tokens = readonly TitleToken[];

/** What stands before a time. */
export interface TimeContext {
  /** First token of the phrase, preposition included. */
  readonly from: number;
  readonly hasPreposition: boolean;
}

/** A day of a month: "5", "05", "3rd". */
export const DAY = /^(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?$/;
/** Years that prediction markets speak of; others are names and amounts. */
export const YEAR = /^(?:201[5-9]|20[2-5]\d)$/;
/** Signs between the ends of a range. */
export const DASHES: ReadonlySet<string> = new Set(["-", "–", "—", "‑"]);

/** Lower case of token `i`; empty beyond the title's ends. */
export function lower(tokens: Tokens, i: number): string {
  return tokens[i]?.lower ?? "";
}

/** End of a clock time or a range of them with its zone; `i` where none stands. */
export function clockRangeAt(tokens: Tokens, i: number, { hasPreposition }: TimeContext): number {
  let to = clockAt(tokens, i);
  const first = to > i ? to : /^\d{1,2}(?::\d{2})?$/.test(lower(tokens, i)) ? i + 1 : i;
  if (first > i && (DASHES.has(lower(tokens, first)) || lower(tokens, first) === "to")) {
    const second = clockAt(tokens, first + 1);
    if (second > first + 1) to = second;
  }
  if (to === i && hasPreposition && /^(?:noon|midnight)$/.test(lower(tokens, i))) to = i + 1;
  if (
    to === i && /^\d{1,2}:\d{2}$/.test(lower(tokens, i)) &&
    words.TIME_ZONES.has(lower(tokens, i + 1))
  ) {
    to = i + 1;
  }
  if (to === i) return i;
  const isBare = to === i + 1 && !hasPreposition && !lower(tokens, i).includes(":");
  const before = lower(tokens, i - 1);
  if (words.TIME_ZONES.has(lower(tokens, to))) ++to;
  else if (isBare && !DAY.test(before) && !/^[,(–—-]$/.test(before)) return i;
  return lower(tokens, to) === "candle" ? to + 1 : to;
}

function clockAt(tokens: Tokens, i: number): number {
  const text = lower(tokens, i);
  if (/^\d{1,2}(?:[:.]\d{2})?(?:am|pm)$/.test(text)) return i + 1;
  if (
    !/^\d{1,2}(?:[:.]\d{2})?$/.test(text) || !/^(?:am|pm|a\.m|p\.m)$/.test(lower(tokens, i + 1))
  ) {
    return i;
  }
  return lower(tokens, i + 2) === "." ? i + 3 : i + 2;
}

/** A day or a range of days: "Feb 22, 2026", "May 5-12", "Nov 29-Dec 6", "from May 5 to May 12". */
export function dayRangeAt(tokens: Tokens, start: number, context: TimeContext): number {
  let i = start;
  if (words.WEEKDAYS.has(lower(tokens, i))) {
    const next = lower(tokens, i + 1) === "," ? i + 2 : i + 1;
    if (dayAt(tokens, next, context) > next) i = next;
  }
  const first = dayAt(tokens, i, context);
  if (first === i) return weekdayAt(tokens, start, context);
  const joint = lower(tokens, first);
  const isBetween = lower(tokens, context.from) === "between" && joint === "and";
  if (!DASHES.has(joint) && joint !== "to" && joint !== "through" && !isBetween) return first;
  const whole = dayAt(tokens, first + 1, { from: first + 1, hasPreposition: false });
  if (whole > first + 1) return whole;
  if (DAY.test(lower(tokens, first + 1)) && !isAmount(tokens, first + 1)) {
    return withYear(tokens, first + 2);
  }
  return first;
}

function dayAt(tokens: Tokens, i: number, { hasPreposition }: TimeContext): number {
  const text = lower(tokens, i);
  if (/^\d{1,4}\/\d{1,2}\/\d{2,4}$/.test(text)) return i + 1;
  if (/^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[0-3]?\d$/.test(text)) return i + 1;
  if (YEAR.test(text)) {
    const isIso = lower(tokens, i + 1) === "-" && /^\d{2}$/.test(lower(tokens, i + 2)) &&
      lower(tokens, i + 3) === "-" && /^\d{2}(?:t[\d:.]{1,12}z?)?$/.test(lower(tokens, i + 4));
    if (isIso) return i + 5;
  }
  const month = monthAt(tokens, i);
  if (month > i) {
    if (!DAY.test(lower(tokens, month)) || isAmount(tokens, month)) return i;
    if (words.NAMED_DAYS.has(lower(tokens, month + 1))) return i;
    return withYear(tokens, month + 1);
  }
  if (!DAY.test(text)) return i;
  const of = lower(tokens, i + 1) === "of" ? i + 2 : i + 1;
  const end = monthAt(tokens, of);
  if (end === of) return i;
  const to = withYear(tokens, end);
  return hasPreposition || to > end || /\D$/.test(text) ? to : i;
}

/** After a month's name and its full stop; `i` where none stands. A compound is no month. */
export function monthAt(tokens: Tokens, i: number): number {
  const text = lower(tokens, i);
  if (!words.MONTHS.has(text)) return i;
  if (text.length <= 4 && lower(tokens, i + 1) === "." && text !== "may") return i + 2;
  return i + 1;
}

/** After a year that belongs to the date before it. */
export function withYear(tokens: Tokens, i: number): number {
  if (YEAR.test(lower(tokens, i)) && !isAmount(tokens, i)) return i + 1;
  const isListed = lower(tokens, i) === "," || lower(tokens, i) === "of";
  return isListed && YEAR.test(lower(tokens, i + 1)) ? i + 2 : i;
}

/** Whether the number at `i` counts something: "5%", "5 bps", "2025 or more". */
export function isAmount(tokens: Tokens, i: number): boolean {
  const next = tokens[i + 1];
  if (next === undefined) return false;
  if (next.lower === "or") {
    return /^(?:more|fewer|higher|lower|less|above|below)$/.test(lower(tokens, i + 2));
  }
  if (next.lower === "+" || next.lower === ".") return !next.isSpaced && next.lower === "+";
  return words.UNITS.has(next.lower);
}

function weekdayAt(tokens: Tokens, i: number, { hasPreposition }: TimeContext): number {
  return hasPreposition && words.WEEKDAYS.has(lower(tokens, i)) ? i + 1 : i;
}
