import assert from "node:assert/strict";
import { clusterKey } from "lib/cluster/cluster_key.ts";
import { cutEvidence } from "lib/page/dendrogram/dendrogram_evidence.ts";
import { clusterRequest, cutRequest, withdrawal } from "lib/page/dendrogram/dendrogram_requests.ts";
import { type ClusterRow, clusterRows } from "lib/page/dendrogram/dendrogram_rows.ts";
import { knownClusters, memberIds } from "lib/page/dendrogram/dendrogram_signed.ts";
import { type Decision, parseDecision, type Verdict } from "lib/review/decision.ts";
import type { StandingSubject } from "lib/review/standing_subject.ts";
import { FIVE } from "./desk_trees.ts";

/** Two clusters in the last run: a and b, and the rest. */
const VIEW = {
  clusters: [
    { key: clusterKey(["c", "d", "e"]), label: "Rest", silhouette: 0.1, stability: 0.2 },
    { key: clusterKey(["a", "b"]), label: "AB", silhouette: 0.3, stability: 0.4 },
  ],
  clusterOf: [1, 1, 0, 0, 0],
  nClusters: 2,
};
const SEEN = "b".repeat(64), CUT_SEEN = "a".repeat(64);

function decision(members: string[], verdict: Verdict, value: object = {}, number = 1): Decision {
  return parseDecision({
    ...{ kind: "cluster", subject: clusterKey(members), title: "t", verdict, comment: "" },
    value: verdict === "withdraw" ? {} : { members, ...value },
    ...{ by: "P", seen: SEEN, source: "s", asOf: "2025-01-01", at: "2025-01-02T00:00:00.000Z" },
    number,
  });
}

function asked(members: string[], said: Decision | null = null, isStale = false): StandingSubject {
  const standing = said === null
    ? "waiting"
    : isStale
    ? "stale"
    : said.verdict === "flag"
    ? "flagged"
    : "signed";
  return {
    ...{ kind: "cluster", id: clusterKey(members), seen: SEEN, title: "t", isRequired: true },
    ...{ standing, decision: said, nDecisions: said?.number ?? 0 },
  };
}

function rowsAt(k: number, subjects: StandingSubject[], orphans: Decision[] = []) {
  const known = knownClusters(FIVE, VIEW, { subjects, orphans });
  return clusterRows(FIVE, k, { known, labels: VIEW.clusters.map(({ label }) => label) });
}

function words(rows: readonly ClusterRow[]): string[] {
  return rows.map((row) => {
    const ids = memberIds(FIVE, row.nodes).sort().join("");
    const name = row.signedName === null ? "" : ` ${row.signedName}`;
    return `${ids}${name}${row.isPending ? " pending" : ""}`;
  }).sort();
}

const CUT: StandingSubject = {
  ...{ kind: "cut", id: "ward", seen: CUT_SEEN, title: "cut", isRequired: true },
  ...{ standing: "waiting", decision: null, nDecisions: 3 },
};

Deno.test("clusterRows() gives the clusters of a cut with what is asked about them", () => {
  const rows = rowsAt(2, [asked(["a", "b"]), asked(["c", "d", "e"])]);
  assert.deepEqual(words(rows), ["ab", "cde"]);
  assert.deepEqual(rows.map(({ number }) => number), [1, 2]);
  assert.ok(rows.every(({ isAsked, subject }) => isAsked && subject!.standing === "waiting"));
  assert.ok(rowsAt(4, []).every(({ isAsked, subject }) => !isAsked && subject === null));
});

Deno.test("clusterRows() gives signed names, pending until the run has them", () => {
  const renamed = (name: string) =>
    rowsAt(2, [asked(["a", "b"], decision(["a", "b"], "rename", { name }))]);
  assert.deepEqual(words(renamed("Mine")), ["ab Mine pending", "cde"]);
  assert.deepEqual(words(renamed("AB")), ["ab AB", "cde"]);
});

Deno.test("clusterRows() shows a signed merge as one group where all its clusters are at the cut", () => {
  const orphan = decision(["a", "b"], "merge", { with: [["d", "e"]] });
  assert.deepEqual(words(rowsAt(3, [], [orphan])), ["abde pending", "c"]);
  assert.deepEqual(words(rowsAt(2, [], [orphan])), ["ab", "cde"]);
  const whole = decision(["a", "b"], "merge", { with: [["c", "d", "e"]] });
  assert.deepEqual(words(rowsAt(2, [asked(["a", "b"], whole)])), ["abcde pending"]);
});

Deno.test("clusterRows() merges a merged cluster again and names it", () => {
  const first = decision(["a", "b"], "merge", { with: [["d", "e"]] });
  const second = decision(["a", "b", "d", "e"], "merge", { with: [["c"]] });
  assert.deepEqual(words(rowsAt(3, [], [first, second])), ["abcde pending"]);
  const named = decision(["a", "b", "d", "e"], "rename", { name: "Both" });
  assert.deepEqual(words(rowsAt(3, [], [first, named])), ["abde Both pending", "c"]);
});

Deno.test("clusterRows() shows the parts of a signed split, with any members", () => {
  const parts = [["c", "e"], ["d"]];
  const rows = rowsAt(2, [asked(["c", "d", "e"], decision(["c", "d", "e"], "split", { parts }))]);
  assert.deepEqual(words(rows), ["ab", "ce pending", "d pending"]);
  assert.ok(rows.every(({ hue }, at) => at === 0 || hue !== rows[at - 1]!.hue));
});

Deno.test("clusterRows() lets flagged, stale and unknown decisions change nothing", () => {
  const merge = decision(["a", "b"], "merge", { with: [["c", "d", "e"]] });
  assert.deepEqual(words(rowsAt(2, [asked(["a", "b"], merge, true)])), ["ab", "cde"]);
  const flag = rowsAt(2, [asked(["a", "b"], decision(["a", "b"], "flag"))]);
  assert.deepEqual(words(flag), ["ab", "cde"]);
  assert.equal(flag.find(({ size }) => size === 2)!.subject!.standing, "flagged");
  const gone = decision(["a", "z"], "merge", { with: [["c"]] });
  assert.deepEqual(words(rowsAt(2, [], [gone])), ["ab", "cde"]);
});

Deno.test("clusterRequest() goes with the subject's hash, or the cut's where nobody asks", () => {
  const known = asked(["a", "b"], decision(["a", "b"], "approve", {}, 4));
  const row = rowsAt(2, [known]).find(({ size }) => size === 2)!;
  const about = { comment: "why", cut: CUT };
  const request = clusterRequest(FIVE, row, { said: { verdict: "rename", name: "N" }, ...about });
  assert.deepEqual({ ...request, value: { ...request.value, members: null } }, {
    ...{ kind: "cluster", subject: clusterKey(["a", "b"]), verdict: "rename", comment: "why" },
    ...{ value: { members: null, name: "N" }, seen: SEEN, after: 4 },
  });
  const other = rowsAt(3, [known]).find((one) => memberIds(FIVE, one.nodes).includes("e"))!;
  const split = clusterRequest(FIVE, other, {
    said: { verdict: "split", parts: [3, 4] },
    ...about,
  });
  assert.deepEqual([split.seen, split.after, split.value.parts], [CUT_SEEN, 0, [["d"], ["e"]]]);
  const merge = clusterRequest(FIVE, row, { said: { verdict: "merge", with: [other] }, ...about });
  // what is seen of its own cluster says nothing of the other
  assert.deepEqual([merge.seen, merge.after], [CUT_SEEN, 4]);
  const joined = merge.value.with as string[][];
  assert.deepEqual(joined.map((ids) => ids.sort()), [["d", "e"]]);
});

Deno.test("clusterRequest() about an orphan counts its decisions", () => {
  const orphan = decision(["d", "e"], "approve", {}, 2);
  const row = rowsAt(3, [], [orphan]).find((one) => memberIds(FIVE, one.nodes).includes("e"))!;
  const request = clusterRequest(FIVE, row, {
    said: { verdict: "flag" },
    ...{ comment: "", cut: CUT },
  });
  assert.deepEqual([request.seen, request.after], [CUT_SEEN, 2]);
  assert.deepEqual(withdrawal(row.subject!, ""), {
    ...{ kind: "cluster", subject: clusterKey(["d", "e"]), verdict: "withdraw", value: {} },
    ...{ comment: "", seen: SEEN, after: 2 },
  });
});

Deno.test("cutRequest() carries the number of clusters with an approval only", () => {
  const said = { nClusters: 14, comment: "c" };
  const approve = cutRequest(CUT, { verdict: "approve", ...said });
  assert.deepEqual(approve, {
    ...{ kind: "cut", subject: "ward", verdict: "approve", value: { clusters: 14 } },
    ...{ comment: "c", seen: CUT_SEEN, after: 3 },
  });
  assert.deepEqual(cutRequest(CUT, { verdict: "flag", ...said }).value, {});
});

Deno.test("cutEvidence() looks up studied cuts, else the last run's clusters at its own cut", () => {
  const known = knownClusters(FIVE, VIEW, { subjects: [], orphans: [] });
  const cuts = {
    ...{ k: [2, 3, 4], silhouette: [0.5, 0.4, 0.3] },
    ...{ stability: [0.9, 0.8, null], nullStability: [0.1, 0.2, null] },
  };
  const cutClusters = { k: [3, 3], node: [6, 2], silhouette: [0.7, null], stability: [0.6, null] };
  const found = cutEvidence({ ...VIEW, cuts, cutClusters }, known);
  assert.deepEqual(found.ofCut(3), { silhouette: 0.4, stability: 0.8, nullStability: 0.2 });
  assert.deepEqual(found.ofCut(5), { silhouette: null, stability: null, nullStability: null });
  assert.deepEqual(found.ofCluster(3, [6]), { silhouette: 0.7, stability: 0.6 });
  assert.deepEqual(found.ofCluster(4, [6]), { silhouette: null, stability: null });
  assert.equal(found.mostStudied, 3);
  const old = cutEvidence({ ...VIEW, cuts: null, cutClusters: null }, known);
  assert.equal(old.ofCluster(2, [5]).stability, 0.4);
  assert.equal(old.ofCluster(3, [5]).stability, null);
  assert.equal(old.mostStudied, 0);
});
