import { basename, join } from "node:path";
import { writeFileAtomic } from "../store/atomic.ts";
import { parseCheckpointMeta } from "../store/checkpoint_meta.ts";
import { filesBelow } from "../store/hash.ts";
import { parseNotebook } from "./ipynb.ts";
import { type ExecutedNotebook, researchText } from "./research.ts";

/** Where RESEARCH.md goes, and what it says of its source. */
export interface ResearchPlan {
  /** Folder of the run. */
  readonly out: string;
  /** Where the data come from, in words. */
  readonly sourceLabel: string;
  /** Folder of the project, where the committed page and its pictures are to be refreshed too. */
  readonly committed?: string | undefined;
}

/**
 * Writes `outputs/RESEARCH.md` out of every executed notebook below `out`, and where asked the
 * committed `RESEARCH.md` with `docs/charts/`. Pictures that the page no longer shows are removed
 * from there.
 *
 * @throws {Error} If a file is missing or cannot be written.
 */
export async function writeResearch({ out, sourceLabel, committed }: ResearchPlan): Promise<void> {
  const notebooks = await executedNotebooks(join(out, "outputs", "notebooks"));
  const about = { sourceLabel, asOf: await latestKnowledge(join(out, "checkpoints")) };
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

async function executedNotebooks(folder: string): Promise<ExecutedNotebook[]> {
  const paths = (await filesBelow(folder)).filter((path) => path.endsWith(".ipynb"));
  return await Promise.all(paths.map(async (path) => {
    const name = basename(path, ".ipynb");
    return { name, notebook: parseNotebook(await Deno.readTextFile(join(folder, path)), name) };
  }));
}

/** The latest as-of date of any checkpoint. */
async function latestKnowledge(folder: string): Promise<string> {
  const metas = (await filesBelow(folder)).filter((path) => path.endsWith(".meta.json"));
  const dates = await Promise.all(metas.map(async (path) => {
    const text = await Deno.readTextFile(join(folder, path));
    return parseCheckpointMeta(JSON.parse(text)).asOf;
  }));
  return dates.sort().at(-1) ?? "unknown";
}
