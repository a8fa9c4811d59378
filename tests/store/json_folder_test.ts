import assert from "node:assert/strict";
import { join } from "node:path";
import { exportJsonFolder } from "lib/store/exports.ts";
import { filesBelow } from "lib/store/hash.ts";

async function inFolder(test: (out: string) => Promise<void>): Promise<void> {
  const out = await Deno.makeTempDir();
  try {
    await test(out);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

Deno.test("exportJsonFolder() writes one file a document, each entry of a list on a line of its own", () =>
  inFolder(async (out) => {
    const documents = { "2025-02-01": { date: "2025-02-01", events: [{ a: 1 }, { a: null }] } };
    const written = await exportJsonFolder("baskets", documents, { out });
    assert.deepEqual(written, [join(out, "baskets/2025-02-01.json")]);
    const text = await Deno.readTextFile(written[0]!);
    assert.equal(text, '{\n"date": "2025-02-01",\n"events": [\n{"a":1},\n{"a":null}\n]\n}\n');
  }));

Deno.test("exportJsonFolder() gives back what went in, hostile text and empty lists too", () =>
  inFolder(async (out) => {
    const text = '"]},\u2028</script>\n\u0000\\ ${x} שלום 🎲';
    const documents = { b: { [text]: [text, { [text]: text }], none: [] }, a: {} };
    const written = await exportJsonFolder("baskets", documents, { out });
    assert.deepEqual(written.map((path) => path.slice(out.length)), [
      "/baskets/a.json",
      "/baskets/b.json",
    ]);
    assert.deepEqual(JSON.parse(await Deno.readTextFile(written[0]!)), {});
    assert.deepEqual(JSON.parse(await Deno.readTextFile(written[1]!)), documents.b);
  }));

Deno.test("exportJsonFolder() leaves one run there: older documents go, other files and folders stay", () =>
  inFolder(async (out) => {
    await exportJsonFolder("baskets", { a: { n: 1 }, b: { n: 1 } }, { out });
    await Deno.writeTextFile(join(out, "baskets/a.csv"), "");
    await Deno.mkdir(join(out, "baskets/more"));
    await Deno.writeTextFile(join(out, "baskets/more/b.json"), "{}");
    await Deno.writeTextFile(join(out, "a.json"), "{}");
    const [path] = await exportJsonFolder("baskets", { b: { n: 2 } }, { out });
    assert.deepEqual(await filesBelow(out), [
      "a.json",
      "baskets/a.csv",
      "baskets/b.json",
      "baskets/more/b.json",
    ]);
    assert.deepEqual(JSON.parse(await Deno.readTextFile(path!)), { n: 2 });
  }));

Deno.test("exportJsonFolder() of no documents leaves none of an earlier run", () =>
  inFolder(async (out) => {
    await exportJsonFolder("baskets", { a: {} }, { out });
    assert.deepEqual(await exportJsonFolder("baskets", {}, { out }), []);
    assert.deepEqual(await filesBelow(out), []);
  }));

Deno.test("exportJsonFolder() refuses names that leave the folder, before anything is written", () =>
  inFolder(async (out) => {
    const must = "Cannot name an export as it must be made of [a-z0-9_-] and begin with a letter" +
      " or digit: got ";
    for (const name of ["../x", "a/b", "", "-a", "A", "a.b"]) {
      const error = { name: "RangeError", message: must + JSON.stringify(name) };
      await assert.rejects(exportJsonFolder(name, {}, { out }), error);
      await assert.rejects(exportJsonFolder("baskets", { a: {}, [name]: {} }, { out }), error);
    }
    assert.deepEqual(await filesBelow(out), []);
  }));
