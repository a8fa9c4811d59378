import assert from "node:assert/strict";
import { POLICIES } from "lib/backtest/ledger.ts";
import { cellAt, columnOf } from "lib/core/table.ts";
import { feeThemeTable, trialTable } from "lib/decide/backtest_tables.ts";
import { METHODS } from "lib/decide/method_list.ts";

function textOf(table: ReturnType<typeof trialTable>, name: string): unknown[] {
  const column = columnOf(table, name, "string");
  return Array.from({ length: table.nRows }, (_, row) => cellAt(column, row));
}

Deno.test("trialTable() has every configuration under every policy", () => {
  const trials = trialTable(POLICIES);
  assert.equal(trials.nRows, METHODS.length * POLICIES.length);
  const names = textOf(trials, "method").map((key, row) =>
    `${key} ${textOf(trials, "policy")[row]}`
  );
  assert.equal(new Set(names).size, names.length);
  assert.equal(textOf(trials, "origin").filter((origin) => origin === "seed").length, 6 * 2);
});

Deno.test("METHODS have distinct keys and names, and no configuration twice", () => {
  for (const field of ["key", "name"] as const) {
    assert.equal(new Set(METHODS.map((one) => one[field])).size, METHODS.length);
  }
  const configurations = METHODS.map(({ grouping, weighting, capsLiquidity }) =>
    [grouping, weighting, capsLiquidity].join()
  );
  assert.equal(new Set(configurations).size, METHODS.length);
  assert.ok(METHODS.every(({ key }) => /^[a-z_]+$/.test(key)));
});

Deno.test("feeThemeTable() has a row a market, hostile ids as they are", () => {
  const hostile = `poly:"',\n<b>`;
  const table = feeThemeTable([{ marketId: hostile }, { marketId: "poly:b" }], ["fed", null]);
  assert.deepEqual(textOf(table, "market_id"), [hostile, "poly:b"]);
  assert.deepEqual(textOf(table, "theme"), ["fed", null]);
});
