import assert from "node:assert/strict";
import * as columns from "lib/core/table.ts";
import { display, frame } from "lib/notebook/frame.ts";

const from = columns.table({
  theme: columns.stringColumn(["<a>", "b", null]),
  p: columns.numberColumn([0.1, null, 0.3]),
  day: columns.dateColumn([0, 1, null]),
  is: columns.boolColumn([true, null, false]),
});

/** What Jupyter would show. */
function shownBy(value: object): Record<string, string> {
  return (value as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]!();
}

Deno.test("frame() gives a DataFrame with the values of the table, dates as texts", () => {
  const made = frame(from);
  assert.deepEqual(made.shape, [3, 4]);
  assert.deepEqual(made.values, [
    ["<a>", 0.1, "1970-01-01", true],
    ["b", NaN, "1970-01-02", null],
    [null, 0.3, null, false],
  ]);
  assert.deepEqual(frame(columns.table({ x: columns.numberColumn([]) })).shape, [0, 1]);
});

Deno.test("frame() shows the table, escaped, with its shape and caption", () => {
  const shown = shownBy(frame(from, { caption: "Themes", maxRows: 2 }));
  assert.match(
    shown["text/html"]!,
    /^<table><caption>Themes<.*&#60;a&#62;.*3 rows × 4 columns, the first 2 shown/,
  );
  assert.match(shown["text/plain"]!, /^Themes\n/);
});

Deno.test("display() shows derived frames and series, with row labels that mean something", () => {
  const made = frame(from);
  const described = shownBy(display(made.describe(), { caption: "Summary" }))["text/plain"]!;
  assert.match(described, /^Summary\n·/);
  assert.match(described, /\nmedian /);
  assert.match(shownBy(display(made.head(1)))["text/plain"]!, /1 row × 4 columns$/);
  assert.match(shownBy(display(made["p"]))["text/plain"]!, /^ +p\n0\.1000\n/);
});
