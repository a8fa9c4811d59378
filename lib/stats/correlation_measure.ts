import type { PairMatrix } from "../core/pair_matrix.ts";
import type { Panel } from "../core/panel.ts";
import { type Random, randomStream } from "../core/random.ts";
import { circularShift } from "./circular_shift.ts";
import { correlationMatrix } from "./correlation_matrix.ts";
import { hayashiYoshida } from "./hayashi_yoshida.ts";
import {
  movesOf,
  type Representation,
  representationKey,
  representationName,
} from "./representation.ts";
import { tailCorrelation } from "./tail_correlation.ts";

/** A way to put a number on how two markets move together. */
export interface CorrelationMeasure {
  /**
   * `spearman` and `pearson` correlate moves on common days, `tail` Spearman's on days with a large
   * move, `hayashi_yoshida` sums products over overlapping moves between price changes.
   */
  readonly kind: "spearman" | "pearson" | "tail" | "hayashi_yoshida";
  /** `tail` takes point changes, `hayashi_yoshida` one-day moves of all days as they add up. */
  readonly representation: Representation;
}

/** Thresholds of a measure. */
export interface MeasureOptions {
  /** Clip of the log-odds. */
  readonly tick: number;
  /** Fewest common moves of a pair. */
  readonly minOverlap: number;
  /** Size of a large move, probability points. */
  readonly tailMove: number;
  /** Fewest common days with a large move. */
  readonly minTailDays: number;
}

/** Correlations of all pairs, and the days that each rests on. */
export interface MeasuredCorrelation {
  readonly rho: PairMatrix;
  /** Common moves of the pair, laid out as `rho.values` and counted for every pair. */
  readonly nDays: Uint16Array;
}

/** A short name for tables, such as `spearman_logit_2d`. */
export function measureKey({ kind, representation }: CorrelationMeasure): string {
  return `${kind}_${representationKey(representation)}`;
}

/** A name for a reader. */
export function measureName({ kind, representation }: CorrelationMeasure): string {
  const moves = representationName(representation);
  switch (kind) {
    case "spearman":
      return moves;
    case "pearson":
      return `${moves} (Pearson)`;
    case "tail":
      return `${moves}, days of large moves`;
    case "hayashi_yoshida":
      return `Hayashi–Yoshida, ${representation.unit === "logit" ? "log-odds" : "points"}`;
  }
}

/**
 * Correlations of a panel of prices by one measure, or of its moves shifted in time.
 *
 * Shape: days × markets → pairs. NaN: pairs below the minimum, or without variation.
 * Cost: O(pairs × days).
 *
 * @param prices Probabilities.
 * @param options.shift Where given, each market's moves are turned along its own days first.
 * @throws {RangeError} If a threshold is out of range, `tail` is asked of log-odds, which have no
 * probability points, or `hayashi_yoshida` of moves that overlap or miss days.
 */
export function measuredCorrelation(
  prices: Panel,
  measure: CorrelationMeasure,
  options: MeasureOptions & { readonly shift?: Random },
): MeasuredCorrelation {
  requireMeasure(measure);
  const { kind, representation } = measure;
  const { tick, minOverlap, shift } = options;
  const plain = movesOf(prices, representation, { tick });
  const moves = shift === undefined ? plain : circularShift(plain, shift);
  switch (kind) {
    case "spearman":
    case "pearson": {
      const { rho, overlap } = correlationMatrix(moves, { kind, minOverlap });
      return { rho, nDays: overlap };
    }
    case "tail": {
      const { tailMove, minTailDays } = options;
      const { rho, days } = tailCorrelation(moves, {
        minMove: tailMove,
        minDays: minTailDays,
        kind: "spearman",
      });
      return { rho, nDays: days };
    }
    case "hayashi_yoshida": {
      // a market that hardly changes rests on few moves, so a fraction of the days is asked
      const { rho, overlap } = hayashiYoshida(levelsOf(moves, prices), {
        minOverlap: Math.max(3, Math.ceil(minOverlap / 4)),
      });
      return { rho, nDays: overlap };
    }
  }
}

/**
 * A figure of the correlations of each of several shifted panels, the null of the same figure of
 * the panel itself. Equal seeds give every measure and figure the same draws.
 *
 * Cost: O(shifts × pairs × days).
 *
 * @param figure What is kept of each shift.
 * @throws {RangeError} If `shifts` is not a whole number of at least 1.
 */
export function overShifts<T>(
  prices: Panel,
  measure: CorrelationMeasure,
  options: MeasureOptions & { readonly shifts: number; readonly seed: number },
  figure: (one: MeasuredCorrelation) => T,
): T[] {
  const { shifts, seed } = options;
  if (!(Number.isInteger(shifts) && shifts >= 1)) {
    throw new RangeError(
      `Cannot shift moves as shifts must be a whole number >= 1: got ${shifts}`,
    );
  }
  return Array.from({ length: shifts }, (_, b) => {
    const shift = randomStream(seed, `shift ${b}`);
    return figure(measuredCorrelation(prices, measure, { ...options, shift }));
  });
}

function requireMeasure({ kind, representation }: CorrelationMeasure): void {
  const { unit, stepDays, onlyTraded } = representation;
  if (kind === "tail" && unit !== "points") {
    throw new RangeError(
      `Cannot measure tail as it must take point changes: got ${representationKey(representation)}`,
    );
  }
  if (kind === "hayashi_yoshida" && (stepDays !== 1 || onlyTraded)) {
    throw new RangeError(
      `Cannot measure hayashi_yoshida as it must take one-day moves of all days: got ${
        representationKey(representation)
      }`,
    );
  }
}

/** Levels out of one-day moves: a price without a known move goes on at the level before it. */
function levelsOf(moves: Panel, prices: Panel): Panel {
  const n = moves.markets.length;
  const values = new Float64Array(moves.values.length).fill(NaN);
  for (let j = 0; j < n; ++j) {
    let level = 0;
    for (let cell = j; cell < values.length; cell += n) {
      if (Number.isNaN(prices.values[cell]!)) continue;
      const move = moves.values[cell]!;
      if (move === move) level += move;
      values[cell] = level;
    }
  }
  return { ...moves, values };
}

/**
 * The measures that notebook 02 compares.
 *
 * The mask of traded days is for one-day moves only: it leaves overlapping longer moves with holes
 * that a circular shift does not keep, and their null is then too low on pure noise.
 */
export const MEASURES: readonly CorrelationMeasure[] = [
  ...(["points", "logit"] as const).flatMap((unit) => [
    ...[1, 2, 3, 7].map((stepDays) => ({
      kind: "spearman" as const,
      representation: { unit, stepDays, onlyTraded: false },
    })),
    { kind: "spearman", representation: { unit, stepDays: 1, onlyTraded: true } } as const,
    { kind: "pearson", representation: { unit, stepDays: 1, onlyTraded: false } } as const,
  ]),
  { kind: "tail", representation: { unit: "points", stepDays: 1, onlyTraded: false } },
  { kind: "hayashi_yoshida", representation: { unit: "logit", stepDays: 1, onlyTraded: false } },
];
