import { nullPercentile, nullQuantiles } from "../core/null_percentile.ts";
import { randomStream } from "../core/random.ts";
import type { FactorPanel } from "./factor_panel.ts";
import type { MacroFit } from "./macro_fit.ts";
import { macroFits } from "./macro_fits.ts";
import type { SessionMoves } from "./session_moves.ts";
import { turnedMoves } from "./turned_moves.ts";

/** How well contracts are explained together, beside what the same moves out of time give. */
export interface FitEvidence {
  readonly nContracts: number;
  /** Mean R² within the sample, and the same of each common turn of all moves. */
  readonly meanR2: number;
  readonly nullMeanR2: Float64Array;
  /** Share of the turns with a lower mean, ties counted half. */
  readonly percentile: number;
  /** Mean over contracts of the R² of their own turned moves. */
  readonly ownNullR2: number;
  /** Share of contracts above 95 % of their own turns. */
  readonly aboveOwn: number;
  /** Medians out of sample, of the contracts and of their turned moves; NaN not estimable. */
  readonly medianOos: number;
  readonly nullMedianOos: number;
  /** Share of contracts with an R² out of sample above 0. */
  readonly positiveOos: number;
}

/** What fits say in the end. */
export type FitVerdict = "noise" | "in sample only" | "real";

/** Largest share of common turns that a mean within the sample may be below to count as noise. */
const CHANCE = 0.95;

/**
 * Mean R² of contracts on all factors when all moves are turned by one share of their length.
 *
 * Contracts live on the same days, so their R² are not independent draws of chance; turning them together
 * keeps that, and the spread of the mean over turns is what chance does to it.
 *
 * Shape: → one mean a turn. Cost: `to − from` times one fit of each contract.
 */
export function turnedMeanR2(
  panel: FactorPanel,
  contracts: readonly SessionMoves[],
  { alpha, seed, from, to }: {
    readonly alpha: number;
    readonly seed: number;
    readonly from: number;
    readonly to: number;
  },
): Float64Array {
  return Float64Array.from({ length: to - from }, (_, i) => {
    const turned = turnedMoves(contracts, randomStream(seed, `common turn ${from + i}`));
    const fits = macroFits(panel, turned, {
      ...{ fixedAlpha: alpha, folds: 0, shifts: 0, oosShifts: 0, seed },
    });
    return meanOf(fits.map(({ r2 }) => r2));
  });
}

/** Sums up the fits of contracts; the turns are of the same penalty where it is a fixed one. */
export function fitEvidence(
  fits: readonly MacroFit[],
  nullMeanR2: Float64Array,
): FitEvidence {
  const known = fits.filter(({ r2 }) => !Number.isNaN(r2));
  const oos = known.map(({ r2Oos }) => r2Oos).filter((r2) => !Number.isNaN(r2));
  const meanR2 = meanOf(known.map(({ r2 }) => r2));
  const turned = known.flatMap(({ nullR2Oos }) => [...nullR2Oos]).filter((r2) => !Number.isNaN(r2));
  return {
    nContracts: known.length,
    meanR2,
    nullMeanR2,
    percentile: nullPercentile(meanR2, nullMeanR2),
    ownNullR2: meanOf(known.map(({ nullR2 }) => nullR2)),
    aboveOwn: shareOf(known, ({ nullPercentile: own }) => own > 0.95),
    medianOos: nullQuantiles(oos, [0.5])[0]!,
    nullMedianOos: nullQuantiles(turned, [0.5])[0]!,
    positiveOos: shareOf(oos, (r2) => r2 > 0),
  };
}

/**
 * Whether factors explain contracts: within the sample beyond common turns, and on moves not seen.
 *
 * @param within Of the fit with a fixed penalty. @param ahead Of the one whose penalty time order chose.
 */
export function fitVerdict(
  within: Pick<FitEvidence, "percentile">,
  ahead: Pick<FitEvidence, "medianOos" | "nullMedianOos">,
): FitVerdict {
  if (!(within.percentile > CHANCE)) return "noise";
  return ahead.medianOos > Math.max(0, ahead.nullMedianOos) ? "real" : "in sample only";
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function shareOf<T>(list: readonly T[], isCounted: (one: T) => boolean): number {
  return list.filter(isCounted).length / list.length;
}
