import { ruleWords } from "./exposure_words.ts";

/** Which part of a number's range an outcome is. */
export interface OutcomeStrike {
  /** "between" also stands for a single value, of which both ends are the same. */
  readonly side: "above" | "below" | "between";
  /** Lower end, −Infinity for "below". */
  readonly low: number;
  /** Upper end, Infinity for "above". */
  readonly high: number;
}

const UNIT: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  million: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
  t: 1e12,
  trillion: 1e12,
};

const NUMBER = String
  .raw`(?<![\p{L}\d.])(minus |-)?\$?(\d+(?:\.\d+)?) ?(k|thousand|m|million|bn|b|billion|t|trillion)?(?![\p{L}\d])`;
const RANGE = new RegExp(String.raw`${NUMBER} ?%? ?(?:to|and|-) ?${NUMBER}`, "u");
const ABOVE =
  /[>↑+≥]|\b(above|over|exceeds?|more|greater|higher|reach(es)?|hits?|least|or above|or higher|at or above|high|lead)\b/u;
const BELOW = /[<↓≤]|\b(below|under|less|fewer|lower|dips?|falls?|at most|most|low|drops?)\b/u;

/**
 * Reads the strike or bucket of a ladder's outcome: "Above 4.50%", ">117k", "$3,200+", "↓ 20,000",
 * "104–106k", "1.6 to 2.0", "5 (125 bps)", "49 or fewer".
 *
 * The label of the outcome is read first, since its text may name years and days too; where it has a
 * number but no word for a side, the text supplies the side: "$85,000" and "Bitcoin dips to $85,000".
 * A percent sign, a dollar sign and what stands in brackets do not change the number.
 *
 * @param label What the venue calls the outcome; `null` where it has no label.
 * @param text The outcome's words, by which an unlabelled one is read.
 * @returns `null` where neither has a number. No number with a side, such as "5", is one value.
 */
export function outcomeStrike(label: string | null, text: string): OutcomeStrike | null {
  for (const [own, other] of label === null ? [[text, text]] : [[label, text], [text, label]]) {
    const found = readStrike(own!, other!);
    if (found !== null) return found;
  }
  return null;
}

function readStrike(own: string, other: string): OutcomeStrike | null {
  const words = numberWords(own);
  const range = RANGE.exec(words);
  if (range !== null) {
    const high = numberOf(range, 4);
    // "104–106k" writes the unit once
    const low = numberOf(range, 1) *
      (range[3] === undefined && range[6] !== undefined ? UNIT[range[6]]! : 1);
    // some venues write the upper end first
    return { side: "between", low: Math.min(low, high), high: Math.max(low, high) };
  }
  const one = new RegExp(NUMBER, "u").exec(words);
  if (one === null) return null;
  const value = numberOf(one, 1);
  const side = sideOf(words) ??
    (/\bexactly\b/u.test(words) ? "between" : sideOf(numberWords(other)));
  return side === "above"
    ? { side, low: value, high: Infinity }
    : side === "below"
    ? { side, low: -Infinity, high: value }
    : { side: "between", low: value, high: value };
}

/** The side that the words name; of two, as in "or more than 5 or less", none. */
function sideOf(words: string): "above" | "below" | null {
  const above = ABOVE.test(words), below = BELOW.test(words);
  return above === below ? null : above ? "above" : "below";
}

function numberWords(text: string): string {
  const noBrackets = text.replace(/\([^)]*\)/g, " ").replace(/≥/g, ">").replace(/≤/g, "<");
  // a hyphen between numbers is a range, before one a minus; ruleWords() would take both
  const marked = noBrackets.replace(/(?<=[\d%kKmMbB]) ?[‐‑‒–—−-] ?(?=\$?\d)/g, " to ")
    .replace(/(?<!\S)[−-](?=\$?\d)/g, "minus ");
  return ruleWords(marked).replaceAll("s&p 500", " ").replace(/\bnasdaq 100\b/g, " ");
}

function numberOf(found: RegExpExecArray, at: number): number {
  const unit = found[at + 2];
  const size = Number(found[at + 1]) * (unit === undefined ? 1 : UNIT[unit]!);
  return found[at] === undefined ? size : -size;
}
