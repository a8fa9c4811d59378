import { join } from "node:path";
import { filesBelow, hashFile } from "lib/store/hash.ts";
import { notebookOf, type Sketch } from "./temporary_project.ts";

/** Parameters of both notebooks. */
export const DEFAULTS: Sketch = ['const params = { seed: 7, out: "" };', "parameters"];
/** Writes a file whole, as checkpoints are written. */
export const SAVE = `const save = async (path: string, text: string) => {
  await Deno.mkdir(params.out + path.replace(/\\/[^/]*$/, ""), { recursive: true });
  await Deno.writeTextFile(params.out + path + ".basketry-tmp", text);
  await Deno.rename(params.out + path + ".basketry-tmp", params.out + path);
};`;
/** Writes the checkpoint 01_a. */
export const first = notebookOf(
  [
    "# First",
    DEFAULTS,
    SAVE,
    'await save("/checkpoints/01_a.parquet", `rows ${params.seed}`);',
    'await save("/checkpoints/01_a.meta.json", "{}");',
    'console.log("wrote", params.seed);',
  ],
  { writes: ["01_a"] },
);
/** Reads it and exports a chart. */
export const second = notebookOf(
  [
    "# Second",
    DEFAULTS,
    SAVE,
    'const rows = await Deno.readTextFile(params.out + "/checkpoints/01_a.parquet");',
    'await save("/outputs/charts/b.svg", `<svg>${rows}</svg>`);',
    "rows.length",
  ],
  { reads: ["01_a"], exports: ["charts/"] },
);

/** Every file of an output folder with its hash. */
export async function contentOf(out: string): Promise<string[]> {
  const paths = await filesBelow(out);
  return await Promise.all(paths.map(async (path) => `${path} ${await hashFile(join(out, path))}`));
}
