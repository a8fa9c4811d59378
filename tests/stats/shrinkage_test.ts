import assert from "node:assert/strict";
import fc from "fast-check";
import { pairCount, pairMatrix, selectPairs } from "lib/core/pair_matrix.ts";
import { shrunkCorrelation } from "lib/stats/shrinkage.ts";
// golden: numpy and sklearn, made by tests/golden/stats/shrinkage.py
import golden from "../golden/stats/shrinkage.json" with { type: "json" };

const names = (n: number) => Array.from({ length: n }, (_, i) => `m${i}`);
const known = (cells: readonly (number | null)[]) => Float64Array.from(cells, (x) => x ?? NaN);

Deno.test("shrunkCorrelation() matches numpy with its own days for each pair", () => {
  const rho = pairMatrix(names(8), known(golden.rho));
  const before = rho.values.slice();
  const { rho: shrunk, intensity } = shrunkCorrelation(rho, golden.days);
  assert.ok(Math.abs(intensity - golden.intensity) < 1e-14);
  known(golden.shrunk).forEach((r, p) => {
    if (Number.isNaN(r)) assert.ok(Number.isNaN(shrunk.values[p]!));
    else assert.ok(Math.abs(shrunk.values[p]! - r) < 1e-14);
  });
  assert.deepEqual(rho.values, before);
});

Deno.test("shrunkCorrelation() shrinks a little less than sklearn's ledoit_wolf", () => {
  const { ids, days, rho, ledoitWolf } = golden.complete;
  const { intensity } = shrunkCorrelation(
    pairMatrix(names(ids), Float64Array.from(rho)),
    new Float64Array(rho.length).fill(days),
  );
  assert.deepEqual([intensity.toFixed(3), ledoitWolf.toFixed(3)], ["0.218", "0.250"]);
});

const matrices = fc.integer({ min: 2, max: 7 }).chain((n) =>
  fc.record({
    ids: fc.constant(names(n)),
    rho: fc.array(fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constant(NaN)), {
      minLength: pairCount(n),
      maxLength: pairCount(n),
    }),
    days: fc.array(fc.double({ min: 2, max: 90, noNaN: true }), {
      minLength: pairCount(n),
      maxLength: pairCount(n),
    }),
  })
);

Deno.test("shrunkCorrelation() never strengthens or turns a correlation", () => {
  fc.assert(
    fc.property(matrices, ({ ids, rho, days }) => {
      const { rho: shrunk, intensity } = shrunkCorrelation(
        pairMatrix(ids, Float64Array.from(rho)),
        days,
      );
      if (rho.every(Number.isNaN)) assert.ok(Number.isNaN(intensity));
      else assert.ok(intensity >= 0 && intensity <= 1);
      rho.forEach((r, p) => {
        const s = shrunk.values[p]!;
        assert.equal(Number.isNaN(s), Number.isNaN(r));
        if (!Number.isNaN(r)) assert.ok(Math.abs(s) <= Math.abs(r) && s * r >= 0);
      });
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("shrunkCorrelation() follows the items when they change order", () => {
  const ids = names(8), order = [5, 2, 7, 0, 3, 6, 1, 4];
  const rho = pairMatrix(ids, known(golden.rho)), days = pairMatrix(ids, known(golden.days));
  const straight = shrunkCorrelation(rho, days.values);
  const turned = shrunkCorrelation(selectPairs(rho, order), selectPairs(days, order).values);
  assert.ok(Math.abs(straight.intensity - turned.intensity) < 1e-14);
  selectPairs(straight.rho, order).values.forEach((r, p) => {
    assert.ok(Number.isNaN(r) || Math.abs(turned.rho.values[p]! - r) < 1e-14);
  });
});

Deno.test("shrunkCorrelation() shrinks less the more days there are", () => {
  const rho = pairMatrix(names(8), known(golden.rho));
  const intensities = [10, 30, 100, 1000].map((days) =>
    shrunkCorrelation(rho, new Float64Array(28).fill(days)).intensity
  );
  intensities.slice(1).forEach((x, k) => assert.ok(x < intensities[k]!));
});

Deno.test("shrunkCorrelation() gives the limits for no pair, no correlation and no noise", () => {
  assert.ok(Number.isNaN(shrunkCorrelation(pairMatrix([]), []).intensity));
  assert.ok(Number.isNaN(shrunkCorrelation(pairMatrix(["a"]), []).intensity));
  assert.ok(Number.isNaN(shrunkCorrelation(pairMatrix(["a", "b"]), [0]).intensity));
  const two = (r: number, days: number) =>
    shrunkCorrelation(pairMatrix(["a", "b"], Float64Array.of(r)), [days]);
  assert.equal(two(0, 50).intensity, 1);
  assert.equal(two(-1, 50).intensity, 0);
  assert.deepEqual([...two(-1, 50).rho.values], [-1]);
  assert.equal(two(0.1, 5).intensity, 1);
});

Deno.test("shrunkCorrelation() refuses what is no correlation or rests on no days", () => {
  const rho = (r: number) => pairMatrix(["a", "b"], Float64Array.of(r));
  assert.throws(() => shrunkCorrelation(rho(0.2), []), {
    name: "RangeError",
    message: "Cannot shrink correlations as each pair must have its days: got 0 for 1",
  });
  assert.throws(() => shrunkCorrelation(rho(1.2), [9]), {
    name: "RangeError",
    message: "Cannot shrink correlations as each must be in [-1, 1]: got 1.2",
  });
  assert.throws(() => shrunkCorrelation(rho(0.2), [1]), {
    name: "RangeError",
    message: "Cannot shrink correlations as a known pair must rest on more than 1 day: got 1",
  });
});
