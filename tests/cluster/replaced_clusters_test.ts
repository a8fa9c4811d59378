import assert from "node:assert/strict";
import { coherence } from "lib/cluster/coherence.ts";
import { cutByCount } from "lib/cluster/cut.ts";
import { correlationDistance } from "lib/cluster/distance.ts";
import { fitMethods } from "lib/cluster/fit_methods.ts";
import { METHODS } from "lib/cluster/method_list.ts";
import { partition } from "lib/cluster/partition.ts";
import { replacedClusters } from "lib/cluster/replaced_clusters.ts";
import { clusterSilhouettes, meanSilhouette } from "lib/cluster/silhouette.ts";
import { windowTree } from "lib/cluster/window_tree.ts";
import { chosenOf, FIT, planted, windowOf } from "./planted.ts";

const plan = planted({ sizes: [7, 6, 4], days: 60, loading: 0.7, missing: 0.05, seed: 7 });
/** The fourth market has no move, so that no method can place it. */
const moves = {
  ...plan.moves,
  values: plan.moves.values.map((x, cell) => cell % 17 === 3 ? NaN : x),
};
const window = windowOf(moves, plan.cluster);
const fits = fitMethods(window, FIT);
const ward = fits.find(({ method }) => method === "ward")!;
const { correlation, tree } = windowTree(moves, FIT);

Deno.test("replacedClusters() changes nothing where the clusters are the same", () => {
  assert.equal(ward.partition.cluster[3], -1);
  const others = fits.filter(({ method }) => method !== "seed_ward");
  assert.equal(others.length, METHODS.length - 1);
  for (const fit of others) {
    assert.deepEqual(replacedClusters(fit, fit.partition, correlation), fit, fit.method);
  }
});

Deno.test("replacedClusters() is what the method would be with those clusters", () => {
  for (const nClusters of [1, 2, 5]) {
    const [want] = fitMethods(window, { ...FIT, nClusters, methods: ["ward"] });
    assert.deepEqual(replacedClusters(ward, want!.partition, correlation), want);
  }
});

Deno.test("replacedClusters() measures a person's clusters on the window's own distances", () => {
  const cut = cutByCount(tree, 3);
  // the two smaller ones together
  const own = partition(tree.ids, cut.cluster.map((c) => Math.min(c, 1)));
  const labels = new Int32Array(17).fill(-1);
  correlation.kept.forEach((item, leaf) => labels[item] = own.cluster[leaf]!);
  const found = replacedClusters(ward, partition(moves.markets, labels), correlation);
  const plain = correlationDistance(correlation.held, { form: "one_minus" });
  assert.equal(found.partition.nClusters, 2);
  assert.ok(Math.abs(found.silhouette - meanSilhouette(plain, own)) < 1e-12);
  assert.deepEqual(found.within, coherence(correlation.held, own).byCluster);
  assert.ok(found.silhouette < ward.silhouette);
  assert.ok(Number.isNaN(found.silhouettes[3]!));
  assert.equal(clusterSilhouettes(plain, own).length, 2);
  assert.deepEqual(found.side, ward.side);
});

Deno.test("replacedClusters() numbers clusters by their size", () => {
  const turned = ward.partition.cluster.map((c) => c < 0 ? -1 : 2 - c);
  assert.deepEqual(
    replacedClusters(ward, { ...ward.partition, cluster: turned }, correlation),
    ward,
  );
});

Deno.test("replacedClusters() refuses clusters of other markets, and the seed plan's recipe", () => {
  const few = fitMethods(windowOf(chosenOf(moves, [0, 1, 2])), FIT)[1]!;
  assert.throws(() => replacedClusters(ward, few.partition, correlation), {
    name: "RangeError",
    message: "Cannot replace clusters as they must be of the 17 markets of the fit: got 3",
  });
  const lost = partition(moves.markets, new Int32Array(17));
  assert.throws(() => replacedClusters(ward, lost, correlation), {
    name: "RangeError",
    message: 'Cannot replace clusters as their members must have known correlations: got "poly:03"',
  });
  assert.throws(() => replacedClusters(fits[0]!, ward.partition, correlation), {
    name: "RangeError",
    message: "Cannot replace clusters as the method must be measured on held sides: got seed_ward",
  });
});
