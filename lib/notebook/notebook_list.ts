import { join } from "node:path";
import { z } from "zod";
import { type Notebook, parseNotebook } from "./ipynb.ts";

const DECLARATION = z.strictObject({
  reads: z.array(z.string()).default([]),
  writes: z.array(z.string()).default([]),
  exports: z.array(z.string()).default([]),
  takes: z.array(z.string()).default([]),
  consults: z.array(z.string()).default([]),
  requires: z.array(z.string()).default([]),
});

/** What a notebook says in `metadata.basketry` that it needs and leaves. */
export type Declaration = z.infer<typeof DECLARATION>;

/** A numbered notebook of the project. */
export interface NumberedNotebook {
  /** File name without `.ipynb`, such as `01_data_exploration`. */
  readonly name: string;
  readonly notebook: Notebook;
  /**
   * Names of checkpoints read and written, and paths below `outputs/`; one that ends with `/` is a
   * folder. `takes` names options of the command line that its `params` have, `consults` folders
   * below `reviews/`, whose files a person edits, `requires` more of them, which matter only where a
   * run stops at what is not signed.
   */
  readonly declares: Declaration;
}

/**
 * Reads the notebooks of a folder whose names start with two digits, in their order.
 *
 * @throws {SyntaxError} If one is no notebook or its declaration is malformed.
 * @throws {RangeError} If one reads a checkpoint that no notebook before it writes, or two write
 * the same.
 */
export async function readNotebooks(folder: string): Promise<NumberedNotebook[]> {
  const files: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isFile && /^\d\d_\w+\.ipynb$/.test(entry.name)) files.push(entry.name);
  }
  const found: NumberedNotebook[] = [];
  const writers = new Map<string, string>();
  for (const file of files.sort()) {
    const name = file.slice(0, -".ipynb".length);
    const notebook = parseNotebook(await Deno.readTextFile(join(folder, file)), name);
    const declares = declaration(notebook, name);
    for (const read of declares.reads) {
      if (!writers.has(read)) {
        throw new RangeError(
          `Cannot order notebook "${name}" as a notebook before it must write what it reads: got "${read}"`,
        );
      }
    }
    for (const write of declares.writes) {
      const other = writers.get(write);
      if (other !== undefined) {
        throw new RangeError(
          `Cannot order notebook "${name}" as one notebook alone must write "${write}": got "${other}" too`,
        );
      }
      writers.set(write, name);
    }
    found.push({ name, notebook, declares });
  }
  return found;
}

/**
 * The notebooks that `--only` names, by number (`01` or `1`) or whole name; all without it.
 *
 * @throws {RangeError} If an entry names none, or there is no entry.
 */
export function selectNotebooks(
  notebooks: readonly NumberedNotebook[],
  only: readonly string[] | undefined,
): NumberedNotebook[] {
  if (!only) return [...notebooks];
  if (only.length === 0) {
    throw new RangeError(
      "Cannot run notebooks as --only must name at least one, such as 01: got none",
    );
  }
  const isNamed = (name: string, wanted: string) =>
    name === wanted || name.startsWith(`${wanted.padStart(2, "0")}_`);
  for (const wanted of only) {
    if (!notebooks.some(({ name }) => isNamed(name, wanted))) {
      throw new RangeError(
        `Cannot run notebook "${wanted}" as it must be one of ${
          notebooks.map(({ name }) => name).join(", ")
        }: got no such number or name`,
      );
    }
  }
  return notebooks.filter(({ name }) => only.some((wanted) => isNamed(name, wanted)));
}

function declaration(notebook: Notebook, name: string): Declaration {
  const parsed = DECLARATION.safeParse(notebook.metadata["basketry"] ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new SyntaxError(
    `Cannot read notebook "${name}" as its metadata.basketry must be {reads, writes, exports}: got ${issue.message} (${
      issue.path.join(".")
    })`,
  );
}
