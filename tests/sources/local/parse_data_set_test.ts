import assert from "node:assert/strict";
import fc from "fast-check";
import { parseDay } from "lib/core/day.ts";
import {
  type Column,
  integerColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
  timestampColumn,
} from "lib/core/table.ts";
import type { DataSet } from "lib/core/data_set.ts";
import { dataSetTables } from "lib/sources/local/data_set_tables.ts";
import { type ContractTables, parseDataSet } from "lib/sources/local/parse_data_set.ts";
import { type ContractRows, contractTables, type Row } from "./contract_fixture.ts";

const origin = { kind: "folder", label: "test" } as const;

const clean: ContractRows = {
  markets: [
    { market_id: "poly:2", venue: "polymarket", question: "B?" },
    { market_id: "kalshi:A-1", venue: "kalshi", neg_risk: true },
    { market_id: "poly:1", venue: "polymarket", created_at: "2024-01-01", closes_at: "2024-02-01" },
  ],
  prices: [
    { market_id: "poly:1", date: "2024-01-03", close: 0.5 },
    { market_id: "poly:1", date: "2024-01-02", close: 0 },
    { market_id: "kalshi:A-1", date: "2024-01-02", close: 1 },
  ],
  activity: [{ market_id: "poly:2", date: "2024-01-05", volume_usd: null }],
  resolutions: [{ market_id: "poly:1", resolved_at: "2024-02-02", payout: 0.25, source: "uma" }],
  benchmarks: [
    { symbol: "SPY", date: "2024-01-03", close: 470, kind: "price" },
    { symbol: "SPY", date: "2024-01-02", close: 468, kind: "price" },
    { symbol: "DGS2", date: "2024-01-02", close: -0.1, kind: "yield" },
  ],
};

function parse(rows: Partial<ContractRows>): DataSet {
  return parseDataSet(contractTables({ ...clean, ...rows }), origin);
}

/** What was refused of a file, short enough to compare: row, column, value, reason. */
function refusals(dataSet: DataSet, file: string): unknown[][] {
  return dataSet.rejected.filter((rejection) => rejection.file === `${file}.parquet`)
    .map(({ row, column, value, reason }) => [row, column, value, reason]);
}

Deno.test("parseDataSet() sorts markets, days and symbols and refuses nothing of a clean folder", () => {
  const dataSet = parse({});
  assert.deepEqual(dataSet.markets.map((market) => market.marketId), [
    "kalshi:A-1",
    "poly:1",
    "poly:2",
  ]);
  assert.deepEqual(dataSet.prices, {
    offsets: Uint32Array.of(0, 1, 3, 3),
    day: Int32Array.of(19_724, 19_724, 19_725),
    close: Float64Array.of(1, 0, 0.5),
    bid: null,
    ask: null,
  });
  assert.deepEqual(dataSet.activity, {
    offsets: Uint32Array.of(0, 0, 0, 1),
    day: Int32Array.of(19_727),
    volumeUsd: Float64Array.of(NaN),
    openInterest: null,
    liquidityUsd: null,
  });
  assert.deepEqual(dataSet.resolutions, [
    { marketId: "poly:1", resolvedAtMs: Date.UTC(2024, 1, 2), payout: 0.25, source: "uma" },
  ]);
  assert.deepEqual(dataSet.benchmarks, [
    { symbol: "DGS2", kind: "yield", day: Int32Array.of(19_724), close: Float64Array.of(-0.1) },
    {
      symbol: "SPY",
      kind: "price",
      day: Int32Array.of(19_724, 19_725),
      close: Float64Array.of(468, 470),
    },
  ]);
  assert.equal(dataSet.asOfMs, Date.UTC(2024, 0, 6));
  assert.equal(dataSet.origin, origin);
  assert.deepEqual(dataSet.rejected, []);
});

Deno.test("parseDataSet() keeps what is missing of a market as null", () => {
  const [market] = parse({ markets: [{ market_id: "poly:1", venue: "polymarket" }] }).markets;
  const { marketId, venue, ...rest } = market!;
  assert.deepEqual([marketId, venue], ["poly:1", "polymarket"]);
  assert.ok(Object.values(rest).every((value) => value === null));
});

Deno.test("parseDataSet() without activity knows nothing of any day", () => {
  const dataSet = parse({ activity: undefined });
  assert.deepEqual(dataSet.activity.offsets, new Uint32Array(4));
  assert.deepEqual(dataSet.files.map(({ file }) => file), [
    "markets.parquet",
    "prices.parquet",
    "resolutions.parquet",
    "benchmarks.parquet",
  ]);
  assert.equal(dataSet.asOfMs, Date.UTC(2024, 0, 4));
  assert.ok(Number.isNaN(parse({ activity: undefined, prices: [] }).asOfMs));
});

Deno.test("parseDataSet() refuses markets by their first fault", () => {
  const poly = { venue: "polymarket", market_id: "poly:1" };
  const dataSet = parse({
    markets: [
      { ...poly, market_id: null },
      { ...poly, market_id: " " },
      { ...poly, market_id: "poly:" },
      { ...poly, market_id: "253843" },
      { ...poly, market_id: "manifold:7" },
      { ...poly, venue: null },
      { ...poly, venue: "manifold" },
      { ...poly, venue: "kalshi", created_at: "2024-01-02", closes_at: "2024-01-01" },
      { ...poly, created_at: "2024-01-02", closes_at: "2024-01-01" },
      { ...poly, opens_at: "2024-01-02", closes_at: "2024-01-01T23:59:59.999Z" },
      { ...poly, created_at: "2024-01-01", opens_at: "2024-01-02", closes_at: "2024-01-01" },
    ],
  });
  assert.deepEqual(refusals(dataSet, "markets"), [
    [0, "market_id", "", "market id is missing"],
    [1, "market_id", " ", "market id is missing"],
    [2, "market_id", "poly:", "market id is not a known prefix, a colon and a name"],
    [3, "market_id", "253843", "market id is not a known prefix, a colon and a name"],
    [4, "market_id", "manifold:7", "market id is not a known prefix, a colon and a name"],
    [5, "venue", "", "venue is unknown"],
    [6, "venue", "manifold", "venue is unknown"],
    [7, "venue", "kalshi", "venue does not fit the market id"],
    [8, "closes_at", "2024-01-01T00:00:00.000Z", "scheduled end is before the listing"],
    [9, "closes_at", "2024-01-01T23:59:59.999Z", "scheduled end is before the listing"],
  ]);
  assert.equal(dataSet.markets.length, 1);
});

Deno.test("parseDataSet() keeps one of equal markets and none of differing ones", () => {
  const market = { market_id: "poly:1", venue: "polymarket", question: "A?" };
  const other = { ...market, market_id: "poly:2" };
  const dataSet = parse({ markets: [market, other, market, { ...other, question: "C?" }] });
  assert.deepEqual(dataSet.markets.map(({ marketId }) => marketId), ["poly:1"]);
  assert.deepEqual(refusals(dataSet, "markets"), [
    [1, "market_id", "poly:2", "market id stands twice, with other values"],
    [2, "market_id", "poly:1", "market id stands twice, with equal values"],
    [3, "market_id", "poly:2", "market id stands twice, with other values"],
  ]);
});

Deno.test("parseDataSet() refuses prices by their first fault", () => {
  const price = { market_id: "poly:1", date: "2024-01-02", close: 0.5 };
  const dataSet = parse({
    markets: [...clean.markets, { market_id: "poly:9", venue: "kalshi" }],
    prices: [
      { ...price, market_id: null },
      { ...price, market_id: "poly:8", close: 7 },
      { ...price, market_id: "poly:9" },
      { ...price, date: null },
      { ...price, date: "1970-01-01" },
      { ...price, date: "2100-01-01" },
      { ...price, close: null },
      { ...price, close: NaN },
      { ...price, close: Infinity },
      { ...price, close: -1e-9 },
      { ...price, close: 50 },
      { ...price, bid: -0.1, ask: 2 },
      { ...price, bid: 0.4, ask: 1.01 },
      { ...price, bid: 0.6, ask: 0.5 },
      { ...price, bid: 0.5, ask: 0.5 },
      { ...price, date: "2024-01-03", bid: null, ask: 0.6 },
    ],
  });
  assert.deepEqual(refusals(dataSet, "prices"), [
    [0, "market_id", "", "market id is missing"],
    [1, "market_id", "poly:8", "market is not in markets.parquet"],
    [2, "market_id", "poly:9", "its market was refused"],
    [3, "date", "", "date is missing"],
    [4, "date", "1970-01-01", "date is outside 2000 to 2099"],
    [5, "date", "2100-01-01", "date is outside 2000 to 2099"],
    [6, "close", "", "close is missing"],
    [7, "close", "", "close is missing"],
    [8, "close", "Infinity", "close is outside [0, 1]"],
    [9, "close", "-1e-9", "close is outside [0, 1]"],
    [10, "close", "50", "close is outside [0, 1]"],
    [11, "bid", "-0.1", "bid is outside [0, 1]"],
    [12, "ask", "1.01", "ask is outside [0, 1]"],
    [13, "bid", "0.6 above 0.5", "bid is above the ask"],
  ]);
  assert.deepEqual(dataSet.prices.bid, Float64Array.of(0.5, NaN));
  assert.deepEqual(dataSet.prices.ask, Float64Array.of(0.5, 0.6));
});

Deno.test("parseDataSet() keeps one of equal prices of a day and none of differing ones", () => {
  const price = { market_id: "poly:1", date: "2024-01-02", close: 0.5, bid: null };
  const next = { ...price, date: "2024-01-03" };
  const dataSet = parse({
    prices: [next, price, { ...next, bid: 0.4 }, price, { ...price, close: 2 }, next],
  });
  assert.deepEqual(refusals(dataSet, "prices"), [
    [0, "date", "2024-01-03", "market and date stands twice, with other values"],
    [2, "date", "2024-01-03", "market and date stands twice, with other values"],
    [3, "date", "2024-01-02", "market and date stands twice, with equal values"],
    [4, "close", "2", "close is outside [0, 1]"],
    [5, "date", "2024-01-03", "market and date stands twice, with other values"],
  ]);
  assert.deepEqual(dataSet.prices.day, Int32Array.of(parseDay("2024-01-02")));
});

Deno.test("parseDataSet() refuses activity that cannot be, and keeps what is unknown", () => {
  const row = { market_id: "poly:1", date: "2024-01-02", volume_usd: 10 };
  const dataSet = parse({
    activity: [
      { ...row, market_id: "poly:8" },
      { ...row, volume_usd: -1 },
      { ...row, volume_usd: Infinity },
      { ...row, volume_usd: -Infinity },
      { ...row, open_interest: -5 },
      { ...row, liquidity_usd: Infinity },
      { ...row, volume_usd: null },
      { ...row, volume_usd: null },
    ],
  });
  assert.deepEqual(refusals(dataSet, "activity"), [
    [0, "market_id", "poly:8", "market is not in markets.parquet"],
    [1, "volume_usd", "-1", "volume_usd is negative"],
    [2, "volume_usd", "Infinity", "volume_usd is infinite"],
    [3, "volume_usd", "-Infinity", "volume_usd is infinite"],
    [4, "open_interest", "-5", "open_interest is negative"],
    [5, "liquidity_usd", "Infinity", "liquidity_usd is infinite"],
    [7, "date", "2024-01-02", "market and date stands twice, with equal values"],
  ]);
  assert.deepEqual(dataSet.activity.volumeUsd, Float64Array.of(NaN));
  assert.deepEqual(dataSet.activity.openInterest, Float64Array.of(NaN));
});

Deno.test("parseDataSet() refuses resolutions by their first fault", () => {
  const row = { market_id: "poly:1", resolved_at: "2024-02-02", payout: 1, source: "uma" };
  const two = { ...row, market_id: "poly:2" };
  const dataSet = parse({
    resolutions: [
      { ...row, market_id: "poly:8" },
      { ...row, resolved_at: null },
      { ...row, payout: null },
      { ...row, payout: 1.5 },
      { ...row, payout: -Infinity },
      row,
      row,
      two,
      { ...two, payout: 0 },
    ],
  });
  assert.deepEqual(refusals(dataSet, "resolutions"), [
    [0, "market_id", "poly:8", "market is not in markets.parquet"],
    [1, "resolved_at", "", "settlement time is missing"],
    [2, "payout", "", "payout is missing"],
    [3, "payout", "1.5", "payout is outside [0, 1]"],
    [4, "payout", "-Infinity", "payout is outside [0, 1]"],
    [6, "market_id", "poly:1", "market id stands twice, with equal values"],
    [7, "market_id", "poly:2", "market id stands twice, with other values"],
    [8, "market_id", "poly:2", "market id stands twice, with other values"],
  ]);
  assert.deepEqual(dataSet.resolutions.map(({ marketId }) => marketId), ["poly:1"]);
});

Deno.test("parseDataSet() refuses benchmarks by their first fault", () => {
  const row = { symbol: "CL", date: "2020-04-20", close: 10, kind: "price" };
  const dataSet = parse({
    benchmarks: [
      { ...row, symbol: null },
      { ...row, date: null },
      { ...row, kind: null },
      { ...row, kind: "rate" },
      { ...row, close: null },
      { ...row, close: Infinity },
      { ...row, close: -37.63 },
      { ...row, close: 0 },
      row,
      row,
      { ...row, date: "2020-04-21" },
      { ...row, date: "2020-04-21", close: 11 },
      { ...row, symbol: "VIX", kind: "level" },
      { ...row, symbol: "VIX", kind: "price", date: "2020-04-21" },
    ],
  });
  assert.deepEqual(refusals(dataSet, "benchmarks"), [
    [0, "symbol", "", "symbol is missing"],
    [1, "date", "", "date is missing"],
    [2, "kind", "", "kind is unknown"],
    [3, "kind", "rate", "kind is unknown"],
    [4, "close", "", "close is missing"],
    [5, "close", "Infinity", "close is infinite"],
    [6, "close", "-37.63", "close of a price is not positive"],
    [7, "close", "0", "close of a price is not positive"],
    [9, "date", "2020-04-20", "symbol and date stands twice, with equal values"],
    [10, "date", "2020-04-21", "symbol and date stands twice, with other values"],
    [11, "date", "2020-04-21", "symbol and date stands twice, with other values"],
    [12, "kind", "level", "symbol stands under two kinds"],
    [13, "kind", "price", "symbol stands under two kinds"],
  ]);
  assert.deepEqual(dataSet.benchmarks.map(({ symbol }) => symbol), ["CL"]);
});

const ids = [null, "", "poly:1", "poly:2", "poly:3", "kalshi:A", "x:1"];
const dates = [null, "1970-01-01", "2024-01-01", "2024-01-02", "2024-01-03"];
const numbers = [null, 0, 0.5, 1, 2, -1, Infinity];
const pick = <T>(values: readonly T[]) => fc.constantFrom(...values);
const messy: fc.Arbitrary<ContractRows> = fc.record({
  markets: fc.array(fc.record({
    market_id: pick(ids),
    venue: pick(["polymarket", "polymarket", "kalshi", null]),
    question: pick(["Q?", "R?"]),
    created_at: pick([null, "2024-01-01"]),
    closes_at: pick([null, "2023-12-31", "2024-03-01"]),
  })),
  prices: fc.array(
    fc.record({
      market_id: pick(ids),
      date: pick(dates),
      close: pick(numbers),
      bid: pick([null, 0.5]),
    }),
    { maxLength: 60 },
  ),
  activity: fc.array(
    fc.record({ market_id: pick(ids), date: pick(dates), volume_usd: pick(numbers) }),
  ),
  resolutions: fc.array(
    fc.record({ market_id: pick(ids), resolved_at: pick([null, 0, 1]), payout: pick(numbers) }),
  ),
  benchmarks: fc.array(fc.record({
    symbol: pick([null, "A", "B"]),
    date: pick(dates),
    close: pick(numbers),
    kind: pick([null, "price", "price", "price", "level"]),
  })),
});

/** A data set without what names rows: rejections count by file, column, value and reason. */
function withoutRows(dataSet: DataSet) {
  const rejected = dataSet.rejected.map(({ row: _row, ...rest }) => JSON.stringify(rest)).sort();
  return { ...dataSet, rejected };
}

Deno.test("parseDataSet() does not depend on the order of the rows", () => {
  fc.assert(
    fc.property(
      messy,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (rows, keys) => {
        const shuffled = (list: readonly Row[] = []) =>
          list.map((row) => ({ row, key: keys.next().value as number }))
            .sort((a, b) => a.key - b.key).map(({ row }) => row);
        const permuted: ContractRows = {
          markets: shuffled(rows.markets),
          prices: shuffled(rows.prices),
          activity: shuffled(rows.activity),
          resolutions: shuffled(rows.resolutions),
          benchmarks: shuffled(rows.benchmarks),
        };
        const one = parseDataSet(contractTables(rows), origin);
        const two = parseDataSet(contractTables(permuted), origin);
        assert.deepEqual(withoutRows(two), withoutRows(one));
      },
    ),
    { seed: 7 },
  );
});

Deno.test("parseDataSet() accounts for every row once, and its tables parse to the same universe", () => {
  fc.assert(
    fc.property(messy, (rows) => {
      const dataSet = parseDataSet(contractTables(rows), origin);
      assert.equal(dataSet.files.length, 5);
      for (const { file, nRows, nAccepted, nRejected } of dataSet.files) {
        const own = dataSet.rejected.filter((rejection) => rejection.file === file);
        assert.equal(own.length, nRejected);
        assert.equal(nAccepted + nRejected, nRows);
        assert.deepEqual(
          own.map(({ row }) => row),
          [...new Set(own.map(({ row }) => row))]
            .sort((a, b) => a - b),
        );
      }
      const counted = Object.fromEntries(dataSet.files.map((f) => [f.file, f.nAccepted]));
      assert.equal(dataSet.prices.day.length, counted["prices.parquet"]);
      assert.equal(dataSet.markets.length, counted["markets.parquet"]);
      const again = parseDataSet(dataSetTables(dataSet), origin);
      assert.deepEqual(again.rejected, []);
      const { files: _files, ...content } = again;
      const { files: _own, rejected: _rejected, ...expected } = dataSet;
      assert.deepEqual(content, { ...expected, rejected: [] });
    }),
    { seed: 7 },
  );
});

Deno.test("parseDataSet() leaves behind every column that reveals an outcome", () => {
  const tables = contractTables(clean);
  const revealing: Record<string, Column> = {
    resolution: stringColumn(["YES", "NO", "YES"]),
    status: stringColumn(["resolved", "resolved", "active"]),
    final_volume: numberColumn([1, 2, 3]),
    payout: numberColumn([0, 1, 0]),
    outcome_prices: stringColumn(["[1,0]", "[0,1]", "[1,0]"]),
    volume: numberColumn([5, 6, 7]),
    resolved: integerColumn([1, 1, 0]),
    winner: stringColumn(["Yes", "No", null]),
  };
  const markets = tables["markets.parquet"];
  const more = table({ ...revealing, ...markets.columns });
  const dataSet = parseDataSet({ ...tables, "markets.parquet": more }, origin);
  assert.deepEqual(dataSet, parseDataSet(tables, origin));
  assert.deepEqual(Object.keys(dataSet.markets[0]!), [
    "marketId",
    "venue",
    "question",
    "description",
    "slug",
    "eventId",
    "eventSlug",
    "eventTitle",
    "outcome",
    "groupItemTitle",
    "negRisk",
    "createdAtMs",
    "opensAtMs",
    "closesAtMs",
    "conditionId",
    "tokenId",
  ]);
});

/** The clean tables with one file's columns changed. */
function withColumns(
  file: keyof ContractTables,
  change: Record<string, Column | undefined>,
): ContractTables {
  const tables = contractTables(clean);
  const columns = { ...(tables[file] as Table).columns, ...change };
  const kept = Object.entries(columns).filter((entry): entry is [string, Column] => !!entry[1]);
  return { ...tables, [file]: table(Object.fromEntries(kept)) };
}

Deno.test("parseDataSet() names the file and the columns it lacks", () => {
  const tables = withColumns("prices.parquet", { close: undefined, date: undefined });
  assert.throws(() => parseDataSet(tables, origin), {
    name: "TypeError",
    message:
      `Cannot read "prices.parquet" as it must have the columns of the data contract: got no "date", "close"`,
  });
});

Deno.test("parseDataSet() names the file and the column of a wrong type", () => {
  const cases: [keyof ContractTables, string, Column, string][] = [
    ["prices.parquet", "close", stringColumn(["0.5", "0", "1"]), "number: got string"],
    [
      "prices.parquet",
      "date",
      timestampColumn([0, 1, 2]),
      "date, the UTC day whose end the row belongs to: got timestamp",
    ],
    ["markets.parquet", "created_at", stringColumn(["2024", null, null]), "timestamp: got string"],
    ["resolutions.parquet", "payout", stringColumn(["YES"]), "number: got string"],
    ["activity.parquet", "volume_usd", stringColumn(["1"]), "number: got string"],
    ["benchmarks.parquet", "kind", integerColumn([1, 2, 3]), "string: got integer"],
  ];
  for (const [file, name, column, words] of cases) {
    assert.throws(() => parseDataSet(withColumns(file, { [name]: column }), origin), {
      name: "TypeError",
      message: `Cannot read "${file}" as column "${name}" must be of type ${words}`,
    });
  }
});

Deno.test("parseDataSet() takes whole numbers as numbers and an all-missing column as any type", () => {
  const whole = withColumns("prices.parquet", {
    close: integerColumn([1, 0, 1]),
    bid: stringColumn([null, null, null]),
  });
  const dataSet = parseDataSet(whole, origin);
  assert.deepEqual(dataSet.prices.close, Float64Array.of(1, 0, 1));
  assert.deepEqual(dataSet.prices.bid, Float64Array.of(NaN, NaN, NaN));
  const unknown = withColumns("markets.parquet", { neg_risk: numberColumn([null, null, null]) });
  assert.ok(parseDataSet(unknown, origin).markets.every((market) => market.negRisk === null));
});
