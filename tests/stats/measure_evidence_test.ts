import assert from "node:assert/strict";
import { dayRange, panel } from "lib/core/panel.ts";
import { randomStream } from "lib/core/random.ts";
import { circularShift } from "lib/stats/circular_shift.ts";
import { correlationMatrix } from "lib/stats/correlation_matrix.ts";
import { MEASURES } from "lib/stats/correlation_measure.ts";
import { measureEvidence } from "lib/stats/measure_evidence.ts";
import { nullPercentile } from "lib/core/null_percentile.ts";
import { movesOf } from "lib/stats/representation.ts";
// golden: scipy, statsmodels and numpy, made by tests/golden/stats/correlation_measure.py
import golden from "../golden/stats/correlation_measure.json" with { type: "json" };
import { madeLoadings, madePrices } from "./made_prices.ts";
import { panelOf } from "./random_panels.ts";

const PRICES = panelOf(golden.prices);
const { tick, minOverlap, tailMove, minTailDays } = golden;
const OPTIONS = { tick, minOverlap, tailMove, minTailDays, shifts: 5, seed: 11 };
const LOGIT = { unit: "logit", stepDays: 1, onlyTraded: false } as const;
const SPEARMAN = { kind: "spearman", representation: LOGIT } as const;
const close = (x: number, y: number) => Object.is(x, y) || Math.abs(x - y) < 1e-11;

Deno.test("measureEvidence() gives the means, percentiles and q-values of numpy and statsmodels", () => {
  for (const { kind, unit, stepDays, onlyTraded, ...want } of golden.measures) {
    const measure = MEASURES.find(({ kind: k, representation: r }) =>
      k === kind && r.unit === unit && r.stepDays === stepDays && r.onlyTraded === onlyTraded
    );
    assert.ok(measure);
    const found = measureEvidence(PRICES, measure, { ...OPTIONS, shifts: 1 });
    assert.equal(found.nPairs, want.nPairs, found.key);
    assert.ok(close(found.meanAbs, want.meanAbs), found.key);
    assert.ok(close(found.upper, want.upper), found.key);
    assert.ok(close(found.significantShare, want.significantShare ?? NaN), found.key);
    assert.equal(Number.isNaN(found.nullSignificantShare), kind === "hayashi_yoshida");
  }
});

Deno.test("measureEvidence() of shifted moves is computed as that of the moves", () => {
  const { nullMeanAbs, nullUpper } = measureEvidence(PRICES, SPEARMAN, OPTIONS);
  assert.deepEqual([nullMeanAbs.length, nullUpper.length], [5, 5]);
  const moves = movesOf(PRICES, LOGIT, { tick });
  for (let b = 0; b < OPTIONS.shifts; ++b) {
    const shifted = circularShift(moves, randomStream(OPTIONS.seed, `shift ${b}`));
    const { rho } = correlationMatrix(shifted, { kind: "spearman", minOverlap });
    const sizes = [...rho.values].filter((r) => !Number.isNaN(r)).map(Math.abs);
    const mean = sizes.reduce((sum, r) => sum + r, 0) / sizes.length;
    assert.ok(close(nullMeanAbs[b]!, mean), `shift ${b}`);
    // 99 % of 21 pairs are 20.79 of them
    assert.equal(nullUpper[b], Math.max(...sizes));
  }
});

Deno.test("measureEvidence() tells common factors from markets on their own", () => {
  const options = { ...OPTIONS, shifts: 19 };
  const common = madePrices({ nDays: 90, loadings: madeLoadings(15, 2, 1), seed: 1 });
  const linked = measureEvidence(common, SPEARMAN, options);
  assert.ok(linked.meanAbs > 1.5 * Math.max(...linked.nullMeanAbs));
  assert.ok(linked.upper > Math.max(...linked.nullUpper));
  assert.ok(linked.significantShare > 0.3 && linked.nullSignificantShare < 0.02);
  const percentiles = Array.from({ length: 12 }, (_, k) => {
    const alone = madePrices({ nDays: 90, loadings: new Array(15).fill([]), seed: k });
    const { meanAbs, nullMeanAbs } = measureEvidence(alone, SPEARMAN, options);
    return nullPercentile(meanAbs, nullMeanAbs);
  });
  // uniform under the null: a mean beyond 0.2 and 0.8 has a chance of 1 in 3000 over twelve
  const mean = percentiles.reduce((sum, p) => sum + p, 0) / percentiles.length;
  assert.ok(mean > 0.2 && mean < 0.8, `mean percentile ${mean}`);
});

Deno.test("measureEvidence() is the same for the same seed and for markets in another order", () => {
  const found = measureEvidence(PRICES, SPEARMAN, OPTIONS);
  assert.deepEqual(measureEvidence(PRICES, SPEARMAN, OPTIONS), found);
  const other = measureEvidence(PRICES, SPEARMAN, { ...OPTIONS, seed: 12 });
  assert.notDeepEqual(other.nullMeanAbs, found.nullMeanAbs);
  assert.equal(other.meanAbs, found.meanAbs);
  const turned = panelOf(golden.prices.map((row) => row.toReversed()));
  const reversed = measureEvidence(turned, SPEARMAN, OPTIONS);
  assert.ok(close(reversed.meanAbs, found.meanAbs) && close(reversed.upper, found.upper));
  assert.equal(reversed.significantShare, found.significantShare);
});

Deno.test("measureEvidence() is unknown without a known pair, and throws at none", () => {
  const empty = [
    panelOf([]),
    panelOf([[0.5], [0.6]]),
    panel(dayRange(0, 90), ["poly:a", "poly:b"], new Float64Array(180).fill(NaN)),
    panel(dayRange(0, 90), ["poly:a", "poly:b"], new Float64Array(180).fill(0.3)),
  ];
  for (const prices of empty) {
    for (const measure of MEASURES) {
      const found = measureEvidence(prices, measure, { ...OPTIONS, shifts: 2 });
      assert.equal(found.nPairs, 0);
      const { meanAbs, upper, significantShare, nullSignificantShare } = found;
      assert.deepEqual([meanAbs, upper, significantShare, nullSignificantShare], [
        NaN,
        NaN,
        NaN,
        NaN,
      ]);
      assert.deepEqual([...found.nullMeanAbs, ...found.nullUpper], [NaN, NaN, NaN, NaN]);
    }
  }
});

Deno.test("measureEvidence() calls a share unknown where no pair can have a p-value", () => {
  // six common weekly moves are worth 1.3 days, and a t statistic needs more than two
  const few = madePrices({ nDays: 13, loadings: madeLoadings(4, 1, 2), seed: 2 });
  const weekly = { kind: "spearman", representation: { ...LOGIT, stepDays: 7 } } as const;
  const found = measureEvidence(few, weekly, { ...OPTIONS, minOverlap: 5 });
  assert.equal(found.nPairs, 6);
  assert.ok(found.meanAbs > 0);
  assert.ok(Number.isNaN(found.significantShare) && Number.isNaN(found.nullSignificantShare));
});

Deno.test("measureEvidence() counts only shifts that know a pair", () => {
  // eight large moves each: on the same days they make eight days, turned apart up to sixteen
  const rows = Array.from({ length: 41 }, (_, i) => {
    const up = i % 5 === 1 ? 0.7 + 0.001 * i : 0.5;
    return [up, i % 5 === 1 ? 0.7 + 0.001 * (41 - i) : 0.5];
  });
  const tail = { kind: "tail", representation: { ...LOGIT, unit: "points" } } as const;
  const options = { ...OPTIONS, minTailDays: 20, shifts: 25 };
  const { nPairs, nullMeanAbs, nullSignificantShare } = measureEvidence(
    panelOf(rows),
    tail,
    options,
  );
  assert.equal(nPairs, 0);
  const nKnown = nullMeanAbs.filter((x) => !Number.isNaN(x)).length;
  assert.ok(nKnown > 0 && nKnown < 25, `${nKnown} of 25 shifts know the pair`);
  assert.ok(nullSignificantShare >= 0 && nullSignificantShare <= 1);
});

Deno.test("measureEvidence() of two identical markets is 1 and significant", () => {
  const twice = panelOf(golden.prices.map((row) => [row[0]!, row[0]!]));
  const found = measureEvidence(twice, SPEARMAN, OPTIONS);
  assert.ok(close(found.meanAbs, 1) && close(found.upper, 1));
  assert.equal(found.significantShare, 1);
  assert.ok(found.nullMeanAbs.every((r) => r < 0.5));
});

Deno.test("measureEvidence() refuses a number of shifts that gives no null", () => {
  assert.throws(() => measureEvidence(PRICES, SPEARMAN, { ...OPTIONS, shifts: 0 }), {
    name: "RangeError",
    message: "Cannot shift moves as shifts must be a whole number >= 1: got 0",
  });
});
