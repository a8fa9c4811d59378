import assert from "node:assert/strict";
import { parseDay } from "lib/core/day.ts";
import { sessions } from "lib/core/sessions.ts";
// golden: Python's zoneinfo, made by tests/golden/core/sessions.py
import golden from "../golden/core/sessions.json" with { type: "json" };

const FIRST = parseDay("2024-01-01");

Deno.test("sessions() matches Python's zoneinfo through daylight saving", () => {
  for (const [zone, close, day, minute] of golden as [string, string, string, number][]) {
    const at = sessions({ zone, close, days: "weekdays", holidays: [] }, {
      from: FIRST,
      to: parseDay("2026-03-01"),
    });
    assert.equal(at.minute[at.day.indexOf(parseDay(day))], minute, `${zone} ${day}`);
  }
});

Deno.test("sessions() rests on weekends and holidays, and where days are all, on holidays alone", () => {
  const range = { from: FIRST, to: FIRST + 7 };
  const calendar = { zone: "UTC", close: "24:00", holidays: [FIRST] };
  assert.deepEqual(
    [...sessions({ ...calendar, days: "weekdays" }, range).day],
    [1, 2, 3, 4].map((i) => FIRST + i),
  );
  const all = sessions({ ...calendar, days: "all" }, range);
  assert.deepEqual([...all.day], [1, 2, 3, 4, 5, 6].map((i) => FIRST + i));
  assert.ok(all.minute.every((minute) => minute === 1440));
});

Deno.test("sessions() of no days are none", () => {
  const calendar = { zone: "Asia/Tokyo", close: "15:00", days: "all", holidays: [] } as const;
  assert.equal(sessions(calendar, { from: FIRST, to: FIRST }).day.length, 0);
});

Deno.test("sessions() refuses a close that falls on another UTC day", () => {
  assert.throws(
    () =>
      sessions({ zone: "Asia/Tokyo", close: "08:00", days: "all", holidays: [] }, {
        from: FIRST,
        to: FIRST + 1,
      }),
    {
      name: "RangeError",
      message:
        'Cannot place the close "08:00" of Asia/Tokyo as it must fall on its own UTC day: got minute -60',
    },
  );
});
