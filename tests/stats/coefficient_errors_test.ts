import assert from "node:assert/strict";
import fc from "fast-check";
import { coefficientTests, standardErrors } from "lib/stats/coefficient_errors.ts";
import { adjustedErrors } from "lib/stats/adjusted_errors.ts";
import { leastSquares } from "lib/stats/least_squares.ts";
import { studentQuantile } from "lib/stats/student_quantile.ts";
import { studentTwoSided } from "lib/stats/student_t.ts";
// golden: statsmodels and scipy, made by tests/golden/stats/coefficient_errors.py
import golden from "../golden/stats/coefficient_errors.json" with { type: "json" };

function assertNear(actual: ArrayLike<number>, wanted: readonly number[], relative: number): void {
  assert.equal(actual.length, wanted.length);
  wanted.forEach((want, i) => {
    const gap = Math.abs(actual[i]! - want);
    assert.ok(gap <= relative * Math.abs(want), `${i}: ${actual[i]} for ${want}`);
  });
}

Deno.test("standardErrors() match statsmodels where columns are of very different size", () => {
  const fit = leastSquares(golden.y, golden.x);
  for (const kind of ["classical", "HC0", "HC1"] as const) {
    assertNear(standardErrors(fit, { kind }), golden.errors[kind], 1e-8);
  }
  const { t, pValue } = coefficientTests(fit.coefficients, {
    errors: standardErrors(fit, { kind: "HC1" }),
    df: 22,
  });
  assertNear(t, golden.t, 1e-8);
  assertNear(pValue, golden.p, 1e-7);
});

Deno.test("studentQuantile() match scipy far out, where 1 − p is 1", () => {
  for (const { p, df, quantile } of golden.quantiles) {
    assertNear([studentQuantile(p, df)], [quantile], 1e-10);
  }
});

Deno.test("studentQuantile() falls with p and with the degrees of freedom", () => {
  const share = fc.double({ min: 1e-12, max: 0.999, noNaN: true });
  const freedom = fc.double({ min: 0.5, max: 500, noNaN: true });
  fc.assert(
    fc.property(share, freedom, (p, df) => {
      const found = studentQuantile(p, df);
      assert.ok(found > studentQuantile(p * 1.001, df));
      // on the very tail, where fewer degrees of freedom are wider
      if (p < 0.5) assert.ok(found > studentQuantile(p, df * 1.01));
      assert.ok(Math.abs(studentTwoSided(found, df) / p - 1) < 1e-8);
    }),
    { seed: 2, numRuns: 200 },
  );
});

Deno.test("studentQuantile() refuses degrees of freedom that are none, whatever p is", () => {
  for (const p of [0.05, 1]) {
    for (const df of [0, -3]) {
      assert.throws(() => studentQuantile(p, df), {
        name: "RangeError",
        message: `Cannot give a Student quantile as df must be above 0: got ${df}`,
      });
    }
  }
  assert.throws(() => studentQuantile(1.2, 5), {
    name: "RangeError",
    message: "Cannot give a Student quantile as p must be in (0, 1]: got 1.2",
  });
});

Deno.test("coefficientTests() by hand, with degrees of freedom of its own for each", () => {
  const { t, pValue } = coefficientTests(Float64Array.of(2, -2, 3, 1, NaN), {
    errors: Float64Array.of(1, 1, 0, NaN, 1),
    df: Float64Array.of(1, 1e9, 4, 4, 4),
  });
  assert.deepEqual([...t], [2, -2, NaN, NaN, NaN]);
  // Cauchy: 1 − 2 atan(2) / π; nearly normal: 0.0455
  assert.ok(Math.abs(pValue[0]! - (1 - 2 * Math.atan(2) / Math.PI)) < 1e-12);
  assert.ok(Math.abs(pValue[1]! - 0.0455003) < 1e-6);
  assert.ok(pValue.subarray(2).every(Number.isNaN));
});

Deno.test("standard errors scale with the values and, inversely, with their column", () => {
  const fit = leastSquares(golden.y, golden.x);
  const wide = leastSquares(
    golden.y.map((y) => 3 * y),
    golden.x.map((x, at) => at % 2 ? x : 10 * x),
  );
  const factors = [3, 0.3, 3];
  for (const kind of ["classical", "HC0", "HC1"] as const) {
    const own = standardErrors(fit, { kind });
    assertNear(standardErrors(wide, { kind }), [...own].map((e, i) => e * factors[i]!), 1e-8);
  }
  const own = adjustedErrors(fit, { lag: 2 }), found = adjustedErrors(wide, { lag: 2 });
  assertNear(found.errors, [...own.errors].map((e, i) => e * factors[i]!), 1e-8);
  assertNear(found.df, [...own.df], 1e-6);
});

Deno.test("adjustedErrors() of a combination of coefficients are those of the mean at that place", () => {
  // two groups: the combination constant + slope is the mean of the second group alone
  const y = [1, 4, 2, 8, 5, 7, 1, 3], x = [0, 0, 0, 0, 1, 1, 1, 1];
  const fit = leastSquares(y, x), n = 8;
  const sum = fit.influence.subarray(0, n).map((a, t) => a + fit.influence[n + t]!);
  const { errors, df } = adjustedErrors({ ...fit, influence: sum }, { lag: 0 });
  const mean = leastSquares(y.slice(4), []);
  const alone = adjustedErrors(mean, { lag: 0 });
  assertNear(errors, [...alone.errors], 1e-12);
  assertNear(df, [...alone.df], 1e-12);
});
