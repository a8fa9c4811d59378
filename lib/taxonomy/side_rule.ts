import type { Market } from "../core/data_set.ts";
import type { ContractSide } from "./contract_side.ts";
import type { Polarity, SideRules, SideTerm } from "./parse_sides.ts";
import {
  countOf,
  directionOf,
  exactCount,
  isBelow,
  isExact,
  longestMatches,
  readTitle,
  type SideReading,
  type TermMatch,
  withoutSpans,
} from "./side_reading.ts";

/**
 * How sure a side is, by what decides it. Each negation or reversal costs a tenth of it, since a
 * second clause may be what it negates.
 *
 * | decided by                                         | confidence |
 * | -------------------------------------------------- | ---------- |
 * | a quantity and its direction                       | 0.92       |
 * | a happening of several words                       | 0.9        |
 * | a party and its success or setback                 | 0.9        |
 * | a happening of one word                            | 0.8        |
 * | several that disagree, the first in a contest      | 0.7        |
 * | nothing: the theme is excluded                     | 1          |
 * | nothing: a middle bracket, or a phrase of neither  | 0.85       |
 * | nothing: words that disagree, or none              | 0.5        |
 */
export const SIDE_CONFIDENCE = {
  quantity: 0.92,
  phrase: 0.9,
  party: 0.9,
  word: 0.8,
  contest: 0.7,
  excluded: 1,
  neither: 0.85,
  unknown: 0.5,
  turned: 0.9,
} as const;

/**
 * Which way a contract points by the words of its title: whether the quoted outcome means more (1)
 * or less (−1) of what drives the theme, or neither (0).
 *
 * Happenings decide before quantities and these before parties. The sign of a phrase is turned by
 * each negation, reversal ("ceasefire ends") and comparison ("fewer than three strikes"), and once
 * more where the quoted outcome is No, Down or Under. A bracket in the middle ("between", "exactly
 * 3") says neither. What the words do not decide is 0, with the reason.
 *
 * @param market Only its question, outcome and times are read. Untrusted.
 * @param theme Id of its theme.
 * @throws {RangeError} If the rules do not know the theme.
 */
export function contractSide(market: Market, theme: string, rules: SideRules): ContractSide {
  const own = rules.themes.get(theme);
  if (own === undefined && !rules.excluded.has(theme)) {
    throw new RangeError(
      `Cannot find the side of "${market.marketId}" as its theme must be one of ${
        [...rules.themes.keys(), ...rules.excluded].join(", ")
      }: got ${theme}`,
    );
  }
  const answer = (side: number, confidence: number, reasoning: string): ContractSide => ({
    marketId: market.marketId,
    side: side > 0 ? 1 : side < 0 ? -1 : 0,
    confidence,
    reasoning,
    method: `rule ${rules.version}`,
  });
  if (own === undefined) return answer(0, SIDE_CONFIDENCE.excluded, "Its theme has no driver.");
  if (market.question === null) {
    return answer(0, SIDE_CONFIDENCE.unknown, "It has no title to read.");
  }
  const flips = market.outcome !== null && /^(?:no|down|under)$/i.test(market.outcome) ? -1 : 1;
  const said = decided(readTitle(market), own.terms, rules.polarity);
  if (said.sign === 0) return answer(0, said.confidence, said.reason);
  const side = said.sign * flips;
  const quoted = flips < 0 ? `, and the quoted outcome is ${market.outcome}` : "";
  return answer(
    side,
    said.confidence,
    `${said.reason}${quoted}: ${side > 0 ? "more" : "less"} of "${own.driver}".`,
  );
}

interface Decision {
  readonly sign: number;
  readonly confidence: number;
  readonly reason: string;
}

function decided(reading: SideReading, terms: readonly SideTerm[], polarity: Polarity): Decision {
  const matches = longestMatches(reading.text, terms);
  const neither = matches.find(({ term }) => term.kind === "neither");
  if (neither !== undefined) {
    return nothing(SIDE_CONFIDENCE.neither, `"${neither.term.text}" says neither.`);
  }
  if (reading.signs.includes("…") || /(?<![a-z])exactly [1-9]/.test(reading.text)) {
    return nothing(SIDE_CONFIDENCE.neither, "A bracket in the middle says neither.");
  }
  const rest = withoutSpans(reading.text, matches);
  return happenings(reading, matches, { rest, polarity }) ??
    quantities(reading, matches, { rest, polarity }) ??
    parties(reading, matches, { rest, polarity }) ??
    nothing(SIDE_CONFIDENCE.unknown, "No phrase of its theme decides.");
}

interface Context {
  /** The text with its phrases blanked. */
  readonly rest: string;
  readonly polarity: Polarity;
}

function happenings(
  reading: SideReading,
  matches: readonly TermMatch[],
  { rest, polarity }: Context,
): Decision | undefined {
  const found = matches.filter(({ term }) => term.kind === "happening");
  if (found.length === 0) return undefined;
  const sign = agreed(found);
  const named = quotedTerms(found);
  if (sign === 0) return nothing(SIDE_CONFIDENCE.unknown, `${named} point both ways.`);
  const count = exactCount(reading, found);
  if (count !== undefined && count > 0) {
    return nothing(SIDE_CONFIDENCE.neither, "An exact count says neither.");
  }
  const turns = countOf(rest, polarity.negations) + countOf(rest, polarity.reversals) +
    isBelow(reading.signs) + (count === 0 ? 1 : 0);
  const phrase = found.some(({ term }) => term.text.includes(" "));
  return turnedBy(turns, {
    sign,
    confidence: phrase ? SIDE_CONFIDENCE.phrase : SIDE_CONFIDENCE.word,
    reason: named,
  });
}

function quantities(
  { signs }: SideReading,
  matches: readonly TermMatch[],
  { rest, polarity }: Context,
): Decision | undefined {
  const found = matches.filter(({ term }) => term.kind === "quantity");
  if (found.length === 0) return undefined;
  const named = quotedTerms(found);
  const direction = directionOf(rest, signs, polarity);
  if (direction === 0) {
    const isBracket = signs.includes("=");
    return nothing(
      isBracket ? SIDE_CONFIDENCE.neither : SIDE_CONFIDENCE.unknown,
      isBracket ? "An exact value says neither." : `${named} without a direction says neither.`,
    );
  }
  const sign = agreed(found);
  if (sign === 0) return nothing(SIDE_CONFIDENCE.unknown, `${named} point both ways.`);
  return turnedBy(countOf(rest, polarity.negations), {
    sign: sign * direction,
    confidence: SIDE_CONFIDENCE.quantity,
    reason: `${named} ${direction > 0 ? "high" : "low"}`,
  });
}

function parties(
  { text, signs }: SideReading,
  matches: readonly TermMatch[],
  { rest, polarity }: Context,
): Decision | undefined {
  const found = matches.filter(({ term }) => term.kind === "party");
  if (found.length === 0) return undefined;
  if (/(?<![\d.])\d+ (?:[a-z]+ )?(?:seats|governorships)/.test(text) && isExact(signs)) {
    return nothing(SIDE_CONFIDENCE.neither, "An exact count says neither.");
  }
  const success = rest.search(polarity.success), setback = rest.search(polarity.setbacks);
  const wins = success >= 0 && (setback < 0 || success < setback);
  if (success < 0 && setback < 0) {
    return nothing(
      SIDE_CONFIDENCE.unknown,
      `${quotedTerms(found)} without success or setback says neither.`,
    );
  }
  const first = found.reduce((a, b) => a.from <= b.from ? a : b);
  const sign = agreed(found);
  if (sign === 0 && countOf(text, polarity.contests) === 0) {
    return nothing(SIDE_CONFIDENCE.unknown, `${quotedTerms(found)} point both ways.`);
  }
  const deciding = sign === 0 ? [first] : found;
  return turnedBy(countOf(rest, polarity.negations) + isBelow(signs), {
    sign: deciding[0]!.term.sign * (wins ? 1 : -1),
    confidence: sign === 0 ? SIDE_CONFIDENCE.contest : SIDE_CONFIDENCE.party,
    reason: `${quotedTerms(deciding)} ${wins ? "succeeds" : "has a setback"}`,
  });
}

/** The common sign of all matches, 0 where they disagree. */
function agreed(found: readonly TermMatch[]): number {
  const sign = found[0]!.term.sign;
  return found.every(({ term }) => term.sign === sign) ? sign : 0;
}

function quotedTerms(found: readonly TermMatch[]): string {
  return [...new Set(found.map(({ term }) => `"${term.text}"`))].join(", ");
}

function turnedBy(turns: number, { sign, confidence, reason }: Decision): Decision {
  return {
    sign: turns % 2 === 0 ? sign : -sign,
    confidence: confidence * SIDE_CONFIDENCE.turned ** turns,
    reason: turns === 0 ? reason : `${reason}, turned ${turns === 1 ? "once" : `${turns} times`}`,
  };
}

function nothing(confidence: number, reason: string): Decision {
  return { sign: 0, confidence, reason };
}
