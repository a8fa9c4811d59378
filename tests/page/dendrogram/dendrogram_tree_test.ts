import assert from "node:assert/strict";
import fc from "fast-check";
import { cutByCount, cutByHeight, fewestClusters } from "lib/cluster/cut.ts";
import { members } from "lib/cluster/partition.ts";
import { countAfterKey, countAtHeight, cutNodes } from "lib/page/dendrogram/dendrogram_cut.ts";
import {
  branchPath,
  crownPath,
  splitPath,
  treePaths,
} from "lib/page/dendrogram/dendrogram_paths.ts";
import { deskTree, leavesBelow, leavesOf, nodesOf } from "lib/page/dendrogram/dendrogram_tree.ts";
import { anyTree, FIVE } from "./desk_trees.ts";

const SEED = { seed: 7, numRuns: 200 };
const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);

Deno.test("deskTree() of five leaves", () => {
  assert.deepEqual([...FIVE.size], [1, 1, 1, 1, 1, 2, 2, 3, 5]);
  assert.deepEqual([FIVE.fewest, FIVE.top], [1, 5]);
  assert.deepEqual(sorted(leavesBelow(FIVE, 7)), [2, 3, 4]);
});

Deno.test("deskTree() takes null for parts that no finite height joins", () => {
  const tree = deskTree({
    marketIds: ["a", "b", "c"],
    ...{ left: [0, 2], right: [1, 3], height: [1, null], order: [0, 1, 2] },
  });
  assert.deepEqual([tree.fewest, tree.top, tree.tree.height[1]], [2, 1, Infinity]);
});

Deno.test("cutNodes() gives the clusters of the library's cut, along the page", () => {
  fc.assert(
    fc.property(anyTree, (desk) => {
      for (let k = fewestClusters(desk.tree); k <= desk.tree.ids.length; ++k) {
        const nodes = cutNodes(desk, k);
        const own = nodes.map((node) => sorted(leavesBelow(desk, node)).join());
        const wanted = members(cutByCount(desk.tree, k)).map((list) => list.join());
        assert.deepEqual([...own].sort(), [...wanted].sort());
        assert.deepEqual(leavesOf(desk, nodes), desk.order);
      }
    }),
    SEED,
  );
});

Deno.test("countAtHeight() counts the clusters of the library's cut, and moves down as heights rise", () => {
  fc.assert(
    fc.property(anyTree, fc.double({ min: 0, max: 45, noNaN: true }), (desk, height) => {
      assert.equal(countAtHeight(desk, height), cutByHeight(desk.tree, height).nClusters);
    }),
    SEED,
  );
  assert.deepEqual([0, 0.99, 1, 2, 3, 4.9, 5].map((h) => countAtHeight(FIVE, h)), [
    ...[5, 5, 4, 3, 2, 2, 1],
  ]);
});

Deno.test("countAfterKey() takes up for higher on the tree, and stays within it", () => {
  const after = (key: string) => countAfterKey(FIVE, 3, key);
  assert.deepEqual(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"].map(after), [
    ...[2, 4, 1, 5, 5, 1],
  ]);
  assert.equal(after("x"), null);
});

Deno.test("nodeHues never gives neighbours of any cut one colour, and keeps that of the larger branch", () => {
  fc.assert(
    fc.property(anyTree, (desk) => {
      for (let k = 2; k <= desk.tree.ids.length; ++k) {
        const hues = cutNodes(desk, k).map((node) => desk.hue[node]!);
        hues.forEach((hue, at) => assert.ok(at === 0 || hue !== hues[at - 1], `${k}: ${hues}`));
      }
    }),
    SEED,
  );
  assert.equal(FIVE.hue[7], FIVE.hue[8]);
  assert.notEqual(FIVE.hue[5], FIVE.hue[8]);
});

Deno.test("nodesOf() finds the branch of its own leaves, and covers any others by the fewest", () => {
  fc.assert(
    fc.property(anyTree, fc.infiniteStream(fc.boolean()), (desk, marks) => {
      for (let node = 0; node < desk.size.length; ++node) {
        const ids = leavesBelow(desk, node).map((leaf) => desk.tree.ids[leaf]!).reverse();
        assert.deepEqual(nodesOf(desk, ids), [node]);
      }
      const some = desk.tree.ids.filter(() => marks.next().value);
      const nodes = nodesOf(desk, some);
      if (some.length === 0) return assert.equal(nodes, null);
      const covered = leavesOf(desk, nodes!).map((leaf) => desk.tree.ids[leaf]!);
      assert.deepEqual([...covered].sort(), [...some].sort());
    }),
    SEED,
  );
  assert.deepEqual(new Set(nodesOf(FIVE, ["e", "d", "a"])), new Set([0, 6]));
  assert.equal(nodesOf(FIVE, ["a", "unknown"]), null);
});

Deno.test("treePaths() draws a merge from its left side up, across and down to its right", () => {
  const paths = treePaths(FIVE, { width: 100, y: (height) => 100 - 10 * height });
  const x = (leaf: number) => 10 + 20 * FIVE.order.indexOf(leaf);
  assert.equal(branchPath(paths, 5), `M${x(0)},100V90H${x(1)}V100`);
  assert.equal(branchPath(paths, 2), "");
});

Deno.test("splitPath() draws the merges between a cluster and the parts it was split into", () => {
  const paths = treePaths(FIVE, { width: 100, y: (height) => 100 - 10 * height });
  const between = (...drawn: number[]) => splitPath(paths, [5, 7], new Set(drawn));
  assert.equal(between(5, 7), "");
  assert.equal(between(5, 2, 6), paths.byMerge[2]);
  assert.equal(between(5, 2, 3, 4), paths.byMerge[2]! + paths.byMerge[1]!);
});

Deno.test("treePaths() puts every merge into the crown or into one branch of a cut", () => {
  fc.assert(
    fc.property(anyTree, (desk) => {
      const paths = treePaths(desk, { width: 100, y: (height) => 100 - height });
      const all = paths.byMerge.filter((piece) => piece !== "").sort();
      for (let k = 1; k <= desk.tree.ids.length; ++k) {
        const drawn = [crownPath(paths, k), ...cutNodes(desk, k).map((n) => branchPath(paths, n))];
        const pieces = drawn.join("").split("M").filter((piece) => piece !== "");
        assert.deepEqual(pieces.map((piece) => `M${piece}`).sort(), all);
      }
    }),
    SEED,
  );
});
