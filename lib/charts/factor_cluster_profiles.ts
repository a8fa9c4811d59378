import { countOf, countText, periodText, shareText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { profileLegend, profileMap } from "./factor_cluster_map.ts";
import { type Figure, figure } from "./figure.ts";
import { checkPercentile, standingText } from "./null_band.ts";
import { cleanText } from "./text_lines.ts";
import { decimalText } from "./value_ticks.ts";

/** One cluster of contracts by its mean loadings. */
export interface ProfileCluster {
  /** "+SPY −^TNX" or "no common factor". */
  readonly name: string;
  /** Contracts. */
  readonly size: number;
  /** One a factor. */
  readonly means: readonly number[];
  /** Whether a mean lies beyond what clusters of shifted moves show, one a factor. */
  readonly isDistinguishable: readonly boolean[];
}

/** What {@link factorClusterProfilesChart} draws. */
export interface FactorClusterProfiles {
  /** "k-means on shrunk loadings". */
  readonly method: string;
  /** What a loading is in: "log-odds". */
  readonly unit: string;
  /** In any order; groups are drawn in the order of their first factor. */
  readonly factors: readonly { readonly symbol: string; readonly group: string }[];
  readonly clusters: readonly ProfileCluster[];
  /** Contracts that were divided, with those of no cluster. */
  readonly nContracts: number;
  readonly silhouette: number;
  /** Share of the shifts with a lower silhouette, in [0, 1]. */
  readonly percentile: number;
  readonly nShifts: number;
  /** Days of the moves, UTC. */
  readonly firstDay: number;
  readonly lastDay: number;
}

const NAME = "factor_cluster_profiles";
const MAX_CLUSTERS = 20;

/**
 * What each cluster of contracts loads on, and whether that is more than clusters of noise show.
 *
 * Clusters as rows, the largest first, factors as columns by group; a hatched cell is a mean that
 * clusters of shifted moves reach too, in a pale colour and without its number.
 *
 * @throws {RangeError} If a cluster has not one mean a factor, or the percentile is not in [0, 1].
 */
export function factorClusterProfilesChart(
  view: FactorClusterProfiles,
  context: ChartContext,
): Figure {
  const { clusters, factors, nContracts, nShifts, silhouette, percentile } = view;
  checkPercentile(percentile, "silhouette");
  for (const { name, means, isDistinguishable } of clusters) {
    if (means.length !== factors.length || isDistinguishable.length !== factors.length) {
      throw new RangeError(
        `Cannot draw cluster "${name}" as it must have one mean for each of ${factors.length} factors: got ${means.length}`,
      );
    }
  }
  if (clusters.length === 0 || factors.length === 0) {
    return figure({
      name: NAME,
      title: "There is no factor cluster, so there is no profile",
      subtitle: "Mean loading of each cluster of contracts on each factor.",
      alt: "Nothing is drawn: no cluster was found.",
      context,
      body: "no factor clusters",
    });
  }
  const grouped = byGroup(view);
  const sorted = grouped.clusters.map((cluster, k) => ({ ...cluster, k }))
    .sort((a, b) => b.size - a.size || a.k - b.k);
  const drawn = sorted.slice(0, MAX_CLUSTERS);
  const title = finding(view, sorted);
  const legend = profileLegend(grouped, drawn), map = profileMap(grouped, drawn, legend.height);
  const nPlaced = clusters.reduce((sum, { size }) => sum + size, 0);
  const stands = Number.isNaN(silhouette)
    ? "the silhouette was not measured"
    : `silhouette ${decimalText(silhouette, 2)}, ${standingText(percentile, nShifts)}`;
  return figure({
    name: NAME,
    title,
    subtitle: `${
      cleanText(view.method)
    }: mean loading of a cluster’s contracts, ${view.unit} for one standard deviation of the factor. n\u00a0=\u00a0${
      countOf(nContracts, "contract")
    }, ${countOf(factors.length, "factor")}; ${stands}. ${
      periodText(view.firstDay, view.lastDay)
    }.`,
    alt: `${title}. ${
      drawn.slice(0, 8).map(({ name, size }) =>
        `${cleanText(name)}: ${countOf(size, "contract")} (${shareText(size / nContracts)})`
      ).join("; ")
    }.`,
    context,
    notes: [
      nShifts === 0
        ? "Hatched and pale: no null was measured, so no mean can be told from noise."
        : `Hatched and pale: clusters of shifted moves reach as large a mean in more than 5% of ${
          countOf(nShifts, "shift")
        }. Clusters are made to differ, so an interval that takes them as given would call noise certain.`,
      ...(nPlaced === nContracts ? [] : [
        `${countOf(nContracts - nPlaced, "contract")} of ${countText(nContracts)} in no cluster.`,
      ]),
      ...(sorted.length === drawn.length
        ? []
        : [`${countOf(sorted.length - drawn.length, "smaller cluster")} not drawn.`]),
    ],
    height: legend.height + map.height,
    body: [legend, map],
  });
}

/** The view with the factors of each group side by side. */
function byGroup(view: FactorClusterProfiles): FactorClusterProfiles {
  const order = [...Map.groupBy(view.factors.keys(), (f) => view.factors[f]!.group).values()]
    .flat();
  return {
    ...view,
    factors: order.map((f) => view.factors[f]!),
    clusters: view.clusters.map((cluster) => ({
      ...cluster,
      means: order.map((f) => cluster.means[f]!),
      isDistinguishable: order.map((f) => cluster.isDistinguishable[f]!),
    })),
  };
}

function finding(
  { nContracts, nShifts }: FactorClusterProfiles,
  sorted: readonly ProfileCluster[],
): string {
  const largest = sorted[0]!;
  const isNamed = ({ isDistinguishable }: ProfileCluster) => isDistinguishable.includes(true);
  const named = sorted.filter(isNamed).length;
  const share = shareText(largest.size / nContracts);
  if (nShifts === 0) {
    return `Whether ${countOf(sorted.length, "factor cluster")} ${
      sorted.length === 1 ? "loads" : "load"
    } on anything is open: no null was measured`;
  }
  if (named === 0) {
    return `No factor cluster of ${sorted.length} loads on a factor more than noise does; the largest holds ${share} of contracts`;
  }
  const which = `${named} of ${countOf(sorted.length, "factor cluster")} ${
    named === 1 ? "loads" : "load"
  } on a factor more than noise does`;
  return isNamed(largest)
    ? `${which}; the largest, ${share} of contracts, is ${cleanText(largest.name)}`
    : `${which}; the largest, ${share} of contracts, does not`;
}
