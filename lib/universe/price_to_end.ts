import { type DailyPrices, type Market, type Resolution, rowsOf } from "../core/data_set.ts";
import { dayEndMs, MS_PER_DAY } from "../core/day.ts";
import { normalCdf, normalQuantile } from "../core/normal.ts";
import {
  addPrice,
  addSettled,
  closeEvent,
  type OpenShare,
  openShare,
  openTally,
} from "./open_share.ts";

/** Prices against the time that is left to the scheduled end. */
export interface PriceToEnd {
  /** From far to near; the last one is past the scheduled end. */
  readonly columns: readonly TimeColumn[];
  /** [0, 7) days before the end, together. */
  readonly finalWeek: OpenShare;
  /** Whether contracts settled before their scheduled end count as decided, or are left out. */
  readonly countsSettled: boolean;
  /** Edges of the price bins, probability, 0 … 1. */
  readonly priceEdges: readonly number[];
  /** A price within [openFrom, openTo] is open: the market has not made up its mind. */
  readonly openFrom: number;
  readonly openTo: number;
  readonly nMarkets: number;
  /** Markets with prices but no scheduled end: left out of every column. */
  readonly nNoEnd: number;
}

/** Prices of one range of days to the end, and the share of contracts still open. */
export interface TimeColumn extends OpenShare {
  /** Days to the end in [fromDays, toDays); −Infinity … 0 is past the end. */
  readonly fromDays: number;
  readonly toDays: number;
  /** Share of the column's prices in each price bin; NaN in a column without prices. */
  readonly shareByPrice: Float64Array;
}

const DAY_EDGES = [-Infinity, 0, 1, 3, 7, 14, 30, 60, 120, 240, Infinity];
const PRICE_EDGES = [0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1];
const OPEN_FROM = 0.05, OPEN_TO = 0.95;
const N_COLUMNS = DAY_EDGES.length - 1, FINAL_WEEK = N_COLUMNS;
const N_BINS = PRICE_EDGES.length - 1;
/**
 * Where prices stand at each distance from the scheduled end, and how many are still open.
 *
 * The null is a fair binary contract whose news arrives at a constant rate until the end: with
 * first price Φ(z₀), t days after it and τ before the end, the price is
 * Φ((z₀ √(t + τ) + W_t) / √τ), W a Brownian motion. It is averaged over the same contract-days, so
 * that markets with long and short schedules weigh in both alike.
 *
 * A contract that settles early has no price any more, though it was the first to be decided. Given
 * the resolutions, each of its days up to the scheduled end counts as decided; without them only
 * the undecided are left to be counted, and news always seems to come late.
 *
 * Shape: run-length rows → one column a range of days. Units: days, probability.
 * NaN: a row without a close is no price; a market without a scheduled end is counted, not binned.
 * Cost: O(rows + nMarkets log nMarkets).
 * Source: the latent Brownian motion of Archak & Ipeirotis 2009, "Modeling volatility in
 * prediction markets", with constant variance a day; intervals: ratio estimator over clusters
 * (Cochran 1977, section 6.3), the clusters being events, whose markets share their news.
 *
 * @param markets All markets, in the order of `prices`.
 * @param prices Daily closes; each belongs to the end of its day.
 * @param options.tick Smallest price step: a first price counts as at least that far from 0 and 1.
 * @param options.resolutions Settlements; days after the last day with any price are not counted.
 * @throws {RangeError} If `tick` is not in (0, 0.5) or the markets do not fit the prices.
 */
export function priceToEnd(
  markets: readonly Market[],
  prices: DailyPrices,
  { tick = 0.001, resolutions }: {
    readonly tick?: number;
    readonly resolutions?: readonly Resolution[];
  } = {},
): PriceToEnd {
  if (!(tick > 0 && tick < 0.5)) {
    throw new RangeError(
      `Cannot measure prices to the end as tick must be in (0, 0.5): got ${tick}`,
    );
  }
  if (prices.offsets.length !== markets.length + 1) {
    throw new RangeError(
      `Cannot measure prices to the end as each market must have its range of prices: got ${markets.length} markets and ${
        prices.offsets.length - 1
      } ranges`,
    );
  }
  const tallies = Array.from({ length: N_COLUMNS + 1 }, openTally);
  const counts = Array.from({ length: N_COLUMNS }, () => new Float64Array(N_BINS));
  const settledAtMs = new Map((resolutions ?? []).map((r) => [r.marketId, r.resolvedAtMs]));
  const untilMs = dayEndMs(prices.day.reduce((last, day) => Math.max(last, day), 0));
  let nNoEnd = 0;
  let event: string | undefined;
  for (const { j, key } of byEvent(markets)) {
    if (key !== event) tallies.forEach(closeEvent);
    event = key;
    const { from, to } = rowsOf(prices, j);
    const { marketId, closesAtMs } = markets[j]!;
    let z0 = NaN, firstMs = NaN, lastMs = NaN;
    for (let row = from; row < to; ++row) {
      const close = prices.close[row]!;
      if (Number.isNaN(close)) continue;
      if (closesAtMs === null) {
        ++nNoEnd;
        break;
      }
      const atMs = dayEndMs(prices.day[row]!);
      if (Number.isNaN(firstMs)) {
        firstMs = atMs;
        z0 = normalQuantile(Math.min(Math.max(close, tick), 1 - tick));
      }
      lastMs = atMs;
      const left = (closesAtMs - atMs) / MS_PER_DAY;
      const isOpen = close >= OPEN_FROM && close <= OPEN_TO ? 1 : 0;
      const even = evenShare(z0, (atMs - firstMs) / MS_PER_DAY, left);
      const c = columnOf(left), bin = priceBin(close);
      counts[c]![bin] = counts[c]![bin]! + 1;
      addPrice(tallies[c]!, isOpen, even, j);
      if (left >= 0 && left < 7) addPrice(tallies[FINAL_WEEK]!, isOpen, even, j);
    }
    const settledMs = settledAtMs.get(marketId);
    if (settledMs === undefined || closesAtMs === null) continue;
    let atMs = Math.max(lastMs + MS_PER_DAY, Math.ceil(settledMs / MS_PER_DAY) * MS_PER_DAY);
    for (; atMs <= Math.min(closesAtMs, untilMs); atMs += MS_PER_DAY) {
      const left = (closesAtMs - atMs) / MS_PER_DAY;
      const even = evenShare(z0, (atMs - firstMs) / MS_PER_DAY, left);
      addSettled(tallies[columnOf(left)]!, even);
      if (left < 7) addSettled(tallies[FINAL_WEEK]!, even);
    }
  }
  tallies.forEach(closeEvent);
  const columns = counts.map((count, c) => ({
    fromDays: DAY_EDGES[c]!,
    toDays: DAY_EDGES[c + 1]!,
    shareByPrice: count.map((n) => n / tallies[c]!.nPrices),
    ...openShare(tallies[c]!),
  }));
  return {
    columns: columns.reverse(),
    finalWeek: openShare(tallies[FINAL_WEEK]!),
    countsSettled: resolutions !== undefined,
    priceEdges: PRICE_EDGES,
    openFrom: OPEN_FROM,
    openTo: OPEN_TO,
    nMarkets: markets.length,
    nNoEnd,
  };
}

/** Market indices with the key of their event, events together. */
function byEvent(markets: readonly Market[]): { j: number; key: string }[] {
  return markets
    .map(({ eventId, marketId }, j) => ({ j, key: eventId ?? `market ${marketId}` }))
    .sort((a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : a.j - b.j);
}

function columnOf(left: number): number {
  let c = 0;
  while (left >= DAY_EDGES[c + 1]!) ++c;
  return c;
}

/** An edge belongs to the bin on the side of 50 ¢, so that 5 and 95 ¢ are both open. */
function priceBin(price: number): number {
  let bin = 0;
  while (
    bin + 1 < N_BINS &&
    (price > PRICE_EDGES[bin + 1]! || (price === PRICE_EDGES[bin + 1] && price <= 0.5))
  ) ++bin;
  return bin;
}

/** Chance that the fair, evenly informed price is open; NaN past the end, when all news is out. */
function evenShare(z0: number, sinceFirst: number, left: number): number {
  if (left < 0) return NaN;
  if (sinceFirst === 0) return Math.abs(z0) <= Z_OPEN + 1e-12 ? 1 : 0;
  const drift = z0 * Math.sqrt(sinceFirst + left);
  const bound = Z_OPEN * Math.sqrt(left);
  const scale = Math.sqrt(sinceFirst);
  return normalCdf((bound - drift) / scale) - normalCdf((-bound - drift) / scale);
}

const Z_OPEN = normalQuantile(OPEN_TO);
