import assert from "node:assert/strict";
import { cutByCount } from "lib/cluster/cut.ts";
import { fitMethods } from "lib/cluster/fit_methods.ts";
import { shiftedTree, windowTree } from "lib/cluster/window_tree.ts";
import { pairAt } from "lib/core/pair_matrix.ts";
import { randomStream } from "lib/core/random.ts";
import { circularShift } from "lib/stats/circular_shift.ts";
import { chosenOf, FIT, planted, quotedAs, windowOf } from "./planted.ts";

const { moves } = planted({ sizes: [6, 5, 4], days: 60, loading: 0.8, missing: 0.05, seed: 7 });
const OPTIONS = { minOverlap: 20 };

Deno.test("windowTree() is the tree that Ward's clusters are cut from", () => {
  const { tree, correlation, distance } = windowTree(moves, OPTIONS);
  assert.deepEqual(
    cutByCount(tree, 3).cluster,
    fitMethods(windowOf(moves), FIT)[1]!.partition.cluster,
  );
  distance.values.forEach((d, at) => {
    assert.ok(Math.abs(d * d / 2 - (1 - correlation.held.values[at]!)) < 1e-12);
  });
});

Deno.test("windowTree() orders leaves so that neighbours are near and clusters together", () => {
  const { tree, order, distance } = windowTree(moves, OPTIONS);
  assert.deepEqual([...order].sort((a, b) => a - b), [...Array(15).keys()]);
  const length = (leaves: ArrayLike<number>) =>
    Array.from(leaves).slice(1).reduce(
      (sum, leaf, k) => sum + pairAt(distance, leaves[k]!, leaf),
      0,
    );
  assert.ok(length(order) < length([...Array(15).keys()]));
  const { cluster } = cutByCount(tree, 3);
  const changes = Array.from(order).filter((leaf, k) =>
    k > 0 && cluster[leaf] !== cluster[order[k - 1]!]
  );
  assert.equal(changes.length, 2);
});

Deno.test("windowTree() does not care which side of a market is quoted", () => {
  const turn = Int8Array.from({ length: 15 }, (_, j) => j % 4 === 1 ? -1 : 1);
  const { tree, order } = windowTree(moves, OPTIONS),
    turned = windowTree(quotedAs(moves, turn), OPTIONS);
  assert.deepEqual([turned.tree.left, turned.tree.right, turned.order], [
    tree.left,
    tree.right,
    order,
  ]);
  tree.height.forEach((h, m) => assert.ok(Math.abs(h - turned.tree.height[m]!) < 1e-9));
});

Deno.test("shiftedTree() is the tree of the shifted panel of that number", () => {
  const shifted = circularShift(moves, randomStream(7, "shift 3"));
  assert.deepEqual(
    shiftedTree(moves, { ...OPTIONS, seed: 7, number: 3 }),
    windowTree(shifted, OPTIONS),
  );
});

Deno.test("windowTree() of two markets has one join; of fewer none", () => {
  const two = windowTree(chosenOf(moves, [0, 1]), OPTIONS);
  assert.deepEqual([...two.order, two.tree.height.length], [0, 1, 1]);
  for (const n of [0, 1]) {
    const { tree, order } = windowTree(chosenOf(moves, [...Array(n).keys()]), OPTIONS);
    assert.deepEqual([tree.ids.length, order.length, tree.height.length], [n, n, 0]);
  }
});
