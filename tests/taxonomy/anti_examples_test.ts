import assert from "node:assert/strict";
import { antiExampleSuggestions } from "lib/taxonomy/anti_examples.ts";
import { reconciled } from "lib/taxonomy/reconcile.ts";
import { fourClusters, othersOf } from "./made_witnesses.ts";

/** A second market of cluster 0 has the next cluster's theme. */
const MARKETS = fourClusters().map((one) =>
  one.marketId === "poly:07" ? { ...one, theme: "fed_monetary_policy" } : one
);
const FOUND = reconciled(MARKETS, othersOf(MARKETS));
const TITLES = new Map(FOUND.map(({ marketId }) => [marketId, `title of ${marketId}`]));

Deno.test("antiExampleSuggestions() lists titles that several markets move away with", () => {
  const shared = {
    ...{ theme: "fed_monetary_policy", belongsTo: "crypto_digital", nEvents: 2 },
    clusterLabel: "cluster 0",
  };
  const expected = ["poly:07", "poly:08"].map((marketId) => ({
    ...{ ...shared, marketId, text: `title of ${marketId}` },
  }));
  assert.deepEqual(antiExampleSuggestions(FOUND, TITLES, { minEvents: 2 }), expected);
  assert.deepEqual(
    antiExampleSuggestions(FOUND.toReversed(), TITLES, { minEvents: 2 }),
    expected,
  );
  assert.deepEqual(antiExampleSuggestions(FOUND, TITLES, { minEvents: 3 }), []);
});

Deno.test("antiExampleSuggestions() puts the commonest move first and leaves out what had no theme", () => {
  const all = antiExampleSuggestions(FOUND, TITLES, { minEvents: 1 });
  assert.deepEqual(all.map(({ marketId, nEvents }) => [marketId, nEvents]), [
    ...[["poly:07", 2], ["poly:08", 2], ["poly:18", 1]],
  ]);
});

Deno.test("antiExampleSuggestions() suggests no market without a title", () => {
  const some = new Map([["poly:08", "title"]]);
  const found = antiExampleSuggestions(FOUND, some, { minEvents: 2 });
  assert.deepEqual(found.map(({ text, nEvents }) => [text, nEvents]), [["title", 2]]);
});
