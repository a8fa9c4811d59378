import assert from "node:assert/strict";
import { cellAt } from "lib/core/table.ts";
import { dailyMoves } from "lib/stats/daily_moves.ts";
import { returnsTable } from "lib/stats/returns_table.ts";
import { dailyCloses, dataSetFixture } from "../fixtures/data_set.ts";

const data = dataSetFixture({
  "kalshi:a": { closes: dailyCloses("2025-01-01", [0.5, 0.5]) },
  "poly:b": {},
});

Deno.test("returnsTable() has a row per price and no move on a first day", () => {
  const { nRows, columns } = returnsTable(
    data.markets,
    data.prices,
    dailyMoves(data.prices, { tick: 0.01 }),
  );
  assert.equal(nRows, 2);
  assert.deepEqual(Object.keys(columns), [
    "market_id",
    "date",
    "close",
    "change",
    "logit_change",
    "simple_return",
  ]);
  assert.deepEqual([cellAt(columns.change!, 0), cellAt(columns.change!, 1)], [null, 0]);
  assert.equal(cellAt(columns.market_id!, 1), "kalshi:a");
});
