import assert from "node:assert/strict";
import fc from "fast-check";
import { coefficientTests, standardErrors } from "lib/stats/coefficient_errors.ts";
import { designSpan, leastSquares } from "lib/stats/least_squares.ts";
import { studentQuantile } from "lib/stats/student_quantile.ts";
import { studentTwoSided } from "lib/stats/student_t.ts";
// golden: statsmodels and scipy, made by tests/golden/stats/least_squares.py
import golden from "../golden/stats/least_squares.json" with { type: "json" };

function assertNear(actual: ArrayLike<number>, wanted: readonly number[], relative: number): void {
  assert.equal(actual.length, wanted.length);
  wanted.forEach((want, i) => {
    const gap = Math.abs(actual[i]! - want);
    assert.ok(gap <= relative * Math.max(Math.abs(want), 1e-300), `${i}: ${actual[i]} for ${want}`);
  });
}

for (const one of golden.cases) {
  // statsmodels solves near copies by a pseudo-inverse, which loses digits that are kept here
  const relative = one.name === "near copies" ? 1e-8 : 1e-11;
  Deno.test(`leastSquares() and its errors match statsmodels: ${one.name}`, () => {
    const fit = leastSquares(one.y, one.x);
    assert.equal(fit.problem, null);
    assertNear(fit.coefficients, one.coefficients, relative);
    const classical = standardErrors(fit, { kind: "classical" });
    assertNear(classical, one.classical, relative);
    assertNear(standardErrors(fit, { kind: "HC0" }), one.HC0, relative);
    assertNear(standardErrors(fit, { kind: "HC1" }), one.HC1, relative);
    const { t, pValue } = coefficientTests(fit.coefficients, {
      errors: classical,
      df: fit.n - fit.nColumns - 1,
    });
    assertNear(t, one.t, relative);
    assertNear(pValue, one.p, 1e-7);
    assert.ok(Math.abs(fit.r2 - one.r2) < 1e-12);
    assert.ok(Math.abs(fit.r2Adjusted - one.r2Adjusted) < 1e-12);
    assert.ok(Math.abs(fit.residualAutocorrelation - one.residualAutocorrelation) < 1e-9);
  });
}

Deno.test("studentQuantile() matches scipy and inverts the p-value", () => {
  for (const { p, df, quantile } of golden.quantiles) {
    const found = studentQuantile(p, df);
    // at a million the p-value itself has lost digits
    assertNear([found], [quantile], df > 1000 ? 1e-8 : 1e-11);
    assert.ok(Math.abs(studentTwoSided(found, df) / p - 1) < 1e-9);
  }
  assert.equal(studentQuantile(1, 5), 0);
  assert.ok(Number.isNaN(studentQuantile(NaN, 5)) && Number.isNaN(studentQuantile(0.1, NaN)));
  assert.throws(() => studentQuantile(0, 5), {
    name: "RangeError",
    message: "Cannot give a Student quantile as p must be in (0, 1]: got 0",
  });
});

Deno.test("leastSquares() says why a fit has no answer, and gives no number then", () => {
  const x = [1, 2, 3, 4, 5, 6], unknown = (values: Float64Array) => values.every(Number.isNaN);
  const short = leastSquares([1, 2, 4], [1, 2, 3, 1, 5, 2]);
  const copies = leastSquares([1, 3, 2, 5, 4, 6], x.flatMap((v) => [v, 2 * v + 1]));
  const still = leastSquares([1, 3, 2, 5, 4, 6], [7, 7, 7, 7, 7, 7]);
  const flat = leastSquares([2, 2, 2, 2, 2, 2], x);
  assert.deepEqual(
    [short, copies, still, flat].map(({ problem }) => problem),
    ["too few observations", "singular design", "singular design", "constant values"],
  );
  for (const fit of [short, copies, still, flat]) {
    assert.ok(unknown(fit.coefficients) && unknown(fit.residuals));
    assert.ok([fit.r2, fit.r2Adjusted, fit.residualAutocorrelation].every(Number.isNaN));
    const errors = standardErrors(fit, { kind: "HC1" });
    assert.ok(unknown(errors));
    assert.ok(unknown(coefficientTests(fit.coefficients, { errors, df: 1 }).pValue));
  }
  assert.equal(designSpan([1, 1, 2, 2], 2), null);
});

const designs = fc.record({ n: fc.integer({ min: 8, max: 20 }), k: fc.integer({ min: 1, max: 4 }) })
  .chain(({ n, k }) => {
    const number = fc.double({ min: -5, max: 5, noNaN: true });
    return fc.record({
      y: fc.array(number, { minLength: n, maxLength: n }),
      x: fc.array(number, { minLength: n * k, maxLength: n * k }),
      beta: fc.array(number, { minLength: k + 1, maxLength: k + 1 }),
    });
  });

Deno.test("leastSquares() leaves residuals that no column explains, and adds what is added", () => {
  fc.assert(
    fc.property(designs, ({ y, x, beta }) => {
      const n = y.length, k = x.length / n, fit = leastSquares(y, x);
      // columns that hardly differ make coefficients of any size
      fc.pre(fit.problem === null && fit.influence.every((a) => Math.abs(a) < 1e3));
      for (let f = 0; f < k; ++f) {
        const along = fit.residuals.reduce((sum, e, t) => sum + e * x[t * k + f]!, 0);
        assert.ok(Math.abs(along) < 1e-8);
      }
      const shifted = leastSquares(
        y.map((v, t) => v + beta[0]! + beta.slice(1).reduce((s, b, f) => s + b * x[t * k + f]!, 0)),
        x,
      );
      fc.pre(shifted.problem === null);
      shifted.coefficients.forEach((b, i) => {
        assert.ok(Math.abs(b - fit.coefficients[i]! - beta[i]!) < 1e-7);
      });
    }),
    { seed: 5, numRuns: 200 },
  );
});

Deno.test("leastSquares() refuses what is no number or no design", () => {
  assert.throws(() => leastSquares([1, 2, NaN], [1, 2, 3]), {
    name: "RangeError",
    message: "Cannot fit least squares as its numbers must be finite: got NaN",
  });
  assert.throws(() => leastSquares([1, 2, 3], [1, 2, 3, 4]), {
    name: "RangeError",
    message:
      "Cannot fit least squares as the design must have whole rows for 3 values: got 4 numbers",
  });
});
