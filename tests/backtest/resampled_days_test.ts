import assert from "node:assert/strict";
import { resampledDays } from "lib/backtest/resampled_days.ts";
import { randomStream } from "lib/core/random.ts";

const stream = (name: string) => randomStream(7, name);

Deno.test("resampledDays() draw blocks of the wanted mean length, each day as often", () => {
  const nDays = 100, nDraws = 400;
  const { rows } = resampledDays(nDays, { nDraws, meanBlockDays: 10, random: stream("blocks") });
  let seams = 0;
  const counts = new Int32Array(nDays);
  rows.forEach((row, at) => {
    counts[row] = counts[row]! + 1;
    if (at % nDays > 0 && row !== (rows[at - 1]! + 1) % nDays) ++seams;
  });
  // one day in ten begins a block, and one block in a hundred goes on by chance
  const expected = nDraws * (nDays - 1) * 0.1 * 0.99;
  assert.ok(Math.abs(seams - expected) < 4 * Math.sqrt(expected), `${seams} for ${expected}`);
  assert.ok(counts.every((count) => Math.abs(count - nDraws) < 400), String(counts));
});

Deno.test("resampledDays() are the same from the same seed, and independent days for blocks of one", () => {
  const options = { nDraws: 3, meanBlockDays: 4 };
  const one = resampledDays(20, { ...options, random: stream("a") });
  assert.deepEqual(resampledDays(20, { ...options, random: stream("a") }), one);
  assert.notDeepEqual(resampledDays(20, { ...options, random: stream("b") }).rows, one.rows);
  const single = resampledDays(1000, { nDraws: 1, meanBlockDays: 1, random: stream("c") }).rows;
  const followed = single.filter((row, i) => i > 0 && row === single[i - 1]! + 1).length;
  assert.ok(followed < 8);
});

Deno.test("resampledDays() begin each draw anew", () => {
  const { rows } = resampledDays(50, { nDraws: 20, meanBlockDays: 1e9, random: stream("e") });
  const starts = Array.from({ length: 20 }, (_, b) => rows[b * 50]!);
  assert.ok(new Set(starts).size > 10);
});

Deno.test("resampledDays() refuse no day, no draw and a block of less than a day", () => {
  const options = { nDraws: 1, meanBlockDays: 1, random: stream("d") };
  assert.throws(() => resampledDays(0, options), {
    name: "RangeError",
    message: "Cannot resample days as there must be at least one: got 0",
  });
  assert.throws(() => resampledDays(3, { ...options, nDraws: 0.5 }), {
    name: "RangeError",
    message: "Cannot resample days as nDraws must be a whole number >= 1: got 0.5",
  });
  assert.throws(() => resampledDays(3, { ...options, meanBlockDays: 0 }), {
    name: "RangeError",
    message: "Cannot resample days as meanBlockDays must be at least 1: got 0",
  });
});
