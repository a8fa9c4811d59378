import assert from "node:assert/strict";
import fc from "fast-check";
import { deepestDrawdowns, drawdowns, maxDrawdown } from "lib/backtest/drawdown.ts";
import { formatDay, MISSING_DAY, parseDay } from "lib/core/day.ts";
// golden: pandas, made by tests/golden/backtest/performance.py
import golden from "../golden/backtest/performance.json" with { type: "json" };

Deno.test("deepestDrawdowns() matches pandas' cummax in days and depth", () => {
  const firstDay = parseDay(golden.firstDate);
  const table = deepestDrawdowns(Float64Array.from(golden.nav), { firstDay, nDeepest: 5 });
  assert.deepEqual(
    table.map((row) => [row.peakDay, row.troughDay, row.recoveryDay].map(formatDay)),
    golden.drawdowns.map((row) => row.slice(0, 3)),
  );
  table.forEach((row, k) => {
    assert.ok(Math.abs(row.depth - (golden.drawdowns[k]![3] as number)) < 1e-14);
  });
  assert.equal(table.filter((row) => row.recoveryDay === MISSING_DAY).length, 1);
});

Deno.test("deepestDrawdowns() counts from the last day at the peak to the first day back at it", () => {
  const nav = Float64Array.of(100, 100, 80, 90, 100, 120, 60);
  assert.deepEqual(deepestDrawdowns(nav, { firstDay: 10, nDeepest: 9 }), [
    { peakDay: 15, troughDay: 16, recoveryDay: MISSING_DAY, depth: -0.5, lengthDays: 1 },
    { peakDay: 11, troughDay: 12, recoveryDay: 14, depth: 80 / 100 - 1, lengthDays: 3 },
  ]);
  assert.deepEqual(deepestDrawdowns(nav, { firstDay: 10, nDeepest: 0 }), []);
});

Deno.test("deepestDrawdowns() puts the earlier of equal ones first, and finds none in a rise", () => {
  const twice = deepestDrawdowns(Float64Array.of(4, 2, 4, 2, 4), { firstDay: 0, nDeepest: 2 });
  assert.deepEqual(twice.map((row) => row.peakDay), [0, 2]);
  assert.deepEqual(deepestDrawdowns(Float64Array.of(1, 2, 2), { firstDay: 0, nDeepest: 2 }), []);
});

Deno.test("drawdowns() of the first days are the first days of the drawdowns", () => {
  const nav = Float64Array.from(golden.nav), whole = drawdowns(nav);
  for (const n of [1, 50, 400]) assert.deepEqual(drawdowns(nav.slice(0, n)), whole.slice(0, n));
});

Deno.test("maxDrawdown() is the depth of the deepest, 0 in a rise and −1 for a total loss", () => {
  assert.equal(maxDrawdown(Float64Array.of(1, 2, 3)), 0);
  assert.equal(maxDrawdown(Float64Array.of(1, 0, 0)), -1);
  assert.ok(Number.isNaN(maxDrawdown(new Float64Array())));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), (values) => {
      const nav = Float64Array.from(values);
      const table = deepestDrawdowns(nav, { firstDay: 0, nDeepest: 99 });
      assert.equal(maxDrawdown(nav), table[0]?.depth ?? 0);
      const ordered = table.toSorted((a, b) => a.peakDay - b.peakDay);
      ordered.slice(1).forEach((row, k) => {
        assert.ok(
          row.peakDay >= ordered[k]!.recoveryDay && ordered[k]!.recoveryDay !== MISSING_DAY,
        );
      });
    }),
    { seed: 9, numRuns: 200 },
  );
});
