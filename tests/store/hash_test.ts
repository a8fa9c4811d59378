import assert from "node:assert/strict";
import { codeHash, filesBelow, hashFile, hashFolder, sha256Hex } from "lib/store/hash.ts";

Deno.test('sha256Hex() gives the known answer of FIPS 180-2 for "abc"', () => {
  assert.equal(
    sha256Hex("abc"),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});

Deno.test("hashFolder() sees contents and names, not the order files were made in", async () => {
  const dir = await Deno.makeTempDir();
  try {
    for (const [folder, names] of [["one", ["a", "b/c"]], ["two", ["b/c", "a"]]] as const) {
      for (const name of names) {
        await Deno.mkdir(`${dir}/${folder}/b`, { recursive: true });
        await Deno.writeTextFile(`${dir}/${folder}/${name}`, name);
      }
    }
    assert.equal(await hashFile(`${dir}/one/a`), sha256Hex("a"));
    assert.deepEqual(await filesBelow(`${dir}/one`), ["a", "b/c"]);
    const before = await hashFolder(`${dir}/one`);
    assert.equal(await hashFolder(`${dir}/two`), before);
    assert.notEqual(await hashFolder(`${dir}/one`, (path) => path !== "a"), before);
    await Deno.writeTextFile(`${dir}/two/a`, "changed");
    assert.notEqual(await hashFolder(`${dir}/two`), before);
    await Deno.rename(`${dir}/one/a`, `${dir}/one/z`);
    assert.notEqual(await hashFolder(`${dir}/one`), before);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("codeHash() is a SHA-256", async () => {
  assert.match(await codeHash(), /^[0-9a-f]{64}$/);
});
