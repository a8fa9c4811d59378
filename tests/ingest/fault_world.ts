import { type DailyActivity, type DailyPrices, type DataSet, rowsOf } from "lib/core/data_set.ts";
import { kalshiStub } from "../stubs/kalshi_stub.ts";
import { polymarketStub } from "../stubs/polymarket_stub.ts";
import type { StubHandler } from "../stubs/stub_server.ts";
import { makeWorld, type World } from "../stubs/world.ts";
import { simulatedDataSet } from "../stubs/world_simulated.ts";

/** The first clock of the venues: everything of the simulated universe has happened. */
export const FIRST_NOW = "2026-03-01T02:00:00Z";

/** A cut of the simulated universe with a clock that a test moves. */
export interface FaultWorld {
  readonly world: World;
  readonly clock: { nowMs: number };
  /** Instead of the venues' stubs: the same with short pages, so that few contracts fill many. */
  readonly handlers: Readonly<Record<string, StubHandler>>;
}

/** Benchmarks that are served; the pulls of these tests ask for no others. */
export const SYMBOLS: readonly string[] = ["BTC-USD", "CPER", "GLD", "SPY", "^VIX"];

/** What is served: every `every`th event of the small simulated universe, on both venues. */
export async function faultWorld(
  { every = 10, now = FIRST_NOW, change = (dataSet: DataSet) => dataSet } = {},
): Promise<FaultWorld> {
  const clock = { nowMs: Date.parse(now) };
  const dataSet = change(cutOf(await simulatedDataSet("small"), every));
  const world = makeWorld(dataSet, { nowMs: () => clock.nowMs });
  const polymarket = withShortPages(polymarketStub(world));
  const kalshi = withShortPages(kalshiStub(world));
  return { world, clock, handlers: { gamma: polymarket, data: polymarket, kalshi } };
}

/** Rows of a list page, in the place of the 100 to 1,000 that are asked for. */
const ROWS = 4;

/** The venue gives fewer rows a page than it was asked for; whether more follow says the cursor. */
function withShortPages(stub: StubHandler): StubHandler {
  return (request) => {
    const url = new URL(request.url);
    const isList = /\/(markets|events)(\/keyset)?$/.test(url.pathname) &&
      url.searchParams.has("limit") && !url.searchParams.has("condition_ids");
    if (!isList) return stub(request);
    url.searchParams.set("limit", `${ROWS}`);
    return stub(new Request(url, request));
  };
}

/** Every `every`th event of a venue, with all its contracts, and some benchmarks. */
function cutOf(dataSet: DataSet, every: number): DataSet {
  const eventOf = ({ eventId, marketId }: DataSet["markets"][number]) => eventId ?? marketId;
  const kept = new Set(
    ["polymarket", "kalshi"].flatMap((venue) => {
      const events = dataSet.markets.filter((market) => market.venue === venue).map(eventOf);
      return [...new Set(events)].sort().filter((_, k) => k % every === 0);
    }),
  );
  const at = dataSet.markets.flatMap((market, m) => kept.has(eventOf(market)) ? [m] : []);
  const ids = new Set(at.map((m) => dataSet.markets[m]!.marketId));
  const { prices, activity } = dataSet;
  const price = rowsAt(prices, at), active = rowsAt(activity, at);
  return {
    ...dataSet,
    markets: at.map((m) => dataSet.markets[m]!),
    prices: {
      offsets: price.offsets,
      day: Int32Array.from(price.rows, (row) => prices.day[row]!),
      close: column(prices.close, price.rows)!,
      bid: column(prices.bid, price.rows),
      ask: column(prices.ask, price.rows),
    },
    activity: {
      offsets: active.offsets,
      day: Int32Array.from(active.rows, (row) => activity.day[row]!),
      volumeUsd: column(activity.volumeUsd, active.rows)!,
      openInterest: column(activity.openInterest, active.rows),
      liquidityUsd: column(activity.liquidityUsd, active.rows),
    },
    resolutions: dataSet.resolutions.filter(({ marketId }) => ids.has(marketId)),
    benchmarks: dataSet.benchmarks.filter(({ symbol }) => SYMBOLS.includes(symbol)),
  };
}

function rowsAt(table: DailyPrices | DailyActivity, at: readonly number[]) {
  const offsets = [0], rows: number[] = [];
  for (const m of at) {
    const { from, to } = rowsOf(table, m);
    for (let row = from; row < to; ++row) rows.push(row);
    offsets.push(rows.length);
  }
  return { offsets: Uint32Array.from(offsets), rows };
}

function column<T extends Float64Array | null>(values: T, rows: readonly number[]): T {
  return (values === null ? null : Float64Array.from(rows, (row) => values[row]!)) as T;
}
