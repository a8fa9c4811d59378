import { createHash } from "node:crypto";

/** First and last line around untrusted text in a message. */
export const BLOCK_START = "<event_json>";
export const BLOCK_END = "</event_json>";

/** What a block may hold. */
export type BlockValue = string | null | readonly string[];

/**
 * Untrusted text as one JSON object between two delimiter lines.
 *
 * The text cannot leave its string: line breaks and quotes are JSON escapes, and the characters
 * that delimiters, code fences and chat templates are made of (angle and square brackets,
 * backquotes) are written as JSON escapes too, so the block's own delimiters occur once each.
 * Fields are written in the order given, so equal input gives equal bytes.
 */
export function eventBlock(fields: Readonly<Record<string, BlockValue>>): string {
  const lines = Object.entries(fields).map(([name, value]) => {
    const text = value === null
      ? "null"
      : typeof value === "string"
      ? quoted(value)
      : `[${value.map(quoted).join(", ")}]`;
    return `  ${JSON.stringify(name)}: ${text}`;
  });
  return `${BLOCK_START}\n{\n${lines.join(",\n")}\n}\n${BLOCK_END}`;
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[<>[\]`]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * Untrusted text as one line of visible characters, at most `most` of them.
 *
 * Wide and other compatibility forms become the plain character (Unicode NFKC), so that a look-alike
 * of a bracket is treated as one. Control characters, direction marks, zero-width characters and
 * broken halves of surrogate pairs become spaces, runs of space one space.
 */
export function plainLine(text: string, most: number): string {
  // the text is cut before and after, so that a huge one costs nothing
  const line = text.slice(0, 8 * most + 64).normalize("NFKC").toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Zs}\ufffd\u034f]+/gu, " ")
    .replace(/ +/g, " ").trim();
  const characters = [...line];
  return characters.length <= most ? line : characters.slice(0, most).join("").trim();
}

/** First `most` of several texts as {@link plainLine}s; one more says how many were left out. */
export function plainLines(
  texts: readonly string[],
  most: number,
  mostCharacters: number,
): string[] {
  const shown = texts.slice(0, most).map((text) => plainLine(text, mostCharacters));
  return texts.length > most ? [...shown, `and ${texts.length - most} more`] : shown;
}

/** SHA-256 of texts in order, as 64 hexadecimal digits; where one ends and the next starts counts. */
export function textHash(texts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex");
}
