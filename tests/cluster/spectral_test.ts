import assert from "node:assert/strict";
import { partition } from "lib/cluster/partition.ts";
import { spectralClusters, spectralEmbedding } from "lib/cluster/spectral.ts";
import { pairCount, type PairMatrix, pairMatrix, selectPairs } from "lib/core/pair_matrix.ts";
import { randomStream } from "lib/core/random.ts";
import golden from "../golden/cluster/spectral.json" with { type: "json" };

const random = () => randomStream(5, "spectral");

function affinityOf(values: readonly number[]): PairMatrix {
  let n = 0;
  while (pairCount(n) < values.length) ++n;
  return pairMatrix(Array.from({ length: n }, (_, i) => `m${i}`), Float64Array.from(values));
}

/** Affinity 1 within blocks of the given sizes, none between. */
function blocks(sizes: readonly number[]): PairMatrix {
  const block = sizes.flatMap((size, b) => new Array<number>(size).fill(b));
  return affinityOf(block.flatMap((b, i) => block.slice(i + 1).map((c) => b === c ? 1 : 0)));
}

for (const { name, k, affinity, labels, eigenvalues, coordinates } of golden.spectral) {
  Deno.test(`spectralClusters() gives scikit-learn's labels, ${name}`, () => {
    // golden: tests/golden/cluster/spectral.py
    const given = affinityOf(affinity);
    const found = spectralClusters(given, { k, random: random() });
    assert.deepEqual(found.cluster, partition(given.ids, labels).cluster);
  });

  Deno.test(`spectralEmbedding() gives numpy's eigenvectors, ${name}`, () => {
    const found = spectralEmbedding(affinityOf(affinity), { dimension: k, random: random() });
    for (let d = 0; d < k; ++d) {
      assert.ok(Math.abs(found.eigenvalues[d]! - eigenvalues[d]!) < 1e-12);
      let sameSign = 0;
      for (let at = d; at < coordinates.length; at += k) {
        sameSign += found.coordinates[at]! * coordinates[at]!;
      }
      for (let at = d; at < coordinates.length; at += k) {
        const got = found.coordinates[at]! * Math.sign(sameSign);
        assert.ok(Math.abs(got - coordinates[at]!) < 1e-8, `${at}: ${got}, ${coordinates[at]}`);
      }
    }
  });
}

Deno.test("spectralClusters() finds parts that nothing joins, more of them than its basis holds", () => {
  const sizes = [40, 30, 20, 10];
  const { cluster } = spectralClusters(blocks(sizes), { k: 4, random: random() });
  assert.deepEqual([...cluster], sizes.flatMap((size, b) => new Array<number>(size).fill(b)));
});

Deno.test("spectralClusters() leaves out items without affinity, known or not", () => {
  // d has no affinity to any, e is unknown to all
  const given = pairMatrix(
    ["a", "b", "c", "d", "e"],
    Float64Array.of(1, 1, 0, NaN, 1, 0, NaN, 0, NaN, NaN),
  );
  assert.deepEqual([...spectralClusters(given, { k: 1, random: random() }).cluster], [
    0,
    0,
    0,
    -1,
    -1,
  ]);
});

Deno.test("spectralClusters() permutes with the items", () => {
  const { affinity, k } = golden.spectral[0]!;
  const given = affinityOf(affinity);
  const order = Array.from(given.ids.keys()).reverse();
  const found = spectralClusters(given, { k, random: random() });
  const moved = spectralClusters(selectPairs(given, order), { k, random: random() });
  assert.deepEqual(
    moved.cluster,
    partition(moved.ids, order.map((i) => found.cluster[i]!)).cluster,
  );
});

Deno.test("spectralClusters() takes no item, one, two and more clusters than items", () => {
  for (const ids of [[], ["a"]]) {
    const { cluster } = spectralClusters(pairMatrix(ids), { k: 2, random: random() });
    assert.deepEqual([...cluster], ids.map(() => -1));
  }
  assert.deepEqual([...spectralClusters(blocks([2]), { k: 5, random: random() }).cluster], [0, 1]);
});

Deno.test("spectralClusters() refuses affinities outside of [0, 1] and no cluster", () => {
  assert.throws(() => spectralClusters(affinityOf([-0.1]), { k: 2, random: random() }), {
    name: "RangeError",
    message: "Cannot embed items as an affinity must be in [0, 1]: got -0.1",
  });
  assert.throws(() => spectralClusters(affinityOf([0.1]), { k: 0, random: random() }), {
    name: "RangeError",
    message: "Cannot embed items as dimension must be a whole number >= 1: got 0",
  });
});
