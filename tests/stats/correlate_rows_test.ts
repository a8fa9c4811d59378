import assert from "node:assert/strict";
import { correlateRows, pairRows } from "lib/stats/correlate_rows.ts";
import { seriesOrder } from "lib/stats/series_order.ts";
import golden from "../golden/stats/pair_correlation.json" with { type: "json" };
import { panelOf } from "./random_panels.ts";

Deno.test("correlateRows() of row ranges put together is that of all rows", () => {
  const series = seriesOrder(panelOf(golden.moves));
  for (const kind of ["spearman", "pearson"] as const) {
    const rows = (from: number, to: number) => {
      const out = pairRows(series.nMarkets, { from, to });
      correlateRows(series, { kind, minOverlap: 5, from, to }, out);
      return out;
    };
    const whole = rows(0, 9), parts = [rows(0, 2), rows(2, 2), rows(2, 7), rows(7, 9)];
    for (const field of ["rho", "overlap", "zeroDays"] as const) {
      assert.deepEqual(parts.flatMap((part) => [...part[field]]), [...whole[field]]);
    }
  }
});

Deno.test("correlateRows() leaves nothing of what stood in its room", () => {
  const series = seriesOrder(panelOf([[1, 2, null], [2, 1, null], [3, 3, null], [null, 1, 0]]));
  const out = pairRows(3, { from: 0, to: 3 });
  out.rho.fill(7);
  out.overlap.fill(7);
  out.zeroDays.fill(7);
  correlateRows(series, { kind: "spearman", minOverlap: 3, from: 0, to: 3 }, out);
  assert.deepEqual([...out.rho], [0.5, NaN, NaN]);
  assert.deepEqual([...out.overlap], [3, 0, 1]);
  assert.deepEqual([...out.zeroDays], [0, 0, 1]);
});

Deno.test("correlateRows() refuses room that does not fit its pairs and rows that do not exist", () => {
  const series = seriesOrder(panelOf([[1, 2, 3]]));
  const out = pairRows(3, { from: 0, to: 3 });
  const options = { kind: "pearson", minOverlap: 3 } as const;
  assert.throws(() => correlateRows(series, { ...options, from: 1, to: 3 }, out), {
    name: "RangeError",
    message: "Cannot correlate rows as [1, 3) has 1 pairs: got room for 3",
  });
  assert.throws(() => correlateRows(series, { ...options, from: 2, to: 1 }, out), {
    name: "RangeError",
    message: "Cannot correlate rows as [from, to) must lie within 3 markets: got [2, 1)",
  });
  assert.throws(() => correlateRows(series, { ...options, minOverlap: 4.5, from: 0, to: 3 }, out), {
    name: "RangeError",
    message: "Cannot correlate markets as minOverlap must be a whole number >= 3: got 4.5",
  });
});
