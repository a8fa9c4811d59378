import { join } from "node:path";
import { writeFileAtomic } from "../../store/atomic.ts";
import { hashFile, hashFolder, sha256Hex } from "../../store/hash.ts";
import { writeParquet } from "../../store/parquet.ts";
import { inProject, projectRoot } from "../../store/project_root.ts";
import { table } from "../../core/table.ts";
import { LABELS_FILE } from "../local/contract.ts";
import type { Structure } from "./event_paths.ts";
import { readTemplates } from "./read_templates.ts";
import { simulate, type Size } from "./simulate.ts";

/** A simulated universe on disk, in the data contract. */
export interface SimulatedFolder {
  readonly path: string;
  /** Words that every chart and report made from it must show. */
  readonly label: string;
}

/** Last file to be written: a folder without it is unfinished. */
const MARKER = "COMPLETE";

/**
 * A folder with the simulated universe as Parquet files, made now or by an earlier run.
 *
 * Its name holds a hash of the size, the seed, the structure, the code and the templates, so a
 * changed generator never meets old files; those of an older generator are removed. Of the truth
 * only the theme of each market is written, to hold a classifier's answers against; the rest is for
 * tests alone.
 *
 * @param options.cacheDir Folder that keeps universes; relative paths are below the project's.
 */
export async function simulatedFolder(
  { size, seed, structure = "full", cacheDir }: {
    size: Size;
    seed: number;
    structure?: Structure;
    cacheDir: string;
  },
): Promise<SimulatedFolder> {
  const label = structure === "full"
    ? `simulated universe, seed ${seed}`
    : `simulated universe without structure, seed ${seed}`;
  const key = sha256Hex([size, seed, structure, await generatorHash()].join("\n")).slice(0, 16);
  const name = `simulated-${size}-${structure}-${seed}`;
  const path = join(inProject(cacheDir), `${name}-${key}`);
  if (await isComplete(path)) return { path, label };
  const { tables, truth } = simulate({ size, seed, structure, ...await readTemplates() });
  for (const [name, rows] of Object.entries(tables)) {
    await writeParquet(join(path, `${name}.parquet`), rows);
  }
  const { market_id, theme } = truth.markets.columns;
  await writeParquet(join(path, LABELS_FILE), table({ market_id: market_id!, theme: theme! }));
  await writeFileAtomic(join(path, MARKER), `${label}\n`);
  await removeOlder(inProject(cacheDir), name, key);
  return { path, label };
}

/** Removes the same universe as older generators made it, which nothing reads any more. */
async function removeOlder(cacheDir: string, name: string, key: string): Promise<void> {
  for await (const entry of Deno.readDir(cacheDir)) {
    const own = entry.name.slice(name.length + 1);
    const isOlder = entry.isDirectory && entry.name.startsWith(`${name}-`) &&
      /^[0-9a-f]{16}$/.test(own) && own !== key;
    if (isOlder) await Deno.remove(join(cacheDir, entry.name), { recursive: true });
  }
}

async function isComplete(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(join(path, MARKER))).isFile;
  } catch (error) {
    const isAbsent = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (isAbsent) return false;
    throw error;
  }
}

/** SHA-256 over everything that the generator's output depends on. */
async function generatorHash(): Promise<string> {
  const root = projectRoot();
  return sha256Hex([
    await hashFolder(join(root, "lib/core")),
    await hashFolder(join(root, "lib/sources/simulated")),
    await hashFile(join(root, "lib/store/parquet.ts")),
    await hashFile(join(root, "lib/store/arrow_table.ts")),
    await hashFile(join(root, "config/simulated.yaml")),
    await hashFile(join(root, "config/factors.yaml")),
  ].join("\n"));
}
