import assert from "node:assert/strict";
import {
  classificationTable,
  marketClassificationTable,
} from "lib/classify/classification_table.ts";
import type { Classification } from "lib/classify/event_text.ts";
import { cellAt, type Table } from "lib/core/table.ts";
import { madeMarket, TWO_EVENTS } from "./made_contracts.ts";

const ANSWERS: readonly Classification[] = [
  {
    eventId: "b",
    primaryTheme: "us_elections",
    secondaryTheme: null,
    confidence: 0.9,
    reasoning: "presidential election: us_elections 0.90; next other 0.02",
    classifier: "lexical 1",
  },
  {
    eventId: "a",
    primaryTheme: "middle_east",
    secondaryTheme: "other",
    confidence: 0.7,
    reasoning: "iran: middle_east 0.70; next other 0.25",
    classifier: "lexical 1",
  },
];
const MARKETS = ["poly:1", "poly:2", "poly:3"].map((id) => madeMarket(id));

function rows({ nRows, columns }: Table): Record<string, unknown>[] {
  return Array.from(
    { length: nRows },
    (_, i) =>
      Object.fromEntries(Object.entries(columns).map(([name, one]) => [name, cellAt(one, i)])),
  );
}

Deno.test("classificationTable() has a row for each event in the order given", () => {
  const found = classificationTable(ANSWERS);
  assert.deepEqual(Object.keys(found.columns), [
    "event_id",
    "primary_theme",
    "secondary_theme",
    "confidence",
    "reasoning",
    "classifier",
  ]);
  assert.deepEqual(rows(found)[0], {
    event_id: "b",
    primary_theme: "us_elections",
    secondary_theme: null,
    confidence: 0.9,
    reasoning: "presidential election: us_elections 0.90; next other 0.02",
    classifier: "lexical 1",
  });
});

Deno.test("marketClassificationTable() has a row for each contract in the order of the markets", () => {
  const found = rows(marketClassificationTable(MARKETS, TWO_EVENTS, ANSWERS));
  assert.deepEqual(found.map((row) => [row.market_id, row.event_id, row.primary_theme]), [
    ["poly:1", "b", "us_elections"],
    ["poly:2", "a", "middle_east"],
    ["poly:3", "b", "us_elections"],
  ]);
});

Deno.test("marketClassificationTable() refuses other markets and an event without one answer", () => {
  const of = (nMarkets: number, answers: readonly Classification[]) => () =>
    marketClassificationTable(MARKETS.slice(0, nMarkets), TWO_EVENTS, answers);
  assert.throws(of(2, ANSWERS), /got 3 links for 2 markets/);
  assert.throws(of(3, ANSWERS.slice(0, 1)), /got none for "a"/);
  assert.throws(of(3, [...ANSWERS, ANSWERS[0]!]), /got an event twice/);
});
