import assert from "node:assert/strict";
import { kMeans } from "lib/cluster/kmeans.ts";
import { kMeansModel } from "lib/cluster/kmeans_model.ts";
import { randomStream } from "lib/core/random.ts";
import golden from "../golden/cluster/kmeans.json" with { type: "json" };

const random = () => randomStream(3, "k-means");

Deno.test("kMeansModel() lets ml-kmeans confirm our fixed point", () => {
  const points = Float64Array.from(golden.mixed);
  const found = kMeans(points, { dimension: 4, k: 4, random: random() });
  const model = kMeansModel(points, found);
  assert.deepEqual(model.clusters, [...found.labels]);
  assert.equal(model.converged, true);
  assert.ok(model.iterations <= 2);
  const rows = found.labels.reduce<number[][]>((all, _, i) => {
    all.push([...points.subarray(4 * i, 4 * i + 4)]);
    return all;
  }, []);
  const squares = model.computeInformation(rows).map(({ error, size }) => error * size);
  assert.ok(Math.abs(squares.reduce((a, b) => a + b) / found.inertia - 1) < 1e-12);
  assert.deepEqual(model.nearest(rows), [...found.labels]);
  assert.throws(() => kMeansModel(points.subarray(1), found), {
    name: "RangeError",
    message:
      "Cannot make a k-means model as the points must be those of the solution: got 639 values for 160 labels",
  });
});
