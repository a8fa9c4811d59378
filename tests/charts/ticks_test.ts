import assert from "node:assert/strict";
import fc from "fast-check";
import { parseDay } from "lib/core/day.ts";
import { countTicks } from "lib/charts/count_ticks.ts";
import { dateTicks } from "lib/charts/date_ticks.ts";

Deno.test("countTicks() are whole, evenly spaced and hold the largest count", () => {
  assert.deepEqual(countTicks(0), [0, 1]);
  assert.deepEqual(countTicks(1), [0, 1]);
  assert.deepEqual(countTicks(942), [0, 200, 400, 600, 800, 1000]);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (most) => {
      const ticks = countTicks(most), step = ticks[1]!;
      assert.ok(ticks.length >= 2 && ticks.length <= 7);
      assert.ok(Number.isInteger(step) && /^[125]0*$/.test(String(step)));
      assert.ok(ticks.at(-1)! >= most && ticks.at(-1)! - step < Math.max(most, 1));
    }),
    { seed: 7 },
  );
});

Deno.test("dateTicks() labels quarters or years of a long axis and days of a short one", () => {
  const from = parseDay("2022-11-17"), to = parseDay("2025-09-30");
  assert.deepEqual(dateTicks(from, to, 6).map(({ label }) => label), [
    "Jan 2023",
    "Jul 2023",
    "Jan 2024",
    "Jul 2024",
    "Jan 2025",
    "Jul 2025",
  ]);
  const start = parseDay("2024-03-04");
  assert.deepEqual(dateTicks(start, start + 6, 4).map(({ label }) => label), [
    "4 Mar",
    "6 Mar",
    "8 Mar",
    "10 Mar",
  ]);
});

Deno.test("dateTicks() stay within the axis and the number that fits", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 30_000 }),
      fc.integer({ min: 0, max: 9000 }),
      fc.integer({ min: 2, max: 12 }),
      (from, length, most) => {
        const ticks = dateTicks(from, from + length, most);
        assert.ok(ticks.length >= 1 && ticks.length <= most, `${ticks.length}`);
        ticks.forEach(({ day }, i) => {
          assert.ok(day >= from && day <= from + length);
          assert.ok(i === 0 || day > ticks[i - 1]!.day);
        });
      },
    ),
    { seed: 7 },
  );
});
