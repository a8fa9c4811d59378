/**
 * P-values of several statistics, adjusted for having looked at all of them: the share of null
 * draws whose largest standardised statistic reaches the observed one.
 *
 * Each statistic is standardised by the mean and deviation of its null draws and of itself, so that
 * under the null it is one more draw among equals; left out, it would stand too far outside with few
 * draws. One draw moves all statistics together, so methods that resemble each other do not count as
 * many.
 *
 * Shape: m observed values and m × draws null values → m p-values in [1/(draws + 1), 1].
 * NaN: a statistic that was not measured, or whose null does not vary, gets NaN and does not count; a
 * draw of it that was not measured reaches nothing.
 * Cost: O(m · draws).
 * Source: Westfall & Young 1993, single-step maxT.
 *
 * @param observed One value a statistic; larger is more.
 * @param nulls For each statistic its value in each draw; all of one length.
 * @throws {RangeError} If the numbers of statistics or of draws differ.
 */
export function maxStatisticPValues(
  observed: ArrayLike<number>,
  nulls: readonly Float64Array[],
): Float64Array {
  const nDraws = nulls[0]?.length ?? 0;
  if (nulls.length !== observed.length || nulls.some((draws) => draws.length !== nDraws)) {
    throw new RangeError(
      `Cannot adjust p-values as each of ${observed.length} statistics must have ${nDraws} null draws: got ${
        nulls.map((draws) => draws.length).join(", ")
      }`,
    );
  }
  const scaled = nulls.map((draws, m) => standardised(draws, observed[m]!));
  const highest = new Float64Array(nDraws).fill(-Infinity);
  for (const one of scaled) {
    if (one === undefined) continue;
    for (let b = 0; b < nDraws; ++b) highest[b] = Math.max(highest[b]!, one.draws[b]!);
  }
  return Float64Array.from(scaled, (one) => {
    if (one === undefined) return NaN;
    let reached = 1;
    for (const top of highest) if (top >= one.observed) ++reached;
    return reached / (nDraws + 1);
  });
}

function standardised(
  draws: Float64Array,
  observed: number,
): { draws: Float64Array; observed: number } | undefined {
  const all = [...draws, observed].filter((x) => !Number.isNaN(x));
  const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
  const variance = all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (all.length - 1);
  if (!(variance > 0) || Number.isNaN(observed)) return undefined;
  const deviation = Math.sqrt(variance);
  return {
    // a draw without a value reaches nothing
    draws: draws.map((x) => Number.isNaN(x) ? -Infinity : (x - mean) / deviation),
    observed: (observed - mean) / deviation,
  };
}
