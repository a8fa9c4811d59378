import assert from "node:assert/strict";
import fc from "fast-check";
import {
  boolColumn,
  dateColumn,
  integerColumn,
  numberColumn,
  stringColumn,
  table,
  timestampColumn,
} from "lib/core/table.ts";
import { tableCsv } from "lib/store/csv.ts";

/** A reader of RFC 4180 by its grammar; an unquoted empty field is null. */
function readCsv(text: string): (string | null)[][] {
  const rows: (string | null)[][] = [[]];
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/y;
  while (field.lastIndex < text.length) {
    const found = field.exec(text);
    assert.ok(found, `text is not CSV at ${field.lastIndex}`);
    const [, raw, end] = found;
    const value = raw!.startsWith('"') ? raw!.slice(1, -1).replaceAll('""', '"') : raw || null;
    rows.at(-1)!.push(value);
    if (end === "\r\n" && field.lastIndex < text.length) rows.push([]);
  }
  return rows;
}

Deno.test("tableCsv() writes each type in its one form", () => {
  const rows = table({
    text: stringColumn(["plain", `say "hi", twice`, "", null]),
    number: numberColumn([0.1 + 0.2, -1e-7, Infinity, null]),
    integer: integerColumn([1, -2, 0, 3]),
    day: dateColumn([19_782, null, 0, -1]),
    instant: timestampColumn([0, 1_709_209_815_250, null, -1]),
    truth: boolColumn([true, false, null, true]),
  });
  assert.equal(
    tableCsv(rows),
    [
      "text,number,integer,day,instant,truth",
      "plain,0.30000000000000004,1,2024-02-29,1970-01-01T00:00:00.000Z,true",
      `"say ""hi"", twice",-1e-7,-2,,2024-02-29T12:30:15.250Z,false`,
      `"",Infinity,0,1970-01-01,,`,
      ",,3,1969-12-31,1969-12-31T23:59:59.999Z,true",
      "",
    ].join("\r\n"),
  );
});

Deno.test("tableCsv() lets no text begin as a formula, and one apostrophe off gives it back", () => {
  const text = fc.oneof(
    fc.string(),
    fc.tuple(fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＠"), fc.string())
      .map(([first, rest]) => first + rest),
  );
  fc.assert(
    fc.property(fc.array(fc.option(text)), (texts) => {
      const written = table({
        text: stringColumn(texts),
        row: integerColumn(texts.map((_, i) => i)),
      });
      const [, ...rows] = readCsv(tableCsv(written));
      for (const [cell] of rows) assert.doesNotMatch(cell ?? "", /^[=+\-@\t\r\n＝＋－＠]/);
      assert.deepEqual(rows.map(([cell]) => cell?.replace(/^'/, "") ?? null), texts);
    }),
    { seed: 7 },
  );
});

Deno.test("tableCsv() writes numbers that read back as the same doubles", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }).filter((x) => !Object.is(x, -0))), (values) => {
      const rows = readCsv(tableCsv(table({ x: numberColumn(values) }))).slice(1);
      assert.deepEqual(rows.map(([cell]) => Number(cell)), values);
    }),
    { seed: 7 },
  );
});

Deno.test("tableCsv() leaves no blank line where a table of one column misses a cell", () => {
  assert.equal(tableCsv(table({ x: numberColumn([null, 1]) })), `x\r\n""\r\n1\r\n`);
});
