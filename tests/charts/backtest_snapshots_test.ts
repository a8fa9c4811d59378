import assert from "node:assert/strict";
import { FOLDER as REAL, SIMULATED } from "./synthetic.ts";
import { backtestCharts } from "./synthetic_backtest.ts";

// Pinned, not golden: pictures as they were when somebody last looked at. After looking again, renew with
//   BASKETRY_UPDATE_SNAPSHOTS=1 deno test -A tests/charts/backtest_snapshots_test.ts
const FOLDER = new URL("./snapshots/", import.meta.url);

for (const { name, svg } of backtestCharts(8, 120, SIMULATED)) {
  Deno.test(`${name} looks as it did`, async () => {
    const file = new URL(`${name}.svg.snapshot`, FOLDER);
    const lines = svg.replaceAll("><", ">\n<") + "\n";
    if (Deno.env.get("BASKETRY_UPDATE_SNAPSHOTS") === "1") await Deno.writeTextFile(file, lines);
    assert.equal(lines, await Deno.readTextFile(file));
  });
}

Deno.test("charts of replays are the same bytes when drawn again, whatever was drawn between", () => {
  const first = backtestCharts(3, 120, REAL).map(({ svg }) => svg);
  backtestCharts(14, 400, SIMULATED);
  assert.deepEqual(backtestCharts(3, 120, REAL).map(({ svg }) => svg), first);
});
