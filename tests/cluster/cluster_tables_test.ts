import assert from "node:assert/strict";
import {
  assignmentTable,
  clusterTable,
  leafTable,
  leftOutTable,
  linkageTable,
  methodTable,
} from "lib/cluster/cluster_tables.ts";
import { linkage } from "lib/cluster/linkage.ts";
import { pairMatrix } from "lib/core/pair_matrix.ts";
import { cellAt, type Table } from "lib/core/table.ts";
import { fitOf, namedOf, rowOf } from "./made_rows.ts";

function rowsOf({ nRows, columns }: Table): unknown[][] {
  return Array.from(
    { length: nRows },
    (_, row) => Object.values(columns).map((column) => cellAt(column, row)),
  );
}

function typesOf({ columns }: Table): string[] {
  return Object.entries(columns).map(([name, { type }]) => `${name} ${type}`);
}

const WARD = namedOf(fitOf("ward", [1, -1, 0, 0]), [0.8, 0.5], [0.02, NaN]);
const SINGLE = namedOf(fitOf("single", [-1, 3, -1, 3]), [NaN], [1]);

Deno.test("clusterTable() has a row for each method and market that it placed", () => {
  const found = clusterTable([WARD, SINGLE], ["E0", "E1", "E2", "E3"]);
  assert.deepEqual(typesOf(found), [
    ...["method string", "market_id string", "event_id string", "cluster_id integer"],
    ...["cluster_key string", "cluster_label string", "side integer", "silhouette number"],
    ...["stability number", "cluster_p number"],
  ]);
  assert.deepEqual(rowsOf(found), [
    ["ward", "poly:00", "E0", 1, "00000001", "B", 1, 0, 0.5, null],
    ["ward", "poly:02", "E2", 0, "00000000", "A", 1, 0.2, 0.8, 0.02],
    ["ward", "poly:03", "E3", 0, "00000000", "A", -1, 0.3, 0.8, 0.02],
    ["single", "poly:01", "E1", 0, "00000000", "A", -1, 0.1, null, 1],
    ["single", "poly:03", "E3", 0, "00000000", "A", -1, 0.3, null, 1],
  ]);
  assert.deepEqual(typesOf(clusterTable([], [])), typesOf(found));
});

Deno.test("assignmentTable() lists one method's markets cluster by cluster", () => {
  const found = assignmentTable(WARD);
  assert.deepEqual(typesOf(found), [
    ...["market_id string", "cluster_id integer", "cluster_label string", "side integer"],
    ...["cluster_key string", "method string"],
  ]);
  assert.deepEqual(rowsOf(found), [
    ["poly:02", 0, "A", 1, WARD.keys[0], "ward"],
    ["poly:03", 0, "A", -1, WARD.keys[0], "ward"],
    ["poly:00", 1, "B", 1, WARD.keys[1], "ward"],
  ]);
});

const TREE = linkage(pairMatrix(["a", "b", "c"], Float64Array.of(4, 1, 6)), { method: "average" });

Deno.test("linkageTable() has the joins as scipy numbers them", () => {
  const found = linkageTable(TREE);
  assert.deepEqual(typesOf(found), [
    ...["left integer", "right integer", "height number", "size integer"],
  ]);
  assert.deepEqual(rowsOf(found), [[0, 2, 1, 2], [1, 3, 5, 3]]);
});

Deno.test("leafTable() lists the leaves in the order drawn", () => {
  const leaves = { titles: ["x", "y", "z"], side: [1, -1, 1], seen: ["s0", "s1", "s2"] };
  const found = leafTable(TREE, [1, 2, 0], leaves);
  assert.deepEqual(typesOf(found), [
    ...["leaf integer", "market_id string", "title string", "side integer", "seen string"],
  ]);
  assert.deepEqual(rowsOf(found), [
    ...[[1, "b", "y", -1, "s1"], [2, "c", "z", 1, "s2"], [0, "a", "x", 1, "s0"]],
  ]);
});

Deno.test("methodTable() has a row for each method with all its evidence", () => {
  const unknown = rowOf("dbscan", { verdict: "not measured", adjustedP: NaN, silhouette: NaN });
  const found = methodTable([rowOf("ward"), unknown], { nTried: 13, handed: "ward" });
  assert.deepEqual(typesOf(found), [
    ...["method string", "name string", "evidence string", "k integer", "n_placed integer"],
    ...["n_items integer", "largest_share number", "silhouette number"],
    ...["silhouette_null_percentile number", "stability number", "stability_null number"],
    ...["stability_null_percentile number", "n_stable integer", "window_ari number"],
    ...["dropped_ari number", "seed_ari number", "n_windows integer"],
    ...["n_windows_above integer", "oos_coherence number"],
    ...["oos_low number", "oos_high number", "oos_null_low number", "oos_null_mid number"],
    ...["oos_null_high number", "null_percentile number", "adjusted_p number"],
    ...["beyond_wording number", "beyond_p number", "verdict string", "n_tried integer"],
    "is_handed_on bool",
  ]);
  assert.deepEqual(rowsOf(found)[0], [
    ...["ward", "Ward", "prices", 2, 5, 6, 0.4, 0.21, 0.9, 0.7, 0.3, 0.95, 1],
    ...[0.4, 0.8, 0.6, 3, 2, 0.05, 0.01, 0.09],
    ...[-0.02, 0.001, 0.02, 1, 0.01, 0.03, 0.02, "better than noise", 13, true],
  ]);
  const { silhouette, adjusted_p, verdict, is_handed_on } = found.columns;
  assert.deepEqual([silhouette, adjusted_p, verdict, is_handed_on].map((one) => cellAt(one!, 1)), [
    ...[null, null, "not measured", false],
  ]);
});

Deno.test("leftOutTable() names the contracts and says why", () => {
  const found = leftOutTable(
    [{ market: 1, kind: "few prices", reason: "has 2 prices" }],
    [{ marketId: "poly:a" }, { marketId: "poly:b" }],
  );
  assert.deepEqual(typesOf(found), ["market_id string", "kind string", "reason string"]);
  assert.deepEqual(rowsOf(found), [["poly:b", "few prices", "has 2 prices"]]);
});
