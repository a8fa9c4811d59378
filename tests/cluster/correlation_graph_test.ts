import assert from "node:assert/strict";
import { correlationGraph } from "lib/cluster/correlation_graph.ts";
import { pairMatrix } from "lib/core/pair_matrix.ts";

const names = (n: number) => Array.from({ length: n }, (_, i) => `m${i}`);

Deno.test("correlationGraph() joins what reaches minRho and nothing unknown or opposite", () => {
  const rho = pairMatrix(names(4), Float64Array.of(0.5, 0.49, NaN, -0.9, 0.7, 1));
  const { a, b, weight } = correlationGraph(rho, { minRho: 0.5 });
  assert.deepEqual([[...a], [...b], [...weight]], [[0, 1, 2], [1, 3, 3], [0.5, 0.7, 1]]);
});

Deno.test("correlationGraph() makes edges within a topic heavier and adds none by itself", () => {
  const rho = pairMatrix(names(4), Float64Array.of(0.5, 0.1, 0.6, 0.1, 0.5, 0.5));
  const topics = Int32Array.of(0, 0, 0, -1);
  const options = { minRho: 0.5, topics };
  assert.deepEqual(correlationGraph(rho, options), correlationGraph(rho, { minRho: 0.5 }));
  const boosted = correlationGraph(rho, { ...options, boost: 3 });
  assert.deepEqual([...boosted.a], [0, 0, 1, 2]);
  assert.deepEqual([...boosted.weight], [2, 0.6, 0.5, 0.5]);
  const leaning = correlationGraph(rho, { ...options, topicEdge: 0.2 });
  assert.deepEqual([...leaning.weight], [0.5, 0.2, 0.6, 0.2, 0.5, 0.5]);
});

Deno.test("correlationGraph() takes two items of no known topic for strangers", () => {
  const rho = pairMatrix(names(2), Float64Array.of(0.6));
  const topics = Int32Array.of(-1, -1);
  const { weight } = correlationGraph(rho, { minRho: 0.5, topics, boost: 3, topicEdge: 1 });
  assert.deepEqual([...weight], [0.6]);
  const unknown = correlationGraph(pairMatrix(names(2)), { minRho: 0.5, topics, topicEdge: 1 });
  assert.equal(unknown.weight.length, 0);
});

Deno.test("correlationGraph() refuses options out of range", () => {
  const rho = pairMatrix(names(2), Float64Array.of(0.6));
  const refused = (options: Parameters<typeof correlationGraph>[1], message: string) =>
    assert.throws(() => correlationGraph(rho, options), { name: "RangeError", message });
  refused({ minRho: 0 }, "Cannot make a graph as minRho must be in (0, 1]: got 0");
  refused(
    { minRho: 0.5, boost: -1 },
    "Cannot make a graph as boost must be finite and >= 0: got -1",
  );
  refused(
    { minRho: 0.5, topicEdge: NaN },
    "Cannot make a graph as topicEdge must be finite and >= 0: got NaN",
  );
  refused(
    { minRho: 0.5, topics: new Int32Array(3) },
    "Cannot make a graph as each of 2 items must have one topic: got 3",
  );
});
