import { centredMoments, deviations, standardisedScatter } from "../stats/ridge_path.ts";
import type { FactorPanel } from "./factor_panel.ts";

/** Factors over some intervals of a panel, standardised over these alone. */
export interface StandardDesign {
  /** n × K by rows: centred, of population standard deviation 1; 0 for a factor that stands still. */
  readonly standard: Float64Array;
  /** K × K: products of the columns summed, n on the diagonal. */
  readonly scatter: Float64Array;
  /** K population standard deviations, in the factors' own units. */
  readonly deviation: Float64Array;
}

/**
 * A panel's factors over a contract's sessions, each with mean 0 and population standard deviation 1.
 *
 * Shape: n sessions → n × K. NaN: impossible. Cost: O(n K²).
 *
 * @param session Intervals of the panel.
 */
export function standardDesign(
  { factors, moves }: Pick<FactorPanel, "factors" | "moves">,
  session: Int32Array,
): StandardDesign {
  const k = factors.length, standard = new Float64Array(session.length * k);
  session.forEach((s, t) => standard.set(moves.subarray(s * k, (s + 1) * k), t * k));
  const moments = centredMoments(standard, k), deviation = deviations(moments);
  for (let at = 0; at < standard.length; ++at) {
    const sd = deviation[at % k]!;
    standard[at] = sd > 0 ? (standard[at]! - moments.mean[at % k]!) / sd : 0;
  }
  return { standard, scatter: standardisedScatter(moments, deviation), deviation };
}
