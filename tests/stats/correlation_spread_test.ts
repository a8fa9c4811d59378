import assert from "node:assert/strict";
import fc from "fast-check";
import { dayRange, type Panel, panel } from "lib/core/panel.ts";
import { randomStream } from "lib/core/random.ts";
import { measuredCorrelation, MEASURES } from "lib/stats/correlation_measure.ts";
import { correlationSpread } from "lib/stats/correlation_spread.ts";
import { nullQuantiles } from "lib/core/null_percentile.ts";
// golden: numpy's histogram, made by tests/golden/stats/correlation_measure.py
import golden from "../golden/stats/correlation_measure.json" with { type: "json" };
import { panelOf } from "./random_panels.ts";

const PRICES = panelOf(golden.prices);
const { tick, minOverlap, tailMove, minTailDays } = golden;
const OPTIONS = { tick, minOverlap, tailMove, minTailDays, shifts: 7, seed: 11, tail: 0.3 };
const POINTS = { unit: "points", stepDays: 1, onlyTraded: false } as const;
const SPEARMAN = { kind: "spearman", representation: POINTS } as const;

Deno.test("correlationSpread() counts as numpy does, by every measure", () => {
  for (const { kind, unit, stepDays, onlyTraded, ...want } of golden.measures) {
    const measure = MEASURES.find(({ kind: k, representation: r }) =>
      k === kind && r.unit === unit && r.stepDays === stepDays && r.onlyTraded === onlyTraded
    );
    assert.ok(measure);
    const found = correlationSpread(PRICES, measure, { ...OPTIONS, shifts: 1 });
    assert.deepEqual([...found.count], want.histogram);
    assert.deepEqual([found.nPairs, found.nTail], [want.nPairs, want.nStrong]);
  }
});

Deno.test("correlationSpread() has forty bins of 0.05 with the nearest doubles as edges", () => {
  const { edges, count, what, tail } = correlationSpread(PRICES, SPEARMAN, OPTIONS);
  assert.deepEqual([edges.length, count.length, edges[0], edges[40]], [41, 40, -1, 1]);
  edges.forEach((edge, k) => assert.equal(edge, Number((-1 + 0.05 * k).toFixed(2)) + 0));
  assert.deepEqual([what, tail], ["1-day point changes", 0.3]);
});

Deno.test("correlationSpread() bands are quantiles over shifts counted as the pairs are", () => {
  const found = correlationSpread(PRICES, SPEARMAN, OPTIONS);
  const shifts = Array.from({ length: OPTIONS.shifts }, (_, b) => {
    const shift = randomStream(OPTIONS.seed, `shift ${b}`);
    return [...measuredCorrelation(PRICES, SPEARMAN, { ...OPTIONS, shift }).rho.values];
  });
  assert.deepEqual(
    [...found.nullTail],
    shifts.map((rho) => rho.filter((r) => Math.abs(r) >= 0.3).length),
  );
  for (let bin = 0; bin < 40; ++bin) {
    const low = found.edges[bin]!, high = found.edges[bin + 1]!;
    const counts = shifts.map((rho) =>
      rho.filter((r) => r >= low && (r < high || bin === 39 && r === 1)).length
    );
    assert.deepEqual(
      [found.nullLow[bin], found.nullMid[bin], found.nullHigh[bin]],
      nullQuantiles(counts, [0.05, 0.5, 0.95]),
      `bin ${bin}`,
    );
  }
});

/** Prices whose one-day changes are the given moves over 64, which doubles hold exactly. */
function pricesOf(moves: readonly (readonly number[])[]): Panel {
  const level = new Float64Array(moves[0]!.length).fill(0.5);
  return panelOf([
    [...level],
    ...moves.map((row) => row.map((move, j) => level[j] = level[j]! + move / 64)),
  ]);
}

function assertBins(prices: Panel, kind: "spearman" | "pearson"): void {
  const options = { ...OPTIONS, minOverlap: 4, shifts: 1 },
    measure = { kind, representation: POINTS };
  const { edges, count } = correlationSpread(prices, measure, options);
  const wanted = new Float64Array(40);
  for (const r of measuredCorrelation(prices, measure, options).rho.values) {
    if (Number.isNaN(r)) continue;
    const bin = edges.findLastIndex((edge, k) => edge <= r && k < 40);
    wanted[bin] = wanted[bin]! + 1;
  }
  assert.deepEqual(count, wanted);
}

Deno.test("correlationSpread() puts a correlation on an edge into the bin that begins there", () => {
  // without ties five moves have rank correlations that are multiples of 0.1
  const order = fc.shuffledSubarray([-2, -1, 0, 1, 2], { minLength: 5 });
  fc.assert(
    fc.property(fc.array(order, { minLength: 2, maxLength: 9 }), (orders) => {
      const days = [0, 1, 2, 3, 4].map((i) => orders.map((one) => one[i]!));
      assertBins(pricesOf(days), "spearman");
    }),
    { seed: 7, numRuns: 200 },
  );
  // Pearson's rounds to the double below a half, which is still in the bin below
  const below = pricesOf([[-2, -2], [2, 2], [-1, 2], [-2, 2], [0, 2], [1, 2]]);
  const pearson = { kind: "pearson", representation: POINTS } as const;
  const { rho } = measuredCorrelation(below, pearson, { ...OPTIONS, minOverlap: 4 });
  assert.ok(rho.values[0]! < 0.5 && rho.values[0]! > 0.5 - 1e-15);
  assertBins(below, "pearson");
});

Deno.test("correlationSpread() counts a correlation of exactly the tail as strong", () => {
  const prices = pricesOf([[1, 1], [-2, -2], [0, 0], [2, 2]]);
  const options = { ...OPTIONS, minOverlap: 4, shifts: 1, tail: 1 };
  assert.equal(correlationSpread(prices, SPEARMAN, options).nTail, 1);
});

Deno.test("correlationSpread() of two identical markets and a complement fills the ends", () => {
  const rows = golden.prices.map(([p]) => [p!, p!, p === null ? null : 1 - p!]);
  const pearson = { kind: "pearson", representation: POINTS } as const;
  const { count, nTail, nPairs } = correlationSpread(panelOf(rows), pearson, {
    ...OPTIONS,
    tail: 0.999,
  });
  assert.deepEqual([count[0], count[39], nTail, nPairs], [2, 1, 3, 3]);
});

Deno.test("correlationSpread() is the same for the same seed", () => {
  const found = correlationSpread(PRICES, SPEARMAN, OPTIONS);
  assert.deepEqual(correlationSpread(PRICES, SPEARMAN, OPTIONS), found);
  const other = correlationSpread(PRICES, SPEARMAN, { ...OPTIONS, seed: 12 });
  assert.deepEqual(other.count, found.count);
  assert.notDeepEqual(other.nullMid, found.nullMid);
});

Deno.test("correlationSpread() has empty bins without a known pair", () => {
  const empty = [
    panelOf([]),
    panelOf([[0.5], [0.6]]),
    panel(dayRange(0, 90), ["poly:a", "poly:b"], new Float64Array(180).fill(NaN)),
    panel(dayRange(0, 90), ["poly:a", "poly:b"], new Float64Array(180).fill(0.3)),
  ];
  for (const prices of empty) {
    const found = correlationSpread(prices, SPEARMAN, OPTIONS);
    assert.deepEqual([found.nPairs, found.nTail, found.nullTail], [0, 0, new Float64Array(7)]);
    for (const each of [found.count, found.nullLow, found.nullMid, found.nullHigh]) {
      assert.deepEqual(each, new Float64Array(40));
    }
  }
});

Deno.test("correlationSpread() refuses a tail or shifts that count nothing", () => {
  for (const tail of [-0.1, 1.5, NaN]) {
    assert.throws(() => correlationSpread(PRICES, SPEARMAN, { ...OPTIONS, tail }), {
      name: "RangeError",
      message: `Cannot count strong pairs as tail must be in [0, 1]: got ${tail}`,
    });
  }
  assert.throws(() => correlationSpread(PRICES, SPEARMAN, { ...OPTIONS, shifts: 0 }), {
    name: "RangeError",
    message: "Cannot shift moves as shifts must be a whole number >= 1: got 0",
  });
});
