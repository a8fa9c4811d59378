import assert from "node:assert/strict";
import { dayRange, panel } from "lib/core/panel.ts";
import { randomStream } from "lib/core/random.ts";
import { resampledBlocks } from "lib/stats/block_bootstrap.ts";

/** Ten days of three markets whose value tells day and market. */
const MOVES = panel(
  dayRange(100, 110),
  ["a", "b", "c"],
  Float64Array.from({ length: 30 }, (_, cell) => cell === 4 ? NaN : cell),
);

Deno.test("resampledBlocks() moves whole days in runs of the block's length", () => {
  const drawn = resampledBlocks(MOVES, { blockDays: 4, random: randomStream(7, "blocks") });
  assert.deepEqual(drawn.days, MOVES.days);
  const source = Array.from({ length: 10 }, (_, i) => drawn.values[3 * i]! / 3);
  for (let i = 0; i < 10; ++i) {
    const cells = [...drawn.values.subarray(3 * i, 3 * i + 3)];
    assert.deepEqual(cells, [...MOVES.values.subarray(3 * source[i]!, 3 * source[i]! + 3)]);
    if (i % 4 > 0) assert.equal(source[i], (source[i - 1]! + 1) % 10);
  }
});

Deno.test("resampledBlocks() draws every day equally often", () => {
  const counts = new Float64Array(10);
  const random = randomStream(7, "even");
  for (let b = 0; b < 3000; ++b) {
    const { values } = resampledBlocks(MOVES, { blockDays: 3, random });
    for (let i = 0; i < 10; ++i) {
      const day = values[3 * i]! / 3;
      counts[day] = counts[day]! + 1;
    }
  }
  assert.ok(counts.every((count) => Math.abs(count / 3000 - 1) < 0.1), counts.join(" "));
});

Deno.test("resampledBlocks() refuses a block of no day, and returns nothing for nothing", () => {
  const random = randomStream(7, "none");
  assert.throws(() => resampledBlocks(MOVES, { blockDays: 0, random }), {
    name: "RangeError",
    message: "Cannot resample days as blockDays must be a whole number >= 1: got 0",
  });
  const nothing = panel(new Int32Array(0), [], new Float64Array(0));
  assert.equal(resampledBlocks(nothing, { blockDays: 3, random }).values.length, 0);
});
