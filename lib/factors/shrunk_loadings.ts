/** Loadings of contracts on the same factors, each with its standard error. */
export interface LoadingSet {
  /** n contracts, each once. */
  readonly marketIds: readonly string[];
  /** Event of each contract. */
  readonly eventIds: readonly string[];
  /** K factors. */
  readonly symbols: readonly string[];
  /** n × K by rows: move of the contract for a move of one standard deviation of the factor; NaN unknown. */
  readonly beta: Float64Array;
  /** n × K: standard errors, above 0; NaN unknown. */
  readonly error: Float64Array;
}

/** What loadings on each factor look like before a contract is looked at; K values each. */
export interface LoadingPrior {
  /** Mean loading over the contracts. */
  readonly centre: Float64Array;
  /** Standard deviation of the estimated loadings, divisor n. */
  readonly scale: Float64Array;
  /** Variance of the true loadings: that of the estimates less their mean squared error, at least 0. */
  readonly variance: Float64Array;
}

/**
 * The spread of true loadings, by factor, out of estimates and their errors.
 *
 * Estimates spread more than the truth by their own errors. Where the errors alone give the spread, the
 * variance is 0: the contracts do not differ by more than noise. A method of moments, so a few badly
 * measured contracts weigh as much as many good ones.
 *
 * NaN: unknown loadings are left out of their factor; a factor with fewer than two known has variance 0.
 * Cost: O(n · K). Source: Efron & Morris 1975; var(β) with divisor n − 1.
 *
 * @throws {RangeError} If sizes do not agree, an error is not above 0 or a number is infinite.
 */
export function loadingPrior(set: LoadingSet): LoadingPrior {
  requireLoadings(set);
  const nFactors = set.symbols.length;
  const centre = new Float64Array(nFactors), scale = new Float64Array(nFactors);
  const variance = new Float64Array(nFactors);
  for (let f = 0; f < nFactors; ++f) {
    const known = knownOf(set, f);
    if (known.length === 0) continue;
    const mean = known.reduce((sum, at) => sum + set.beta[at]!, 0) / known.length;
    const squares = known.reduce((sum, at) => sum + (set.beta[at]! - mean) ** 2, 0);
    const noise = known.reduce((sum, at) => sum + set.error[at]! ** 2, 0) / known.length;
    centre[f] = mean;
    scale[f] = Math.sqrt(squares / known.length);
    variance[f] = known.length < 2 ? 0 : Math.max(0, squares / (known.length - 1) - noise);
  }
  return { centre, scale, variance };
}

/**
 * Loadings moved towards the mean of their factor, the more so the less is known of them.
 *
 * The move is what a normal prior asks for: the share τ² / (τ² + error²) of the distance from the mean
 * stays. Where τ² is 0 every contract has the mean.
 *
 * Shape: n × K → n × K. NaN: stays. Cost: O(n · K).
 * Source: empirical Bayes, Efron & Morris 1975; the remedy for clusters of noisy loadings.
 *
 * @param prior That of the same contracts; of shifted moves, that of the real ones, so that noise
 * goes through the very same map.
 * @throws {RangeError} As in {@link loadingPrior}.
 *
 * @example A loading with an error as large as the spread of the truth goes half the way
 * ```ts
 * import assert from "node:assert/strict";
 * import { shrunkLoadings } from "lib/factors/shrunk_loadings.ts";
 * const set = {
 *   marketIds: ["a"], eventIds: ["e"], symbols: ["SPY"],
 *   beta: Float64Array.of(3), error: Float64Array.of(2),
 * };
 * const prior = { centre: Float64Array.of(1), scale: Float64Array.of(3), variance: Float64Array.of(4) };
 * assert.deepEqual([...shrunkLoadings(set, prior)], [2]);
 * ```
 */
export function shrunkLoadings(
  set: LoadingSet,
  { centre, variance }: LoadingPrior = loadingPrior(set),
): Float64Array {
  requireLoadings(set);
  const nFactors = set.symbols.length;
  return set.beta.map((beta, at) => {
    const error = set.error[at]!, f = at % nFactors;
    if (Number.isNaN(beta + error)) return NaN;
    const spread = variance[f]!;
    const kept = spread === 0 ? 0 : spread / (spread + error * error);
    return centre[f]! + kept * (beta - centre[f]!);
  });
}

/** The loadings of the chosen contracts, in the order chosen. */
export function selectLoadings(set: LoadingSet, chosen: ArrayLike<number>): LoadingSet {
  const nFactors = set.symbols.length;
  const rows = (of: Float64Array) => {
    const out = new Float64Array(chosen.length * nFactors);
    for (let i = 0; i < chosen.length; ++i) {
      out.set(of.subarray(chosen[i]! * nFactors, (chosen[i]! + 1) * nFactors), i * nFactors);
    }
    return out;
  };
  return {
    marketIds: Array.from(chosen, (i) => set.marketIds[i]!),
    eventIds: Array.from(chosen, (i) => set.eventIds[i]!),
    symbols: set.symbols,
    beta: rows(set.beta),
    error: rows(set.error),
  };
}

/** Contracts all of whose loadings and errors are known, as indices, ascending. */
export function completeLoadings(set: LoadingSet): Int32Array {
  const nFactors = set.symbols.length;
  return Int32Array.from(set.marketIds.keys()).filter((i) => {
    for (let at = i * nFactors; at < (i + 1) * nFactors; ++at) {
      if (Number.isNaN(set.beta[at]! + set.error[at]!)) return false;
    }
    return true;
  });
}

/**
 * One contract of each event, as indices, ascending: among those with all loadings known the one with
 * the most moves, ties by id.
 *
 * Outcomes of one event move against each other by construction, so clusters of all contracts would
 * find the events again. The estimated error does not choose: it would be small by luck, and that of the
 * same contract's shifted moves would not.
 *
 * @param nMoves Moves that each contract's loadings rest on.
 */
export function onePerEvent(set: LoadingSet, nMoves: ArrayLike<number>): Int32Array {
  const best = new Map<string, number>();
  for (const i of completeLoadings(set)) {
    const event = set.eventIds[i]!, held = best.get(event);
    const isBetter = held === undefined || nMoves[i]! > nMoves[held]! ||
      nMoves[i] === nMoves[held] && set.marketIds[i]! < set.marketIds[held]!;
    if (isBetter) best.set(event, i);
  }
  return Int32Array.from(best.values()).sort();
}

/** Refuses loadings whose sizes do not agree or whose errors are none. */
export function requireLoadings({ marketIds, eventIds, symbols, beta, error }: LoadingSet): void {
  const n = marketIds.length, cells = n * symbols.length;
  if (eventIds.length !== n || beta.length !== cells || error.length !== cells) {
    throw new RangeError(
      `Cannot read loadings as ${n} contracts and ${symbols.length} factors must have ${n} events and ${cells} loadings and errors: got ${eventIds.length}, ${beta.length} and ${error.length}`,
    );
  }
  const at = beta.findIndex((b, cell) =>
    !Number.isNaN(b) && !(Math.abs(b) < Infinity) || !Number.isNaN(error[cell]!) &&
      !(error[cell]! > 0 && error[cell]! < Infinity)
  );
  if (at >= 0) {
    throw new RangeError(
      `Cannot read the loading of "${marketIds[Math.floor(at / symbols.length)]}" on ${
        symbols[at % symbols.length]
      } as it must be finite with an error above 0: got ${beta[at]} and ${error[at]}`,
    );
  }
}

/** Cells of a factor in which both numbers are known. */
function knownOf({ marketIds, symbols, beta, error }: LoadingSet, f: number): number[] {
  return marketIds.map((_, i) => i * symbols.length + f)
    .filter((at) => !Number.isNaN(beta[at]! + error[at]!));
}
