import assert from "node:assert/strict";
import { contractTitle, heldTitle } from "lib/taxonomy/contract_title.ts";
import { market } from "../universe/daily_prices.ts";

const marketId = "poly:1";

Deno.test("contractTitle() takes the question, else event and outcome, else the slug", () => {
  const all = { marketId, question: "Q?", eventTitle: "E", groupItemTitle: "G", slug: "a-b" };
  assert.equal(contractTitle(market(all)), "Q?");
  assert.equal(contractTitle(market({ ...all, question: null })), "E: G");
  assert.equal(contractTitle(market({ marketId, eventTitle: "E", outcome: "Up" })), "E: Up");
  assert.equal(contractTitle(market({ marketId, eventTitle: "E" })), "E");
  assert.equal(contractTitle(market({ marketId, slug: "will-it-rain" })), "will it rain");
  assert.equal(contractTitle(market({ marketId })), null);
});

Deno.test("heldTitle() says when the complement is held, and falls back on the id", () => {
  assert.equal(heldTitle(market({ marketId, question: "Q?" }), -1), "NO · Q?");
  assert.equal(heldTitle(market({ marketId }), 1), "poly:1");
});
