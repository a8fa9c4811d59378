import assert from "node:assert/strict";
import fc from "fast-check";
import { clusterKey } from "lib/cluster/cluster_key.ts";
import { cutByCount } from "lib/cluster/cut.ts";
import { partition } from "lib/cluster/partition.ts";
import { windowPrices } from "lib/cluster/study_windows.ts";
import { windowMoves } from "lib/cluster/window_moves.ts";
import { NO_TREE, windowTree } from "lib/cluster/window_tree.ts";
import { linkage } from "lib/cluster/linkage.ts";
import { type Panel, panel } from "lib/core/panel.ts";
import { pairMatrix } from "lib/core/pair_matrix.ts";
import { parseSettings } from "lib/core/settings.ts";
import {
  clusteringSubjects,
  clusterSeen,
  clusterSubject,
  cutSubject,
  isOfToday,
  leafSeen,
  membersOf,
  mergeSeen,
  seenByLeaf,
} from "lib/review/cluster_subjects.ts";
import type { Decision } from "lib/review/decision.ts";
import { seenHash } from "lib/review/subject.ts";
import { sha256Hex } from "lib/store/hash.ts";
import { inProject } from "lib/store/project_root.ts";
import { readYaml } from "lib/store/yaml.ts";
import { planted, pricesOf } from "../cluster/planted.ts";
import { dailyPrices, dailyVolumes, market } from "../universe/daily_prices.ts";
import { decisionOf, OTHER_SEEN, SEEN } from "./decision_fixture.ts";

const TREE = linkage(
  pairMatrix(["a", "b", "c", "d"], Float64Array.of(1, 4, 5, 4, 5, 2)),
  { method: "average" },
);
const LEAVES = ["1", "2", "3", "4"].map((digit) => digit.repeat(64));
const SEEN_OF = seenByLeaf(TREE, LEAVES);
const PAIRS = partition(TREE.ids, [0, 0, 1, 1]);

const MOVES = panel(
  Int32Array.of(0, 1, 2),
  ["x", "y"],
  Float64Array.of(0.5, -1, NaN, 2, 0.25, 0),
);

Deno.test("leafSeen() by hand: sha256 of id, side and the bytes of the moves", () => {
  const bytes = new Uint8Array(24), view = new DataView(bytes.buffer);
  [-1, 2, 0].forEach((x, i) => view.setFloat64(8 * i, x, true));
  assert.deepEqual(leafSeen(MOVES, { kept: [1], side: [-1] }), [
    seenHash({ id: "y", side: -1, moves: sha256Hex(bytes) }),
  ]);
});

Deno.test("leafSeen() is changed by any bit of a leaf, and of no other", () => {
  const before = leafSeen(MOVES, { kept: [0, 1], side: [1, 1] });
  assert.equal(new Set(before).size, 2);
  const changes: [number, number][] = [[0, 0.5 + Number.EPSILON], [2, 0], [1, -1.5], [5, NaN]];
  for (const [cell, value] of changes) {
    const after = leafSeen({ ...MOVES, values: MOVES.values.with(cell, value) }, {
      ...{ kept: [0, 1], side: [1, 1] },
    });
    assert.deepEqual(after.map((one, leaf) => one !== before[leaf]), [
      cell % 2 === 0,
      cell % 2 === 1,
    ]);
  }
  const turned = leafSeen(MOVES, { kept: [1, 0], side: [1, -1] });
  assert.deepEqual([turned[0] === before[1], turned[1] === before[0]], [true, false]);
});

Deno.test("leafSeen() knows one NaN and one zero", () => {
  const bits = new BigUint64Array([0xfff8000000000001n, 0n]);
  const other = new Float64Array(bits.buffer)[0]!;
  const values = Float64Array.of(0.5, -1, other, 2, 0.25, -0);
  const leaves = { kept: [0, 1], side: [1, 1] };
  assert.deepEqual(leafSeen({ ...MOVES, values }, leaves), leafSeen(MOVES, leaves));
});

Deno.test("clusterSeen() and clusterSubject() take members in any order", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...TREE.ids], { minLength: 1 }), (members) => {
      const sorted = [...members].sort();
      const title = { title: "Fed (3 markets)", isRequired: true };
      const subject = clusterSubject(members, SEEN_OF, title);
      assert.deepEqual(subject, {
        ...{ kind: "cluster", id: clusterKey(sorted), ...title },
        seen: seenHash(sorted.map((id) => [id, SEEN_OF.get(id)!])),
      });
    }),
    { seed: 7 },
  );
});

Deno.test("cutSubject() is seen through its joins, their heights and its leaves", () => {
  const options = { seen: LEAVES, title: "Where Ward's tree of 4 markets is cut" };
  const cut = cutSubject(TREE, options);
  assert.deepEqual([cut.kind, cut.id, cut.isRequired, cut.title], [
    ...["cut", "ward", true, "Where Ward's tree of 4 markets is cut"],
  ]);
  const changed = [
    cutSubject(TREE, { ...options, seen: LEAVES.with(2, SEEN) }),
    cutSubject({ ...TREE, height: TREE.height.with(1, 2.5) }, options),
    cutSubject({ ...TREE, left: TREE.left.with(0, 3) }, options),
    cutSubject({ ...TREE, right: TREE.right.with(0, 3) }, options),
    cutSubject({ ...TREE, ids: ["a", "b", "c", "e"] }, options),
  ];
  assert.equal(new Set([cut, ...changed].map(({ seen }) => seen)).size, 6);
  assert.equal(cutSubject(TREE, { ...options, title: "another" }).seen, cut.seen);
});

Deno.test("clusteringSubjects() asks for the cut and each cluster, and leaves out who is in none", () => {
  const found = clusteringSubjects(TREE, {
    seen: LEAVES,
    partition: partition(["a", "b", "c", "z"], [0, 0, 1, -1]),
    labels: ["Fed", "<b>Iran</b>"],
  });
  assert.deepEqual(found, [
    cutSubject(TREE, { seen: LEAVES, title: "Where Ward's tree of 4 markets is cut" }),
    clusterSubject(["a", "b"], SEEN_OF, { title: "Fed (2 markets)", isRequired: true }),
    clusterSubject(["c"], SEEN_OF, { title: "<b>Iran</b> (1 market)", isRequired: true }),
  ]);
});

function onCluster(part: Partial<Decision> & { readonly members: readonly string[] }): Decision {
  const { members, value, ...rest } = part;
  return decisionOf({
    ...{ kind: "cluster", subject: clusterKey(members), verdict: "approve" },
    ...{ value: { members, ...value }, ...rest },
  });
}

Deno.test("clusteringSubjects() waits for nobody where there is no tree to cut", () => {
  const lone = { ...NO_TREE, ids: ["a"] };
  const empty = clusteringSubjects(NO_TREE, { seen: [], partition: partition([], []), labels: [] });
  const one = clusteringSubjects(lone, {
    ...{ seen: ["0".repeat(64)], partition: partition(["a"], [0]), labels: ["A"] },
  });
  assert.deepEqual(empty.map(({ kind, isRequired }) => [kind, isRequired]), [["cut", false]]);
  assert.deepEqual(one.map(({ kind, isRequired }) => [kind, isRequired]), [
    ["cut", false],
    ["cluster", false],
  ]);
});

Deno.test("clusteringSubjects() keeps clusters that a signature has ended", () => {
  const whole = partition(TREE.ids, [0, 0, 0, 0]);
  const [own, all] = [["a", "b"], TREE.ids].map((ids) => clusterSeen(ids, SEEN_OF));
  const merge = onCluster({
    ...{ members: ["a", "b"], verdict: "merge", seen: all!, title: "Fed" },
    value: { with: [["c", "d"]] },
  });
  const rename = onCluster({ members: TREE.ids, verdict: "rename", seen: all!, value: {} });
  const found = clusteringSubjects(TREE, {
    ...{ seen: LEAVES, partition: whole, labels: ["All"], applied: [merge, rename] },
  });
  assert.deepEqual(found.slice(1), [
    clusterSubject(TREE.ids, SEEN_OF, { title: "All (4 markets)", isRequired: true }),
    {
      ...{ kind: "cluster", id: clusterKey(["a", "b"]), title: "Fed", isRequired: false },
      // its own leaves: what is said of it next is not about those that it was joined with
      seen: own!,
    },
  ]);
});

Deno.test("isOfToday() wants the cluster's leaves, for a merge those of all that it joins", () => {
  const own = clusterSeen(["a", "b"], SEEN_OF), all = clusterSeen(TREE.ids, SEEN_OF);
  const merge = { members: ["a", "b"], verdict: "merge" as const, value: { with: [["d", "c"]] } };
  const rows: [Parameters<typeof onCluster>[0], boolean][] = [
    [{ members: ["b", "a"], seen: own }, true],
    [{ members: ["a", "b"], seen: all }, false],
    [{ members: ["a", "z"], seen: own }, false],
    [{ ...merge, seen: own }, false],
    [{ ...merge, seen: all }, true],
    [{ ...merge, seen: OTHER_SEEN }, false],
    [{ ...merge, seen: all, value: { with: [["d", "z"]] } }, false],
  ];
  for (const [part, want] of rows) assert.equal(isOfToday(onCluster(part), SEEN_OF), want);
  assert.equal(isOfToday(decisionOf(), SEEN_OF), false);
});

Deno.test("mergeSeen() is the hash of all clusters that a merge joins, and says nothing of others", () => {
  const merge = { members: ["a", "b"], verdict: "merge" as const };
  assert.equal(
    mergeSeen(onCluster({ ...merge, value: { with: [["d"], ["c"]] } }), SEEN_OF),
    clusterSeen(TREE.ids, SEEN_OF),
  );
  assert.equal(mergeSeen(onCluster({ ...merge, value: { with: [["z"]] } }), SEEN_OF), "");
  assert.equal(mergeSeen(onCluster({ members: ["a", "b"] }), SEEN_OF), null);
  assert.equal(mergeSeen(decisionOf(), SEEN_OF), null);
});

Deno.test("membersOf() reads every verdict on a cluster, and nothing else", () => {
  const members = ["a", "b"];
  const values = {
    ...{ approve: {}, flag: {}, rename: { name: "Fed" }, merge: { with: [["c"]] } },
    split: { parts: [["a"], ["b"]] },
  };
  for (const [verdict, value] of Object.entries(values)) {
    const decision = onCluster({ members, verdict: verdict as Decision["verdict"], value });
    assert.deepEqual(membersOf(decision), members);
  }
  assert.equal(membersOf(decisionOf()), null);
});

const { clustering } = parseSettings(await readYaml(inProject("config/settings.yaml")));
const PLAN = { sizes: [5, 4, 3], days: 100, loading: 0.9, seed: 7 };
/** Days 5 to 94 are the window. */
const DAYS = { fromDay: 5, boundaryDay: 95, toDay: 95 };
const TICK = { tick: 0.001 };

/** From daily prices to what is asked, as notebook 03 goes. */
function asked(prices: Panel) {
  const n = prices.markets.length;
  const lists = prices.markets.map((_, j) =>
    Array.from(prices.days, (day, i): [number, number] => [day, prices.values[i * n + j]!])
  );
  const data = {
    markets: prices.markets.map((marketId) => market({ marketId })),
    prices: dailyPrices(lists),
    activity: dailyVolumes(lists.map(() => [])),
  };
  const { now } = windowPrices(data, DAYS, clustering, TICK);
  const { moves } = windowMoves(now, new Int32Array(now.markets.length).fill(-1), TICK);
  const { tree, correlation } = windowTree(moves, { minOverlap: 40 });
  const seen = leafSeen(moves, correlation), cut = cutByCount(tree, 3);
  const subjects = clusteringSubjects(tree, { seen, partition: cut, labels: ["A", "B", "C"] });
  return { seen: seenByLeaf(tree, seen), subjects };
}

Deno.test("one changed price changes what is seen of its leaf, its cluster and the cut alone", () => {
  const plan = planted(PLAN), prices = pricesOf(plan.moves), n = 12;
  const before = asked(prices);
  assert.deepEqual([before.seen.size, before.subjects.length], [n, 4]);
  for (const [day, column] of [[5, 2], [50, 7], [94, 11]] as const) {
    const cell = day * n + column, id = prices.markets[column]!;
    const after = asked({
      ...prices,
      values: prices.values.with(cell, prices.values[cell]! + 0.001),
    });
    const leaves = [...after.seen].filter(([one, seen]) => before.seen.get(one) !== seen);
    assert.deepEqual(leaves.map(([one]) => one), [id]);
    const cluster = prices.markets.filter((_, j) => plan.cluster[j] === plan.cluster[column]);
    assert.deepEqual(after.subjects.map((one) => one.id), before.subjects.map((one) => one.id));
    const changed = after.subjects.filter(({ seen }, k) => seen !== before.subjects[k]!.seen);
    assert.deepEqual(changed.map((one) => one.id), ["ward", clusterKey(cluster)]);
  }
});

Deno.test("a price outside of the window changes nothing that was seen", () => {
  const prices = pricesOf(planted(PLAN).moves), before = asked(prices);
  for (const day of [0, 4, 95, 99]) {
    const cell = day * 12 + 3;
    const values = prices.values.with(cell, prices.values[cell]! + 0.001);
    assert.deepEqual(asked({ ...prices, values }), before);
  }
});

Deno.test("clusterSeen() and clusteringSubjects() refuse what is no leaf and what has no label", () => {
  assert.throws(() => clusterSeen(["a", "z"], SEEN_OF), {
    name: "RangeError",
    message:
      'Cannot tell what was seen of a cluster as its members must be leaves of the tree: got "z"',
  });
  const short = { seen: LEAVES, partition: PAIRS, labels: ["A"] };
  assert.throws(() => clusteringSubjects(TREE, short), {
    name: "RangeError",
    message: "Cannot ask about clusters as each of 2 must have a label: got 1",
  });
});
