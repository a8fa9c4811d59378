import assert from "node:assert/strict";
import { twinIndices } from "lib/cluster/twin_indices.ts";
import { stringColumn, table } from "lib/core/table.ts";
import { market } from "../universe/daily_prices.ts";

const MARKETS = ["kalshi:x", "poly:a", "poly:b"].map((marketId) => market({ marketId }));

function twins(pairs: readonly (readonly [string | null, string])[]) {
  return table({
    market_a: stringColumn(pairs.map(([a]) => a)),
    market_b: stringColumn(pairs.map(([, b]) => b)),
  });
}

Deno.test("twinIndices() finds both markets of each pair", () => {
  const pairs = [["poly:a", "kalshi:x"], ["poly:b", "poly:a"]] as const;
  assert.deepEqual(twinIndices(twins(pairs), MARKETS), [[1, 0], [2, 1]]);
  assert.deepEqual(twinIndices(twins([]), MARKETS), []);
});

Deno.test("twinIndices() refuses markets that are not listed and tables of something else", () => {
  const lead = "Cannot use twins as each must be one of 3 markets: got";
  assert.throws(() => twinIndices(twins([["poly:a", "poly:gone"]]), MARKETS), {
    name: "RangeError",
    message: `${lead} poly:gone`,
  });
  assert.throws(() => twinIndices(twins([[null, "poly:a"]]), MARKETS), {
    name: "RangeError",
    message: `${lead} undefined`,
  });
  assert.throws(() => twinIndices(table({ market_a: stringColumn([]) }), MARKETS), {
    name: "TypeError",
    message:
      'Cannot read column "market_b" as it must be of type string: got none, the table has market_a',
  });
});
