import assert from "node:assert/strict";
import type { BasketReplay } from "lib/backtest/basket_replay.ts";
import type { Ledger, Rebalance } from "lib/backtest/ledger.ts";
import {
  attributionTable,
  heldTable,
  navTable,
  rebalanceTable,
} from "lib/backtest/replay_tables.ts";
import { MISSING_DAY } from "lib/core/day.ts";
import { cellAt, type Table } from "lib/core/table.ts";

const HOSTILE = `poly:'; drop --\n"<b>`;
const TRADE: Rebalance = {
  ...{ kind: "scheduled", decidedOn: 99, date: 100, status: "held", rules: ["venue", "liquidity"] },
  ...{ mergedFrom: ["a", "b"], changes: [], skipped: [{ marketId: "poly:z", reason: "no price" }] },
  ...{ turnover: 0.5, traded: 1, spreadCost: 0.01, feeCost: 0.002, rollCost: 0.001 },
  ...{ cashWeight: 0.25, nHeld: 7 },
};
const LEDGER: Ledger = {
  firstDay: 100,
  ...{ navGross: Float64Array.of(100, 101), nav: Float64Array.of(99, 100) },
  ...{ cash: Float64Array.of(0.1, 0.2), staleShare: Float64Array.of(0, 0.5) },
  ...{ nLive: Int32Array.of(5, 4), oldestMark: Int32Array.of(0, 3) },
  held: [{
    ...{ decidedOn: 99, date: 100, marketId: HOSTILE, side: "no", weight: 0.75 },
    reason: "weighting=equal",
  }],
  rebalances: [TRADE, { ...TRADE, decidedOn: 110, date: 111, kind: "emergency" }],
  refusals: [
    { day: 105, reason: "infeasible", rules: ["min_markets"], nLive: 3 },
    { day: 120, reason: "no decision", rules: [], nLive: 2 },
  ],
  contributions: [{
    ...{ marketId: HOSTILE, side: "no", drift: 1, resolution: 0.5, spread: -0.2, fees: -0.1 },
    roll: -0.3,
  }],
  interest: -0.9 + 1,
};
const EMPTY: Ledger = {
  ...LEDGER,
  ...{ navGross: new Float64Array(0), nav: new Float64Array(0), cash: new Float64Array(0) },
  ...{ staleShare: new Float64Array(0), nLive: new Int32Array(0), oldestMark: new Int32Array(0) },
  ...{ held: [], rebalances: [], refusals: [], contributions: [], interest: 0 },
};

function replay(basket: string, ledger: Ledger): BasketReplay {
  return { method: "m", policy: "cash", basket, name: basket, ledger };
}

const REPLAYS = [replay("x", LEDGER), replay("never", EMPTY), replay("y;z", LEDGER)];

function rowsOf({ columns, nRows }: Table): unknown[][] {
  return Array.from(
    { length: nRows },
    (_, row) => Object.values(columns).map((column) => cellAt(column, row)),
  );
}

Deno.test("heldTable() has each row of each basket, hostile ids as they are", () => {
  const rows = rowsOf(heldTable(REPLAYS));
  assert.deepEqual(rows.map((row) => row[2]), ["x", "y;z"]);
  assert.deepEqual(rows[0]!.slice(5), [HOSTILE, "no", 0.75, "weighting=equal"]);
});

Deno.test("navTable() has a row a basket and day; a basket that was never held has none", () => {
  const { columns } = navTable(REPLAYS), rows = rowsOf(navTable(REPLAYS));
  assert.deepEqual(Object.keys(columns), [
    ...["method", "policy", "basket", "date", "nav_gross", "nav", "cash", "stale_share", "n_live"],
    "oldest_mark_days",
  ]);
  assert.deepEqual(rows.map((row) => row[2]), ["x", "x", "y;z", "y;z"]);
  assert.deepEqual(rows[3]!.slice(4), [101, 100, 0.2, 0.5, 4, 3]);
  const { date } = columns;
  assert.deepEqual([...(date as { values: Int32Array }).values], [100, 101, 100, 101]);
});

Deno.test("rebalanceTable() has a row a trade date and a refused emergency, by the day of the decision", () => {
  const whole = rebalanceTable(REPLAYS), { columns } = whole;
  assert.equal(whole.nRows, 8);
  const first = (name: string) =>
    rowsOf(whole).slice(0, 4)
      .map((row) => row[Object.keys(columns).indexOf(name)]);
  assert.deepEqual(first("status"), ["held", "refused", "held", "refused"]);
  assert.deepEqual(first("kind"), ["scheduled", "emergency", "emergency", "emergency"]);
  assert.deepEqual(first("rules"), [
    ...["venue liquidity", "min_markets", "venue liquidity", "no decision"],
  ]);
  assert.deepEqual(first("merged_from"), ["a b", "", "a b", ""]);
  assert.deepEqual(first("n_held"), [7, 3, 7, 2]);
  assert.deepEqual(first("n_skipped"), [1, 0, 1, 0]);
  assert.deepEqual(first("traded"), [1, 0, 1, 0]);
  assert.deepEqual([...(columns["date"] as { values: Int32Array }).values].slice(0, 4), [
    ...[100, MISSING_DAY, 111, MISSING_DAY],
  ]);
  assert.deepEqual([...(columns["cash_weight"] as { values: Float64Array }).values].slice(0, 4), [
    ...[0.25, NaN, 0.25, NaN],
  ]);
});

Deno.test("attributionTable() adds up to the change, with interest as a row without a contract", () => {
  const rows = rowsOf(attributionTable(REPLAYS));
  assert.deepEqual(rows.map((row) => row.slice(2, 5)), [
    ["x", HOSTILE, "no"],
    ["x", null, null],
    ["never", null, null],
    ["y;z", HOSTILE, "no"],
    ["y;z", null, null],
  ]);
  const sum = rows.filter((row) => row[2] === "x").flatMap((row) => row.slice(5) as number[])
    .reduce((total, x) => total + x, 0);
  assert.ok(Math.abs(sum - (LEDGER.nav.at(-1)! - 99)) < 1e-12);
});

Deno.test("tables of no replay have their columns and no row", () => {
  for (const  of of[heldTable, navTable, rebalanceTable, attributionTable]) {
    const { nRows, columns } = of([]);
    assert.equal(nRows, 0);
    assert.deepEqual(Object.keys(columns), Object.keys(of(REPLAYS).columns));
  }
});
