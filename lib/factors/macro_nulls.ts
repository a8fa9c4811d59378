import { type Random, randomIndex, randomStream } from "../core/random.ts";
import type { MacroPlan } from "./macro_plan.ts";
import { turnScore, type TurnWork } from "./macro_turn.ts";

/** A sign for each interval of a panel, in each of some draws; all contracts share them. */
export interface SessionSigns {
  readonly draws: number;
  readonly nSessions: number;
  /** Draws × sessions by rows: 1 or −1. */
  readonly sign: Int8Array;
}

/** What one contract's moves give once they have nothing to do with the factors. */
export interface MacroNull {
  /** R² within the sample of each draw; NaN where its moves do not vary. */
  readonly r2: Float64Array;
  /** R² out of sample of the first draws. */
  readonly r2Oos: Float64Array;
}

/** A contract's moves, the factors of its sessions, and room to score them. */
interface CentredContract {
  readonly plan: MacroPlan;
  /** The n moves less their mean. */
  readonly centred: Float64Array;
  readonly oosShifts: number;
  readonly work: TurnWork;
}

/** The null of a contract of which nothing can be estimated. */
export const NO_NULL: MacroNull = { r2: new Float64Array(0), r2Oos: new Float64Array(0) };

/**
 * Signs of the intervals of a panel, by draw.
 *
 * Draw d is a stream of its own, and an interval has its sign by its place in the panel: the signs of a
 * contract do not depend on which contracts are fitted with it. Cost: O(draws · sessions).
 */
export function sessionSigns(
  nSessions: number,
  { draws, seed }: { readonly draws: number; readonly seed: number },
): SessionSigns {
  const sign = new Int8Array(draws * nSessions);
  for (let d = 0; d < draws; ++d) {
    const random = randomStream(seed, `signs ${d}`);
    for (let s = 0; s < nSessions; ++s) sign[d * nSessions + s] = random() < 0.5 ? -1 : 1;
  }
  return { draws, nSessions, sign };
}

/**
 * Moves turned along their own sessions, factors left in place.
 *
 * Their zeros, jumps, spells and autocorrelation stay; that they are large over weekends and on busy days,
 * as factors are, does not. Without that fits look better than noise that has it.
 *
 * @param options.shifts Offsets, drawn without replacement; all there are where they are fewer.
 */
export function turnedNull(
  { plan, centred, oosShifts, work }: CentredContract,
  { square, shifts, random }: {
    /** Sum of the squares of the moves. */
    readonly square: number;
    readonly shifts: number;
    readonly random: Random;
  },
): MacroNull {
  const { n } = plan, twice = new Float64Array(2 * n);
  twice.set(centred);
  twice.set(centred, n);
  const offsets = drawnOffsets(n, shifts, random);
  return scored(
    plan,
    { count: offsets.length, oosShifts },
    (draw, isScored) => turnScore(plan, { twice, offset: offsets[draw]!, square, isScored }, work),
  );
}

/**
 * Moves with random signs, one a session and common to all contracts, then centred anew.
 *
 * Sizes stay on their days and contracts keep what they have in common, so that this null knows of
 * weekends and busy days, and the mean of many contracts over one draw spreads as that of their own R².
 * What is lost is the autocorrelation of moves. The signs are those of the wild bootstrap.
 *
 * Source: Wu 1986; Davidson & Flachaire 2008 for random signs.
 */
export function signedNull(
  { plan, centred, oosShifts, work }: CentredContract,
  { session, signs: { draws, nSessions, sign } }: {
    readonly session: Int32Array;
    readonly signs: SessionSigns;
  },
): MacroNull {
  const { n } = plan, signed = new Float64Array(n);
  return scored(plan, { count: draws, oosShifts }, (draw, isScored) => {
    const row = draw * nSessions;
    for (let t = 0; t < n; ++t) signed[t] = sign[row + session[t]!]! * centred[t]!;
    const square = centre(signed);
    if (Number.isNaN(square)) return { r2: NaN, r2Oos: NaN };
    return turnScore(plan, { twice: signed, offset: 0, square, isScored }, work);
  });
}

/** Mean of the draws that could be measured; NaN of none. */
export function meanDraw(draws: Float64Array): number {
  let sum = 0, count = 0;
  for (const draw of draws) {
    if (Number.isNaN(draw)) continue;
    sum += draw;
    ++count;
  }
  return sum / count;
}

function scored(
  { whole }: MacroPlan,
  { count, oosShifts }: { readonly count: number; readonly oosShifts: number },
  score: (draw: number, isScored: boolean) => { readonly r2: number; readonly r2Oos: number },
): MacroNull {
  const r2 = new Float64Array(count), r2Oos = new Float64Array(Math.min(oosShifts, count));
  for (let draw = 0; draw < count; ++draw) {
    const isAhead = draw < r2Oos.length;
    const one = score(draw, isAhead || whole.alphas.length > 1);
    r2[draw] = one.r2;
    if (isAhead) r2Oos[draw] = one.r2Oos;
  }
  return { r2, r2Oos };
}

/** Share of the size of values up to which their spread is rounding. */
const ROUNDING = 1e-12;

/** Takes the mean off values in place; returns the sum of their squares, NaN where all are the same. */
function centre(values: Float64Array): number {
  const n = values.length;
  let sum = 0, size = 0, square = 0;
  for (let t = 0; t < n; ++t) {
    sum += values[t]!;
    size += values[t]! * values[t]!;
  }
  for (let t = 0; t < n; ++t) {
    const value = values[t]! - sum / n;
    values[t] = value;
    square += value * value;
  }
  return square > ROUNDING * ROUNDING * size ? square : NaN;
}

/** Offsets in [1, n), drawn without replacement; all where there are no more than wanted. */
function drawnOffsets(n: number, count: number, random: Random): Int32Array {
  const offsets = Int32Array.from({ length: n - 1 }, (_, k) => k + 1);
  const drawn = Math.min(count, n - 1);
  for (let k = 0; k < drawn; ++k) {
    const pick = k + randomIndex(random, offsets.length - k), held = offsets[k]!;
    offsets[k] = offsets[pick]!;
    offsets[pick] = held;
  }
  return offsets.subarray(0, drawn);
}
