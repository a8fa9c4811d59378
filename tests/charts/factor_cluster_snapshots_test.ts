import assert from "node:assert/strict";
import { FOLDER as REAL, SIMULATED } from "./synthetic.ts";
import { factorClusterCharts } from "./synthetic_factor_clusters.ts";

// Pinned, not golden: pictures as they were when somebody last looked at. After looking again, renew with
//   BASKETRY_UPDATE_SNAPSHOTS=1 deno test -A tests/charts/factor_cluster_snapshots_test.ts
const FOLDER = new URL("./snapshots/", import.meta.url);

for (const { name, svg } of factorClusterCharts(6, 1, SIMULATED)) {
  Deno.test(`${name} looks as it did`, async () => {
    const file = new URL(`${name}.svg.snapshot`, FOLDER);
    const lines = svg.replaceAll("><", ">\n<") + "\n";
    if (Deno.env.get("BASKETRY_UPDATE_SNAPSHOTS") === "1") await Deno.writeTextFile(file, lines);
    assert.equal(lines, await Deno.readTextFile(file));
  });
}

Deno.test("charts of factor clusters are the same bytes when drawn again, whatever was drawn between", () => {
  const first = factorClusterCharts(3, 1, REAL).map(({ svg }) => svg);
  factorClusterCharts(8, 0, SIMULATED);
  assert.deepEqual(factorClusterCharts(3, 1, REAL).map(({ svg }) => svg), first);
});
