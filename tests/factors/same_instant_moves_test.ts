import assert from "node:assert/strict";
import { dayEndMs, parseDay } from "lib/core/day.ts";
import { sessions } from "lib/core/sessions.ts";
import { closeInstants, sameInstantMoves } from "lib/factors/same_instant_moves.ts";

const numbers = (...values: number[]) => Float64Array.from(values);

Deno.test("closeInstants() are 21:00 UTC in New York's winter and 20:00 in its summer", () => {
  const closes = sessions(
    { zone: "America/New_York", close: "16:00", days: "weekdays", holidays: [] },
    { from: parseDay("2024-03-08"), to: parseDay("2024-03-12") },
  );
  assert.deepEqual(
    [...closeInstants(closes)].map((at) => new Date(at).toISOString()),
    ["2024-03-08T21:00:00.000Z", "2024-03-11T20:00:00.000Z"],
  );
});

Deno.test("closeInstants() at 24:00 are the end of the day", () => {
  const [at] = closeInstants({ day: Int32Array.of(7), minute: Int32Array.of(1440) });
  assert.equal(at, dayEndMs(7));
});

Deno.test("sameInstantMoves() takes the last value at or before each close", () => {
  const observations = { atMs: numbers(10, 20, 30, 31, 55), value: numbers(1, 2, 4, 8, 16) };
  const { value, move } = sameInstantMoves(observations, numbers(20, 32, 60), { maxAgeMs: 5 });
  assert.deepEqual([...value], [2, 8, 16]);
  assert.deepEqual([...move], [NaN, 6, 8]);
});

Deno.test("sameInstantMoves() leaves a close without a fresh or known value unknown, with both its moves", () => {
  const observations = { atMs: numbers(10, 20, 40, 50), value: numbers(1, NaN, 4, 5) };
  const { value, move } = sameInstantMoves(observations, numbers(5, 10, 20, 30, 40, 50), {
    maxAgeMs: 9,
  });
  assert.deepEqual([...value], [NaN, 1, NaN, NaN, 4, 5]);
  assert.deepEqual([...move], [NaN, NaN, NaN, NaN, NaN, 1]);
});

Deno.test("sameInstantMoves() compounds everything between two closes", () => {
  const observations = { atMs: numbers(1, 2, 3, 4), value: numbers(0, 5, -2, 9) };
  assert.equal(sameInstantMoves(observations, numbers(1, 4), { maxAgeMs: 0 }).move[1], 9);
});

Deno.test("sameInstantMoves() up to a close is the same whatever is seen after it", () => {
  const atMs = Float64Array.from({ length: 40 }, (_, i) => 10 * i + i % 3);
  const value = atMs.map((at) => Math.sin(at)), closes = numbers(50, 100, 180, 260, 390);
  const whole = sameInstantMoves({ atMs, value }, closes, { maxAgeMs: 20 });
  closes.forEach((close, s) => {
    const poisoned = value.map((x, i) => atMs[i]! <= close ? x : 1e9);
    const got = sameInstantMoves({ atMs, value: poisoned }, closes, { maxAgeMs: 20 });
    assert.deepEqual(got.move.slice(0, s + 1), whole.move.slice(0, s + 1));
  });
});

Deno.test("sameInstantMoves() of nothing is nothing", () => {
  const none = { atMs: numbers(), value: numbers() };
  assert.deepEqual([...sameInstantMoves(none, numbers(1, 2), { maxAgeMs: 9 }).value], [NaN, NaN]);
  assert.equal(sameInstantMoves(none, numbers(), { maxAgeMs: 9 }).move.length, 0);
});

Deno.test("sameInstantMoves() refuses an age that cannot be and instants out of order", () => {
  const observations = { atMs: numbers(2, 1), value: numbers(0, 0) };
  const refuse = (call: () => unknown, message: string) =>
    assert.throws(call, { name: "RangeError", message });
  refuse(
    () => sameInstantMoves(observations, numbers(), { maxAgeMs: NaN }),
    "Cannot read values at closes as maxAgeMs must be >= 0: got NaN",
  );
  refuse(
    () => sameInstantMoves(observations, numbers(), { maxAgeMs: 0 }),
    "Cannot read values at closes as the instants of the observations must increase: got 1 after 2",
  );
  refuse(
    () => sameInstantMoves({ atMs: numbers(), value: numbers() }, numbers(3, 3), { maxAgeMs: 0 }),
    "Cannot read values at closes as the instants of the closes must increase: got 3 after 3",
  );
});
