import { type PairMatrix, pairMatrix } from "lib/core/pair_matrix.ts";
import { normalDraws, randomIndex, randomStream } from "lib/core/random.ts";
import { type Linkage, linkage } from "lib/cluster/linkage.ts";
import { type Partition, partition } from "lib/cluster/partition.ts";
import type { ChartContext } from "lib/charts/chart_context.ts";
import { clusterDendrogramChart } from "lib/charts/cluster_dendrogram.ts";
import { correlationHeatMapChart } from "lib/charts/correlation_heat_map.ts";
import { dendrogramChart } from "lib/charts/dendrogram.ts";
import type { Figure } from "lib/charts/figure.ts";
import { treesAgainstNullChart } from "lib/charts/trees_against_null.ts";
import type { TreeView } from "lib/charts/tree_view.ts";

const TOPICS = [
  "Fed · rate cut · Powell",
  "BTC · all-time high",
  "Senate · Democrats",
  "Ukraine · ceasefire",
  "Premier League · winner",
  "Oscars · best picture",
  "CPI · inflation",
  "Nvidia · earnings",
];
const ASKED = [
  "Will the Fed cut rates by 50 basis points or more at its meeting in",
  "Bitcoin above $100,000 on",
  "Which party wins the Senate seat in",
  "Ceasefire before the end of",
  "Who wins the league in",
];

/** Mean correlations within clusters of shifted moves. */
const NULL_WITHIN = [0.3, 0.31, 0.33, 0.34, 0.36];

/** A clustered universe as the run hands it to the charts of trees. */
export interface SyntheticTrees {
  readonly rho: PairMatrix;
  readonly view: TreeView;
}

/**
 * Items that follow one of `nGroups` factors, those of the last fifth none, correlated over
 * `nDays` days; average linkage, cut into groups and single items.
 */
export function syntheticTrees(
  n: number,
  { nGroups = Math.max(1, Math.round(1.6 * Math.cbrt(n))), nDays = 60, strength = 1 } = {},
): SyntheticTrees {
  const random = randomStream(7, `trees ${n}`), normal = normalDraws(random);
  const factors = Float64Array.from({ length: nGroups * nDays }, normal);
  const group = Array.from(
    { length: n },
    (_, i) =>
      i >= 0.8 * n ? -1 : Math.min(randomIndex(random, nGroups), randomIndex(random, nGroups)),
  );
  const moves = group.map((g) => {
    const row = Float64Array.from(
      { length: nDays },
      (_, t) => normal() + (g < 0 ? 0 : strength * factors[g * nDays + t]!),
    );
    const length = Math.hypot(...row);
    return row.map((x) => x / length);
  });
  const ids = moves.map((_, i) => `e${i}`);
  const values = new Float64Array(n * (n - 1) / 2);
  let at = 0;
  for (let i = 0; i < n; ++i) {
    for (let j = i + 1; j < n; ++j) {
      let sum = 0;
      for (let t = 0; t < nDays; ++t) sum += moves[i]![t]! * moves[j]![t]!;
      values[at++] = (i * 31 + j * 17) % 29 === 0 ? NaN : sum;
    }
  }
  const rho = pairMatrix(ids, values);
  const tree = averageTree(rho);
  const k = Math.min(n, nGroups + Math.ceil(Math.sqrt(n)));
  const clusters = cutInto(tree, k);
  return {
    rho,
    view: {
      tree,
      order: simpleOrder(tree),
      clusters,
      cutHeight: n < 2
        ? NaN
        : (tree.height[n - k - 1] ?? 0) / 2 + (tree.height[n - k] ?? tree.height.at(-1)!) / 2,
      labels: Array.from({ length: clusters.nClusters }, (_, c) => TOPICS[c % TOPICS.length]!),
      stability: Array.from(
        { length: clusters.nClusters },
        (_, c) => c === 4 ? NaN : 0.97 - 0.19 * (c % 5),
      ),
      titles: ids.map((_, i) => `${ASKED[i % ASKED.length]!} ${2025 + i % 3} (${i})`),
    },
  };
}

/** The tree of correlation distances. */
export function averageTree(rho: PairMatrix): Linkage {
  if (rho.ids.length === 0) return EMPTY_TREE;
  const distance = pairMatrix(rho.ids, rho.values.map((r) => 1 - r));
  return linkage(distance, { method: "average" });
}

/** No leaves, as a run without markets has it. */
export const EMPTY_TREE: Linkage = {
  ids: [],
  left: new Int32Array(0),
  right: new Int32Array(0),
  height: new Float64Array(0),
  size: new Int32Array(0),
};

/** The k clusters that the last k − 1 merges leave. */
export function cutInto(tree: Linkage, k: number): Partition {
  const n = tree.ids.length;
  const label = Int32Array.from({ length: 2 * n }, (_, node) => node);
  for (let m = n - 2; m >= 0; --m) {
    if (m > n - 1 - k) continue;
    label[tree.left[m]!] = label[tree.right[m]!] = label[n + m]!;
  }
  return partition(tree.ids, label.slice(0, n));
}

/** Leaves as a walk from the root meets them, left before right. */
export function simpleOrder(tree: Linkage): Int32Array {
  const n = tree.ids.length;
  const order: number[] = [];
  const stack = n === 0 ? [] : [Math.max(2 * n - 2, 0)];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node < n) order.push(node);
    else stack.push(tree.right[node - n]!, tree.left[node - n]!);
  }
  return Int32Array.from(order);
}

/** The charts of trees over one synthetic universe; no single cluster where there is none. */
export function treeChartsOf(n: number, context: ChartContext): Figure[] {
  const { rho, view } = syntheticTrees(n), noise = syntheticTrees(n, { strength: 0 }).view;
  const distanceName = "Average distance 1 − ρ";
  const middle = (tree: Linkage) => tree.height[tree.height.length >> 1] ?? NaN;
  return [
    dendrogramChart(view, { distanceName }, context),
    ...(n === 0 ? [] : [clusterDendrogramChart(view, 0, { distanceName }, context)]),
    correlationHeatMapChart({ rho, view, null: { p95Abs: 0.26, within: NULL_WITHIN } }, context),
    treesAgainstNullChart({
      real: view.tree,
      realOrder: view.order,
      shifted: noise.tree,
      shiftedOrder: noise.order,
      quartileHeight: middle(view.tree),
      nullQuartileHeights: Float64Array.from(
        { length: 49 },
        (_, b) => middle(noise.tree) + b / 1000,
      ),
      distanceName,
    }, context),
  ];
}
