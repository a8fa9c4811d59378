import type { PairMatrix } from "../core/pair_matrix.ts";

/** How a correlation ρ becomes a distance. */
export type DistanceForm = typeof FORMS[number];

const FORMS = ["one_minus", "euclidean", "absolute"] as const;

/**
 * Distances between items out of their correlations.
 *
 * `euclidean`, √(2(1 − ρ)), is the distance between the two standardised series divided by the root
 * of their length, so that Ward's sums of squares have their meaning. `one_minus`, 1 − ρ, is half
 * its square and is here for comparison. `absolute`, √(2(1 − |ρ|)), puts opposite movers together;
 * use it only where sides are arbitrary and have not been fixed.
 *
 * Units: [0, 2] for `one_minus` and `euclidean`, [0, √2] for `absolute`. NaN: an unknown
 * correlation stays unknown. Cost: O(pairs). Source: Murtagh & Legendre 2014 on Ward; Mantegna 1999
 * for the Euclidean form.
 *
 * @throws {RangeError} If a correlation is outside [−1, 1] or the form is none of the three.
 */
export function correlationDistance(
  rho: PairMatrix,
  { form }: { readonly form: DistanceForm },
): PairMatrix {
  if (!FORMS.includes(form)) {
    throw new RangeError(
      `Cannot make a distance as form must be one of ${FORMS.join(", ")}: got ${
        JSON.stringify(form)
      }`,
    );
  }
  const values = new Float64Array(rho.values.length);
  for (let at = 0; at < values.length; ++at) {
    const r = rho.values[at]!;
    if (r < -1 || r > 1) {
      throw new RangeError(
        `Cannot make a distance as correlations must be in [-1, 1] or NaN: got ${r}`,
      );
    }
    values[at] = form === "one_minus"
      ? 1 - r
      : Math.sqrt(2 * (1 - (form === "absolute" ? Math.abs(r) : r)));
  }
  return { ids: rho.ids, values };
}
