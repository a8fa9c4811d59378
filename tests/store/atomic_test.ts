import assert from "node:assert/strict";
import { removeTemporaryFiles, TEMPORARY_SUFFIX, writeFileAtomic } from "lib/store/atomic.ts";

async function inTempDir(run: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await run(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("writeFileAtomic() makes folders, replaces a file, and leaves nothing else", () =>
  inTempDir(async (dir) => {
    await writeFileAtomic(`${dir}/a/b.txt`, "old and longer");
    await writeFileAtomic(`${dir}/a/b.txt`, "new");
    assert.equal(await Deno.readTextFile(`${dir}/a/b.txt`), "new");
    assert.deepEqual(Array.from(Deno.readDirSync(`${dir}/a`), (entry) => entry.name), ["b.txt"]);
  }));

Deno.test("writeFileAtomic() that fails leaves the old file and no temporary one", () =>
  inTempDir(async (dir) => {
    await Deno.mkdir(`${dir}/taken`);
    await Deno.writeTextFile(`${dir}/taken/inside.txt`, "kept");
    await assert.rejects(
      () => writeFileAtomic(`${dir}/taken`, "new"),
      /^Error: Cannot write ".*taken" as its folder must be writable and have space: got /,
    );
    assert.equal(await Deno.readTextFile(`${dir}/taken/inside.txt`), "kept");
    assert.deepEqual(Array.from(Deno.readDirSync(dir), (entry) => entry.name), ["taken"]);
  }));

Deno.test("removeTemporaryFiles() removes what killed writers left, files and folders, and only that", () =>
  inTempDir(async (dir) => {
    await writeFileAtomic(`${dir}/kept/a.csv`, "1");
    await Deno.writeTextFile(`${dir}/kept/b.csv.123${TEMPORARY_SUFFIX}`, "half");
    await writeFileAtomic(`${dir}/cache.9${TEMPORARY_SUFFIX}/prices.parquet`, "half");
    await removeTemporaryFiles(dir);
    await removeTemporaryFiles(`${dir}/nowhere`);
    assert.deepEqual(Array.from(Deno.readDirSync(dir), (entry) => entry.name), ["kept"]);
    assert.deepEqual(Array.from(Deno.readDirSync(`${dir}/kept`), (entry) => entry.name), ["a.csv"]);
  }));
