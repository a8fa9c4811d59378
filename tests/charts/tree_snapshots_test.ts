import assert from "node:assert/strict";
import { SIMULATED } from "./synthetic.ts";
import { treeChartsOf } from "./synthetic_trees.ts";

// Pinned, not golden: what we drew and looked at. After looking again, renew the files with
//   BASKETRY_UPDATE_SNAPSHOTS=1 deno test -A tests/charts/tree_snapshots_test.ts
const FOLDER = new URL("./snapshots/", import.meta.url);

for (const { name, svg } of treeChartsOf(12, SIMULATED)) {
  Deno.test(`${name} looks as it did`, async () => {
    const file = new URL(`${name}.svg.snapshot`, FOLDER);
    const lines = svg.replaceAll("><", ">\n<") + "\n";
    if (Deno.env.get("BASKETRY_UPDATE_SNAPSHOTS") === "1") {
      await Deno.mkdir(FOLDER, { recursive: true });
      await Deno.writeTextFile(file, lines);
    }
    assert.equal(lines, await Deno.readTextFile(file));
  });
}
