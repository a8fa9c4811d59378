import {
  clockRangeAt,
  DASHES,
  dayRangeAt,
  lower,
  monthAt,
  type TimeContext,
  type Tokens,
  withYear,
  YEAR,
} from "./calendar_phrase.ts";
import { editionAt, isEnd, yearAt } from "./edition_phrase.ts";
import * as words from "./time_words.ts";

/** A run of tokens [from, to) that is a time, with the words that go with it. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** What stands at a place: the end of the time, and whether it names a day, a clock or less. */
interface Found {
  readonly to: number;
  readonly grain: "day" | "clock" | "period";
}

/** The time at token `i`, with its preposition and what hangs on it; `null` where none begins. */
export function timeSpanAt(tokens: Tokens, i: number): TimeSpan | null {
  if (!mayBegin(lower(tokens, i)) && lower(tokens, i - 1) !== "bowl") return null;
  const meeting = meetingAt(tokens, i);
  if (meeting > i) return { from: i, to: meeting };
  const start = afterPreposition(tokens, i);
  if (start > i) {
    if (/^(?:\.{2,}|…|_{2,})$/.test(lower(tokens, start)) && start === i + 1) {
      return { from: i, to: start + 1 };
    }
    const body = afterParts(tokens, start);
    const found = timeAt(tokens, body, { from: i, hasPreposition: true });
    if (found !== null) return trimmed(tokens, { i, start, body, found });
  }
  const first = lower(tokens, i);
  if (first === "than") return comparedYearAt(tokens, i);
  const body = words.PERIOD_PARTS.has(first) || words.PERIOD_SIDES.has(first)
    ? afterParts(tokens, i)
    : i;
  const found = timeAt(tokens, body, { from: i, hasPreposition: body > i });
  const isSubject = found !== null && lower(tokens, i - 1) === "will" &&
    lower(tokens, found.to) === "be";
  return found === null || isSubject ? null : { from: i, to: found.to };
}

/** Whether a time can begin with a word: the quick look that spares most of them the grammar. */
function mayBegin(word: string): boolean {
  return STARTERS.has(word) || isDigit(word, 0) || isDigit(word, word.length - 1);
}

function isDigit(word: string, at: number): boolean {
  const code = word.charCodeAt(at);
  return code >= 48 && code <= 57;
}

const STARTERS: ReadonlySet<string> = new Set([
  ...words.PREPOSITIONS,
  ...words.MONTHS,
  ...words.WEEKDAYS,
  ...words.PERIOD_PARTS,
  ...words.PERIOD_SIDES,
  ...words.NUMBERED_PARTS,
  ..."as prior than this next today tonight tomorrow fiscal first second third fourth".split(" "),
]);

/** "than 2026" where years are compared and nothing is counted. */
function comparedYearAt(tokens: Tokens, i: number): TimeSpan | null {
  const isCount = /^(?:more|less|fewer|greater)$/.test(lower(tokens, i - 1));
  const isYear = YEAR.test(lower(tokens, i + 1)) && isEnd(tokens, i + 2);
  return isYear && !isCount ? { from: i, to: i + 2 } : null;
}

/** Keeps the preposition where the time only qualifies a noun: "in the 2026 election". */
function trimmed(
  tokens: Tokens,
  { i, start, body, found }: { i: number; start: number; body: number; found: Found },
): TimeSpan {
  const { to, grain } = found;
  const hasDeterminer = words.DETERMINERS.has(lower(tokens, start));
  if (hasDeterminer && lower(tokens, start) !== "the") return { from: body, to };
  const next = tokens[to];
  const follows = next !== undefined && next.isSpaced && next.isWord &&
    !words.FUNCTION_WORDS.has(next.lower);
  if (next?.lower === "season" && hasDeterminer && !continues(tokens, to + 1)) {
    return { from: i, to: to + 1 };
  }
  if (follows) {
    const isLoose = grain === "period" || words.WEEKDAYS.has(lower(tokens, body));
    const isNoun = hasDeterminer || (isLoose &&
      (/^[\p{Lu}\p{N}"“]/u.test(next.text) || words.DATED_NOUNS.has(next.lower)));
    if (isNoun) return { from: body, to };
  }
  const from = i > 0 && lower(tokens, i - 1) === "scheduled" ? i - 1 : i;
  return { from, to };
}

function continues(tokens: Tokens, i: number): boolean {
  return tokens[i]?.isWord === true;
}

/** After "by", "on or before", "as of"; `i` where no preposition stands. */
function afterPreposition(tokens: Tokens, i: number): number {
  const first = lower(tokens, i);
  if (first === "as" && lower(tokens, i + 1) === "of") return i + 2;
  if (first === "prior" && lower(tokens, i + 1) === "to") return i + 2;
  if (!words.PREPOSITIONS.has(first)) return i;
  return lower(tokens, i + 1) === "or" && words.PREPOSITIONS.has(lower(tokens, i + 2))
    ? i + 3
    : i + 1;
}

/** After "the", "the end of", "early", "mid-". */
function afterParts(tokens: Tokens, start: number): number {
  let i = start;
  if (words.DETERMINERS.has(lower(tokens, i))) ++i;
  if (words.PERIOD_PARTS.has(lower(tokens, i)) && lower(tokens, i + 1) === "of") {
    i += words.DETERMINERS.has(lower(tokens, i + 2)) ? 3 : 2;
  } else if (lower(tokens, i) === "year" && lower(tokens, i + 1) === "ending") {
    i += lower(tokens, i + 2) === "in" ? 3 : 2;
  }
  if (words.PERIOD_SIDES.has(lower(tokens, i))) i += DASHES.has(lower(tokens, i + 1)) ? 2 : 1;
  return i;
}

/** "after the March 2026 meeting", "at their June meeting"; `i` where none is. */
function meetingAt(tokens: Tokens, i: number): number {
  const first = lower(tokens, i);
  if (!["after", "at", "in", "following", "during", "from"].includes(first)) return i;
  let j = i + 1;
  while (
    j < i + 4 && (words.DETERMINERS.has(lower(tokens, j)) || /['’]s$/.test(lower(tokens, j)))
  ) ++j;
  const found = timeAt(tokens, j, { from: i, hasPreposition: true });
  if (found === null) return i;
  j = found.to;
  while (
    j < found.to + 2 && words.SCHEDULED.has(lower(tokens, j)) && lower(tokens, j) !== "meeting"
  ) ++j;
  return lower(tokens, j) === "meeting" ? j + 1 : i;
}

function timeAt(tokens: Tokens, i: number, context: TimeContext): Found | null {
  if (i >= tokens.length) return null;
  const clock = clockRangeAt(tokens, i, context);
  if (clock > i) return { to: clock, grain: "clock" };
  const day = dayRangeAt(tokens, i, context);
  if (day > i) return { to: day, grain: "day" };
  const period = periodAt(tokens, i, context);
  return period > i ? { to: period, grain: "period" } : null;
}

function periodAt(tokens: Tokens, i: number, context: TimeContext): number {
  for (const rule of [relativeAt, quarterAt, monthPeriodAt, yearAt, editionAt]) {
    const to = rule(tokens, i, context);
    if (to > i) return to;
  }
  return i;
}

/** "this week", "next Friday", "tomorrow", "the end of the year", "year end", "Christmas". */
function relativeAt(tokens: Tokens, i: number, { from, hasPreposition }: TimeContext): number {
  const text = lower(tokens, i), next = lower(tokens, i + 1);
  if (text === "this" || text === "next") {
    return words.PERIODS.has(next) || words.WEEKDAYS.has(next) ? i + 2 : i;
  }
  if (/^(?:today|tonight|tomorrow)$/.test(text)) return lower(tokens, i - 1) === "usa" ? i : i + 1;
  if (!hasPreposition) return i;
  if (text === "year" && next === "end") return i + 2;
  if (text === "year" && DASHES.has(next) && lower(tokens, i + 2) === "end") return i + 3;
  if (words.DEADLINE_WORDS.has(lower(tokens, from)) && words.HOLIDAYS.has(text)) return i + 1;
  const isPart = i - from >= 3 && lower(tokens, i - 1) === "the" && lower(tokens, i - 2) === "of";
  const isBare = i - from >= 3 && lower(tokens, i - 1) === "of";
  return (isPart || isBare) && words.PERIODS.has(text) ? i + 1 : i;
}

/** "Q2 2026", "H1 2026", "the first quarter of 2026", "fiscal year 2026", "FY26". */
function quarterAt(tokens: Tokens, i: number, { hasPreposition }: TimeContext): number {
  const text = lower(tokens, i);
  if (/^q[1-4]$/.test(text)) return withYear(tokens, i + 1);
  if (/^h[12]$/.test(text)) {
    const to = withYear(tokens, i + 1);
    return to > i + 1 || hasPreposition ? to : i;
  }
  if (/^fy\d{2,4}$/.test(text)) return i + 1;
  if (text === "fiscal" && lower(tokens, i + 1) === "year") {
    return YEAR.test(lower(tokens, i + 2)) ? i + 3 : i;
  }
  if (!/^(?:first|second|third|fourth)$/.test(text)) return i;
  if (!/^(?:quarter|half)$/.test(lower(tokens, i + 1)) || lower(tokens, i + 2) !== "of") return i;
  return YEAR.test(lower(tokens, i + 3)) ? i + 4 : i;
}

/** A month with its year, or alone where it can be no name: "in March", "June Unemployment Rate". */
function monthPeriodAt(tokens: Tokens, i: number, { from, hasPreposition }: TimeContext): number {
  const to = monthAt(tokens, i);
  if (to === i) return i;
  const year = withYear(tokens, to);
  if (year > to) return year;
  const next = tokens[to], text = tokens[i]!.lower;
  if (next !== undefined && DASHES.has(next.text) && !next.isSpaced) {
    const end = monthAt(tokens, to + 1);
    return end > to + 1 ? withYear(tokens, end) : i;
  }
  const isScheduled = next !== undefined && words.SCHEDULED.has(next.lower);
  const isCapital = tokens[i]!.text !== text;
  if (hasPreposition) {
    if (lower(tokens, from) === "to") return i;
    const isName = words.NAME_MONTHS.has(text) && !isScheduled && next !== undefined &&
      next.isSpaced && /^\p{Lu}/u.test(next.text);
    return isName ? i : to;
  }
  if (isScheduled && (isCapital || !words.NAME_MONTHS.has(text))) return to;
  const before = tokens[i - 1]?.text ?? "";
  const isAlone = (before === ":" || before === "(" || DASHES.has(before)) &&
    (next === undefined || /^[?):,]$/.test(next.text));
  return isAlone && (tokens[i]!.isSpaced || before === "(") ? to : i;
}
