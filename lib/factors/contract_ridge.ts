import { choleskyFactor, choleskySolution } from "../stats/cholesky.ts";

/** One contract's ridge as a linear map of its moves, with what its errors need. */
export interface ContractRidge {
  /** K × n by rows: what each move adds to each loading. */
  readonly influence: Float64Array;
  /** K: share of a factor's own loading that the estimator keeps in expectation, below 1. */
  readonly kept: Float64Array;
  /** n: share of each residual's variance under equal errors that the fit has taken, in [0, 1]. */
  readonly leverage: Float64Array;
  /** n less the sum of the leverages: what is left to judge the errors by. */
  readonly spare: number;
  /** K × n by rows: influence of the plain ridge, by which fitted values are made. */
  readonly plain: Float64Array;
  /** K × n by rows: what of the influence the residuals still hold, M times each row. */
  readonly left: Float64Array;
}

/**
 * The linear map of a ridge regression on standardised factors.
 *
 * With W = (Z'Z + α)⁻¹ the loadings are W Z'y, in expectation (1 − α W) β: each is shrunk and takes a
 * share of its neighbours'. One step of correction adds α W b, the bias at the estimate itself, and
 * leaves α² W² β: the almost unbiased ridge of Singh, Chaubey & Dwivedi 1986.
 *
 * The residuals' maker is M = 1 − 1/n − Z W Z', and M M = 1 − 1/n − Z (W + α W²) Z', whose diagonal is
 * one less the leverage. Of the influence itself M leaves α Z W², of the corrected one α Z W (W + α W²):
 * nothing without a penalty, nearly all under a heavy one, when the residuals hold the very deviation whose
 * error they are to measure.
 *
 * Shape: n × K by rows → K × n. NaN: not allowed in. Cost: O(n K² + K³), 1 ms at n = 150 and K = 41.
 *
 * @param standard n × K by rows, centred, of population standard deviation 1 over these rows.
 * @param options.scatter Z'Z, K × K.
 * @param options.alpha Penalty, above 0.
 * @returns `null` where Z'Z + α cannot be inverted.
 */
export function contractRidge(
  standard: Float64Array,
  { scatter, alpha, isCorrected }: {
    readonly scatter: Float64Array;
    readonly alpha: number;
    readonly isCorrected: boolean;
  },
): ContractRidge | null {
  const k = Math.sqrt(scatter.length), n = standard.length / k;
  const penalised = scatter.slice();
  for (let f = 0; f < k; ++f) penalised[f * (k + 1)]! += alpha;
  const lower = choleskyFactor(penalised, k);
  if (lower === null) return null;
  const inverse = new Float64Array(k * k), unit = new Float64Array(k);
  for (let f = 0; f < k; ++f) {
    unit[f] = 1;
    inverse.set(choleskySolution(lower, unit), f * k);
    unit[f] = 0;
  }
  const twice = stepped(inverse, inverse, alpha);
  const plain = mapped(inverse, standard, k), wide = mapped(twice, standard, k);
  const leverage = new Float64Array(n).fill(1 / n);
  for (let f = 0; f < k; ++f) {
    for (let t = 0; t < n; ++t) leverage[t]! += wide[f * n + t]! * standard[t * k + f]!;
  }
  const used = isCorrected ? twice : inverse, influence = isCorrected ? wide : plain;
  // M Z U = Z (W + α W U) − Z W for the influence U Zᵀ: one more step, less the plain ridge
  const further = isCorrected ? mapped(stepped(inverse, twice, alpha), standard, k) : wide;
  return {
    influence,
    left: further.map((a, at) => a - plain[at]!),
    kept: Float64Array.from({ length: k }, (_, f) => {
      let sum = 0;
      for (let g = 0; g < k; ++g) sum += used[f * k + g]! * scatter[g * k + f]!;
      return sum;
    }),
    leverage,
    spare: n - leverage.reduce((sum, h) => sum + h, 0),
    plain,
  };
}

/** One more step of correction: W + α W U by rows, for symmetric powers U of W. */
function stepped(inverse: Float64Array, last: Float64Array, alpha: number): Float64Array {
  const k = Math.sqrt(inverse.length), next = new Float64Array(k * k);
  for (let i = 0; i < k; ++i) {
    for (let j = 0; j <= i; ++j) {
      let sum = 0;
      for (let g = 0; g < k; ++g) sum += inverse[i * k + g]! * last[j * k + g]!;
      next[i * k + j] = next[j * k + i] = inverse[i * k + j]! + alpha * sum;
    }
  }
  return next;
}

/** A symmetric K × K matrix times Z': K × n by rows. */
function mapped(square: Float64Array, standard: Float64Array, k: number): Float64Array {
  const n = standard.length / k, out = new Float64Array(k * n);
  for (let t = 0; t < n; ++t) {
    const row = t * k;
    for (let f = 0; f < k; ++f) {
      const at = f * k;
      let sum = 0;
      for (let g = 0; g < k; ++g) sum += square[at + g]! * standard[row + g]!;
      out[f * n + t] = sum;
    }
  }
  return out;
}
