import assert from "node:assert/strict";
import { chartsOf, SIMULATED, syntheticUniverse } from "./synthetic.ts";

// Pinned, not golden: what we drew and looked at. After looking again, renew the files with
// (no plain .svg: the formatter would rewrite them)
//   BASKETRY_UPDATE_SNAPSHOTS=1 deno test -A tests/charts/snapshots_test.ts
const FOLDER = new URL("./snapshots/", import.meta.url);

for (const { name, svg } of chartsOf(syntheticUniverse(12), SIMULATED)) {
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
