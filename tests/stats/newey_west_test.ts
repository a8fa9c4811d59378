import assert from "node:assert/strict";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { adjustedErrors } from "lib/stats/adjusted_errors.ts";
import { standardErrors } from "lib/stats/coefficient_errors.ts";
import { leastSquares } from "lib/stats/least_squares.ts";
import { neweyWestCovariance, neweyWestErrors, neweyWestLag } from "lib/stats/newey_west.ts";
// golden: statsmodels and numpy, made by tests/golden/stats/newey_west.py
import golden from "../golden/stats/newey_west.json" with { type: "json" };

function assertNear(actual: ArrayLike<number>, wanted: readonly number[], relative: number): void {
  assert.equal(actual.length, wanted.length);
  wanted.forEach((want, i) => {
    assert.ok(Math.abs(actual[i]! - want) <= relative * Math.abs(want), `${actual[i]} for ${want}`);
  });
}

Deno.test("neweyWestCovariance() matches statsmodels at every lag, corrected and not", () => {
  const fit = leastSquares(golden.y, golden.x);
  for (const { lag, smallSample, covariance } of golden.cases) {
    assertNear(neweyWestCovariance(fit, { lag, smallSample }), covariance, 1e-10);
  }
});

Deno.test("neweyWestErrors() gives the fixture of methods.md", () => {
  const { x, y, coefficients, errors, corrected } = golden.fixture;
  const fit = leastSquares(y, x);
  assertNear(fit.coefficients, coefficients, 1e-11);
  assertNear(neweyWestErrors(fit, { lag: 1 }), errors, 1e-11);
  assertNear(neweyWestErrors(fit, { lag: 1, smallSample: true }), corrected, 1e-11);
  const digits = (values: Float64Array) => Array.from(values, (v) => v.toFixed(6));
  assert.deepEqual(digits(fit.coefficients), ["0.057503", "0.791513", "0.126384"]);
  assert.deepEqual(digits(neweyWestErrors(fit, { lag: 1 })), ["0.124427", "0.156185", "0.127219"]);
});

Deno.test("neweyWestErrors() with lag 0 are White's", () => {
  const fit = leastSquares(golden.y, golden.x);
  assertNear(neweyWestErrors(fit, { lag: 0 }), [...standardErrors(fit, { kind: "HC0" })], 1e-13);
});

Deno.test("adjustedErrors() match the traces of dense matrices", () => {
  const fit = leastSquares(golden.y, golden.x);
  for (const { lag, errors, df } of golden.adjusted) {
    const found = adjustedErrors(fit, { lag });
    assertNear(found.errors, errors, 1e-10);
    assertNear(found.df, df, 1e-9);
  }
});

Deno.test("adjustedErrors() of a mean alone are those of the t test", () => {
  const y = [3, 1, 4, 1, 5, 9, 2, 6];
  const fit = leastSquares(y, []);
  const { errors, df } = adjustedErrors(fit, { lag: 0 });
  assertNear(errors, [...standardErrors(fit, { kind: "classical" })], 1e-13);
  assertNear(df, [7], 1e-12);
});

Deno.test("adjustedErrors() squared are unbiased where errors are alike, which Newey & West's are not", () => {
  const { x } = golden, draw = normalDraws(randomStream(7, "errors")), draws = 1500;
  let plain = 0, adjusted = 0, truth = 0;
  for (let b = 0; b < draws; ++b) {
    const fit = leastSquares(Float64Array.from({ length: 48 }, draw), x);
    truth = fit.influence.subarray(48, 96).reduce((sum, a) => sum + a * a, 0);
    plain += neweyWestErrors(fit, { lag: 3 })[1]! ** 2 / draws;
    adjusted += adjustedErrors(fit, { lag: 3 }).errors[1]! ** 2 / draws;
  }
  assert.ok(Math.abs(adjusted / truth - 1) < 0.04, `adjusted ${adjusted / truth}`);
  assert.ok(plain / truth < 0.85, `plain ${plain / truth}`);
});

Deno.test("neweyWestLag() follows the rule of thumb", () => {
  assert.deepEqual([30, 50, 100, 300].map(neweyWestLag), [3, 3, 4, 5]);
});

Deno.test("Newey & West's errors refuse a lag beyond the sample and have no answer without a fit", () => {
  const fit = leastSquares(golden.y, golden.x);
  const message =
    "Cannot allow for autocorrelation as the lag must be a whole number in [0, 48): got 48";
  assert.throws(() => neweyWestErrors(fit, { lag: 48 }), { name: "RangeError", message });
  assert.throws(() => adjustedErrors(fit, { lag: 48 }), { name: "RangeError", message });
  const none = leastSquares([1, 2, 3, 4], [5, 5, 5, 5]);
  assert.ok(neweyWestErrors(none, { lag: 1 }).every(Number.isNaN));
  const { errors, df } = adjustedErrors(none, { lag: 1 });
  assert.ok(errors.every(Number.isNaN) && df.every(Number.isNaN));
});
