import assert from "node:assert/strict";
import fc from "fast-check";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { type ContractRidge, contractRidge } from "lib/factors/contract_ridge.ts";
import { judgedLoadings } from "lib/factors/judged_loadings.ts";
import { ridgeEstimates } from "lib/factors/ridge_estimates.ts";
import { standardDesign } from "lib/factors/standard_design.ts";
import { studentTwoSided } from "lib/stats/student_t.ts";
import { madeContract, madeContracts, madePanel, noisePanel } from "./made_factors.ts";

const isNear = (a: number, b: number, gap = 1e-10) =>
  Math.abs(a - b) <= gap * Math.max(1, Math.abs(b));
function assertNear(actual: ArrayLike<number>, wanted: ArrayLike<number>, gap?: number): void {
  assert.equal(actual.length, wanted.length);
  for (let i = 0; i < wanted.length; ++i) {
    assert.ok(isNear(actual[i]!, wanted[i]!, gap), `${i}: ${actual[i]} for ${wanted[i]}`);
  }
}

Deno.test("standardDesign() by hand: mean 0 and population deviation 1 over the sessions asked for", () => {
  const panel = madePanel([1, 5, 9, 5, 3, 5, 100, 100], 2);
  const { standard, scatter, deviation } = standardDesign(panel, Int32Array.of(0, 2));
  assertNear(standard, [-1, 0, 1, 0]);
  assertNear(deviation, [1, 0]);
  assertNear(scatter, [2, 0, 0, 0]);
});

Deno.test("standardDesign() has the scatter of its own columns, and does not know other sessions", () => {
  const panel = noisePanel(40, 3, 2), session = Int32Array.from({ length: 20 }, (_, t) => 2 * t);
  const { standard, scatter } = standardDesign(panel, session);
  for (let f = 0; f < 3; ++f) {
    for (let g = 0; g < 3; ++g) {
      let sum = 0;
      for (let t = 0; t < 20; ++t) sum += standard[3 * t + f]! * standard[3 * t + g]!;
      assert.ok(isNear(scatter[3 * f + g]!, sum));
      if (f === g) assert.ok(isNear(sum, 20));
    }
  }
  const others = panel.moves.map((move, at) => Math.floor(at / 3) % 2 === 0 ? move : NaN);
  assert.deepEqual(standardDesign({ ...panel, moves: others }, session).standard, standard);
});

const N = 24, K = 3;
const { standard, scatter } = standardDesign(
  noisePanel(N, K, 5),
  Int32Array.from({ length: N }, (_, t) => t),
);
const ridge = (alpha: number, isCorrected = false): ContractRidge =>
  contractRidge(standard, { scatter, alpha, isCorrected })!;
const row = (values: Float64Array, f: number) => values.subarray(f * N, (f + 1) * N);
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, x, t) => sum + x * b[t]!, 0);
/** What ridge leaves of some values: less their mean and their fitted part. */
function leftOf(y: Float64Array, { plain }: ContractRidge): Float64Array {
  const mean = y.reduce((sum, x) => sum + x, 0) / N;
  return y.map((x, t) => {
    let left = x - mean;
    for (let f = 0; f < K; ++f) left -= dot(row(plain, f), y) * standard[t * K + f]!;
    return left;
  });
}

Deno.test("contractRidge() solves the penalised normal equations", () => {
  const draw = normalDraws(randomStream(1, "moves")), y = Float64Array.from({ length: N }, draw);
  for (const alpha of [0.01, 1, 30, 4000]) {
    const { influence, plain } = ridge(alpha);
    assert.deepEqual(influence, plain);
    const beta = Array.from({ length: K }, (_, f) => dot(row(influence, f), y));
    for (let f = 0; f < K; ++f) {
      let left = alpha * beta[f]!;
      for (let g = 0; g < K; ++g) left += scatter[f * K + g]! * beta[g]!;
      const along = dot(Float64Array.from({ length: N }, (_, t) => standard[t * K + f]!), y);
      assert.ok(isNear(left, along), `${alpha} ${f}`);
    }
  }
});

for (const isCorrected of [false, true]) {
  Deno.test(`contractRidge() ${isCorrected ? "corrected" : "plain"} knows what it keeps, what residuals hold and its leverage`, () => {
    for (const alpha of [0.01, 5, 500]) {
      const one = ridge(alpha, isCorrected);
      for (let f = 0; f < K; ++f) {
        const own = Float64Array.from({ length: N }, (_, t) => standard[t * K + f]!);
        assert.ok(isNear(one.kept[f]!, dot(row(one.influence, f), own)));
        assert.ok(one.kept[f]! > 0 && one.kept[f]! < 1);
        // residuals of the plain ridge of the influence itself
        assertNear(row(one.left, f), leftOf(row(one.influence, f).slice(), one));
      }
      // share of each residual's variance under equal errors: 1 less its row of M squared
      const unit = Float64Array.from({ length: N });
      const leverage = Array.from({ length: N }, (_, t) => {
        unit.fill(0)[t] = 1;
        return 1 - leftOf(unit, one).reduce((sum, x) => sum + x * x, 0);
      });
      assertNear(one.leverage, leverage);
      assert.ok(isNear(one.spare, N - leverage.reduce((sum, h) => sum + h, 0)));
    }
  });
}

Deno.test("contractRidge() is least squares without a penalty, and nothing under a heavy one", () => {
  const light = ridge(1e-9), heavy = ridge(1e9);
  assertNear(light.kept, [1, 1, 1], 1e-8);
  assert.ok(light.left.every((a) => Math.abs(a) < 1e-9));
  assert.ok(isNear(light.spare, N - K - 1, 1e-8));
  assert.ok(heavy.kept.every((share) => share < 1e-6));
  assert.ok(isNear(heavy.spare, N - 1, 1e-6));
  // a step of correction keeps more: 1 − (1 − kept)² with independent factors
  const plain = ridge(20), corrected = ridge(20, true);
  corrected.kept.forEach((share, f) => assert.ok(share > plain.kept[f]!));
  assert.equal(
    contractRidge(Float64Array.of(1, 1, -1, -1), {
      ...{ scatter: Float64Array.of(2, 2, 2, 2), alpha: 1e-30, isCorrected: false },
    }),
    null,
  );
});

Deno.test("judgedLoadings() give the t test back where the error holds the mean itself", () => {
  // Σ y² / n² in place of the free error: a share 1/n of it is the mean's own square
  const numbers = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
    minLength: 4,
    maxLength: 12,
  });
  fc.assert(
    fc.property(numbers, (y) => {
      const n = y.length, mean = y.reduce((sum, x) => sum + x, 0) / n;
      const about = y.reduce((sum, x) => sum + (x - mean) ** 2, 0);
      fc.pre(about > 1e-3 && Math.abs(mean) > 1e-2);
      const t = mean / Math.sqrt(about / (n - 1) / n);
      const p = studentTwoSided(t, n - 1);
      fc.pre(p > 1e-6 && p < 0.99);
      const { ciLow, ciHigh } = judgedLoadings(madePanel([1, 2], 1), [madeContract(0, [0], [1])], {
        ...{ estimator: "ridge", coverage: 1 - p },
        estimate: () => ({
          beta: Float64Array.of(mean),
          error: Float64Array.of(Math.sqrt(y.reduce((sum, x) => sum + x * x, 0)) / n),
          df: Float64Array.of(n - 1),
          kept: Float64Array.of(1),
          held: Float64Array.of(1 / n),
        }),
      });
      // the interval whose end is 0 is that of the test's own p-value
      assert.ok(Math.abs(mean > 0 ? ciLow[0]! : ciHigh[0]!) < 1e-6 * Math.abs(mean));
    }),
    { seed: 11, numRuns: 200 },
  );
});

Deno.test("ridgeEstimates() give nothing for moves all alike, a missing penalty or no freedom left", () => {
  const panel = noisePanel(30, 2, 3), session = Array.from({ length: 20 }, (_, t) => t);
  const lively = session.map((t) => Math.sin(t * t));
  const options = { estimator: "ridge", coverage: 0.9, block: 5 } as const;
  const estimate = ridgeEstimates(panel, 3, { ...options, alphas: [NaN, 1, 1e-9] });
  assert.equal(estimate(madeContract(0, session, lively), 0), null);
  assert.notEqual(estimate(madeContract(0, session, lively), 1), null);
  assert.equal(estimate(madeContract(0, session, session.map(() => 0.4)), 1), null);
  assert.equal(estimate(madeContract(0, [0, 1, 2], [1, 2, 1]), 2), null);
});

Deno.test("ridgeEstimates() weigh a session by itself as White's errors with leverage do", () => {
  const panel = noisePanel(60, 2, 4);
  const [contract] = madeContracts(panel, { count: 1, n: 50, beta: 0.5, seed: 5 });
  const { session, move } = contract!;
  const { standard, scatter } = standardDesign(panel, session);
  const { influence, leverage, plain } = contractRidge(standard, {
    ...{ scatter, alpha: 8, isCorrected: false },
  })!;
  const found = ridgeEstimates(panel, 1, {
    ...{ estimator: "ridge", coverage: 0.9, block: 1, alphas: [8] },
  })(contract!, 0)!;
  const mean = move.reduce((sum, y) => sum + y, 0) / 50;
  for (let f = 0; f < 2; ++f) {
    let sum = 0;
    for (let t = 0; t < 50; ++t) {
      const fitted = mean + dot(plain.subarray(0, 50), move) * standard[2 * t]! +
        dot(plain.subarray(50), move) * standard[2 * t + 1]!;
      sum += (influence[f * 50 + t]! * (move[t]! - fitted)) ** 2 / (1 - leverage[t]!);
    }
    assert.ok(isNear(found.error[f]!, Math.sqrt(sum)), `${found.error[f]} ${Math.sqrt(sum)}`);
    assert.ok(found.held![f]! >= 0 && found.held![f]! < 1);
  }
});
