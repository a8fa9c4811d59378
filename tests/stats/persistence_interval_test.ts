import assert from "node:assert/strict";
import { pairCount, pairMatrix, selectPairs } from "lib/core/pair_matrix.ts";
import { dayRange, panel } from "lib/core/panel.ts";
import { normalDraws, randomStream, shuffled } from "lib/core/random.ts";
import { pairCorrelation } from "lib/stats/pair_correlation.ts";
import { persistence } from "lib/stats/persistence.ts";
import { persistenceInterval } from "lib/stats/persistence_interval.ts";

const names = (n: number) => Array.from({ length: n }, (_, i) => `m${i}`);

/** Correlations within each of two windows of series that load on two lasting factors. */
function twoWindows(n: number, { seed, loading }: { seed: number; loading: number }) {
  const normal = normalDraws(randomStream(seed, "windows")), nDays = 60;
  const loadings = Array.from({ length: 2 * n }, () => loading * normal());
  const correlations = () => {
    const values = new Float64Array(n * nDays);
    for (let t = 0; t < nDays; ++t) {
      const first = normal(), second = normal();
      for (let i = 0; i < n; ++i) {
        values[t * n + i] = normal() + loadings[i]! * first + loadings[n + i]! * second;
      }
    }
    const moves = panel(dayRange(0, nDays), names(n), values);
    return pairMatrix(names(n), pairCorrelation(moves, { kind: "pearson", minOverlap: 3 }).rho);
  };
  return { now: correlations(), next: correlations() };
}

Deno.test("persistenceInterval() holds the figures and is the same for the same seed", () => {
  const { now, next } = twoWindows(40, { seed: 1, loading: 0.7 });
  const groups = Int32Array.from({ length: 40 }, (_, i) => i % 3);
  const draw = (seed: number) =>
    persistenceInterval(now, next, { groups, random: randomStream(seed, "boot") });
  const found = draw(1), figures = persistence(now, next, { groups });
  assert.deepEqual(draw(1), found);
  assert.notDeepEqual(draw(2), found);
  for (
    const [value, { low, high }] of [
      [figures.correlation, found.correlation],
      [figures.cosine, found.cosine],
      [figures.meanAbsNext, found.meanAbsNext],
      [figures.strongest.meanSignedNext, found.strongest],
      [figures.sameGroup, found.sameGroup],
      [figures.otherGroup, found.otherGroup],
      [figures.sameGroup - figures.otherGroup, found.groupGap],
    ] as const
  ) assert.ok(low < value && value < high, `${value} in [${low}, ${high}]`);
});

Deno.test("persistenceInterval() cuts half of what its level leaves out at each end", () => {
  const { now, next } = twoWindows(20, { seed: 8, loading: 0.7 });
  const random = randomStream(9, "boot");
  const draws = Array.from(
    { length: 21 },
    () => persistenceInterval(now, next, { random, replicates: 1 }).cosine.low,
  ).sort((a, b) => a - b);
  const { low, high } = persistenceInterval(now, next, {
    random: randomStream(9, "boot"),
    replicates: 21,
    level: 0.5,
  }).cosine;
  assert.deepEqual([low, high], [draws[5], draws[15]]);
});

Deno.test("persistenceInterval() is wider than if pairs were independent", () => {
  const { now, next } = twoWindows(50, { seed: 2, loading: 0.8 });
  const { correlation } = persistence(now, next);
  const { low, high } = persistenceInterval(now, next, { random: randomStream(3, "boot") })
    .correlation;
  const naive = 2 * 1.645 * (1 - correlation ** 2) / Math.sqrt(pairCount(50));
  assert.ok(high - low > 1.5 * naive, `${high - low} against ${naive}`);
});

Deno.test("persistenceInterval() widens with the level and narrows with the items", () => {
  const width = (n: number, level: number) => {
    const { now, next } = twoWindows(n, { seed: 4, loading: 0.7 });
    const { low, high } =
      persistenceInterval(now, next, { random: randomStream(5, "boot"), level }).cosine;
    return high - low;
  };
  assert.ok(width(40, 0.5) < width(40, 0.9));
  assert.ok(width(120, 0.9) < 0.8 * width(30, 0.9));
});

Deno.test("persistenceInterval() holds the figure of all markets on the same days", () => {
  const whole = twoWindows(400, { seed: 6, loading: 0.7 });
  const truth = persistence(whole.now, whole.next).cosine;
  let held = 0;
  const count = 60, random = randomStream(7, "samples");
  for (let k = 0; k < count; ++k) {
    const sample = shuffled(whole.now.ids.map((_, i) => i), random).slice(0, 40);
    const { low, high } = persistenceInterval(
      selectPairs(whole.now, sample),
      selectPairs(whole.next, sample),
      { random: randomStream(k, "boot"), level: 0.9 },
    ).cosine;
    if (low <= truth && truth <= high) ++held;
  }
  assert.ok(held >= 48 && held <= 59, `${held} of ${count}`);
});

Deno.test("persistenceInterval() does not cover other days, as documented", () => {
  const whole = twoWindows(400, { seed: 6, loading: 0.7 });
  const truth = persistence(whole.now, whole.next).cosine;
  let held = 0;
  const count = 60;
  for (let k = 0; k < count; ++k) {
    const { now, next } = twoWindows(40, { seed: 100 + k, loading: 0.7 });
    const { low, high } =
      persistenceInterval(now, next, { random: randomStream(k, "boot"), level: 0.9 }).cosine;
    if (low <= truth && truth <= high) ++held;
  }
  assert.ok(held < 45, `${held} of ${count}`);
});

Deno.test("persistenceInterval() says nothing of no pairs", () => {
  for (const n of [0, 1, 3]) {
    const found = persistenceInterval(pairMatrix(names(n)), pairMatrix(names(n)), {
      random: randomStream(1, "boot"),
    });
    for (const { low, high } of Object.values(found)) {
      assert.ok(Number.isNaN(low) && Number.isNaN(high));
    }
  }
});

Deno.test("persistenceInterval() refuses no replicates and no level", () => {
  const two = pairMatrix(names(2), Float64Array.of(0.5)), random = randomStream(1, "boot");
  assert.throws(() => persistenceInterval(two, two, { random, replicates: 0 }), {
    name: "RangeError",
    message: "Cannot bootstrap persistence as replicates must be a whole number >= 1: got 0",
  });
  assert.throws(() => persistenceInterval(two, two, { random, level: 1 }), {
    name: "RangeError",
    message: "Cannot bootstrap persistence as level must be in (0, 1): got 1",
  });
});
