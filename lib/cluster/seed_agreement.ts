import { meanKnown } from "../stats/mean_known.ts";
import { fitMethods } from "./fit_methods.ts";
import { splitAgreement } from "./split_agreement.ts";
import type { Repetitions } from "./stability.ts";

/**
 * Agreement of each method's clusters with those of refits that differ in the seed alone.
 *
 * Methods that draw nothing agree with 1. For the others a low value says that the starts or the
 * visiting order decided, and the prices did not.
 *
 * NaN: a refit counts only where both sides have at least two clusters; a method without such a refit
 * has none. Cost: `seeds` fits of all methods.
 *
 * @param options.seeds Number of refits, by the seeds that follow `fit.seed`.
 * @returns Per method: the mean adjusted Rand index with the given fit.
 * @throws {RangeError} If `seeds` is not a whole number >= 1.
 */
export function seedAgreement(
  { window, fits, fit }: Pick<Repetitions, "window" | "fits" | "fit">,
  { seeds }: { readonly seeds: number },
): Float64Array {
  if (!(Number.isInteger(seeds) && seeds >= 1)) {
    throw new RangeError(
      `Cannot compare seeds as their number must be a whole number >= 1: got ${seeds}`,
    );
  }
  const refits = Array.from(
    { length: seeds },
    // seeds are numbers of 32 bits
    (_, s) => fitMethods(window, { ...fit, seed: (fit.seed + s + 1) % 2 ** 32 }),
  );
  return Float64Array.from(fits, ({ partition }, m) =>
    meanKnown(
      refits.map((again) =>
        splitAgreement(partition.cluster, again[m]!.partition.cluster).adjustedRand
      ),
    ));
}
