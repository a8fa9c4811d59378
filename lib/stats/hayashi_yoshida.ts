import { pairCount, type PairMatrix } from "../core/pair_matrix.ts";
import type { Panel } from "../core/panel.ts";

/** Hayashi–Yoshida correlation of every pair of markets with what it rests on. */
export interface HayashiYoshida {
  /** Correlations in [−1, 1]; NaN below `minOverlap`. */
  readonly rho: PairMatrix;
  /** Moves of that of the two which moved less often, in their common life, for every pair. */
  readonly overlap: Uint16Array;
  /** Pairs whose estimate lay outside [−1, 1] and was put to the end of it. */
  readonly nClamped: number;
}

/** All markets' levels as moves between the days on which they changed. */
interface Changes {
  /** First and last observed day; past the days and −1 where nothing was observed. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** Market `j` has the change days `start[j]` … `start[j + 1] − 1`, its first observed one first. */
  readonly start: Int32Array;
  readonly day: Int32Array;
  /** Move since the change day before; 0 on the first. */
  readonly move: Float64Array;
}

/**
 * Correlation of every pair of markets that does not shrink where prices stand still.
 *
 * A market is taken as observed on the days on which its price changed; a still day is no
 * observation but a part of the move to the next change. The covariance sums the products of all
 * moves whose times overlap, so no move has to be matched to a day of the other market. Only moves
 * within the pair's common life count, from the later first to the earlier last observed day. Moves
 * are not centred: over such stretches a mean is noise, but a drift both share counts as comovement.
 *
 * An estimate outside [−1, 1], which the estimator does not exclude, is put to the end it passed;
 * `nClamped` says how many were. A trade at an unchanged price cannot be seen and counts as none.
 *
 * Shape: days × markets → n(n − 1)/2 pairs. Units: probability or log-odds in, none out.
 * NaN: an unobserved level, where a move spans the gap; a correlation below `minOverlap`.
 * Cost: O(pairs · moves).
 * Source: Hayashi & Yoshida, "On covariance estimation of non-synchronously observed diffusion
 * processes", 2005.
 *
 * @param levels Prices or log-odds, not moves.
 * @param options.minOverlap Fewest moves of either market within the pair's common life.
 * @throws {RangeError} If `minOverlap` is below 3 or the panel has more than 65,535 days.
 */
export function hayashiYoshida(
  levels: Panel,
  { minOverlap }: { readonly minOverlap: number },
): HayashiYoshida {
  const n = levels.markets.length;
  if (!(Number.isInteger(minOverlap) && minOverlap >= 3)) {
    throw new RangeError(
      `Cannot correlate markets as minOverlap must be a whole number >= 3: got ${minOverlap}`,
    );
  }
  if (levels.days.length > 65_535) {
    throw new RangeError(
      `Cannot correlate markets as a panel must have at most 65535 days: got ${levels.days.length}`,
    );
  }
  const { first, last, start, day, move } = changesOf(levels);
  const rho = new Float64Array(pairCount(n)).fill(NaN), overlap = new Uint16Array(pairCount(n));
  let nClamped = 0;
  for (let a = 0, at = 0; a < n; ++a) {
    for (let b = a + 1; b < n; ++b, ++at) {
      const from = Math.max(first[a]!, first[b]!), to = Math.min(last[a]!, last[b]!);
      if (from >= to) continue;
      const startA = atOrAfter(day, start[a]!, start[a + 1]!, from);
      const startB = atOrAfter(day, start[b]!, start[b + 1]!, from);
      const endA = atOrAfter(day, startA, start[a + 1]!, to + 1);
      const endB = atOrAfter(day, startB, start[b + 1]!, to + 1);
      // n change days bound n − 1 moves
      overlap[at] = Math.max(Math.min(endA - startA, endB - startB) - 1, 0);
      if (overlap[at]! < minOverlap) continue;
      const products = overlapping(day, move, [startA, endA], [startB, endB]);
      const estimate = products /
        Math.sqrt(squares(move, startA, endA) * squares(move, startB, endB));
      if (Math.abs(estimate) > 1) ++nClamped;
      rho[at] = Math.min(Math.max(estimate, -1), 1);
    }
  }
  return { rho: { ids: levels.markets, values: rho }, overlap, nClamped };
}

function changesOf({ days, markets, values }: Panel): Changes {
  const n = markets.length;
  const first = new Int32Array(n).fill(days.length), last = new Int32Array(n).fill(-1);
  const start = new Int32Array(n + 1);
  const day: number[] = [], move: number[] = [];
  for (let j = 0; j < n; ++j) {
    let level = NaN;
    for (let i = 0; i < days.length; ++i) {
      const next = values[i * n + j]!;
      if (next !== next) continue;
      if (last[j]! < 0) first[j] = i;
      last[j] = i;
      if (next === level) continue;
      day.push(i);
      move.push(level === level ? next - level : 0);
      level = next;
    }
    start[j + 1] = day.length;
  }
  return { first, last, start, day: Int32Array.from(day), move: Float64Array.from(move) };
}

/** First of the places [low, high) of an ascending list whose day is `from` or later; else high. */
function atOrAfter(day: Int32Array, low: number, high: number, from: number): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (day[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sum of the products of all moves of the one and of the other whose times overlap. */
function overlapping(
  day: Int32Array,
  move: Float64Array,
  [startA, endA]: readonly [number, number],
  [startB, endB]: readonly [number, number],
): number {
  let sum = 0;
  // a move lasts from the change day before to its own
  for (let a = startA + 1, b = startB + 1; a < endA && b < endB;) {
    if (day[a - 1]! < day[b]! && day[b - 1]! < day[a]!) sum += move[a]! * move[b]!;
    const untilA = day[a]!, untilB = day[b]!;
    if (untilA <= untilB) ++a;
    if (untilB <= untilA) ++b;
  }
  return sum;
}

/** Realised variance: the sum of the squared moves after the first change day. */
function squares(move: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let k = start + 1; k < end; ++k) sum += move[k]! * move[k]!;
  return sum;
}
