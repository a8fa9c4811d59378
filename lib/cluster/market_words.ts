/** One word of a market's text that may say what the market is about. */
export interface MarketWord {
  /** Form by which words are compared: lower case, without dots of an abbreviation or a final 's. */
  readonly key: string;
  /** As it is written in the text. */
  readonly surface: string;
  /** Whether only white space or a hyphen lies between it and the word before it in the list. */
  readonly followsPrevious: boolean;
}

/** Words that market questions share whatever they are about, and the calendar. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again all also am an and any are as at be because been before being below
  between both but by can could did do does doing done down during each either end ends ever every
  few first for from further get gets had happen happens has have having he her here hers him his
  how i if in into is it its itself just last least less many market markets may me might more most
  much must my neither next no nor not now of off on once one only or other others otherwise our out
  outcome over own per question resolution resolve resolved resolves same shall she should so some
  such than that the their them then there these they this those through to too two under until up
  upon us very via vs was we were what when where whether which while who whom whose why will with
  within without would yes yet you your
  day days week weeks month months year years today tomorrow et est edt utc gmt am pm date deadline
  january february march april june july august september october november december
  jan feb mar apr jun jul aug sep sept oct nov dec
  monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
  q1 q2 q3 q4 h1 h2 st nd rd th`.split(/\s+/),
);

/**
 * The telling words of a text in order: numbers, dates and words of no subject are dropped.
 *
 * A word with a digit in front counts as a number, "25bps" and "2026" alike; "F1" and "G7" stay.
 * The month May is dropped with the verb, "us" is dropped and "US" is not.
 *
 * Cost: O(length).
 */
export function marketWords(text: string): MarketWord[] {
  const words: MarketWord[] = [];
  const plain = text.normalize("NFKC");
  let end = -1;
  for (const match of plain.matchAll(/[\p{L}\p{N}\p{M}]+(?:[.&'’][\p{L}\p{N}\p{M}]+)*/gu)) {
    const written = match[0].replace(/['’]s$/iu, "");
    const surface = /^(?:\p{L}\.)+\p{L}$/u.test(written) ? written.replaceAll(".", "") : written;
    const key = surface.toLowerCase().replaceAll("’", "'");
    if (/^\p{N}/u.test(key) || /^[a-z]$/.test(key)) continue;
    if (STOP_WORDS.has(key) && surface !== "US") continue;
    const followsPrevious = end >= 0 && /^[\s\-‐‑]+$/u.test(plain.slice(end, match.index));
    words.push({ key, surface, followsPrevious });
    end = match.index + match[0].length;
  }
  return words;
}
