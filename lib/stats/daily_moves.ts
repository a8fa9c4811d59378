import type { DailyPrices } from "../core/data_set.ts";
import { logit } from "../core/probability.ts";
import { requireTick } from "./returns.ts";

/** One-day moves beside the rows of {@link DailyPrices}; NaN where the day before has no price. */
export interface DailyMoves {
  /** Probability points. */
  readonly change: Float64Array;
  /** Nats, prices clipped at the tick. */
  readonly logitChange: Float64Array;
  /** Dollars per dollar, NaN also where the old price was 0. */
  readonly simpleReturn: Float64Array;
}

/**
 * One-day moves of every market, row by row, without laying out a panel.
 *
 * The same definitions as in `returns.ts` with a step of one day: a hole in the series leaves NaN,
 * since a move over it spans more than a day.
 *
 * Shape: daily rows → the same rows. Cost: O(rows).
 *
 * @param options.tick Prices are clipped to [tick, 1 − tick] before the log-odds.
 * @throws {RangeError} If `tick` is not in (0, 0.5).
 */
export function dailyMoves(prices: DailyPrices, { tick }: { readonly tick: number }): DailyMoves {
  requireTick(tick);
  const { offsets, day, close } = prices;
  const change = new Float64Array(close.length).fill(NaN);
  const logitChange = new Float64Array(close.length).fill(NaN);
  const simpleReturn = new Float64Array(close.length).fill(NaN);
  for (let j = 0; j + 1 < offsets.length; ++j) {
    for (let row = offsets[j]! + 1; row < offsets[j + 1]!; ++row) {
      if (day[row] !== day[row - 1]! + 1) continue;
      const now = close[row]!, before = close[row - 1]!;
      change[row] = now - before;
      logitChange[row] = logit(now, tick) - logit(before, tick);
      if (before !== 0) simpleReturn[row] = now / before - 1;
    }
  }
  return { change, logitChange, simpleReturn };
}
