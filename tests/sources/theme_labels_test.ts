import assert from "node:assert/strict";
import { stringColumn, table } from "lib/core/table.ts";
import { parseThemeLabels, readThemeLabels } from "lib/sources/theme_labels.ts";
import { readUniverse } from "lib/sources/universe_source.ts";
import { market } from "../universe/daily_prices.ts";

const markets = [market({ marketId: "poly:a" }), market({ marketId: "poly:b" })];

Deno.test("parseThemeLabels() joins labels to the markets of a universe by id", () => {
  const from = table({
    market_id: stringColumn(["poly:b", "poly:x", "poly:a", null]),
    theme: stringColumn([" sports ", "sports", null, "other"]),
  });
  const labels = parseThemeLabels(from, { markets, origin: "labels of one" });
  assert.deepEqual(labels.markets.map((one) => one.marketId), ["poly:b"]);
  assert.deepEqual(labels.themes, ["sports"]);
  assert.deepEqual(labels.rejected, [
    { row: 1, reason: "market is not in the universe" },
    { row: 2, reason: "theme is missing" },
    { row: 3, reason: "market is not in the universe" },
  ]);
});

Deno.test("parseThemeLabels() makes a market of each labelled question, with its words and end alone", () => {
  const from = table({
    question: stringColumn(["Fed cuts?", null, "Rain?"]),
    event_slug: stringColumn(["fed-decision", "x", null]),
    end_date: stringColumn(["2026-03-18T00:00:00Z", null, "soon"]),
    theme: stringColumn(["fed", "sports", "weather"]),
  });
  const { markets: found, themes, rejected } = parseThemeLabels(from, { markets, origin: "one" });
  assert.deepEqual(
    found.map((one) => [one.marketId, one.question, one.eventSlug, one.closesAtMs]),
    [
      ["poly:label-0", "Fed cuts?", "fed-decision", Date.UTC(2026, 2, 18)],
      ["poly:label-2", "Rain?", null, null],
    ],
  );
  assert.deepEqual(themes, ["fed", "weather"]);
  assert.deepEqual(rejected, [{ row: 1, reason: "question is missing" }]);
});

Deno.test("parseThemeLabels() says which columns must be there", () => {
  assert.throws(
    () => parseThemeLabels(table({ theme: stringColumn(["a"]) }), { markets, origin: "one" }),
    new TypeError(
      'Cannot read labels as they must have the text columns "theme" and "market_id" or "question": got "theme" (string)',
    ),
  );
});

Deno.test("readThemeLabels() finds the planted themes of the simulated universe", async () => {
  const out = await Deno.makeTempDir();
  try {
    const params = { source: "simulated?size=small&seed=3", out, labels: "" };
    const universe = await readUniverse(params);
    const labels = await readThemeLabels(params, universe);
    assert.equal(labels!.origin, "planted themes of the simulated universe, seed 3");
    assert.equal(new Set(labels!.themes).size, 16);
    assert.equal(labels!.markets.length, universe.markets.length);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
});
