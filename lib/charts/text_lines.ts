import { type FontWeight, textWidth } from "./text_width.ts";

/** Control characters, marks that reorder or hide text, and halves of surrogate pairs. */
const UNSAFE =
  // deno-lint-ignore no-control-regex -- control characters are what is taken out
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]|\p{Surrogate}/gu;

/**
 * Text without control and direction-changing characters; every blank is a plain space.
 *
 * Titles of markets come from strangers; a right-to-left override in one would reverse the text
 * around it, and some control characters may not stand in XML at all.
 */
export function safeText(text: string): string {
  return text.replace(/\s/g, " ").replace(UNSAFE, "");
}

/** {@link safeText} with single blanks and none at the ends. */
export function cleanText(text: string): string {
  return safeText(text).replace(/ +/g, " ").trim();
}

/** `text` cleaned, and cut with an ellipsis where it is wider than `width` user units. */
export function shortText(
  text: string,
  width: number,
  size: number,
  weight: FontWeight = 400,
): string {
  const clean = cleanText(text);
  if (textWidth(clean, size, weight) <= width) return clean;
  const room = width - textWidth("…", size, weight);
  let kept = "", used = 0;
  for (const character of clean) {
    used += textWidth(character, size, weight);
    if (used > room) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/**
 * `text` cleaned and broken at blanks into lines no wider than `width` user units; a no-break
 * space (U+00A0) holds two words together.
 *
 * A single word that is too wide is cut; what does not fit into `maxLines` ends in an ellipsis.
 *
 * @param options.balanced Whether the lines are made about equally long, as a headline wants.
 */
export function textLines(
  text: string,
  { width, size, weight = 400, maxLines = 3, balanced = false }: {
    width: number;
    size: number;
    weight?: FontWeight;
    maxLines?: number;
    balanced?: boolean;
  },
): string[] {
  const lines = filledLines(text, { width, size, weight, maxLines });
  if (!balanced || lines.length < 2 || lines.at(-1)!.endsWith("…")) return lines;
  for (let narrower = width * 0.98; narrower > width / 2; narrower -= width * 0.02) {
    const next = filledLines(text, { width: narrower, size, weight, maxLines: lines.length + 1 });
    if (next.length > lines.length || next.some((line) => line.endsWith("…"))) break;
    lines.splice(0, lines.length, ...next);
  }
  return lines;
}

function filledLines(
  text: string,
  { width, size, weight, maxLines }: {
    width: number;
    size: number;
    weight: FontWeight;
    maxLines: number;
  },
): string[] {
  const words = text.split(/[^\S\u00a0]+/).map(cleanText).filter((word) => word !== "");
  const lines: string[] = [];
  let line = "";
  for (const [i, word] of words.entries()) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || textWidth(longer, size, weight) <= width) {
      line = longer;
      continue;
    }
    if (lines.length === maxLines - 1) {
      line = `${line} ${words.slice(i).join(" ")}`;
      break;
    }
    lines.push(shortText(line, width, size, weight));
    line = word;
  }
  if (line !== "") lines.push(shortText(line, width, size, weight));
  return lines;
}
