/** One word of a text in the forms by which keywords are compared. */
export interface TextToken {
  /** Lower case without accents, dots of an abbreviation or a final 's: "atletico", "us". */
  readonly key: string;
  /** The same with its capitals: "US". */
  readonly surface: string;
  /** The key without the s of a plural; the key itself where it has none. */
  readonly singular: string;
  readonly isNumber: boolean;
  /** Whether it is written like a name: with a capital, not a number. */
  readonly isName: boolean;
  /** Whether a dollar sign stands before it: `$DOGE`, `$100`. */
  readonly isDollar: boolean;
}

/** Letters that Unicode does not split into a plain letter and an accent. */
const FOLDED: Readonly<Record<string, string>> = {
  "ı": "i",
  "ø": "o",
  "Ø": "O",
  "ł": "l",
  "Ł": "L",
  "ß": "ss",
  "đ": "d",
  "Đ": "D",
  "æ": "ae",
  "Æ": "AE",
  "œ": "oe",
  "’": "'",
  "º": "°",
};

const WORD = /°[CF]\b|\$?[\p{L}\p{N}_]+(?:[.'&][\p{L}\p{N}_]+|,\p{N}+)*/giu;
/** A longer text has nothing to add and costs time. */
const LONGEST_TEXT = 4000;

/**
 * The words of a text in order, as keywords see them.
 *
 * A hyphen, a slash or a space parts words; an underscore does not, so `crypto_digital` is one word
 * of its own and not the word "crypto". Text after the 4,000th character is not read.
 *
 * Cost: O(length).
 */
export function textTokens(text: string): TextToken[] {
  const plain = text.slice(0, LONGEST_TEXT)
    .replace(/[ıøØłŁßđĐæÆœ’º]/g, (letter) => FOLDED[letter]!)
    .normalize("NFKD").replace(/\p{M}+/gu, "");
  return Array.from(plain.matchAll(WORD), ([written]) => {
    const isDollar = written.startsWith("$");
    const bare = (isDollar ? written.slice(1) : written).replace(/'s$/i, "");
    const surface = /^(?:\p{L}\.)+\p{L}$/u.test(bare) ? bare.replaceAll(".", "") : bare;
    const key = surface.toLowerCase();
    const isNumber = /^\p{N}/u.test(key);
    return {
      key,
      surface,
      singular: singular(key),
      isNumber,
      isName: !isNumber && /^\p{Lu}/u.test(surface),
      isDollar,
    };
  });
}

function singular(key: string): string {
  if (key.length < 4 || !/[^sui]s$/.test(key) && !/ies$/.test(key)) return key;
  if (/[^aeiou]ies$/.test(key)) return `${key.slice(0, -3)}y`;
  if (/(?:x|ch|sh|ss|z)es$/.test(key)) return key.slice(0, -2);
  return key.slice(0, -1);
}
