import { moments, standsStill } from "../backtest/return_moments.ts";
import { leastSquares } from "../stats/least_squares.ts";
import { neweyWestErrors, neweyWestLag } from "../stats/newey_west.ts";
import { studentQuantile } from "../stats/student_quantile.ts";
import { studentTwoSided } from "../stats/student_t.ts";
import type { AssetKey } from "./asset_navs.ts";
import type { Difference } from "./drawn_intervals.ts";
import { MIN_SESSIONS } from "./session_series.ts";

/** A series of excess returns of an asset. */
export interface ExcessSeries {
  readonly key: AssetKey;
  readonly excess: Float64Array;
}

/** A coefficient with the standard error of Newey & West, its 95 % interval and p-value. */
export interface SpanningTerm extends Difference {
  readonly error: number;
}

/** What is left of a sleeve once other assets are taken out. */
export interface Spanning {
  readonly sleeve: AssetKey;
  /** The assets it is regressed on, in order. */
  readonly assets: readonly AssetKey[];
  /** Excess a year that no mixture of the assets would have given. */
  readonly alpha: SpanningTerm;
  /** One for each asset: move of the sleeve for a move of the asset. */
  readonly betas: readonly SpanningTerm[];
  readonly r2: number;
  readonly n: number;
  /** Sessions of autocorrelation that the errors allow for. */
  readonly lag: number;
  /** Why it could not be estimated; `null` where it could. */
  readonly problem: string | null;
}

/**
 * Regression of a sleeve's excess return on those of other assets: does it add anything to them?
 *
 * Of returns in excess of bills, the assets span the sleeve when alpha is zero: then some mixture of
 * them with bills does on average what the sleeve does, at less risk. A positive alpha, and not a low
 * correlation, is what makes a sleeve worth its share. Stale prices make betas small and alpha no
 * better known. The fit is arithmetic: alpha is the mean of a session times the sessions of a year.
 *
 * NaN: throughout below `minSessions`, where an excess is unknown, or the assets are copies of each
 * other; errors, intervals and R² of a sleeve whose excess stands still. Cost: O(n · assets² · lag).
 * Source: Huberman & Kandel 1987; Gibbons, Ross & Shanken 1989; errors of Newey & West 1987 with the
 * factor n/(n − K − 1) and Student's distribution.
 *
 * @param options.perYear Returns in a year.
 * @param options.lag Sessions; Newey & West's rule by default.
 * @throws {RangeError} If the series are of different lengths.
 */
export function spanning(
  sleeve: ExcessSeries,
  assets: readonly ExcessSeries[],
  { perYear, lag = neweyWestLag(sleeve.excess.length), minSessions = MIN_SESSIONS }: {
    readonly perYear: number;
    readonly lag?: number;
    readonly minSessions?: number;
  },
): Spanning {
  const n = sleeve.excess.length, k = assets.length;
  for (const { key, excess } of assets) {
    if (excess.length === n) continue;
    throw new RangeError(
      `Cannot regress sleeve "${sleeve.key}" as each asset must have its sessions: got ${excess.length} of "${key}" for ${n}`,
    );
  }
  const whole = { sleeve: sleeve.key, assets: assets.map(({ key }) => key), n, lag };
  const isKnown = [sleeve, ...assets].every(({ excess }) => !excess.some(Number.isNaN));
  if (n < minSessions || !isKnown) {
    return notEstimable(whole, isKnown ? "too few sessions" : "the bill's rate is not known");
  }
  if (standsStill(sleeve.excess)) {
    const nothing = notEstimable(whole, null), known = { ...nothing.alpha, value: 0 };
    const alpha = { ...known, value: moments(sleeve.excess).mean * perYear };
    return { ...nothing, alpha, betas: assets.map(() => known) };
  }
  const design = new Float64Array(n * k);
  assets.forEach(({ excess }, j) => excess.forEach((x, t) => design[t * k + j] = x));
  const fit = leastSquares(sleeve.excess, design);
  if (fit.problem !== null) return notEstimable(whole, fit.problem);
  const errors = neweyWestErrors(fit, { lag, smallSample: true }), df = n - k - 1;
  const half = studentQuantile(0.05, df);
  const terms = Array.from(fit.coefficients, (value, i): SpanningTerm => {
    const scale = i === 0 ? perYear : 1, error = errors[i]! * scale;
    return {
      ...{
        value: value * scale,
        error,
        pValue: error > 0 ? studentTwoSided(value * scale / error, df) : NaN,
      },
      ...{ low: value * scale - half * error, high: value * scale + half * error },
    };
  });
  return { ...whole, alpha: terms[0]!, betas: terms.slice(1), r2: fit.r2, problem: null };
}

function notEstimable(
  whole: Pick<Spanning, "sleeve" | "assets" | "n" | "lag">,
  problem: string | null,
): Spanning {
  const unknown = { value: NaN, low: NaN, high: NaN, error: NaN, pValue: NaN };
  return { ...whole, alpha: unknown, betas: whole.assets.map(() => unknown), r2: NaN, problem };
}
