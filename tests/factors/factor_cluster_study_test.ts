import assert from "node:assert/strict";
import { randomStream, shuffled } from "lib/core/random.ts";
import { columnOf } from "lib/core/table.ts";
import { adjustedRandIndex } from "lib/stats/label_agreement.ts";
import { clusterBlob } from "lib/factors/factor_cluster_blob.ts";
import { clusterNames, NO_COMMON_FACTOR } from "lib/factors/factor_cluster_names.ts";
import { type ClusterProfile, clusterProfiles } from "lib/factors/factor_cluster_profiles.ts";
import { factorClusterStudy, shiftMeasures } from "lib/factors/factor_cluster_study.ts";
import { factorClusterStability } from "lib/factors/factor_cluster_stability.ts";
import {
  factorClusterEvidenceTable,
  factorClusterTable,
  factorPeriodTable,
  factorProfileTable,
} from "lib/factors/factor_cluster_tables.ts";
import { periodAgreements } from "lib/factors/factor_cluster_time.ts";
import { factorClusters } from "lib/factors/factor_clusters.ts";
import { provenPrior } from "lib/factors/proven_prior.ts";
import { plantedLoadings, US_SYMBOLS } from "./planted_loadings.ts";

const METHODS = ["kmeans_raw", "kmeans_shrunk", "kmeans_score"] as const;
const OPTIONS = { k: 6, starts: 5, seed: 7, methods: METHODS };
const made = (strength: number, seed: number) =>
  plantedLoadings({ nContracts: 180, symbols: US_SYMBOLS, strength, nGroups: 6, seed });
const shifts = (of: (number: number) => ReturnType<typeof made>["set"], n = 19) =>
  Array.from({ length: n }, (_, b) => of(b));

Deno.test("factorClusterStudy() sets planted groups apart from their shifts and names them", () => {
  const { set, group, shifted } = made(7, 2);
  const { evidence, named, prior } = factorClusterStudy(
    set,
    shifts(shifted),
    { ...OPTIONS, starts: 20, seeds: 2, resamples: 4 },
  );
  assert.deepEqual([...prior.isProven.slice(0, 6)], [1, 1, 1, 1, 1, 1]);
  for (const [m, row] of evidence.entries()) {
    assert.equal(row.nullPercentile, 1, row.method);
    assert.ok(
      row.seedAri > 0.7 && row.jaccard > 0.7,
      `${row.method} ${row.seedAri} ${row.jaccard}`,
    );
    const { fit, names } = named[m]!;
    assert.ok(adjustedRandIndex(fit.partition.cluster, group) > 0.7, row.method);
    assert.ok(names.includes("+SPY −TLT") || names.includes("−TLT +SPY"), names.join());
    assert.equal(names.filter((name) => name === NO_COMMON_FACTOR).length, 1, names.join());
  }
});

Deno.test("factorClusterStudy() of pure noise is seldom above its null and names nothing", () => {
  let above = 0, nNamed = 0, nProven = 0;
  for (let seed = 1; seed <= 12; ++seed) {
    const { set, shifted } = made(0, seed);
    const study = factorClusterStudy(
      set,
      shifts(shifted),
      { ...OPTIONS, starts: 3, methods: ["kmeans_raw", "kmeans_score"], seeds: 1, resamples: 1 },
    );
    above += study.evidence.filter(({ nullPercentile }) => nullPercentile === 1).length;
    nNamed += study.named.filter(({ names }) => names.some((n) => n !== NO_COMMON_FACTOR)).length;
    nProven += study.prior.isProven.some((p) => p === 1) ? 1 : 0;
  }
  // of 24, 24 and 12 at 5% each: more than five, five and three have a chance below 1%
  assert.ok(above <= 5 && nNamed <= 5 && nProven <= 3, `${above} ${nNamed} ${nProven}`);
});

Deno.test("factorClusterStudy() gives the same with measures made elsewhere, and leaves out the unknown", () => {
  const { set, shifted } = made(7, 4);
  const beta = set.beta.slice();
  beta[9 * 3 + 2] = NaN;
  const own = { ...set, beta }, sets = shifts(shifted, 3);
  const options = { ...OPTIONS, methods: ["kmeans_raw" as const], seeds: 1, resamples: 1 };
  const here = factorClusterStudy(own, sets, options);
  const measured = sets.map((one) =>
    shiftMeasures({
      ...one,
      marketIds: one.marketIds.toSpliced(3, 1),
      eventIds: one.eventIds.toSpliced(3, 1),
      beta: Float64Array.from([...one.beta].toSpliced(27, 9)),
      error: Float64Array.from([...one.error].toSpliced(27, 9)),
    }, { ...options, prior: here.prior })
  );
  assert.equal(here.set.marketIds.length, 179);
  assert.deepEqual(factorClusterStudy(own, sets, { ...options, measured }), here);
});

Deno.test("clusterBlob() calls a cluster of noise noise, and one of loadings not", () => {
  const { set, group, shifted } = made(6, 5);
  const partition = (isIn: (g: number) => boolean) => ({
    ids: set.marketIds,
    cluster: Int32Array.from(group, (g) => isIn(g) ? 0 : 1),
    nClusters: 2,
  });
  const noise = clusterBlob(set, partition((g) => g === 0), shifts(shifted, 40));
  const real = clusterBlob(set, partition((g) => g > 0), shifts(shifted, 40));
  assert.deepEqual([noise.size, real.size], [30, 150]);
  assert.ok(noise.percentile > 0.02 && noise.percentile < 0.98, `${noise.percentile}`);
  assert.ok(noise.beyondInside.value < 0.15 && noise.beyondOutside.value > 0.8);
  assert.ok(real.percentile === 1 && real.distance > real.nullHigh);
  const without = clusterBlob(set, partition((g) => g === 0), []);
  assert.ok(Number.isNaN(without.percentile + without.beyondInside.value + without.nullMid));
});

Deno.test("clusterBlob() shows that errors alone can divide contracts", () => {
  const { set } = made(0, 6);
  const [fit] = factorClusters(set, { ...OPTIONS, k: 2, methods: ["kmeans_raw"] });
  const { errorInside, errorOutside } = clusterBlob(set, {
    ...fit!.partition,
    // the well measured, whatever the clusters
    cluster: Int32Array.from(set.marketIds, (_, i) => set.error[9 * i]! < 0.03 ? 0 : 1),
  }, []);
  assert.ok(errorInside < errorOutside);
});

Deno.test("clusterNames() are the three strongest signs, and say so where there is none", () => {
  const one = (cluster: number, symbol: string, z: number, isDistinguishable: boolean) => ({
    ...{ cluster, symbol, z, isDistinguishable, mean: Math.sign(z), low: 0, high: 0 },
    ...{ nContracts: 1, nEvents: 1, pValue: isDistinguishable ? 0.02 : 0.5 },
  } satisfies ClusterProfile);
  assert.deepEqual(
    clusterNames([
      one(0, "SPY", 3, true),
      one(0, "^TNX", -9, true),
      one(0, "GLD", 3, true),
      one(0, "USO", 2, true),
      one(1, "SPY", 8, false),
    ]),
    ["−^TNX +GLD +SPY", NO_COMMON_FACTOR],
  );
  assert.deepEqual(clusterNames([]), []);
});

Deno.test("clusterProfiles() holds a mean against the largest of any cluster of the shifts", () => {
  const { set, group } = made(7, 2);
  const partition = { ids: set.marketIds, cluster: group, nClusters: 6 };
  const strongest = Float64Array.from({ length: 39 }, (_, b) => b / 2);
  for (const row of clusterProfiles(set, partition, { strongestNull: strongest })) {
    const nReach = strongest.filter((s) => s >= Math.abs(row.z)).length;
    assert.equal(row.pValue, (1 + nReach) / 40);
    assert.equal(row.isDistinguishable, row.pValue <= 0.05 && row.z * row.mean > 0);
  }
  const few = clusterProfiles(set, partition, { strongestNull: new Float64Array(18) });
  assert.ok(few.every(({ isDistinguishable }) => !isDistinguishable));
});

Deno.test("periodAgreements() finds groups again that last, and none where they are dealt anew", () => {
  const first = made(7, 8), error = first.set.error;
  const next = {
    ...first.set,
    beta: first.set.beta.map((b, at) => b + 0.3 * error[at]! * Math.sin(at)),
  };
  const back = shuffled([...first.set.marketIds.keys()], randomStream(8, "dealt"));
  const dealt = {
    ...first.set,
    beta: Float64Array.from(back.flatMap((i) => [...first.set.beta.subarray(9 * i, 9 * i + 9)])),
  };
  const rows = periodAgreements(
    [{ name: "H1", set: first.set }, { name: "H2", set: next }, { name: "H3", set: dealt }],
    { ...OPTIONS, methods: ["kmeans_score"], permutations: 99 },
  );
  assert.deepEqual(rows.map(({ from, to, nBoth }) => [from, to, nBoth]), [
    ["H1", "H2", 180],
    ["H2", "H3", 180],
  ]);
  assert.ok(rows[0]!.adjustedRand > 0.7 && rows[0]!.pValue === 0.01, `${rows[0]!.adjustedRand}`);
  assert.ok(rows[1]!.adjustedRand < 0.05 && rows[1]!.pValue > 0.05, `${rows[1]!.adjustedRand}`);
  const { nRows } = factorPeriodTable(rows);
  assert.equal(nRows, 2);
});

Deno.test("periodAgreements() compares one contract an event, and nothing where none is in both", () => {
  const { set } = plantedLoadings(
    { nContracts: 60, symbols: US_SYMBOLS, strength: 8, nGroups: 3, seed: 1, perEvent: 3 },
  );
  const other = { ...set, marketIds: set.marketIds.map((id) => `${id} later`) };
  const [same, none] = periodAgreements(
    [{ name: "a", set }, { name: "b", set }, { name: "c", set: other }],
    { ...OPTIONS, k: 3, methods: ["kmeans_score"], permutations: 19 },
  );
  assert.deepEqual([same!.nBoth, same!.adjustedRand, none!.nBoth], [20, 1, 0]);
  assert.ok(Number.isNaN(none!.adjustedRand + none!.pValue));
});

Deno.test("factor cluster tables have the columns of their checkpoints", () => {
  const { set, shifted } = made(7, 2);
  const { named, evidence } = factorClusterStudy(
    set,
    shifts(shifted, 2),
    { ...OPTIONS, methods: ["kmeans_raw", "hdbscan_score"], seeds: 1, resamples: 1 },
  );
  const clusters = factorClusterTable(named);
  assert.deepEqual(Object.keys(clusters.columns), [
    ...["market_id", "method", "cluster_id", "cluster_name", "silhouette"],
  ]);
  const nPlaced = named.reduce(
    (sum, { fit }) => sum + fit.partition.cluster.filter((c) => c >= 0).length,
    0,
  );
  assert.equal(clusters.nRows, nPlaced);
  assert.deepEqual(Object.keys(factorClusterEvidenceTable(evidence).columns).slice(0, 10), [
    ...["method", "k", "silhouette", "null_low", "null_mid", "null_high", "null_percentile"],
    ...["largest_share", "n", "seed_ari"],
  ]);
  const k = named.reduce((sum, { fit }) => sum + fit.partition.nClusters, 0);
  assert.equal(factorProfileTable(named).nRows, 9 * k);
  assert.equal(columnOf(factorProfileTable(named), "z", "number").values.length, 9 * k);
});

Deno.test("factor cluster studies refuse other contracts and counts below one", () => {
  const { set, shifted } = made(1, 1);
  const other = { ...shifted(0), marketIds: ["x", ...set.marketIds.slice(1)] };
  assert.throws(() => factorClusterStudy(set, [other], { ...OPTIONS, seeds: 1, resamples: 1 }), {
    name: "RangeError",
    message:
      'Cannot compare with shifts as each must have the same contracts in the same order: got "x" for "poly:00000"',
  });
  assert.throws(() => factorClusterStability(set, [], { ...OPTIONS, seeds: 0, resamples: 1 }), {
    name: "RangeError",
    message: "Cannot measure stability as seeds must be a whole number >= 1: got 0",
  });
  assert.equal(provenPrior(set, []).isProven.every((p) => p === 0), true);
});
