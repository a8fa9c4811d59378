import { nullPercentile } from "../core/null_percentile.ts";
import { randomStream } from "../core/random.ts";
import { designSpan } from "../stats/least_squares.ts";
import { contractRidge } from "./contract_ridge.ts";
import type { FactorPanel } from "./factor_panel.ts";
import type { SessionMoves } from "./session_moves.ts";
import { standardDesign } from "./standard_design.ts";

/** How well loadings of the first half of each contract's sessions come back in the second. */
export interface LoadingStability {
  /** Contracts both of whose halves could be fitted. */
  readonly nContracts: number;
  /** Contracts × factors that were compared. */
  readonly nPairs: number;
  /** Pearson correlation over these, each contract's loadings divided by the deviation of its moves. */
  readonly correlation: number;
  /** Share of pairs with one sign in both halves, of those with a sign. */
  readonly signAgreement: number;
  /** The same of each draw of shifted moves. */
  readonly nullCorrelation: Float64Array;
  readonly nullSignAgreement: Float64Array;
  /** Share of draws below, ties counted half. */
  readonly correlationPercentile: number;
  readonly signPercentile: number;
}

/** How halves are fitted and how often the null is drawn. */
export type StabilityOptions =
  & { readonly nShifts: number; readonly seed: number }
  & (
    | { readonly estimator: "ols"; readonly minObservationsPerFactor: number }
    /** Penalties of whole contracts; a half has half of it. */
    | { readonly estimator: "ridge"; readonly alphas: ArrayLike<number> }
  );

/**
 * Agreement of loadings between the halves of each contract's sessions, beside that of shifted moves.
 *
 * Loadings that are real come back; what fits noise does not. Each draw of the null turns all contracts'
 * moves along their own sessions by one common share of their length, so that contracts on the same days
 * turn together and their dependence stays in the null.
 *
 * Shape: N contracts → one pooled answer. NaN: no contract, or loadings that do not vary.
 * Cost: O(N n K² + N n K shifts).
 *
 * @throws {RangeError} If a contract has no penalty.
 */
export function loadingStability(
  panel: FactorPanel,
  contracts: readonly SessionMoves[],
  options: StabilityOptions,
): LoadingStability {
  const { nShifts, seed } = options;
  if (options.estimator === "ridge" && options.alphas.length !== contracts.length) {
    throw new RangeError(
      `Cannot compare halves as each of ${contracts.length} contracts must have a penalty: got ${options.alphas.length}`,
    );
  }
  const random = randomStream(seed, "loading stability");
  const shares = Float64Array.from({ length: nShifts }, () => random());
  const k = panel.factors.length;
  const pooled = Array.from({ length: nShifts + 1 }, () => new Float64Array(N_SUMS));
  let nContracts = 0;
  contracts.forEach(({ session, move }, j) => {
    const middle = session.length >> 1, deviation = deviationOf(move);
    const maps = [session.subarray(0, middle), session.subarray(middle)]
      .map((half) => halfMap(panel, half, { options, j }));
    if (maps[0] === null || maps[1] === null || !(deviation > 0)) return;
    ++nContracts;
    const n = move.length, turned = new Float64Array(2 * n);
    for (let t = 0; t < n; ++t) turned[t] = turned[t + n] = move[t]! / deviation;
    for (let d = 0; d <= nShifts; ++d) {
      const offset = d === 0 ? 0 : 1 + Math.floor(shares[d - 1]! * (n - 1));
      const y = turned.subarray(offset, offset + n);
      pool(pooled[d]!, {
        first: { map: maps[0]!, y: y.subarray(0, middle) },
        second: { map: maps[1]!, y: y.subarray(middle) },
        k,
      });
    }
  });
  const correlations = Float64Array.from(pooled, correlationOf);
  const agreements = Float64Array.from(pooled, (sums) => sums[SAME]! / sums[SIGNED]!);
  const nullCorrelation = correlations.slice(1), nullSignAgreement = agreements.slice(1);
  return {
    nContracts,
    nPairs: nContracts * k,
    correlation: correlations[0]!,
    signAgreement: agreements[0]!,
    nullCorrelation,
    nullSignAgreement,
    correlationPercentile: nullPercentile(correlations[0]!, nullCorrelation),
    signPercentile: nullPercentile(agreements[0]!, nullSignAgreement),
  };
}

const COUNT = 0, A = 1, B = 2, AA = 3, BB = 4, AB = 5, SAME = 6, SIGNED = 7, N_SUMS = 8;

interface Half {
  /** K × n by rows. */
  readonly map: Float64Array;
  readonly y: Float64Array;
}

function pool(
  sums: Float64Array,
  { first, second, k }: { readonly first: Half; readonly second: Half; readonly k: number },
): void {
  for (let f = 0; f < k; ++f) {
    const a = loading(first, f), b = loading(second, f);
    sums[COUNT]! += 1;
    sums[A]! += a;
    sums[B]! += b;
    sums[AA]! += a * a;
    sums[BB]! += b * b;
    sums[AB]! += a * b;
    if (a === 0 || b === 0) continue;
    sums[SIGNED]! += 1;
    if (a > 0 === b > 0) sums[SAME]! += 1;
  }
}

function loading({ map, y }: Half, f: number): number {
  const n = y.length;
  let sum = 0;
  for (let t = 0, at = f * n; t < n; ++t, ++at) sum += map[at]! * y[t]!;
  return sum;
}

function correlationOf(sums: Float64Array): number {
  const n = sums[COUNT]!;
  const own = (sum: number, square: number) => sums[square]! - sums[sum]! ** 2 / n;
  return (sums[AB]! - sums[A]! * sums[B]! / n) / Math.sqrt(own(A, AA) * own(B, BB));
}

/** The linear map from a half's moves to its loadings, `null` where it has none. */
function halfMap(
  panel: FactorPanel,
  session: Int32Array,
  { options, j }: { readonly options: StabilityOptions; readonly j: number },
): Float64Array | null {
  const k = panel.factors.length, n = session.length;
  if (n < 2 || (options.estimator === "ols" && n < options.minObservationsPerFactor * k)) {
    return null;
  }
  const { standard, scatter } = standardDesign(panel, session);
  if (options.estimator === "ols") {
    return designSpan(standard, n)?.influence.subarray(n) ?? null;
  }
  const alpha = options.alphas[j]! / 2;
  return contractRidge(standard, { scatter, alpha, isCorrected: false })?.influence ?? null;
}

function deviationOf(move: Float64Array): number {
  const mean = move.reduce((sum, y) => sum + y, 0) / move.length;
  return Math.sqrt(move.reduce((sum, y) => sum + (y - mean) ** 2, 0) / move.length);
}
