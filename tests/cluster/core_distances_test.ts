import assert from "node:assert/strict";
import { coreDistances } from "lib/cluster/core_distances.ts";
import { pairAt, pairMatrix } from "lib/core/pair_matrix.ts";
import golden from "../golden/cluster/density.json" with { type: "json" };

Deno.test("coreDistances() equals sorting each item's distances", () => {
  const { n, distance } = golden[1]!;
  const ids = Array.from({ length: n }, (_, i) => String(i));
  const given = pairMatrix(ids, Float64Array.from(distance));
  for (const minPoints of [1, 2, 5, n]) {
    const core = coreDistances(given, minPoints);
    ids.forEach((_, i) => {
      const sorted = ids.map((_, j) => i === j ? 0 : pairAt(given, i, j)).sort((a, b) => a - b);
      assert.equal(core[i], sorted[minPoints - 1]);
    });
  }
  assert.ok(coreDistances(given, n + 1).every((d) => d === Infinity));
});

Deno.test("coreDistances() skips unknown pairs", () => {
  const given = pairMatrix(["a", "b", "c"], Float64Array.of(NaN, 2, NaN));
  assert.deepEqual([...coreDistances(given, 2)], [2, Infinity, 2]);
  assert.deepEqual([...coreDistances(given, 1)], [0, 0, 0]);
});
