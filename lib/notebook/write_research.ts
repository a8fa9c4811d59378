import { join } from "node:path";
import { writeFileAtomic } from "../store/atomic.ts";
import { parseCheckpointMeta } from "../store/checkpoint_meta.ts";
import { filesBelow } from "../store/hash.ts";
import { parseNotebook } from "./ipynb.ts";
import { executedPaths } from "./run_record.ts";
import { type ExecutedNotebook, researchText } from "./research.ts";

/** Where RESEARCH.md goes, and what it says of its source. */
export interface ResearchPlan {
  /** Folder of the run. */
  readonly out: string;
  /** Names of the notebooks it shows, in their order: those with results on this source. */
  readonly notebooks: readonly string[];
  /** Where the data come from, in words. */
  readonly sourceLabel: string;
  /** Folder of the project, where the committed page and its pictures are to be refreshed too. */
  readonly committed?: string | undefined;
}

/**
 * Writes `outputs/RESEARCH.md` out of executed notebooks below `out`, and where asked the
 * committed `RESEARCH.md` with `docs/charts/`. Pictures that the page no longer shows are removed
 * from there.
 *
 * @throws {Error} If a file is missing or cannot be written.
 */
export async function writeResearch(plan: ResearchPlan): Promise<void> {
  const { out, sourceLabel, committed } = plan;
  const notebooks = await Promise.all(plan.notebooks.map((name) => executedNotebook(out, name)));
  const about = { sourceLabel, asOf: await latestKnowledge(out, plan.notebooks) };
  const text = researchText(notebooks, { ...about, chartsPath: "charts" });
  await writeFileAtomic(join(out, "outputs", "RESEARCH.md"), text);
  if (committed === undefined) return;
  const charts = join(committed, "docs", "charts");
  const shown = Array.from(text.matchAll(/\]\(charts\/([\w.-]+\.svg)\)/g), ([, name]) => name!);
  for (const name of shown) {
    const svg = await Deno.readTextFile(join(out, "outputs", "charts", name));
    await writeFileAtomic(join(charts, name), svg);
  }
  for (const path of await filesBelow(charts).catch(() => [])) {
    if (!shown.includes(path)) await Deno.remove(join(charts, path));
  }
  await writeFileAtomic(
    join(committed, "RESEARCH.md"),
    researchText(notebooks, { ...about, chartsPath: "docs/charts" }),
  );
}

async function executedNotebook(out: string, name: string): Promise<ExecutedNotebook> {
  const text = await Deno.readTextFile(join(out, executedPaths(name).ipynb));
  return { name, notebook: parseNotebook(text, name) };
}

/** The latest as-of date of any checkpoint of these notebooks, which bear their numbers. */
async function latestKnowledge(out: string, notebooks: readonly string[]): Promise<string> {
  const folder = join(out, "checkpoints");
  const numbers = new Set(notebooks.map((name) => name.slice(0, 2)));
  const metas = (await filesBelow(folder)).filter((path) =>
    path.endsWith(".meta.json") && numbers.has(path.slice(0, 2))
  );
  const dates = await Promise.all(metas.map(async (path) => {
    const text = await Deno.readTextFile(join(folder, path));
    return parseCheckpointMeta(JSON.parse(text)).asOf;
  }));
  return dates.sort().at(-1) ?? "unknown";
}
