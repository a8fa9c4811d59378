import assert from "node:assert/strict";
import { agnes, type Cluster } from "ml-hclust";
import { cutByCount, cutByHeight, cutHeight } from "lib/cluster/cut.ts";
import { hclustTree } from "lib/cluster/hclust_tree.ts";
import { linkage } from "lib/cluster/linkage.ts";
import { type Partition, partition } from "lib/cluster/partition.ts";
import { pairAt, type PairMatrix } from "lib/core/pair_matrix.ts";
import golden from "../golden/cluster/trees.json" with { type: "json" };
import { distancesOf } from "./made_distances.ts";

const METHODS = [["ward", "ward2"], ["average", "average"], ["complete", "complete"], [
  "single",
  "single",
]] as const;

function theirs(distance: PairMatrix, method: "ward2" | "average" | "complete" | "single") {
  const rows = distance.ids.map((_, i) =>
    distance.ids.map((_, j) => i === j ? 0 : pairAt(distance, i, j))
  );
  return agnes(rows, { method, isDistanceMatrix: true });
}

function partitionOf(ids: readonly string[], clusters: readonly Cluster[]): Partition {
  const label = new Int32Array(ids.length);
  clusters.forEach((cluster, c) => cluster.indices().forEach((leaf) => label[leaf] = c));
  return partition(ids, label);
}

function heights(tree: Cluster): number[] {
  const found: number[] = [];
  tree.traverse((node) => node.isLeaf || found.push(node.height));
  return found.sort((a, b) => a - b);
}

Deno.test("hclustTree() has the heights and groups of ml-hclust's own agnes()", () => {
  for (const { n, distances } of golden.cases.slice(0, 2)) {
    const distance = distancesOf(distances);
    for (const [ours, name] of METHODS) {
      const tree = linkage(distance, { method: ours });
      const found = hclustTree(tree), want = theirs(distance, name);
      const wantHeights = heights(want);
      heights(found).forEach((h, m) => assert.ok(Math.abs(h - wantHeights[m]!) < 1e-9));
      for (const k of [1, 2, 4, n]) {
        const groups = partitionOf(tree.ids, found.group(k).children);
        assert.deepEqual(groups, partitionOf(tree.ids, want.group(k).children), `${ours} ${k}`);
        assert.deepEqual(groups, cutByCount(tree, k));
      }
    }
  }
});

Deno.test("hclustTree() works with ml-hclust's cut(), traverse() and indices()", () => {
  const tree = linkage(distancesOf(golden.fixture.distances), { method: "ward" });
  const found = hclustTree(tree);
  assert.equal(found.size, 6);
  assert.deepEqual(found.indices().sort(), [0, 1, 2, 3, 4, 5]);
  const height = cutHeight(tree, 3);
  assert.deepEqual(partitionOf(tree.ids, found.cut(height)), cutByHeight(tree, height));
  const sizes: number[] = [];
  found.traverse((node) => {
    sizes.push(node.size);
    assert.equal(node.isLeaf, node.children.length === 0);
    assert.equal(node.index >= 0, node.isLeaf);
    assert.equal(node.size, node.indices().length);
  });
  assert.equal(sizes.length, 11);
});

Deno.test("hclustTree() of one item is a leaf", () => {
  const found = hclustTree(linkage(distancesOf([]), { method: "ward" }));
  assert.deepEqual([found.isLeaf, found.index, found.size, found.height], [true, 0, 1, 0]);
});
