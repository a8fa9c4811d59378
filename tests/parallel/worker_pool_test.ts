import assert from "node:assert/strict";
import type { pairCount } from "lib/core/pair_matrix.ts";
import type { panel } from "lib/core/panel.ts";
import { parallelMap } from "lib/parallel/parallel_map.ts";
import { startWorkers } from "lib/parallel/worker_pool.ts";

const COUNT = { module: "core/pair_matrix.ts", name: "pairCount" };

Deno.test("startWorkers() serves many calls, also one list and more lists than workers", async () => {
  const pool = startWorkers(2);
  try {
    for (const lists of [[], [[3]], [[2], [3], [4], [5], [6]]] as [number][][]) {
      const found = await parallelMap<typeof pairCount>(COUNT, lists, { pool });
      assert.deepEqual(found, lists.map(([n]) => n * (n - 1) / 2));
    }
  } finally {
    pool.stop();
  }
});

Deno.test("startWorkers() gives right answers after a call that failed", async () => {
  const pool = startWorkers(2);
  const task = { module: "core/panel.ts", name: "panel" };
  const broken: Parameters<typeof panel> = [Int32Array.of(3, 2), ["a"], new Float64Array(2)];
  try {
    for (let k = 0; k < 5; ++k) {
      await assert.rejects(parallelMap<typeof panel>(task, [broken, broken, broken], { pool }), {
        name: "RangeError",
        message: "Cannot make a panel as its days must increase: got 2 after 3",
      });
      assert.deepEqual(await parallelMap<typeof pairCount>(COUNT, [[4], [5]], { pool }), [6, 10]);
    }
  } finally {
    pool.stop();
  }
});

Deno.test("startWorkers() refuses to start none", () => {
  assert.throws(() => startWorkers(0), {
    name: "RangeError",
    message: "Cannot start workers as their number must be a whole number >= 1: got 0",
  });
});
