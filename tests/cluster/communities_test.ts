import assert from "node:assert/strict";
import fc from "fast-check";
import { louvainCommunities } from "lib/cluster/communities.ts";
import { correlationGraph, type Edges } from "lib/cluster/correlation_graph.ts";
import { pairCount, type PairMatrix, pairMatrix } from "lib/core/pair_matrix.ts";
import { randomStream } from "lib/core/random.ts";

const random = () => randomStream(4, "louvain");
const names = (n: number) => Array.from({ length: n }, (_, i) => `m${i}`);

function edgesOf(list: readonly (readonly [number, number, number])[]): Edges {
  return {
    a: Uint32Array.from(list, ([a]) => a),
    b: Uint32Array.from(list, ([, b]) => b),
    weight: Float64Array.from(list, ([, , weight]) => weight),
  };
}

/** Correlations of `high` on average within blocks of equal size and 0 between, with noise. */
function planted(n: number, nBlocks: number, high: number): PairMatrix {
  const noise = randomStream(9, "planted");
  const values = new Float64Array(pairCount(n));
  for (let i = 0, at = 0; i < n; ++i) {
    for (let j = i + 1; j < n; ++j) {
      values[at++] = (i % nBlocks === j % nBlocks ? high : 0) + 0.4 * (noise() - 0.5);
    }
  }
  return pairMatrix(names(n), values);
}

/** Modularity by its definition: a sum over all pairs of items, each taken with itself too. */
function modularity(n: number, { a, b, weight }: Edges, cluster: Int32Array, resolution: number) {
  const matrix = Array.from({ length: n }, () => new Float64Array(n));
  weight.forEach((w, e) => matrix[a[e]!]![b[e]!] = matrix[b[e]!]![a[e]!] = w);
  const degree = matrix.map((row) => row.reduce((sum, w) => sum + w, 0));
  const twice = degree.reduce((sum, d) => sum + d, 0);
  let sum = 0;
  for (let i = 0; i < n; ++i) {
    for (let j = 0; j < n; ++j) {
      if (cluster[i] !== cluster[j]) continue;
      sum += matrix[i]![j]! - resolution * degree[i]! * degree[j]! / twice;
    }
  }
  return sum / twice;
}

Deno.test("louvainCommunities() recovers planted blocks", () => {
  const edges = correlationGraph(planted(120, 6, 0.5), { minRho: 0.15 });
  const { partition } = louvainCommunities(names(120), edges, { random: random() });
  assert.deepEqual([...partition.cluster], names(120).map((_, i) => i % 6));
});

Deno.test("louvainCommunities() parts two triangles joined by one edge", () => {
  // within: 6 of 7 edges; degrees 7 and 7 of 14
  const edges = edgesOf([
    [0, 1, 1],
    [0, 2, 1],
    [1, 2, 1],
    [3, 4, 1],
    [3, 5, 1],
    [4, 5, 1],
    [2, 3, 1],
  ]);
  const found = louvainCommunities(names(7), edges, { random: random() });
  assert.deepEqual([...found.partition.cluster], [0, 0, 0, 1, 1, 1, -1]);
  assert.ok(Math.abs(found.modularity - (6 / 7 - 1 / 2)) < 1e-12);
});

Deno.test("louvainCommunities() states the modularity that its partition has", () => {
  const list = fc.array(
    fc.tuple(fc.nat(11), fc.nat(11), fc.integer({ min: 1, max: 20 })),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(list, fc.constantFrom(0.5, 1, 2), (raw, resolution) => {
      const once = new Map(
        raw.filter(([a, b]) => a < b).map(([a, b, w]) => [12 * a + b, [a, b, w / 4] as const]),
      );
      fc.pre(once.size > 0);
      const edges = edgesOf([...once.values()]);
      const found = louvainCommunities(names(12), edges, { resolution, random: random() });
      const { cluster } = found.partition;
      const want = modularity(12, edges, cluster, resolution);
      assert.ok(Math.abs(found.modularity - want) < 1e-10, `${found.modularity}, ${want}`);
      const joined = new Set([...edges.a, ...edges.b]);
      cluster.forEach((c, i) => assert.equal(c >= 0, joined.has(i)));
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("louvainCommunities() gives equal answers for equal draws, and smaller parts if asked", () => {
  const edges = correlationGraph(planted(90, 3, 0.15), { minRho: 0.1 });
  const run = (resolution: number) =>
    louvainCommunities(names(90), edges, { resolution, random: random() });
  assert.deepEqual(run(1), run(1));
  assert.ok(run(3).partition.nClusters > run(0.2).partition.nClusters);
});

Deno.test("louvainCommunities() takes no item and no edge", () => {
  for (const n of [0, 1, 2]) {
    const found = louvainCommunities(names(n), edgesOf([]), { random: random() });
    assert.deepEqual([...found.partition.cluster], names(n).map(() => -1));
    assert.ok(Number.isNaN(found.modularity));
  }
});

Deno.test("louvainCommunities() refuses edges that join no two items and a bad resolution", () => {
  const refused = (edge: readonly [number, number, number], message: string) =>
    assert.throws(() => louvainCommunities(names(2), edgesOf([edge]), { random: random() }), {
      name: "RangeError",
      message,
    });
  const message = "Cannot find communities as an edge must join two of 2 items with a weight > 0: ";
  refused([0, 2, 1], `${message}got (0, 2) of 1`);
  refused([1, 1, 1], `${message}got (1, 1) of 1`);
  refused([0, 1, 0], `${message}got (0, 1) of 0`);
  assert.throws(
    () => louvainCommunities(names(2), edgesOf([]), { resolution: 0, random: random() }),
    {
      name: "RangeError",
      message: "Cannot find communities as resolution must be finite and > 0: got 0",
    },
  );
});
