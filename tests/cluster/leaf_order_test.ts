import assert from "node:assert/strict";
import fc from "fast-check";
import { pairAt, type PairMatrix } from "lib/core/pair_matrix.ts";
import { leafOrder, optimalLeafOrder } from "lib/cluster/leaf_order.ts";
import { type Linkage, linkage } from "lib/cluster/linkage.ts";
import golden from "../golden/cluster/trees.json" with { type: "json" };
import { anyDistances, distancesOf } from "./made_distances.ts";

/** Every order that the tree allows: each merge either way round. */
function allOrders({ ids, left, right }: Linkage): number[][] {
  const orders: number[][][] = ids.map((_, leaf) => [[leaf]]);
  left.forEach((a, m) =>
    orders.push(
      orders[a]!.flatMap((p) => orders[right[m]!]!.flatMap((q) => [[...p, ...q], [...q, ...p]])),
    )
  );
  return orders.at(-1)!;
}

function lengthOf(order: ArrayLike<number>, distance: PairMatrix): number {
  const largest = Math.max(0, ...distance.values.filter((d) => !Number.isNaN(d)));
  let length = 0;
  for (let at = 1; at < order.length; ++at) {
    const d = pairAt(distance, order[at - 1]!, order[at]!);
    length += Number.isNaN(d) ? largest : d;
  }
  return length;
}

function assertAllowed(tree: Linkage, order: Int32Array): void {
  const place = new Map(Array.from(order, (leaf, at) => [leaf, at]));
  assert.equal(place.size, tree.ids.length);
  const spans = tree.ids.map((_, leaf) => [place.get(leaf)!, place.get(leaf)!]);
  tree.left.forEach((a, m) => {
    const [u, v] = [spans[a]!, spans[tree.right[m]!]!];
    const span = [Math.min(u[0]!, v[0]!), Math.max(u[1]!, v[1]!)];
    assert.equal(span[1]! - span[0]! + 1, tree.size[m], "a cluster is torn");
    spans.push(span);
  });
}

for (
  const [name, kinds] of [["any distances", ["any"]], ["ties", ["tied"]], [
    "unknown distances",
    ["any", "unknown"],
  ]] as const
) {
  Deno.test(`optimalLeafOrder() is as short as the best of all flips, with ${name}`, () => {
    for (const method of ["ward", "average", "single"] as const) {
      fc.assert(
        fc.property(anyDistances({ min: 1, max: 9, kinds }), (distance) => {
          const tree = linkage(distance, { method });
          const { order, length, optimal } = optimalLeafOrder(tree, distance);
          const best = Math.min(...allOrders(tree).map((one) => lengthOf(one, distance)));
          assertAllowed(tree, order);
          assert.ok(optimal && Math.abs(length - best) < 1e-12, `got ${length}, best ${best}`);
          assert.ok(Math.abs(lengthOf(order, distance) - length) < 1e-12);
        }),
        { seed: 7, numRuns: 60 },
      );
    }
  });
}

Deno.test("optimalLeafOrder() is as short as the best of all 1,024 flips of 11 leaves", () => {
  fc.assert(
    fc.property(anyDistances({ min: 11, max: 11, kinds: ["any"] }), (distance) => {
      const tree = linkage(distance, { method: "average" });
      const best = Math.min(...allOrders(tree).map((one) => lengthOf(one, distance)));
      assert.ok(Math.abs(optimalLeafOrder(tree, distance).length - best) < 1e-12);
    }),
    { seed: 7, numRuns: 20 },
  );
});

Deno.test("optimalLeafOrder() finds the shortest where scipy's order is longer", () => {
  // golden: tests/golden/cluster/trees.py, every flip tried there as well
  let nCompared = 0, nShorter = 0;
  for (const { n, distances, tree, scipy, best } of golden.leafOrders) {
    if (tree === undefined) continue;
    const { length } = optimalLeafOrder({
      ids: Array.from({ length: n! }, (_, i) => `${i}`),
      left: Int32Array.from(tree.left),
      right: Int32Array.from(tree.right),
      height: Float64Array.from(tree.height),
      size: Int32Array.from(tree.size),
    }, distancesOf(distances!));
    assert.ok(Math.abs(length - best!) < 1e-9, `got ${length}, best ${best}`);
    ++nCompared;
    if (scipy! > length + 1e-9) ++nShorter;
  }
  assert.deepEqual([nCompared >= 12, nShorter >= 9], [true, true]);
});

Deno.test("optimalLeafOrder() falls back to leafOrder() above maxLeaves, and says so", () => {
  const distance = distancesOf(golden.cases[1]!.distances);
  const tree = linkage(distance, { method: "ward" });
  const cheap = optimalLeafOrder(tree, distance, { maxLeaves: 29 });
  assert.deepEqual(cheap, leafOrder(tree, distance));
  assert.equal(cheap.optimal, false);
  assert.equal(optimalLeafOrder(tree, distance, { maxLeaves: 30 }).optimal, true);
});

Deno.test("leafOrder() is an order of the tree, never shorter than the optimal one", () => {
  const any = anyDistances({ min: 1, max: 14, kinds: ["any", "tied", "unknown"] });
  fc.assert(
    fc.property(any, (distance) => {
      const tree = linkage(distance, { method: "average" });
      const { order, length } = leafOrder(tree, distance);
      assertAllowed(tree, order);
      assert.ok(Math.abs(lengthOf(order, distance) - length) < 1e-12);
      assert.ok(length >= optimalLeafOrder(tree, distance).length - 1e-12);
    }),
    { seed: 7, numRuns: 100 },
  );
});

Deno.test("leafOrder() lets the nearest ends of every two sides meet", () => {
  const any = anyDistances({ min: 2, max: 12, kinds: ["any", "tied"] });
  fc.assert(
    fc.property(any, (distance) => {
      const tree = linkage(distance, { method: "average" });
      const { order } = leafOrder(tree, distance);
      const place = new Map(Array.from(order, (leaf, at) => [leaf, at]));
      const spans = tree.ids.map((_, leaf) => ({ from: place.get(leaf)!, to: place.get(leaf)! }));
      tree.left.forEach((a, m) => {
        const [u, v] = [spans[a]!, spans[tree.right[m]!]!].sort((p, q) => p.from - q.from);
        const gap = (p: number, q: number) => pairAt(distance, order[p]!, order[q]!);
        const corners = [u!.from, u!.to].flatMap((p) => [v!.from, v!.to].map((q) => gap(p, q)));
        assert.equal(gap(u!.to, v!.from), Math.min(...corners));
        spans.push({ from: u!.from, to: v!.to });
      });
    }),
    { seed: 7, numRuns: 100 },
  );
});

Deno.test("leafOrder() turns the sides so that their nearest ends meet", () => {
  // points 0, 1 | 10, 12 on a line, named so that the tree's own order is not sorted
  const at = [10, 1, 12, 0];
  const distance = distancesOf(at.flatMap((x, i) => at.slice(i + 1).map((y) => Math.abs(x - y))));
  const { order, length } = leafOrder(linkage(distance, { method: "average" }), distance);
  assert.deepEqual([Array.from(order, (leaf) => at[leaf]), length], [[12, 10, 1, 0], 12]);
});

Deno.test("optimalLeafOrder() and leafOrder() of one, two and unknown items", () => {
  for (const find of [optimalLeafOrder, leafOrder]) {
    for (const [values, order, length] of [[[], [0], 0], [[2], [0, 1], 2], [[null], [0, 1], 0]]) {
      const distance = distancesOf(values as (number | null)[]);
      const found = find(linkage(distance, { method: "average" }), distance);
      assert.deepEqual([Array.from(found.order), found.length, found.optimal], [
        order,
        length,
        true,
      ]);
    }
  }
});

Deno.test("optimalLeafOrder() refuses the distances of other items", () => {
  const tree = linkage(distancesOf([1]), { method: "average" });
  for (const find of [optimalLeafOrder, leafOrder]) {
    assert.throws(() => find(tree, distancesOf([1, 2, 3])), {
      name: "RangeError",
      message: "Cannot order leaves as there must be a distance for each of 2: got 3",
    });
  }
  assert.throws(() => optimalLeafOrder(tree, distancesOf([1]), { maxLeaves: NaN }), {
    name: "RangeError",
    message: "Cannot order leaves as maxLeaves must be >= 0: got NaN",
  });
});
