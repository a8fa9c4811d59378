import assert from "node:assert/strict";
import fc from "fast-check";
import { coherence } from "lib/cluster/coherence.ts";
import { partition } from "lib/cluster/partition.ts";
import { pairMatrix, selectPairs } from "lib/core/pair_matrix.ts";

const ids = ["a", "b", "c", "d", "e"];
// ab ac ad ae · bc bd be · cd ce · de
const rho = pairMatrix(ids, Float64Array.of(0.5, 0.1, NaN, 0.2, 0, 0.3, 0.1, 0.7, 0.4, NaN));

Deno.test("coherence() is the mean within clusters less the mean between them", () => {
  const found = coherence(rho, partition(ids, [0, 0, 1, 1, -1]));
  assert.deepEqual([found.nWithin, found.nBetween], [2, 6]);
  assert.ok(Math.abs(found.within - 0.6) < 1e-15);
  assert.ok(Math.abs(found.between - (0.1 + 0.2 + 0 + 0.3 + 0.1 + 0.4) / 6) < 1e-15);
  assert.ok(Math.abs(found.difference - (found.within - found.between)) < 1e-15);
  assert.deepEqual([...found.byCluster], [0.5, 0.7]);
});

Deno.test("coherence() with repeated items is that of the repeated matrix without self pairs", () => {
  const times = [2, 1, 0, 3, 1], clusters = [0, 0, 1, 0, 1];
  const found = coherence(rho, partition(ids, clusters), { times });
  // a a b d d d e: pairs of different items only
  const values: [number, number][] = [[2 * 1, 0.5], [1 * 3, 0.3], [2 * 1, 0.2], [1 * 1, 0.1]];
  const mean = (pairs: [number, number][]) =>
    pairs.reduce((sum, [n, r]) => sum + n * r, 0) / pairs.reduce((sum, [n]) => sum + n, 0);
  assert.ok(Math.abs(found.within - mean(values.slice(0, 2))) < 1e-15);
  assert.ok(Math.abs(found.between - mean(values.slice(2))) < 1e-15);
});

Deno.test("coherence() does not depend on the order of the items", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (order) => {
      const labels = [0, 1, 0, 1, 0];
      const permuted = coherence(
        selectPairs(rho, order),
        partition(order.map((i) => ids[i]!), order.map((i) => labels[i]!)),
      );
      const plain = coherence(rho, partition(ids, labels));
      assert.ok(Math.abs(permuted.difference - plain.difference) < 1e-12);
    }),
    { seed: 7 },
  );
});

Deno.test("coherence() of singletons, of one cluster and of nothing is not a number", () => {
  assert.ok(Number.isNaN(coherence(rho, partition(ids, [0, 1, 2, 3, 4])).difference));
  assert.ok(Number.isNaN(coherence(rho, partition(ids, [0, 0, 0, 0, 0])).difference));
  assert.ok(Number.isNaN(coherence(pairMatrix([]), partition([], [])).difference));
});

Deno.test("coherence() refuses a partition of other items", () => {
  assert.throws(() => coherence(rho, partition(["a"], [0])), {
    name: "RangeError",
    message:
      "Cannot measure coherence as the partition must have the 5 items of the correlations: got 1",
  });
});
