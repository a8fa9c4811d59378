import { clusterKey } from "../../lib/cluster/cluster_key.ts";
import { formatDay, parseDay } from "../../lib/core/day.ts";
import { seenHash, type Subject } from "../../lib/review/subject.ts";
import type { FixtureContract } from "./fixture_contracts.ts";
import type { FixturePart } from "./fixture_run.ts";
import { recordTable } from "./record_table.ts";

/** Clusters that the fixture's tree is cut into. */
export const FIXTURE_CLUSTERS = 8;
const MOST_CUT = 30;

interface Merge {
  readonly left: number;
  readonly right: number;
  readonly height: number;
  readonly size: number;
}

/** Ward's tree over the contracts, its clusters and what speaks for each number of them. */
export function fixtureTree(
  contracts: readonly FixtureContract[],
  random: () => number,
): FixturePart {
  const n = contracts.length;
  // a prime that divides neither 300 nor 2,700: along the page leaves stand in another order
  const leaves = Array.from({ length: n }, (_, at) => (at * 7919) % n);
  const merges = mergesOf(leaves, random);
  const clusters = clustersAt(merges, n, FIXTURE_CLUSTERS);
  const keys = clusters.map(({ members }) =>
    clusterKey(members.map((leaf) => contracts[leaf]!.marketId))
  );
  const seenOf = (leaf: number) => seenHash([contracts[leaf]!.marketId, contracts[leaf]!.title]);
  const checkpoints = {
    "01_returns": returnsOf(contracts, random),
    "03_linkage": recordTable(
      { left: "integer", right: "integer", height: "number", size: "integer" },
      merges.map((merge) => ({ ...merge })),
    ),
    "03_leaves": recordTable(
      { leaf: "integer", market_id: "string", title: "string", side: "integer", seen: "string" },
      leaves.map((leaf) => ({
        leaf,
        market_id: contracts[leaf]!.marketId,
        title: contracts[leaf]!.title,
        side: leaf % 7 === 0 ? -1 : 1,
        seen: seenOf(leaf),
      })),
    ),
    "03_clusters": recordTable(
      {
        method: "string",
        market_id: "string",
        event_id: "string",
        cluster_id: "integer",
        cluster_key: "string",
        cluster_label: "string",
        side: "integer",
        silhouette: "number",
        stability: "number",
        cluster_p: "number",
      },
      clusters.flatMap(({ members }, cluster) =>
        members.map((leaf) => ({
          method: "ward",
          market_id: contracts[leaf]!.marketId,
          event_id: contracts[leaf]!.eventId,
          cluster_id: cluster,
          cluster_key: keys[cluster]!,
          cluster_label: `Cluster ${cluster + 1}: ${contracts[leaf]!.theme}`,
          side: leaf % 7 === 0 ? -1 : 1,
          silhouette: 0.1 + cluster / 40,
          stability: 0.9 - cluster / 15,
          cluster_p: 0.01 * (cluster + 1),
        }))
      ),
    ),
    "03_methods": recordTable(
      { method: "string", name: "string", evidence: "string", k: "integer", is_handed_on: "bool" },
      [{
        method: "ward",
        name: "Ward",
        evidence: "prices",
        k: clusters.length,
        is_handed_on: true,
      }],
    ),
    "03_cuts": recordTable(
      { k: "integer", silhouette: "number", stability: "number", null_stability: "number" },
      Array.from({ length: MOST_CUT - 1 }, (_, i) => ({
        k: i + 2,
        silhouette: 0.2 - Math.abs(i + 2 - FIXTURE_CLUSTERS) / 200,
        stability: 0.8 - i / 60,
        null_stability: 0.4,
      })),
    ),
    "03_cut_clusters": recordTable(
      { k: "integer", node: "integer", silhouette: "number", stability: "number" },
      Array.from({ length: MOST_CUT - 1 }, (_, i) => i + 2).flatMap((k) =>
        clustersAt(merges, n, k).map(({ node }, place) => ({
          ...{ k, node },
          ...{ silhouette: 0.1 + place / 100, stability: 0.85 - place / 50 },
        }))
      ),
    ),
  };
  const cut: Subject = {
    kind: "cut",
    id: "ward",
    seen: seenHash({ merges, contracts: contracts.map(({ title }) => title) }),
    title: `Ward's tree of ${n} contracts, cut into ${clusters.length} clusters`,
    isRequired: true,
  };
  const own = clusters.map(({ members }, cluster): Subject => ({
    kind: "cluster",
    id: keys[cluster]!,
    seen: seenHash([keys[cluster], ...members.map(seenOf)]),
    title: `Cluster ${cluster + 1} of ${members.length} contracts: ${
      contracts[members[0]!]!.title
    }`,
    isRequired: true,
  }));
  return { checkpoints, subjects: [cut, ...own] };
}

/** Merges of neighbours along the page, the nearest first. */
function mergesOf(leaves: readonly number[], random: () => number): Merge[] {
  const n = leaves.length;
  const gaps = leaves.slice(1).map((_, at) => {
    const isWide = (at + 1) % Math.ceil(n / FIXTURE_CLUSTERS) === 0;
    return { at, height: isWide ? 1.5 + random() : 0.05 + 1.2 * random() ** 2 };
  }).sort((a, b) => a.height - b.height);
  const above = leaves.map((_, at) => at);
  const root = (at: number): number => {
    while (above[at] !== at) at = above[at] = above[above[at]!]!;
    return at;
  };
  const node = [...leaves], size = leaves.map(() => 1);
  return gaps.map(({ at, height }, k) => {
    const a = root(at), b = root(at + 1);
    const merge = { left: node[a]!, right: node[b]!, height, size: size[a]! + size[b]! };
    above[b] = a;
    node[a] = n + k;
    size[a] = merge.size;
    return merge;
  });
}

/** The clusters of a cut by falling size, each with its node and its leaves. */
function clustersAt(
  merges: readonly Merge[],
  n: number,
  k: number,
): { readonly node: number; readonly members: readonly number[] }[] {
  const open = new Map<number, number[]>(Array.from({ length: n }, (_, leaf) => [leaf, [leaf]]));
  merges.slice(0, n - k).forEach(({ left, right }, at) => {
    open.set(n + at, [...open.get(left)!, ...open.get(right)!]);
    open.delete(left);
    open.delete(right);
  });
  return [...open].map(([node, members]) => ({ node, members }))
    .sort((a, b) => b.members.length - a.members.length || a.node - b.node);
}

function returnsOf(contracts: readonly FixtureContract[], random: () => number) {
  const nDays = contracts.length > 1000 ? 30 : 100, last = parseDay("2025-09-30");
  const days = Array.from({ length: nDays }, (_, i) => formatDay(last - nDays + 1 + i));
  return recordTable(
    {
      market_id: "string",
      date: "date",
      close: "number",
      change: "number",
      logit_change: "number",
      simple_return: "number",
    },
    contracts.flatMap(({ marketId }) => {
      const from = 0.2 + 0.6 * random();
      return days.map((date) => ({
        market_id: marketId,
        date,
        close: from + 0.1 * (random() - 0.5),
        ...{ change: null, logit_change: null, simple_return: null },
      }));
    }),
  );
}
