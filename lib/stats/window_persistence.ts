import type { Panel } from "../core/panel.ts";
import { randomStream } from "../core/random.ts";
import { circularShift } from "./circular_shift.ts";
import { correlationMatrix } from "./correlation_matrix.ts";
import { nullPercentile, nullQuantiles } from "../core/null_percentile.ts";
import { persistence } from "./persistence.ts";
import { persistenceInterval } from "./persistence_interval.ts";
import {
  movesOf,
  type Representation,
  representationKey,
  representationName,
} from "./representation.ts";

/** Prices of one window and of the days after it, and how their moves are correlated. */
export interface PersistenceTrial {
  readonly now: Panel;
  readonly next: Panel;
  readonly representation: Representation;
  /** Clip of the log-odds. */
  readonly tick: number;
  readonly minOverlap: number;
  readonly minNextOverlap: number;
  /** Shifted panels for the null, and drawings of the markets for the interval. */
  readonly shifts: number;
  readonly seed: number;
}

/** How far correlations of one window carry over to the next, beside what noise gives. */
export interface WindowPersistence {
  /** Key of the representation for tables, and its name for a reader. */
  readonly key: string;
  readonly representation: string;
  readonly nItems: number;
  readonly nPairs: number;
  /** Correlation over pairs of ρ in the window with ρ after it. */
  readonly correlation: number;
  /** 95 % interval over the choice of markets. */
  readonly ciLow: number;
  readonly ciHigh: number;
  /** 5 % and 95 % of the same with the next moves of each market shifted. */
  readonly nullLow: number;
  readonly nullHigh: number;
  /** Share of the shifts below `correlation`, ties counted half. */
  readonly percentile: number;
  /** Next correlation of the strongest hundredth of pairs, signed by the first. */
  readonly strongestNext: number;
  /** Mean absolute correlation after the window. */
  readonly meanAbsNext: number;
}

/** Fewest markets for a correlation over their pairs to mean anything. */
const MIN_ITEMS = 5;

/**
 * Persistence of correlation from one window to the next with its interval and its null.
 *
 * The null turns each market's next moves along its own days, which leaves both windows as they are
 * but for their timing towards each other.
 *
 * NaN: fewer than five markets known in both windows, or correlations that do not vary over pairs.
 * Cost: O(shifts × pairs × days).
 *
 * @throws {RangeError} If `shifts` is not a whole number of at least 1, or a threshold is out of
 * range. @throws {TypeError} If the windows list different markets.
 */
export function windowPersistence(trial: PersistenceTrial): WindowPersistence {
  const { representation, tick, seed, shifts } = trial;
  if (!(Number.isInteger(shifts) && shifts >= 1)) {
    throw new RangeError(
      `Cannot judge persistence as shifts must be a whole number >= 1: got ${shifts}`,
    );
  }
  const rhoOf = (moves: Panel, minOverlap: number) =>
    correlationMatrix(moves, { kind: "spearman", minOverlap }).rho;
  const now = rhoOf(movesOf(trial.now, representation, { tick }), trial.minOverlap);
  const nextMoves = movesOf(trial.next, representation, { tick });
  const next = rhoOf(nextMoves, trial.minNextOverlap);
  const found = persistence(now, next);
  const names = {
    key: representationKey(representation),
    representation: representationName(representation),
  };
  if (found.nItems < MIN_ITEMS) {
    return { ...UNKNOWN, ...names, nItems: found.nItems, nPairs: found.nPairs };
  }
  const interval = persistenceInterval(now, next, {
    random: randomStream(seed, "markets"),
    replicates: shifts,
    level: 0.95,
  }).correlation;
  const nulls = Float64Array.from({ length: shifts }, (_, b) => {
    const shifted = circularShift(nextMoves, randomStream(seed, `next ${b}`));
    return persistence(now, rhoOf(shifted, trial.minNextOverlap)).correlation;
  });
  const [nullLow, nullHigh] = nullQuantiles(nulls, [0.05, 0.95]);
  return {
    ...names,
    nItems: found.nItems,
    nPairs: found.nPairs,
    correlation: found.correlation,
    ciLow: interval.low,
    ciHigh: interval.high,
    nullLow: nullLow!,
    nullHigh: nullHigh!,
    percentile: nullPercentile(found.correlation, nulls),
    strongestNext: found.strongest.meanSignedNext,
    meanAbsNext: found.meanAbsNext,
  };
}

const UNKNOWN = {
  correlation: NaN,
  ciLow: NaN,
  ciHigh: NaN,
  nullLow: NaN,
  nullHigh: NaN,
  percentile: NaN,
  strongestNext: NaN,
  meanAbsNext: NaN,
} as const;
