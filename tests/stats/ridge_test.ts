import assert from "node:assert/strict";
import fc from "fast-check";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { ridge } from "lib/stats/ridge.ts";
import { centredMoments, effectiveDegrees, ridgePath } from "lib/stats/ridge_path.ts";
// golden: scikit-learn and numpy, made by tests/golden/stats/ridge.py
import golden from "../golden/stats/ridge.json" with { type: "json" };

/** Within a share of the larger, or of 1 where both are small. */
function near(ours: number, theirs: number, tolerance: number, what: string): void {
  const size = Math.max(1, Math.abs(theirs));
  assert.ok(Math.abs(ours - theirs) <= tolerance * size, `${what}: ${ours} against ${theirs}`);
}

Deno.test("ridge() gives the figures of methods.md", () => {
  const x = Float64Array.of(1, 2, 2, 1, 3, 5, 4, 3, 5, 8, 6, 5);
  const y = Float64Array.of(1, 2, 2.5, 4, 5.5, 5);
  const fit = ridge(x, y, { alpha: 1, isStandardised: false });
  assert.deepEqual(
    [...fit.coefficients, fit.intercept, fit.r2].map((value) => value.toFixed(6)),
    ["0.716952", "0.160964", "0.180145", "0.936507"],
  );
  const plain = ridge(x, y, { alpha: 0, isStandardised: false });
  assert.deepEqual(
    [plain.intercept, ...plain.coefficients].map((value) => value.toFixed(6)),
    ["0.057503", "0.791513", "0.126384"],
  );
});

for (const { name, x, y, fits } of golden.cases) {
  Deno.test(`ridge() matches scikit-learn: ${name}`, () => {
    for (const { coefficients, intercept, r2, df, ...options } of fits) {
      const fit = ridge(Float64Array.from(x), Float64Array.from(y), options);
      const what = JSON.stringify(options);
      coefficients.forEach((b, f) => near(fit.coefficients[f]!, b, 1e-9, what));
      near(fit.intercept, intercept, 1e-9, what);
      near(fit.r2, r2, 1e-9, what);
      near(fit.df, df, 1e-9, what);
    }
  });
}

Deno.test("ridge() is worked by hand for one factor", () => {
  // x about its mean −1, 0, 1; Σxy = 4, Σx² = 2, so b = 4 / (2 + 2)
  const fit = ridge(Float64Array.of(1, 2, 3), Float64Array.of(0, 2, 4), {
    alpha: 2,
    isStandardised: false,
  });
  assert.deepEqual([...fit.coefficients, fit.intercept, fit.df], [1, 0, 0.5]);
  // errors −1, 0, 1 of deviations −2, 0, 2
  assert.equal(fit.r2, 0.75);
});

/** Noise explained by noise, on average over draws. */
function meanR2(n: number, k: number, alpha: number): number {
  const normal = normalDraws(randomStream(5, `noise ${n} ${alpha}`)), draws = 300;
  let sum = 0;
  for (let draw = 0; draw < draws; ++draw) {
    const x = Float64Array.from({ length: n * k }, () => normal());
    const y = Float64Array.from({ length: n }, () => normal());
    sum += ridge(x, y, { alpha, isStandardised: true }).r2;
  }
  return sum / draws;
}

Deno.test("ridge() explains k/(n − 1) of noise without a penalty", () => {
  near(meanR2(105, 41, 0), 41 / 104, 0.012, "41 factors, 105 rows");
});

Deno.test("ridge() explains nearly all of 30 moves of noise by 41 factors", () => {
  near(meanR2(30, 41, 1), 0.989, 0.003, "alpha 1");
  near(meanR2(30, 41, 10), 0.854, 0.01, "alpha 10");
});

const samples = fc.record({ n: fc.integer({ min: 3, max: 20 }), k: fc.integer({ min: 1, max: 6 }) })
  .chain(({ n, k }) => {
    const numbers = (count: number) =>
      fc.array(fc.integer({ min: -9, max: 9 }), { minLength: count, maxLength: count })
        .map((some) => Float64Array.from(some));
    return fc.record({ k: fc.constant(k), x: numbers(n * k), y: numbers(n) });
  });

Deno.test("ridge() leaves a gradient of alpha times its coefficients", () => {
  fc.assert(
    fc.property(samples, fc.double({ min: 0.01, max: 100, noNaN: true }), ({ k, x, y }, alpha) => {
      const { coefficients, intercept } = ridge(x, y, { alpha, isStandardised: false });
      const errors = y.map((value, t) =>
        coefficients.reduce((left, b, f) => left - b * x[t * k + f]!, value - intercept)
      );
      near(errors.reduce((sum, e) => sum + e, 0), 0, 1e-9, "sum of errors");
      coefficients.forEach((b, f) => {
        near(errors.reduce((sum, e, t) => sum + e * x[t * k + f]!, 0), alpha * b, 1e-8, `${f}`);
      });
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("ridgePath() gives the fit of every penalty from one decomposition", () => {
  fc.assert(
    fc.property(samples, fc.double({ min: 0.01, max: 100, noNaN: true }), ({ k, x, y }, alpha) => {
      const path = ridgePath(centredMoments(x, k)), rank = path.values.length;
      const sum = y.reduce((total, value) => total + value, 0);
      const beta = new Float64Array(k);
      for (let i = 0; i < rank; ++i) {
        let along = -path.shift[i]! * sum / path.n;
        for (let at = 0; at < x.length; ++at) {
          along += path.axes[i * k + at % k]! * x[at]! * y[Math.floor(at / k)]!;
        }
        for (let f = 0; f < k; ++f) {
          beta[f]! += along / (path.values[i]! + alpha) * path.axes[i * k + f]! *
            path.deviation[f]!;
        }
      }
      const fit = ridge(x, y, { alpha, isStandardised: true });
      fit.coefficients.forEach((b, f) => near(beta[f]!, b, 1e-9, `${f}`));
      near(effectiveDegrees(path, alpha), fit.df, 1e-9, "df");
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("ridge() does not know how well it explains what never moves", () => {
  const x = Float64Array.of(1, 2, 4), y = Float64Array.of(0.1, 0.1, 0.1);
  const fit = ridge(x, y, { alpha: 1, isStandardised: true });
  assert.ok(Number.isNaN(fit.r2));
  near(fit.coefficients[0]!, 0, 1e-15, "coefficient");
});

Deno.test("ridge() refuses rows that do not match and penalties that are none", () => {
  const options = { alpha: 1, isStandardised: false };
  assert.throws(() => ridge(new Float64Array(5), new Float64Array(2), options), {
    name: "RangeError",
    message: "Cannot fit a ridge as rows of X must match y: got 5 numbers for 2 rows",
  });
  assert.throws(() => ridge(new Float64Array(0), new Float64Array(0), options), {
    name: "RangeError",
    message: "Cannot fit a ridge as rows of X must match y: got 0 numbers for 0 rows",
  });
  assert.throws(
    () => ridge(new Float64Array(4), new Float64Array(2), { ...options, alpha: -1 }),
    {
      name: "RangeError",
      message: "Cannot fit a ridge as alpha must be a number >= 0: got -1",
    },
  );
});
