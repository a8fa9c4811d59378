import assert from "node:assert/strict";
import { schedule, spreadDates } from "lib/baskets/schedule.ts";
import { formatDay, parseDay } from "lib/core/day.ts";

function monthly(from: string, to: string) {
  return schedule({ from: parseDay(from), to: parseDay(to), day: 1, months: 1 });
}

Deno.test("spreadDates() takes the last dates of even spans, hand-worked", () => {
  const dates = monthly("2025-01-15", "2025-06-10");
  const names = (n: number) => spreadDates(dates, n).map(({ tradedOn }) => formatDay(tradedOn));
  assert.deepEqual(names(5), [
    ...["2025-02-01", "2025-03-01", "2025-04-01", "2025-05-01", "2025-06-01"],
  ]);
  assert.deepEqual(names(2), ["2025-03-01", "2025-06-01"]);
  assert.deepEqual(names(1), ["2025-06-01"]);
  assert.deepEqual(names(0), []);
});

Deno.test("spreadDates() gives dates that increase, in even steps, the last of the schedule always", () => {
  const all = monthly("2023-01-01", "2025-01-31");
  assert.equal(all.length, 24);
  for (let n = 0; n <= 24; ++n) {
    const dates = all.slice(0, n);
    for (let wanted = 0; wanted <= 30; ++wanted) {
      const places = spreadDates(dates, wanted).map((date) => dates.indexOf(date));
      assert.equal(places.length, Math.min(n, wanted));
      if (places.length === 0) continue;
      assert.equal(places.at(-1), n - 1);
      const steps = places.map((place, k) => place - (places[k - 1] ?? -1));
      assert.ok(Math.min(...steps) > 0 && Math.max(...steps) - Math.min(...steps) <= 1);
    }
  }
});
