import { dayOf, MS_PER_DAY } from "../core/day.ts";

/** A span of days that a title names. */
export interface TitleSpan {
  /** First day, UTC; `null` where only the end is named: "by June 30", "before 2026". */
  readonly from: number | null;
  /** Day after the last. */
  readonly to: number;
}

/** The spans that a title names, in their order, and the title without them. */
export interface TitleDates {
  readonly spans: readonly TitleSpan[];
  readonly rest: string;
}

/** When a contract is listed and when it is meant to end, UTC milliseconds; `null` unknown. */
export interface TitleTimes {
  readonly listedAtMs: number | null;
  readonly closesAtMs: number | null;
}

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const MONTH = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|" +
  "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const YEAR = "20[0-4]\\d";
const LEAD =
  "(?:(?<lead>by|before|until|through|in|on|during|for|of|after|since)\\s+)?(?<late>(?:at\\s+)?the\\s+end\\s+(?:of\\s+)?|end\\s+of\\s+)?(?:the\\s+)?";
const SPAN = new RegExp(
  `(?<![\\w$.])${LEAD}(?:` +
    `(?<iso>${YEAR}-[01]\\d-[0-3]\\d)(?:t[\\d:.]+z?)?` +
    `|(?<month>${MONTH})\\.? (?<day>[0-3]?\\d)(?:st|nd|rd|th)?(?![\\d:])(?:(?:,\\s*|\\s+)(?<year>${YEAR}))?` +
    `|(?<day2>[0-3]?\\d)(?:st|nd|rd|th)? (?:of )?(?<month2>${MONTH})(?:,?\\s+(?<year2>${YEAR}))?` +
    `|(?<month3>${MONTH})\\.?,?(?:\\s+(?<year3>${YEAR}))?` +
    `|q(?<quarter>[1-4])(?: of)?(?: (?<year4>${YEAR}))?` +
    `|(?<season>${YEAR})[-–/](?<season2>(?:20)?[0-4]\\d)` +
    `|(?<year5>${YEAR})` +
    `|this (?<this>year)` +
    `)(?![\\w%]|\\.\\d)`,
  "g",
);

/**
 * Reads the dates of a title: days, months, quarters, seasons and years.
 *
 * "by" and "before" name an end alone, anything else a span. "by 2026" is the end of 2025 and "by
 * June" is that of June. Where the year is missing it is the one within a week of the scheduled end, else
 * the first after the listing; without either the date is not read. "this year" is
 * that of the scheduled end.
 *
 * @param text In the spelling of `plainTitle()`.
 */
export function titleDates(text: string, times: TitleTimes): TitleDates {
  const spans: TitleSpan[] = [];
  const rest = text.replace(SPAN, (written, ...groups) => {
    const named = groups.at(-1) as Readonly<Record<string, string | undefined>>;
    const span = readSpan(named, times);
    if (span === null) return written;
    if (!spans.some(({ from, to }) => from === span.from && to === span.to)) spans.push(span);
    return named.lead === "after" ? " after " : " ";
  });
  return { spans, rest };
}

function readSpan(
  named: Readonly<Record<string, string | undefined>>,
  times: TitleTimes,
): TitleSpan | null {
  const whole = wholeSpan(named, times);
  if (whole === null) return null;
  const { from, to } = whole;
  if (named.late !== undefined) return { from: null, to };
  if (named.lead === "before") return { from: null, to: from };
  if (named.lead === "by" || named.lead === "until" || named.lead === "through") {
    return { from: null, to: named.year5 === undefined ? to : from };
  }
  return { from, to };
}

function wholeSpan(
  named: Readonly<Record<string, string | undefined>>,
  times: TitleTimes,
): { from: number; to: number } | null {
  const { iso, quarter, season, year5 } = named;
  if (iso !== undefined) {
    const day = Date.parse(`${iso}T00:00:00Z`) / MS_PER_DAY;
    return Number.isNaN(day) ? null : { from: day, to: day + 1 };
  }
  if (named.this !== undefined) {
    const year = endYear(times);
    return year === null ? null : yearSpan(year);
  }
  if (season !== undefined) {
    const first = Number(season), second = Number(named.season2!.slice(-2));
    return (first + 1) % 100 === second
      ? { from: utcDay(first, 6), to: utcDay(first + 1, 6) }
      : null;
  }
  if (year5 !== undefined) return yearSpan(Number(year5));
  const name = named.month ?? named.month2 ?? named.month3;
  const dayOfMonth = Number(named.day ?? named.day2 ?? NaN);
  const year = named.year ?? named.year2 ?? named.year3 ?? named.year4;
  if (quarter !== undefined) {
    const spanOf = (y: number) => ({
      from: utcDay(y, 3 * Number(quarter) - 3),
      to: utcDay(y, 3 * Number(quarter)),
    });
    return inYear(spanOf, year, times);
  }
  const month = MONTHS.indexOf(name!.slice(0, 3));
  if (Number.isNaN(dayOfMonth)) {
    // "may" and "march" are verbs too
    if (named.lead === undefined && year === undefined && /^(?:may|march|mar)$/.test(name!)) {
      return null;
    }
    return inYear((y) => ({ from: utcDay(y, month), to: utcDay(y, month + 1) }), year, times);
  }
  if (dayOfMonth < 1 || dayOfMonth > 31) return null;
  const dayIn = (y: number) => utcDay(y, month) + dayOfMonth - 1;
  return inYear((y) => ({ from: dayIn(y), to: dayIn(y) + 1 }), year, times);
}

/** Days between a named date and the scheduled end that it explains. */
const NEAR_END_DAYS = 7;

/** The span in the named year, else in the year that fits the scheduled end or the listing. */
function inYear(
  spanOf: (year: number) => { from: number; to: number },
  year: string | undefined,
  { listedAtMs, closesAtMs }: TitleTimes,
): { from: number; to: number } | null {
  if (year !== undefined) return spanOf(Number(year));
  const anchor = closesAtMs ?? listedAtMs;
  if (anchor === null) return null;
  const around = new Date(anchor).getUTCFullYear();
  const distance = ({ to }: { to: number }) => Math.abs(to - anchor / MS_PER_DAY);
  const nearest = [around - 1, around, around + 1].map(spanOf)
    .reduce((best, one) => distance(one) < distance(best) ? one : best);
  if (listedAtMs === null || (closesAtMs !== null && distance(nearest) <= NEAR_END_DAYS)) {
    return nearest;
  }
  const listed = new Date(listedAtMs).getUTCFullYear();
  return [listed, listed + 1].map(spanOf).find(({ to }) => to > dayOf(listedAtMs)) ?? null;
}

/** Year of the scheduled end; midnight in New York falls on the next day in UTC. */
function endYear({ closesAtMs }: TitleTimes): number | null {
  return closesAtMs === null ? null : new Date(closesAtMs - MS_PER_DAY).getUTCFullYear();
}

function yearSpan(year: number): { from: number; to: number } {
  return { from: utcDay(year, 0), to: utcDay(year + 1, 0) };
}

function utcDay(year: number, month: number): number {
  return Date.UTC(year, month, 1) / MS_PER_DAY;
}
