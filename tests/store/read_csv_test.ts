import assert from "node:assert/strict";
import { join } from "node:path";
import * as fc from "fast-check";
import { cellAt, stringColumn, type Table, table } from "lib/core/table.ts";
import { tableCsv } from "lib/store/csv.ts";
import { parseCsv, readCsv, readCsvFolder } from "lib/store/read_csv.ts";

function rowsOf(from: Table): (string | null)[][] {
  return Array.from(
    { length: from.nRows },
    (_, row) => Object.values(from.columns).map((column) => cellAt(column, row) as string | null),
  );
}

Deno.test("parseCsv() reads quotes, blank fields, short rows and line breaks within quotes", () => {
  const read = parseCsv('id,note\r\n a ,"x, ""y""\nz"\r\n\r\nb\r\n,\r\n', "one.csv");
  assert.deepEqual(Object.keys(read.columns), ["id", "note"]);
  assert.deepEqual(rowsOf(read), [["a", 'x, "y"\nz'], ["b", null]]);
});

Deno.test("parseCsv() reads what spreadsheets write: byte order mark, semicolons, tabs", () => {
  assert.deepEqual(rowsOf(parseCsv("\ufeffid;note\na;b, c\n", "one.csv")), [["a", "b, c"]]);
  assert.deepEqual(rowsOf(parseCsv("id\tnote\na\tb\n", "one.csv")), [["a", "b"]]);
});

Deno.test("parseCsv() gives back what tableCsv() wrote, formulas too", () => {
  const text = fc.string({ maxLength: 12 }).map((one) => one.trim()).filter((one) => one !== "");
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 8 }), (rows) => {
      const written = table({
        a: stringColumn(rows.map(([a]) => a)),
        b: stringColumn(rows.map(([, b]) => b)),
      });
      assert.deepEqual(rowsOf(parseCsv(tableCsv(written), "one.csv")), rowsOf(written));
    }),
    { seed: 4 },
  );
});

Deno.test("parseCsv() refuses a header without names and a row that is too long", () => {
  const header = (got: string) =>
    new SyntaxError(
      `Cannot read CSV file "one.csv" as its header must name each column once: got "${got}"`,
    );
  assert.throws(() => parseCsv("", "one.csv"), header(""));
  assert.throws(() => parseCsv("a,,b\n", "one.csv"), header("a,,b"));
  assert.throws(() => parseCsv("a,a\n", "one.csv"), header("a,a"));
  assert.throws(
    () => parseCsv("a,b\n1,2\n1,2,3\n", "one.csv"),
    new SyntaxError(
      'Cannot read CSV file "one.csv" as no row must have more than the header\'s 2 fields: got 3 in row 2',
    ),
  );
});

Deno.test("readCsv() names a file that is not there", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, "a.csv"), "x\n1\n");
    assert.deepEqual(rowsOf(await readCsv(join(folder, "a.csv"))), [["1"]]);
    await assert.rejects(
      readCsv(join(folder, "b.csv")),
      /^Error: Cannot read CSV file "b.csv" as it must be a readable file: got /,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("readCsvFolder() reads the CSV files by name, and none where there is no folder", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, "b.CSV"), "x\n2\n");
    await Deno.writeTextFile(join(folder, "a.csv"), "x\n1\n");
    await Deno.writeTextFile(join(folder, "notes.txt"), "nothing");
    const found = await readCsvFolder(folder);
    assert.deepEqual(found.map(({ file, table }) => [file, rowsOf(table)]), [
      ["a.csv", [["1"]]],
      ["b.CSV", [["2"]]],
    ]);
    assert.deepEqual(await readCsvFolder(join(folder, "nowhere")), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("readCsv() reads the Unicode text of spreadsheets", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const text = "\ufeffid\tnote\r\na\tMünchen\r\n";
    const little = Uint8Array.from([...text].flatMap((c) => {
      const code = c.charCodeAt(0);
      return [code & 255, code >> 8];
    }));
    await Deno.writeFile(join(folder, "little.csv"), little);
    await Deno.writeFile(join(folder, "big.csv"), little.map((_, i) => little[i ^ 1]!));
    for (const name of ["little.csv", "big.csv"]) {
      assert.deepEqual(rowsOf(await readCsv(join(folder, name))), [["a", "München"]], name);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
