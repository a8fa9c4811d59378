import assert from "node:assert/strict";
import { join } from "node:path";
import { keptReads } from "lib/desk/kept_reads.ts";
import { writeFileAtomic } from "lib/store/atomic.ts";

/** Does some work in a folder, counting what is read. */
async function inFolder(
  work: (folder: string, read: () => Promise<number>, nReads: () => number) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  let n = 0;
  try {
    await work(folder, () => Promise.resolve(++n), () => n);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("keptReads() reads again only after a file is another", () =>
  inFolder(async (folder, read) => {
    const kept = keptReads();
    const file = join(folder, "a.json");
    const ask = () => kept.of("a", [file], read);
    assert.equal(await ask(), 1);
    assert.equal(await ask(), 1);
    await writeFileAtomic(file, "1");
    assert.equal(await ask(), 2);
    assert.equal(await ask(), 2);
    // the same length within the same millisecond
    await writeFileAtomic(file, "2");
    assert.equal(await ask(), 3);
    await Deno.remove(file);
    assert.equal(await ask(), 4);
    assert.equal(await kept.of("b", [file], read), 5);
  }));

Deno.test("keptReads() knows a folder by what is right in it", () =>
  inFolder(async (folder, read) => {
    const kept = keptReads();
    const ask = () => kept.of("a", [folder], read);
    assert.equal(await ask(), 1);
    await Deno.writeTextFile(join(folder, "b"), "");
    assert.equal(await ask(), 2);
    await Deno.mkdir(join(folder, "c"));
    assert.equal(await ask(), 3);
    await Deno.writeTextFile(join(folder, "c", "d"), "");
    assert.equal(await ask(), 3);
    await Deno.symlink(join(folder, "gone"), join(folder, "dangling"));
    assert.equal(await ask(), 4);
  }));

Deno.test("keptReads() shares one reading and keeps no failure", () =>
  inFolder(async (folder, read, nReads) => {
    const kept = keptReads();
    assert.deepEqual(
      await Promise.all([kept.of("a", [folder], read), kept.of("a", [folder], read)]),
      [1, 1],
    );
    const fail = () => Promise.reject(new Error("no"));
    await assert.rejects(kept.of("b", [folder], fail), { message: "no" });
    assert.equal(await kept.of("b", [folder], read), 2);
    assert.equal(nReads(), 2);
  }));
