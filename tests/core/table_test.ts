import assert from "node:assert/strict";
import fc from "fast-check";
import {
  boolColumn,
  cellAt,
  columnOf,
  dateColumn,
  integerColumn,
  numberColumn,
  stringColumn,
  table,
  timestampColumn,
} from "lib/core/table.ts";

Deno.test("cellAt() gives back what each kind of column was made from", () => {
  const cases = [
    [stringColumn, fc.string()],
    [numberColumn, fc.double({ noNaN: true })],
    [dateColumn, fc.integer({ min: -1e6, max: 1e6 })],
    [timestampColumn, fc.integer({ min: -1e12, max: 1e12 })],
    [boolColumn, fc.boolean()],
  ] as const;
  for (const [make, value] of cases) {
    fc.assert(
      fc.property(fc.array(fc.option<string | number | boolean>(value)), (values) => {
        const column = (make as (values: unknown) => ReturnType<typeof make>)(values);
        assert.deepEqual(values.map((_, i) => cellAt(column, i)), values);
      }),
      { seed: 7 },
    );
  }
});

Deno.test("stringColumn() stores each text once", () => {
  const { codes, labels } = stringColumn(["b", "a", null, "b"]);
  assert.deepEqual([...codes], [0, 1, -1, 0]);
  assert.deepEqual(labels, ["b", "a"]);
});

Deno.test("table() refuses columns of different lengths", () => {
  assert.throws(() => table({ a: integerColumn([1]), b: integerColumn([1, 2]) }), {
    name: "RangeError",
    message:
      'Cannot make a table as its columns must be equally long: got 2 rows in "b", 1 before it',
  });
  assert.equal(table({}).nRows, 0);
});

Deno.test("columnOf() says which column is missing or of another type", () => {
  const one = table({ a: integerColumn([1]) });
  assert.equal(columnOf(one, "a", "integer").values[0], 1);
  assert.throws(() => columnOf(one, "b", "number"), {
    name: "TypeError",
    message: 'Cannot read column "b" as it must be of type number: got none, the table has a',
  });
  assert.throws(() => columnOf(one, "a", "number"), /of type number: got integer$/);
});
