import { randomStream } from "../core/random.ts";
import { balancedPurity } from "../stats/balanced_purity.ts";
import { adjustedMutualInformation, adjustedRandIndex, purity } from "../stats/label_agreement.ts";
import { type AgreementEvidence, permutedAgreement } from "../stats/permuted_agreement.ts";
import { type MarketWitnesses, sortedWitnesses, themeByWords } from "./market_witnesses.ts";
import { type ThemeCell, themeCells } from "./theme_cells.ts";

/** How well clusters and themes agree, over the events that have both. */
export interface ThemeAgreement {
  /** Every pair, by cluster, then theme. */
  readonly cells: readonly ThemeCell[];
  readonly adjustedRand: AgreementEvidence;
  readonly adjustedMutualInformation: AgreementEvidence;
  readonly purity: AgreementEvidence;
  readonly balancedPurity: AgreementEvidence;
  /** The adjusted Rand index with every studied event that is in no cluster as one of its own. */
  readonly unplacedRand: AgreementEvidence;
  /** Purity of one big cluster; NaN without an event that has both. */
  readonly largestThemeShare: number;
  readonly nClusters: number;
  readonly nThemes: number;
  /** Events with both a cluster and a theme. */
  readonly nBoth: number;
  /** Events in a cluster that words leave without a theme; not compared. */
  readonly nUncategorized: number;
  /** Events whose prices were studied, and those of them that are in a cluster. */
  readonly nStudied: number;
  readonly nPlaced: number;
}

/**
 * Agreement of clusters and themes: every pair's count against independence, and measures of the
 * whole against random orders of the themes.
 *
 * A large theme makes any clusters look pure, so nothing is judged by its size alone. A method that
 * places only what it is sure of agrees the better for it, so the Rand index is also given with every
 * unplaced event as a cluster of its own. Events without a theme are left out rather than taken as a
 * theme of their own: that two are uncategorized does not make them alike. The clusters must be made
 * of prices alone: one that has looked at titles agrees with words by construction, and no random
 * order takes that out.
 *
 * NaN: the measures where the events that have both are of fewer than two clusters or two themes, as
 * there is nothing to compare. The order of the events does not matter.
 * Cost: O(permutations · events · (clusters + themes)).
 *
 * @param witnesses At most one an event; several would count one agreement many times.
 * @param options.permutations Random orders of the themes.
 * @throws {RangeError} If a market or an event is listed twice, a cluster's number is not whole and
 *   >= −1 or `permutations` not whole and >= 1.
 */
export function themeAgreement(
  witnesses: readonly MarketWitnesses[],
  { permutations, seed }: { readonly permutations: number; readonly seed: number },
): ThemeAgreement {
  const sorted = sortedWitnesses(witnesses);
  const clustered = sorted.filter(({ clusterId }) => clusterId >= 0);
  const studied = sorted.filter(({ clusterId, isStudied }) => isStudied || clusterId >= 0);
  const both = labelled(clustered), all = labelled(studied);
  const nClusters = new Set(both.clusters).size, nThemes = new Set(both.themes).size;
  const isComparable = nClusters >= 2 && nThemes >= 2;
  const evidence = (
    { clusters, themes }: Labels,
    measures: Parameters<typeof permutedAgreement>[1],
    stream: string,
  ) =>
    permutedAgreement(isComparable ? [clusters, themes] : [[], []], measures, {
      permutations,
      random: randomStream(seed, stream),
    });
  const [rand, information, plain, balanced] = evidence(
    both,
    [adjustedRandIndex, adjustedMutualInformation, plainPurity, balancedPurity],
    "theme orders",
  ) as [AgreementEvidence, AgreementEvidence, AgreementEvidence, AgreementEvidence];
  const [unplacedRand] = evidence(all, [adjustedRandIndex], "theme orders of all");
  return {
    cells: themeCells(clustered),
    ...{ adjustedRand: rand, adjustedMutualInformation: information, purity: plain },
    ...{ balancedPurity: balanced, unplacedRand: unplacedRand! },
    largestThemeShare: purity(both.clusters, both.themes).majorityShare,
    ...{ nClusters, nThemes, nBoth: both.themes.length },
    nUncategorized: clustered.length - both.themes.length,
    ...{ nStudied: studied.length, nPlaced: clustered.length },
  };
}

interface Labels {
  readonly clusters: readonly number[];
  readonly themes: readonly number[];
}

/** Cluster and theme of the events that have a theme; each one without a cluster is one of its own. */
function labelled(witnesses: readonly MarketWitnesses[]): Labels {
  const themed = witnesses.filter((one) => themeByWords(one) !== null);
  const names = [...new Set(themed.map(({ theme }) => theme!))].sort();
  const codeOf = new Map(names.map((theme, code) => [theme, code]));
  const free = 1 + themed.reduce((most, { clusterId }) => Math.max(most, clusterId), -1);
  return {
    clusters: themed.map(({ clusterId }, i) => clusterId < 0 ? free + i : clusterId),
    themes: themed.map(({ theme }) => codeOf.get(theme!)!),
  };
}

function plainPurity(clusters: ArrayLike<number>, themes: ArrayLike<number>): number {
  return purity(clusters, themes).purity;
}
