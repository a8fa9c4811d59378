import assert from "node:assert/strict";
import { antiExampleSuggestions, signedAntiExamples } from "lib/taxonomy/anti_examples.ts";
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
    ...{ clusterLabel: "cluster 0", by: "prices" },
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

/** Market 09 had no theme by words, and a person gave one; three others were moved. */
const MOVED = new Map([
  ...[["poly:01", "us_elections"], ["poly:02", "us_elections"], ["poly:09", "us_elections"]],
  ...[["poly:x0", "middle_east"], ["poly:11", "uncategorized"], ["poly:12", "fed_monetary_policy"]],
] as [string, string][]);
const GIVEN = new Map(MARKETS.map(({ eventId, theme }) => [eventId, theme ?? "uncategorized"]));
const SIGNED_MARKETS = MARKETS.map((one) =>
  MOVED.has(one.marketId)
    ? { ...one, theme: MOVED.get(one.marketId)!, confidence: 1, isByPerson: true }
    : one
);
const SIGNED = reconciled(SIGNED_MARKETS, othersOf(SIGNED_MARKETS));

Deno.test("signedAntiExamples() takes one signature, and leaves out what had or got no theme", () => {
  const found = signedAntiExamples(SIGNED, GIVEN, TITLES);
  assert.deepEqual(
    found.map(({ marketId, theme, belongsTo, nEvents, clusterLabel }) => [
      ...[marketId, theme, belongsTo, nEvents, clusterLabel],
    ]),
    [
      ["poly:01", "crypto_digital", "us_elections", 2, "cluster 0"],
      ["poly:02", "crypto_digital", "us_elections", 2, "cluster 0"],
      ["poly:x0", "us_elections", "middle_east", 1, null],
    ],
  );
  assert.ok(
    found.every(({ by, text, marketId }) => by === "a person" && text === `title of ${marketId}`),
  );
  assert.deepEqual(signedAntiExamples(SIGNED.toReversed(), GIVEN, TITLES), found);
  assert.deepEqual(signedAntiExamples(SIGNED, GIVEN, new Map()), []);
  assert.deepEqual(signedAntiExamples(FOUND, GIVEN, TITLES), []);
});

Deno.test("antiExampleSuggestions() suggests nothing by prices where a person spoke", () => {
  const byPrices = antiExampleSuggestions(SIGNED, TITLES, { minEvents: 1 });
  assert.ok(byPrices.length > 0 && byPrices.every(({ marketId }) => !MOVED.has(marketId)));
});
