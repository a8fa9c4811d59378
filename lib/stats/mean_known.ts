/** Mean of the values that are numbers; NaN where there is none. Cost: O(n). */
export function meanKnown(values: ArrayLike<number>): number {
  let sum = 0, count = 0;
  for (let i = 0; i < values.length; ++i) {
    if (Number.isNaN(values[i]!)) continue;
    sum += values[i]!;
    ++count;
  }
  return count === 0 ? NaN : sum / count;
}
