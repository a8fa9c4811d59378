/**
 * Mean over the dimensions of the points' variance, with divisor n.
 *
 * Shape: n × dimension, row by row → one value. NaN: propagates. Cost: O(n · dimension).
 */
export function meanVariance(points: Float64Array, dimension: number): number {
  const n = points.length / dimension;
  let sum = 0;
  for (let d = 0; d < dimension; ++d) {
    let mean = 0, squares = 0;
    for (let at = d; at < points.length; at += dimension) mean += points[at]! / n;
    for (let at = d; at < points.length; at += dimension) squares += (points[at]! - mean) ** 2;
    sum += squares / n;
  }
  return sum / dimension;
}
