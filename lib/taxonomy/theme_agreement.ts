import { randomStream } from "../core/random.ts";
import { balancedPurity } from "../stats/balanced_purity.ts";
import { contingencyCells } from "../stats/contingency_cells.ts";
import {
  adjustedMutualInformation,
  adjustedRandIndex,
  contingency,
  purity,
} from "../stats/label_agreement.ts";
import { type AgreementEvidence, permutedAgreement } from "../stats/permuted_agreement.ts";
import { type MarketWitnesses, sortedWitnesses, themeByWords } from "./market_witnesses.ts";

/** How many markets a cluster and a theme share, beside what chance would give. */
export interface ThemeCell {
  readonly clusterId: number;
  readonly clusterLabel: string;
  readonly theme: string;
  readonly nMarkets: number;
  /** Markets of the cluster that have a theme, and of the theme that have a cluster. */
  readonly nCluster: number;
  readonly nTheme: number;
  readonly expected: number;
  /** Distance from it in standard errors; NaN where one cluster or theme has every market. */
  readonly residual: number;
  /** Exact chance of at least as many. */
  readonly pValue: number;
  /** The same for all pairs of cluster and theme together. */
  readonly qValue: number;
}

/** How well clusters and themes agree, over the markets that have both. */
export interface ThemeAgreement {
  /** Every pair, by cluster, then theme. */
  readonly cells: readonly ThemeCell[];
  readonly adjustedRand: AgreementEvidence;
  readonly adjustedMutualInformation: AgreementEvidence;
  readonly purity: AgreementEvidence;
  readonly balancedPurity: AgreementEvidence;
  /** Purity of one big cluster; NaN without a market that has both. */
  readonly largestThemeShare: number;
  readonly nClusters: number;
  readonly nThemes: number;
  /** Markets with both a cluster and a theme. */
  readonly nBoth: number;
  /** Markets in a cluster that words leave without a theme; not compared. */
  readonly nUncategorized: number;
  /** Markets with a theme that are in no cluster; not compared. */
  readonly nUnclustered: number;
}

/**
 * Agreement of clusters and themes: every pair's count against independence, and four measures of
 * the whole against random orders of the themes.
 *
 * A large theme makes any clusters look pure, so nothing is judged by its size alone. Markets
 * without a theme are left out rather than taken as a theme of their own: that two markets are
 * uncategorized does not make them alike. The clusters must be made of prices alone: one that has
 * looked at titles agrees with words by construction, and no random order takes that out.
 *
 * NaN: the measures where no market has both. The order of the markets does not matter.
 * Cost: O(permutations · markets · (clusters + themes)).
 *
 * @param markets At most one an event; several would count one agreement many times.
 * @param options.permutations Random orders of the themes.
 * @throws {RangeError} If a market is listed twice, a cluster's number is not whole and >= −1 or
 *   `permutations` not whole and >= 1.
 */
export function themeAgreement(
  markets: readonly MarketWitnesses[],
  { permutations, seed }: { readonly permutations: number; readonly seed: number },
): ThemeAgreement {
  const sorted = sortedWitnesses(markets);
  const themed = sorted.filter((market) => themeByWords(market) !== null);
  const clustered = sorted.filter(({ clusterId }) => clusterId >= 0);
  const both = themed.filter(({ clusterId }) => clusterId >= 0);
  const themes = [...new Set(both.map(({ theme }) => theme!))].sort();
  const codeOf = new Map(themes.map((theme, code) => [theme, code]));
  const a = both.map(({ clusterId }) => clusterId);
  const b = both.map(({ theme }) => codeOf.get(theme!)!);
  const table = contingency(a, b);
  const labels = new Map(both.map(({ clusterId, clusterLabel }) => [clusterId, clusterLabel]));
  const [rand, information, plain, balanced] = permutedAgreement(
    [a, b],
    [adjustedRandIndex, adjustedMutualInformation, plainPurity, balancedPurity],
    { permutations, random: randomStream(seed, "theme orders") },
  ) as [AgreementEvidence, AgreementEvidence, AgreementEvidence, AgreementEvidence];
  return {
    cells: contingencyCells(table).map(({ row, column, count, ...against }) => ({
      clusterId: table.rowLabels[row]!,
      clusterLabel: labels.get(table.rowLabels[row]!)!,
      theme: themes[column]!,
      nMarkets: count,
      nCluster: table.rowTotals[row]!,
      nTheme: table.columnTotals[column]!,
      ...against,
    })),
    ...{ adjustedRand: rand, adjustedMutualInformation: information, purity: plain },
    balancedPurity: balanced,
    largestThemeShare: purity(a, b).majorityShare,
    ...{ nClusters: table.rowLabels.length, nThemes: themes.length, nBoth: both.length },
    nUncategorized: clustered.length - both.length,
    nUnclustered: themed.length - both.length,
  };
}

function plainPurity(clusters: ArrayLike<number>, themes: ArrayLike<number>): number {
  return purity(clusters, themes).purity;
}
