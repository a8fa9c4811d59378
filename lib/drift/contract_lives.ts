import { type DataSet, rowsOf } from "../core/data_set.ts";
import { dayEndMs, dayOf, MISSING_DAY } from "../core/day.ts";

/**
 * Every contract that was ever quoted, from its first price to its settlement.
 *
 * A price at or after the settlement already holds the outcome, so rows end before it.
 */
export interface ContractLives {
  /** N contracts: indices into the data set's markets, ascending. */
  readonly market: Int32Array;
  /** Its rows of the daily prices: [from, to), at least one. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** What the quoted outcome paid, in [0, 1]; NaN where no settlement is known. */
  readonly payout: Float64Array;
  /** UTC day of the settlement, after the last row's; MISSING_DAY where none is known. */
  readonly settledDay: Int32Array;
  /** Scheduled end, UTC milliseconds; NaN unknown. */
  readonly endMs: Float64Array;
  /** Event of a contract, in [0, nEvents). */
  readonly event: Int32Array;
  readonly nEvents: number;
  /** First and last UTC day with a row; MISSING_DAY without any. */
  readonly firstDay: number;
  readonly lastDay: number;
}

/** What contracts depend on each other by. */
export interface EventLabels {
  /** Event of a market; the venue's own where it is left out. */
  readonly eventOf?: ((marketId: string) => string) | undefined;
}

/**
 * The lives of all contracts of a universe, settled or not.
 *
 * Cost: O(prices) time. NaN: a price that is not observed has no row in the data contract.
 *
 * @param options.eventOf Event of a market; the venue's own where it is left out, the market itself
 * where the venue names none.
 */
export function contractLives(
  { markets, prices, resolutions }: DataSet,
  { eventOf }: EventLabels = {},
): ContractLives {
  const settled = new Map(resolutions.map((one) => [one.marketId, one]));
  const events = new Map<string, number>();
  const lives = markets.flatMap((market, j) => {
    const { from, to: all } = rowsOf(prices, j);
    const resolution = settled.get(market.marketId);
    let to = all;
    if (resolution !== undefined) {
      while (to > from && dayEndMs(prices.day[to - 1]!) > resolution.resolvedAtMs) --to;
    }
    if (to === from) return [];
    const key = eventOf?.(market.marketId) ??
      (market.eventId === null ? market.marketId : `${market.venue}/${market.eventId}`);
    let event = events.get(key);
    if (event === undefined) events.set(key, event = events.size);
    const settledDay = resolution === undefined ? MISSING_DAY : dayOf(resolution.resolvedAtMs);
    return [{
      ...{ j, from, to, event, settledDay },
      payout: resolution?.payout ?? NaN,
      endMs: market.closesAtMs ?? NaN,
    }];
  });
  let firstDay = MISSING_DAY, lastDay = MISSING_DAY;
  for (const { from, to } of lives) {
    const first = prices.day[from]!, last = prices.day[to - 1]!;
    firstDay = firstDay === MISSING_DAY ? first : Math.min(firstDay, first);
    lastDay = Math.max(lastDay, last);
  }
  return {
    market: Int32Array.from(lives, ({ j }) => j),
    from: Int32Array.from(lives, ({ from }) => from),
    to: Int32Array.from(lives, ({ to }) => to),
    payout: Float64Array.from(lives, ({ payout }) => payout),
    settledDay: Int32Array.from(lives, ({ settledDay }) => settledDay),
    endMs: Float64Array.from(lives, ({ endMs }) => endMs),
    event: Int32Array.from(lives, ({ event }) => event),
    nEvents: events.size,
    firstDay,
    lastDay,
  };
}
