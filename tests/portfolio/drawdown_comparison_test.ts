import assert from "node:assert/strict";
import { MISSING_DAY } from "lib/core/day.ts";
import { drawdownComparison } from "lib/portfolio/drawdown_comparison.ts";

const day = Int32Array.of(10, 11, 14, 15, 18);
const base = Float64Array.of(100, 120, 90, 110, 121);

Deno.test("drawdownComparison() dates the fall by its sessions", () => {
  assert.deepEqual(drawdownComparison(base, { base, day }), {
    ...{ depth: -0.25, peakDay: 11, troughDay: 14, recoveryDay: 18, lengthDays: 7 },
    returnInBaseFall: -0.25,
  });
});

Deno.test("drawdownComparison() tells what another did in the base's fall", () => {
  const other = Float64Array.of(100, 100, 105, 104, 78);
  const seen = drawdownComparison(other, { base, day });
  assert.ok(Math.abs(seen.returnInBaseFall - 0.05) < 1e-15);
  assert.ok(Math.abs(seen.depth - (78 / 105 - 1)) < 1e-15);
  assert.deepEqual([seen.peakDay, seen.troughDay, seen.recoveryDay, seen.lengthDays], [
    ...[14, 18, MISSING_DAY, 4],
  ]);
});

Deno.test("drawdownComparison() of cash has no fall, of no session nothing", () => {
  const cash = new Float64Array(5).fill(100);
  assert.deepEqual(drawdownComparison(cash, { base: cash, day }), {
    ...{ depth: 0, peakDay: MISSING_DAY, troughDay: MISSING_DAY, recoveryDay: MISSING_DAY },
    ...{ lengthDays: 0, returnInBaseFall: NaN },
  });
  const none = new Float64Array(0);
  assert.ok(Number.isNaN(drawdownComparison(none, { base: none, day: new Int32Array(0) }).depth));
});
