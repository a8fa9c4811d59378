import assert from "node:assert/strict";
import type { HoldableContract } from "lib/baskets/holdable.ts";
import type { Side } from "lib/baskets/side.ts";
import { poisonedAfter } from "lib/backtest/future_poison.ts";
import { rowsOf } from "lib/core/data_set.ts";
import type { BenchmarkSeries, DataSet } from "lib/core/data_set.ts";
import { dayEndMs } from "lib/core/day.ts";
import { randomStream, shuffled } from "lib/core/random.ts";
import { type FactorOptions, factorsAt } from "lib/decide/factors_at.ts";
import { asOf } from "lib/universe/as_of.ts";
import { dataSetFixture, type MarketFixture } from "../fixtures/data_set.ts";
import { FACTORS, LAST_DAY, otherwiseQuoted, SETTINGS } from "./made_decision.ts";
import { factorMarkets, madeBenchmarks, NINE, type PlantedLoading } from "./made_factors.ts";

const PLANTED: readonly PlantedLoading[] = [
  { symbol: "SPY", sign: 1, size: 15 },
  { symbol: "SPY", sign: -1, size: 13 },
  { symbol: "GLD", sign: 1, size: 12 },
  { symbol: "GLD", sign: -1, size: 11 },
  { symbol: "USO", sign: 1, size: 10 },
  { symbol: "USO", sign: -1, size: 9 },
  { symbol: "BTC-USD", sign: 1, size: 8 },
  { symbol: "BTC-USD", sign: -1, size: 7 },
];
const MARKETS = factorMarkets(PLANTED, { seed: 3 }), BENCHMARKS = madeBenchmarks(3);
const DATA = dataSetFixture(MARKETS, BENCHMARKS);
/** A Friday before the last: later closes of contracts and of factors exist. */
const DAY = LAST_DAY - 5;

const sideOf = (market: { readonly outcome: string | null }): Side =>
  market.outcome === "No" ? "no" : "yes";

/** Clusters of all contracts with a price, held on the affirmative side, as `id name: ids`. */
function clustersOf(
  data: DataSet,
  { day = DAY, seed = 7, order = (n: number) => [...Array(n).keys()] } = {},
) {
  const view = asOf(data, dayEndMs(day));
  const priced = [...view.markets.keys()].filter((j) => {
    const { from, to } = rowsOf(view.prices, j);
    return to > from;
  });
  const holdables = order(priced.length).map((k): HoldableContract => {
    const market = priced[k]!, { marketId } = view.markets[market]!;
    return {
      ...{ market, marketId, venue: "polymarket", eventId: `event ${marketId}` },
      ...{ tickerId: marketId, price: 0.5, pricedOn: day, closesAtMs: null },
      ...{ volumeUsd: NaN, liquidityUsd: NaN, nAlternatives: 1 },
    };
  });
  const sides = holdables.map(({ market }) => sideOf(view.markets[market]!));
  const options: FactorOptions = { settings: SETTINGS, list: FACTORS, sides, seed, day };
  const found = factorsAt(view, holdables, options);
  assert.equal(found.sides, sides);
  return found.clusters.map(({ id, name, nContracts }, c) => {
    const ids = holdables.flatMap(({ marketId }, k) => found.cluster[k] === c ? [marketId] : []);
    assert.equal(ids.length, nContracts);
    return `${id} ${name}: ${ids.sort().join(" ")}`;
  });
}

const WHOLE = clustersOf(DATA);

Deno.test("factorsAt() finds the clusters that were planted, and names them by their factor", () => {
  assert.equal(WHOLE.length, 8);
  const places = new Map(Object.keys(MARKETS).map((id) => [id, Number(id.at(7))]));
  WHOLE.forEach((line, c) => {
    const [head, ids] = line.split(": ") as [string, string];
    const { symbol, sign, size } = PLANTED[c]!;
    assert.match(head, new RegExp(`^factor_${c} \\${sign > 0 ? "+" : "−"}${symbol}`));
    const own = ids.split(" ");
    assert.equal(own.length, size);
    assert.deepEqual(new Set(own.map((id) => places.get(id))), new Set([c]));
  });
});

Deno.test("factorsAt() is what it is whichever outcome is quoted, to the last bit", () => {
  const isTurned = randomStream(5, "turned");
  const turned = Object.fromEntries(
    Object.entries(MARKETS).map(([id, one]) => [id, isTurned() < 0.5 ? otherwiseQuoted(one) : one]),
  );
  assert.deepEqual(clustersOf(dataSetFixture(turned, BENCHMARKS)), WHOLE);
});

Deno.test("factorsAt() does not depend on the order of the contracts or of the series", () => {
  const order = (n: number) => shuffled([...Array(n).keys()], randomStream(2, "order"));
  assert.deepEqual(clustersOf(DATA, { order }), WHOLE);
  const benchmarks = [...BENCHMARKS].reverse();
  assert.deepEqual(clustersOf({ ...DATA, benchmarks }), WHOLE);
});

Deno.test("factorsAt() is what it is where all later prices and closes are dropped, or garbage", () => {
  assert.ok(DATA.benchmarks.every(({ day }) => day.at(-1)! > DAY));
  assert.deepEqual(clustersOf(asOf(DATA, dayEndMs(DAY))), WHOLE);
  for (const seed of [1, 2, 3]) {
    assert.deepEqual(clustersOf(poisonedAfter(DATA, DAY, randomStream(seed, "poison"))), WHOLE);
  }
});

Deno.test("factorsAt() changes with the closes of its last days, of contracts and of factors", () => {
  const garbage = poisonedAfter(DATA, DAY - 20, randomStream(1, "poison"));
  assert.notDeepEqual(clustersOf({ ...DATA, benchmarks: garbage.benchmarks }), WHOLE);
  assert.notDeepEqual(clustersOf({ ...DATA, prices: garbage.prices }), WHOLE);
});

/** The closes of a market's last days alone. */
function lastCloses({ closes = {}, ...rest }: MarketFixture, n: number): MarketFixture {
  return { ...rest, closes: Object.fromEntries(Object.entries(closes).slice(-n)) };
}

Deno.test("factorsAt() leaves out contracts with too few sessions and those that never move", () => {
  const [first] = Object.keys(MARKETS), own = MARKETS[first!]!;
  const still = Object.fromEntries(Object.keys(own.closes!).map((date) => [date, 0.4]));
  for (const other of [lastCloses(own, 5 + 35), { ...own, closes: still }]) {
    const more = dataSetFixture({ ...MARKETS, "poly:zz": other }, BENCHMARKS);
    assert.deepEqual(clustersOf(more), WHOLE);
  }
  const enough = dataSetFixture({ ...MARKETS, "poly:zz": lastCloses(own, 5 + 60) }, BENCHMARKS);
  assert.notDeepEqual(clustersOf(enough), WHOLE);
  assert.match(clustersOf(enough).join("\n"), /poly:zz/);
});

Deno.test("factorsAt() makes no cluster without its series, or of fewer contracts than clusters", () => {
  const without = (benchmarks: readonly BenchmarkSeries[]) => clustersOf({ ...DATA, benchmarks });
  assert.deepEqual(without([]), []);
  assert.deepEqual(without(madeBenchmarks(3, NINE.slice(1))), []);
  assert.deepEqual(without(madeBenchmarks(3, ["SPY"])), []);
  const few = Object.fromEntries(Object.entries(MARKETS).slice(0, 7));
  assert.deepEqual(clustersOf(dataSetFixture(few, BENCHMARKS)), []);
  assert.deepEqual(clustersOf(dataSetFixture({}, BENCHMARKS)), []);
});
