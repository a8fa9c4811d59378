import type { Notebook } from "./ipynb.ts";

/** Where a line of the joined module comes from. */
export interface CellLine {
  /** Index of the cell in the notebook, from 0. */
  readonly cell: number;
  /** Line within the cell, from 1. */
  readonly line: number;
}

/** The code cells of a notebook as one module. */
export interface JoinedCells {
  readonly text: string;
  /** Source of each line of `text`, in order; `null` for a line that no cell has. */
  readonly origins: readonly (CellLine | null)[];
}

/**
 * The code cells of a notebook as one TypeScript module, each below a comment with its number.
 *
 * A name bound in two cells, which the kernel would allow, is an error there.
 *
 * @example Lines keep their cells
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseNotebook } from "lib/notebook/ipynb.ts";
 * import { joinCells } from "lib/notebook/join_cells.ts";
 * const cell = { id: "a", metadata: {}, outputs: [], execution_count: null };
 * const notebook = parseNotebook(
 *   JSON.stringify({
 *     cells: [{ ...cell, cell_type: "code", source: "1 + 1" }],
 *     metadata: {},
 *     nbformat: 4,
 *     nbformat_minor: 5,
 *   }),
 *   "tiny",
 * );
 * const { text, origins } = joinCells(notebook);
 * assert.equal(text, "// cell 1\n1 + 1;\nexport {};\n");
 * assert.deepEqual(origins, [null, { cell: 0, line: 1 }, null]);
 * ```
 */
export function joinCells(notebook: Notebook): JoinedCells {
  const lines: string[] = [];
  const origins: (CellLine | null)[] = [];
  for (const [cell, { cell_type, source }] of notebook.cells.entries()) {
    if (cell_type !== "code" || source.trim() === "") continue;
    lines.push(`// cell ${cell + 1}`);
    origins.push(null);
    // without it, a cell that starts with a parenthesis would call the end of the one before
    const ended = /[;}]\s*$|\/\/[^\n]*$|\*\/\s*$/.test(source) ? source : `${source.trimEnd()};`;
    for (const [i, line] of ended.trimEnd().split("\n").entries()) {
      lines.push(line);
      origins.push({ cell, line: i + 1 });
    }
  }
  // a module even where no cell imports anything, so that `await` is allowed
  lines.push("export {};");
  origins.push(null);
  return { text: `${lines.join("\n")}\n`, origins };
}

/**
 * The modules of the project that the cells of a notebook import, in their order; types apart.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { importedModules } from "lib/notebook/join_cells.ts";
 * const cells = ['import { a } from "lib/a.ts";\nimport type { B } from "lib/b.ts";', "a();"];
 * assert.deepEqual(importedModules(cells), ["lib/a.ts"]);
 * ```
 */
export function importedModules(sources: readonly string[]): string[] {
  const found = sources.flatMap((source) =>
    Array.from(
      source.matchAll(/^import (?!type\b)(?:[^"';]+ from )?"(lib\/[^"]+)";?$/gm),
      ([, name]) => name!,
    )
  );
  return [...new Set(found)];
}
