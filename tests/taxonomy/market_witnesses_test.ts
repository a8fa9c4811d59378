import assert from "node:assert/strict";
import { clusterEvidence, sortedWitnesses, themeByWords } from "lib/taxonomy/market_witnesses.ts";
import { fourClusters, inCluster, witness } from "./made_witnesses.ts";

Deno.test("clusterEvidence() lists each cluster once with its trustworthiness", () => {
  const found = clusterEvidence(fourClusters().toReversed(), { pValues: "family" });
  assert.deepEqual(found.map(({ clusterId, nEvents }) => [clusterId, nEvents]), [
    ...[[0, 10], [1, 10], [2, 10], [3, 10]],
  ]);
  assert.deepEqual(found.map(({ qValue }) => qValue), [0.01, 0.01, 0.01, 0.2]);
  assert.deepEqual(found[2], {
    ...{ clusterId: 2, label: "cluster 2", nEvents: 10, stability: 0.6, qValue: 0.01 },
  });
});

Deno.test("clusterEvidence() adjusts p-values of single clusters for all of them", () => {
  const markets = [0.01, 0.04, NaN, 0.03].map((clusterP, c) =>
    witness(`poly:${c}`, { ...inCluster(c), clusterP })
  );
  const q = clusterEvidence(markets, { pValues: "single" }).map(({ qValue }) => qValue);
  assert.deepEqual(q, [0.03, 0.04, NaN, 0.04]);
});

Deno.test("clusterEvidence() refuses markets that disagree about their cluster", () => {
  const markets = [
    witness("poly:a", inCluster(0)),
    witness("poly:b", { ...inCluster(0), clusterP: 0.5 }),
  ];
  assert.throws(() => clusterEvidence(markets, { pValues: "family" }), {
    name: "RangeError",
    message: 'Cannot compare witnesses as markets of a cluster must agree about it: got "poly:a" ' +
      'and "poly:b" of cluster 0',
  });
  // not measured is a fact that markets can agree on
  const unknown = { ...inCluster(0), clusterP: NaN };
  const pair = [witness("poly:a", unknown), witness("poly:b", unknown)];
  assert.equal(clusterEvidence(pair, { pValues: "family" }).length, 1);
});

Deno.test("sortedWitnesses() refuses a market or an event twice and a cluster that is no number of one", () => {
  assert.throws(() => sortedWitnesses([witness("poly:a"), witness("poly:a")]), {
    name: "RangeError",
    message: 'Cannot compare witnesses as each market must be listed once: got "poly:a" twice',
  });
  const twice = [witness("poly:a", { eventId: "e" }), witness("poly:b", { eventId: "e" })];
  assert.throws(() => sortedWitnesses(twice), {
    name: "RangeError",
    message: 'Cannot compare witnesses as each event must have one: got "e" twice',
  });
  for (const clusterId of [-2, 0.5, NaN]) {
    assert.throws(() => sortedWitnesses([witness("poly:a", { clusterId })]), {
      name: "RangeError",
      message: "Cannot compare witnesses as a cluster must be a whole number >= -1: got " +
        `${clusterId} for "poly:a"`,
    });
  }
});

Deno.test("themeByWords() takes neither silence nor uncategorized for a theme", () => {
  assert.equal(themeByWords({ theme: "sports" }), "sports");
  assert.equal(themeByWords({ theme: "uncategorized" }), null);
  assert.equal(themeByWords({ theme: null }), null);
});
