import assert from "node:assert/strict";
import { join } from "node:path";
import { numberColumn, table } from "lib/core/table.ts";
import { restoreReplaced, writeLive } from "lib/sources/live/write_live.ts";
import { readParquet } from "lib/store/parquet.ts";

Deno.test("writeLive() replaces the folder as a whole, files that are gone included", async () => {
  await using place = await temporary();
  const folder = join(place.path, "live");
  await writeLive(folder, Object.entries({ "a.parquet": one(1), "b.parquet": one(2) }));
  await writeLive(folder, Object.entries({ "a.parquet": one(3) }));
  assert.deepEqual(await names(folder), ["a.parquet"]);
  assert.deepEqual(await names(place.path), ["live"]);
  const { columns } = await readParquet(join(folder, "a.parquet"));
  assert.deepEqual(columns, { x: { type: "number", values: Float64Array.of(3) } });
});

Deno.test("writeLive() that cannot write leaves the old folder and nothing else", async () => {
  await using place = await temporary();
  const folder = join(place.path, "live");
  await writeLive(folder, Object.entries({ "a.parquet": one(1) }));
  // Parquet cannot hold a table without a column
  await assert.rejects(
    writeLive(folder, Object.entries({ "a.parquet": one(2), "b.parquet": table({}) })),
  );
  assert.deepEqual(await names(place.path), ["live"]);
  const { columns } = await readParquet(join(folder, "a.parquet"));
  assert.deepEqual(columns, { x: { type: "number", values: Float64Array.of(1) } });
});

Deno.test("restoreReplaced() brings back what a killed run moved aside", async () => {
  await using place = await temporary();
  const folder = join(place.path, "live");
  await writeLive(folder, Object.entries({ "a.parquet": one(1) }));
  await Deno.rename(folder, `${folder}.replaced`);
  await restoreReplaced(folder);
  assert.deepEqual(await names(place.path), ["live"]);
  await writeLive(`${folder}.replaced`, Object.entries({ "old.parquet": one(0) }));
  await restoreReplaced(folder);
  assert.deepEqual(await names(place.path), ["live"]);
  assert.deepEqual(await names(folder), ["a.parquet"]);
});

function one(x: number) {
  return table({ x: numberColumn([x]) });
}

async function names(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder), (entry) => entry.name)).sort();
}

async function temporary() {
  const path = await Deno.makeTempDir();
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}
