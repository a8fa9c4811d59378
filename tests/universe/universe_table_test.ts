import assert from "node:assert/strict";
import { parse } from "yaml";
import { cellAt } from "lib/core/table.ts";
import { parseSettings } from "lib/core/settings.ts";
import { marketQuality } from "lib/universe/quality.ts";
import { flagCounts, universeTable } from "lib/universe/universe_table.ts";
import { dailyCloses, dataSetFixture } from "../fixtures/data_set.ts";

const settings = parseSettings(
  parse(Deno.readTextFileSync(new URL("../../config/settings.yaml", import.meta.url))),
).universe;
const data = dataSetFixture({
  "kalshi:a": { closes: dailyCloses("2025-01-01", [0.5, 0.5]), volumes: { "2025-01-01": 3 } },
  "poly:b": {},
});
const quality = marketQuality(data, settings);

Deno.test("universeTable() keeps missing dates, shares and volumes missing", () => {
  const { nRows, columns } = universeTable(data.markets, quality);
  assert.equal(nRows, 2);
  const row = (i: number) => Object.values(columns).map((column) => cellAt(column, i));
  const day = Date.UTC(2025, 0, 1) / 86_400_000;
  assert.deepEqual(row(0), [
    "kalshi:a",
    "kalshi",
    2,
    day,
    day + 1,
    1,
    1,
    0,
    0,
    3,
    "short_history,no_scheduled_end",
  ]);
  assert.deepEqual(row(1).slice(2, 10), [0, null, null, null, 0, 0, 0, null]);
});

Deno.test("universeTable() refuses quality of other markets", () => {
  assert.throws(() => universeTable(data.markets.slice(0, 1), quality), {
    name: "RangeError",
    message:
      "Cannot make the universe table as markets and their quality must be in one order: got 1 and 2 rows",
  });
});

Deno.test("flagCounts() sorts by frequency, then by name", () => {
  const { columns } = flagCounts(quality);
  const rows = [0, 1, 2, 3].map((i) => Object.values(columns).map((column) => cellAt(column, i)));
  assert.deepEqual(rows, [
    ["no_scheduled_end", 2, 1],
    ["activity_unknown", 1, 0.5],
    ["no_history", 1, 0.5],
    ["short_history", 1, 0.5],
  ]);
});
