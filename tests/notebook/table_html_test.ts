import assert from "node:assert/strict";
import * as columns from "lib/core/table.ts";
import { tableHtml, tableText } from "lib/notebook/table_html.ts";

const small = columns.table({
  id: columns.stringColumn(["poly:<a>", null, "c"]),
  p: columns.numberColumn([0.12345, null, -0.5]),
  n: columns.integerColumn([1234567, -2, 3]),
  day: columns.dateColumn([19724, null, 0]),
  at: columns.timestampColumn([1704067200000, null, 1704103200000]),
  is: columns.boolColumn([true, null, false]),
});

Deno.test("tableText() aligns columns, shows missing as a dash and says the shape", () => {
  assert.deepEqual(tableText(small, { caption: "Markets" }).split("\n"), [
    "Markets",
    "id              p          n  day         at                 is",
    "poly:<a>   0.1235  1,234,567  2024-01-02  2024-01-01         true",
    "–               –         −2  –           –                  –",
    "c         −0.5000          3  1970-01-01  2024-01-01 10:00Z  false",
    "3 rows × 6 columns",
  ]);
});

Deno.test("tableHtml() escapes texts, numbers go right, missing is muted and never 0", () => {
  const html = tableHtml(small, { caption: "<i>" });
  assert.ok(html.startsWith("<table><caption>&#60;i&#62;</caption><thead>"));
  assert.ok(html.includes('<td style="text-align:left">poly:&#60;a&#62;</td>'));
  assert.ok(html.includes('<td style="text-align:right">0.1235</td>'));
  assert.equal(html.match(/title="missing">–</g)?.length, 5);
  assert.ok(!html.includes("<i>") && !html.includes("NaN"));
});

Deno.test("tableHtml() shows the first rows and says how many there are", () => {
  const many = columns.table({
    x: columns.integerColumn(Int32Array.from({ length: 3576 }, (_, i) => i)),
  });
  assert.equal(tableHtml(many, { maxRows: 3 }).match(/<tr>/g)?.length, 4);
  assert.match(tableText(many, { maxRows: 3 }), /\n3,576 rows × 1 column, the first 3 shown$/);
  assert.match(tableText(columns.table({ x: columns.numberColumn([]) })), /^x\n0 rows × 1 column$/);
});

Deno.test("numbers of a column share one format that fits its size", () => {
  const texts = (values: number[]) =>
    tableText(columns.table({ x: columns.numberColumn(values) })).split("\n").slice(1, -1).map((
      t,
    ) => t.trim());
  assert.deepEqual(texts([1, 2000]), ["1", "2,000"]);
  assert.deepEqual(texts([1.25, 20.5]), ["1.25", "20.50"]);
  assert.deepEqual(texts([12345.678, 1.5]), ["12,346", "2"]);
  assert.deepEqual(texts([1e-9, -1]), ["1.000e−9", "−1.000e+0"]);
  assert.deepEqual(texts([0, -0.00001, 0.5]), ["0", "−1.000e−5", "5.000e−1"]);
  assert.deepEqual(texts([Infinity, -Infinity]), ["∞", "−∞"]);
  assert.deepEqual(texts([0, 0]), ["0", "0"]);
});
