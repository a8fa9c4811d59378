import assert from "node:assert/strict";
import { dayRange, type Panel, panel } from "lib/core/panel.ts";
import { pairCount } from "lib/core/pair_matrix.ts";
import { randomStream } from "lib/core/random.ts";
import { circularShift } from "lib/stats/circular_shift.ts";
import { correlationMatrix } from "lib/stats/correlation_matrix.ts";
import { nullQuantiles } from "lib/core/null_percentile.ts";
import { persistence } from "lib/stats/persistence.ts";
import { persistenceInterval } from "lib/stats/persistence_interval.ts";
import { movesOf } from "lib/stats/representation.ts";
import { windowPersistence } from "lib/stats/window_persistence.ts";
import { madeLoadings, madePrices } from "./made_prices.ts";

const REPRESENTATION = { unit: "logit", stepDays: 2, onlyTraded: false } as const;
const OPTIONS = {
  representation: REPRESENTATION,
  tick: 0.001,
  minOverlap: 20,
  minNextOverlap: 15,
  shifts: 39,
  seed: 5,
};

/** Two windows of 14 markets; their loadings last or are drawn anew. */
function windows(seed: number, lasting: boolean): { now: Panel; next: Panel } {
  const loadings = madeLoadings(14, 2, seed);
  const after = lasting ? loadings : madeLoadings(14, 2, seed + 1000);
  return {
    now: madePrices({ nDays: 60, loadings, seed }),
    next: madePrices({ nDays: 45, loadings: after, seed: seed + 500 }),
  };
}

Deno.test("windowPersistence() finds planted factors that last, with an interval above the null", () => {
  for (const seed of [1, 2, 3]) {
    const found = windowPersistence({ ...OPTIONS, ...windows(seed, true) });
    assert.deepEqual([found.nItems, found.nPairs, found.percentile], [14, 91, 1]);
    assert.ok(found.ciLow > found.nullHigh, `${found.ciLow} against ${found.nullHigh}`);
    assert.ok(found.ciLow <= found.correlation && found.correlation <= found.ciHigh);
    assert.ok(found.strongestNext > 0.3);
    assert.deepEqual([found.key, found.representation], ["logit_2d", "2-day log-odds moves"]);
  }
});

Deno.test("windowPersistence() finds nothing in windows that do not know each other", () => {
  const found = Array.from(
    { length: 16 },
    (_, seed) => windowPersistence({ ...OPTIONS, shifts: 19, ...windows(seed, false) }),
  );
  // an interval beyond the null is rare, and the percentiles lean to neither side
  const above = found.filter(({ ciLow, nullHigh }) => ciLow > nullHigh).length;
  assert.ok(above <= 2, `${above} of 16`);
  const mean = found.reduce((sum, { percentile }) => sum + percentile, 0) / found.length;
  assert.ok(mean > 0.2 && mean < 0.8, `mean percentile ${mean}`);
  const correlation = found.reduce((sum, one) => sum + one.correlation, 0) / found.length;
  assert.ok(Math.abs(correlation) < 0.15, `mean correlation ${correlation}`);
});

Deno.test("windowPersistence() draws its null from the next moves, measured as they were", () => {
  const { now, next } = windows(4, true);
  const found = windowPersistence({ ...OPTIONS, now, next });
  const moves = movesOf(next, REPRESENTATION, { tick: 0.001 });
  const first = correlationMatrix(movesOf(now, REPRESENTATION, { tick: 0.001 }), {
    kind: "spearman",
    minOverlap: 20,
  }).rho;
  const after = (shifted: Panel) =>
    correlationMatrix(shifted, { kind: "spearman", minOverlap: 15 }).rho;
  const figures = persistence(first, after(moves));
  const nulls = Array.from({ length: 39 }, (_, b) => {
    const shifted = circularShift(moves, randomStream(5, `next ${b}`));
    return persistence(first, after(shifted)).correlation;
  });
  const { correlation } = persistenceInterval(first, after(moves), {
    random: randomStream(5, "markets"),
    replicates: 39,
    level: 0.95,
  });
  assert.deepEqual([found.nullLow, found.nullHigh], nullQuantiles(nulls, [0.05, 0.95]));
  assert.deepEqual([found.ciLow, found.ciHigh], [correlation.low, correlation.high]);
  assert.deepEqual(
    [found.correlation, found.strongestNext, found.meanAbsNext],
    [figures.correlation, figures.strongest.meanSignedNext, figures.meanAbsNext],
  );
});

Deno.test("windowPersistence() is the same for the same seed, and its null for that seed alone", () => {
  const trial = { ...OPTIONS, ...windows(6, true) };
  const found = windowPersistence(trial);
  assert.deepEqual(windowPersistence(trial), found);
  const other = windowPersistence({ ...trial, seed: 6 });
  assert.equal(other.correlation, found.correlation);
  assert.notDeepEqual([other.nullLow, other.ciLow], [found.nullLow, found.ciLow]);
});

Deno.test("windowPersistence() asks each window for its own common moves", () => {
  const { now, next } = windows(7, true);
  // 45 days give 43 two-day moves: enough with 43 asked, and with 44 no pair is left
  const both = windowPersistence({ ...OPTIONS, now, next, minOverlap: 58, minNextOverlap: 43 });
  assert.deepEqual([both.nItems, both.nPairs, both.percentile], [14, 91, 1]);
  const short = windowPersistence({ ...OPTIONS, now, next, minNextOverlap: 44 });
  assert.deepEqual([short.nItems, short.nPairs, short.correlation], [0, 0, NaN]);
  const early = windowPersistence({ ...OPTIONS, now, next, minOverlap: 59 });
  assert.deepEqual([early.nItems, early.nPairs, early.correlation], [0, 0, NaN]);
});

Deno.test("windowPersistence() says nothing of fewer than five markets known in both windows", () => {
  const { now, next } = windows(8, true);
  const first = (prices: Panel, n: number) =>
    panel(
      prices.days,
      prices.markets,
      prices.values.map((p, cell) => cell % prices.markets.length < n ? p : NaN),
    );
  const unknown = {
    key: "logit_2d",
    representation: "2-day log-odds moves",
    correlation: NaN,
    ciLow: NaN,
    ciHigh: NaN,
    nullLow: NaN,
    nullHigh: NaN,
    percentile: NaN,
    strongestNext: NaN,
    meanAbsNext: NaN,
  };
  for (const n of [0, 1, 2, 4]) {
    assert.deepEqual(windowPersistence({ ...OPTIONS, now, next: first(next, n) }), {
      ...unknown,
      nItems: n < 2 ? 0 : n,
      nPairs: pairCount(Math.max(n, 1)),
    });
  }
  const five = windowPersistence({ ...OPTIONS, now: first(now, 5), next });
  assert.deepEqual([five.nItems, five.nPairs], [5, 10]);
  assert.ok(five.percentile >= 0 && five.percentile <= 1);
  const none = panel(dayRange(0, 40), [], new Float64Array());
  assert.deepEqual(windowPersistence({ ...OPTIONS, now: none, next: none }), {
    ...unknown,
    nItems: 0,
    nPairs: 0,
  });
});

Deno.test("windowPersistence() says nothing of constant or identical markets", () => {
  const markets = Array.from({ length: 6 }, (_, j) => `poly:${j}`);
  const constant = panel(dayRange(0, 40), markets, new Float64Array(240).fill(0.4));
  assert.deepEqual(
    windowPersistence({ ...OPTIONS, now: constant, next: constant }).nItems,
    0,
  );
  const one = madePrices({ nDays: 40, loadings: [[]], seed: 1 });
  const same = panel(
    one.days,
    markets,
    Float64Array.from({ length: 240 }, (_, cell) => one.values[Math.floor(cell / 6)]!),
  );
  const found = windowPersistence({ ...OPTIONS, now: same, next: same });
  // every pair has a correlation of 1 in both windows, so none is stronger than another
  assert.deepEqual(
    [found.nItems, found.correlation, found.percentile, found.meanAbsNext],
    [6, NaN, NaN, 1],
  );
});

Deno.test("windowPersistence() refuses windows of other markets and a null without draws", () => {
  const { now, next } = windows(9, true);
  const other = { ...next, markets: next.markets.with(3, "poly:other") };
  assert.throws(() => windowPersistence({ ...OPTIONS, now, next: other }), {
    name: "TypeError",
    message:
      'Cannot compare two windows as both must list the same items in the same order: got "poly:3" and "poly:other" at 3',
  });
  for (const shifts of [0, 1.5, NaN]) {
    assert.throws(() => windowPersistence({ ...OPTIONS, now, next, shifts }), {
      name: "RangeError",
      message: `Cannot judge persistence as shifts must be a whole number >= 1: got ${shifts}`,
    });
  }
});
