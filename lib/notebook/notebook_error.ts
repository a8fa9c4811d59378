import type { Notebook } from "./ipynb.ts";

/** What went wrong in a notebook, where, and what to do. */
export interface NotebookFailure {
  /** Name of the notebook, without `.ipynb`. */
  readonly notebook: string;
  /** Index of the cell in the notebook as stored, from 0; `null` where no cell is to blame. */
  readonly cell: number | null;
  /** What happened, without a full stop at its end. */
  readonly reason: string;
  /** Stack, one line each, without colours; may be empty. */
  readonly traceback: readonly string[];
  /** What the reader can do, a sentence; empty where the reason says it. */
  readonly advice: string;
}

/** A notebook that could not be run. Its message is all a person needs to see. */
export class NotebookError extends Error implements NotebookFailure {
  override readonly name = "NotebookError";
  readonly notebook: string;
  readonly cell: number | null;
  readonly reason: string;
  readonly traceback: readonly string[];
  readonly advice: string;

  constructor(failure: NotebookFailure & { readonly where?: string }, options?: ErrorOptions) {
    const { notebook, reason, traceback, advice, where } = failure;
    super(
      [
        `Cannot run notebook "${notebook}": ${where ? `${where}: ` : ""}${reason}`,
        ...traceback.map((line) => `    ${line.trim()}`),
        // an error that says itself what to do needs no second advice
        ...advice === "" ? [] : [`  What to do: ${advice}`],
      ].join("\n"),
      options,
    );
    this.notebook = notebook;
    this.cell = failure.cell;
    this.reason = reason;
    this.traceback = traceback;
    this.advice = advice;
  }
}

/** A cell in words: its place among all cells, among the code cells, and how it starts. */
export function cellInWords(notebook: Notebook, cell: number): string {
  const nth = notebook.cells.slice(0, cell + 1).filter((c) => c.cell_type === "code").length;
  const start = notebook.cells[cell]!.source.split("\n").find((line) => line.trim() !== "") ?? "";
  return `cell ${cell + 1} (code cell ${nth}, "${
    start.length > 60 ? `${start.slice(0, 59)}…` : start
  }")`;
}
