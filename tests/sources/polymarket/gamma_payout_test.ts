import assert from "node:assert/strict";
import fc from "fast-check";
import { claimedPayout } from "lib/sources/polymarket/gamma_payout.ts";

function claim(prices: readonly number[], marketType: string | null = null) {
  return claimedPayout({ outcomePrices: [...prices], marketType }, "settled");
}

Deno.test("claimedPayout() takes whole payouts, last middles near them and exact halves", () => {
  assert.equal(claim([0, 1]), 0);
  assert.equal(claim([1, 0]), 1);
  assert.equal(claim([0.9999, 0.0001]), 1);
  assert.equal(claim([2.135713e-7, 0.9999998]), 0);
  assert.equal(claim([0.5, 0.5]), 0.5);
});

Deno.test("claimedPayout() takes no middle and no void for a payout", () => {
  assert.equal(claim([0, 0]), null);
  assert.equal(claim([1, 1]), null);
  assert.equal(claim([0.505, 0.495]), null);
  assert.equal(claim([0.4995, 0.5005]), null);
  assert.equal(claim([0.0015, 0.9985]), null);
  assert.equal(claim([1]), null);
  assert.equal(claim([1, 0, 0]), null);
  assert.equal(claimedPayout({ outcomePrices: null, marketType: null }, "settled"), null);
});

Deno.test("claimedPayout() gives a fraction of a settled scalar market only", () => {
  const prices = { outcomePrices: [0.5843311669, 0.4156688331], marketType: "scalar" };
  assert.equal(claimedPayout(prices, "settled"), 0.5843311669);
  assert.equal(claimedPayout(prices, "closed"), null);
  assert.equal(claim([0.5843311669, 0.4156688331], "normal"), null);
});

Deno.test("claimedPayout() claims nothing while trading goes on", () => {
  const prices = { outcomePrices: [0, 1], marketType: null };
  assert.equal(claimedPayout(prices, "open"), null);
  assert.equal(claimedPayout(prices, "listed"), null);
  assert.equal(claimedPayout(prices, "closed"), 0);
});

Deno.test("claimedPayout() is in [0, 1] or unknown, and turns with the outcomes", () => {
  const price = fc.double({ min: -1, max: 2, noNaN: true });
  fc.assert(
    fc.property(price, (first) => {
      const here = claim([first, 1 - first]);
      const there = claim([1 - first, first]);
      assert.ok(here === null || (here >= 0 && here <= 1));
      if (here !== null && there !== null) assert.equal(here + there, 1);
    }),
    { seed: 8 },
  );
});
