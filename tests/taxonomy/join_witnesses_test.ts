import assert from "node:assert/strict";
import { integerColumn, numberColumn, stringColumn, table } from "lib/core/table.ts";
import { joinWitnesses } from "lib/taxonomy/join_witnesses.ts";

const CLUSTERS = table({
  method: stringColumn(["ward", "ward", "average"]),
  market_id: stringColumn(["poly:b", "poly:a", "poly:c"]),
  cluster_id: integerColumn([1, 0, 5]),
  cluster_label: stringColumn(["fed, rates", null, "other"]),
  stability: numberColumn([0.8, null, 0.1]),
  cluster_p: numberColumn([0.01, 0.5, 0.2]),
});
const WORDS = new Map([
  ["poly:z", { theme: "uncategorized", confidence: 0.3 }],
  ["poly:b", { theme: "fed_monetary_policy", confidence: 0.9 }],
]);

Deno.test("joinWitnesses() lists every market that has a witness", () => {
  assert.deepEqual(joinWitnesses(CLUSTERS, WORDS, { method: "ward" }), [
    {
      ...{
        marketId: "poly:a",
        clusterId: 0,
        clusterLabel: "",
        clusterStability: NaN,
        clusterP: 0.5,
      },
      ...{ theme: null, confidence: NaN },
    },
    {
      ...{ marketId: "poly:b", clusterId: 1, clusterLabel: "fed, rates", clusterStability: 0.8 },
      ...{ clusterP: 0.01, theme: "fed_monetary_policy", confidence: 0.9 },
    },
    {
      ...{ marketId: "poly:z", clusterId: -1, clusterLabel: "", clusterStability: NaN },
      ...{ clusterP: NaN, theme: "uncategorized", confidence: 0.3 },
    },
  ]);
});

Deno.test("joinWitnesses() takes a table without rows and refuses a method without clusters", () => {
  const none = table({
    ...{ method: stringColumn([]), market_id: stringColumn([]), cluster_id: integerColumn([]) },
    ...{
      cluster_label: stringColumn([]),
      stability: numberColumn([]),
      cluster_p: numberColumn([]),
    },
  });
  const alone = joinWitnesses(none, WORDS, { method: "ward" });
  assert.deepEqual(alone.map(({ marketId, clusterId }) => [marketId, clusterId]), [
    ...[["poly:b", -1], ["poly:z", -1]],
  ]);
  assert.throws(() => joinWitnesses(CLUSTERS, WORDS, { method: "k_means" }), {
    name: "RangeError",
    message:
      'Cannot join clusters with themes as some must be of the method: got none of "k_means"',
  });
  assert.throws(() => joinWitnesses(table({}), WORDS, { method: "ward" }), TypeError);
});
