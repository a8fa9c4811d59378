import { kmeans } from "ml-kmeans";
import type { KMeans } from "./kmeans.ts";

/** The `KMeansResult` of ml-kmeans, which does not export its name. */
export type KMeansModel = ReturnType<typeof kmeans>;

/**
 * Our solution as the model object of ml-kmeans, with its `nearest()` for new points and its
 * `computeInformation()`.
 *
 * ml-kmeans is begun at our centres, so it does not search: where they are a fixed point it stands
 * still, and `converged` and equal clusters are a second opinion on that.
 *
 * Shape: n × dimension → n clusters. Cost: O(n · k · dimension), few steps.
 *
 * @param points The points that `solution` was made from.
 * @throws {RangeError} If the points do not fit the solution.
 */
export function kMeansModel(points: Float64Array, solution: KMeans): KMeansModel {
  const n = solution.labels.length;
  const dimension = points.length / n;
  const k = solution.centres.length / dimension;
  if (!(Number.isInteger(dimension) && Number.isInteger(k) && k >= 1)) {
    throw new RangeError(
      `Cannot make a k-means model as the points must be those of the solution: got ${points.length} values for ${n} labels`,
    );
  }
  return kmeans(rowsOf(points, dimension), k, {
    initialization: rowsOf(solution.centres, dimension),
    tolerance: 1e-20,
  });
}

function rowsOf(values: Float64Array, dimension: number): number[][] {
  return Array.from(
    { length: values.length / dimension },
    (_, i) => Array.from(values.subarray(i * dimension, (i + 1) * dimension)),
  );
}
