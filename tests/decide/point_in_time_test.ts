import assert from "node:assert/strict";
import type { DataSet } from "lib/core/data_set.ts";
import { dayEndMs, dayOf, monthStart } from "lib/core/day.ts";
import { randomStream, shuffled } from "lib/core/random.ts";
import { type Column, type Table, table } from "lib/core/table.ts";
import { parseDataSet } from "lib/sources/local/parse_data_set.ts";
import { asOf } from "lib/universe/as_of.ts";
import { universe } from "../sources/simulated/universe.ts";
import { decisionInputs, LAST_DAY, plantedMarkets, readableGroups } from "./made_decision.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";

const { tables } = universe("default", "full");
const DATA = read(tables);
const LAST = dayOf(DATA.asOfMs - 1);
/** Month ends within the prices; the small universe has no ten contracts of 75 prices. */
const DAYS = [2, 9, 16].map((back) => monthStart(LAST, -back) - 1);

type Tables = typeof tables;

function read({ markets, prices, resolutions, benchmarks, activity }: Tables): DataSet {
  return parseDataSet({
    ...{ "markets.parquet": markets, "prices.parquet": prices, "activity.parquet": activity },
    ...{ "resolutions.parquet": resolutions, "benchmarks.parquet": benchmarks },
  }, { kind: "simulated", label: "seed 7" });
}

function groups(data: DataSet, day: number) {
  return readableGroups(decisionInputs(data, day));
}

const WHOLE = DAYS.map((day) => groups(DATA, day));

/** Rows in another order. */
function permuted(rows: Table, seed: number): Table {
  const order = shuffled([...Array(rows.nRows).keys()], randomStream(seed, "rows"));
  const taken = (column: Column): Column =>
    column.type === "string"
      ? { ...column, codes: Int32Array.from(order, (i) => column.codes[i]!) }
      : { ...column, values: column.values.map((_, k) => column.values[order[k]!]!) } as Column;
  return table(
    Object.fromEntries(Object.entries(rows.columns).map(([name, one]) => [name, taken(one)])),
  );
}

Deno.test("groupsAt() of the simulated universe has groups of every kind", () => {
  for (const { hand, words, clusters, factors, reconciled, everything } of WHOLE) {
    const sizes = [hand, words, clusters, factors, reconciled].map((one) =>
      Object.keys(one!).length
    );
    assert.ok(sizes.every((n) => n >= 2), sizes.join());
    assert.equal(Object.keys(everything!).length, 1);
  }
});

Deno.test("groupsAt() is what it is where everything after the day is dropped", () => {
  DAYS.forEach((day, k) => {
    const earlier = asOf(DATA, dayEndMs(day));
    assert.deepEqual(groups(earlier, day), WHOLE[k]);
    assert.deepEqual(groups({ ...earlier, asOfMs: DATA.asOfMs }, day), WHOLE[k]);
  });
});

Deno.test("groupsAt() is what it is where everything after the day is garbage", () => {
  DAYS.forEach((day, k) => {
    const late = (values: Float64Array, days: Int32Array) =>
      values.map((x, row) => days[row]! > day ? (row * 0.618) % 1 : x);
    const { prices, activity } = DATA;
    const poisoned: DataSet = {
      ...DATA,
      prices: { ...prices, close: late(prices.close, prices.day) },
      activity: { ...activity, volumeUsd: late(activity.volumeUsd, activity.day) },
      benchmarks: DATA.benchmarks.map((one) => ({ ...one, close: late(one.close, one.day) })),
      resolutions: DATA.resolutions.map((one) =>
        one.resolvedAtMs <= dayEndMs(day) ? one : { ...one, payout: 1 - one.payout }
      ),
      markets: DATA.markets.map((one) =>
        (one.createdAtMs ?? 0) <= dayEndMs(day) ? one : {
          ...one,
          ...{ question: "Will Bitcoin hit the Fed?", eventTitle: "Bitcoin", eventId: "poison" },
        }
      ),
    };
    assert.deepEqual(groups(poisoned, day), WHOLE[k]);
  });
});

Deno.test("groupsAt() is the same for rows that come in another order", () => {
  const { markets, prices, resolutions, benchmarks, activity } = tables;
  const other = read({
    ...{ markets: permuted(markets, 1), prices: permuted(prices, 2) },
    ...{ resolutions: permuted(resolutions, 3), benchmarks: permuted(benchmarks, 5) },
    activity: permuted(activity, 4),
  });
  DAYS.forEach((day, k) => assert.deepEqual(groups(other, day), WHOLE[k]));
});

Deno.test("groupsAt() does not change with a contract of another event that may not be held", () => {
  const markets = plantedMarkets([10, 9, 8, 7, 6], {
    ...{ loading: 0.9, seed: 2 },
    text: (c, k) => ({ question: `${["Bitcoin", "Iran", "Fed", "Moon", "Qwzx"][c]} ${k}x?` }),
  });
  const [id] = Object.keys(markets);
  const day = LAST_DAY - 8;
  const whole = groups(dataSetFixture(markets), day);
  const added = { ...markets[id!]!, question: "Will Bitcoin and the Fed rise?" };
  const young = Object.entries(added.closes!).slice(-60, -50);
  for (
    const never of [
      { ...added, closesAtMs: dayEndMs(day + 10) },
      { ...added, closes: {} },
      { ...added, closes: Object.fromEntries(young) },
      { ...added, paid: { payout: 1, atMs: dayEndMs(day - 30) } },
    ]
  ) {
    assert.deepEqual(groups(dataSetFixture({ ...markets, "poly:000": never }), day), whole);
  }
  const held = groups(dataSetFixture({ ...markets, "poly:000": added }), day);
  assert.notDeepEqual(held, whole);
});
