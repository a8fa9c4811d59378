import type { Market } from "../core/data_set.ts";
import { formatDay } from "../core/day.ts";
import type { Settings } from "../core/settings.ts";
import { twinKey } from "./corrections.ts";
import type { Aliases } from "./parse_aliases.ts";
import { type TermVectors, termVectors } from "./term_vectors.ts";
import { spanText, type TitleFacts, titleFacts } from "./title_facts.ts";
import { twinEvidence } from "./twin_evidence.ts";

/** Two contracts of different venues with similar titles, and whether they are one question. */
export interface TwinPair {
  /** Contract on Polymarket. */
  readonly marketA: string;
  /** Contract on the other venue. */
  readonly marketB: string;
  /** Cosine of the two titles' term weights, 0 to 1. */
  readonly similarity: number;
  /** Days between the scheduled ends; `null` where one of them is unknown. */
  readonly daysApart: number | null;
  /** What both are about: the words that they share, sorted. */
  readonly subject: string;
  /** The predicates that they share, sorted. */
  readonly predicate: string;
  /** The numbers that they share. */
  readonly numbers: string;
  /** The two deadlines, "to 2025-12-31 | 2025-01-01 to 2025-12-31"; a scheduled end in brackets. */
  readonly deadline: string;
  /** Whether subject, predicate, numbers and deadline agree. Never a proof: a person compares rules. */
  readonly accepted: boolean;
  /** What does not agree; for an accepted pair what the deadline rests on. */
  readonly reason: string;
}

/** What stands in place of the evidence where a person says that a pair is two questions. */
export const REJECTED_BY_PERSON = "a person: different";

/** The pairs with those that people rejected no longer accepted, in the order given. */
export function withRejectedTwins(
  pairs: readonly TwinPair[],
  rejectedTwins: ReadonlySet<string>,
): TwinPair[] {
  return pairs.map((pair) =>
    pair.accepted && rejectedTwins.has(twinKey(pair.marketA, pair.marketB))
      ? { ...pair, accepted: false, reason: REJECTED_BY_PERSON }
      : pair
  );
}

/** What {@link twinPairs} rests on. */
export interface TwinOptions {
  readonly settings: Settings["universe"];
  /** Of `config/aliases.yaml`. */
  readonly aliases: Aliases;
  /** Rejected pairs that each contract keeps, the most similar ones. */
  readonly nRejected?: number;
}

/**
 * Contracts listed on two venues with similar titles, those that are one question accepted.
 *
 * Similar text is not the same contract, so an accepted pair must agree in subject, predicate,
 * numbers with their comparison and unit, side of a game, and deadline; a pair that agrees in
 * meaning with other words is missed rather than guessed. A person compares the rule texts.
 *
 * Missing: a market without a title is in no pair.
 * Cost: O(pairs of the two venues that share a term).
 * Source: cosine of TF-IDF vectors of words and pairs of words, see {@link termVectors}.
 *
 * @returns Sorted by similarity, then by the two ids, whatever the order of the markets.
 */
export function twinPairs(
  markets: readonly Market[],
  { settings, aliases, nRejected = 3 }: TwinOptions,
): TwinPair[] {
  const facts = markets.flatMap((market, j) => titleFacts(market, j, aliases));
  const vectors = termVectors(facts.map(({ terms }) => terms));
  const compare = {
    opposite: aliases.opposite,
    maxDaysApart: settings.twin_max_days_apart.value,
  };
  const isFirst = (i: number) => markets[facts[i]!.market]!.venue === "polymarket";
  const accepted: TwinPair[] = [];
  const nearest = facts.map((): Rejected[] => []);
  const idOf = (i: number) => markets[facts[i]!.market]!.marketId;
  const closer = (x: Rejected, y: Rejected) =>
    y.similarity - x.similarity || byText(idOf(x.a), idOf(y.a)) || byText(idOf(x.b), idOf(y.b));
  forSimilarPairs(vectors, { isFirst, least: settings.twin_title_similarity.value }, (pair) => {
    const [a, b] = [facts[pair.a]!, facts[pair.b]!];
    const isTwin = couldAgree(a, b) && twinEvidence(a, b, compare).accepted;
    if (isTwin) accepted.push(pairOf(pair, { markets, facts, compare }));
    else for (const i of [pair.a, pair.b]) keepNearest(nearest[i]!, pair, { closer, nRejected });
  });
  const rejected = new Set(nearest.flat());
  return [
    ...accepted,
    ...Array.from(rejected, (pair) => pairOf(pair, { markets, facts, compare })),
  ].sort((x, y) =>
    y.similarity - x.similarity || byText(x.marketA, y.marketA) || byText(x.marketB, y.marketB)
  );
}

interface Rejected {
  readonly a: number;
  readonly b: number;
  readonly similarity: number;
}

/** Inserts a pair into a sorted list of at most `nRejected`. */
function keepNearest(
  list: Rejected[],
  pair: Rejected,
  { closer, nRejected }: { closer: (x: Rejected, y: Rejected) => number; nRejected: number },
) {
  if (list.length === nRejected && (nRejected === 0 || closer(pair, list.at(-1)!) >= 0)) return;
  if (list.length === nRejected) list.pop();
  let at = list.length;
  while (at > 0 && closer(pair, list[at - 1]!) < 0) --at;
  list.splice(at, 0, pair);
}

/** A quick look before the whole comparison: most pairs differ in the number of words already. */
function couldAgree(a: TitleFacts, b: TitleFacts): boolean {
  return a.subject.length === b.subject.length && a.predicate.length === b.predicate.length &&
    a.numbers.length === b.numbers.length && a.subject[0] === b.subject[0];
}

/** Calls `found` for each pair of a first and another text whose cosine is at least `least`. */
function forSimilarPairs(
  { terms, offsets, term, weight }: TermVectors,
  { isFirst, least }: { isFirst: (i: number) => boolean; least: number },
  found: (pair: Rejected) => void,
) {
  const n = offsets.length - 1;
  const first = Array.from({ length: n }, (_, i) => isFirst(i));
  const starts = new Uint32Array(terms.length + 1);
  for (let i = 0; i < n; ++i) {
    if (first[i]) continue;
    for (let e = offsets[i]!; e < offsets[i + 1]!; ++e) ++starts[term[e]! + 1]!;
  }
  for (let t = 0; t < terms.length; ++t) starts[t + 1]! += starts[t]!;
  const next = starts.slice();
  const text = new Uint32Array(starts.at(-1)!), share = new Float64Array(text.length);
  for (let i = 0; i < n; ++i) {
    if (first[i]) continue;
    for (let e = offsets[i]!; e < offsets[i + 1]!; ++e) {
      const at = next[term[e]!]!++;
      text[at] = i;
      share[at] = weight[e]!;
    }
  }
  const product = new Float64Array(n), touched = new Uint32Array(n);
  for (let a = 0; a < n; ++a) {
    if (!first[a]) continue;
    let nTouched = 0;
    for (let e = offsets[a]!; e < offsets[a + 1]!; ++e) {
      const t = term[e]!, own = weight[e]!;
      for (let at = starts[t]!; at < starts[t + 1]!; ++at) {
        const b = text[at]!;
        if (product[b] === 0) touched[nTouched++] = b;
        product[b]! += own * share[at]!;
      }
    }
    for (let k = 0; k < nTouched; ++k) {
      const b = touched[k]!, similarity = product[b]!;
      product[b] = 0;
      if (similarity >= least) found({ a, b, similarity: Math.min(similarity, 1) });
    }
  }
}

function pairOf(
  { a, b, similarity }: Rejected,
  { markets, facts, compare }: {
    markets: readonly Market[];
    facts: readonly TitleFacts[];
    compare: Parameters<typeof twinEvidence>[2];
  },
): TwinPair {
  const [one, other] = [facts[a]!, facts[b]!];
  const common = (x: readonly string[], y: readonly string[]) =>
    x.filter((word) => y.includes(word)).join(" ");
  return {
    marketA: markets[one.market]!.marketId,
    marketB: markets[other.market]!.marketId,
    similarity,
    daysApart: one.endsAt === null || other.endsAt === null
      ? null
      : Math.abs(one.endsAt - other.endsAt),
    subject: common(one.subject, other.subject),
    predicate: common(one.predicate, other.predicate),
    numbers: common(one.numbers, other.numbers),
    deadline: `${deadlineText(one)} | ${deadlineText(other)}`,
    ...twinEvidence(one, other, compare),
  };
}

function deadlineText({ deadline, endsAt }: TitleFacts): string {
  if (deadline !== null) return spanText(deadline);
  return endsAt === null ? "unknown" : `(${formatDay(Math.floor(endsAt))})`;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
