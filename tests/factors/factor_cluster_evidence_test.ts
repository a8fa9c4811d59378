import assert from "node:assert/strict";
import { partition } from "lib/cluster/partition.ts";
import { factorClusterEvidence } from "lib/factors/factor_cluster_evidence.ts";

const UNKNOWN = {
  ...{ method: "kmeans_raw" as const, silhouette: NaN, largestShare: NaN, largestDistance: NaN },
  strongestProfile: NaN,
};

/** What a method makes of so many contracts in one cluster, beside three shifts. */
function evidenceOf(nContracts: number, silhouettes: readonly number[]) {
  const ids = Array.from({ length: nContracts }, (_, c) => `m${c}`);
  const divided = partition(ids, ids.map(() => 0));
  const fit = { ...UNKNOWN, partition: divided, silhouettes: new Float64Array(nContracts) };
  return factorClusterEvidence(
    [fit],
    silhouettes.map((silhouette) => [{ ...UNKNOWN, silhouette }]),
  )[0]!;
}

Deno.test("factorClusterEvidence() has no null where there is no contract to divide", () => {
  const { n, nullLow, nullMid, nullHigh, nullPercentile } = evidenceOf(0, [NaN, NaN, NaN]);
  assert.deepEqual([n, nullLow, nullMid, nullHigh, nullPercentile], [0, NaN, NaN, NaN, NaN]);
});

Deno.test("factorClusterEvidence() counts a shift that separates nothing as a silhouette of 0", () => {
  const { n, nullLow, nullMid, nullHigh } = evidenceOf(4, [NaN, 0.5, NaN]);
  assert.deepEqual([n, nullLow, nullMid], [4, 0, 0]);
  assert.ok(Math.abs(nullHigh - 0.45) < 1e-12);
});
