import type { HoldableContract } from "lib/baskets/holdable.ts";
import type { Market } from "lib/core/data_set.ts";
import type { ClustersAt, ContractCluster } from "lib/decide/clusters_at.ts";
import type { WordsAt } from "lib/decide/words_at.ts";
import { market } from "../universe/daily_prices.ts";

/** What is known of one contract, whose event it is the only one of. */
export interface MadeContract {
  readonly marketId: string;
  readonly question?: string;
  readonly outcome?: string;
  readonly words?: string;
  /** −1 in none. */
  readonly cluster?: number;
}

/** A decision of contracts by hand, sorted by market id. */
export function madeWitnesses(
  contracts: readonly MadeContract[],
  clusters: readonly Partial<ContractCluster>[] = [],
): {
  markets: readonly Market[];
  holdables: readonly HoldableContract[];
  words: WordsAt;
  clusters: ClustersAt;
} {
  const cluster = Int32Array.from(contracts, (one) => one.cluster ?? -1);
  return {
    markets: contracts.map(({ marketId, question = null, outcome = "Yes" }) =>
      market({ marketId, question, outcome })
    ),
    holdables: contracts.map(({ marketId }, k): HoldableContract => ({
      ...{ market: k, marketId, venue: "polymarket", eventId: `event ${k}` },
      ...{ tickerId: `ticker ${k}`, price: 0.5, pricedOn: 0, closesAtMs: null },
      ...{ volumeUsd: NaN, liquidityUsd: NaN, nAlternatives: 1 },
    })),
    words: {
      tree: {
        links: contracts.map((_, k) => ({
          ...{ market: k, ticker: k, event: k, method: "title", confidence: 1, period: null },
        })),
        tickers: [],
        events: [],
      },
      themes: contracts.map((one) => one.words ?? "uncategorized"),
      confidence: contracts.map((one) => one.words === undefined ? NaN : 0.9),
      nUnanswered: 0,
    },
    clusters: {
      cluster,
      sides: contracts.map((_, k) => cluster[k]! < 0 ? null : k % 2 === 0 ? "yes" : "no"),
      clusters: clusters.map((one, c) => ({
        ...{ id: `cluster_0${c + 1}`, name: `words of ${c}`, stability: 0.9, pValue: 0.025 },
        nContracts: cluster.filter((other) => other === c).length,
        ...one,
      })),
    },
  };
}

/**
 * Two clusters of ten: nine of crypto with one of the Fed, nine of the Fed with one of no theme; and
 * two contracts in none.
 */
export function twoClusters(first: Partial<ContractCluster> = {}) {
  const of = (cluster: number, k: number): MadeContract => {
    const themes = ["crypto_digital", "fed_monetary_policy"], odd = [themes[1], undefined];
    const words = k === 9 ? odd[cluster] : themes[cluster];
    return { marketId: `poly:${cluster}${k}`, cluster, ...words === undefined ? {} : { words } };
  };
  const tens = [0, 1].flatMap((c) => Array.from({ length: 10 }, (_, k) => of(c, k)));
  return madeWitnesses([
    ...tens,
    { marketId: "poly:x0", question: "Will the NBA expand?", words: "sports" },
    { marketId: "poly:x1", question: "Will Bitcoin double?" },
  ], [first, {}]);
}
