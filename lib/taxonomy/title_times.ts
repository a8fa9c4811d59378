import { timeSpanAt } from "./time_phrase.ts";
import {
  DEADLINE_WORDS,
  DETERMINERS,
  MONTHS,
  NAME_MONTHS,
  PREPOSITIONS,
  QUESTION_WORDS,
  TIME_ZONES,
  WEEKDAYS,
} from "./time_words.ts";
import { type TitleToken, titleTokens, tokenText } from "./title_tokens.ts";

/** A title and the times that were in it. */
export interface StrippedTitle {
  /** The title without its times. */
  readonly text: string;
  /** The times as written, prepositions included, in the order in which they were found. */
  readonly times: readonly string[];
}

/** Times that only others around them hid are found by looking again, this often at most. */
const MOST_PASSES = 64;

/**
 * A contract's title without what changes from one repetition of its question to the next: dates,
 * deadlines, clock times, meeting months, quarters, seasons and other editions.
 *
 * Numbers that are strikes and names that look like times stay: "O/U 24.5", "above $2,700", "Theresa
 * May", "GPT-5". Where nothing would remain, the title stays whole. A question mark stays where the
 * title begins like a question. Stripping twice gives what stripping once gives.
 *
 * A grammar over words, not a list of regular expressions: every place of the title is tried once a
 * pass, with a bounded look ahead. Cost: O(length).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { strippedTitle } from "lib/taxonomy/title_times.ts";
 * assert.deepEqual(strippedTitle("US strikes Iran by February 28th"), {
 *   text: "US strikes Iran",
 *   times: ["by February 28th"],
 * });
 * ```
 */
export function strippedTitle(title: string): StrippedTitle {
  let tokens = titleTokens(title), text = tokenText(tokens);
  const times: string[] = [];
  for (let pass = 0; pass < MOST_PASSES; ++pass) {
    const once = withoutTimes(tokens);
    if (!/[\p{L}\p{N}]/u.test(once.text) || once.text === text) break;
    text = once.text;
    times.push(...once.times);
    tokens = titleTokens(text);
  }
  return { text, times };
}

/** Whether a text is a time and nothing else: "September 30", "Before 2027", "March". */
export function isOnlyTime(text: string): boolean {
  const tokens = titleTokens(text);
  if (tokens.length === 1 && (MONTHS.has(tokens[0]!.lower) || WEEKDAYS.has(tokens[0]!.lower))) {
    return true;
  }
  return tokens.some((token) => token.isWord) && !/[\p{L}\p{N}]/u.test(withoutTimes(tokens).text);
}

/** Prepositions that end a slug only where its time was cut off; "talk to" and "heard of" end so too. */
const TIME_ONLY: ReadonlySet<string> = new Set(
  "by before after until till on in at during through since between from".split(" "),
);

/**
 * The words of a venue's slug without its times: "fed decision in" of `fed-decision-in-march-2025`
 * gives "fed decision".
 */
export function strippedSlug(slug: string): StrippedTitle {
  const spoken = slug
    .replace(/(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)/g, "$1/$2/$3")
    .replace(/(?<!\d)(\d)pt(\d)/g, "$1.$2")
    .split("-")
    .filter((part) => !/^\d{8,}$/.test(part))
    .join(" ");
  const { text, times } = strippedTitle(spoken);
  const parts = text.split(" ");
  const isLone = (word: string) =>
    TIME_ONLY.has(word) || (MONTHS.has(word) && !NAME_MONTHS.has(word));
  while (parts.length > 1 && isLone(parts.at(-1)!)) parts.pop();
  return { text: parts.join(" "), times };
}

/** A token that stays, and what was taken away right before it. */
interface KeptToken extends TitleToken {
  readonly isCut: boolean;
  /** Whether that was a time without a preposition, which may have left its preposition behind. */
  readonly isBare: boolean;
}

function withoutTimes(tokens: readonly TitleToken[]): StrippedTitle {
  const kept: KeptToken[] = [];
  const times: string[] = [];
  let isCut = false, isBare = false, isSpaced = false;
  for (let i = 0; i < tokens.length;) {
    const span = timeSpanAt(tokens, i);
    if (span !== null) {
      const last = kept.at(-1);
      if (span.from < i || (last?.text === "," && last.isCut)) kept.pop();
      const to = afterZone(tokens, span.to);
      times.push(tokenText(tokens.slice(span.from, to)));
      // what stands between the preposition's place and the time stays: "in the" of "in the 2026 election"
      for (let j = i; j < span.from; ++j) kept.push({ ...tokens[j]!, isCut: false, isBare: false });
      isSpaced ||= tokens[i]!.isSpaced;
      isCut = true;
      isBare = !PREPOSITIONS.has(tokens[span.from]!.lower);
      i = to;
      continue;
    }
    const token = tokens[i]!;
    const { text, lower, isWord } = token;
    const joins = !isWord && /^[,?):;.!]$/.test(text);
    kept.push({
      text,
      lower,
      isWord,
      isSpaced: token.isSpaced || (isSpaced && isCut && !joins),
      isCut,
      isBare,
    });
    isCut = isBare = isSpaced = false;
    ++i;
  }
  return { text: tokenText(tidied(kept, isBare)), times };
}

/** After a time zone in brackets that belongs to the time before it: "March 1-7 (ET)". */
function afterZone(tokens: readonly TitleToken[], i: number): number {
  const isZone = tokens[i]?.text === "(" && TIME_ZONES.has(tokens[i + 1]?.lower ?? "") &&
    tokens[i + 2]?.text === ")";
  return isZone ? i + 3 : i;
}

const SEPARATOR = /^[,;:|·–—\-]$/;

/** Takes away signs and small words that a removed time has left behind. */
function tidied(
  kept: readonly KeptToken[],
  isBareAtEnd: boolean,
): TitleToken[] {
  const tidy: TitleToken[] = [];
  let open = 0;
  for (let i = 0; i <= kept.length; ++i) {
    const token = kept[i];
    const closes = token === undefined || (!token.isWord && /^[?)\],:;]$/.test(token.text));
    if (token === undefined ? isBareAtEnd : token.isBare) {
      while (closes && tidy.length > 1 && isLeftOver(tidy.at(-1)!)) tidy.pop();
    }
    if (closes && token?.text !== ":") {
      while (tidy.length > 0 && isDangling(tidy.at(-1)!, token)) tidy.pop();
    }
    if (token === undefined) break;
    const last = tidy.at(-1);
    if (token.isWord && (last === undefined || last.isWord)) {
      tidy.push(token);
      continue;
    }
    if (/^[)\]]$/.test(token.text)) {
      if (last !== undefined && /^[(\[]$/.test(last.text)) {
        tidy.pop();
        --open;
        continue;
      }
      if (open === 0) continue;
      --open;
    } else if (/^[(\[]$/.test(token.text)) ++open;
    else if (SEPARATOR.test(token.text) && isNeedless(token, last, kept[i + 1])) continue;
    tidy.push(
      last !== undefined && /^[(\[]$/.test(last.text) ? { ...token, isSpaced: false } : token,
    );
  }
  return ended(tidy);
}

/** A small word that had its meaning from the time behind it. */
function isLeftOver({ lower }: TitleToken): boolean {
  return PREPOSITIONS.has(lower) || DETERMINERS.has(lower) || lower === "and" || lower === "or";
}

function isDangling(last: TitleToken, next: TitleToken | undefined): boolean {
  if (SEPARATOR.test(last.text)) return true;
  return next === undefined && /^[(\[]$/.test(last.text);
}

function isNeedless(
  token: TitleToken,
  last: TitleToken | undefined,
  next: TitleToken | undefined,
): boolean {
  if (last === undefined) return !(next !== undefined && !next.isSpaced && /^\d/.test(next.text));
  if (/^[(\[]$/.test(last.text)) return token.isSpaced || next?.isSpaced === true;
  return token.text === "," && SEPARATOR.test(last.text);
}

/** Without what is no sentence's end; the question mark stays on a question. */
function ended(tokens: TitleToken[]): TitleToken[] {
  const inside = tokens.findIndex(({ text }, i) => text === "?" && tokens[i + 1]?.text === "(");
  let isQuestion = inside >= 0;
  if (inside >= 0) tokens.splice(inside, 1);
  for (;;) {
    const last = tokens.at(-1);
    if (last === undefined) return tokens;
    if (last.text === "?") isQuestion = true;
    else if (!SEPARATOR.test(last.text) && !/^(?:\.{2,}|…)$/.test(last.text)) {
      const isLate = DEADLINE_WORDS.has(last.lower) && tokens.length > 1;
      if (!isLate) break;
    }
    tokens.pop();
  }
  if (isQuestion && asks(tokens)) {
    tokens.push({ text: "?", lower: "?", isSpaced: false, isWord: false });
  }
  return tokens;
}

/** Whether a title, or what stands behind its label ("UFC: Who will win"), begins like a question. */
function asks(tokens: readonly TitleToken[]): boolean {
  const first = tokens.findIndex((token) => token.isWord);
  const colon = tokens.findIndex(({ text }) => text === ":");
  return [tokens[first], tokens[colon + 1]].some((token) =>
    token !== undefined && QUESTION_WORDS.has(token.lower)
  );
}
