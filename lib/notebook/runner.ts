import { join } from "node:path";
import { removeTemporaryFiles, writeFileAtomic } from "../store/atomic.ts";
import { codeHash } from "../store/hash.ts";
import { adviceOn } from "./advice.ts";
import { stopLeftoverKernels } from "./connection.ts";
import { htmlPage } from "./html_page.ts";
import { formatNotebook } from "./ipynb.ts";
import { cellInWords, NotebookError } from "./notebook_error.ts";
import { type NumberedNotebook, readNotebooks, selectNotebooks } from "./notebook_list.ts";
import { interruption } from "./interruption.ts";
import { injectParameters, type Parameters } from "./parameters.ts";
import type { RunEvent } from "./progress_lines.ts";
import { parametersOf, pathOptions, runKey } from "./run_key.ts";
import { lockOutput } from "./run_lock.ts";
import { runNotebook } from "./run_notebook.ts";
import {
  executedPaths,
  fileStates,
  isFinished,
  isOfSource,
  readRecord,
  removeRecord,
  writeRecord,
  writtenFiles,
} from "./run_record.ts";
import { typeCheck } from "./type_check.ts";

/** What notebooks read besides checkpoints. */
export interface RunSource {
  /** Where the data come from, in words: `simulated universe, seed 7`. Shown on every page. */
  readonly label: string;
  /** Hash of the data. */
  readonly sha256: string;
}

/** A choice of the command line that only some notebooks take. */
export interface RunOption {
  readonly value: unknown;
  /** Hash of what stands behind the value. */
  readonly sha256?: string;
  /** Whether the value is a path, which neither counts nor is shown; its hash does. */
  readonly isPath?: boolean;
}

/** What to run, and where to. */
export interface RunPlan {
  /** Folder with the numbered notebooks; kernels work in it. */
  readonly notebooksDir: string;
  /** Absolute output folder. */
  readonly out: string;
  /** Given to every notebook. `out` does not count as an input and is not shown in the copies. */
  readonly params: Parameters;
  /** Given to the notebooks that take them, by name. */
  readonly options?: Readonly<Record<string, RunOption>>;
  /** Finds or makes the source; called once, when the output folder is this run's alone. */
  readonly source: () => Promise<RunSource>;
  readonly report: (event: RunEvent) => void;
  /** Numbers or names of the notebooks to run; all by default. */
  readonly only?: readonly string[] | undefined;
  /** Runs notebooks even if nothing changed. */
  readonly fresh?: boolean;
  /** Whether notebooks stop at what a person has not signed; then its files are inputs too. */
  readonly isReviewRequired?: boolean;
  /** Hash of the program; of this project's by default. */
  readonly code?: string;
  /** Folder with the `deno.json`; this project by default. */
  readonly project?: string;
  /** Longest time for one cell, ms. */
  readonly cellTimeoutMs?: number;
}

/** A notebook whose results on the source of this run are there. */
export interface FinishedNotebook {
  readonly name: string;
  /** `false` if it was kept from an earlier run. */
  readonly isNew: boolean;
  /** Absolute path of the executed copy. */
  readonly executed: string;
}

/**
 * Runs numbered notebooks in order, each in a kernel of its own, and keeps those whose inputs and
 * results are unchanged.
 *
 * The key of a notebook is the hash of its text, of the program, the parameters, the source and
 * the checkpoints it reads. Its record, written last, holds the key and the hash of each file it
 * left, so that a run cut short at any moment, or a file edited by hand, is noticed. Cells of all
 * notebooks from the first that is not up to date are type-checked while its kernel starts, and
 * where none can be up to date already while the source is made.
 *
 * @returns In their order the notebooks with results on this source, those among them too that
 * `only` left out.
 * @throws {NotebookError} If a notebook fails; the message says which cell, why and what to do.
 * @throws {Error} If the output folder is in use or cannot be written, or the source fails.
 */
export async function runNotebooks(plan: RunPlan): Promise<FinishedNotebook[]> {
  const { notebooksDir, out, report } = plan;
  const all = await readNotebooks(notebooksDir);
  const chosen = selectNotebooks(all, plan.only);
  using _lock = await lockOutput(out);
  const run = interruption();
  let checked: Promise<void> | undefined;
  await using _end = {
    // a check that is under way is ended and leaves no file behind
    [Symbol.asyncDispose]: async () => {
      run[Symbol.dispose]();
      await checked?.catch(() => {});
    },
  };
  await stopLeftoverKernels(join(out, "run"));
  for (const folder of ["checkpoints", "outputs", "raw", "run"]) {
    await removeTemporaryFiles(join(out, folder));
  }
  const code = plan.code ?? await codeHash();
  const check = (entries: readonly NumberedNotebook[]) => {
    checked ??= checkTypes(entries, plan, run.signal);
    checked.catch(() => {});
    return checked;
  };
  if (plan.fresh === true || await readRecord(out, chosen[0]!.name) === null) check(chosen);
  const source = await sourceOf(plan, run.signal);
  const isNew = new Set<string>();
  for (const [i, entry] of chosen.entries()) {
    const { name } = entry;
    const place = { name, nth: i + 1, count: chosen.length };
    try {
      const key = await runKey(entry, { plan, source, code, all });
      if (plan.fresh === true || !await isFinished(out, name, key)) {
        const ready = check(chosen.slice(i));
        report({ type: "notebook-start", ...place });
        const startMs = performance.now();
        await runOne(entry, plan, { key, source, ready, signal: run.signal });
        report({ type: "notebook-done", ...place, ms: performance.now() - startMs });
        isNew.add(name);
      } else {
        report({ type: "notebook-skipped", ...place });
      }
    } catch (error) {
      throw asNotebookError(error, name, run.signal);
    }
  }
  const finished: FinishedNotebook[] = [];
  for (const { name } of all) {
    if (
      !chosen.some((entry) => entry.name === name) && !await isOfSource(out, name, source.sha256)
    ) {
      continue;
    }
    finished.push({ name, isNew: isNew.has(name), executed: join(out, executedPaths(name).ipynb) });
  }
  return finished;
}

/** The source of a run; its failure says what to do. */
async function sourceOf(plan: RunPlan, signal: AbortSignal): Promise<RunSource> {
  try {
    const source = await plan.source();
    signal.throwIfAborted();
    return source;
  } catch (error) {
    const cause = signal.aborted ? signal.reason : error;
    const message = cause instanceof Error ? cause.message : String(cause);
    const said = signal.aborted ? `Cannot run the notebooks: ${message}` : message;
    const advice = signal.aborted
      ? "Start again."
      : adviceOn(message, "Correct --source, or what is named above, and start again.");
    throw new Error(`${said}\n  What to do: ${advice}`, { cause });
  }
}

async function runOne(
  { name, notebook, declares }: NumberedNotebook,
  plan: RunPlan,
  { key, source, ready, signal }: {
    key: string;
    source: RunSource;
    ready: Promise<void>;
    signal: AbortSignal;
  },
): Promise<void> {
  const { notebooksDir, out, report, cellTimeoutMs } = plan;
  await removeRecord(out, name);
  const before = await fileStates(out);
  const executed = await runNotebook(notebook, {
    name,
    folder: notebooksDir,
    runFolder: join(out, "run"),
    parameters: parametersOf(declares, plan),
    hidden: ["out", ...pathOptions(plan)],
    ready,
    signal,
    onCell: ({ nth, nCells, ms }) =>
      report(
        ms === null
          ? { type: "cell-start", name, nth, nCells }
          : { type: "cell-done", name, nth, nCells, ms },
      ),
    ...cellTimeoutMs !== undefined && { cellTimeoutMs },
  });
  const { written, missing, undeclared } = writtenFiles(declares, before, await fileStates(out));
  if (missing.length > 0 || undeclared.length > 0) {
    throw new NotebookError({
      notebook: name,
      cell: null,
      reason: missing.length > 0
        ? `it declares files that it did not write: ${missing.join(", ")}`
        : `it wrote files that it does not declare: ${undeclared.join(", ")}`,
      traceback: [],
      advice: "Make metadata.basketry of the notebook and what its cells write agree.",
    });
  }
  signal.throwIfAborted();
  const copies = executedPaths(name);
  await writeFileAtomic(join(out, copies.ipynb), formatNotebook(executed));
  const page = htmlPage(executed, { name, sourceLabel: source.label });
  await writeFileAtomic(join(out, copies.html), page);
  const paths = [...written, copies.ipynb, copies.html];
  await writeRecord(out, name, { key, source: source.sha256, paths });
}

async function checkTypes(
  entries: readonly NumberedNotebook[],
  plan: RunPlan,
  signal: AbortSignal,
): Promise<void> {
  const { project } = plan;
  const notebooks = Object.fromEntries(entries.map(({ name, notebook, declares }) => {
    const params = parametersOf(declares, plan);
    // no type depends on which folder it is, and the same text every time is not checked again
    const typical = "out" in params ? { ...params, out: "" } : params;
    return [name, injectParameters(notebook, typical, name)];
  }));
  const problems = await typeCheck(notebooks, { signal, ...project !== undefined && { project } });
  const first = problems[0];
  if (!first) return;
  const notebook = notebooks[first.source];
  throw new NotebookError({
    notebook: notebook ? first.source : entries[0]!.name,
    cell: first.cell,
    reason: first.message,
    traceback: problems.slice(1, 8).map(({ source, cell, line, message }) =>
      `${source}, ${cell === null ? "" : `cell ${cell + 1}, `}line ${line}: ${message}`
    ),
    where: notebook && first.cell !== null
      ? `${cellInWords(notebook, first.cell)}, line ${first.line}`
      : `${first.source}, line ${first.line}`,
    advice: "Correct the types: deno task check shows all problems. No cell was run.",
  });
}

function asNotebookError(error: unknown, notebook: string, signal: AbortSignal): NotebookError {
  if (error instanceof NotebookError) return error;
  const cause = signal.aborted ? signal.reason : error;
  const reason = cause instanceof Error ? cause.message : String(cause);
  const advice = signal.aborted ? "Start again: finished notebooks are kept." : adviceOn(
    reason,
    "Remove the cause named above and start again: finished notebooks are kept.",
  );
  return new NotebookError({ notebook, cell: null, reason, traceback: [], advice }, { cause });
}
