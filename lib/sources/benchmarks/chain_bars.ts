import type { BenchmarkKind } from "../../core/data_set.ts";
import type { BarsFact } from "../live/fact.ts";
import { mergeSpans } from "../live/spans.ts";

/** An answer with closes, and when it was known. */
export type KnownBars = BarsFact & { readonly knownAtMs: number };

/** Close of a UTC day. */
export interface DayClose {
  readonly day: number;
  readonly close: number;
}

/**
 * One series from all answers about a symbol.
 *
 * All of it comes from one provider, since a seam between two would be a move that nobody saw: from
 * the first in the symbol's order that is whole. Whole is a provider without a hole between its
 * answers whose first and last close are at most `slackDays` inside the first and last close of all;
 * where none is, the one with the most closes serves. So a day on which the first choice could not be
 * reached does not turn the series over; a first choice that stays away does.
 *
 * Prices are adjusted for dividends, and each answer is on a scale of its own: its ratios are chained
 * to the answers before it at the last day that both have. The scale is that of the answer known
 * first, and a close once given stays, so that a later pull adds days and changes none. Answers
 * that share no day with the others are left out: their level would be a guess. Other kinds are on
 * no scale: of several answers about a day the one known last stands.
 *
 * Null: a day without a close in any answer has no row.
 * Cost: O(n) for n bars in answers that follow each other, besides their sorting.
 *
 * @param facts Answers about one symbol, in any order.
 * @param options.slackDays Calendar days; as long as a pull asks again for days that it has, a gap of
 *   so many heals by itself.
 * @returns Days increasing, closes finite.
 */
export function chainBars(
  facts: readonly KnownBars[],
  kind: BenchmarkKind,
  { slackDays = 10 }: { slackDays?: number } = {},
): DayClose[] {
  const withCloses = facts.filter(({ bars }) => bars.some(({ close }) => close !== null));
  const provider = wholeProvider(withCloses, slackDays);
  const answers = withCloses.filter((fact) => fact.provider === provider).toSorted((a, b) =>
    a.knownAtMs - b.knownAtMs || a.toMs - b.toMs || a.fromMs - b.fromMs
  );
  const closes = kind === "price" ? chained(answers.map(scaledCloses)) : latest(answers);
  return [...closes].map(([day, close]) => ({ day, close })).sort((a, b) => a.day - b.day);
}

function wholeProvider(facts: readonly KnownBars[], slackDays: number): number | undefined {
  const reaches = [...new Set(facts.map(({ provider }) => provider))].sort((a, b) => a - b)
    .map((provider) => {
      const own = facts.filter((fact) => fact.provider === provider);
      const days = new Set<number>();
      let first = Infinity, last = -Infinity;
      for (const { bars } of own) {
        for (const { day, close } of bars) {
          if (close === null) continue;
          days.add(day);
          first = Math.min(first, day);
          last = Math.max(last, day);
        }
      }
      return { provider, first, last, nCloses: days.size, nSpans: mergeSpans(own).length };
    });
  const first = Math.min(...reaches.map((reach) => reach.first));
  const last = Math.max(...reaches.map((reach) => reach.last));
  const whole = reaches.find((reach) =>
    reach.nSpans === 1 && reach.first <= first + slackDays && reach.last >= last - slackDays
  );
  return (whole ?? reaches.toSorted((a, b) => b.nCloses - a.nCloses)[0])?.provider;
}

/** Closes on one scale: adjusted ones where the answer has any, else as quoted. */
function scaledCloses({ bars }: KnownBars): Map<number, number> {
  const isAdjusted = bars.some(({ adjusted }) => adjusted !== null);
  const closes = new Map<number, number>();
  for (const { day, close, adjusted } of bars) {
    const value = isAdjusted ? adjusted : close;
    if (close !== null && value !== null) closes.set(day, value);
  }
  return closes;
}

function latest(answers: readonly KnownBars[]): Map<number, number> {
  const closes = new Map<number, number>();
  for (const { bars } of answers) {
    for (const { day, close } of bars) if (close !== null) closes.set(day, close);
  }
  return closes;
}

/** The longest chain of answers that share days; of equally long ones that known first. */
function chained(answers: readonly ReadonlyMap<number, number>[]): Map<number, number> {
  let longest = new Map<number, number>();
  let waiting = answers;
  while (waiting.length > 0) {
    const chain = new Map(waiting[0]);
    let nBefore = Infinity;
    waiting = waiting.slice(1);
    while (waiting.length < nBefore) {
      nBefore = waiting.length;
      waiting = waiting.filter((answer) => !joined(chain, answer));
    }
    if (chain.size > longest.size) longest = chain;
  }
  return longest;
}

/** Adds an answer's days to the chain, on the chain's scale; false where they share no day. */
function joined(chain: Map<number, number>, answer: ReadonlyMap<number, number>): boolean {
  let common = -Infinity;
  for (const day of answer.keys()) if (day > common && chain.has(day)) common = day;
  if (common === -Infinity) return false;
  const scale = chain.get(common)! / answer.get(common)!;
  for (const [day, value] of answer) if (!chain.has(day)) chain.set(day, value * scale);
  return true;
}
