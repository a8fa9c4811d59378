import assert from "node:assert/strict";
import fc from "fast-check";
import { randomIndex, randomStream, shuffled } from "lib/core/random.ts";
import type { Linkage } from "lib/cluster/linkage.ts";
import { partition } from "lib/cluster/partition.ts";
import {
  branchClusters,
  clusterBranches,
  clusterRuns,
  MIXED,
  subtree,
} from "lib/charts/tree_branches.ts";
import { heightText, heightTicks, tickText } from "lib/charts/tree_marks.ts";
import {
  lowestMerges,
  topHeight,
  topMerges,
  treeLine,
  treeShape,
  treeWedges,
  unjoinedParts,
} from "lib/charts/tree_shape.ts";
import { EMPTY_TREE, simpleOrder } from "./synthetic_trees.ts";

/** a b join at 1, c d at 2, all at 4. */
const FOUR: Linkage = {
  ids: ["a", "b", "c", "d"],
  left: Int32Array.of(0, 2, 4),
  right: Int32Array.of(1, 3, 5),
  height: Float64Array.of(1, 2, 4),
  size: Int32Array.of(2, 2, 4),
};

/** A tree of random merges at rising heights. */
function randomTree(n: number, seed: number): Linkage {
  const random = randomStream(seed, "tree");
  const open = Array.from({ length: n }, (_, i) => i);
  const left: number[] = [], right: number[] = [], height: number[] = [], size: number[] = [];
  const leaves = (node: number) => node < n ? 1 : size[node - n]!;
  for (let m = 0; m < n - 1; ++m) {
    const a = open.splice(randomIndex(random, open.length), 1)[0]!;
    const b = open.splice(randomIndex(random, open.length), 1)[0]!;
    left.push(Math.min(a, b));
    right.push(Math.max(a, b));
    height.push(m + random());
    size.push(leaves(a) + leaves(b));
    open.push(n + m);
  }
  return {
    ids: Array.from({ length: n }, (_, i) => `i${i}`),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    height: Float64Array.from(height),
    size: Int32Array.from(size),
  };
}

/** Leaves below each node. */
function leavesBelow({ ids, left, right }: Linkage): number[][] {
  const below = ids.map((_, i) => [i]);
  left.forEach((a, m) => below.push([...below[a]!, ...below[right[m]!]!]));
  return below;
}

const TREES = fc.record({ n: fc.integer({ min: 1, max: 40 }), seed: fc.nat(1e6) })
  .map(({ n, seed }) => randomTree(n, seed));

Deno.test("treeShape() places four leaves by hand", () => {
  const shape = treeShape(FOUR, [2, 3, 0, 1]);
  assert.deepEqual(Array.from(shape.start), [2, 3, 0, 1, 2, 0, 0]);
  assert.deepEqual(Array.from(shape.end), [3, 4, 1, 2, 4, 2, 4]);
  assert.deepEqual(Array.from(shape.middle), [2.5, 3.5, 0.5, 1.5, 3, 1, 2]);
  assert.deepEqual(Array.from(shape.height), [0, 0, 0, 0, 1, 2, 4]);
});

Deno.test("treeShape() gives leaves the room they are told, and centres stems where asked", () => {
  const extent = [1, 2, 3, 4];
  const shape = treeShape(FOUR, [0, 1, 2, 3], { extent, centred: new Set([6]) });
  assert.deepEqual(Array.from(shape.end), [1, 3, 6, 10, 3, 10, 10]);
  assert.equal(shape.middle[4], (0.5 + 2) / 2);
  assert.equal(shape.middle[6], 5);
});

Deno.test("treeShape() keeps the room of each branch together, whatever the tree", () => {
  fc.assert(
    fc.property(TREES, (tree) => {
      const shape = treeShape(tree, simpleOrder(tree));
      leavesBelow(tree).forEach((leaves, node) => {
        assert.equal(shape.end[node]! - shape.start[node]!, leaves.length);
        assert.equal(shape.start[node], Math.min(...leaves.map((i) => shape.start[i]!)));
        assert.ok(
          shape.middle[node]! > shape.start[node]! && shape.middle[node]! < shape.end[node]!,
        );
      });
    }),
    { seed: 7, numRuns: 100 },
  );
});

Deno.test("treeShape() refuses orders that are none or that cross branches", () => {
  const message = "Cannot draw a tree as its order must hold each of 4 leaves once: got";
  for (
    const [order, got] of [
      [[0, 1, 2], "3"],
      [[0, 1, 2, 2], "2 at place 3"],
      [[0, 1, 2, 4], "4 at place 3"],
      [[0, 1, 2, NaN], "NaN at place 3"],
      [[0, 1, 2, 0.5], "0.5 at place 3"],
    ] as const
  ) {
    assert.throws(() => treeShape(FOUR, order), {
      name: "RangeError",
      message: `${message} ${got}`,
    });
  }
  assert.throws(() => treeShape(FOUR, [0, 2, 1, 3]), {
    name: "RangeError",
    message:
      "Cannot draw a tree as its order must keep the 2 leaves of merge 0 together: got others between them",
  });
});

Deno.test("treeShape() of no leaf and of one leaf has no merge", () => {
  assert.equal(treeShape(EMPTY_TREE, []).start.length, 0);
  const one = { ...EMPTY_TREE, ids: ["a"] };
  assert.deepEqual(Array.from(treeShape(one, [0]).middle), [0.5]);
  assert.deepEqual(treeLine(treeShape(one, [0]), [0]), []);
});

Deno.test("treeLine() goes up, across and down, and lifts the pen between merges", () => {
  const shape = treeShape(FOUR, [0, 1, 2, 3]);
  assert.deepEqual(treeLine(shape, [5, 6]).map(({ height, along }) => [height, along]), [
    [0, 2.5],
    [2, 2.5],
    [2, 3.5],
    [0, 3.5],
    [NaN, NaN],
    [1, 1],
    [4, 1],
    [4, 3],
    [2, 3],
  ]);
  assert.deepEqual(treeLine(shape, [4], { hang: 0.25 }).map(({ height }) => height), [
    0.75,
    1,
    1,
    0.75,
  ]);
});

Deno.test("treeLine() leaves out merges at Infinity", () => {
  const apart = { ...FOUR, height: Float64Array.of(1, 2, Infinity) };
  const line = treeLine(treeShape(apart, [0, 1, 2, 3]), [4, 5, 6]);
  assert.equal(line.length, 9);
  assert.ok(line.every(({ height }) => height !== Infinity));
  assert.equal(unjoinedParts(apart), 2);
  assert.equal(topHeight(apart), 2);
  assert.equal(unjoinedParts(FOUR), 1);
  assert.equal(topHeight({ ...FOUR, height: Float64Array.of(0, 0, 0) }), 1);
});

Deno.test("treeWedges() spans the leaves of a branch, or the share it is told", () => {
  const shape = treeShape(FOUR, [0, 1, 2, 3]);
  const points = (wedge: ReturnType<typeof treeWedges>) =>
    wedge.map(({ height, along }) => [height, along]);
  assert.deepEqual(points(treeWedges(shape, [5])), [[2, 3], [0, 2], [0, 4], [2, 3]]);
  assert.deepEqual(points(treeWedges(shape, [4], { share: () => 0.5, foot: () => 0.1 })), [
    [1, 1],
    [0.1, 0.5],
    [0.1, 1.5],
    [1, 1],
  ]);
});

Deno.test("topMerges() and what they fold hold every leaf once", () => {
  assert.deepEqual(topMerges(FOUR, 1), { merges: [6], folded: [4, 5] });
  assert.deepEqual(topMerges(FOUR, 9), { merges: [4, 5, 6], folded: [] });
  const apart = { ...FOUR, height: Float64Array.of(1, 2, Infinity) };
  assert.deepEqual(topMerges(apart, 1), { merges: [5], folded: [4] });
  fc.assert(
    fc.property(TREES, fc.integer({ min: 1, max: 50 }), (tree, count) => {
      const n = tree.ids.length;
      const { merges, folded } = topMerges(tree, count);
      assert.equal(merges.length, Math.min(count, n - 1));
      const below = leavesBelow(tree);
      const held = folded.flatMap((node) => below[node]!);
      for (const node of merges) {
        held.push(...[tree.left[node - n]!, tree.right[node - n]!].filter((side) => side < n));
      }
      if (n > 1) {
        assert.deepEqual(
          held.sort((a, b) => a - b),
          Array.from({ length: n }, (_, i) => i),
        );
      }
    }),
    { seed: 7, numRuns: 100 },
  );
});

Deno.test("lowestMerges() finds the lowest merge below each node", () => {
  assert.deepEqual(Array.from(lowestMerges(FOUR)), [...Array(4).fill(Infinity), 1, 2, 1]);
});

Deno.test("branchClusters() names branches of one cluster, of none and of several", () => {
  const of = (labels: number[]) =>
    Array.from(branchClusters(FOUR, partition(FOUR.ids, labels)).slice(4));
  assert.deepEqual(of([5, 5, 9, 9]), [0, 1, MIXED]);
  assert.deepEqual(of([5, 9, -1, -1]), [MIXED, -1, MIXED]);
  assert.deepEqual(of([3, 3, 3, 3]), [0, 0, 0]);
});

Deno.test("clusterBranches() partitions the leaves into branches of one cluster", () => {
  fc.assert(
    fc.property(TREES, fc.integer({ min: 1, max: 5 }), fc.nat(99), (tree, k, seed) => {
      const random = randomStream(seed, "labels");
      const clusters = partition(tree.ids, tree.ids.map(() => randomIndex(random, k)));
      const shape = treeShape(tree, simpleOrder(tree));
      const of = branchClusters(tree, clusters);
      const branches = clusterBranches(shape, of);
      const below = leavesBelow(tree);
      assert.deepEqual(branches.flatMap((node) => below[node]!).length, tree.ids.length);
      branches.forEach((node, i) => {
        for (const leaf of below[node]!) assert.equal(clusters.cluster[leaf], of[node]);
        if (i > 0) assert.equal(shape.start[node], shape.end[branches[i - 1]!]);
      });
      const few = clusterBranches(shape, of, 3);
      assert.ok(few.length <= 3);
      assert.deepEqual(few.flatMap((node) => below[node]!).length, tree.ids.length);
    }),
    { seed: 7, numRuns: 100 },
  );
  assert.deepEqual(clusterBranches(treeShape(EMPTY_TREE, []), Int32Array.of()), []);
});

Deno.test("clusterRuns() marks the longest run of a cluster", () => {
  const clusters = partition(["a", "b", "c", "d", "e", "f"], [1, 2, 1, 1, -1, -1]);
  assert.deepEqual(clusterRuns([0, 1, 2, 3, 4, 5], clusters), [
    { cluster: 0, from: 0, to: 1, isMain: false },
    { cluster: 1, from: 1, to: 2, isMain: true },
    { cluster: 0, from: 2, to: 4, isMain: true },
    { cluster: -1, from: 4, to: 5, isMain: true },
    { cluster: -1, from: 5, to: 6, isMain: false },
  ]);
});

/** Height at which two leaves first share a branch. */
function joinHeight(tree: Linkage, a: number, b: number): number {
  const node = leavesBelow(tree).findIndex((leaves) => leaves.includes(a) && leaves.includes(b));
  return tree.height[node - tree.ids.length]!;
}

Deno.test("subtree() keeps the height at which each pair joins", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 14 }), fc.nat(1e6), (n, seed) => {
      const tree = randomTree(n, seed);
      const random = randomStream(seed, "chosen");
      const chosen = shuffled(tree.ids.map((_, i) => i), random).slice(
        0,
        1 + randomIndex(random, n),
      );
      const small = subtree(tree, chosen);
      assert.deepEqual(small.ids, chosen.map((i) => tree.ids[i]));
      assert.equal(small.height.length, chosen.length - 1);
      small.left.forEach((a, m) => assert.ok(a < small.right[m]!));
      if (chosen.length > 1) assert.equal(small.size.at(-1), chosen.length);
      chosen.forEach((i, a) => {
        chosen.slice(0, a).forEach((j, b) => {
          assert.equal(joinHeight(small, a, b), joinHeight(tree, i, j));
        });
      });
    }),
    { seed: 7, numRuns: 60 },
  );
  assert.deepEqual(subtree(FOUR, []).ids, []);
});

Deno.test("heightTicks() are two to five round heights", () => {
  for (const top of [1e-7, 0.003, 0.19, 0.4, 0.86, 1, 1.04, 1.99, 2.4, 3.7, 9.99, 123, 4e6]) {
    const ticks = heightTicks(top);
    assert.ok(ticks.length >= 2 && ticks.length <= 5, `${top}: ${ticks}`);
    assert.equal(ticks[0], 0);
    assert.ok(ticks.at(-1)! <= top * (1 + 1e-9) && ticks.at(-1)! > top / 2, `${top}: ${ticks}`);
    assert.equal(new Set(ticks.map((h) => tickText(h, top))).size, ticks.length, `${top}`);
  }
});

Deno.test("heightText() has the decimals of its axis", () => {
  assert.equal(heightText(0.8, 1.04), "0.80");
  assert.equal(tickText(0.5, 1.04), "0.5");
  assert.equal(heightText(0.0123, 0.05), "0.0123");
  assert.equal(heightText(1234.6, 5000), "1235");
  assert.equal(heightText(2e-7, 5e-7), "2.0e-7");
  assert.equal(tickText(0, 5e-7), "0");
});
