import type { ClusterTheme } from "./cluster_themes.ts";
import { type MarketWitnesses, sortedWitnesses, themeByWords } from "./market_witnesses.ts";
import { UNCATEGORIZED } from "./themes.ts";

/** Which witness decided. */
export type ReconciliationRule =
  /** The cluster's theme is that of the words. */
  | "both agree"
  /** A trusted cluster says otherwise than the words: its theme, and a person looks at it. */
  | "statistics"
  /** A cluster that is not trusted says otherwise: the words' theme, and a person looks at it. */
  | "review"
  /** No cluster, or one without a theme. */
  | "words only"
  /** No theme of the words and no trusted cluster with one. */
  | "neither";

/** A market with its final theme and where it comes from. */
export interface ReconciledMarket {
  readonly marketId: string;
  /** Final theme, or `UNCATEGORIZED`. */
  readonly theme: string;
  readonly rule: ReconciliationRule;
  /** The classifier's theme as it was given. */
  readonly wordsTheme: string | null;
  readonly confidence: number;
  /** `null` where the market is in no cluster. */
  readonly cluster: ClusterTheme | null;
}

/**
 * The final theme of each market from its two witnesses, by the seed plan's four rules.
 *
 * The plan lets prices overrule words whenever a cluster is "strong". On a month or two of daily
 * prices most correlation is noise, so here they do only where the cluster is stable and beyond
 * noise after adjusting for all clusters; any other contradiction keeps the words and goes to a
 * person.
 *
 * The rule follows from the market's own words and its own cluster alone.
 *
 * @param clusters One for every cluster that a market is in.
 * @returns By market id.
 * @throws {RangeError} If a market is listed twice or its cluster is not among `clusters`.
 */
export function reconciled(
  markets: readonly MarketWitnesses[],
  clusters: readonly ClusterTheme[],
): ReconciledMarket[] {
  const byId = new Map(clusters.map((cluster) => [cluster.clusterId, cluster]));
  return sortedWitnesses(markets).map((market) => {
    const cluster = byId.get(market.clusterId) ?? null;
    if (cluster === null && market.clusterId >= 0) {
      throw new RangeError(
        `Cannot reconcile "${market.marketId}" as its cluster must be known: got ${market.clusterId}`,
      );
    }
    const words = themeByWords(market);
    const rule = ruleOf(words, cluster);
    const theme = (rule === "statistics" ? cluster!.theme : words) ?? UNCATEGORIZED;
    return {
      ...{ marketId: market.marketId, theme, rule, wordsTheme: market.theme },
      ...{ confidence: market.confidence, cluster },
    };
  });
}

function ruleOf(words: string | null, cluster: ClusterTheme | null): ReconciliationRule {
  const byPrices = cluster?.theme ?? null;
  if (byPrices === null) return words === null ? "neither" : "words only";
  if (byPrices === words) return "both agree";
  if (cluster!.isTrusted) return "statistics";
  return words === null ? "neither" : "review";
}
