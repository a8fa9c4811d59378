import assert from "node:assert/strict";
import { factorClusterStudy } from "lib/factors/factor_cluster_study.ts";
import { periodAgreements } from "lib/factors/factor_cluster_time.ts";
import { clusterEvidenceView, clusterProfileView, loadingsView } from "lib/factors/factor_views.ts";
import { loadingDiscoveries } from "lib/factors/loading_discoveries.ts";
import { contractLoadings } from "lib/factors/loadings.ts";
import { madeContract, madeContracts, madePanel, noisePanel } from "./made_factors.ts";
import { plantedLoadings } from "./planted_loadings.ts";

const SYMBOLS = ["F0", "F1", "F2"];
const PANEL = madePanel(Array.from({ length: 30 }, (_, at) => at % 7), 3);
const { set, shifted } = plantedLoadings({
  ...{ nContracts: 60, symbols: SYMBOLS, strength: 8, nGroups: 3, seed: 4 },
});
const OPTIONS = { k: 3, starts: 3, seed: 7, methods: ["kmeans_raw", "dbscan_score"] as const };
const STUDY = factorClusterStudy(
  set,
  Array.from({ length: 19 }, (_, b) => shifted(b)),
  { ...OPTIONS, seeds: 1, resamples: 1 },
);

Deno.test("clusterProfileView() has each cluster's size, its means by factor and its evidence", () => {
  for (const [m, method] of OPTIONS.methods.entries()) {
    const view = clusterProfileView(STUDY, PANEL, { method, unit: "nats" });
    const { fit, names, profiles } = STUDY.named[m]!;
    const { cluster, nClusters } = fit.partition;
    assert.equal(view.clusters.length, nClusters);
    view.clusters.forEach(({ name, size, means, isDistinguishable }, c) => {
      const members = Array.from(cluster.keys()).filter((i) => cluster[i] === c);
      assert.deepEqual([name, size], [names[c], members.length]);
      means.forEach((mean, f) => {
        const sum = members.reduce((sum, i) => sum + set.beta[3 * i + f]!, 0);
        assert.ok(Math.abs(mean - sum / members.length) < 1e-12);
      });
      const own = profiles.filter((one) => one.cluster === c);
      assert.deepEqual(isDistinguishable, own.map((one) => one.isDistinguishable));
    });
    const { silhouette, nullPercentile, nShifts } = STUDY.evidence[m]!;
    assert.deepEqual(
      [view.silhouette, view.percentile, view.nShifts, view.nContracts, view.unit],
      [silhouette, nullPercentile, nShifts, 60, "nats"],
    );
    assert.deepEqual([view.firstDay, view.lastDay], [1000, 1010]);
    assert.deepEqual(view.factors.map(({ symbol }) => symbol), SYMBOLS);
  }
  const [raw, density] = OPTIONS.methods.map((method) =>
    clusterProfileView(STUDY, PANEL, { method, unit: "nats" }).method
  );
  assert.deepEqual([raw, density], ["k-means on loadings (the seed’s)", "DBSCAN on t-scores"]);
});

Deno.test("clusterProfileView() shows where the silhouette stands, of the method asked for", () => {
  const evidence = STUDY.evidence.map((one, m) => ({
    ...{ ...one, silhouette: 0.1 + m, nullPercentile: 0.4 + m / 10, distancePercentile: 0.9 },
  }));
  const view = clusterProfileView({ ...STUDY, evidence }, PANEL, {
    ...{ method: "dbscan_score", unit: "nats" },
  });
  assert.deepEqual([view.silhouette, view.percentile], [1.1, 0.5]);
});

Deno.test("clusterProfileView() and clusterEvidenceView() have nothing to show without contracts", () => {
  const unknown = { ...set, beta: new Float64Array(set.beta.length).fill(NaN) };
  const study = factorClusterStudy(unknown, [unknown], { ...OPTIONS, seeds: 1, resamples: 1 });
  const empty = { ...PANEL, day: new Int32Array(0), fromDay: new Int32Array(0) };
  const view = clusterProfileView(study, empty, { method: "kmeans_raw", unit: "nats" });
  assert.deepEqual([view.clusters, view.nContracts, view.firstDay, view.lastDay], [[], 0, 0, 0]);
  const evidence = clusterEvidenceView(study, [], { method: "kmeans_raw" });
  assert.deepEqual([evidence.nContracts, evidence.periods], [0, []]);
});

Deno.test("clusterEvidenceView() has every method with its name, and the periods of one", () => {
  const periods = periodAgreements([{ name: "2024 H1", set }, { name: "2024 H2", set }], {
    ...{ ...OPTIONS, permutations: 19 },
  });
  const view = clusterEvidenceView(STUDY, periods, { method: "kmeans_raw" });
  assert.deepEqual(view.methods.map(({ name }) => name), [
    "k-means on loadings (the seed’s)",
    "DBSCAN on t-scores",
  ]);
  assert.deepEqual(view.methods.map(({ name: _, ...one }) => one), STUDY.evidence);
  assert.deepEqual(view.periods, periods.filter(({ method }) => method === "kmeans_raw"));
  assert.equal(view.periods.length, 1);
  assert.deepEqual(
    [view.periodMethod, view.nContracts, view.nFactors],
    ["k-means on loadings (the seed’s)", 60, 3],
  );
});

Deno.test("loadingsView() has a row a contract: its loadings, those that stand and the least q-value", () => {
  const panel = noisePanel(120, 2, 1);
  const contracts = [
    ...madeContracts(panel, { count: 3, n: 100, beta: 0.9, seed: 2 }),
    // too few moves to be fitted
    madeContract(9, [1, 2, 3], [1, 2, 1]),
  ];
  const loadings = contractLoadings(panel, contracts, {
    ...{ estimator: "ols", coverage: 0.9, minObservationsPerFactor: 5 },
  });
  const found = loadingDiscoveries(loadings, { rate: 0.1, eventOf: ["x", "y", "z", "w"] });
  const view = loadingsView(
    panel,
    { loadings, found, nNull: 0.5, rate: 0.1, unit: "nats", coverage: "as planted" },
    { titleOf: (id) => `title of ${id}`, hueOf: (id) => id === "poly:9" ? null : "blue" },
  );
  assert.deepEqual(
    view.rows.map(({ marketId, title, hue }) => [marketId, title, hue]),
    contracts.map(({ marketId }, i) => [marketId, `title of ${marketId}`, i === 3 ? null : "blue"]),
  );
  view.rows.forEach(({ beta, isDiscovery, leastQ }, i) => {
    const q = [...found.qValue.slice(2 * i, 2 * i + 2)];
    assert.deepEqual(beta, loadings.beta.slice(2 * i, 2 * i + 2));
    assert.deepEqual([...isDiscovery], q.map((value) => value <= 0.1 ? 1 : 0));
    assert.equal(leastQ, i === 3 ? NaN : Math.min(...q));
  });
  const nDiscoveries = view.rows.flatMap(({ isDiscovery }) => [...isDiscovery])
    .reduce((sum, one) => sum + one, 0);
  assert.ok(nDiscoveries >= 3 && nDiscoveries < 6, `${nDiscoveries}`);
  assert.deepEqual(
    [view.nTests, view.nDiscoveries, view.nNull, view.rate, view.unit, view.coverage],
    [6, nDiscoveries, 0.5, 0.1, "nats", "as planted"],
  );
  assert.deepEqual(view.pValues, loadings.pValue);
  assert.deepEqual(view.factors, [
    { symbol: "F0", group: "US equity" },
    { symbol: "F1", group: "US equity" },
  ]);
});

Deno.test("loadingsView() counts a loading whose q-value is the very rate", () => {
  const panel = noisePanel(2, 2, 1), number = Float64Array.of(0.1, 0.2);
  const [row] = loadingsView(panel, {
    loadings: {
      ...{ estimator: "ols", marketIds: ["a"], symbols: ["F0", "F1"], beta: number },
      ...{ error: number, df: number, ciLow: number, ciHigh: number, pValue: number, kept: number },
    },
    found: {
      ...{ qValue: number, nTests: 2, nLoadings: 1, nContractsTested: 1, nContracts: 1 },
      ...{ nEventsTested: 1, nEvents: 1, nEventsAsOne: 1 },
    },
    ...{ nNull: 0, rate: 0.1, unit: "nats", coverage: "" },
  }, { titleOf: String, hueOf: () => null }).rows;
  assert.deepEqual([[...row!.isDiscovery], row!.leastQ], [[1, 0], 0.1]);
});
