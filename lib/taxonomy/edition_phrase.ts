import {
  DASHES,
  DAY,
  isAmount,
  lower,
  monthAt,
  type TimeContext,
  type Tokens,
  YEAR,
} from "./calendar_phrase.ts";
import * as words from "./time_words.ts";

/** A year or season that is neither a strike nor part of a name. */
export function yearAt(tokens: Tokens, i: number, { from, hasPreposition }: TimeContext): number {
  const text = lower(tokens, i);
  if (/^20\d{2}\/(?:20)?\d{2}$/.test(text) || isGluedSeason(text)) return i + 1;
  if (!YEAR.test(text)) return i;
  const before = tokens[i - 1];
  const isJoined = before !== undefined && !tokens[i]!.isSpaced && !/^["“'‘([]$/.test(before.text);
  if (isJoined) return i;
  const joint = lower(tokens, i + 1), second = lower(tokens, i + 2);
  if (DASHES.has(joint) && (YEAR.test(second) || /^\d{2}$/.test(second))) return i + 3;
  if (YEAR.test(joint) || (/^\d{2}$/.test(joint) && Number(joint) === (Number(text) + 1) % 100)) {
    return i + 2;
  }
  if (isMonthAfter(tokens, i + 1)) {
    const month = monthAt(tokens, i + 1);
    return DAY.test(lower(tokens, month)) && !isAmount(tokens, month) ? month + 1 : month;
  }
  if (isAmount(tokens, i)) return i;
  if (before?.lower === "than") return i;
  if (!hasPreposition && before !== undefined) {
    if (words.NUMBER_OWNERS.has(before.lower) || before.text === "$" || before.text === "#") {
      return i;
    }
    if (before.lower === "will") return i;
  }
  if (hasPreposition && lower(tokens, from) === "between") return i;
  if (hasPreposition && lower(tokens, from) === "to" && !isEnd(tokens, i + 1)) return i;
  return i + 1;
}

function isMonthAfter(tokens: Tokens, i: number): boolean {
  return monthAt(tokens, i) > i && !/^\p{Lu}/u.test(tokens[monthAt(tokens, i)]?.text ?? "");
}

function isGluedSeason(text: string): boolean {
  return /^20[1-5]\d[1-6]\d$/.test(text) && Number(text.slice(4)) === Number(text.slice(2, 4)) + 1;
}

/** Whether a phrase ends before token `i`. */
export function isEnd(tokens: Tokens, i: number): boolean {
  return i >= tokens.length || /^[?),;:]$/.test(tokens[i]!.text);
}

/** "Season 3", "Week 7", the LIX of "Super Bowl LIX", the 310 of "UFC 310", "98th" of awards. */
export function editionAt(tokens: Tokens, i: number, { hasPreposition }: TimeContext): number {
  const text = lower(tokens, i), next = lower(tokens, i + 1);
  if (
    words.NUMBERED_PARTS.has(text) && /^\d{1,3}$/.test(next) &&
    !words.UNITS.has(lower(tokens, i + 2))
  ) {
    const isRange = DASHES.has(lower(tokens, i + 2)) && /^\d{1,2}$/.test(lower(tokens, i + 3));
    const to = isRange ? i + 4 : i + 2;
    return text === "season" && lower(tokens, to) === "of" ? to + 1 : to;
  }
  if (hasPreposition) return i;
  if (/^\d{1,3}(?:st|nd|rd|th)$/.test(text)) return words.COUNTED_AWARDS.has(next) ? i + 1 : i;
  const before = lower(tokens, i - 1), second = lower(tokens, i - 2);
  if (/^[ivxlc]+$/.test(text)) return before === "bowl" && second === "super" ? i + 1 : i;
  if (!/^\d{1,3}$/.test(text)) return i;
  const isFight = before === "night" && second === "fight";
  return words.NUMBERED_SERIES.has(before) || isFight ? i + 1 : i;
}
