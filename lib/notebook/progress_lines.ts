/** A step of a run. Notebooks and cells count from 1; durations are in ms. */
export type RunEvent =
  | {
    readonly type: "notebook-start";
    readonly name: string;
    readonly nth: number;
    readonly count: number;
  }
  | {
    readonly type: "notebook-skipped";
    readonly name: string;
    readonly nth: number;
    readonly count: number;
  }
  | {
    readonly type: "cell-start";
    readonly name: string;
    readonly nth: number;
    readonly nCells: number;
  }
  | {
    readonly type: "cell-done";
    readonly name: string;
    readonly nth: number;
    readonly nCells: number;
    readonly ms: number;
  }
  | {
    readonly type: "notebook-done";
    readonly name: string;
    readonly nth: number;
    readonly count: number;
    readonly ms: number;
  };

/**
 * What to print for a step of a run, with its line ends; empty for nothing.
 *
 * @param options.isTerminal A terminal shows the cell that is running on a line that its result
 * then replaces; anywhere else each line is printed once and stays.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { progressLine } from "lib/notebook/progress_lines.ts";
 * assert.equal(
 *   progressLine({ type: "cell-done", name: "01_a", nth: 3, nCells: 12, ms: 1234 }, { isTerminal: false }),
 *   "  cell  3 of 12  1.2 s\n",
 * );
 * ```
 */
export function progressLine(event: RunEvent, { isTerminal }: { isTerminal: boolean }): string {
  switch (event.type) {
    case "notebook-start":
      return `${event.name} (notebook ${event.nth} of ${event.count})\n`;
    case "notebook-skipped":
      return `${event.name} (notebook ${event.nth} of ${event.count}): unchanged, kept\n`;
    case "cell-start":
      return isTerminal ? `${cellWords(event)}  …` : "";
    case "cell-done":
      return `${isTerminal ? "\r\x1b[K" : ""}${cellWords(event)}  ${seconds(event.ms)}\n`;
    case "notebook-done":
      return `  done in ${seconds(event.ms)}\n`;
  }
}

function cellWords({ nth, nCells }: { nth: number; nCells: number }): string {
  return `  cell ${String(nth).padStart(String(nCells).length)} of ${nCells}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
