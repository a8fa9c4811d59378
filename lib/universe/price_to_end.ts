import { type DailyPrices, type Market, rowsOf } from "../core/data_set.ts";
import { dayEndMs, MS_PER_DAY } from "../core/day.ts";
import { normalCdf, normalQuantile } from "../core/normal.ts";

/** Prices against the time that is left to the scheduled end. */
export interface PriceToEnd {
  /** From far to near; the last one is past the scheduled end. */
  readonly columns: readonly TimeColumn[];
  /** Prices in [0, 7) days before the end, together. */
  readonly finalWeek: OpenShare;
  /** Edges of the price bins, probability, 0 … 1. */
  readonly priceEdges: readonly number[];
  /** A price within [openFrom, openTo] is open: the market has not made up its mind. */
  readonly openFrom: number;
  readonly openTo: number;
  readonly nMarkets: number;
  /** Markets with prices but no scheduled end: left out of every column. */
  readonly nNoEnd: number;
}

/** Prices of one range of days to the end, and how many of them are still open. */
export interface TimeColumn extends OpenShare {
  /** Days to the end in [fromDays, toDays); −Infinity … 0 is past the end. */
  readonly fromDays: number;
  readonly toDays: number;
  /** Share of the column's prices in each price bin; NaN in a column without prices. */
  readonly shareByPrice: Float64Array;
}

/** Share of open prices, with its doubt and its null. NaN where there is no price. */
export interface OpenShare {
  readonly nPrices: number;
  readonly nMarkets: number;
  /** Independent groups behind the interval: events, or markets without an event. */
  readonly nEvents: number;
  readonly openShare: number;
  /** 95 % interval of `openShare`, clustered by event; NaN with fewer than two events. */
  readonly openLow: number;
  readonly openHigh: number;
  /** What a fair price would show if news came evenly until the end; NaN past the end. */
  readonly evenShare: number;
  /** 95 % interval of `openShare − evenShare`, clustered by event. */
  readonly gapLow: number;
  readonly gapHigh: number;
}

const DAY_EDGES = [-Infinity, 0, 1, 3, 7, 14, 30, 60, 120, 240, Infinity];
const PRICE_EDGES = [0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1];
const OPEN_FROM = 0.05, OPEN_TO = 0.95;
const N_COLUMNS = DAY_EDGES.length - 1, FINAL_WEEK = N_COLUMNS;
const N_BINS = PRICE_EDGES.length - 1;
/** z with 97.5 % below it. */
const Z = 1.959963984540054;

/**
 * Where prices stand at each distance from the scheduled end, and how many are still open.
 *
 * The null is a fair binary contract whose news arrives at a constant rate until the end: with
 * first price Φ(z₀), t days after it and τ before the end, the price is
 * Φ((z₀ √(t + τ) + W_t) / √τ), W a Brownian motion. It is averaged over the same prices, so that
 * markets with long and short schedules weigh in both alike.
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
 * @throws {RangeError} If `tick` is not in (0, 0.5) or the markets do not fit the prices.
 */
export function priceToEnd(
  markets: readonly Market[],
  prices: DailyPrices,
  { tick = 0.001 } = {},
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
  const tallies = Array.from({ length: N_COLUMNS + 1 }, tally);
  const counts = Array.from({ length: N_COLUMNS }, () => new Float64Array(N_BINS));
  let nNoEnd = 0;
  let event: string | undefined;
  for (const { j, key } of byEvent(markets)) {
    if (key !== event) tallies.forEach(closeEvent);
    event = key;
    const { from, to } = rowsOf(prices, j);
    let z0 = NaN, firstMs = NaN;
    for (let row = from; row < to; ++row) {
      const close = prices.close[row]!;
      if (Number.isNaN(close)) continue;
      const closesAtMs = markets[j]!.closesAtMs;
      if (closesAtMs === null) {
        ++nNoEnd;
        break;
      }
      const atMs = dayEndMs(prices.day[row]!);
      if (Number.isNaN(firstMs)) {
        firstMs = atMs;
        z0 = normalQuantile(Math.min(Math.max(close, tick), 1 - tick));
      }
      const left = (closesAtMs - atMs) / MS_PER_DAY;
      const c = columnOf(left);
      const isOpen = close >= OPEN_FROM && close <= OPEN_TO ? 1 : 0;
      const even = evenShare(z0, (atMs - firstMs) / MS_PER_DAY, left);
      const bin = priceBin(close);
      counts[c]![bin] = counts[c]![bin]! + 1;
      add(tallies[c]!, isOpen, even, j);
      if (left >= 0 && left < 7) add(tallies[FINAL_WEEK]!, isOpen, even, j);
    }
  }
  tallies.forEach(closeEvent);
  const columns = counts.map((count, c) => ({
    fromDays: DAY_EDGES[c]!,
    toDays: DAY_EDGES[c + 1]!,
    shareByPrice: count.map((n) => n / tallies[c]!.n),
    ...openShare(tallies[c]!),
  }));
  return {
    columns: columns.reverse(),
    finalWeek: openShare(tallies[FINAL_WEEK]!),
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

/** Sums behind one {@link OpenShare}: of the event at hand, and of the events before it. */
interface Tally {
  n: number;
  open: number;
  even: number;
  nMarkets: number;
  nEvents: number;
  lastMarket: number;
  eventN: number;
  eventOpen: number;
  eventEven: number;
  /** Sums over events of n², n·open, open², and the same with the gap open − even. */
  nn: number;
  nOpen: number;
  openOpen: number;
  nGap: number;
  gapGap: number;
}

function tally(): Tally {
  return {
    n: 0,
    open: 0,
    even: 0,
    nMarkets: 0,
    nEvents: 0,
    lastMarket: -1,
    eventN: 0,
    eventOpen: 0,
    eventEven: 0,
    nn: 0,
    nOpen: 0,
    openOpen: 0,
    nGap: 0,
    gapGap: 0,
  };
}

function add(to: Tally, isOpen: number, even: number, j: number): void {
  ++to.eventN;
  to.eventOpen += isOpen;
  to.eventEven += even;
  if (to.lastMarket !== j) ++to.nMarkets;
  to.lastMarket = j;
}

function closeEvent(of: Tally): void {
  const { eventN: n, eventOpen: open, eventEven: even } = of;
  if (n === 0) return;
  const gap = open - even;
  of.n += n;
  of.open += open;
  of.even += even;
  ++of.nEvents;
  of.nn += n * n;
  of.nOpen += n * open;
  of.openOpen += open * open;
  of.nGap += n * gap;
  of.gapGap += gap * gap;
  of.eventN = of.eventOpen = of.eventEven = 0;
}

function openShare(of: Tally): OpenShare {
  const open = of.open / of.n, even = of.even / of.n;
  const gap = open - even;
  const halfOpen = halfWidth(of, open, of.nOpen, of.openOpen);
  const halfGap = halfWidth(of, gap, of.nGap, of.gapGap);
  return {
    nPrices: of.n,
    nMarkets: of.nMarkets,
    nEvents: of.nEvents,
    openShare: open,
    openLow: Math.max(open - halfOpen, 0),
    openHigh: Math.min(open + halfOpen, 1),
    evenShare: even,
    gapLow: gap - halfGap,
    gapHigh: gap + halfGap,
  };
}

/** Half of the 95 % interval of a ratio Σx / Σn over events; NaN with fewer than two. */
function halfWidth({ n, nn, nEvents }: Tally, ratio: number, nx: number, xx: number): number {
  if (nEvents < 2) return NaN;
  const squares = Math.max(xx - 2 * ratio * nx + ratio * ratio * nn, 0);
  return Z * Math.sqrt(squares * nEvents / (nEvents - 1)) / n;
}
