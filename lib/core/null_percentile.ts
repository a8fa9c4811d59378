/**
 * Share of null draws below a value, ties counted half: 1 is above all of them.
 *
 * NaN: an unmeasured value, or no draw. Draws that are NaN do not count. Cost: O(draws).
 */
export function nullPercentile(value: number, draws: ArrayLike<number>): number {
  let below = 0, count = 0;
  for (let b = 0; b < draws.length; ++b) {
    const draw = draws[b]!;
    if (draw !== draw) continue;
    ++count;
    below += draw < value ? 1 : draw === value ? 0.5 : 0;
  }
  return Number.isNaN(value) || count === 0 ? NaN : below / count;
}

/**
 * Quantiles of null draws by linear interpolation, the R-7 rule of numpy and pandas.
 *
 * NaN: draws that are NaN do not count; no draw gives NaN. Cost: O(draws · log draws).
 *
 * @param shares Wanted shares, each in [0, 1].
 */
export function nullQuantiles(draws: ArrayLike<number>, shares: readonly number[]): number[] {
  const sorted = Float64Array.from(draws).filter((x) => x === x).sort();
  return shares.map((share) => {
    if (sorted.length === 0) return NaN;
    const at = share * (sorted.length - 1);
    const low = Math.floor(at), high = Math.min(low + 1, sorted.length - 1);
    return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
  });
}
