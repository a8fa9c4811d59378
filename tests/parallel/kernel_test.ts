import assert from "node:assert/strict";
import { startKernel } from "lib/notebook/kernel.ts";

Deno.test("parallelMap() works in a notebook's kernel", async () => {
  const runFolder = await Deno.makeTempDir();
  const folder = new URL("../../notebooks", import.meta.url).pathname;
  const kernel = await startKernel({ folder, runFolder });
  try {
    const { outputs, thrown } = await kernel.execute(
      `import { parallelMap } from "lib/parallel/parallel_map.ts";
       const pairs = { module: "core/pair_matrix.ts", name: "pairCount" };
       const counts = await parallelMap(pairs, [[3], [4], [5]], { workers: 2 });
       const panels = { module: "core/panel.ts", name: "panel" };
       const bad = [Int32Array.of(1), ["a"], new Float64Array(2)];
       const error = await parallelMap(panels, [bad, bad], { workers: 2 }).catch((error) => error);
       console.log(JSON.stringify([counts, error instanceof RangeError, error.message]));`,
      { timeoutMs: 20_000 },
    );
    assert.equal(thrown, null);
    assert.deepEqual(outputs, [{
      output_type: "stream",
      name: "stdout",
      text:
        `[[3,6,10],true,"Cannot make a panel as 1 days × 1 markets must give 1 values: got 2"]\n`,
    }]);
  } finally {
    await kernel.shutdown();
    await Deno.remove(runFolder, { recursive: true });
  }
});
