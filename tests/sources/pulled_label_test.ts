import assert from "node:assert/strict";
import { join } from "node:path";
import { integerColumn, stringColumn, table } from "lib/core/table.ts";
import { PULLED_FILE, pulledLabel } from "lib/sources/pulled_label.ts";
import { writeParquet } from "lib/store/parquet.ts";

Deno.test("pulledLabel() says of how many contracts a share was pulled", async () => {
  const folder = await Deno.makeTempDir();
  try {
    assert.equal(await pulledLabel(folder), "live data");
    const label = async (pulled: readonly number[]) => {
      await writeParquet(
        join(folder, PULLED_FILE),
        table({
          venue: stringColumn(["kalshi", "polymarket"]),
          listed: integerColumn([1000, 4000]),
          pulled: integerColumn(pulled),
        }),
      );
      return await pulledLabel(folder);
    };
    assert.equal(await label([200, 1034]), "live data, 1,234 of 5,000 contracts");
    assert.equal(await label([950, 3950]), "live data");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
