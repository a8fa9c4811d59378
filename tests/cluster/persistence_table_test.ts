import assert from "node:assert/strict";
import { persistenceEntries, persistenceTable } from "lib/cluster/persistence_table.ts";
import { cellAt } from "lib/core/table.ts";
import type { WindowPersistence } from "lib/stats/window_persistence.ts";

const WINDOWS = [100, 160].map((fromDay, k) => ({
  ...{ fromDay, boundaryDay: fromDay + 90, toDay: fromDay + 150, studied: k === 1 },
}));

function found(key: string, correlation: number): WindowPersistence {
  return {
    ...{ key, representation: `${key} in words`, nItems: 9, nPairs: 36, correlation },
    ...{ ciLow: 0.1, ciHigh: 0.3, nullLow: -0.05, nullHigh: 0.05, percentile: 1 },
    ...{ strongestNext: 0.4, meanAbsNext: 0.15 },
  };
}

const FOUND = [found("a", 0.1), found("b", 0.2), found("a", 0.3), found("b", NaN)];

Deno.test("persistenceEntries() joins what was found to its window", () => {
  const entries = persistenceEntries(WINDOWS, FOUND);
  assert.deepEqual(entries.map((one) => [one.fromDay, one.key]), [
    ...[[100, "a"], [100, "b"], [160, "a"], [160, "b"]],
  ]);
  assert.deepEqual(entries[2], { ...WINDOWS[1]!, ...FOUND[2]! });
  assert.deepEqual(persistenceEntries([], []), []);
  assert.deepEqual(persistenceEntries(WINDOWS, []), []);
});

Deno.test("persistenceEntries() refuses entries that do not fit the windows", () => {
  for (const [windows, entries] of [[WINDOWS, FOUND.slice(1)], [[], FOUND]] as const) {
    assert.throws(() => persistenceEntries(windows, entries), {
      name: "RangeError",
      message:
        `Cannot join persistence to its windows as each of ${windows.length} must have equally many entries: got ${entries.length}`,
    });
  }
});

Deno.test("persistenceTable() has a row for each window and representation", () => {
  const { columns, nRows } = persistenceTable(persistenceEntries(WINDOWS, FOUND));
  assert.deepEqual(Object.entries(columns).map(([name, { type }]) => `${name} ${type}`), [
    ...["representation string", "from_date date", "boundary_date date", "to_date date"],
    ...["studied bool", "n_items integer", "n_pairs integer", "correlation number"],
    ...["ci_low number", "ci_high number", "null_low number", "null_high number"],
    ...["null_percentile number", "strongest_next number", "mean_abs_next number"],
  ]);
  assert.equal(nRows, 4);
  assert.deepEqual(Object.values(columns).map((column) => cellAt(column, 3)), [
    ...["b", 160, 250, 309, true, 9, 36, null, 0.1, 0.3, -0.05, 0.05, 1, 0.4, 0.15],
  ]);
});
