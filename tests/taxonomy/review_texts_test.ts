import assert from "node:assert/strict";
import { cellAt, type Table } from "lib/core/table.ts";
import { reviewTexts } from "lib/taxonomy/review_texts.ts";
import { market } from "../universe/daily_prices.ts";

const RULES = `<b>Rules</b>\n${"x".repeat(5000)}`;
const MARKETS = [
  market({ marketId: "poly:1", question: "Fed cuts?", outcome: "No", description: RULES }),
  market({ marketId: "poly:2", eventTitle: "Who wins?", groupItemTitle: "Berg", closesAtMs: 5 }),
  market({ marketId: "poly:3" }),
];

function rows({ columns, nRows }: Table): unknown[][] {
  return Array.from(
    { length: nRows },
    (_, row) => Object.values(columns).map((column) => cellAt(column, row)),
  );
}

Deno.test("reviewTexts() shows each contract once by id, its rules whole", () => {
  const found = reviewTexts(MARKETS, ["poly:3", "poly:1", "poly:2", "poly:1"]);
  assert.deepEqual(Object.entries(found.columns).map(([name, { type }]) => `${name} ${type}`), [
    ...["market_id string", "title string", "outcome string", "event_title string"],
    ...["rules string", "closes_at timestamp"],
  ]);
  assert.deepEqual(rows(found), [
    ["poly:1", "Fed cuts?", "No", null, RULES, null],
    ["poly:2", "Who wins?: Berg", null, "Who wins?", null, 5],
    ["poly:3", null, null, null, null, null],
  ]);
  assert.equal(reviewTexts(MARKETS, []).nRows, 0);
});

Deno.test("reviewTexts() refuses a contract that is not listed", () => {
  assert.throws(() => reviewTexts(MARKETS, ["poly:1", "poly:9"]), {
    name: "RangeError",
    message: 'Cannot show the texts of contracts as each must be one of 3 markets: got "poly:9"',
  });
});
