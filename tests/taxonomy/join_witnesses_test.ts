import assert from "node:assert/strict";
import { integerColumn, numberColumn, stringColumn, table } from "lib/core/table.ts";
import { joinWitnesses, type WordsWitness } from "lib/taxonomy/join_witnesses.ts";

/** Clusters as in `03_clusters`: method, contract, cluster; facts of a cluster by its number. */
function clusters(...rows: [method: string, marketId: string, clusterId: number][]) {
  return table({
    method: stringColumn(rows.map(([method]) => method)),
    market_id: stringColumn(rows.map(([, marketId]) => marketId)),
    cluster_id: integerColumn(rows.map(([, , clusterId]) => clusterId)),
    cluster_label: stringColumn(rows.map(([, , c]) => c === 1 ? "fed, rates" : null)),
    stability: numberColumn(rows.map(([, , c]) => c === 1 ? 0.8 : null)),
    cluster_p: numberColumn(rows.map(([, , c]) => c === 1 ? 0.01 : 0.5)),
  });
}

function words(marketId: string, eventId: string, theme = "fed_monetary_policy"): WordsWitness {
  return { marketId, eventId, theme, confidence: 0.9 };
}

const NOWHERE = { clusterId: -1, clusterLabel: "", clusterStability: NaN, clusterP: NaN };

Deno.test("joinWitnesses() lists every event once, with what prices and words say", () => {
  const found = joinWitnesses(
    clusters(["ward", "poly:b", 1], ["ward", "poly:a", 0], ["average", "poly:c", 5]),
    [
      words("poly:z", "z", "uncategorized"),
      words("poly:b", "b"),
      words("poly:c", "c"),
      words("poly:a", "a"),
      words("poly:b2", "b"),
    ],
    { method: "ward" },
  );
  assert.deepEqual(found, {
    nDropped: 0,
    witnesses: [
      {
        ...{ ...words("poly:a", "a"), nContracts: 1, isStudied: true, clusterId: 0 },
        ...{ clusterLabel: "", clusterStability: NaN, clusterP: 0.5 },
      },
      {
        ...{ ...words("poly:b", "b"), nContracts: 2, isStudied: true, clusterId: 1 },
        ...{ clusterLabel: "fed, rates", clusterStability: 0.8, clusterP: 0.01 },
      },
      { ...words("poly:c", "c"), nContracts: 1, isStudied: true, ...NOWHERE },
      { ...words("poly:z", "z", "uncategorized"), nContracts: 1, isStudied: false, ...NOWHERE },
    ],
  });
});

Deno.test("joinWitnesses() lets the first placed contract speak for its event, and counts the others", () => {
  const table = clusters(
    ["ward", "poly:d", 1],
    ["ward", "poly:c", 0],
    ["ward", "poly:b", -1],
    ["average", "poly:a", 2],
  );
  const contracts = ["a", "b", "c", "d", "e"].map((id) => words(`poly:${id}`, "one"));
  for (const list of [contracts, contracts.toReversed()]) {
    const { witnesses, nDropped } = joinWitnesses(table, list, { method: "ward" });
    assert.deepEqual(
      witnesses.map(({ marketId, clusterId, nContracts }) => [marketId, clusterId, nContracts]),
      [["poly:c", 0, 5]],
    );
    assert.equal(nDropped, 3);
  }
  // of those that only another method places, the first studied one
  const { witnesses } = joinWitnesses(
    clusters(["average", "poly:b", 2], ["average", "poly:c", 2], ["ward", "poly:x", 0]),
    [...contracts, words("poly:x", "x")],
    { method: "ward" },
  );
  assert.deepEqual(
    witnesses.map(({ marketId, clusterId, isStudied }) => [marketId, clusterId, isStudied]),
    [["poly:b", -1, true], ["poly:x", 0, true]],
  );
});

Deno.test("joinWitnesses() takes a table without rows and refuses what it cannot join", () => {
  const alone = joinWitnesses(clusters(), [words("poly:b", "b")], { method: "ward" });
  assert.deepEqual(alone.witnesses.map(({ marketId, clusterId }) => [marketId, clusterId]), [
    ["poly:b", -1],
  ]);
  const one = clusters(["ward", "poly:b", 1]);
  assert.throws(() => joinWitnesses(one, [words("poly:b", "b")], { method: "k_means" }), {
    name: "RangeError",
    message:
      'Cannot join clusters with themes as some must be of the method: got none of "k_means"',
  });
  assert.throws(() => joinWitnesses(one, [words("poly:a", "a")], { method: "ward" }), {
    name: "RangeError",
    message:
      'Cannot join clusters with themes as each contract of a cluster must have an event: got none for "poly:b"',
  });
  assert.throws(() => joinWitnesses(table({}), [], { method: "ward" }), TypeError);
});
