import { logit } from "../core/probability.ts";
import type { Panel } from "../core/panel.ts";

/** How many calendar days a move spans. */
export interface StepOptions {
  /** Days from the old price to the new one, at least 1. */
  readonly stepDays?: number;
}

/**
 * Change in price points over a step: p(t) − p(t − step).
 *
 * Additive, the notional book: profit per dollar of payout. Never compound it; a mean of point
 * changes is no return on money. The complement of a contract has the opposite change.
 *
 * Shape: days × markets → the same. Units: probability → probability points.
 * NaN: where either price was not observed; moves of the first days have no old price.
 * Cost: O(cells).
 *
 * @throws {RangeError} If `stepDays` is not a whole number of at least 1.
 */
export function pointChange(prices: Panel, { stepDays = 1 }: StepOptions = {}): Panel {
  return differences(prices, stepDays);
}

/**
 * Change in log-odds over a step: logit p(t) − logit p(t − step), prices clipped at the tick.
 *
 * Its size hardly depends on the price level, where a point change shrinks towards 0 and 1, so it
 * is the move to correlate and to regress. The complement of a contract has the opposite change.
 *
 * Shape: days × markets → the same. Units: probability → nats per step.
 * NaN: where either price was not observed. Cost: O(cells).
 *
 * @param options.tick Prices are clipped to [tick, 1 − tick].
 * @throws {RangeError} If `tick` is not in (0, 0.5), or `stepDays` no whole number of at least 1.
 */
export function logitChange(
  prices: Panel,
  { stepDays = 1, tick }: StepOptions & { readonly tick: number },
): Panel {
  requireTick(tick);
  const logits = new Float64Array(prices.values.length);
  for (let cell = 0; cell < logits.length; ++cell) logits[cell] = logit(prices.values[cell]!, tick);
  return differences({ ...prices, values: logits }, stepDays);
}

/**
 * Simple return on the money paid for the quoted outcome: p(t) / p(t − step) − 1.
 *
 * The capital book: chain-links to a NAV. Never its logarithm, whose mean is negative for a fair
 * contract. Not symmetric: the complement's return is another number.
 *
 * Shape: days × markets → the same. Units: probability → dollars per dollar and step.
 * NaN: where either price was not observed, or the old price was 0. Cost: O(cells).
 *
 * @throws {RangeError} If `stepDays` is not a whole number of at least 1.
 */
export function simpleReturn(prices: Panel, { stepDays = 1 }: StepOptions = {}): Panel {
  const returns = differences(prices, stepDays);
  const n = prices.markets.length;
  const earlier = earlierRows(prices.days, stepDays);
  for (let i = 0; i < earlier.length; ++i) {
    if (earlier[i]! < 0) continue;
    for (let j = 0; j < n; ++j) {
      const before = prices.values[earlier[i]! * n + j]!;
      returns.values[i * n + j] = before === 0 ? NaN : prices.values[i * n + j]! / before - 1;
    }
  }
  return returns;
}

/** Refuses a tick that would clip everything or nothing. */
export function requireTick(tick: number): void {
  if (!(tick > 0 && tick < 0.5)) {
    throw new RangeError(`Cannot clip prices as the tick must be in (0, 0.5): got ${tick}`);
  }
}

/** Refuses a step that is not a whole number of days. */
export function requireStep(stepDays: number): void {
  if (!(Number.isInteger(stepDays) && stepDays >= 1)) {
    throw new RangeError(
      `Cannot take moves as stepDays must be a whole number >= 1: got ${stepDays}`,
    );
  }
}

/** Row of the day `stepDays` before each row's day, or −1 where the panel has no such day. */
export function earlierRows(days: Int32Array, stepDays: number): Int32Array {
  const rows = new Int32Array(days.length).fill(-1);
  for (let i = 0, before = 0; i < days.length; ++i) {
    while (days[before]! < days[i]! - stepDays) ++before;
    if (days[before] === days[i]! - stepDays) rows[i] = before;
  }
  return rows;
}

/** x(t) − x(t − step) of every market; NaN where either is not observed. */
function differences({ days, markets, values }: Panel, stepDays: number): Panel {
  requireStep(stepDays);
  const n = markets.length;
  const moves = new Float64Array(values.length).fill(NaN);
  const earlier = earlierRows(days, stepDays);
  for (let i = 0; i < days.length; ++i) {
    if (earlier[i]! < 0) continue;
    const now = i * n, before = earlier[i]! * n;
    for (let j = 0; j < n; ++j) moves[now + j] = values[now + j]! - values[before + j]!;
  }
  return { days, markets, values: moves };
}
