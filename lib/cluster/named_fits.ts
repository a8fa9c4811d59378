import { meanKnown } from "../stats/mean_known.ts";
import { clusterLabels, withPersonLabels } from "./cluster_labels.ts";
import type { NamedFit } from "./cluster_tables.ts";
import type { MethodFit } from "./fit_methods.ts";
import { clusterPValues, type ShiftedFit } from "./shifted_fits.ts";

/**
 * Every method's clusters with their labels, stability and tightness.
 *
 * @param fits One a method.
 * @param evidence.titles Title of each market, `null` unknown. Untrusted.
 * @param evidence.persons A person's words by cluster key; they replace the computed label.
 * @param evidence.jaccards Per method and cluster one index a resampling.
 * @param evidence.shifted Per method one entry a shift.
 */
export function namedFits(
  fits: readonly MethodFit[],
  { titles, persons, jaccards, shifted }: {
    readonly titles: readonly (string | null)[];
    readonly persons: ReadonlyMap<string, string>;
    readonly jaccards: readonly (readonly Float64Array[])[];
    readonly shifted: readonly (readonly ShiftedFit[])[];
  },
): NamedFit[] {
  return fits.map((fit, m) => {
    const labels = withPersonLabels(clusterLabels(fit.partition, titles), persons);
    return {
      fit,
      labels: labels.map((one) => one.label),
      keys: labels.map((one) => one.key),
      stability: Float64Array.from(jaccards[m]!, (values) => meanKnown(values)),
      pValues: clusterPValues(fit, shifted[m]!),
    };
  });
}
