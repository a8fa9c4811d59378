import { join } from "node:path";
import { type Cell, formatNotebook, type Notebook } from "lib/notebook/ipynb.ts";
import type { RunPlan } from "lib/notebook/runner.ts";

/** A cell in short: code, or markdown where it starts with `#`; tags after it. */
export type Sketch = string | readonly [source: string, ...tags: string[]];

/** A notebook out of the sources of its cells. */
export function notebookOf(
  sketches: readonly Sketch[],
  basketry: Partial<
    Record<"reads" | "writes" | "exports" | "takes" | "consults" | "requires", string[]>
  > = {},
): Notebook {
  const cells = sketches.map((sketch, i): Cell => {
    const [source, ...tags] = typeof sketch === "string" ? [sketch] : sketch;
    const shared = { id: `cell-${i}`, metadata: tags.length > 0 ? { tags } : {}, source };
    return source.startsWith("#")
      ? { cell_type: "markdown", ...shared }
      : { cell_type: "code", ...shared, execution_count: null, outputs: [] };
  });
  return { cells, metadata: { basketry }, nbformat: 4, nbformat_minor: 5 };
}

/** A project of its own in a temporary folder: configuration, notebooks, room for the output. */
export interface TemporaryProject extends AsyncDisposable {
  readonly root: string;
  readonly out: string;
  write(name: string, notebook: Notebook): Promise<void>;
  plan(changes?: Partial<RunPlan>): RunPlan;
}

export async function temporaryProject(): Promise<TemporaryProject> {
  const root = await Deno.makeTempDir({ prefix: "basketry-notebook-" });
  const notebooksDir = join(root, "notebooks");
  const out = join(root, "out");
  await Deno.mkdir(notebooksDir);
  await Deno.writeTextFile(join(root, "deno.json"), '{ "nodeModulesDir": "none" }\n');
  return {
    root,
    out,
    write: (name, notebook) =>
      Deno.writeTextFile(join(notebooksDir, `${name}.ipynb`), formatNotebook(notebook)),
    plan: (changes = {}) => ({
      notebooksDir,
      out,
      params: {},
      source: () => Promise.resolve({ label: "simulated universe, seed 7", sha256: "the data" }),
      report: () => {},
      code: "the program",
      project: root,
      ...changes,
    }),
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

/** Whether a process exists. */
export function isAlive(pid: number): boolean {
  try {
    // a process that ended and waits to be collected by a parent that never does counts as gone
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    return !/\) [ZX] /.test(stat);
  } catch {
    return false;
  }
}
