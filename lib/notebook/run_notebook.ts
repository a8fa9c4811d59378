import { projectRoot } from "../store/project_root.ts";
import { adviceOn } from "./advice.ts";
import { hasTag, type Notebook, withoutOutputs } from "./ipynb.ts";
import { startKernel } from "./kernel.ts";
import { type CellRun, type Kernel, KernelGone, type Thrown } from "./kernel_session.ts";
import { cellInWords, NotebookError } from "./notebook_error.ts";
import { importedModules } from "./join_cells.ts";
import { injectParameters, type Parameters } from "./parameters.ts";

/** How one notebook is run. */
export interface NotebookRun {
  /** Its name, without `.ipynb`. */
  readonly name: string;
  /** Working folder of the kernel: the one that holds the notebook. */
  readonly folder: string;
  /** Where temporary files of the kernel may lie. */
  readonly runFolder: string;
  readonly parameters?: Parameters;
  /** Names of parameters that the executed copy does not show, such as a folder of this machine. */
  readonly hidden?: readonly string[];
  /** Longest time for one cell, ms. */
  readonly cellTimeoutMs?: number;
  /** Awaited while the kernel starts and before the first cell; a type check, say. */
  readonly ready?: Promise<unknown>;
  readonly signal?: AbortSignal;
  /** Called before (`ms` is `null`) and after each code cell, which count from 1. */
  readonly onCell?: (cell: { nth: number; nCells: number; ms: number | null }) => void;
}

/** Ten minutes: no cell of ours takes one; a download or a model call may take several. */
const CELL_TIMEOUT_MS = 600_000;
/** How long the end of a notebook waits for a rejection that is still on its way. */
const LATE_MS = 25;

/**
 * Executes a notebook in a kernel of its own.
 *
 * @returns The notebook with the outputs of this run and the cell of injected parameters.
 * @throws {NotebookError} If a cell throws, rejects without being awaited, takes too long or ends
 * its kernel. No process is left.
 */
export async function runNotebook(notebook: Notebook, run: NotebookRun): Promise<Notebook> {
  const { name, parameters = {}, hidden = [], signal, cellTimeoutMs = CELL_TIMEOUT_MS } = run;
  const clean = withoutOutputs(notebook);
  const executed = injectParameters(clean, parameters, name);
  const shown = injectParameters(
    clean,
    Object.fromEntries(Object.entries(parameters).filter(([key]) => !hidden.includes(key))),
    name,
  );
  run.ready?.catch(() => {});
  let kernel: Kernel | undefined;
  try {
    kernel = await startKernel({ ...run, ...signal && { signal } });
    const code = executed.cells.filter((cell) => cell.cell_type === "code");
    kernel.preload(importedModules(code.map((cell) => cell.source)));
    await run.ready;
    const runs = await executeCells(executed, kernel, { ...run, cellTimeoutMs });
    return withRuns(shown, runs);
  } catch (error) {
    if (error instanceof KernelGone) throw atStart(name, error);
    throw error;
  } finally {
    await kernel?.shutdown();
  }
}

async function executeCells(
  notebook: Notebook,
  kernel: Kernel,
  { name, cellTimeoutMs, onCell }: NotebookRun & { cellTimeoutMs: number },
): Promise<Map<string, CellRun>> {
  const runs = new Map<string, CellRun>();
  const code = [...notebook.cells.entries()].filter(([, cell]) =>
    cell.cell_type === "code" && cell.source.trim() !== ""
  );
  for (const [nth, [i, cell]] of code.entries()) {
    const isLast = nth === code.length - 1;
    const place = { nth: nth + 1, nCells: code.length };
    const startMs = performance.now();
    onCell?.({ ...place, ms: null });
    const where = cellInWords(notebook, i);
    const fail = (reason: string, advice: string, thrown?: Thrown, cause?: unknown) => {
      const traceback = thrown ? usefulFrames(thrown) : [];
      // the injected cell is none of the notebook's own: the one it follows is named
      const own = notebook.cells.slice(0, i + 1).filter((c) => !hasTag(c, "injected-parameters"));
      return new NotebookError(
        { notebook: name, cell: own.length - 1, reason, traceback, advice, where },
        { cause },
      );
    };
    let done: CellRun;
    try {
      done = await kernel.execute(cell.source, {
        timeoutMs: cellTimeoutMs,
        restMs: isLast ? LATE_MS : 1,
      });
    } catch (error) {
      if (!(error instanceof KernelGone)) throw error;
      throw fail(error.message, adviceFor(error.reason), undefined, error);
    }
    const { thrown, uncaught } = done;
    if (thrown) {
      throw fail(`threw ${thrown.ename}: ${thrown.evalue}`, adviceOnThrown(thrown), thrown);
    }
    if (uncaught.length > 0) {
      const first = uncaught[0]!;
      throw fail(
        `left a promise rejected or a timer failing that nobody waited for, with ${first.ename}: ${first.evalue}`,
        "Await every promise in the cell that makes it; the error may also stem from a cell before this one.",
        first,
      );
    }
    runs.set(cell.id, done);
    onCell?.({ ...place, ms: performance.now() - startMs });
  }
  return runs;
}

function withRuns(notebook: Notebook, runs: ReadonlyMap<string, CellRun>): Notebook {
  return {
    ...notebook,
    metadata: {
      kernelspec: { name: "deno", display_name: "Deno", language: "typescript" },
      ...notebook.metadata,
    },
    cells: notebook.cells.map((cell) => {
      const run = runs.get(cell.id);
      if (cell.cell_type !== "code" || !run) return cell;
      return { ...cell, execution_count: run.executionCount, outputs: [...run.outputs] };
    }),
  };
}

/**
 * Stack lines that lead to a cell or to our files, with paths relative to the project. An error of
 * ours says what was wrong with the input in its own words, and needs none.
 */
function usefulFrames({ evalue, traceback }: Thrown): string[] {
  if (/^Cannot [^]+ as [^]+: got /.test(evalue)) return [];
  return traceback
    .filter((line) => /^\s+at /.test(line) && !/\b(?:ext|node):/.test(line))
    .map((line) => line.replaceAll(`file://${projectRoot()}/`, ""))
    .slice(0, 8);
}

function atStart(name: string, error: KernelGone): NotebookError {
  return new NotebookError({
    notebook: name,
    cell: null,
    reason: error.message,
    traceback: [],
    advice: adviceFor(error.reason),
  }, { cause: error });
}

function adviceFor(reason: KernelGone["reason"]): string {
  switch (reason) {
    case "aborted":
      return "Start again: finished notebooks are kept.";
    case "timeout":
      return "Look for an endless loop or a promise that never settles in the cell; run it in JupyterLab (deno task lab).";
    case "died":
      return "Look for Deno.exit() in the cell, and whether the machine ran out of memory (a kernel ended by SIGKILL); then start again.";
  }
}

function adviceOnThrown({ evalue, traceback }: Thrown): string {
  if (evalue.includes("What to do:")) return "";
  if (evalue === "Execution failed" && traceback.length === 0) {
    return "The kernel gave no reason, as it does for a cell it cannot parse and for an import that deno.lock lacks; run it in JupyterLab (deno task lab).";
  }
  return adviceOn(
    evalue,
    "Correct the cell, or the file named above, and start again: finished notebooks are kept. To try it out: deno task lab.",
  );
}
