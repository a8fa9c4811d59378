import { kmeans } from "ml-kmeans";
import { kMeans } from "lib/cluster/kmeans.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";

const STARTS = 10;
/** scikit-learn's default, so that all three stop at about the same point. */
const TOLERANCE = 1e-4;

/** Normal draws without groups: the slowest case, as bounds help least and steps are many. */
function madePoints(n: number, dimension: number): Float64Array {
  const normal = normalDraws(randomStream(1, `bench ${n} × ${dimension}`));
  return Float64Array.from({ length: n * dimension }, () => normal());
}

for (const [n, dimension] of [[300, 9], [2721, 9], [2721, 20]] as const) {
  const points = madePoints(n, dimension);
  const rows = Array.from(
    { length: n },
    (_, i) => [...points.subarray(i * dimension, (i + 1) * dimension)],
  );
  const group = `k-means ${n} × ${dimension}, k = 8, ${STARTS} starts`;
  Deno.bench({ name: `${group}, ml-kmeans`, group, baseline: true }, () => {
    for (let seed = 1; seed <= STARTS; ++seed) {
      kmeans(rows, 8, { seed, maxIterations: 300, tolerance: TOLERANCE });
    }
  });
  Deno.bench({ name: `${group}, kMeans()`, group }, () => {
    const random = randomStream(1, "bench");
    kMeans(points, { dimension, k: 8, starts: STARTS, tolerance: TOLERANCE, random });
  });
}
