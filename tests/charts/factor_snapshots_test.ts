import assert from "node:assert/strict";
import { loadingsHeatMapChart } from "lib/charts/loadings_heat_map.ts";
import { r2NullChart } from "lib/charts/r2_null.ts";
import { SIMULATED } from "./synthetic.ts";
import { loadingsView, r2View } from "./synthetic_factors.ts";

// Pinned, not golden: pictures as they were when somebody last looked at. After looking again, renew with
//   BASKETRY_UPDATE_SNAPSHOTS=1 deno test -A tests/charts/factor_snapshots_test.ts
const FOLDER = new URL("./snapshots/", import.meta.url);

const FIGURES = {
  loadings_heat_map: loadingsHeatMapChart(loadingsView(12, { found: 0.06 }), SIMULATED),
  loadings_heat_map_none: loadingsHeatMapChart(loadingsView(20, { found: 0 }), SIMULATED),
  r2_null: r2NullChart(r2View(200), SIMULATED),
};

for (const [name, { svg }] of Object.entries(FIGURES)) {
  Deno.test(`${name} looks as it did`, async () => {
    const file = new URL(`${name}.svg.snapshot`, FOLDER);
    const lines = svg.replaceAll("><", ">\n<") + "\n";
    if (Deno.env.get("BASKETRY_UPDATE_SNAPSHOTS") === "1") await Deno.writeTextFile(file, lines);
    assert.equal(lines, await Deno.readTextFile(file));
  });
}
