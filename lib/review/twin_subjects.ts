import type { Market } from "../core/data_set.ts";
import { contractTitle } from "../taxonomy/contract_title.ts";
import { twinKey } from "../taxonomy/corrections.ts";
import type { TwinPair } from "../taxonomy/twins.ts";
import { seenHash, type Subject } from "./subject.ts";
import { subjectTitle } from "./subject_title.ts";

/**
 * Whether two contracts of different venues are one question, in the order of the pairs; a person is
 * waited for where the pair is accepted.
 *
 * Seen: both titles, quoted outcomes, rule texts and scheduled ends, and the evidence. The similarity is
 * left out: it weighs words by all titles of the universe, so that any new contract would change it. What
 * a person rejected must still be accepted in the pairs given, or it would go stale by itself.
 *
 * The same pair gives the same subject from every list of pairs that it is in.
 *
 * @throws {RangeError} If a pair names a contract that is not among the markets.
 */
export function twinSubjects(
  pairs: readonly TwinPair[],
  markets: readonly Market[],
): Subject[] {
  const byId = new Map(markets.map((market) => [market.marketId, market]));
  const readingOf = (id: string) => {
    const market = byId.get(id);
    if (market === undefined) {
      throw new RangeError(
        `Cannot ask about twins as each contract must be one of ${markets.length} markets: got "${id}"`,
      );
    }
    const { outcome, description, closesAtMs } = market;
    return [contractTitle(market), outcome, description, closesAtMs] as const;
  };
  return pairs.map((pair): Subject => {
    const { marketA, marketB, daysApart, subject, predicate, numbers, deadline } = pair;
    const [a, b] = [readingOf(marketA), readingOf(marketB)];
    return {
      ...{ kind: "twin", id: twinKey(marketA, marketB), isRequired: pair.accepted },
      title: subjectTitle(`${a[0] ?? marketA} | ${b[0] ?? marketB}`),
      seen: seenHash([
        ...[marketA, a, marketB, b, daysApart, subject, predicate, numbers, deadline],
        ...[pair.accepted, pair.reason],
      ]),
    };
  });
}
