import type { DailyPrices } from "./data_set.ts";

/**
 * Days × markets, row-major: the value of market `j` on `days[i]` is `values[i * nMarkets + j]`.
 * NaN means not observed. A bare matrix never travels without its labels.
 */
export interface Panel {
  /** UTC days, strictly increasing. */
  readonly days: Int32Array;
  /** Market ids, in column order. */
  readonly markets: readonly string[];
  /** nDays × nMarkets values, row-major. */
  readonly values: Float64Array;
}

/**
 * Makes a panel, checking that its labels fit its values.
 *
 * @throws {RangeError} If the sizes do not agree or the days do not increase.
 */
export function panel(
  days: Int32Array,
  markets: readonly string[],
  values: Float64Array,
): Panel {
  if (values.length !== days.length * markets.length) {
    throw new RangeError(
      `Cannot make a panel as ${days.length} days × ${markets.length} markets must give ${
        days.length * markets.length
      } values: got ${values.length}`,
    );
  }
  for (let i = 1; i < days.length; ++i) {
    if (!(days[i]! > days[i - 1]!)) {
      throw new RangeError(
        `Cannot make a panel as its days must increase: got ${days[i]} after ${days[i - 1]}`,
      );
    }
  }
  return { days, markets, values };
}

/** Every day of the half-open range [from, to), UTC days. */
export function dayRange(from: number, to: number): Int32Array {
  return Int32Array.from({ length: Math.max(to - from, 0) }, (_, i) => from + i);
}

/**
 * Daily closes as a panel over calendar days.
 *
 * Shape: run-length rows → (to − from) days × selected markets. NaN where no close was observed:
 * nothing is filled forward. Cost: O(rows of the selected markets + cells).
 *
 * @param prices Closes of all markets.
 * @param options.markets Ids of all markets, in the order of `prices`.
 * @param options.select Indices of the wanted markets, in column order; all by default.
 * @param options.from First day. @param options.to Day after the last.
 */
export function closePanel(
  prices: DailyPrices,
  { markets, select, from, to }: {
    markets: readonly string[];
    select?: ArrayLike<number>;
    from: number;
    to: number;
  },
): Panel {
  const chosen = select ? Int32Array.from(select) : dayRange(0, markets.length);
  const n = chosen.length;
  const values = new Float64Array(Math.max(to - from, 0) * n).fill(NaN);
  for (let column = 0; column < n; ++column) {
    const j = chosen[column]!;
    for (let row = prices.offsets[j]!; row < prices.offsets[j + 1]!; ++row) {
      const day = prices.day[row]!;
      if (day >= from && day < to) values[(day - from) * n + column] = prices.close[row]!;
    }
  }
  return { days: dayRange(from, to), markets: Array.from(chosen, (j) => markets[j]!), values };
}
