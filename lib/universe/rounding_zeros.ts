import { type DailyPrices, rowsOf } from "../core/data_set.ts";
import { roundedZeroShare } from "./rounded_moves.ts";

/** Distances from the nearer of 0 and 1 at which steps and volatility change. */
const ZONE_EDGES = [0.02, 0.1];
const N_ZONES = ZONE_EDGES.length + 1;

/** One-day moves that share a volatility: about three weeks. */
const SPELL_MOVES = 20;

/** One-day moves of a market in order. */
export interface OneDayMoves {
  /** Absolute size, probability points; exactly 0 where the price stood still. */
  readonly size: number[];
  /** Zone of the price that each starts from. */
  readonly zone: number[];
  /** Per zone and step, moves that end on the step's grid. */
  readonly onStep: Int32Array;
  readonly nPrices: number;
}

/**
 * One-day moves of market `j`, with what is needed to tell its price steps.
 *
 * NaN: a row without a close makes no move. Cost: O(rows of the market).
 */
export function oneDayMoves(
  prices: DailyPrices,
  j: number,
  steps: readonly number[],
): OneDayMoves {
  const { from, to } = rowsOf(prices, j);
  const size: number[] = [], zone: number[] = [];
  const onStep = new Int32Array(N_ZONES * steps.length);
  let nPrices = 0, before = NaN, dayBefore = NaN;
  for (let row = from; row < to; ++row) {
    const close = prices.close[row]!, day = prices.day[row]!;
    if (Number.isNaN(close)) continue;
    ++nPrices;
    if (day === dayBefore + 1) {
      const edge = Math.min(before, 1 - before);
      const z = edge < ZONE_EDGES[0]! ? 0 : edge < ZONE_EDGES[1]! ? 1 : 2;
      size.push(close === before ? 0 : Math.abs(close - before));
      zone.push(z);
      for (let s = 0; s < steps.length; ++s) {
        const inSteps = close / steps[s]!;
        if (Math.abs(inSteps - Math.round(inSteps)) < 1e-6) onStep[z * steps.length + s]! += 1;
      }
    }
    before = close;
    dayBefore = day;
  }
  return { size, zone, onStep, nPrices };
}

/** Per zone the coarsest step that holds nine in ten of its prices, else the finest. */
function stepsOfZones({ zone, onStep }: OneDayMoves, steps: readonly number[]): number[] {
  return Array.from({ length: N_ZONES }, (_, z) => {
    const n = zone.reduce((count, one) => count + (one === z ? 1 : 0), 0);
    const held = steps.find((_, s) => onStep[z * steps.length + s]! >= 0.9 * n);
    return held ?? steps[steps.length - 1]!;
  });
}

/**
 * Zeros that rounding alone would put into a market's moves; the model is in `zero_moves.ts`.
 *
 * @param steps Steps a price may be rounded to, coarse to fine, probability.
 */
export function roundingZeros(moves: OneDayMoves, steps: readonly number[]): number {
  const { size, zone } = moves, stepOfZone = stepsOfZones(moves, steps);
  let sum = 0;
  for (let from = 0; from < size.length; from += SPELL_MOVES) {
    const to = Math.min(from + SPELL_MOVES, size.length);
    for (let z = 0; z < N_ZONES; ++z) {
      let n = 0, zeros = 0, path = 0;
      for (let k = from; k < to; ++k) {
        if (zone[k] !== z) continue;
        ++n;
        path += size[k]!;
        if (size[k] === 0) ++zeros;
      }
      // also where every move is zero: then there is no size to go by, 0 / 0
      const share = roundedZeroShare(path / (n - zeros) / stepOfZone[z]!);
      sum += Number.isNaN(share) ? zeros : n * share;
    }
  }
  return sum;
}
