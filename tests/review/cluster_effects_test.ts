import assert from "node:assert/strict";
import fc from "fast-check";
import { clusterKey } from "lib/cluster/cluster_key.ts";
import { linkage } from "lib/cluster/linkage.ts";
import { members, partition } from "lib/cluster/partition.ts";
import { pairMatrix } from "lib/core/pair_matrix.ts";
import { seenToday, signedClusters, signedCount } from "lib/review/cluster_effects.ts";
import { clusterSeen } from "lib/review/cluster_subjects.ts";
import type { Decision, Verdict } from "lib/review/decision.ts";
import { inForce } from "lib/review/decisions_in_force.ts";
import { decisionOf, OTHER_SEEN, subjectOf } from "./decision_fixture.ts";

const IDS = ["a", "b", "c", "d", "e", "f", "g"];
const SEEN_OF = new Map(IDS.map((id, i) => [id, `${i}`.repeat(64)]));
const TODAY = { seenOf: SEEN_OF };
/** abc, de, f; g in none. */
const FOUND = partition(IDS, [0, 0, 0, 1, 1, 2, -1]);

/** A decision on the cluster of `ids` that everything was seen for. */
function on(
  ids: string,
  verdict: Verdict,
  { minute = 0, ...part }: Partial<Decision> & { readonly minute?: number } = {},
): Decision {
  const own = [...ids];
  const others = (part.value?.with ?? []) as string[][];
  return decisionOf({
    ...{ kind: "cluster", subject: clusterKey(own), verdict },
    ...{ at: `2026-05-03T10:${String(minute).padStart(2, "0")}:00.000Z` },
    seen: clusterSeen([...own, ...others.flat()], SEEN_OF),
    ...part,
    value: { members: own, ...part.value },
  });
}

const rename = (ids: string, name: string, minute = 0) =>
  on(ids, "rename", { minute, value: { name } });
const merge = (ids: string, others: readonly string[], minute = 0) =>
  on(ids, "merge", { minute, value: { with: others.map((one) => [...one]) } });
const split = (ids: string, parts: readonly string[], minute = 0) =>
  on(ids, "split", { minute, value: { parts: parts.map((one) => [...one]) } });

function groupsOf(decisions: readonly Decision[]) {
  const { partition, names, applied, ignored } = signedClusters(FOUND, { ...TODAY, decisions });
  return {
    groups: members(partition).map((items) => items.map((i) => IDS[i]!).join("")),
    names: Object.fromEntries(names),
    applied,
    reasons: ignored.map(({ reason }) => reason),
  };
}

Deno.test("signedClusters() changes nothing without a change that is signed", () => {
  const decisions = [on("abc", "approve"), on("de", "flag"), decisionOf()];
  assert.deepEqual(signedClusters(FOUND, { ...TODAY, decisions }), {
    partition: FOUND,
    names: new Map(),
    applied: [],
    ignored: [],
  });
});

Deno.test("signedClusters() names, merges and splits", () => {
  assert.deepEqual(groupsOf([rename("de", "Iran")]).names, { [clusterKey(["d", "e"])]: "Iran" });
  assert.deepEqual(groupsOf([merge("f", ["de"])]).groups, ["abc", "def"]);
  assert.deepEqual(groupsOf([merge("de", ["f", "abc"])]).groups, ["abcdef"]);
  assert.deepEqual(groupsOf([split("abc", ["b", "ac"])]).groups, ["ac", "de", "b", "f"]);
  const cluster = signedClusters(FOUND, { ...TODAY, decisions: [merge("f", ["de"])] }).partition;
  assert.deepEqual(cluster, partition(IDS, [0, 0, 0, 1, 1, 1, -1]));
});

Deno.test("signedClusters() takes each decision on the clusters as they are then", () => {
  const steps = [
    rename("defg".slice(0, 3), "Conflict", 3),
    split("abc", ["ab", "c"], 1),
    merge("de", ["f"], 2),
    merge("c", ["def"], 4),
    rename("ab", "Fed", 5),
    rename("cdef", "All else", 6),
  ];
  const found = groupsOf(steps);
  assert.deepEqual(found.groups, ["cdef", "ab"]);
  // the name of def went with its cluster
  assert.deepEqual(found.names, {
    [clusterKey(["a", "b"])]: "Fed",
    [clusterKey(["c", "d", "e", "f"])]: "All else",
  });
  assert.deepEqual(found.reasons, []);
  assert.deepEqual(found.applied.map(({ at }) => at.slice(14, 16)), [
    ...["01", "02", "03", "04", "05", "06"],
  ]);
  assert.deepEqual(groupsOf(steps.toReversed()), found);
});

Deno.test("signedClusters() takes equal instants by subject", () => {
  // the two merges cannot both be: the first by its key counts
  const both = [merge("de", ["f"]), merge("f", ["abc"])];
  const [first, second] = both.toSorted((x, y) => x.subject < y.subject ? -1 : 1);
  for (const decisions of [both, both.toReversed()]) {
    const { applied, ignored } = signedClusters(FOUND, { ...TODAY, decisions });
    assert.deepEqual(applied, [first]);
    assert.deepEqual(ignored.map(({ decision }) => decision), [second]);
  }
});

Deno.test("signedClusters() ignores what is stale, gone or does not fit, and says why", () => {
  const stale = { seen: OTHER_SEEN };
  const rows: [Decision, string][] = [
    [{ ...rename("de", "Iran"), ...stale }, "the data that it was decided on have changed"],
    [{ ...split("de", ["d", "e"]), ...stale }, "the data that it was decided on have changed"],
    [{ ...rename("df", "Iran"), ...stale }, "its cluster is not among today's"],
    [rename("df", "Iran"), "its cluster is not among today's"],
    [rename("g", "Lost"), "its cluster is not among today's"],
    [merge("de", ["ab"]), "a cluster that it is joined with is not among today's"],
    [merge("de", ["de"]), "it joins one cluster twice"],
    [merge("de", ["f", "f"]), "it joins one cluster twice"],
    [split("abc", ["a", "b"]), "its parts are not the cluster's members, each once"],
    [split("abc", ["ab", "bc"]), "its parts are not the cluster's members, each once"],
    [split("abc", ["ab", "cd"]), "its parts are not the cluster's members, each once"],
    [
      { ...rename("de", "Iran"), subject: clusterKey(["f"]) },
      "its members are not those of its cluster",
    ],
  ];
  for (const [decision, reason] of rows) {
    const found = signedClusters(FOUND, { ...TODAY, decisions: [decision] });
    assert.deepEqual(found.ignored, [{ decision, reason }]);
    assert.deepEqual([found.partition, found.names.size, found.applied], [FOUND, 0, []]);
  }
});

Deno.test("signedClusters() does not join with a cluster whose data have changed", () => {
  const both = merge("de", ["f"]);
  const seenOf = new Map(SEEN_OF).set("f", OTHER_SEEN);
  // nor one that was signed on its own cluster alone
  for (const decision of [both, { ...both, seen: clusterSeen(["d", "e"], SEEN_OF) }]) {
    const { ignored, partition } = signedClusters(FOUND, { seenOf, decisions: [decision] });
    assert.deepEqual(partition, FOUND);
    assert.deepEqual(ignored, [
      { decision, reason: "the data that it was decided on have changed" },
    ]);
  }
});

Deno.test("signedClusters() keeps a name through an approval, and ends it with a flag, merge or split", () => {
  const [first, key] = [rename("de", "Iran"), clusterKey(["d", "e"])];
  const then = (...more: Decision[]) =>
    groupsOf(
      inForce([first, ...more].map((one, i) => ({ ...one, number: i + 1 })), first),
    );
  assert.deepEqual(then(on("de", "approve", { minute: 1 })).names, { [key]: "Iran" });
  assert.deepEqual(then(on("de", "approve", { minute: 1, seen: OTHER_SEEN })).names, {});
  assert.deepEqual(then(on("de", "flag", { minute: 1 })).names, {});
  assert.deepEqual(then(split("de", ["d", "e"], 1)), {
    ...groupsOf([split("de", ["d", "e"], 1)]),
    applied: [{ ...split("de", ["d", "e"], 1), number: 2 }],
  });
  const back = { value: {}, minute: 2 };
  assert.deepEqual(then(on("de", "approve", { minute: 1 }), on("de", "withdraw", back)).names, {
    [key]: "Iran",
  });
});

Deno.test("signedClusters() keeps every market where it may be, whatever is decided", () => {
  const ids = fc.shuffledSubarray(IDS, { minLength: 1 });
  const decision = fc.oneof(
    fc.constantFrom(
      ...[
        split("abc", ["a", "bc"]),
        split("bc", ["b", "c"]),
        merge("a", ["f"]),
        merge("de", ["f"]),
      ],
      ...[merge("af", ["de"]), split("de", ["e", "d"]), merge("abc", ["de", "f"])],
    ),
    fc.tuple(ids, ids).map(([own, other]) => merge(own.join(""), [other.join("")])),
    fc.tuple(ids, ids).map(([own, other]) => split(own.join(""), [other.join("")])),
  );
  const minutes = fc.array(fc.tuple(decision, fc.integer({ min: 0, max: 59 })), { maxLength: 12 });
  fc.assert(
    fc.property(minutes, (list) => {
      const decisions = list.map(([one, minute]) => ({
        ...one,
        at: `2026-05-03T10:${String(minute).padStart(2, "0")}:00.000Z`,
      }));
      const found = signedClusters(FOUND, { ...TODAY, decisions });
      assert.deepEqual(
        found.partition.cluster.map((c) => c < 0 ? -1 : 0),
        FOUND.cluster.map((c) => c < 0 ? -1 : 0),
      );
      assert.equal(found.applied.length + found.ignored.length, decisions.length);
      assert.deepEqual(found.partition, partition(IDS, found.partition.cluster));
    }),
    { seed: 7, numRuns: 300 },
  );
});

const TREE = linkage(pairMatrix(["a", "b", "c"], Float64Array.of(1, 4, 5)), { method: "ward" });
const CUT = subjectOf({ kind: "cut", id: "ward" });
const cutInto = (clusters: number, part: Partial<Decision> = {}) =>
  decisionOf({ kind: "cut", subject: "ward", value: { clusters }, ...part });

Deno.test("signedCount() is the number that was signed on today's tree", () => {
  for (const count of [1, 2, 3]) {
    assert.deepEqual(signedCount([decisionOf(), cutInto(count)], CUT, { tree: TREE }), {
      nClusters: count,
      ignored: [],
    });
  }
  const nothing = { nClusters: null, ignored: [] };
  assert.deepEqual(signedCount([], CUT, { tree: TREE }), nothing);
  assert.deepEqual(signedCount([decisionOf()], CUT, { tree: TREE }), nothing);
  const flagged = decisionOf({ kind: "cut", subject: "ward", verdict: "flag" });
  assert.deepEqual(signedCount([flagged], CUT, { tree: TREE }), nothing);
  assert.deepEqual(signedCount([cutInto(2, { subject: "other" })], CUT, { tree: TREE }), nothing);
});

Deno.test("signedCount() takes no stale number and none that the tree does not allow", () => {
  const stale = cutInto(2, { seen: OTHER_SEEN }), four = cutInto(4);
  assert.deepEqual(signedCount([stale], CUT, { tree: TREE }), {
    nClusters: null,
    ignored: [{ decision: stale, reason: "the data that it was decided on have changed" }],
  });
  assert.deepEqual(signedCount([four], CUT, { tree: TREE }), {
    nClusters: null,
    ignored: [{ decision: four, reason: "the tree can be cut into 1 to 3 clusters, not 4" }],
  });
  // two parts without a known pair are two clusters at least
  const parts = linkage(pairMatrix(["a", "b", "c"], Float64Array.of(1, NaN, NaN)), {
    method: "average",
  });
  const { ignored } = signedCount([cutInto(1)], CUT, { tree: parts });
  assert.equal(ignored[0]!.reason, "the tree can be cut into 2 to 3 clusters, not 1");
});

Deno.test("seenToday() lets nothing that may not be applied be taken for signed", () => {
  const applied = merge("abc", ["de"]), ignored = merge("f", ["de"], 1);
  const named = rename("f", "Oil", 2);
  const decisions = [applied, ignored, named];
  const signed = signedClusters(FOUND, { ...TODAY, decisions });
  assert.deepEqual(signed.ignored.map(({ decision }) => decision), [ignored]);
  assert.deepEqual(
    decisions.map((decision) => seenToday(decision, { signed, ...TODAY })),
    [applied.seen, "", null],
  );
});

Deno.test("signedClusters() takes marks of direction out of a name", () => {
  const decisions = [rename("de", "Oil \u202e\u0000gas")];
  const { names } = signedClusters(FOUND, { ...TODAY, decisions });
  assert.deepEqual([...names.values()], ["Oil gas"]);
});
