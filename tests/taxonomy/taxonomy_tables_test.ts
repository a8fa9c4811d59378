import assert from "node:assert/strict";
import { cellAt, type Table } from "lib/core/table.ts";
import { contractTaxonomy } from "lib/taxonomy/contract_tree.ts";
import { contractTable, eventTable, tickerTable } from "lib/taxonomy/taxonomy_tables.ts";
import { market } from "../universe/daily_prices.ts";

const markets = [
  market({ marketId: "poly:1", question: "US strikes Nordland by June 30?", closesAtMs: 2 }),
  market({ marketId: "poly:2", question: "US strikes Nordland by May 31?", closesAtMs: 1 }),
  market({ marketId: "poly:3", question: "Berg wins Norris Trophy" }),
  market({ marketId: "poly:4", question: "Varga wins Norris Trophy" }),
];
const tree = contractTaxonomy(markets);

function rowsOf(from: Table, names: readonly string[]) {
  return Array.from(
    { length: from.nRows },
    (_, row) => names.map((name) => cellAt(from.columns[name]!, row)),
  );
}

Deno.test("contractTable() has a row for each contract in the markets' order", () => {
  const made = contractTable(markets, tree);
  assert.deepEqual(Object.keys(made.columns), [
    "market_id",
    "ticker_id",
    "event_id",
    "method",
    "confidence",
    "period",
    "title",
  ]);
  assert.deepEqual(rowsOf(made, ["title"]), [
    ["US strikes Nordland by June 30?"],
    ["US strikes Nordland by May 31?"],
    ["Berg wins Norris Trophy"],
    ["Varga wins Norris Trophy"],
  ]);
  assert.deepEqual(rowsOf(made, ["market_id", "event_id", "method", "confidence", "period"]), [
    ["poly:1", "us-strikes-nordland", "title", 0.6, "by June 30"],
    ["poly:2", "us-strikes-nordland", "title", 0.6, "by May 31"],
    ["poly:3", "who-wins-norris-trophy", "pattern", 0.5, null],
    ["poly:4", "who-wins-norris-trophy", "pattern", 0.5, null],
  ]);
});

Deno.test("tickerTable() says which tickers are their event and how many contracts they have", () => {
  const made = tickerTable(tree);
  assert.deepEqual(Object.keys(made.columns), [
    "ticker_id",
    "ticker_text",
    "event_id",
    "is_binary",
    "market_count",
  ]);
  const rows = rowsOf(made, ["ticker_text", "event_id", "is_binary", "market_count"]);
  assert.deepEqual(rows.sort(), [
    ["Berg wins Norris Trophy", "who-wins-norris-trophy", false, 1],
    ["US strikes Nordland", "us-strikes-nordland", true, 2],
    ["Varga wins Norris Trophy", "who-wins-norris-trophy", false, 1],
  ]);
});

Deno.test("eventTable() has themes where they are given, else null", () => {
  const names = [
    "event_id",
    "event_name",
    "theme",
    "kind",
    "is_categorical",
    "ticker_count",
    "market_count",
  ];
  assert.deepEqual(Object.keys(eventTable(tree).columns), names);
  assert.deepEqual(rowsOf(eventTable(tree, ["middle_east", null]), names), [
    ["us-strikes-nordland", "US strikes Nordland", "middle_east", "time_variant", false, 1, 2],
    ["who-wins-norris-trophy", "Who wins Norris Trophy?", null, "categorical", true, 2, 2],
  ]);
  assert.deepEqual(rowsOf(eventTable(tree), ["theme"]), [[null], [null]]);
});

Deno.test("contractTable() and eventTable() refuse lists of another length", () => {
  assert.throws(() => contractTable(markets.slice(1), tree), {
    name: "RangeError",
    message:
      "Cannot list contracts as the taxonomy must be of these markets: got 4 links for 3 markets",
  });
  assert.throws(() => eventTable(tree, ["crypto"]), {
    name: "RangeError",
    message: "Cannot list events as each must have one theme or null: got 1 for 2 events",
  });
});
