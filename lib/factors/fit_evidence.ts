import { nullPercentile, nullQuantiles } from "../core/null_percentile.ts";
import { randomStream } from "../core/random.ts";
import type { FactorPanel } from "./factor_panel.ts";
import type { MacroFit } from "./macro_fit.ts";
import { macroFits } from "./macro_fits.ts";
import type { SessionMoves } from "./session_moves.ts";
import { turnedMoves } from "./turned_moves.ts";

/** How well contracts are explained together, beside what the same moves out of time or sign give. */
export interface FitEvidence {
  readonly nContracts: number;
  /** Mean R² within the sample, and the same of each common turn of all moves. */
  readonly meanR2: number;
  readonly nullMeanR2: Float64Array;
  /** Share of the turns with a lower mean, ties counted half. */
  readonly percentile: number;
  /** Mean R² of each draw of signs, the same for all contracts on a session. */
  readonly signMeanR2: Float64Array;
  /** Share of the draws of signs with a lower mean, ties counted half. */
  readonly signPercentile: number;
  /** Mean over contracts of the R² of their own turned moves, and of their signed ones. */
  readonly ownNullR2: number;
  readonly ownSignR2: number;
  /** Share of contracts above 95 % of their own turns and above 95 % of their signs. */
  readonly aboveOwn: number;
  /** Median out of sample of the contracts; NaN not estimable. */
  readonly medianOos: number;
  /**
   * Median out of sample of signed moves; NaN not estimable. Turned ones are no fair null there: they
   * carry the large moves of a listing's first days into the folds that are scored.
   */
  readonly nullMedianOos: number;
  /** Share of contracts with an R² out of sample above 0. */
  readonly positiveOos: number;
}

/** What fits say in the end. */
export type FitVerdict = "noise" | "in sample only" | "real";

/** Largest share of a null that a mean within the sample may be above and still count as noise. */
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

/**
 * Sums up the fits of contracts; the turns are of the same penalty where it is a fixed one.
 *
 * Contracts are turned together for the mean, but each has its own offsets in `nullPercentile`. Signs are
 * common to begin with, so the mean over contracts of one draw is a draw of their mean.
 */
export function fitEvidence(
  fits: readonly MacroFit[],
  nullMeanR2: Float64Array,
): FitEvidence {
  const known = fits.filter(({ r2 }) => !Number.isNaN(r2));
  const oos = known.map(({ r2Oos }) => r2Oos).filter((r2) => !Number.isNaN(r2));
  const meanR2 = meanOf(known.map(({ r2 }) => r2));
  const signMeanR2 = meanOfDraws(known.map(({ signR2Draws }) => signR2Draws));
  return {
    nContracts: known.length,
    meanR2,
    nullMeanR2,
    percentile: nullPercentile(meanR2, nullMeanR2),
    signMeanR2,
    signPercentile: nullPercentile(meanR2, signMeanR2),
    ownNullR2: meanOf(known.map(({ nullR2 }) => nullR2)),
    ownSignR2: meanOf(known.map(({ signR2 }) => signR2)),
    aboveOwn: shareOf(
      known,
      (one) => one.nullPercentile > CHANCE && one.signPercentile > CHANCE,
    ),
    medianOos: nullQuantiles(oos, [0.5])[0]!,
    nullMedianOos: nullQuantiles(known.flatMap(({ signR2Oos }) => [...signR2Oos]), [0.5])[0]!,
    positiveOos: shareOf(oos, (r2) => r2 > 0),
  };
}

/**
 * Whether factors explain contracts: within the sample beyond both nulls, and on moves not seen.
 *
 * Turned moves lose that sessions differ in length and in volatility, for contracts and factors alike,
 * and call noise a finding that shares no more than that; signed moves lose their autocorrelation.
 *
 * @param within Of the fit with a fixed penalty. @param ahead Of the one whose penalty time order chose.
 */
export function fitVerdict(
  within: Pick<FitEvidence, "percentile" | "signPercentile">,
  ahead: Pick<FitEvidence, "medianOos" | "nullMedianOos">,
): FitVerdict {
  if (!(within.percentile > CHANCE && within.signPercentile > CHANCE)) return "noise";
  return ahead.medianOos > Math.max(0, ahead.nullMedianOos) ? "real" : "in sample only";
}

/** Mean of each draw over those that have it; as many draws as the shortest list. */
function meanOfDraws(lists: readonly Float64Array[]): Float64Array {
  const count = lists.length === 0 ? 0 : Math.min(...lists.map(({ length }) => length));
  return Float64Array.from(
    { length: count },
    (_, draw) => meanOf(lists.map((own) => own[draw]!).filter((r2) => !Number.isNaN(r2))),
  );
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function shareOf<T>(list: readonly T[], isCounted: (one: T) => boolean): number {
  return list.filter(isCounted).length / list.length;
}
