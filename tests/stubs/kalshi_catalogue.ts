import { MS_PER_DAY } from "lib/core/day.ts";
import { type Noise, NOISE_SERIES, noiseAt } from "./kalshi_noise.ts";
import { statusOf, type World, type WorldEvent, type WorldMarket } from "./world.ts";
import { hashOf, share } from "./world_hash.ts";

/** A series as the stub keeps it. */
export interface KalshiSeries {
  readonly ticker: string;
  readonly title: string;
  readonly frequency: string;
  readonly category: string;
  readonly seed: number;
  /** When its first contract was made. */
  readonly createdAtMs: number;
  readonly fees: readonly KalshiFee[];
}

/** What takers pay from a time on. */
export interface KalshiFee {
  readonly fromMs: number;
  readonly feeType: string;
  readonly multiplier: number;
}

/** Everything of Kalshi by its names, with the noise of the clock's days. */
export interface KalshiCatalogue {
  readonly nowMs: () => number;
  /** Ordered by ticker. */
  series(): readonly KalshiSeries[];
  seriesOf(ticker: string): KalshiSeries | undefined;
  /** Number of contracts: first the parlays, then the world's, then the short ones. */
  nMarkets(): number;
  market(position: number): WorldMarket;
  marketOf(ticker: string): WorldMarket | undefined;
  nEvents(): number;
  event(position: number): WorldEvent;
  eventOf(ticker: string): WorldEvent | undefined;
  eventsOfSeries(ticker: string): readonly WorldEvent[];
  nParlays(): number;
}

/** Categories that the venue knows. */
export const CATEGORIES = [
  "Politics",
  "Elections",
  "Economics",
  "World",
  "Financials",
  "Crypto",
  "Commodities",
  "Sports",
  "Climate and Weather",
  "Science and Technology",
  "Health",
  "Entertainment",
  "Companies",
  "Transportation",
];

const FREQUENCIES = ["custom", "one_off", "annual", "monthly", "weekly", "quarterly"];

/** The series of an event: its ticker up to the first dash, with `KX` where an old one has none. */
export function seriesTickerOf(eventName: string): string {
  const first = eventName.split("-")[0]!;
  return first.startsWith("KX") ? first : `KX${first}`;
}

/** Instant before which a settlement has moved its contract to the archive. */
export function cutoffMs(nowMs: number): number {
  return Math.floor(nowMs / MS_PER_DAY - 90) * MS_PER_DAY;
}

/** Whether a contract lives in the archive; it then is nowhere else. */
export function isArchived(one: WorldMarket, nowMs: number): boolean {
  return statusOf(one, nowMs) === "settled" && one.resolvedAtMs < cutoffMs(nowMs);
}

/** Whether a contract is a multivariate parlay. */
export function isParlay({ name }: WorldMarket): boolean {
  return name.startsWith("KXMVE");
}

/** Indexes the world's Kalshi. Cost: one pass over the events. */
export function kalshiCatalogue(world: World): KalshiCatalogue {
  const events = world.events("kalshi"), markets = world.markets("kalshi");
  const bySeries = new Map<string, number[]>();
  for (let k = 0; k < events.length; ++k) {
    const ticker = seriesTickerOf(events.get(k).name);
    const positions = bySeries.get(ticker);
    if (positions === undefined) bySeries.set(ticker, [k]);
    else positions.push(k);
  }
  let noiseDay = NaN;
  let noise: Noise = { parlays: [], events: [] };
  let short: readonly WorldMarket[] = [];
  const fresh = (): Noise => {
    const day = Math.floor(world.nowMs() / MS_PER_DAY);
    if (day !== noiseDay) {
      noise = noiseAt(world.nowMs());
      short = noise.events.flatMap((event) => event.markets);
      noiseDay = day;
    }
    return noise;
  };
  const made = new Map<string, KalshiSeries>();
  const seriesOf = (ticker: string): KalshiSeries | undefined => {
    const first = bySeries.get(ticker)?.[0];
    if (first === undefined && !Object.hasOwn(NOISE_SERIES, ticker)) return undefined;
    const one = made.get(ticker) ??
      seriesFor(ticker, first === undefined ? undefined : events.get(first));
    made.set(ticker, one);
    return one.createdAtMs <= world.nowMs() ? one : undefined;
  };
  return {
    nowMs: world.nowMs,
    series: () =>
      [...bySeries.keys(), ...Object.keys(NOISE_SERIES)].sort()
        .map(seriesOf).filter((one) => one !== undefined),
    seriesOf,
    nParlays: () => fresh().parlays.length,
    nMarkets: () => fresh().parlays.length + markets.length + short.length,
    market: (position) => {
      const { parlays } = fresh();
      if (position < parlays.length) return parlays[position]!;
      const k = position - parlays.length;
      return k < markets.length ? markets.get(k) : short[k - markets.length]!;
    },
    marketOf: (ticker) =>
      world.marketOf("kalshi", ticker) ??
        [...fresh().parlays, ...short].find(({ name }) => name === ticker),
    nEvents: () => events.length + fresh().events.length,
    event: (position) =>
      position < events.length ? events.get(position) : fresh().events[position - events.length]!,
    eventOf: (ticker) =>
      world.eventOf("kalshi", ticker) ?? fresh().events.find(({ name }) => name === ticker),
    eventsOfSeries: (ticker) => [
      ...(bySeries.get(ticker) ?? []).map((k) => events.get(k)),
      ...fresh().events.filter(({ name }) => seriesTickerOf(name) === ticker),
    ],
  };
}

function seriesFor(ticker: string, event: WorldEvent | undefined): KalshiSeries {
  const seed = hashOf(`series ${ticker}`);
  const pick = <T>(list: readonly T[], k: number) =>
    list[Math.floor(share(seed, k) * list.length)]!;
  const [frequency, category] = NOISE_SERIES[ticker] ??
    [pick(FREQUENCIES, 0), pick(CATEGORIES, 1)];
  const createdAtMs = event?.createdAtMs ?? 0;
  const feeType = pick(
    ["quadratic", "quadratic", "quadratic", "quadratic_with_maker_fees", "flat"],
    2,
  );
  const base = { fromMs: createdAtMs, feeType, multiplier: pick([1, 1, 1, 0.5, 0], 3) };
  const changeMs = createdAtMs + Math.floor(10 + 200 * share(seed, 4)) * MS_PER_DAY;
  const change = { fromMs: changeMs, feeType: "quadratic", multiplier: 1 };
  return {
    ticker,
    title: event?.title ?? ticker,
    frequency,
    category,
    seed,
    createdAtMs,
    fees: event !== undefined && seed % 4 === 0 ? [base, change] : [base],
  };
}
