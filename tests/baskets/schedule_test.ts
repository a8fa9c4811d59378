import assert from "node:assert/strict";
import { schedule } from "lib/baskets/schedule.ts";
import { formatDay, parseDay } from "lib/core/day.ts";

const range = { from: parseDay("2024-01-15"), to: parseDay("2024-07-01") };
const traded = (options: { day: number; months: number }) =>
  schedule({ ...range, ...options }).map(({ tradedOn }) => formatDay(tradedOn));

Deno.test("schedule() trades on the day of the month that is asked and decides the day before", () => {
  assert.deepEqual(traded({ day: 1, months: 1 }), [
    ...["2024-02-01", "2024-03-01", "2024-04-01", "2024-05-01", "2024-06-01", "2024-07-01"],
  ]);
  for (const { decidedOn, tradedOn } of schedule({ ...range, day: 1, months: 1 })) {
    assert.equal(decidedOn, tradedOn - 1);
  }
});

Deno.test("schedule() keeps both days in the range and counts months from the first", () => {
  // the 15th is the first day of the range, so its decision would lie before it
  assert.deepEqual(traded({ day: 15, months: 2 }), ["2024-03-15", "2024-05-15"]);
  assert.deepEqual(traded({ day: 16, months: 3 }), ["2024-01-16", "2024-04-16"]);
  assert.deepEqual(schedule({ from: 10, to: 9, day: 1, months: 1 }), []);
});

Deno.test("schedule() refuses a day that some month lacks, and no month", () => {
  assert.throws(() => schedule({ ...range, day: 29, months: 1 }), {
    name: "RangeError",
    message: "Cannot schedule rebalances as the day of the month must be in [1, 28]: got 29",
  });
  assert.throws(() => schedule({ ...range, day: 1, months: 0 }), {
    name: "RangeError",
    message:
      "Cannot schedule rebalances as the months between them must be a whole number >= 1: got 0",
  });
});
