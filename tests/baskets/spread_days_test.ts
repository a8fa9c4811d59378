import assert from "node:assert/strict";
import { schedule, spreadDays } from "lib/baskets/schedule.ts";
import { formatDay, parseDay } from "lib/core/day.ts";

function monthly(from: string, to: string) {
  return schedule({ from: parseDay(from), to: parseDay(to), day: 1, months: 1 });
}

Deno.test("spreadDays() cuts halfway between a trade and the next, the last one after the last trade", () => {
  const dates = monthly("2025-01-15", "2025-04-10");
  assert.deepEqual(dates.map(({ tradedOn }) => formatDay(tradedOn)), [
    "2025-02-01",
    "2025-03-01",
    "2025-04-01",
  ]);
  assert.deepEqual(spreadDays(dates, 3).map(formatDay), ["2025-02-14", "2025-03-15", "2025-04-01"]);
  assert.deepEqual(spreadDays(dates, 1).map(formatDay), ["2025-04-01"]);
});

Deno.test("spreadDays() gives days that increase, each in its own period, the last period always", () => {
  const all = monthly("2023-01-01", "2025-01-31");
  assert.equal(all.length, 24);
  for (let n = 1; n <= 24; ++n) {
    const dates = all.slice(0, n);
    for (let wanted = 0; wanted <= 30; ++wanted) {
      const days = spreadDays(dates, wanted);
      assert.equal(days.length, Math.min(n, wanted));
      const periods = days.map((day) => dates.findLastIndex(({ tradedOn }) => tradedOn <= day));
      periods.forEach((period, k) => assert.ok(k === 0 || period > periods[k - 1]!));
      if (wanted > 0) assert.equal(periods.at(-1), n - 1);
      // even: no gap is more than one period longer than another
      const gaps = periods.map((period, k) => period - (periods[k - 1] ?? -1));
      assert.ok(Math.max(...gaps, 0) - Math.min(...gaps, Infinity) <= 1, `${n} ${wanted}`);
    }
  }
});

Deno.test("spreadDays() of no dates has no days", () => {
  assert.deepEqual(spreadDays([], 5), []);
});
