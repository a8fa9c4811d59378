import assert from "node:assert/strict";
import { join } from "node:path";
import { writeResearch } from "lib/notebook/write_research.ts";
import { integerColumn, table } from "lib/core/table.ts";
import { writeCheckpoint } from "lib/store/checkpoint.ts";
import { filesBelow } from "lib/store/hash.ts";

const NOTEBOOK = {
  cells: [
    { cell_type: "markdown", id: "a", metadata: { tags: ["research"] }, source: ["# 01 · Title"] },
    {
      cell_type: "code",
      id: "b",
      metadata: { tags: ["research"] },
      execution_count: 1,
      source: ["figure;"],
      outputs: [{
        output_type: "execute_result",
        execution_count: 1,
        metadata: {},
        data: {
          "text/plain": ["t"],
          "application/vnd.basketry.figure+json": { name: "one", title: "t", alt: "A finding." },
        },
      }],
    },
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
};

Deno.test("writeResearch() writes the page of the run, and the committed page with its pictures where asked", async () => {
  const folder = await Deno.makeTempDir({ prefix: "basketry-research-" });
  try {
    const out = join(folder, "out"), project = join(folder, "project");
    await writeCheckpoint("01_x", table({ a: integerColumn([1]) }), {
      dir: join(out, "checkpoints"),
      asOf: "2026-02-28",
      source: "simulated universe, seed 7",
      inputs: [],
      params: {},
      code: "0".repeat(64),
    });
    await Deno.mkdir(join(out, "outputs", "notebooks"), { recursive: true });
    await Deno.mkdir(join(out, "outputs", "charts"));
    await Deno.mkdir(join(project, "docs", "charts"), { recursive: true });
    await Deno.writeTextFile(
      join(out, "outputs", "notebooks", "01_t.ipynb"),
      JSON.stringify(NOTEBOOK),
    );
    await Deno.writeTextFile(join(out, "outputs", "charts", "one.svg"), "<svg/>");
    await Deno.writeTextFile(join(project, "docs", "charts", "stale.svg"), "<svg/>");

    const sourceLabel = "simulated universe, seed 7";
    const notebooks = ["01_t"];
    await writeResearch({ out, notebooks, sourceLabel });
    const page = await Deno.readTextFile(join(out, "outputs", "RESEARCH.md"));
    assert.match(page, /Data: simulated universe, seed 7\. As of 2026-02-28\./);
    assert.match(page, /!\[A finding\.\]\(charts\/one\.svg\)/);
    assert.deepEqual(await filesBelow(project), ["docs/charts/stale.svg"]);

    await writeResearch({ out, notebooks, sourceLabel, committed: project });
    assert.deepEqual(await filesBelow(project), ["RESEARCH.md", "docs/charts/one.svg"]);
    assert.match(
      await Deno.readTextFile(join(project, "RESEARCH.md")),
      /!\[A finding\.\]\(docs\/charts\/one\.svg\)/,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
