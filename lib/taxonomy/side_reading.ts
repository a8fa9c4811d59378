import type { Market } from "../core/data_set.ts";
import type { Polarity, SideTerm } from "./parse_sides.ts";
import { plainTitle } from "./plain_title.ts";
import { titleDates } from "./title_dates.ts";
import { titleNumbers } from "./title_numbers.ts";

/** What is read of a title. */
export interface SideReading {
  /** Without its dates; hyphens and dashes are spaces. */
  readonly text: string;
  /** Signs of its numbers: ">", "≥", "<", "≤", "=", and "…" for a range. */
  readonly signs: readonly string[];
}

/** A phrase of a theme where it stands in a title. */
export interface TermMatch {
  readonly term: SideTerm;
  readonly from: number;
  readonly to: number;
}

/** Reads the title of a contract, with an outcome that is more than Yes or No, without its dates. */
export function readTitle({ question, outcome, createdAtMs, closesAtMs }: Market): SideReading {
  const named = outcome === null || /^(?:yes|no|up|down|over|under)$/i.test(outcome)
    ? ""
    : ` ${plainTitle(outcome)}`;
  const { rest } = titleDates(plainTitle(question!) + named, {
    listedAtMs: createdAtMs,
    closesAtMs,
  });
  const signs = titleNumbers(rest).numbers.map((number) =>
    number.includes("..") ? "…" : number[0]!
  );
  const text = rest.replace(/(?<=[a-z])[-‐‑](?=[a-z0-9])|[–—/×?,;:()]/g, " ")
    .replace(/\s+/g, " ").trim();
  return { text, signs };
}

/** Matches of the terms, the longest first, none within another; by position. */
export function longestMatches(text: string, terms: readonly SideTerm[]): TermMatch[] {
  const matches: TermMatch[] = [];
  for (const term of terms) {
    for (const found of text.matchAll(term.pattern)) {
      const from = found.index, to = from + found[0].length;
      if (matches.every((other) => to <= other.from || from >= other.to)) {
        matches.push({ term, from, to });
      }
    }
  }
  return matches.sort((a, b) => a.from - b.from);
}

/** A title with its phrases blanked. */
export function withoutSpans(text: string, matches: readonly TermMatch[]): string {
  let rest = "", at = 0;
  for (const { from, to } of matches) {
    rest += `${text.slice(at, from)}·`;
    at = to;
  }
  return rest + text.slice(at);
}

/** Which way a quantity goes: 1 up, −1 down, 0 where nothing says. */
export function directionOf(
  rest: string,
  signs: readonly string[],
  { up, down }: Polarity,
): number {
  if (/(?<![a-z])up\s+or\s+down(?![a-z])/.test(rest)) return 1;
  const above = signs.some((one) => one === ">" || one === "≥");
  const below = signs.some((one) => one === "<" || one === "≤");
  const falls = countOf(rest, down) > 0;
  // "hit low" is no hit
  const rises = countOf(rest.replace(down, " "), up) > 0;
  // "lose at least 3 %" is low, "at most 3 %" of anything too
  if (above !== below) return below || (falls && !rises) ? -1 : 1;
  return rises === falls ? 0 : rises ? 1 : -1;
}

/**
 * The number that counts a happening exactly: "3 Fed rate cuts", "cut 0 times", "strike 2 countries";
 * `undefined` where none does, or a comparison makes it a bound.
 */
export function exactCount(
  { text, signs }: SideReading,
  found: readonly TermMatch[],
): number | undefined {
  const said = /(?<![a-z])exactly (\d+)/.exec(text);
  if (said !== null) return Number(said[1]);
  if (!isExact(signs)) return undefined;
  const times = /(?<![\d.$])(\d+)(?: \d+ bps)? times?(?![a-z])/.exec(text);
  if (times !== null) return Number(times[1]);
  for (const { from, to, term } of found) {
    if (term.text.startsWith("bps ")) continue;
    const counted = /(?:^|(?:will|be|have|do) )(\d+)(?: \d+ bps)?(?: [a-z]+)? $/.exec(
      text.slice(0, from),
    ) ?? /^ (\d+) (?:countries|cities|states|towns)(?![a-z])/.exec(text.slice(to));
    if (counted !== null) return Number(counted[1]);
  }
  return undefined;
}

/** Whether every number is an exact one; true where there is none. */
export function isExact(signs: readonly string[]): boolean {
  return signs.every((one) => one === "=");
}

/** 1 where a number is compared as "below" or "at most", which turns what it counts. */
export function isBelow(signs: readonly string[]): number {
  return signs.some((one) => one === "<" || one === "≤") ? 1 : 0;
}

/** How often a pattern is found. */
export function countOf(text: string, pattern: RegExp): number {
  return Array.from(text.matchAll(pattern)).length;
}
