import assert from "node:assert/strict";
import { cellAt } from "lib/core/table.ts";
import { correlationTable } from "lib/stats/correlation_table.ts";
import { falseDiscovery } from "lib/stats/false_discovery.ts";
import { pairCorrelation } from "lib/stats/pair_correlation.ts";
import { tailCorrelation } from "lib/stats/tail_correlation.ts";
// golden: scipy and statsmodels, made by tests/golden/stats/correlation_table.py
import golden from "../golden/stats/correlation_table.json" with { type: "json" };
import { panelOf } from "./random_panels.ts";

const MOVES = panelOf(golden.moves);
const { minOverlap, minMove, minDays } = golden;
const EVENTS = MOVES.markets.map((_, j) => `event ${j}`);
const TAIL = tailCorrelation(MOVES, { minMove, minDays, kind: "spearman" });

for (const kind of ["spearman", "pearson"] as const) {
  Deno.test(`correlationTable() gives scipy's and statsmodels' evidence of ${kind} correlations`, () => {
    const { nRows, columns } = correlationTable(
      pairCorrelation(MOVES, { kind, minOverlap }),
      TAIL,
      { kind, events: EVENTS },
    );
    const rows = golden.rows[kind];
    assert.equal(nRows, rows.length);
    assert.deepEqual(Object.keys(columns), [
      "market_a",
      "market_b",
      "same_event",
      "rho",
      "overlap",
      "zero_share",
      "ci_low",
      "ci_high",
      "p_value",
      "q_value",
      "tail_rho",
      "tail_n",
    ]);
    let nUnknown = 0;
    rows.forEach(({ a, b, ...numbers }, row) => {
      assert.equal(cellAt(columns.market_a!, row), MOVES.markets[a!]);
      assert.equal(cellAt(columns.market_b!, row), MOVES.markets[b!]);
      for (const [name, want] of Object.entries(numbers)) {
        const got = cellAt(columns[name]!, row);
        if (want === null) {
          assert.equal(got, null, `${name} of ${row}`);
          ++nUnknown;
        } else {assert.ok(
            Math.abs(Number(got) - want) < 1e-11,
            `${name} of ${row}: ${got}, ${want}`,
          );}
      }
    });
    // the constant market makes correlations without a value, which stay unknown and are no zeros
    assert.ok(nUnknown >= 5);
  });
}

Deno.test("correlationTable() corrects for the pairs that have a p-value and for no others", () => {
  const { columns, nRows } = correlationTable(
    pairCorrelation(MOVES, { kind: "spearman", minOverlap }),
    TAIL,
    { kind: "spearman", events: EVENTS },
  );
  const p: number[] = [], q: number[] = [];
  for (let row = 0; row < nRows; ++row) {
    const one = cellAt(columns.p_value!, row);
    assert.equal(one === null, cellAt(columns.q_value!, row) === null);
    if (one === null) continue;
    p.push(Number(one));
    q.push(Number(cellAt(columns.q_value!, row)));
  }
  assert.ok(p.length < nRows);
  // the largest p-value of Benjamini and Hochberg is its own q-value
  assert.equal(Math.max(...q), Math.max(...p));
  assert.ok(q.every((x, k) => x >= p[k]!));
});

Deno.test("correlationTable() has columns and no row where no pair is kept", () => {
  for (const rows of [[], [[0.1], [0.2]], [[null, null], [null, null]]]) {
    const moves = panelOf(rows);
    const found = correlationTable(
      pairCorrelation(moves, { kind: "spearman", minOverlap: 3 }),
      tailCorrelation(moves, { minMove: 0, minDays: 3, kind: "spearman" }),
      { kind: "spearman", events: moves.markets },
    );
    assert.deepEqual([found.nRows, Object.keys(found.columns).length], [0, 12]);
  }
});

Deno.test("correlationTable() of two identical markets is certain", () => {
  const moves = panelOf(golden.moves.map(([x]) => [x!, x!]));
  const { nRows, columns } = correlationTable(
    pairCorrelation(moves, { kind: "pearson", minOverlap }),
    tailCorrelation(moves, { minMove: 5, minDays, kind: "pearson" }),
    { kind: "pearson", events: ["one", "one"] },
  );
  const row = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, cellAt(column, 0)]),
  );
  assert.equal(nRows, 1);
  assert.deepEqual(
    [row.rho, row.ci_low, row.ci_high, row.p_value, row.q_value, row.tail_rho, row.tail_n],
    [1, 1, 1, 0, 0, null, 0],
  );
});

Deno.test("correlationTable() refuses large moves of other markets", () => {
  const pairs = pairCorrelation(MOVES, { kind: "spearman", minOverlap });
  const fewer = { rho: { ids: ["poly:0"], values: new Float64Array() }, days: new Uint16Array() };
  assert.throws(() => correlationTable(pairs, fewer, { kind: "spearman", events: EVENTS }), {
    name: "TypeError",
    message:
      "Cannot join correlations as both must list the same markets in the same order: got 7 and 1",
  });
  const ids = TAIL.rho.ids.with(2, "poly:other");
  const other = { ...TAIL, rho: { ...TAIL.rho, ids } };
  assert.throws(() => correlationTable(pairs, other, { kind: "spearman", events: EVENTS }), {
    name: "TypeError",
    message:
      'Cannot join correlations as both must list the same markets in the same order: got "poly:2" and "poly:other" at 2',
  });
});

Deno.test("correlationTable() corrects pairs of one event and of different events apart", () => {
  const pairs = pairCorrelation(MOVES, { kind: "spearman", minOverlap });
  const events = MOVES.markets.map((_, j) => `event ${j >> 1}`);
  const { columns, nRows } = correlationTable(pairs, TAIL, { kind: "spearman", events });
  const cell = (name: string, row: number) => cellAt(columns[name]!, row);
  const rows = Array.from({ length: nRows }, (_, row) => row);
  for (const same of [true, false]) {
    const own = rows.filter((row) => cell("same_event", row) === same);
    assert.ok(own.length >= 2);
    const q = falseDiscovery(own.map((row) => (cell("p_value", row) ?? NaN) as number));
    own.forEach((row, k) => assert.equal(cell("q_value", row), Number.isNaN(q[k]!) ? null : q[k]));
  }
  assert.throws(() => correlationTable(pairs, TAIL, { kind: "spearman", events: ["one"] }), {
    name: "TypeError",
    message: "Cannot join correlations as each of 7 markets must have an event: got 1",
  });
});
