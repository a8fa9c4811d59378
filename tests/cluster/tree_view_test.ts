import assert from "node:assert/strict";
import { cutHeight } from "lib/cluster/cut.ts";
import { fitMethods } from "lib/cluster/fit_methods.ts";
import { members } from "lib/cluster/partition.ts";
import { treeView } from "lib/cluster/tree_view.ts";
import { windowTree } from "lib/cluster/window_tree.ts";
import { FIT, planted, windowOf } from "./planted.ts";
import { fitOf, namedOf } from "./made_rows.ts";

Deno.test("treeView() puts the clusters of a fit onto the leaves of its tree", () => {
  const { moves } = planted({ sizes: [5, 4, 3], days: 40, loading: 0.9, seed: 7 });
  const values = moves.values.map((x, cell) => cell % 12 === 2 ? NaN : x);
  const fit = fitMethods(windowOf({ ...moves, values }), FIT)[1]!;
  const { tree, order, correlation: { kept } } = windowTree({ ...moves, values }, {
    minOverlap: 20,
  });
  const named = namedOf(fit, [0.9, 0.8, 0.7], [1, 1, 1]);
  const titles = tree.ids.map((id) => `Title of ${id}`);
  const view = treeView(named, { tree, order, kept, titles });
  assert.deepEqual([view.tree, view.order, view.cutHeight], [tree, order, cutHeight(tree, 3)]);
  assert.deepEqual([view.labels, view.titles, view.stability], [
    ...[named.labels, titles, named.stability],
  ]);
  const byId = (one: { ids: readonly string[] }, lists: number[][]) =>
    lists.map((list) => list.map((i) => one.ids[i]!));
  assert.deepEqual(
    byId(tree, members(view.clusters)),
    byId(fit.partition, members(fit.partition)),
  );
});

Deno.test("treeView() keeps the numbers of the clusters where the tree lacks members", () => {
  const named = namedOf(fitOf("ward", [0, 0, 0, 1, 1]), [0.9, 0.8], [1, 1]);
  const { tree, order } = windowTree(
    planted({ sizes: [3], days: 30, loading: 0.5, seed: 7 }).moves,
    { minOverlap: 20 },
  );
  const view = treeView(named, {
    tree,
    order,
    kept: [0, 3, 4],
    titles: ["", "", ""],
  });
  assert.deepEqual([[...view.clusters.cluster], view.clusters.nClusters], [[0, 1, 1], 2]);
});
