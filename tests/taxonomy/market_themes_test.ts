import assert from "node:assert/strict";
import { stringColumn, table } from "lib/core/table.ts";
import { marketThemes } from "lib/taxonomy/market_themes.ts";

const CLASSIFIED = table({
  market_id: stringColumn(["poly:b", "poly:a", "poly:d", "poly:<i>"]),
  primary_theme: stringColumn(["fed", "crypto", null, "uncategorized"]),
});

Deno.test("marketThemes() gives each market its own theme, in the order of the markets", () => {
  const ids = ["poly:a", "poly:b", "poly:c", "poly:d", "poly:<i>"];
  assert.deepEqual(
    marketThemes(CLASSIFIED, ids.map((marketId) => ({ marketId }))),
    ["crypto", "fed", null, null, "uncategorized"],
  );
  assert.deepEqual(marketThemes(CLASSIFIED, []), []);
});

Deno.test("marketThemes() refuses a table without themes", () => {
  const { market_id } = CLASSIFIED.columns;
  assert.throws(() => marketThemes(table({ market_id: market_id! }), []), TypeError);
});
