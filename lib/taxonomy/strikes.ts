import { type TitleToken, titleTokens, tokenText } from "./title_tokens.ts";

type Tokens = readonly TitleToken[];

const COMPARATORS: ReadonlySet<string> = new Set(
  "above below over under exceed exceeds exceeding reach reaches hit hits least most than between"
    .split(" "),
);
const MOVES: ReadonlySet<string> = new Set(
  "dip dips fall falls drop drops rise rises climb climbs".split(" "),
);
const NUMBER = /^\d[\d.]*(?:,\d{3})*(?:\.\d+)?(?:k|m|b|bn|mm|t|bps|s|h|°f|°c|f|c)?$/;

/**
 * A question with its strike as a blank, so that questions on one number are one: "Litecoin above $95"
 * gives "Litecoin above ___", "Ravens Team Total O/U 24.5" gives "Ravens Team Total".
 *
 * Only numbers behind a comparison or before a unit of one are strikes; all others are names. A text
 * that is nothing but a strike stays as it is.
 */
export function maskedStrikes(text: string): string {
  if (!/\d/.test(text)) return text;
  const tokens = titleTokens(text);
  const masked: TitleToken[] = [];
  for (let i = 0; i < tokens.length;) {
    const token = tokens[i]!;
    if (/^(?:o\/u|over\/under)$/.test(token.lower)) {
      const to = amountAt(tokens, i + 1);
      if (to > i + 1) {
        i = tokens[to]?.lower === "points" ? to + 1 : to;
        if (masked.at(-1)?.text === ":") masked.pop();
        continue;
      }
    }
    const isBefore = i > 0 && comparesAt(tokens, i - 1);
    const to = isBefore ? rangeAt(tokens, i) : countedAt(tokens, i);
    if (to > i) {
      masked.push({ text: "___", lower: "___", isSpaced: i > 0, isWord: false });
      i = to;
      continue;
    }
    masked.push(token);
    ++i;
  }
  return masked.some((token) => token.isWord) ? tokenText(masked) : text;
}

function comparesAt(tokens: Tokens, i: number): boolean {
  const { lower } = tokens[i]!;
  if (COMPARATORS.has(lower) || /^[<>≥≤]$/.test(lower)) return true;
  return lower === "to" && MOVES.has(tokens[i - 1]?.lower ?? "");
}

/** After an amount with its currency, sign and unit; `i` where none stands. */
function amountAt(tokens: Tokens, i: number): number {
  let j = i;
  if (/^[<>≥≤]$/.test(tokens[j]?.text ?? "")) ++j;
  if (/^[-−+]$/.test(tokens[j]?.text ?? "")) ++j;
  if (/^[$€£]$/.test(tokens[j]?.text ?? "")) ++j;
  if (!NUMBER.test(tokens[j]?.lower ?? "")) return i;
  ++j;
  while (/^(?:%|bps|°|million|billion|trillion|\+)$/.test(tokens[j]?.lower ?? "")) ++j;
  return j;
}

function rangeAt(tokens: Tokens, i: number): number {
  const first = amountAt(tokens, i);
  if (first === i || !/^(?:and|to|-|–|—)$/.test(tokens[first]?.lower ?? "")) return first;
  const second = amountAt(tokens, first + 1);
  return second > first + 1 ? second : first;
}

/** An amount that what follows makes a strike: "10 or more", "25 bps". */
function countedAt(tokens: Tokens, i: number): number {
  const to = rangeAt(tokens, i);
  if (to === i) return i;
  const run = tokens.slice(i, to).map(({ lower }) => lower);
  if (run.some((word) => word.endsWith("bps"))) return to;
  const isOpen = tokens[to]?.lower === "or" &&
    /^(?:more|fewer|less|higher|lower|above|below|greater)$/.test(tokens[to + 1]?.lower ?? "");
  return isOpen ? to + 2 : i;
}

const STRIKE_WORDS: ReadonlySet<string> = new Set(
  ("above below over under o/u or more less fewer higher lower greater than at least most between and to up " +
    "down exactly bps basis points percent million billion trillion decrease increase cut hike hikes cuts rate " +
    "rates hit reach dip high low inches in cm mm times be the of by k m b f c usd " +
    "second seconds minute minutes hour hours day days week weeks month months year years")
    .split(" "),
);

/** A text without its numbers and what compares them, and whether it had any. */
export interface StrikeResidue {
  /** The words that are left; outcomes of one ladder have the same. */
  readonly words: string;
  readonly hasNumber: boolean;
}

/** What is left of an outcome when its strike is taken away. */
export function strikeResidue(text: string): StrikeResidue {
  const words: string[] = [];
  let hasNumber = false;
  for (const { lower, isWord } of titleTokens(text)) {
    if (NUMBER.test(lower)) hasNumber = true;
    else if (isWord && !STRIKE_WORDS.has(lower)) words.push(lower);
  }
  return { words: words.join(" "), hasNumber };
}

/** Outcomes of a ladder that are no number: nothing happens, or everything else. */
export function isNeutral(text: string): boolean {
  return /^(?:no\s.*|no|unchanged|other|another|none|never|zero|(?:fed )?maintains? rates?)$/i
    .test(text.trim());
}
