import assert from "node:assert/strict";
import { cellAt } from "lib/core/table.ts";
import { correctionsOf } from "lib/review/corrections_of.ts";
import { ignoredTable } from "lib/review/ignored_table.ts";
import { decisionOf } from "./decision_fixture.ts";

Deno.test("ignoredTable() has a row a decision that changes nothing, with the reason", () => {
  const gone = decisionOf({ verdict: "relabel", value: { theme: "macro" }, title: "<b>Fed" });
  const { columns, nRows } = ignoredTable(correctionsOf([gone], []));
  assert.deepEqual(
    Object.entries(columns).map(([name, column]) => [name, cellAt(column, 0)]),
    [
      ...[["kind", "theme"], ["subject", "fed-rates"], ["title", "<b>Fed"]],
      ...[["verdict", "relabel"], ["by", "Anna"]],
      ["reason", "what it is about is not there today"],
    ],
  );
  assert.equal(nRows, 1);
  assert.equal(ignoredTable({ ignored: [] }).nRows, 0);
});

Deno.test("ignoredTable() keeps untrusted texts on one line, without what nobody sees, and short", () => {
  const hostile = `a\u202Eb\u0000c\n${"w".repeat(2000)}`;
  const gone = decisionOf({
    ...{ verdict: "relabel", value: { theme: "macro" } },
    ...{ subject: hostile, title: hostile, by: hostile },
  });
  const { columns } = ignoredTable(correctionsOf([gone], []));
  for (const name of ["subject", "title", "by"]) {
    assert.equal(cellAt(columns[name]!, 0), `ab c ${"w".repeat(294)}…`, name);
  }
});
