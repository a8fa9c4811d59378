import { randomStream } from "../core/random.ts";
import type { FactorPanel } from "./factor_panel.ts";
import { contractLoadings, type LeastSquaresLoadings } from "./loadings.ts";
import type { SessionMoves } from "./session_moves.ts";
import { turnedMoves } from "./turned_moves.ts";

/** Loadings of one turn of all moves, N × K by rows each. */
export interface TurnedLoadings {
  readonly beta: Float64Array;
  readonly error: Float64Array;
  readonly pValue: Float64Array;
}

/**
 * Loadings of contracts whose moves were turned in time together: what the same estimates show of noise.
 *
 * Shape: → one set a turn. Cost: `to − from` times the loadings themselves.
 *
 * @param options.from First turn. @param options.to The one after the last.
 */
export function turnedLoadings(
  panel: FactorPanel,
  contracts: readonly SessionMoves[],
  { from, to, seed, ...options }: LeastSquaresLoadings & {
    readonly seed: number;
    readonly from: number;
    readonly to: number;
  },
): TurnedLoadings[] {
  return Array.from({ length: to - from }, (_, i) => {
    const turned = turnedMoves(contracts, randomStream(seed, `common turn ${from + i}`));
    const { beta, error, pValue } = contractLoadings(panel, turned, options);
    return { beta, error, pValue };
  });
}
