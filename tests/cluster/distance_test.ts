import assert from "node:assert/strict";
import { pairMatrix } from "lib/core/pair_matrix.ts";
import { correlationDistance, type DistanceForm } from "lib/cluster/distance.ts";

const rho = pairMatrix(["a", "b", "c", "d"], Float64Array.of(1, 0.5, 0, -0.5, -1, NaN));

Deno.test("correlationDistance() gives each form by hand", () => {
  const of = (form: DistanceForm) => Array.from(correlationDistance(rho, { form }).values);
  assert.deepEqual(of("one_minus"), [0, 0.5, 1, 1.5, 2, NaN]);
  assert.deepEqual(of("euclidean"), [0, 1, Math.SQRT2, Math.sqrt(3), 2, NaN]);
  assert.deepEqual(of("absolute"), [0, 1, Math.SQRT2, 1, 0, NaN]);
});

Deno.test("correlationDistance() euclidean is the distance between standardised series", () => {
  const x = [1, 4, 2, 8, 5], y = [3, 1, 4, 1, 6];
  const standard = (series: readonly number[]) => {
    const mean = series.reduce((sum, value) => sum + value) / series.length;
    const sd = Math.sqrt(series.reduce((sum, value) => sum + (value - mean) ** 2, 0));
    return series.map((value) => (value - mean) / sd);
  };
  const u = standard(x), v = standard(y);
  const r = u.reduce((sum, value, i) => sum + value * v[i]!, 0);
  const apart = Math.sqrt(u.reduce((sum, value, i) => sum + (value - v[i]!) ** 2, 0));
  const { values } = correlationDistance(pairMatrix(["x", "y"], Float64Array.of(r)), {
    form: "euclidean",
  });
  assert.ok(Math.abs(values[0]! - apart) < 1e-14);
});

Deno.test("correlationDistance() refuses what is no correlation", () => {
  assert.throws(
    () => correlationDistance(pairMatrix(["a", "b"], Float64Array.of(1.5)), { form: "one_minus" }),
    {
      name: "RangeError",
      message: "Cannot make a distance as correlations must be in [-1, 1] or NaN: got 1.5",
    },
  );
  assert.throws(() => correlationDistance(rho, { form: "plain" as DistanceForm }), {
    name: "RangeError",
    message:
      'Cannot make a distance as form must be one of one_minus, euclidean, absolute: got "plain"',
  });
});
