import type { TermPattern } from "../taxonomy/term_pattern.ts";
import type { TextToken } from "../taxonomy/text_tokens.ts";

/** Longest run of words that one {name} covers. */
const LONGEST_NAME = 4;

interface Node {
  readonly next: Map<string, Node>;
  /** Terms that end here, as indices in the list of patterns. */
  readonly terms: number[];
}

/** Terms of a text as indices in the list of patterns, rising, each once. */
export interface FoundTerms {
  /** Those that lie in no longer one. */
  readonly outer: readonly number[];
  /** Those that lie only in longer ones. */
  readonly inner: readonly number[];
}

/** Finds every term of a list in a text; see {@link termMatcher}. */
export type TermMatcher = (tokens: readonly TextToken[], isSlug?: boolean) => FoundTerms;

interface Match {
  readonly term: number;
  readonly from: number;
  readonly to: number;
  /** Whether every word is there as the term has it, not as its plural. */
  readonly isVerbatim: boolean;
}

/**
 * Compiles patterns to a tree of words and gives the function that finds them.
 *
 * A term inside a longer one is kept apart: "Washington" is only an inner term of "Washington
 * Nationals". A pattern with {name} or {word} covers nothing, as it may stretch over any words. Of two
 * terms for the same words the one that has them as they are goes before the one that has their
 * singular: "Hurricanes" is the team where both are listed. The answer is each found term once, in
 * the order of the patterns, whatever the order in the text.
 *
 * Cost: O(words of the text · longest pattern), whatever the number of patterns; only shapes that
 * begin a pattern add a constant.
 *
 * @example the longer term wins
 * ```ts
 * import assert from "node:assert/strict";
 * import { termMatcher } from "lib/classify/term_matcher.ts";
 * import { termPattern } from "lib/taxonomy/term_pattern.ts";
 * import { textTokens } from "lib/taxonomy/text_tokens.ts";
 *
 * const find = termMatcher(["oil", "crude oil", "rate cut"].map(termPattern));
 * assert.deepEqual(find(textTokens("Crude oil above $70?")), { outer: [1], inner: [0] });
 * ```
 */
export function termMatcher(patterns: readonly TermPattern[]): TermMatcher {
  const root: Node = { next: new Map(), terms: [] };
  const prefixes = new Map<string, number[]>();
  patterns.forEach(({ symbols, isPrefix }, term) => {
    if (isPrefix) {
      const start = symbols[1]!;
      prefixes.set(start, [...prefixes.get(start) ?? [], term]);
      return;
    }
    let node = root;
    for (const symbol of symbols) {
      let below = node.next.get(symbol);
      if (below === undefined) node.next.set(symbol, below = { next: new Map(), terms: [] });
      node = below;
    }
    node.terms.push(term);
  });
  const lengths = [...new Set([...prefixes.keys()].map((start) => start.length))];
  const start = root.next.get("^");
  return (tokens, isSlug = false) => {
    const symbols = tokens.map(tokenSymbols);
    const matches: Match[] = [];
    for (let from = 0; from < tokens.length; ++from) {
      walk(root, { tokens, symbols, from }, { at: from, isVerbatim: true }, matches);
    }
    if (isSlug && tokens.length > 0) {
      if (start !== undefined) {
        walk(start, { tokens, symbols, from: 0 }, { at: 0, isVerbatim: true }, matches);
      }
      const { key } = tokens[0]!;
      for (const length of lengths) {
        for (const term of prefixes.get(key.slice(0, length)) ?? []) {
          if (key.length >= length) {
            matches.push({ term, from: 0, to: 1, isVerbatim: true });
          }
        }
      }
    }
    return outermost(matches, patterns);
  };
}

interface Place {
  readonly tokens: readonly TextToken[];
  readonly symbols: readonly (readonly string[])[];
  readonly from: number;
}

function walk(
  node: Node,
  place: Place,
  { at, isVerbatim }: { at: number; isVerbatim: boolean },
  matches: Match[],
): void {
  if (at > place.from) {
    for (const term of node.terms) matches.push({ term, from: place.from, to: at, isVerbatim });
  }
  if (at >= place.tokens.length || node.next.size === 0) return;
  for (const symbol of place.symbols[at]!) {
    const below = node.next.get(symbol);
    if (below !== undefined) walk(below, place, { at: at + 1, isVerbatim }, matches);
  }
  const { key, singular } = place.tokens[at]!;
  const one = singular === key ? undefined : node.next.get(singular);
  if (one !== undefined) walk(one, place, { at: at + 1, isVerbatim: false }, matches);
  const named = node.next.get("{name}");
  for (let k = at; named !== undefined && k < at + LONGEST_NAME; ++k) {
    if (!place.tokens[k]?.isName) break;
    walk(named, place, { at: k + 1, isVerbatim }, matches);
  }
}

/** What a pattern may ask of a word, without {name}, which may be several words. */
function tokenSymbols(token: TextToken): string[] {
  const { key, surface, isNumber, isDollar } = token;
  const symbols = [key, `=${surface}`, "{word}"];
  if (isNumber) symbols.push("{number}");
  if (isNumber && isDollar) symbols.push("{money}");
  if (!isNumber && isDollar) symbols.push("{cashtag}");
  if (/^20[0-9]{2}$/.test(key)) symbols.push("{year}");
  return symbols;
}

function outermost(matches: readonly Match[], patterns: readonly TermPattern[]): FoundTerms {
  const sorted = [...matches].sort((a, b) =>
    a.from - b.from || b.to - a.to || Number(b.isVerbatim) - Number(a.isVerbatim) || a.term - b.term
  );
  const outer = new Set<number>(), inner = new Set<number>();
  let longest: Match | undefined;
  for (const match of sorted) {
    if (longest !== undefined && match.to <= longest.to) {
      const isSame = match.from === longest.from && match.to === longest.to;
      if (!isSame || longest.isVerbatim && !match.isVerbatim) {
        inner.add(match.term);
        continue;
      }
    }
    outer.add(match.term);
    const covers = !patterns[match.term]!.isWide;
    if (covers && (longest === undefined || match.to > longest.to)) longest = match;
  }
  const rising = (terms: Iterable<number>) => [...terms].sort((a, b) => a - b);
  return { outer: rising(outer), inner: rising(inner).filter((term) => !outer.has(term)) };
}
