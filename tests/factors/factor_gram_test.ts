import assert from "node:assert/strict";
import fc from "fast-check";
import { factorGram, sessionMoments, sessionRows } from "lib/factors/factor_gram.ts";
import { centredMoments } from "lib/stats/ridge_path.ts";
import { madePanel, noisePanel } from "./made_factors.ts";

/** Largest difference of moments, each scatter measured in the two variables' deviations. */
function worstDifference(gram: ReturnType<typeof factorGram>, session: Int32Array): number {
  const k = gram.nFactors;
  const fast = sessionMoments(gram, session);
  const slow = centredMoments(sessionRows(gram, session), k);
  let worst = 0;
  for (let i = 0; i < k; ++i) {
    const size = Math.sqrt(slow.scatter[i * k + i]!);
    if (size === 0) assert.equal(fast.scatter[i * k + i], 0);
    else worst = Math.max(worst, Math.abs(fast.mean[i]! - slow.mean[i]!) / size);
    for (let j = 0; j < k; ++j) {
      const scale = size * Math.sqrt(slow.scatter[j * k + j]!);
      const difference = Math.abs(fast.scatter[i * k + j]! - slow.scatter[i * k + j]!);
      if (scale === 0) assert.equal(fast.scatter[i * k + j], 0);
      else worst = Math.max(worst, difference / scale);
    }
  }
  return worst;
}

const runs = fc.array(
  fc.record({ gap: fc.integer({ min: 1, max: 5 }), length: fc.integer({ min: 1, max: 60 }) }),
  {
    minLength: 1,
    maxLength: 8,
  },
).map((some) => {
  const session: number[] = [];
  let s = 0;
  for (const { gap, length } of some) {
    s += gap;
    for (let l = 0; l < length; ++l) session.push(s++);
  }
  return Int32Array.from(session.filter((one) => one < 500));
});

Deno.test("sessionMoments() agrees with direct sums over any runs of sessions", () => {
  const gram = factorGram(noisePanel(500, 5, 3));
  fc.assert(
    fc.property(runs, (session) => assert.ok(worstDifference(gram, session) < 1e-12)),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("sessionMoments() keeps its digits far from zero and after thousands of intervals", () => {
  const { moves } = noisePanel(4000, 4, 5);
  // a level of a million times the deviation
  const far = madePanel(moves.map((x, at) => at % 4 === 0 ? 1e6 + x : x), 4);
  const session = Int32Array.from({ length: 40 }, (_, t) => 3900 + t);
  assert.ok(worstDifference(factorGram(far), session) < 1e-12);
});

Deno.test("sessionMoments() keeps its digits where a factor is a million times quieter than usual", () => {
  const { moves } = noisePanel(500, 3, 9);
  const quiet = madePanel(moves.map((x, at) => at % 3 === 1 && at >= 600 ? x * 1e-6 : x), 3);
  const gram = factorGram(quiet);
  assert.ok(worstDifference(gram, Int32Array.from({ length: 200 }, (_, t) => 250 + t)) < 1e-12);
});

Deno.test("sessionMoments() has no scatter at all along a factor that stands still", () => {
  const { moves } = noisePanel(300, 3, 9);
  const still = madePanel(moves.map((x, at) => at % 3 === 2 && at >= 300 ? 0.1 : x), 3);
  const session = Int32Array.from({ length: 150 }, (_, t) => 120 + t);
  const { scatter } = sessionMoments(factorGram(still), session);
  assert.deepEqual([scatter[2], scatter[5], scatter[6], scatter[7], scatter[8]], [0, 0, 0, 0, 0]);
  assert.ok(scatter[0]! > 0);
});

Deno.test("factorGram() centres and scales and leaves the panel alone", () => {
  const panel = noisePanel(50, 3, 1), before = panel.moves.slice();
  const { scaled, nIntervals, nFactors } = factorGram(panel);
  assert.deepEqual([nIntervals, nFactors], [50, 3]);
  const { mean, scatter } = centredMoments(scaled, 3);
  mean.forEach((middle, f) => {
    assert.ok(Math.abs(middle) < 1e-14);
    assert.ok(Math.abs(scatter[f * 4]! / 50 - 1) < 1e-12);
  });
  assert.deepEqual(panel.moves, before);
});
