import assert from "node:assert/strict";
import { progressLine, type RunEvent } from "lib/notebook/progress_lines.ts";

const events: RunEvent[] = [
  { type: "notebook-skipped", name: "01_a", nth: 1, count: 2 },
  { type: "notebook-start", name: "02_b", nth: 2, count: 2 },
  { type: "cell-start", name: "02_b", nth: 1, nCells: 10 },
  { type: "cell-done", name: "02_b", nth: 1, nCells: 10, ms: 40 },
  { type: "notebook-done", name: "02_b", nth: 2, count: 2, ms: 61_000 },
];

Deno.test("progressLine() prints steady lines where nobody can rewrite them", () => {
  assert.equal(
    events.map((event) => progressLine(event, { isTerminal: false })).join(""),
    `01_a (notebook 1 of 2): unchanged, kept
02_b (notebook 2 of 2)
  cell  1 of 10  0.0 s
  done in 61.0 s
`,
  );
});

Deno.test("progressLine() shows the running cell on a terminal and replaces it", () => {
  assert.equal(progressLine(events[2]!, { isTerminal: true }), "  cell  1 of 10  …");
  assert.equal(progressLine(events[3]!, { isTerminal: true }), "\r\x1b[K  cell  1 of 10  0.0 s\n");
});
