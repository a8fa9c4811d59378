import { readNotebooks } from "../notebook/notebook_list.ts";
import { typeCheck } from "../notebook/type_check.ts";
import { inProject } from "../store/project_root.ts";

/**
 * Type-checks the cells of every notebook.
 *
 * @throws {Error} If a cell has a fault; the message lists all of them with notebook, cell and line.
 */
export async function check(): Promise<void> {
  const notebooks = await readNotebooks(inProject("notebooks"));
  const problems = await typeCheck(
    Object.fromEntries(notebooks.map(({ name, notebook }) => [name, notebook])),
  );
  if (problems.length === 0) return;
  throw new Error(
    `Cannot run the notebooks as their cells must type-check: got\n${
      problems.map(({ source, cell, line, message }) =>
        `  ${source}, ${cell === null ? "" : `cell ${cell + 1}, `}line ${line}: ${message}`
      ).join("\n")
    }`,
  );
}
