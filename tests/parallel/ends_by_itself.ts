// run by parallel_map_test.ts in a process of its own: it ends only if no worker is left
import type { panel } from "lib/core/panel.ts";
import type { pairCount } from "lib/core/pair_matrix.ts";
import { parallelMap } from "lib/parallel/parallel_map.ts";

const counts = await parallelMap<typeof pairCount>(
  { module: import.meta.resolve("lib/core/pair_matrix.ts"), name: "pairCount" },
  [[2], [3], [4]],
  { workers: 2 },
);
const failed = await parallelMap<typeof panel>(
  { module: import.meta.resolve("lib/core/panel.ts"), name: "panel" },
  [[Int32Array.of(1), ["a"], new Float64Array(2)], [Int32Array.of(1), ["a"], new Float64Array(1)]],
  { workers: 2 },
).catch((error) => error.name);
console.log(JSON.stringify([counts, failed]));
