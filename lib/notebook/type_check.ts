import { join } from "node:path";
import { writeFileAtomic } from "../store/atomic.ts";
import { sha256Hex } from "../store/hash.ts";
import { projectRoot } from "../store/project_root.ts";
import type { Notebook } from "./ipynb.ts";
import { joinCells, type JoinedCells } from "./join_cells.ts";
import { stripAnsi } from "./outputs.ts";

/** An error of the type check. */
export interface TypeProblem {
  /** Name of the notebook, or the path of a file it imports, relative to the project. */
  readonly source: string;
  /** Index of the cell, from 0; `null` for a line outside every cell or in another file. */
  readonly cell: number | null;
  /** Line within the cell or file, from 1. */
  readonly line: number;
  /** The compiler's words, such as `TS2322: Type 'string' is not assignable to type 'number'.` */
  readonly message: string;
}

/** How long the cells of a former state of the notebooks stay in the cache, ms. */
const KEEP_MS = 24 * 3_600_000;

/**
 * Type-checks the code cells of notebooks, each notebook as one module.
 *
 * All in one run of `deno check`, which reads the libraries they share once. The modules lie in
 * the project's `.cache` folder, so that its configuration and alias hold, below a name that is a
 * hash of their text: Deno remembers what it checked by path and content of every file behind it,
 * so cells and libraries that have not changed are not checked twice.
 *
 * Cost: a few seconds with the libraries, a tenth of one where nothing changed.
 *
 * @param notebooks Notebooks by name.
 * @param options.project Folder with the `deno.json`; this project by default.
 * @returns Problems in the order of the compiler; none if all is well.
 * @throws {Error} If the check itself fails: the compiler's words are in the message.
 */
export async function typeCheck(
  notebooks: Readonly<Record<string, Notebook>>,
  { project = projectRoot(), signal }: { project?: string; signal?: AbortSignal } = {},
): Promise<TypeProblem[]> {
  const names = Object.keys(notebooks);
  if (names.length === 0) return [];
  const modules = names.map((name) => ({ name, joined: joinCells(notebooks[name]!) }));
  const cache = join(project, ".cache");
  const text = JSON.stringify(modules.map(({ name, joined }) => [name, joined.text]));
  const folder = join(cache, `cells-${sha256Hex(text).slice(0, 16)}`);
  for (const { name, joined } of modules) {
    await writeFileAtomic(join(folder, `${name}.ts`), joined.text);
  }
  await removeFormerCells(cache);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "check",
      "--quiet",
      "--config",
      join(project, "deno.json"),
      ...names.map((name) => join(folder, `${name}.ts`)),
    ],
    cwd: project,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    env: { DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" },
    ...signal && { signal },
  }).output();
  if (success) return [];
  const said = stripAnsi(new TextDecoder().decode(stderr));
  const problems = parseDiagnostics(said, project).map((problem) =>
    located(problem, folder, modules)
  );
  if (problems.length > 0) return problems;
  throw new Error(`Cannot type-check notebooks as deno check must run: got\n${said.trim()}`);
}

/** A check writes its modules anew, so a folder's time is that of its last use. */
async function removeFormerCells(cache: string): Promise<void> {
  for await (const { name } of Deno.readDir(cache)) {
    if (!name.startsWith("cells-")) continue;
    const path = join(cache, name);
    try {
      const { mtime } = await Deno.stat(path);
      if (Date.now() - mtime!.getTime() > KEEP_MS) await Deno.remove(path, { recursive: true });
    } catch (error) {
      // another check removed it first
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

/** A diagnostic as the compiler prints it. */
interface Diagnostic {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/**
 * Reads what `deno check` prints: a heading such as `TS2322 [ERROR]: …`, an excerpt, and a line
 * `at file:///…:3:7`. Errors of imports have the same end without a code.
 */
function parseDiagnostics(said: string, project: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  let message: string | undefined;
  for (const line of said.split("\n")) {
    const heading = /^(?:(TS\d+) \[ERROR\]|error): (.*)$/.exec(line);
    if (heading) {
      message = heading[1] ? `${heading[1]}: ${heading[2]}` : heading[2]!;
      continue;
    }
    const place = /^\s+at (file:\/\/\S+?):(\d+):\d+$/.exec(line);
    if (!place || message === undefined) continue;
    const path = decodeURIComponent(new URL(place[1]!).pathname);
    found.push({
      path: path.startsWith(`${project}/`) ? path.slice(project.length + 1) : path,
      line: Number(place[2]),
      message: message.replaceAll(`file://${project}/`, ""),
    });
    message = undefined;
  }
  return found;
}

function located(
  { path, line, message }: Diagnostic,
  folder: string,
  modules: readonly { name: string; joined: JoinedCells }[],
): TypeProblem {
  const module = modules.find(({ name }) => join(folder, `${name}.ts`).endsWith(`/${path}`));
  if (!module) return { source: path, cell: null, line, message };
  const origin = module.joined.origins[line - 1];
  return { source: module.name, cell: origin?.cell ?? null, line: origin?.line ?? line, message };
}
