import assert from "node:assert/strict";
import { dayRange, type Panel, panel } from "lib/core/panel.ts";
import { pairAt } from "lib/core/pair_matrix.ts";
import { randomStream } from "lib/core/random.ts";
import { circularShift } from "lib/stats/circular_shift.ts";
import { correlationMatrix } from "lib/stats/correlation_matrix.ts";
import {
  type CorrelationMeasure,
  measuredCorrelation,
  measureKey,
  measureName,
  MEASURES,
  overShifts,
} from "lib/stats/correlation_measure.ts";
import { hayashiYoshida } from "lib/stats/hayashi_yoshida.ts";
import { movesOf } from "lib/stats/representation.ts";
import { tailCorrelation } from "lib/stats/tail_correlation.ts";
// golden: pandas and numpy, made by tests/golden/stats/correlation_measure.py
import golden from "../golden/stats/correlation_measure.json" with { type: "json" };
import { panelOf } from "./random_panels.ts";

const PRICES = panelOf(golden.prices);
const { tick, minOverlap, tailMove, minTailDays } = golden;
const OPTIONS = { tick, minOverlap, tailMove, minTailDays };
const POINTS = { unit: "points", stepDays: 1, onlyTraded: false } as const;
const LOGIT = { unit: "logit", stepDays: 1, onlyTraded: false } as const;

const measureOf = (key: string): CorrelationMeasure => {
  const found = MEASURES.find((one) => measureKey(one) === key);
  assert.ok(found, `no measure ${key}`);
  return found;
};

Deno.test("measuredCorrelation() gives what pandas and the definitions give, by every measure", () => {
  const keys = new Set<string>();
  for (const { kind, unit, stepDays, onlyTraded, rho, nDays } of golden.measures) {
    const measure = measureOf(`${kind}_${unit}_${stepDays}d${onlyTraded ? "_traded" : ""}`);
    keys.add(measureKey(measure));
    const found = measuredCorrelation(PRICES, measure, OPTIONS);
    assert.deepEqual([...found.nDays], nDays, measureKey(measure));
    assert.deepEqual(found.rho.ids, PRICES.markets);
    rho.forEach((want, at) => {
      const got = found.rho.values[at]!;
      if (want === null) assert.ok(Number.isNaN(got), `${measureKey(measure)} ${at}: got ${got}`);
      else assert.ok(Math.abs(got - want) < 1e-11, `${measureKey(measure)} ${at}: ${got}, ${want}`);
    });
  }
  assert.equal(keys.size, MEASURES.length, "the golden file must hold every measure");
});

Deno.test("measuredCorrelation() with a shift is the same function of the shifted moves", () => {
  for (const measure of MEASURES) {
    const { kind, representation } = measure;
    const found = measuredCorrelation(PRICES, measure, { ...OPTIONS, shift: randomStream(3, "s") });
    const moves = circularShift(movesOf(PRICES, representation, { tick }), randomStream(3, "s"));
    if (kind === "spearman" || kind === "pearson") {
      const { rho, overlap } = correlationMatrix(moves, { kind, minOverlap });
      assert.deepEqual(found, { rho, nDays: overlap });
    } else if (kind === "tail") {
      const { rho, days } = tailCorrelation(moves, {
        minMove: tailMove,
        minDays: minTailDays,
        kind: "spearman",
      });
      assert.deepEqual(found, { rho, nDays: days });
    } else {
      const { rho, overlap } = hayashiYoshida(addedUp(moves), { minOverlap: 10 });
      assert.deepEqual([...found.nDays], [...overlap]);
      found.rho.values.forEach((r, at) => {
        const want = rho.values[at]!;
        assert.ok(Object.is(r, want) || Math.abs(r - want) < 1e-12, `${at}: ${r}, ${want}`);
      });
    }
    const plain = measuredCorrelation(PRICES, measure, OPTIONS);
    assert.notDeepEqual(found.rho.values, plain.rho.values, measureKey(measure));
  }
});

/** Running sums of the known moves, on the days that have a price. */
function addedUp(moves: Panel): Panel {
  const n = moves.markets.length, values = moves.values.slice();
  for (let j = 0; j < n; ++j) {
    let sum = 0;
    for (let i = 0; i < moves.days.length; ++i) {
      const move = moves.values[i * n + j]!;
      sum += Number.isNaN(move) ? 0 : move;
      values[i * n + j] = Number.isNaN(PRICES.values[i * n + j]!) ? NaN : sum;
    }
  }
  return { ...moves, values };
}

Deno.test("measuredCorrelation() shifts leave each market its days, so common days stay", () => {
  for (const measure of MEASURES) {
    if (measure.kind === "tail" || measure.kind === "hayashi_yoshida") continue;
    const shift = randomStream(1, "days");
    assert.deepEqual(
      measuredCorrelation(PRICES, measure, { ...OPTIONS, shift }).nDays,
      measuredCorrelation(PRICES, measure, OPTIONS).nDays,
    );
  }
});

Deno.test("measuredCorrelation() by hayashi_yoshida loses the jump over an unknown price", () => {
  // moves of a: 1, then none on either side of the hole, then 1, 1, −1 ticks; b never stands still
  const p = (x: number) => 1 / (1 + Math.exp(-x));
  const rows = [[0, 0], [1, 1], [null, 2], [9, 1], [10, 2], [11, 1], [10, 0]]
    .map((row) => row.map((x) => x === null ? null : p(x)));
  const { rho, nDays } = measuredCorrelation(
    panelOf(rows),
    { kind: "hayashi_yoshida", representation: LOGIT },
    { ...OPTIONS, tick: 1e-6, minOverlap: 3 },
  );
  // a: 0 1 · 1 2 3 2 moves +1 on day 1, +1 over (1, 4], +1 on 5, −1 on 6
  // b: 0 1 2 1 2 1 0; products 1, 1 − 1 + 1, −1, 1; squares 4 and 6
  assert.equal(nDays[0], 4);
  assert.ok(Math.abs(rho.values[0]! - 2 / Math.sqrt(24)) < 1e-9, `${rho.values[0]}`);
});

Deno.test("measuredCorrelation() turned to the other side of a market turns its sign and no more", () => {
  const n = PRICES.markets.length;
  const turned = panel(PRICES.days, PRICES.markets, PRICES.values.map((p, c) => c % n ? p : 1 - p));
  for (const measure of MEASURES) {
    // 1 − p rounds, which makes or breaks ties and large moves of points but not their products
    if (measure.kind === "spearman" || measure.kind === "tail") continue;
    const plain = measuredCorrelation(PRICES, measure, OPTIONS).rho;
    const other = measuredCorrelation(turned, measure, OPTIONS).rho;
    for (let i = 0; i < n; ++i) {
      for (let j = i + 1; j < n; ++j) {
        const want = (i === 0 ? -1 : 1) * pairAt(plain, i, j), got = pairAt(other, i, j);
        assert.ok(Object.is(got, want) || Math.abs(got - want) < 1e-9, measureKey(measure));
      }
    }
  }
});

Deno.test("measuredCorrelation() of two identical markets is 1 by every measure", () => {
  const n = PRICES.markets.length;
  const twice = panel(
    PRICES.days,
    ["poly:a", "poly:b"],
    Float64Array.from({ length: 2 * PRICES.days.length }, (_, c) => PRICES.values[(c >> 1) * n]!),
  );
  for (const measure of MEASURES) {
    const { rho } = measuredCorrelation(twice, measure, OPTIONS);
    assert.ok(Math.abs(rho.values[0]! - 1) < 1e-12, measureKey(measure));
  }
});

Deno.test("measuredCorrelation() knows nothing of none, one, unknown or constant markets", () => {
  for (const measure of MEASURES) {
    for (const shift of [undefined, randomStream(1, "degenerate")]) {
      for (const rows of [[], [[]], [[0.5], [0.6], [0.5]]]) {
        const { rho, nDays } = measuredCorrelation(panelOf(rows), measure, { ...OPTIONS, shift });
        assert.deepEqual([rho.values.length, nDays.length], [0, 0]);
      }
      for (const price of [NaN, 0.4]) {
        const same = panel(
          dayRange(0, 90),
          ["poly:a", "poly:b"],
          new Float64Array(180).fill(price),
        );
        const { rho } = measuredCorrelation(same, measure, { ...OPTIONS, shift });
        assert.deepEqual([...rho.values], [NaN], `${measureKey(measure)} of ${price}`);
      }
    }
  }
});

Deno.test("measuredCorrelation() refuses a measure that would not mean what it says", () => {
  const refuses = (measure: CorrelationMeasure, message: string) =>
    assert.throws(() => measuredCorrelation(PRICES, measure, OPTIONS), {
      name: "RangeError",
      message,
    });
  refuses(
    { kind: "tail", representation: LOGIT },
    "Cannot measure tail as it must take point changes: got logit_1d",
  );
  refuses(
    { kind: "hayashi_yoshida", representation: { ...LOGIT, stepDays: 2 } },
    "Cannot measure hayashi_yoshida as it must take one-day moves of all days: got logit_2d",
  );
  refuses(
    { kind: "hayashi_yoshida", representation: { ...LOGIT, onlyTraded: true } },
    "Cannot measure hayashi_yoshida as it must take one-day moves of all days: got logit_1d_traded",
  );
  const low = { ...OPTIONS, minOverlap: 2 };
  assert.throws(
    () => measuredCorrelation(PRICES, { kind: "pearson", representation: POINTS }, low),
    {
      name: "RangeError",
      message: "Cannot correlate markets as minOverlap must be a whole number >= 3: got 2",
    },
  );
});

Deno.test("overShifts() measures each shift as one call with its stream does", () => {
  const measure = { kind: "spearman", representation: LOGIT } as const;
  const found = overShifts(PRICES, measure, { ...OPTIONS, shifts: 3, seed: 9 }, (one) => one);
  assert.equal(found.length, 3);
  found.forEach((one, b) => {
    const shift = randomStream(9, `shift ${b}`);
    assert.deepEqual(one, measuredCorrelation(PRICES, measure, { ...OPTIONS, shift }));
  });
  assert.notDeepEqual(found[0]!.rho.values, found[1]!.rho.values);
});

Deno.test("overShifts() refuses a number of shifts that gives no null", () => {
  const measure = { kind: "spearman", representation: LOGIT } as const;
  for (const shifts of [0, -1, 2.5, NaN]) {
    assert.throws(
      () => overShifts(PRICES, measure, { ...OPTIONS, shifts, seed: 1 }, (one) => one),
      {
        name: "RangeError",
        message: `Cannot shift moves as shifts must be a whole number >= 1: got ${shifts}`,
      },
    );
  }
});

Deno.test("MEASURES have a key and a name each", () => {
  assert.equal(new Set(MEASURES.map(measureKey)).size, MEASURES.length);
  assert.equal(new Set(MEASURES.map(measureName)).size, MEASURES.length);
  // a mask of traded days leaves overlapping moves with holes
  for (const { representation } of MEASURES) {
    assert.ok(!representation.onlyTraded || representation.stepDays === 1);
  }
});

Deno.test("measureKey() and measureName() tell the same measure", () => {
  const cases: [CorrelationMeasure, string, string][] = [
    [{ kind: "spearman", representation: POINTS }, "spearman_points_1d", "1-day point changes"],
    [
      { kind: "pearson", representation: LOGIT },
      "pearson_logit_1d",
      "1-day log-odds moves (Pearson)",
    ],
    [
      { kind: "tail", representation: { ...POINTS, stepDays: 2 } },
      "tail_points_2d",
      "2-day point changes, days of large moves",
    ],
    [
      { kind: "hayashi_yoshida", representation: LOGIT },
      "hayashi_yoshida_logit_1d",
      "Hayashi–Yoshida, log-odds",
    ],
    [
      { kind: "hayashi_yoshida", representation: POINTS },
      "hayashi_yoshida_points_1d",
      "Hayashi–Yoshida, points",
    ],
  ];
  for (const [measure, key, name] of cases) {
    assert.deepEqual([measureKey(measure), measureName(measure)], [key, name]);
  }
});
