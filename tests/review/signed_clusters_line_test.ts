import assert from "node:assert/strict";
import { partition } from "lib/cluster/partition.ts";
import type { Decision } from "lib/review/decision.ts";
import { signedClustersLine } from "lib/review/signed_clusters_line.ts";
import { decisionOf } from "./decision_fixture.ts";

const NO_CUT = { nClusters: null, ignored: [] };
const AS_FOUND = {
  ...{ partition: partition(["a", "b"], [0, 1]), names: new Map<string, string>() },
  ...{ applied: [], ignored: [] },
};
const HOSTILE = `<b>"\u202Egnihton\u2066 \u0000[x](y) ${"w".repeat(500)}`;

function onCluster(verdict: "rename" | "merge" | "split", value: Decision["value"]): Decision {
  return decisionOf({ kind: "cluster", verdict, value: { members: ["a"], ...value } });
}

Deno.test("signedClustersLine() says that the rule's number is used where none is signed", () => {
  assert.equal(
    signedClustersLine(NO_CUT, AS_FOUND, { byRule: 8 }),
    "No number of clusters is signed: the rule's 8 are used.",
  );
});

Deno.test("signedClustersLine() says what was signed, and what no null and no p-value knows of it", () => {
  const applied = [
    onCluster("merge", { with: [["b"]] }),
    onCluster("split", { parts: [["a"], ["b"]] }),
    onCluster("rename", { name: "Rates" }),
  ];
  assert.equal(
    signedClustersLine({ nClusters: 12, ignored: [] }, {
      ...{ ...AS_FOUND, applied, names: new Map([["key", "Rates"]]) },
    }, { byRule: 8 }),
    "A person signed 12 clusters where the rule takes 8; every method and its shifted panels use it, " +
      "but no p-value counts that it was chosen with these data in view. Signed and in effect on Ward's " +
      "clusters: 1 merge, 1 split, 1 name (Rates). The null of Ward's clusters neither merges nor " +
      "splits by judgement.",
  );
});

Deno.test("signedClustersLine() names what is not applied, five at most", () => {
  const decision = decisionOf({ kind: "cut", title: "Where the tree is cut" });
  const ignored = Array.from({ length: 6 }, () => ({ decision, reason: "the data have changed" }));
  assert.equal(
    signedClustersLine({ nClusters: null, ignored }, AS_FOUND, { byRule: 8 }),
    "No number of clusters is signed: the rule's 8 are used. 6 decisions not applied: " +
      "approve of “Where the tree is cut”, the data have changed; ".repeat(5).slice(0, -2) + ".",
  );
});

Deno.test("signedClustersLine() shows hostile names and titles as they read, on one short line", () => {
  const decision = decisionOf({ kind: "cut", title: HOSTILE });
  const line = signedClustersLine(
    { nClusters: null, ignored: [{ decision, reason: "stale" }] },
    { ...AS_FOUND, names: new Map([["key", HOSTILE.slice(0, 21)]]) },
    { byRule: 8 },
  );
  assert.doesNotMatch(line, /[\p{Cf}\p{Cc}]|[^\\][<[]/u);
  assert.match(line, /1 name \(\\<b\\>"gnihton \\\[x\\\]\(y\)\)/);
  assert.ok(line.length < 300);
});
