import assert from "node:assert/strict";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { maxStatisticPValues } from "lib/stats/max_statistic.ts";

Deno.test("maxStatisticPValues() compares each statistic with the largest of every draw", () => {
  const nulls = [Float64Array.of(-1, 0, 1), Float64Array.of(1, 0, -1)];
  // with themselves they stand at 1.16 and 0.44; the largest of the draws at 1.02, −0.15 and 0.39
  assert.deepEqual([...maxStatisticPValues([2, 0.5], nulls)], [1 / 4, 2 / 4]);
  assert.deepEqual([...maxStatisticPValues([-5, 1], nulls)], [1, 3 / 4]);
});

Deno.test("maxStatisticPValues() of copies of one method adjusts for one", () => {
  const normal = normalDraws(randomStream(7, "copies"));
  const draws = Float64Array.from({ length: 199 }, normal);
  const alone = maxStatisticPValues([1.7], [draws])[0];
  assert.deepEqual([...maxStatisticPValues([1.7, 1.7], [draws, draws])], [alone, alone]);
});

Deno.test("maxStatisticPValues() of noise is below 5 % in one family of twenty", () => {
  const normal = normalDraws(randomStream(7, "level"));
  let nRejected = 0;
  for (let family = 0; family < 400; ++family) {
    const nulls = Array.from({ length: 12 }, () => Float64Array.from({ length: 99 }, normal));
    const observed = Float64Array.from({ length: 12 }, normal);
    if (maxStatisticPValues(observed, nulls).some((p) => p <= 0.05)) ++nRejected;
  }
  // 400 families at 5 %: 20 with a deviation of 4.4
  assert.ok(nRejected >= 8 && nRejected <= 33, `${nRejected} of 400`);
});

Deno.test("maxStatisticPValues() leaves out what was not measured or cannot vary", () => {
  const nulls = [Float64Array.of(-1, 0, 1), Float64Array.of(NaN, NaN, NaN), new Float64Array(3)];
  assert.deepEqual([...maxStatisticPValues([2, 3, 0], nulls)], [1 / 4, NaN, NaN]);
  // one draw that was not measured reaches nothing
  assert.deepEqual([...maxStatisticPValues([2], [Float64Array.of(3, NaN, 1)])], [2 / 4]);
  assert.throws(() => maxStatisticPValues([1], []), {
    name: "RangeError",
    message: "Cannot adjust p-values as each of 1 statistics must have 0 null draws: got ",
  });
});
