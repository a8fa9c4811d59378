import assert from "node:assert/strict";
import fc from "fast-check";
import { linkage } from "lib/cluster/linkage.ts";
import { leavesInTreeOrder } from "lib/cluster/tree_walk.ts";
import { anyDistances, distancesOf } from "./made_distances.ts";

Deno.test("leavesInTreeOrder() walks left branches first", () => {
  // 1 and 3 join first, then 0 and 2, then both
  const tree = linkage(distancesOf([9, 2, 9, 9, 1, 9]), { method: "average" });
  const { leaves, start } = leavesInTreeOrder(tree);
  assert.deepEqual(Array.from(leaves), [1, 3, 0, 2]);
  assert.deepEqual(Array.from(start), [2, 0, 3, 1, 0, 2, 0]);
});

Deno.test("leavesInTreeOrder() has no leaves for a tree of none", () => {
  const nothing = new Int32Array();
  const { leaves, start } = leavesInTreeOrder({
    ...{ ids: [], left: nothing, right: nothing, size: nothing, height: new Float64Array() },
  });
  assert.deepEqual([leaves.length, start.length], [0, 0]);
});

Deno.test("leavesInTreeOrder() gives every node an unbroken stretch", () => {
  const any = anyDistances({ min: 1, max: 12, kinds: ["any", "tied", "unknown"] });
  fc.assert(
    fc.property(any, (distance) => {
      const tree = linkage(distance, { method: "complete" });
      const { leaves, start } = leavesInTreeOrder(tree);
      const below = tree.ids.map((_, leaf) => [leaf]);
      tree.left.forEach((a, m) => below.push([...below[a]!, ...below[tree.right[m]!]!]));
      below.forEach((want, node) =>
        assert.deepEqual(
          Array.from(leaves.subarray(start[node]!, start[node]! + want.length)),
          want,
        )
      );
    }),
    { seed: 7, numRuns: 60 },
  );
});
