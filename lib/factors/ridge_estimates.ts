import { randomStream } from "../core/random.ts";
import {
  blockParts,
  blockSigns,
  effectiveBlocks,
  wildDraws,
  wildErrors,
} from "../stats/wild_block_bootstrap.ts";
import { contractRidge } from "./contract_ridge.ts";
import type { FactorPanel } from "./factor_panel.ts";
import type { LoadingEstimates } from "./judged_loadings.ts";
import type { SessionMoves } from "./session_moves.ts";
import { standardDesign } from "./standard_design.ts";

/** Ridge with errors of the wild block bootstrap. */
export interface RidgeLoadings {
  readonly estimator: "ridge";
  /** Share of intervals that are to hold the truth, in (0, 1). */
  readonly coverage: number;
  /** Penalty of each contract on factors standardised over its moves, above 0; NaN not estimable. */
  readonly alphas: ArrayLike<number>;
  /** Sessions of the panel in a block. */
  readonly block: number;
  /** Draws that the error is taken from; left out, the limit of infinitely many, in closed form. */
  readonly draws?: number;
  /** Seed of the draws. */
  readonly seed?: number;
  /** Whether the loadings are moved by one step against the penalty's bias; `false` if left out. */
  readonly isCorrected?: boolean;
}

/** A residual whose variance the fit has taken but for this share says nothing of its error. */
const LEAST_LEFT = 0.02;

/**
 * Estimates ridge loadings with errors of the wild block bootstrap, one contract at a time.
 *
 * Blocks are stretches of the panel, not of the contract, and their signs are drawn once: one draw turns
 * the same days of all contracts. Residuals are widened by the root of what the fit left of them (HC2 of
 * MacKinnon & White 1985).
 *
 * Degrees of freedom are the blocks of equal weight that an error rests on, B, fewer by what the fit has
 * used of n observations, d being left: 1 / (1/B + 1/d − 1/n), Satterthwaite's for B vectors at right
 * angles projected at random; less one where the residuals hold the loading's own deviation, as they do
 * under a heavy penalty, which `held` passes on to the interval.
 *
 * @returns `null` for what is not estimable.
 * @throws {RangeError} If an option is out of range.
 */
export function ridgeEstimates(
  panel: FactorPanel,
  nContracts: number,
  { alphas, block: blockSessions, draws, seed = 0, isCorrected = false }: RidgeLoadings,
): (contract: SessionMoves, j: number) => LoadingEstimates | null {
  requireOptions({ alphas, nContracts, block: blockSessions, draws });
  const nBlocks = Math.ceil(panel.day.length / blockSessions);
  const signs = draws === undefined
    ? null
    : blockSigns(randomStream(seed, "ridge loadings"), { nBlocks, draws });
  return ({ session, move }, j) => {
    if (Number.isNaN(alphas[j]!) || move.every((x) => x === move[0])) return null;
    const n = move.length, k = panel.factors.length;
    const { standard, scatter } = standardDesign(panel, session);
    const ridge = contractRidge(standard, { scatter, alpha: alphas[j]!, isCorrected });
    if (ridge === null || !(ridge.spare >= 1)) return null;
    const { influence, leverage, plain, kept, left } = ridge;
    const residuals = residualsOf(move, { standard, plain, k });
    const block = session.map((s) => Math.floor(s / blockSessions));
    const wide = residuals.map((e, t) => e / Math.sqrt(Math.max(1 - leverage[t]!, LEAST_LEFT)));
    const parts = blockParts(influence, wide, block);
    const { inBlocks, whole } = heldShares(influence, left, block);
    return {
      beta: product(influence, move),
      error: signs === null
        ? wildErrors(parts)
        : drawnErrors(wildDraws(parts, { signs, nBlocks }), k),
      df: effectiveBlocks(parts).map((blocks, f) =>
        Math.max(1 / (1 / blocks + 1 / ridge.spare - 1 / n) - whole[f]! ** 2, 1)
      ),
      held: inBlocks,
      kept,
    };
  };
}

/**
 * How much of a loading's own deviation its residuals hold: as a share of it, block by block, the sum of
 * the shares and that of their squares.
 */
function heldShares(
  influence: Float64Array,
  left: Float64Array,
  block: Int32Array,
): { readonly inBlocks: Float64Array; readonly whole: Float64Array } {
  const n = block.length, k = influence.length / n;
  const inBlocks = new Float64Array(k), whole = new Float64Array(k);
  for (let f = 0; f < k; ++f) {
    let own = 0, held = 0;
    for (let t = 0; t < n; ++t) {
      const at = f * n + t;
      own += influence[at]! ** 2;
      held += influence[at]! * left[at]!;
      if (t + 1 < n && block[t + 1] === block[t]) continue;
      whole[f]! += held;
      inBlocks[f]! += held * held;
      held = 0;
    }
    whole[f]! /= own;
    inBlocks[f]! /= own * own;
  }
  return { inBlocks, whole };
}

function product(influence: Float64Array, move: Float64Array): Float64Array {
  const n = move.length;
  return Float64Array.from({ length: influence.length / n }, (_, f) => {
    let sum = 0;
    for (let t = 0; t < n; ++t) sum += influence[f * n + t]! * move[t]!;
    return sum;
  });
}

function residualsOf(
  move: Float64Array,
  { standard, plain, k }: {
    readonly standard: Float64Array;
    readonly plain: Float64Array;
    readonly k: number;
  },
): Float64Array {
  const mean = move.reduce((sum, y) => sum + y, 0) / move.length;
  const beta = product(plain, move);
  return move.map((y, t) => {
    let left = y - mean;
    for (let f = 0; f < k; ++f) left -= beta[f]! * standard[t * k + f]!;
    return left;
  });
}

/** Root mean squares of the draws about zero, which is their mean. */
function drawnErrors(drawn: Float64Array, k: number): Float64Array {
  const draws = drawn.length / k;
  return Float64Array.from({ length: k }, (_, f) => {
    let sum = 0;
    for (let d = 0; d < draws; ++d) sum += drawn[f * draws + d]! ** 2;
    return Math.sqrt(sum / draws);
  });
}

function requireOptions(
  { alphas, nContracts, block, draws }: Pick<RidgeLoadings, "alphas" | "block" | "draws"> & {
    readonly nContracts: number;
  },
): void {
  if (alphas.length !== nContracts) {
    throw new RangeError(
      `Cannot fit ridges as each of ${nContracts} contracts must have a penalty: got ${alphas.length}`,
    );
  }
  for (let j = 0; j < nContracts; ++j) {
    if (alphas[j]! <= 0 || alphas[j] === Infinity) {
      throw new RangeError(`Cannot fit a ridge as its penalty must be above 0: got ${alphas[j]}`);
    }
  }
  for (const [name, count] of [["block", block], ["draws", draws ?? 1]] as const) {
    if (!(Number.isInteger(count) && count >= 1)) {
      throw new RangeError(
        `Cannot resample residuals as ${name} must be a whole number >= 1: got ${count}`,
      );
    }
  }
}
