import assert from "node:assert/strict";
import { join } from "node:path";
import { boolColumn, numberColumn, stringColumn, table, timestampColumn } from "lib/core/table.ts";
import { completeMarkets, readMarkets } from "lib/sources/local/read_markets.ts";
import { writeParquet } from "lib/store/parquet.ts";

const ids = stringColumn(["poly:b", "kalshi:A-1", "poly:a"]);
const question = stringColumn(["Will it rain?", "Fed cuts?", null]);

Deno.test("completeMarkets() takes ids and questions alone and reads the venue off the id", () => {
  const { markets, rejected, absent } = completeMarkets(table({ market_id: ids, question }));
  assert.deepEqual(
    markets.map((one) => [one.marketId, one.venue, one.question, one.closesAtMs, one.negRisk]),
    [
      ["kalshi:A-1", "kalshi", "Fed cuts?", null, null],
      ["poly:a", "polymarket", null, null, null],
      ["poly:b", "polymarket", "Will it rain?", null, null],
    ],
  );
  assert.deepEqual(rejected, []);
  assert.ok(absent.includes("venue") && absent.includes("closes_at"));
  assert.ok(!absent.includes("question"));
});

Deno.test("completeMarkets() refuses rows by the rules of the contract, each with its reason", () => {
  const odd = stringColumn(["poly:a", "elsewhere:x", ""]);
  const { markets, rejected } = completeMarkets(table({ market_id: odd, question }));
  assert.deepEqual(markets.map((one) => one.marketId), ["poly:a"]);
  assert.deepEqual(rejected.map(({ row, reason }) => [row, reason]), [
    [1, "market id is not a known prefix, a colon and a name"],
    [2, "market id is missing"],
  ]);
});

Deno.test("completeMarkets() keeps a market whose end is before its listing, with the end unknown", () => {
  const { markets, rejected, nEndsUnknown } = completeMarkets(table({
    ...{ market_id: ids, question },
    created_at: timestampColumn([200, 200, null]),
    opens_at: timestampColumn([null, null, 300]),
    closes_at: timestampColumn([100, 300, 100]),
  }));
  assert.deepEqual(markets.map((one) => one.closesAtMs), [300, null, null]);
  assert.deepEqual([rejected.length, nEndsUnknown], [0, 2]);
});

Deno.test("completeMarkets() says which columns must be there", () => {
  assert.throws(
    () => completeMarkets(table({ market_id: ids })),
    new TypeError(
      'Cannot read markets as the file must have the columns "market_id" and one of "question", "event_title", "slug": got "market_id"',
    ),
  );
  assert.throws(() => completeMarkets(table({ question })), /"market_id" and one of/);
});

Deno.test("readMarkets() leaves outcomes and final volumes outside", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "any.parquet");
    const loaded = table({
      ...{ market_id: ids, question, volume: numberColumn([1, 2, 3]) },
      closed: boolColumn([true, false, true]),
    });
    await writeParquet(path, loaded);
    const { markets } = await readMarkets(path);
    assert.equal(markets.length, 3);
    assert.ok(markets.every((one) => !("volume" in one) && !("closed" in one)));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("readMarkets() names a file that is not there", async () => {
  await assert.rejects(
    readMarkets("/nowhere/markets.parquet"),
    /Cannot read Parquet file "markets.parquet" as it must be a readable file: got no such file/,
  );
});
