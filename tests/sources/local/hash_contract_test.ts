import assert from "node:assert/strict";
import { join } from "node:path";
import { hashContract } from "lib/sources/local/hash_contract.ts";

Deno.test("hashContract() sees the files of the contract and nothing else", async () => {
  const folder = await Deno.makeTempDir({ prefix: "basketry-hash-" });
  try {
    const empty = await hashContract(folder);
    await Deno.writeTextFile(join(folder, "prices.parquet"), "a");
    const one = await hashContract(folder);
    assert.notEqual(one, empty);
    await Deno.mkdir(join(folder, "run"));
    await Deno.writeTextFile(join(folder, "run", "lock"), "1");
    await Deno.writeTextFile(join(folder, "notes.txt"), "");
    assert.equal(await hashContract(folder), one);
    await Deno.rename(join(folder, "prices.parquet"), join(folder, "activity.parquet"));
    assert.notEqual(await hashContract(folder), one);

    await Deno.mkdir(join(folder, "markets.parquet"));
    await assert.rejects(hashContract(folder), {
      message:
        /^Cannot read folder ".*" as "markets.parquet" must be a readable file: got Is a dir/,
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
