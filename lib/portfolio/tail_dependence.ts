import { drawnInterval } from "./drawn_intervals.ts";
import {
  notEstimable,
  pairedDays,
  type PairedMeasure,
  type PairedOptions,
  requireSessions,
} from "./asset_correlation.ts";
import { MIN_SESSIONS } from "./session_series.ts";
import { nullBand, shiftNull } from "./shift_null.ts";

/** How a sleeve does on an asset's worst sessions. */
export const TAIL_MEASURES = [
  "tail_share_5",
  "tail_share_10",
  "tail_mean_5",
  "tail_mean_10",
] as const;

/** Name of such a measure. */
export type TailMeasure = typeof TAIL_MEASURES[number];

/** Share of the sessions that are the worst ones. */
const TAIL_SHARE: Readonly<Record<TailMeasure, number>> = {
  tail_share_5: 0.05,
  tail_share_10: 0.1,
  tail_mean_5: 0.05,
  tail_mean_10: 0.1,
};

/**
 * What a sleeve does on the worst sessions of an asset.
 *
 * `tail_share`: share of the asset's worst 5 or 10 % of sessions that are among the sleeve's own
 * worst as well; of unrelated series that is 5 or 10 %. `tail_mean`: mean return of the sleeve on
 * them; of unrelated series, its mean. Of a year of sessions the worst 5 % are a dozen, so one
 * session more or less is eight points: the interval is wide for good reason. A correlation near zero
 * says nothing here, since what reaches everything at once does so in the tails.
 *
 * The worst are those at or below the k-th lowest return, k being the share of the sessions, rounded
 * and at least 1; ties count as worst, so a sleeve that stands still on most days has more of them.
 * The limits are taken anew in each draw.
 *
 * NaN: below `minSessions`, where a return is unknown; the share of a sleeve that stands still is 1
 * and so is its null. Cost: O((draws · log + sessions) · sessions).
 *
 * @param asset Returns between sessions.
 * @param sleeve Returns between the same sessions.
 * @throws {RangeError} If the lengths differ.
 */
export function tailDependence(
  asset: Float64Array,
  sleeve: Float64Array,
  options: PairedOptions,
): PairedMeasure<TailMeasure>[] {
  requireSessions(asset, sleeve);
  const n = asset.length, { minSessions = MIN_SESSIONS } = options;
  const isKnown = !asset.some(Number.isNaN) && !sleeve.some(Number.isNaN);
  if (n < minSessions || !isKnown) {
    return TAIL_MEASURES.map((measure) => notEstimable(measure, n));
  }
  const days = pairedDays(n, options), draw = new Float64Array(n), other = draw.slice();
  const draws = TAIL_MEASURES.map(() => new Float64Array(days.nDraws));
  for (let b = 0; b < days.nDraws; ++b) {
    days.rows.subarray(b * n, (b + 1) * n).forEach((row, t) => {
      draw[t] = asset[row]!;
      other[t] = sleeve[row]!;
    });
    const limits = { asset: sorted(draw), sleeve: sorted(other) };
    TAIL_MEASURES.forEach((measure, m) =>
      draws[m]![b] = tailMeasure(draw, other, { measure, limits })
    );
  }
  const limits = { asset: sorted(asset), sleeve: sorted(sleeve) };
  return TAIL_MEASURES.map((measure, m) => {
    const of = (turned: Float64Array) => tailMeasure(asset, turned, { measure, limits });
    const { value, low, high } = drawnInterval(of(sleeve), draws[m]!);
    return { measure, value, low, high, n, ...nullBand(shiftNull(sleeve, of)) };
  });
}

function tailMeasure(
  asset: Float64Array,
  sleeve: Float64Array,
  { measure, limits }: {
    readonly measure: TailMeasure;
    readonly limits: { readonly asset: Float64Array; readonly sleeve: Float64Array };
  },
): number {
  const n = asset.length, k = Math.max(Math.round(TAIL_SHARE[measure] * n), 1);
  const worst = limits.asset[k - 1]!, own = limits.sleeve[k - 1]!;
  let count = 0, both = 0, sum = 0;
  for (let t = 0; t < n; ++t) {
    if (asset[t]! > worst) continue;
    ++count;
    sum += sleeve[t]!;
    if (sleeve[t]! <= own) ++both;
  }
  return (measure.startsWith("tail_share") ? both : sum) / count;
}

function sorted(values: Float64Array): Float64Array {
  return values.slice().sort();
}
