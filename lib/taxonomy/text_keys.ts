import { textHash } from "../core/text_hash.ts";
import { titleTokens } from "./title_tokens.ts";

/** Longest id, hash included. */
const MOST_CHARACTERS = 80;

/**
 * A question's words for comparing it with another's: lower case, without accents, signs, punctuation
 * and the article "the", so that a title and the slug made of it are equal.
 *
 * A text without any word is its own key.
 */
export function eventKey(text: string): string {
  const words = unaccented(text).toLowerCase()
    .replace(/(\d)\.(?=\d)/g, "$1pt").replace(/(\d),(?=\d{3})/g, "$1")
    .replace(/['’‘`.&]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const bare = words.replace(/\bthe /g, "");
  return bare === "" ? text.trim() : bare;
}

/** Without accents; most titles have none, and looking is cheaper than taking them apart. */
function unaccented(text: string): string {
  // deno-lint-ignore no-control-regex
  return /^[\x00-\x7f]*$/.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "");
}

/**
 * An outcome's words and numbers for comparing it with another's: signs that make a difference stay
 * ("+1.5" and "-1.5", "<10" and ">10"), ways of writing a number do not ("$105k" is "105,000").
 */
export function tickerKey(text: string): string {
  const tokens = titleTokens(text.normalize("NFKC"));
  let key = "";
  tokens.forEach((token, i) => {
    const next = tokens[i + 1];
    if (token.isWord) {
      key += /[\s<>=+-]$|^$/.test(key) ? plainNumber(token.lower) : ` ${plainNumber(token.lower)}`;
    } else if (/^[↑↓]/.test(token.text)) key += token.text === "↑" ? " up" : " down";
    else if (/^[<>≥≤=+%]$/.test(token.text)) key += token.text === "%" ? "%" : ` ${token.text}`;
    else if (/^[-–−]$/.test(token.text) && next !== undefined && /^[\d$]/.test(next.text)) {
      key += " -";
    }
  });
  const trimmed = key.replaceAll(/ ([≥≤<>=]) /g, " $1").trim();
  return trimmed === "" ? text.trim() : trimmed;
}

const POWERS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9, bn: 1e9, t: 1e12 };

/** "105k" and "105,000" as 105000, "1.50" as 1.5; other words as they are, without apostrophes. */
function plainNumber(word: string): string {
  const match = /^(\d[\d,]*(?:\.\d+)?)(k|m|bn|b|t)?$/.exec(word);
  if (match === null) return word.replace(/['’.]/g, "");
  const value = Number(match[1]!.replaceAll(",", "")) * (POWERS[match[2] ?? ""] ?? 1);
  return Number.isSafeInteger(value) ? `${value}` : `${Number(value.toPrecision(12))}`;
}

/**
 * A readable id of at most 80 characters [a-z0-9-] for a key.
 *
 * The hash of `whole` follows where the slug alone would not tell: where it is cut short, where
 * letters or signs are lost, or where `isUnique` is false.
 */
export function readableId(
  key: string,
  { whole = key, isUnique = true }: { readonly whole?: string; readonly isUnique?: boolean } = {},
): string {
  const slug = key.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(
    /^-|-$/g,
    "",
  );
  const isLossless = slug.replaceAll("-", " ") === key && slug.length <= MOST_CHARACTERS;
  if (isLossless && isUnique) return slug;
  const hash = textHash(whole);
  const cut = slug.slice(0, MOST_CHARACTERS - hash.length - 1).replace(/-$/, "");
  return cut === "" ? hash : `${cut}-${hash}`;
}
