import assert from "node:assert/strict";
import fc from "fast-check";
import {
  boolColumn,
  cellAt,
  type Column,
  columnLength,
  dateColumn,
  integerColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
  timestampColumn,
} from "lib/core/table.ts";
import { parquetBytes, parseParquet, readParquet, writeParquet } from "lib/store/parquet.ts";
import { sha256Hex } from "lib/store/hash.ts";

const golden = new URL("../golden/store/", import.meta.url);

function cellsOf(column: Column) {
  return Array.from({ length: columnLength(column) }, (_, row) => cellAt(column, row));
}

function cellsByName(from: Table) {
  return Object.fromEntries(
    Object.entries(from.columns).map(([name, c]) => [name, { type: c.type, values: cellsOf(c) }]),
  );
}

// golden: tests/golden/store/parquet_types.py, pyarrow
Deno.test("readParquet() reads every type pyarrow writes, in three row groups", async () => {
  const text = await Deno.readTextFile(new URL("parquet_types.json", golden));
  const expected = JSON.parse(text) as Record<string, { type: string; values: unknown[] }>;
  const read = cellsByName(await readParquet(new URL("parquet_types.parquet", golden).pathname));
  assert.deepEqual(Object.keys(read), Object.keys(expected));
  for (const name of Object.keys(expected)) {
    assert.deepEqual({ name, ...read[name] }, { name, ...expected[name] });
  }
});

Deno.test("readParquet() keeps only the columns asked for, and skips those that are not there", async () => {
  const path = new URL("parquet_types.parquet", golden).pathname;
  const read = await readParquet(path, { columns: ["int8", "no such column", "utf8"] });
  assert.deepEqual(Object.keys(read.columns), ["utf8", "int8"]);
  assert.equal(read.nRows, 5);
});

const rowsArbitrary = fc.array(fc.record({
  text: fc.option(fc.oneof(fc.constantFrom("poly:1", "poly:2", ""), fc.string({ unit: "binary" }))),
  number: fc.option(fc.double({ noNaN: true })),
  integer: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  day: fc.option(fc.integer({ min: -100_000, max: 100_000 })),
  timeMs: fc.option(fc.integer({ min: -8.64e15, max: 8.64e15 })),
  truth: fc.option(fc.boolean()),
}));

Deno.test("parseParquet() gives back every table parquetBytes() wrote, missing cells included", () => {
  fc.assert(
    fc.property(rowsArbitrary, (rows) => {
      const written = table({
        text: stringColumn(rows.map((row) => row.text)),
        number: numberColumn(rows.map((row) => row.number)),
        integer: integerColumn(rows.map((row) => row.integer)),
        day: dateColumn(rows.map((row) => row.day)),
        timeMs: timestampColumn(rows.map((row) => row.timeMs)),
        truth: boolColumn(rows.map((row) => row.truth)),
      });
      const bytes = parquetBytes(written);
      assert.deepEqual(parseParquet(bytes, "t.parquet"), written);
      assert.equal(sha256Hex(parquetBytes(written)), sha256Hex(bytes));
    }),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("parquetBytes() keeps the order of rows over several batches and row groups", () => {
  const n = 200_001;
  const id = stringColumn(Array.from({ length: n }, (_, i) => i % 50_000 ? `m:${i >> 8}` : null));
  const written = table({ id, x: numberColumn(Float64Array.from({ length: n }, (_, i) => i / 7)) });
  assert.deepEqual(parseParquet(parquetBytes(written), "t.parquet"), written);
});

Deno.test("parquetBytes() gives equal bytes for equal texts under other codes", () => {
  const ab: Column = { type: "string", codes: Int32Array.of(0, 1, -1), labels: ["a", "b"] };
  const ba: Column = { type: "string", codes: Int32Array.of(1, 0, -1), labels: ["b", "a", "c"] };
  assert.deepEqual(parquetBytes(table({ t: ab })), parquetBytes(table({ t: ba })));
});

Deno.test("parquetBytes() refuses a table without a column", () => {
  assert.throws(() => parquetBytes(table({})), {
    name: "RangeError",
    message: "Cannot write a table to Parquet as it must have a column: got none",
  });
});

Deno.test("parseParquet() says what is wrong with bytes that are no whole Parquet file", () => {
  const whole = parquetBytes(table({ x: numberColumn([1, 2, 3]) }));
  const longFooter = whole.slice();
  new DataView(longFooter.buffer).setUint32(whole.length - 8, 1_000_000, true);
  const cases: [Uint8Array, string][] = [
    [new Uint8Array(0), "an empty file"],
    [new TextEncoder().encode("market_id,close\na,0.5\n"), `no mark "PAR1" at its start`],
    [whole.subarray(0, whole.length - 1), `no mark "PAR1" at its end, so it was cut short`],
    [whole.subarray(0, 4), `no mark "PAR1" at its end, so it was cut short`],
    [longFooter, `a footer of 1000000 bytes in a file of ${whole.length}`],
  ];
  for (const [bytes, got] of cases) {
    assert.throws(() => parseParquet(bytes, "prices.parquet"), {
      name: "SyntaxError",
      message:
        `Cannot read Parquet file "prices.parquet" as it must be whole and valid: got ${got}`,
    });
  }
});

Deno.test("parseParquet() answers damage inside a file with an Error that names it, and works on", () => {
  const written = table({ id: stringColumn(["a", null, "b"]), x: numberColumn([1, 2, NaN]) });
  const whole = parquetBytes(written);
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
      const damaged = whole.slice();
      damaged[at] = byte;
      try {
        parseParquet(damaged, "prices.parquet");
      } catch (error) {
        assert.ok(error instanceof SyntaxError || error instanceof TypeError);
        assert.match(error.message, /"prices\.parquet"/);
      }
    }),
    { seed: 7, numRuns: 400 },
  );
  assert.deepEqual(parseParquet(whole, "prices.parquet"), written);
});

Deno.test("readParquet() says that a file does not exist", async () => {
  await assert.rejects(() => readParquet("/nowhere/prices.parquet"), {
    message:
      `Cannot read Parquet file "prices.parquet" as it must be a readable file: got no such file`,
  });
});

Deno.test("writeParquet() writes what readParquet() reads", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const written = table({ day: dateColumn([0, null, 19_782]) });
    await writeParquet(`${dir}/made/t.parquet`, written);
    assert.deepEqual(await readParquet(`${dir}/made/t.parquet`), written);
    assert.deepEqual(Array.from(Deno.readDirSync(`${dir}/made`), (e) => e.name), ["t.parquet"]);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
