import assert from "node:assert/strict";
import { hdbscan } from "lib/cluster/hdbscan.ts";
import { chosenClusters, type CondensedTree, condensedTree } from "lib/cluster/hdbscan_tree.ts";
import { linkage } from "lib/cluster/linkage.ts";
import { partition } from "lib/cluster/partition.ts";
import { type PairMatrix, pairMatrix, selectPairs } from "lib/core/pair_matrix.ts";
import { randomStream, shuffled } from "lib/core/random.ts";
import golden from "../golden/cluster/density.json" with { type: "json" };

function onLine(places: readonly number[]): PairMatrix {
  const values = places.flatMap((x, i) => places.slice(i + 1).map((y) => Math.abs(x - y)));
  return pairMatrix(places.map((_, i) => `m${i}`), Float64Array.from(values));
}

for (const { name, n, distance, hdbscan: cases } of golden) {
  Deno.test(`hdbscan() gives scikit-learn's labels and probabilities, ${name}`, () => {
    // golden: tests/golden/cluster/density.py
    const ids = Array.from({ length: n }, (_, i) => String(i));
    const given = pairMatrix(ids, Float64Array.from(distance));
    for (const { minClusterSize, minSamples, labels, probabilities } of cases) {
      const found = hdbscan(given, { minClusterSize, minSamples });
      const setting = `${minClusterSize}, ${minSamples}`;
      assert.deepEqual(found.partition.cluster, partition(ids, labels).cluster, setting);
      found.probabilities.forEach((p, i) =>
        assert.ok(Math.abs(p - probabilities[i]!) < 1e-12, `${setting}: item ${i} got ${p}`)
      );
    }
  });
}

Deno.test("hdbscan() finds two groups with the stability that one works out by hand", () => {
  // two groups of three, 1 apart; they part at height 8. Items leave at λ = 1, born at 1/8
  const found = hdbscan(onLine([0, 1, 2, 10, 11, 12]), { minClusterSize: 3, minSamples: 2 });
  assert.deepEqual([...found.partition.cluster], [0, 0, 0, 1, 1, 1]);
  assert.deepEqual([...found.stability], [3 * (1 - 1 / 8), 3 * (1 - 1 / 8)]);
  assert.deepEqual([...found.probabilities], [1, 1, 1, 1, 1, 1]);
});

Deno.test("hdbscan() gives an item that leaves early a lower probability", () => {
  // within the first group 4 leaves at λ = 1/2, the others at 1
  const found = hdbscan(onLine([0, 1, 2, 4, 30, 31, 32]), { minClusterSize: 3, minSamples: 1 });
  assert.deepEqual([...found.partition.cluster], [0, 0, 0, 0, 1, 1, 1]);
  assert.deepEqual([...found.probabilities], [1, 1, 1, 0.5, 1, 1, 1]);
  assert.ok(Math.abs(found.stability[0]! - (3.5 - 4 / 26)) < 1e-12);
});

/** Greatest sum of stabilities over every choice of clusters of which none is above another. */
function bestSum({ parent, stability }: CondensedTree): number {
  const under = (c: number): number => {
    const parts = [...parent.keys()].filter((child) => parent[child] === c);
    const sum = parts.reduce((total, child) => total + under(child), 0);
    return c === 0 ? sum : Math.max(stability[c]!, sum);
  };
  return under(0);
}

Deno.test("chosenClusters() reaches the greatest sum of stabilities", () => {
  let nTrees = 0;
  for (let seed = 0; seed < 30; ++seed) {
    const random = randomStream(seed, "line");
    const places = Array.from({ length: 60 }, () => Math.floor(random() * 6) * 3 + random() ** 2);
    const tree = condensedTree(linkage(onLine(places), { method: "single" }), 3);
    const chosen = chosenClusters(tree);
    const kept = [...new Set(chosen)].filter((c) => c >= 0);
    const sum = kept.reduce((total, c) => total + tree.stability[c]!, 0);
    assert.ok(Math.abs(sum / bestSum(tree) - 1) < 1e-12);
    kept.forEach((c) => assert.ok(!kept.includes(tree.parent[c]!)));
    if (kept.length > 2) ++nTrees;
  }
  assert.ok(nTrees > 10);
});

Deno.test("hdbscan() permutes with the items", () => {
  const { n, distance } = golden[1]!;
  const ids = Array.from({ length: n }, (_, i) => String(i));
  const given = pairMatrix(ids, Float64Array.from(distance));
  const order = shuffled(Array.from(ids.keys()), randomStream(1, "order"));
  const options = { minClusterSize: 5 };
  const found = hdbscan(given, options), moved = hdbscan(selectPairs(given, order), options);
  assert.deepEqual(
    moved.partition.cluster,
    partition(moved.partition.ids, order.map((i) => found.partition.cluster[i]!)).cluster,
  );
  order.forEach((i, at) =>
    assert.ok(Math.abs(moved.probabilities[at]! - found.probabilities[i]!) < 1e-12)
  );
});

Deno.test("hdbscan() parts groups between which no pair is known", () => {
  const given = onLine([0, 1, 2, 3, 4, 5]);
  const values = given.values.slice();
  given.ids.forEach((_, i) => {
    for (let j = i + 1, at = i * (11 - i) / 2; j < 6; ++j, ++at) {
      if (i < 3 && j >= 3) values[at] = NaN;
    }
  });
  const found = hdbscan(pairMatrix(given.ids, values), { minClusterSize: 3, minSamples: 2 });
  assert.deepEqual([...found.partition.cluster], [0, 0, 0, 1, 1, 1]);
  assert.deepEqual([...found.stability], [3, 3]);
});

Deno.test("hdbscan() keeps identical items together at the greatest depth", () => {
  const found = hdbscan(onLine([5, 5, 5, 20, 20, 20, 21]), { minClusterSize: 3, minSamples: 1 });
  // the item at 21 is infinitely less deep than the three that coincide
  assert.deepEqual([...found.partition.cluster], [1, 1, 1, 0, 0, 0, 0]);
  assert.deepEqual([...found.probabilities], [1, 1, 1, 1, 1, 1, 0]);
  assert.deepEqual([...found.stability], [Infinity, Infinity]);
});

Deno.test("hdbscan() finds no cluster in no item, one, two, identical ones or unknown pairs", () => {
  const options = { minClusterSize: 2 };
  for (const places of [[], [1], [1, 2], [3, 3, 3, 3]]) {
    const found = hdbscan(onLine(places), options);
    assert.deepEqual([...found.partition.cluster], places.map(() => -1));
    assert.deepEqual([...found.probabilities], places.map(() => 0));
  }
  const unknown = hdbscan(pairMatrix(["a", "b", "c", "d"]), options);
  assert.deepEqual([...unknown.partition.cluster], [-1, -1, -1, -1]);
});

Deno.test("hdbscan() refuses bad sizes and distances", () => {
  const refused = (distance: PairMatrix, minClusterSize: number, message: string) =>
    assert.throws(() => hdbscan(distance, { minClusterSize }), { name: "RangeError", message });
  refused(
    onLine([1, 2]),
    1,
    "Cannot run HDBSCAN as minClusterSize must be a whole number >= 2: got 1",
  );
  refused(
    pairMatrix(["a", "b"], Float64Array.of(Infinity)),
    2,
    "Cannot cluster as every distance must be finite and >= 0, or NaN if unknown: got Infinity",
  );
  assert.throws(() => hdbscan(onLine([1, 2]), { minClusterSize: 2, minSamples: 0 }), {
    name: "RangeError",
    message: "Cannot measure density as minPoints must be a whole number >= 1: got 0",
  });
});
