import assert from "node:assert/strict";
import { METHODS } from "lib/cluster/method_list.ts";
import { type MethodEvidence, methodRows } from "lib/cluster/method_rows.ts";
import type { TrialResult } from "lib/cluster/out_of_sample.ts";
import { fitOf } from "./made_rows.ts";

const LEVEL = { level: 0.05, stableJaccard: 0.75, maxShare: 0.6, seed: 7 };

/** A null of 39 draws around a centre, from −0.19 to 0.19 times the width. */
function draws(centre = 0, width = 1): Float64Array {
  return Float64Array.from({ length: 39 }, (_, b) => centre + width * (b - 19) / 100);
}

function result(m: number, difference: number, nulls = draws()): TrialResult {
  return {
    ...{ method: METHODS[m]!.key, nClusters: 2, nPlaced: 5, difference, within: 0.3, nPairs: 4 },
    nulls,
    resampled: nulls.map((x) => x + difference),
    beyondWording: difference / 2,
    beyondNulls: nulls,
  };
}

function evidenceOf(trials: TrialResult[][], facts: Partial<MethodEvidence> = {}): MethodEvidence {
  return {
    fits: METHODS.map((one) => fitOf(one.key, [0, 0, 0, 1, 1, -1])),
    shifted: METHODS.map(() =>
      [0.1, 0.25, 0.3, NaN].map((silhouette) => ({
        silhouette,
        sizes: new Int32Array(0),
        within: new Float64Array(0),
      }))
    ),
    stability: METHODS.map(() => Float64Array.of(0.8, 0.6)),
    windowAgreement: METHODS.map((_, m) => m / 100),
    droppedAgreement: METHODS.map((_, m) => m / 10),
    seedAgreement: METHODS.map((_, m) => 1 - m / 10),
    shiftedStability: METHODS.map(() => Float64Array.of(0.2, 0.75, 0.4)),
    trials,
    ...facts,
  };
}

Deno.test("methodRows() gives a verdict by the days not seen and by nothing else", () => {
  const differences = METHODS.map((_, m) => m === 2 ? 0.5 : m === 3 ? 0.2 : m === 4 ? NaN : 0);
  const rows = methodRows(evidenceOf([differences.map((d, m) => result(m, d))]), LEVEL);
  assert.deepEqual(rows.map((row) => row.method), METHODS.map((one) => one.key));
  assert.deepEqual(rows.slice(1, 5).map((row) => [row.verdict, row.adjustedP]), [
    ["not better than noise", 21 / 40],
    ["better than noise", 1 / 40],
    ["better than noise", 2 / 40],
    ["not measured", NaN],
  ]);
  assert.deepEqual(rows.slice(1, 5).map((row) => row.nTrials), [1, 1, 1, 0]);
  assert.ok(Number.isNaN(rows[4]!.coherence) && Number.isNaN(rows[4]!.percentile));
  // the level is a bound that may be met
  const stricter = methodRows(evidenceOf([differences.map((d, m) => result(m, d))]), {
    ...LEVEL,
    level: 0.049,
  });
  assert.deepEqual(stricter.slice(2, 4).map((row) => row.verdict), [
    "better than noise",
    "not better than noise",
  ]);
});

Deno.test("methodRows() describes the last window", () => {
  const rows = methodRows(evidenceOf([METHODS.map((_, m) => result(m, 0.1))]), LEVEL);
  const row = rows[1]!;
  assert.deepEqual([row.nClusters, row.nPlaced, row.nItems, row.largestShare], [2, 5, 6, 0.6]);
  // 0.25 is above one of three known shifts and level with another
  assert.deepEqual([row.silhouette, row.silhouettePercentile], [0.25, 0.5]);
  assert.deepEqual([row.nStable, row.windowAgreement, row.droppedAgreement], [1, 0.01, 0.1]);
  assert.ok(Math.abs(row.stability - 0.7) < 1e-12);
  const near = (got: number, want: number) => assert.ok(Math.abs(got - want) < 1e-12, `${got}`);
  near(row.coherence, 0.1);
  near(row.nullLow, -0.171);
  near(row.nullMid, 0);
  near(row.nullHigh, 0.171);
  near(row.coherenceLow, 0.1 - 0.1805);
  near(row.coherenceHigh, 0.1 + 0.1805);
  near(row.percentile, 29.5 / 39);
  const wording = rows.at(-1)!;
  assert.ok(Number.isNaN(wording.stability) && wording.nStable === 0);
});

Deno.test("methodRows() pools windows by one over the variance of their null", () => {
  const trials = [
    METHODS.map((_, m) => result(m, 0.1, draws(0, 1))),
    METHODS.map((_, m) => result(m, 0.4, draws(0, 2))), // a quarter of the weight
    METHODS.map((_, m) => result(m, NaN)),
    METHODS.map((_, m) => result(m, 9, new Float64Array(39))), // a null that does not vary
    METHODS.map((_, m) => result(m, 9, new Float64Array(39).fill(NaN))),
  ];
  const [row] = methodRows(evidenceOf(trials), LEVEL);
  assert.ok(Math.abs(row!.coherence - (0.1 + 0.25 * 0.4) / 1.25) < 1e-12);
  assert.equal(row!.nTrials, 2);
  // each draw is pooled likewise: (b + 0.25 · 2b) / 1.25
  assert.ok(Math.abs(row!.nullHigh - 0.171 * 1.2) < 1e-12);
});

Deno.test("methodRows() says what noise reaches, and in how many windows a method stands out", () => {
  const trials = [0.18, 0.1, 0.4].map((d) => METHODS.map((_, m) => result(m, d)));
  const [row] = methodRows(evidenceOf(trials), LEVEL);
  assert.deepEqual([row!.nAbove, row!.nTrials, row!.seedAgreement], [2, 3, 1]);
  assert.ok(Math.abs(row!.stabilityNull - 0.45) < 1e-12);
  assert.ok(Math.abs(row!.stabilityPercentile - 2 / 3) < 1e-12);
  assert.ok(Math.abs(row!.beyondWording - row!.coherence / 2) < 1e-12);
  // the interval draws windows too, so it is wider than that of the markets in each
  assert.ok(row!.coherenceLow < row!.coherence && row!.coherence < row!.coherenceHigh);
  const narrow = methodRows(evidenceOf([trials[0]!, trials[0]!, trials[0]!]), LEVEL)[0]!;
  assert.ok(row!.coherenceHigh - row!.coherenceLow > narrow.coherenceHigh - narrow.coherenceLow);
});

Deno.test("methodRows() calls no cluster stable that holds nearly everything", () => {
  const blob = METHODS.map((one) => fitOf(one.key, [0, 0, 0, 0, 1, 1]));
  const facts = { fits: blob, stability: METHODS.map(() => Float64Array.of(0.9, 0.9)) };
  const trials = [METHODS.map((_, m) => result(m, 0.1))];
  assert.equal(methodRows(evidenceOf(trials, facts), LEVEL)[0]!.nStable, 1);
});

Deno.test("methodRows() without a trial or a cluster measures nothing", () => {
  const none = METHODS.map((one) => fitOf(one.key, [-1, -1]));
  const empty = METHODS.map(() => new Float64Array(0));
  for (const row of methodRows(evidenceOf([], { fits: none, stability: empty }), LEVEL)) {
    assert.equal(row.verdict, "not measured");
    assert.deepEqual([row.nClusters, row.nPlaced, row.nTrials, row.largestShare], [0, 0, 0, NaN]);
  }
});
