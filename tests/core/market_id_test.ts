import assert from "node:assert/strict";
import { marketId, venueOfMarketId } from "lib/core/market_id.ts";

Deno.test("venueOfMarketId() reads what marketId() writes, colons in the name included", () => {
  assert.equal(venueOfMarketId(marketId("polymarket", "253843")), "polymarket");
  assert.equal(venueOfMarketId(marketId("kalshi", "KX:A-B")), "kalshi");
});

Deno.test("venueOfMarketId() has no answer for other texts", () => {
  for (const text of ["", "poly:", "poly", "manifold:1", "POLY:1", "poly: "]) {
    assert.equal(venueOfMarketId(text), undefined, text);
  }
});

Deno.test("marketId() refuses an empty name", () => {
  assert.throws(() => marketId("kalshi", " "), /name must not be empty/);
});
