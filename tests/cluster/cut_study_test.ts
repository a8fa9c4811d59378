import assert from "node:assert/strict";
import fc from "fast-check";
import { correlationCurve } from "lib/cluster/cluster_count.ts";
import { cutByCount, cutHeight } from "lib/cluster/cut.ts";
import { cutOffset, meanOver, resampledCuts, shiftedCuts } from "lib/cluster/cut_stability.ts";
import { cutNodes, cutStudy, studiedCuts } from "lib/cluster/cut_study.ts";
import { linkage } from "lib/cluster/linkage.ts";
import { members } from "lib/cluster/partition.ts";
import { leavesInTreeOrder } from "lib/cluster/tree_walk.ts";
import { windowTree } from "lib/cluster/window_tree.ts";
import { dayRange, panel } from "lib/core/panel.ts";
import { meanKnown } from "lib/stats/mean_known.ts";
import golden from "../golden/cluster/cuts.json" with { type: "json" };
import { anyDistances, distancesOf } from "./made_distances.ts";
import { chosenOf, marketNames, planted } from "./planted.ts";

const NOTHING = { jaccards: [], shifted: [] };

Deno.test("cutStudy() has scipy's cuts with scikit-learn's silhouettes", () => {
  const n = golden.moves.length / golden.days;
  const moves = panel(dayRange(0, golden.days), marketNames(n), Float64Array.from(golden.moves));
  const found = windowTree(moves, { minOverlap: 20 });
  assert.ok(found.correlation.side.every((s) => s === 1));
  const study = cutStudy(found, NOTHING);
  assert.deepEqual([...study.k], golden.cuts.map(({ k }) => k));
  const { leaves, start } = leavesInTreeOrder(found.tree);
  golden.cuts.forEach(({ k, height, silhouette, clusters }, at) => {
    assert.ok(Math.abs(study.height[at]! - height) < 1e-9);
    assert.ok(Math.abs(study.silhouette[at]! - silhouette) < 1e-9);
    const silhouetteOf = new Map(clusters.map((one) => [one.members.join(), one.silhouette]));
    for (let row = cutOffset(k); row < cutOffset(k + 1); ++row) {
      assert.equal(study.clusters.k[row], k);
      const from = start[study.clusters.node[row]!]!;
      const own = leaves.slice(from, from + study.clusters.size[row]!).sort().join();
      const want = silhouetteOf.get(own)!;
      assert.ok(Math.abs(study.clusters.silhouette[row]! - want) < 1e-9, `${k}: ${own}`);
    }
  });
  assert.equal(study.clusters.k.length, cutOffset(n));
});

const { moves } = planted({ sizes: [8, 6, 5], nLoose: 4, days: 60, loading: 0.7, seed: 7 });
const OPTIONS = { minOverlap: 20 };
const window = windowTree(moves, OPTIONS);
const most = studiedCuts(window.tree);
const job = {
  ...{ moves, ...OPTIONS, maxClusters: most, blockDays: 5, seed: 7 },
  ...{ tree: window.tree, kept: window.correlation.kept, from: 0, to: 3 },
};

Deno.test("cutNodes() by hand", () => {
  const tree = linkage(distancesOf([1, 4, 4, 9, 4, 4, 9, 2, 9, 9]), { method: "average" });
  // merges: 5 = 0+1, 6 = 2+3, 7 = 5+6, 8 = 4+7
  assert.deepEqual([2, 3, 4].map((k) => [...cutNodes(tree, k)]), [[7, 4], [5, 6, 4], [5, 2, 3, 4]]);
  assert.deepEqual([...cutNodes(tree, 1)], [8]);
  assert.deepEqual([...cutNodes(tree, 5)], [0, 1, 2, 3, 4]);
});

Deno.test("cutNodes() are the clusters of the cut, in the order of their numbers", () => {
  fc.assert(
    fc.property(anyDistances({ min: 2, max: 14, kinds: ["any", "tied"] }), (distance) => {
      const tree = linkage(distance, { method: "ward" }), n = tree.ids.length;
      const { leaves, start } = leavesInTreeOrder(tree);
      for (let k = 1; k <= n; ++k) {
        const groups = Array.from(cutNodes(tree, k), (node) => {
          const size = node < n ? 1 : tree.size[node - n]!;
          return [...leaves.slice(start[node]!, start[node]! + size)].sort((a, b) => a - b);
        });
        assert.deepEqual(groups, members(cutByCount(tree, k)));
      }
    }),
    { seed: 7, numRuns: 100 },
  );
});

Deno.test("cutStudy() agrees with the curve of the number of clusters", () => {
  const study = cutStudy(window, NOTHING), n = window.tree.ids.length;
  const curve = correlationCurve(window.correlation.held, { maxClusters: n - 1 });
  assert.equal(study.k.length, n - 2);
  study.k.forEach((k, at) => {
    assert.ok(Math.abs(study.silhouette[at]! - curve.silhouette[at]!) < 1e-12);
    assert.equal(study.height[at], cutHeight(window.tree, k));
  });
});

Deno.test("cutStudy() means the stability over resamplings, then over clusters", () => {
  const jaccards = resampledCuts(job), shifted = shiftedCuts({ ...job, resamples: 1 });
  const study = cutStudy(window, { jaccards, shifted });
  assert.deepEqual(study.clusters.stability, meanOver(jaccards));
  study.k.forEach((k, at) => {
    const own = study.clusters.stability.filter((_, row) => study.clusters.k[row] === k);
    assert.equal(study.stability[at], meanKnown(own));
    assert.equal(study.nullStability[at], meanKnown(shifted.map((one) => one[at]!)));
  });
});

Deno.test("cutStudy() tells clusters apart up to sixty, and goes on without", () => {
  const { moves: many } = planted({ sizes: [], nLoose: 70, days: 30, loading: 0, seed: 7 });
  const wide = windowTree(many, OPTIONS);
  assert.equal(studiedCuts(wide.tree), 60);
  const lists = {
    jaccards: [new Float64Array(cutOffset(61)).fill(0.5)],
    shifted: [new Float64Array(59).fill(0.25)],
  };
  const study = cutStudy(wide, lists);
  assert.deepEqual([study.k.length, study.k.at(-1)], [68, 69]);
  assert.equal(study.clusters.k.at(-1), 60);
  const at = (k: number) => [study.stability[k - 2], study.nullStability[k - 2]];
  assert.deepEqual([at(60), at(61), at(69)], [[0.5, 0.25], [NaN, NaN], [NaN, NaN]]);
  assert.ok(study.silhouette.every(Number.isFinite));
});

Deno.test("cutStudy() of hardly any markets", () => {
  for (const n of [0, 1, 2]) {
    const few = windowTree(chosenOf(moves, [...Array(n).keys()]), OPTIONS);
    assert.equal(studiedCuts(few.tree), 1);
    const study = cutStudy(few, NOTHING);
    assert.deepEqual([study.k.length, study.clusters.k.length], [0, 0]);
  }
  const three = cutStudy(windowTree(chosenOf(moves, [0, 1, 2]), OPTIONS), NOTHING);
  assert.deepEqual([...three.k], [2]);
  assert.deepEqual([...three.clusters.size], [2, 1]);
  assert.deepEqual([...three.stability, ...three.nullStability], [NaN, NaN]);
});

Deno.test("cutStudy() refuses evidence of another number of cuts", () => {
  assert.throws(() => cutStudy(window, { ...NOTHING, shifted: [new Float64Array(3)] }), {
    name: "RangeError",
    message: "Cannot study cuts as each list must have 21 values: got 3",
  });
  assert.throws(() => cutStudy(window, { ...NOTHING, jaccards: [new Float64Array(3)] }), {
    name: "RangeError",
    message: "Cannot study cuts as each list must have 252 values: got 3",
  });
});
