import { join } from "node:path";
import { removeTemporaryFiles, writeFileAtomic } from "../store/atomic.ts";
import { codeHash, hashFile, sha256Hex } from "../store/hash.ts";
import { stopLeftoverKernels } from "./connection.ts";
import { htmlPage } from "./html_page.ts";
import { formatNotebook, withoutOutputs } from "./ipynb.ts";
import { cellInWords, NotebookError } from "./notebook_error.ts";
import { type NumberedNotebook, readNotebooks, selectNotebooks } from "./notebook_list.ts";
import { injectParameters, type Parameters } from "./parameters.ts";
import type { RunEvent } from "./progress_lines.ts";
import { lockOutput } from "./run_lock.ts";
import { runNotebook } from "./run_notebook.ts";
import {
  checkpointPaths,
  executedPaths,
  fileStates,
  isFinished,
  removeRecord,
  writeRecord,
  writtenFiles,
} from "./run_record.ts";
import { typeCheck } from "./type_check.ts";

/** What to run, and where to. */
export interface RunPlan {
  /** Folder with the numbered notebooks; kernels work in it. */
  readonly notebooksDir: string;
  /** Absolute output folder. */
  readonly out: string;
  /** Given to every notebook. `out` does not count as an input and is not shown in the copies. */
  readonly params: Parameters;
  /** Where the data come from, in words: `simulated universe, seed 7`. Shown on every page. */
  readonly sourceLabel: string;
  /** Hashes of what notebooks read besides checkpoints, such as the source folder. */
  readonly inputHashes: Readonly<Record<string, string>>;
  readonly report: (event: RunEvent) => void;
  /** Numbers or names of the notebooks to run; all by default. */
  readonly only?: readonly string[] | undefined;
  /** Runs notebooks even if nothing changed. */
  readonly fresh?: boolean;
  /** Hash of the program; of this project's by default. */
  readonly code?: string;
  /** Folder with the `deno.json`; this project by default. */
  readonly project?: string;
  /** Longest time for one cell, ms. */
  readonly cellTimeoutMs?: number;
}

/** What became of one notebook. */
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
 * The key of a notebook is the hash of its text, of the program, the parameters, the given input
 * hashes and the checkpoints it reads. Its record, written last, holds the key and the hash of
 * each file it left, so that a run cut short at any moment, or a file edited by hand, is noticed.
 * Cells of all notebooks from the first that is not up to date are type-checked while its kernel
 * starts.
 *
 * @throws {NotebookError} If a notebook fails; the message says which cell, why and what to do.
 * @throws {Error} If the output folder is in use or cannot be written.
 */
export async function runNotebooks(plan: RunPlan): Promise<FinishedNotebook[]> {
  const { notebooksDir, out, report } = plan;
  const all = await readNotebooks(notebooksDir);
  const chosen = selectNotebooks(all, plan.only);
  using _lock = await lockOutput(out);
  await stopLeftoverKernels(join(out, "run"));
  for (const folder of ["checkpoints", "outputs", "run"]) {
    await removeTemporaryFiles(join(out, folder));
  }
  const code = plan.code ?? await codeHash();
  using interrupted = interruption();
  const finished: FinishedNotebook[] = [];
  let checked: Promise<void> | undefined;
  for (const [i, entry] of chosen.entries()) {
    const { name } = entry;
    const place = { name, nth: i + 1, count: chosen.length };
    const executed = join(out, executedPaths(name).ipynb);
    try {
      const key = await runKey(entry, plan, code, all);
      const isNew = plan.fresh === true || !await isFinished(out, name, key);
      if (isNew) {
        checked ??= checkTypes(chosen.slice(i), plan, interrupted.signal);
        report({ type: "notebook-start", ...place });
        const startMs = performance.now();
        await runOne(entry, plan, { key, ready: checked, signal: interrupted.signal });
        report({ type: "notebook-done", ...place, ms: performance.now() - startMs });
      } else {
        report({ type: "notebook-skipped", ...place });
      }
      finished.push({ name, isNew, executed });
    } catch (error) {
      throw asNotebookError(error, name, interrupted.signal);
    }
  }
  return finished;
}

async function runOne(
  { name, notebook, declares }: NumberedNotebook,
  { notebooksDir, out, params, sourceLabel, report, cellTimeoutMs }: RunPlan,
  { key, ready, signal }: { key: string; ready: Promise<void>; signal: AbortSignal },
): Promise<void> {
  await removeRecord(out, name);
  const before = await fileStates(out);
  const executed = await runNotebook(notebook, {
    name,
    folder: notebooksDir,
    runFolder: join(out, "run"),
    parameters: params,
    hidden: ["out"],
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
  await writeFileAtomic(join(out, copies.html), htmlPage(executed, { name, sourceLabel }));
  await writeRecord(out, name, { key, paths: [...written, copies.ipynb, copies.html] });
}

/** Hash of all that decides what a notebook gives. */
async function runKey(
  { name, notebook, declares }: NumberedNotebook,
  { out, params, inputHashes, sourceLabel }: RunPlan,
  code: string,
  all: readonly NumberedNotebook[],
): Promise<string> {
  const reads: Record<string, string> = {};
  for (const checkpoint of declares.reads) {
    const path = checkpointPaths(checkpoint)[0];
    try {
      reads[checkpoint] = await hashFile(join(out, path));
    } catch (cause) {
      const writer = all.find((other) => other.declares.writes.includes(checkpoint))!;
      throw new NotebookError({
        notebook: name,
        cell: null,
        reason: `the checkpoint "${checkpoint}" that it reads must exist: got no ${path}`,
        traceback: [],
        advice: `Run ${writer.name} first, or leave out --only.`,
      }, { cause });
    }
  }
  const { out: _, ...mattering } = params;
  return sha256Hex(JSON.stringify([
    formatNotebook(withoutOutputs(notebook)),
    code,
    Deno.version.deno,
    sourceLabel,
    ...[mattering, inputHashes, reads].map((map) =>
      Object.entries(map).sort(([a], [b]) => a < b ? -1 : 1)
    ),
  ]));
}

async function checkTypes(
  entries: readonly NumberedNotebook[],
  { params, project }: RunPlan,
  signal: AbortSignal,
): Promise<void> {
  const notebooks = Object.fromEntries(
    entries.map(({ name, notebook }) => [name, injectParameters(notebook, params, name)]),
  );
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

/** Turns SIGINT and SIGTERM into an abort while it lives, so that kernels and files are cleaned up. */
function interruption(): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const stops = (["SIGINT", "SIGTERM"] as const).map((name) => {
    const stop = () => controller.abort(new Error(`the run was stopped by ${name}`));
    Deno.addSignalListener(name, stop);
    return () => Deno.removeSignalListener(name, stop);
  });
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      for (const remove of stops) remove();
    },
  };
}

function asNotebookError(error: unknown, notebook: string, signal: AbortSignal): NotebookError {
  if (error instanceof NotebookError) return error;
  const cause = signal.aborted ? signal.reason : error;
  return new NotebookError({
    notebook,
    cell: null,
    reason: cause instanceof Error ? cause.message : String(cause),
    traceback: [],
    advice: signal.aborted
      ? "Start again: finished notebooks are kept."
      : "Remove the cause named above and start again: finished notebooks are kept.",
  }, { cause });
}
