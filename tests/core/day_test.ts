import assert from "node:assert/strict";
import fc from "fast-check";
import {
  dayEndMs,
  dayOf,
  dayStartMs,
  formatDay,
  isWeekend,
  MISSING_DAY,
  monthStart,
  parseDay,
  weekday,
} from "lib/core/day.ts";

Deno.test("parseDay() and formatDay() undo each other", () => {
  fc.assert(
    fc.property(fc.integer({ min: -20_000, max: 40_000 }), (day) => {
      assert.equal(parseDay(formatDay(day)), day);
      assert.equal(dayOf(dayStartMs(day)), day);
      assert.equal(dayOf(dayEndMs(day) - 1), day);
      assert.equal(dayOf(dayEndMs(day)), day + 1);
    }),
    { seed: 7 },
  );
});

Deno.test("weekday() knows the moon landing was a Sunday", () => {
  assert.equal(weekday(parseDay("1969-07-20")), 7);
  assert.equal(weekday(parseDay("1970-01-01")), 4);
  assert.equal(weekday(parseDay("2026-11-20")), 5);
  assert.deepEqual([isWeekend(parseDay("2026-11-20")), isWeekend(parseDay("2026-11-21"))], [
    false,
    true,
  ]);
});

Deno.test("monthStart() moves over years and leap days", () => {
  assert.equal(formatDay(monthStart(parseDay("2024-02-29"))), "2024-02-01");
  assert.equal(formatDay(monthStart(parseDay("2024-01-31"), 1)), "2024-02-01");
  assert.equal(formatDay(monthStart(parseDay("2024-03-15"), -3)), "2023-12-01");
});

Deno.test("formatDay() gives the empty text for a missing day", () => {
  assert.equal(formatDay(MISSING_DAY), "");
});

Deno.test("parseDay() refuses dates that do not exist and other forms", () => {
  for (const text of ["2025-02-29", "2025-13-01", "20250101", "2025-1-1", "", "2025-01-01T00:00"]) {
    assert.throws(() => parseDay(text), {
      name: "SyntaxError",
      message: `Cannot read a day as it must be a date YYYY-MM-DD: got "${text}"`,
    });
  }
});
