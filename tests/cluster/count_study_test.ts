import assert from "node:assert/strict";
import type { ChosenCount, CountCurve } from "lib/cluster/cluster_count.ts";
import { countStudy } from "lib/cluster/count_study.ts";

function curve(...silhouette: number[]): CountCurve {
  return {
    silhouette: Float64Array.from(silhouette),
    logWithin: new Float64Array(silhouette.length + 1),
    quartileHeight: 1,
  };
}

const CHOSEN: ChosenCount = {
  gap: Float64Array.of(0.1, 0.2, 0.3, NaN),
  gapError: Float64Array.of(0.01, 0.02, 0.03, NaN),
  unbounded: 2,
  nClusters: 2,
};

Deno.test("countStudy() puts each number beside its null and the best beside the best", () => {
  const nulls = [curve(0.1, 0.3, NaN), curve(0.2, 0.1, NaN), curve(0.3, 0.5, NaN)];
  const found = countStudy(curve(0.25, 0.4, NaN), nulls, { chosen: CHOSEN, targetSilhouette: 0.3 });
  assert.deepEqual([...found.k], [2, 3]);
  assert.deepEqual([...found.silhouette], [0.25, 0.4]);
  assert.deepEqual([...found.nullMid], [0.2, 0.3]);
  assert.ok(Math.abs(found.nullLow[0]! - 0.11) < 1e-12);
  assert.ok(Math.abs(found.nullHigh[1]! - 0.48) < 1e-12);
  assert.deepEqual([[...found.gap], [...found.gapError]], [[0.2, 0.3], [0.02, 0.03]]);
  // the best of the shifts are 0.3, 0.2 and 0.5
  assert.deepEqual([found.bestSilhouetteK, found.bestPercentile], [3, 2 / 3]);
  // at two clusters the shifts have 0.1, 0.2 and 0.3
  assert.deepEqual([found.chosenSilhouette, found.chosenPercentile], [0.25, 2 / 3]);
  assert.equal(found.unboundedK, 2);
  assert.deepEqual([found.chosen, found.rule, found.nShifts, found.targetSilhouette], [
    ...[2, "gap statistic", 3, 0.3],
  ]);
});

Deno.test("countStudy() says where the range decided", () => {
  const chosen = { ...CHOSEN, nClusters: 8 };
  const found = countStudy(curve(0.2), [curve(0.1)], { chosen, targetSilhouette: 0.3 });
  assert.equal(found.rule, "gap statistic within the range; 2 without it");
  assert.equal(found.unboundedK, 2);
  // the silhouette was not measured at the eight that are chosen
  assert.deepEqual([found.chosenSilhouette, found.chosenPercentile], [NaN, NaN]);
});

Deno.test("countStudy() of too few markets knows no best number", () => {
  const found = countStudy(curve(NaN, NaN), [curve(NaN, NaN)], {
    chosen: CHOSEN,
    targetSilhouette: 0.3,
  });
  assert.deepEqual([found.k.length, found.gap.length], [0, 0]);
  assert.ok(Number.isNaN(found.bestSilhouetteK) && Number.isNaN(found.bestPercentile));
});
