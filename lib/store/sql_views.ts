import { join, resolve } from "node:path";
import { verifiedCheckpoint } from "./checkpoint.ts";
import { inProject } from "./project_root.ts";

/** A name a query may read: the Parquet files behind it and the folder they stand in. */
export interface SqlView {
  readonly name: string;
  /** Pattern of the files, in DuckDB's glob language. */
  readonly pattern: string;
  /** Folders the query needs leave to read; DuckDB compares them with pattern and path alike. */
  readonly folders: readonly string[];
}

/**
 * The views behind the names a query reads, sorted by name.
 *
 * A checkpoint counts only when the query reads it, and then its rows must match its meta.
 * Names no view stands for are left to DuckDB, which says that they do not exist.
 *
 * @param names Names the query reads, in any case.
 * @param options.checkpoints Folder of the checkpoints.
 * @param options.folders Folder, file or glob of Parquet files by view name.
 * @throws {Error} If a checkpoint that is read was edited or cut short.
 */
export async function sqlViews(
  names: readonly string[],
  { checkpoints, folders = {} }: {
    checkpoints?: string;
    folders?: Readonly<Record<string, string>>;
  },
): Promise<SqlView[]> {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const views: SqlView[] = [];
  for (const [name, path] of Object.entries(folders)) {
    if (wanted.has(name.toLowerCase())) views.push(await folderView(name, inProject(path)));
  }
  if (checkpoints !== undefined) {
    for (const name of await checkpointNames(checkpoints)) {
      if (!wanted.has(name)) continue;
      await verifiedCheckpoint(name, checkpoints);
      const folder = resolve(inProject(checkpoints));
      views.push({
        name,
        pattern: globEscaped(join(folder, `${name}.parquet`)),
        folders: [folder, globEscaped(folder)],
      });
    }
  }
  return views.sort((a, b) => a.name < b.name ? -1 : 1);
}

/** Names of the checkpoints in a folder, sorted; none where it does not exist. */
export async function checkpointNames(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(inProject(folder))) {
      const found = /^(\d\d_[a-z0-9_]+)\.parquet$/.exec(name);
      if (found) names.push(found[1]!);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names.sort();
}

async function folderView(name: string, path: string): Promise<SqlView> {
  const isFolder = await Deno.stat(path).then((info) => info.isDirectory, () => false);
  if (isFolder) {
    const folder = resolve(path);
    const escaped = globEscaped(folder);
    return { name, pattern: join(escaped, "**", "*.parquet"), folders: [folder, escaped] };
  }
  const pattern = resolve(path);
  const segments = pattern.split("/");
  const firstGlob = segments.findIndex((segment) => /[*?[]/.test(segment));
  const folder = segments.slice(0, firstGlob < 0 ? -1 : firstGlob).join("/") || "/";
  return { name, pattern, folders: [folder] };
}

/** A path as a pattern that matches only itself. */
function globEscaped(path: string): string {
  return path.replace(/[*?[]/g, (c) => `[${c}]`);
}
