import assert from "node:assert/strict";
import { markdownLiteral } from "lib/core/markdown_literal.ts";
import { researchText } from "lib/notebook/research.ts";
import { notebookOf } from "./temporary_project.ts";

const about = {
  sourceLabel: "simulated universe, seed 7",
  asOf: "2026-02-28",
  chartsPath: "docs/charts",
};

Deno.test("researchText() takes what is tagged, in order, and nothing else", () => {
  const notebook = notebookOf([
    ["# Findings\n\nText.\n", "research"],
    "# Not this",
    ["1", "research"],
    "2",
  ]);
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "code") continue;
    const shown = (data: Record<string, unknown>) =>
      cell.outputs.push({ output_type: "display_data", data, metadata: {} });
    cell.outputs.push({ output_type: "stream", name: "stdout", text: "printed" });
    shown({
      "application/vnd.basketry.figure+json": {
        name: "01_funnel",
        title: "t",
        alt: "3 [of] 4\n<b> markets",
      },
      "text/html": "<svg/>",
    });
    shown({ "text/markdown": "**3** markets\n", "text/plain": "x" });
    shown({ "text/html": "<table>" });
  }
  assert.equal(
    researchText([{ name: "01_a", notebook }], about),
    `# Research

> **Data: simulated universe, seed 7. As of 2026-02-28.**

This page is written by the run (\`deno task start\`), not by hand: every number and picture on it comes from a notebook. Charts name the checkpoint that they were drawn from in their footers, findings the checkpoint or file that their numbers stand in.

- \`01_a\`

# Findings

Text.

![3 \\[of\\] 4 \\<b\\> markets](docs/charts/01_funnel.svg)

**3** markets
`,
  );
});

Deno.test("researchText() refuses a figure whose name is not a plain file name", () => {
  const notebook = notebookOf([["1", "research"]]);
  const cell = notebook.cells[0]!;
  assert.ok(cell.cell_type === "code");
  const data = { "application/vnd.basketry.figure+json": { name: "../x" } };
  cell.outputs.push({ output_type: "display_data", data, metadata: {} });
  assert.throws(() => researchText([{ name: "01_a", notebook }], about), {
    name: "TypeError",
    message:
      'Cannot put a figure into RESEARCH.md as its name must be letters, digits, _ . or -: got "../x"',
  });
});

Deno.test("markdownLiteral() keeps venue text from being markup", () => {
  assert.equal(markdownLiteral(" # [a](b)\n*c* "), "\\# \\[a\\](b) \\*c\\*");
});
