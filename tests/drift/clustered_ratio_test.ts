import assert from "node:assert/strict";
import fc from "fast-check";
import { clusteredRatio, studentReach } from "lib/drift/clustered_ratio.ts";
import { clusteredSlope } from "lib/drift/clustered_slope.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
// golden: statsmodels, made by tests/golden/drift/drift.py
import golden from "../golden/drift/drift.json" with { type: "json" };

function assertClose(value: number, wanted: number, what: string): void {
  assert.ok(Math.abs(value - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)), `${what}: ${value}`);
}

Deno.test("clusteredSlope() matches statsmodels' OLS with errors by cluster", () => {
  const { x, y, event, ...wanted } = golden.slope;
  const [xs, ys] = [Float64Array.from(x), Float64Array.from(y)];
  const fit = clusteredSlope(xs, ys, { cluster: event, nClusters: 30, centre: 50 });
  assertClose(fit.value, wanted.value, "slope");
  assertClose(fit.atCentre, wanted.atCentre, "at centre");
  assertClose(fit.error, wanted.error, "error");
  assertClose(fit.pValue, wanted.pValue, "p");
  assert.deepEqual([...xs], x);
});

Deno.test("studentReach() gives the quantiles of printed tables", () => {
  const reached = [[0.95, 4], [0.95, 10], [0.99, 30]].map(([level, df]) =>
    studentReach(level!, df!).toFixed(3)
  );
  assert.deepEqual(reached, ["2.776", "2.228", "2.750"]);
});

Deno.test("clusteredRatio() weighs clusters by their denominators", () => {
  const ratio = clusteredRatio([1, 2, 3, 0, 4, 0], [1, 1, 2, 1, 5, 0]);
  assert.equal(ratio.value, 1);
  assert.equal(ratio.nClusters, 5);
  assert.equal(ratio.effectiveClusters, 100 / 32);
  assert.ok(Number.isNaN(ratio.error + ratio.low + ratio.pValue), "3 clusters tell no error");
});

Deno.test("clusteredRatio() of equal clusters has the error of their mean", () => {
  const ratio = clusteredRatio([1, 2, 3, 4, 5], [1, 1, 1, 1, 1]);
  assertClose(ratio.error, Math.sqrt(2.5 / 5), "error");
  assertClose(ratio.high - ratio.value, 2.7764451051977987 * ratio.error, "reach");
  assert.ok(Number.isNaN(clusteredRatio([], []).value));
});

Deno.test("clusteredRatio() does not know how a cluster is cut into rows, nor their order", () => {
  const pair = fc.tuple(
    fc.double({ min: -9, max: 9, noNaN: true }),
    fc.integer({ min: 1, max: 9 }),
  );
  fc.assert(
    fc.property(fc.array(pair, { minLength: 6, maxLength: 30 }), (rows) => {
      const of = (list: typeof rows) =>
        clusteredRatio(list.map(([x]) => x), list.map(([, d]) => d));
      const [one, turned] = [of(rows), of(rows.toReversed())];
      assertClose(turned.value, one.value, "value");
      if (Number.isNaN(one.error)) assert.ok(Number.isNaN(turned.error));
      else assertClose(turned.error, one.error, "error");
      assert.ok(one.effectiveClusters <= one.nClusters + 1e-9);
    }),
    { seed: 61, numRuns: 100 },
  );
});

Deno.test("clusteredRatio() covers the truth 95 % of the time where rows of a cluster move together", () => {
  const random = randomStream(3, "clusters"), draw = normalDraws(random);
  let nCovered = 0, nNaive = 0;
  for (let run = 0; run < 600; ++run) {
    const sizes = Array.from({ length: 40 }, () => 1 + Math.floor(8 * random()));
    const sums = sizes.map((size) => size * draw());
    const { value, low, high } = clusteredRatio(sums, sizes);
    if (low <= 0 && high >= 0) ++nCovered;
    // rows taken for independent: their variance is 1
    if (Math.abs(value) <= 1.96 / Math.sqrt(sizes.reduce((a, b) => a + b))) ++nNaive;
  }
  assert.ok(nCovered >= 555 && nCovered <= 590, `${nCovered} of 600`);
  assert.ok(nNaive < 450, `${nNaive} of 600 without clusters`);
});

Deno.test("clusteredSlope() is not estimable of too few rows or where x stands still", () => {
  const same = { cluster: [0, 1, 2, 3, 4, 5], nClusters: 6 };
  const flat = clusteredSlope(new Float64Array(6).fill(2), new Float64Array(6), same);
  assert.ok(Number.isNaN(flat.value) && Number.isNaN(flat.pValue));
  const two = clusteredSlope(Float64Array.of(1, 2), Float64Array.of(1, 2), same);
  assert.ok(Number.isNaN(two.value));
  const one = clusteredSlope(Float64Array.of(1, 2, 3), Float64Array.of(1, 2, 3), {
    ...{ cluster: [0, 0, 0], nClusters: 1 },
  });
  assert.ok(one.value === 1 && Number.isNaN(one.error));
});
