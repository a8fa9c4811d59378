import { type PairMatrix, pairMatrix } from "lib/core/pair_matrix.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";

/** Seeded distances between `n` points of 20 coordinates in eight loose groups. */
export function madeDistances(n: number): PairMatrix {
  const nAxes = 20, nGroups = 8;
  const normal = normalDraws(randomStream(1, `distances ${n}`));
  const centres = Float64Array.from({ length: nGroups * nAxes }, normal);
  const points = Float64Array.from(
    { length: n * nAxes },
    (_, at) => normal() + centres[Math.floor(at / nAxes) % nGroups * nAxes + at % nAxes]!,
  );
  const distance = pairMatrix(Array.from({ length: n }, (_, i) => `poly:${i}`));
  let at = 0;
  for (let i = 0; i < n; ++i) {
    for (let j = i + 1; j < n; ++j) {
      let squares = 0;
      for (let axis = 0; axis < nAxes; ++axis) {
        squares += (points[i * nAxes + axis]! - points[j * nAxes + axis]!) ** 2;
      }
      distance.values[at++] = Math.sqrt(squares);
    }
  }
  return distance;
}
