import assert from "node:assert/strict";
import fc from "fast-check";
import { adjustedRandIndex } from "lib/stats/label_agreement.ts";
import { clusterProfiles } from "lib/factors/factor_cluster_profiles.ts";
import { factorClusters, loadingPoints } from "lib/factors/factor_clusters.ts";
import { localAffinity, pointDistance } from "lib/factors/point_distance.ts";
import {
  completeLoadings,
  loadingPrior,
  type LoadingSet,
  onePerEvent,
  shrunkLoadings,
} from "lib/factors/shrunk_loadings.ts";
// golden: numpy, scikit-learn and statsmodels, made by tests/golden/factors/factor_clusters.py
import golden from "../golden/factors/factor_clusters.json" with { type: "json" };
import { plantedLoadings, US_SYMBOLS } from "./planted_loadings.ts";

const SET: LoadingSet = {
  marketIds: golden.event.map((_, i) => `m${String(i).padStart(3, "0")}`),
  eventIds: golden.event,
  symbols: ["A", "B", "C", "D"],
  beta: Float64Array.from(golden.beta),
  error: Float64Array.from(golden.error),
};

function assertNear(ours: ArrayLike<number>, theirs: readonly number[], tolerance = 1e-12): void {
  assert.ok(ours.length >= theirs.length);
  theirs.forEach((x, i) =>
    assert.ok(Math.abs(ours[i]! - x) <= tolerance, `${i}: ${ours[i]}, ${x}`)
  );
}

/** A set of rows, all with the same error. */
function setOf(beta: readonly (readonly number[])[], error = 1, events?: string[]): LoadingSet {
  return {
    marketIds: beta.map((_, i) => `m${i}`),
    eventIds: events ?? beta.map((_, i) => `e${i}`),
    symbols: beta[0]!.map((_, f) => `F${f}`),
    beta: Float64Array.from(beta.flat()),
    error: new Float64Array(beta.flat().length).fill(error),
  };
}

Deno.test("shrunkLoadings() matches numpy", () => {
  const before = SET.beta.slice();
  assertNear(loadingPrior(SET).variance, golden.variance);
  assertNear(shrunkLoadings(SET), golden.shrunk);
  assert.deepEqual(SET.beta, before);
});

Deno.test("factorClusters() divides as scikit-learn does, with its silhouettes", () => {
  const methods = ["kmeans_raw", "kmeans_shrunk", "kmeans_score"] as const;
  const fits = factorClusters(SET, { k: 3, seed: 1, methods });
  for (const [m, method] of methods.entries()) {
    const { partition, silhouette, silhouettes } = fits[m]!;
    assert.equal(adjustedRandIndex(partition.cluster, golden[method].labels), 1, method);
    assert.ok(Math.abs(silhouette - golden[method].silhouette) < 1e-12, method);
    assertNear(silhouettes, golden[method].each);
  }
});

Deno.test("factorClusters() divides by the same affinities as scikit-learn's spectral clustering", () => {
  assertNear(
    localAffinity(pointDistance(SET.marketIds, loadingPoints(SET, "score"), 4)).values,
    golden.affinity,
  );
  const [fit] = factorClusters(SET, { k: 3, seed: 1, methods: ["spectral_score"] });
  assert.equal(adjustedRandIndex(fit!.partition.cluster, golden.spectral), 1);
});

Deno.test("clusterProfiles() matches the clustered mean and interval of statsmodels", () => {
  const partition = { ids: SET.marketIds, cluster: Int32Array.from(golden.group), nClusters: 3 };
  const [found] = clusterProfiles(SET, partition, { strongestNull: [] })
    .filter(({ cluster, symbol }) => cluster === 1 && symbol === "A");
  const { mean, low, high, z, events } = golden.profile;
  assertNear([found!.mean, found!.low, found!.high, found!.z], [mean, low, high, z], 1e-11);
  assert.equal(found!.nEvents, events);
  assert.ok(Number.isNaN(found!.pValue) && !found!.isDistinguishable);
});

Deno.test("loadingPrior() gives no variance to loadings that spread as their errors do", () => {
  const { variance, centre, scale } = loadingPrior(setOf([[0, 1], [2, 3], [4, NaN]], 2));
  assert.deepEqual([[...variance], [...centre], [...scale]], [[0, 0], [2, 2], [
    Math.sqrt(8 / 3),
    1,
  ]]);
  assert.deepEqual([...shrunkLoadings(setOf([[0], [2], [4]], 2))], [2, 2, 2]);
});

Deno.test("shrunkLoadings() never moves a loading away from the mean or beyond it", () => {
  const numbers = fc.double({ min: -5, max: 5, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(numbers, fc.double({ min: 0.01, max: 3, noNaN: true })), { minLength: 2 }),
      (cells) => {
        const set = setOf(cells.map(([b]) => [b]));
        const own = { ...set, error: Float64Array.from(cells, ([, e]) => e) };
        const centre = loadingPrior(own).centre[0]!;
        shrunkLoadings(own).forEach((value, i) => {
          const from = own.beta[i]! - centre, to = value - centre;
          assert.ok(Math.abs(to) <= Math.abs(from) + 1e-12 && to * from >= -1e-12);
        });
      },
    ),
    { seed: 6 },
  );
});

Deno.test("factorClusters() finds planted groups in all three forms", () => {
  const { set, group } = plantedLoadings(
    { nContracts: 240, symbols: US_SYMBOLS, strength: 9, nGroups: 6, seed: 3 },
  );
  const methods = ["kmeans_raw", "kmeans_shrunk", "kmeans_score"] as const;
  for (const { method, partition } of factorClusters(set, { k: 6, seed: 3, methods })) {
    const ari = adjustedRandIndex(partition.cluster, group);
    // t-scores grow with precision, so a group is a ray there rather than a ball
    assert.ok(ari > (method.endsWith("score") ? 0.6 : 0.9), `${method}: ${ari}`);
  }
});

Deno.test("factorClusters() gives density methods the planted groups and leaves noise out", () => {
  const { set, group } = plantedLoadings(
    { nContracts: 240, symbols: US_SYMBOLS.slice(0, 3), strength: 14, nGroups: 4, seed: 3 },
  );
  const [density, hierarchy] = factorClusters(
    set,
    { k: 4, seed: 3, methods: ["dbscan_score", "hdbscan_score"] },
  );
  for (const { partition, method } of [density!, hierarchy!]) {
    const ari = adjustedRandIndex(partition.cluster, group);
    assert.ok(partition.nClusters >= 2 && ari > 0.8, `${method}: ${partition.nClusters}, ${ari}`);
  }
});

Deno.test("factorClusters() keeps contracts together that shrink to one place", () => {
  const set = setOf([[0, 1], [1, 0], [2, 2], [1, 1]], 9);
  const [raw, shrunk] = factorClusters(set, {
    ...{ k: 2, seed: 1, methods: ["kmeans_raw", "kmeans_shrunk"] as const },
  });
  assert.equal(raw!.partition.nClusters, 2);
  assert.deepEqual([shrunk!.partition.nClusters, shrunk!.largestShare], [1, 1]);
  assert.ok(Number.isNaN(shrunk!.silhouette));
});

Deno.test("factorClusters() gives the same groups whatever the order of the contracts", () => {
  const { set } = plantedLoadings(
    { nContracts: 120, symbols: US_SYMBOLS, strength: 9, nGroups: 4, seed: 5 },
  );
  const back = [...set.marketIds.keys()].reverse();
  const turned: LoadingSet = {
    ...set,
    marketIds: back.map((i) => set.marketIds[i]!),
    eventIds: back.map((i) => set.eventIds[i]!),
    beta: Float64Array.from(back.flatMap((i) => [...set.beta.subarray(i * 9, i * 9 + 9)])),
    error: Float64Array.from(back.flatMap((i) => [...set.error.subarray(i * 9, i * 9 + 9)])),
  };
  const options = { k: 4, seed: 1, methods: ["kmeans_shrunk"] as const };
  const [one] = factorClusters(set, options), [other] = factorClusters(turned, options);
  const there = back.map((i) => one!.partition.cluster[i]!);
  assert.equal(adjustedRandIndex(there, other!.partition.cluster), 1);
});

Deno.test("onePerEvent() keeps the contract with the most moves, ties by id", () => {
  const set = setOf([[1], [2], [3], [4], [NaN]], 1, ["a", "a", "b", "b", "c"]);
  assert.deepEqual([...onePerEvent(set, [30, 31, 50, 50, 99])], [1, 2]);
  assert.deepEqual([...completeLoadings(set)], [0, 1, 2, 3]);
});

Deno.test("loadings with an error of 0, of another size or unknown are refused", () => {
  const set = setOf([[1, 2]]);
  assert.throws(() => shrunkLoadings({ ...set, error: Float64Array.of(1, 0) }), {
    name: "RangeError",
    message:
      'Cannot read the loading of "m0" on F1 as it must be finite with an error above 0: got 2 and 0',
  });
  assert.throws(() => loadingPrior({ ...set, error: Float64Array.of(1) }), {
    name: "RangeError",
    message:
      "Cannot read loadings as 1 contracts and 2 factors must have 1 events and 2 loadings and errors: got 1, 2 and 1",
  });
  assert.throws(() => loadingPoints(setOf([[1, NaN]]), "raw"), {
    name: "RangeError",
    message: 'Cannot place contracts as all loadings must be known: got none of "m0" on F1',
  });
  assert.throws(() => pointDistance(["a"], Float64Array.of(1), 2), {
    name: "RangeError",
    message: "Cannot measure distances as 1 points must have 2 values each: got 1 in all",
  });
});
