import assert from "node:assert/strict";
import { cellAt } from "lib/core/table.ts";
import { sheetPairs, twinSheet, twinTable, twinView } from "lib/taxonomy/twin_tables.ts";
import type { TwinPair } from "lib/taxonomy/twins.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";

const pair: TwinPair = {
  marketA: "poly:a",
  marketB: "kalshi:b",
  similarity: 0.9,
  daysApart: null,
  subject: "farm bill",
  predicate: "pass",
  numbers: "",
  deadline: "to 2025-12-31 | unknown",
  accepted: true,
  reason: "the titles' dates",
};
const { markets } = dataSetFixture({
  "poly:a": { question: "Passed?", outcome: "No", description: "x".repeat(900), closesAtMs: 5 },
  "kalshi:b": { question: "Pass?" },
});

Deno.test("twinTable() keeps the columns that notebooks read, and an unknown distance missing", () => {
  const { columns } = twinTable([pair]);
  assert.deepEqual(Object.keys(columns), [
    "market_a",
    "market_b",
    "similarity",
    "days_apart",
    "subject",
    "predicate",
    "numbers",
    "deadline",
    "accepted",
    "reason",
  ]);
  assert.equal(cellAt(columns.days_apart!, 0), null);
  assert.equal(cellAt(columns.accepted!, 0), true);
  assert.equal(twinTable([]).nRows, 0);
});

Deno.test("twinSheet() shows both rule texts cut, the quoted outcome, and room for a verdict", () => {
  const { columns, nRows } = twinSheet(markets, [pair]);
  assert.equal(nRows, 1);
  const cell = (name: string) => cellAt(columns[name]!, 0);
  assert.equal(cell("title_a"), "Passed? [No]");
  assert.equal(cell("title_b"), "Pass?");
  assert.equal(cell("rules_a"), "x".repeat(600));
  assert.equal(cell("rules_b"), null);
  assert.deepEqual(["ends_a", "ends_b", "verdict", "note"].map(cell), [5, null, null, null]);
});

Deno.test("twinSheet() refuses a pair of other markets", () => {
  assert.throws(() => twinSheet(markets.slice(0, 1), [pair]), {
    name: "RangeError",
    message: "Cannot make a twin sheet as each contract must be one of 1 markets: got poly:a",
  });
});

Deno.test("sheetPairs() keeps every accepted pair and the most similar rejected ones", () => {
  const pairs = [0.6, 0.9, 0.7, 0.8].map((similarity, i) => ({
    ...{ ...pair, similarity, accepted: i === 0 },
  }));
  assert.deepEqual(sheetPairs(pairs, { nRejected: 2 }).map((one) => one.similarity), [
    ...[0.6, 0.9, 0.8],
  ]);
});

Deno.test("twinView() shows titles and the verdict of the rule", () => {
  const view = twinView(twinSheet(markets, [pair]));
  assert.deepEqual(Object.keys(view.columns), [
    ...["title_a", "title_b", "similarity", "accepted", "reason"],
  ]);
  assert.equal(view.nRows, 1);
});
