import assert from "node:assert/strict";
import fc from "fast-check";
import type { Market } from "lib/core/data_set.ts";
import { MISSING_DAY } from "lib/core/day.ts";
import {
  boolColumn,
  dateColumn,
  integerColumn,
  numberColumn,
  stringColumn,
  table,
  timestampColumn,
} from "lib/core/table.ts";
import { growingTable } from "lib/sources/live/growing_table.ts";
import { LIVE_COLUMNS, marketRow } from "lib/sources/live/live_columns.ts";
import { marketsTable } from "lib/sources/local/data_set_tables.ts";

const TYPES = {
  text: "string",
  x: "number",
  n: "integer",
  day: "date",
  at: "timestamp",
  is: "bool",
} as const;

Deno.test("growingTable() keeps rows as columns, null as missing, and forgets what it hands over", () => {
  const grown = growingTable(TYPES);
  grown.add({ text: "b", x: 0.5, n: 3, day: 7, at: 9, is: true });
  grown.add({ text: null, x: null, n: 0, day: null, at: null, is: null });
  grown.add({ text: "b", x: NaN, n: -1, day: 0, at: 0, is: false });
  grown.add({ text: "a", x: 0, n: -1, day: 0, at: 0, is: false });
  assert.deepEqual(grown.take(), {
    nRows: 4,
    columns: {
      text: { type: "string", codes: Int32Array.of(0, -1, 0, 1), labels: ["b", "a"] },
      x: { type: "number", values: Float64Array.of(0.5, NaN, NaN, 0) },
      n: { type: "integer", values: Int32Array.of(3, 0, -1, -1) },
      day: { type: "date", values: Int32Array.of(7, MISSING_DAY, 0, 0) },
      at: { type: "timestamp", values: Float64Array.of(9, NaN, 0, 0) },
      is: { type: "bool", values: Int8Array.of(1, -1, 0, 0) },
    },
  });
  assert.equal(grown.take().nRows, 0);
  grown.add({ text: "a", x: 1, n: 1, day: 1, at: 1, is: true });
  assert.deepEqual(grown.take().columns.text, stringColumn(["a"]));
});

Deno.test("growingTable() is the table of the same cells, of any length", () => {
  const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { freq: 4 });
  const row = fc.record({
    text: orNull(fc.constantFrom("", "a", "b", "ä", "__proto__")),
    x: orNull(fc.double()),
    n: fc.integer(),
    day: orNull(fc.integer({ min: 0, max: 99_999 })),
    at: orNull(fc.integer()),
    is: orNull(fc.boolean()),
  });
  // more than one piece of 8,192
  const repeats = fc.constantFrom(1, 2, 4096, 8192, 9000);
  fc.assert(
    fc.property(fc.array(row, { maxLength: 6 }), repeats, (some, nTimes) => {
      const rows = Array.from({ length: nTimes }, () => some).flat();
      const grown = growingTable(TYPES);
      rows.forEach(grown.add);
      assert.deepEqual(
        grown.take(),
        table({
          text: stringColumn(rows.map(({ text }) => text)),
          x: numberColumn(rows.map(({ x }) => x)),
          n: integerColumn(rows.map(({ n }) => n)),
          day: dateColumn(rows.map(({ day }) => day)),
          at: timestampColumn(rows.map(({ at }) => at)),
          is: boolColumn(rows.map(({ is }) => is)),
        }),
      );
    }),
    { seed: 8, numRuns: 30 },
  );
});

Deno.test("marketRow() makes the table that other sources write of contracts", () => {
  const market: Market = {
    marketId: "poly:1",
    venue: "polymarket",
    question: "Will it?",
    description: "It will.",
    slug: "will-it",
    eventId: "8",
    eventSlug: "it",
    eventTitle: "It",
    outcome: "Yes",
    groupItemTitle: "June",
    negRisk: true,
    createdAtMs: 1,
    opensAtMs: 2,
    closesAtMs: 3,
    conditionId: "0x1",
    tokenId: "2",
  };
  const nothing = Object.fromEntries(Object.keys(market).map((name) => [name, null]));
  const bare = { ...market, ...nothing, marketId: "kalshi:2", venue: "kalshi" as const };
  const markets: readonly Market[] = [market, bare];
  const grown = growingTable(LIVE_COLUMNS["markets.parquet"]);
  for (const one of markets) grown.add(marketRow(one));
  const made = grown.take();
  assert.deepEqual(made, marketsTable(markets));
  assert.deepEqual(Object.keys(made.columns), Object.keys(marketsTable([]).columns));
});
