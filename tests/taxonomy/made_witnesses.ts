import { randomIndex, randomStream } from "lib/core/random.ts";
import { type ClusterTheme, clusterThemes, themesByOthers } from "lib/taxonomy/cluster_themes.ts";
import { clusterEvidence, type MarketWitnesses } from "lib/taxonomy/market_witnesses.ts";
import { themeAgreement } from "lib/taxonomy/theme_agreement.ts";

export const OPTIONS = {
  ...{ falseDiscoveryRate: 0.05, minMembers: 3, minShare: 0.5, stableJaccard: 0.75 },
};

/** The market of an event of its own, in no cluster, with a sure theme, unless told otherwise. */
export function witness(marketId: string, facts: Partial<MarketWitnesses> = {}): MarketWitnesses {
  return {
    ...{ marketId, clusterId: -1, clusterLabel: "", clusterStability: NaN, clusterP: NaN },
    ...{ eventId: `event of ${marketId}`, nContracts: 1, isStudied: false },
    ...{ theme: "crypto_digital", confidence: 0.9 },
    ...facts,
  };
}

/** Facts of a cluster by its number: 0 and 1 are trusted, 2 is not stable, 3 not beyond noise. */
export function inCluster(clusterId: number): Partial<MarketWitnesses> {
  return {
    ...{ clusterId, isStudied: true },
    clusterLabel: `cluster ${clusterId}`,
    clusterStability: clusterId === 2 ? 0.6 : 0.9,
    clusterP: clusterId === 3 ? 0.2 : 0.01,
  };
}

/**
 * Forty markets of four clusters, each with eight markets of a theme of its own; in each one market
 * has the theme of the next cluster and one none. Two more are in no cluster.
 */
export function fourClusters(): MarketWitnesses[] {
  const themes = ["crypto_digital", "fed_monetary_policy", "middle_east", "us_elections"];
  const clustered = themes.flatMap((theme, c) =>
    Array.from({ length: 10 }, (_, k) =>
      witness(`poly:${c}${k}`, {
        ...inCluster(c),
        theme: k === 8 ? themes[(c + 1) % 4]! : k === 9 ? "uncategorized" : theme,
        confidence: k === 9 ? 0.3 : 0.9,
      }))
  );
  return [
    ...clustered,
    witness("poly:x0", { theme: "us_elections" }),
    witness("poly:x1", { theme: null, confidence: NaN }),
  ];
}

/** Markets whose themes have nothing to do with their clusters; one theme has most of them. */
export function unrelated(n: number, seed: number): MarketWitnesses[] {
  const random = randomStream(seed, "unrelated");
  const themes = ["sports", "sports", "sports", "sports", "crypto_digital", "us_elections"];
  return Array.from({ length: n }, (_, i) =>
    witness(`poly:${String(i).padStart(4, "0")}`, {
      ...inCluster(randomIndex(random, 4)),
      theme: themes[randomIndex(random, themes.length)]!,
    }));
}

/** Themes of clusters by their other events, with the usual limits. */
export function othersOf(markets: readonly MarketWitnesses[]): Map<string, ClusterTheme> {
  return themesByOthers(markets, { ...OPTIONS, pValues: "family" });
}

/** The clusters' themes of these markets. */
export function themesOf(markets: readonly MarketWitnesses[]): ClusterTheme[] {
  const agreement = themeAgreement(markets, { permutations: 19, seed: 7 });
  return clusterThemes(agreement, clusterEvidence(markets, { pValues: "family" }), OPTIONS);
}
