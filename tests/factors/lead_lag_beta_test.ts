import assert from "node:assert/strict";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { type FactorMoves, factorMoves, leadLagBeta } from "lib/factors/lead_lag_beta.ts";
// golden: statsmodels, made by tests/golden/factors/alignment.py
import golden from "../golden/factors/alignment.json" with { type: "json" };

const GOLDEN_FACTOR: FactorMoves = {
  fromDay: Int32Array.from(golden.label.fromDay),
  day: Int32Array.from(golden.label.day),
  move: Float64Array.from(golden.label.moves.SHARE),
};
const CONTRACT = golden.contractMoves["made:1"];
const GOLDEN_MOVES = {
  session: Int32Array.from(CONTRACT.session),
  move: Float64Array.from(CONTRACT.logit),
};

function near(got: number, want: number): void {
  assert.ok(Math.abs(got - want) <= 1e-11 * Math.abs(want), `${got} for ${want}`);
}

Deno.test("leadLagBeta() matches statsmodels, with its plain and its Newey-West error of the sum", () => {
  const plain = leadLagBeta(GOLDEN_MOVES, GOLDEN_FACTOR, { leads: 1, lags: 1 });
  assert.equal(plain.n, golden.leadLag.n);
  golden.leadLag.coefficients.forEach((b, a) => near(plain.coefficients[a]!, b));
  near(plain.beta, golden.leadLag.beta);
  near(plain.standardError, golden.leadLag.standardError);
  const robust = leadLagBeta(GOLDEN_MOVES, GOLDEN_FACTOR, { leads: 1, lags: 1, bandwidth: 3 });
  assert.equal(robust.beta, plain.beta);
  near(robust.standardError, golden.leadLag.hacStandardError);
});

function daily(
  move: ArrayLike<number>,
  day = Int32Array.from({ length: move.length }, (_, s) => s + 1),
) {
  return { fromDay: day.map((one) => one - 1), day, move: Float64Array.from(move) };
}

const every = (move: Float64Array) => ({ session: Int32Array.from(move.keys()), move });

Deno.test("leadLagBeta() gives back what a contract sees before and after the factor does", () => {
  const draw = normalDraws(randomStream(5, "factor"));
  const factor = daily(Float64Array.from({ length: 60 }, draw));
  const at = (s: number) => factor.move[s] ?? 0;
  const moves = every(factor.move.map((f, s) => 0.25 * at(s - 1) + 0.5 * f + 2 * at(s + 1) + 3));
  const { beta, standardError, n, coefficients } = leadLagBeta(moves, factor, {
    leads: 1,
    lags: 1,
  });
  assert.deepEqual([...coefficients].map((b) => b.toFixed(9)), [
    "0.250000000",
    "0.500000000",
    "2.000000000",
  ]);
  assert.ok(Math.abs(beta - 2.75) < 1e-12 && standardError < 1e-12);
  assert.equal(n, 58);
});

Deno.test("leadLagBeta() takes no neighbour across a hole of the panel", () => {
  const day = Int32Array.of(1, 2, 3, 4, 5, 30, 31, 32, 33, 34);
  const factor = daily([1, -2, 3, 1, 2, 9, -1, 2, 5, 1], day);
  assert.equal(leadLagBeta(every(factor.move), factor, { leads: 1 }).n, 8);
  assert.equal(leadLagBeta(every(factor.move), factor, { leads: 1, lags: 1 }).n, 6);
  assert.equal(leadLagBeta(every(factor.move), factor).n, 10);
});

Deno.test("the plain error of leadLagBeta() covers the truth as often as it says", () => {
  let covered = 0;
  for (let r = 0; r < 400; ++r) {
    const draw = normalDraws(randomStream(r, "coverage"));
    const factor = daily(Float64Array.from({ length: 80 }, draw));
    const at = (s: number) => factor.move[s] ?? 0;
    const moves = every(factor.move.map((f, s) => 0.6 * f + 0.4 * at(s + 1) + draw()));
    const { beta, standardError } = leadLagBeta(moves, factor, { leads: 1 });
    if (Math.abs(beta - 1) < 1.645 * standardError) ++covered;
  }
  assert.ok(covered > 340 && covered < 380, `${covered} of 400 within 90 % intervals`);
});

Deno.test("leadLagBeta() is not estimable with too few moves or a factor that rests", () => {
  const unknown = (n: number, k: number) => ({
    beta: NaN,
    standardError: NaN,
    n,
    coefficients: new Float64Array(k).fill(NaN),
  });
  const few = daily([1, 2, 4]);
  assert.deepEqual(leadLagBeta(every(few.move), few, { leads: 1 }), unknown(2, 2));
  const resting = daily(new Float64Array(20));
  const moves = every(Float64Array.from({ length: 20 }, (_, s) => s % 3));
  assert.deepEqual(leadLagBeta(moves, resting), unknown(20, 1));
  const none = { session: new Int32Array(0), move: new Float64Array(0) };
  assert.deepEqual(leadLagBeta(none, daily([]), { lags: 2 }), unknown(0, 3));
});

Deno.test("factorMoves() is one column of a panel", () => {
  const factor = { symbol: "A", name: "A", group: "rates", kind: "price" } as const;
  const panel = {
    factors: [factor, { ...factor, symbol: "B" }],
    fromDay: Int32Array.of(1, 2),
    day: Int32Array.of(2, 3),
    moves: Float64Array.of(1, 2, 3, 4),
  };
  assert.deepEqual(factorMoves(panel, 1), {
    fromDay: panel.fromDay,
    day: panel.day,
    move: Float64Array.of(2, 4),
  });
});

Deno.test("leadLagBeta() refuses leads, lags and bandwidths that are no counts", () => {
  for (const name of ["leads", "lags", "bandwidth"]) {
    assert.throws(() => leadLagBeta(GOLDEN_MOVES, GOLDEN_FACTOR, { [name]: -1 }), {
      name: "RangeError",
      message: `Cannot sum betas over sessions as ${name} must be a whole number >= 0: got -1`,
    });
  }
});
