import { join } from "node:path";
import { z } from "zod";
import { writeFileAtomic } from "../store/atomic.ts";
import { filesBelow, hashFile } from "../store/hash.ts";
import type { Declaration } from "./notebook_list.ts";

const RECORD = z.strictObject({
  key: z.string(),
  source: z.string(),
  files: z.record(z.string(), z.string()),
});

/** What a finished notebook left. No clock in it: the same run gives the same record. */
export interface RunRecord {
  /** Hash of all that went into the run. */
  readonly key: string;
  /** Hash of the source alone: results of one source may be shown together. */
  readonly source: string;
  /** SHA-256 by path below the output folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** Where the executed copies of a notebook lie below the output folder. */
export function executedPaths(name: string): { ipynb: string; html: string } {
  return { ipynb: `outputs/notebooks/${name}.ipynb`, html: `outputs/notebooks/${name}.html` };
}

/** Where a checkpoint lies below the output folder: its rows, then its meta. */
export function checkpointPaths(checkpoint: string): [string, string] {
  return [`checkpoints/${checkpoint}.parquet`, `checkpoints/${checkpoint}.meta.json`];
}

/** Whether a run with this key is finished and each file it left is still what it was. */
export async function isFinished(out: string, name: string, key: string): Promise<boolean> {
  const record = await readRecord(out, name);
  return record?.key === key && await isUntouched(out, record);
}

/** Whether a notebook's last run was on this source and each file it left is still what it was. */
export async function isOfSource(out: string, name: string, source: string): Promise<boolean> {
  const record = await readRecord(out, name);
  return record?.source === source && await isUntouched(out, record);
}

/**
 * The hash of a checkpoint's rows, or in `got` what is wrong with it: absent, of a run that did not
 * finish, of another source, or edited by hand. A notebook that `--only` picks alone would work on
 * it in good faith.
 */
export async function checkpointState(
  out: string,
  checkpoint: string,
  { writer, source }: { writer: string; source: { readonly sha256: string } },
): Promise<{ sha256: string } | { got: string }> {
  const record = await readRecord(out, writer);
  const paths = checkpointPaths(checkpoint);
  const hashes = await Promise.all(
    paths.map((path) => hashFile(join(out, path)).catch(() => null)),
  );
  const absent = hashes.indexOf(null);
  if (absent >= 0) return { got: `no ${paths[absent]}` };
  if (record === null) return { got: "one of a run that did not finish" };
  if (record.source !== source.sha256) return { got: "one of another source" };
  const edited = paths.find((path, i) => record.files[path] !== hashes[i]);
  if (edited !== undefined) return { got: `an edited ${edited}` };
  return { sha256: hashes[0]! };
}

async function isUntouched(out: string, record: RunRecord): Promise<boolean> {
  for (const [path, sha256] of Object.entries(record.files)) {
    const hash = await hashFile(join(out, path)).catch(() => null);
    if (hash !== sha256) return false;
  }
  return true;
}

/** Writes the record of a finished run, over the files as they are now. */
export async function writeRecord(
  out: string,
  name: string,
  { key, source, paths }: { key: string; source: string; paths: readonly string[] },
): Promise<void> {
  const files: Record<string, string> = {};
  for (const path of [...paths].sort()) files[path] = await hashFile(join(out, path));
  const record: RunRecord = { key, source, files };
  await writeFileAtomic(recordPath(out, name), `${JSON.stringify(record, null, 2)}\n`);
}

/** From now on the notebook counts as not run. */
export async function removeRecord(out: string, name: string): Promise<void> {
  try {
    await Deno.remove(recordPath(out, name));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Identity of each file below `checkpoints/` and `outputs/`, to see which ones a run wrote. */
export async function fileStates(out: string): Promise<Map<string, string>> {
  const states = new Map<string, string>();
  for (const folder of ["checkpoints", "outputs"]) {
    const paths = await filesBelow(join(out, folder)).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    });
    for (const path of paths) {
      const { ino, mtime, size } = await Deno.stat(join(out, folder, path));
      states.set(`${folder}/${path}`, `${ino} ${mtime?.getTime()} ${size}`);
    }
  }
  return states;
}

/** How what a notebook wrote differs from what it declares. */
export interface WrittenFiles {
  /** Declared and written, sorted. */
  readonly written: readonly string[];
  /** Declared, but missing or left as before; a folder, "baskets/", may stay empty. */
  readonly missing: readonly string[];
  /** Written, but not declared. */
  readonly undeclared: readonly string[];
}

/** Compares the files that changed between two states with a declaration. */
export function writtenFiles(
  declares: Declaration,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): WrittenFiles {
  const changed = [...after].filter(([path, state]) => before.get(path) !== state)
    .map(([path]) => path).sort();
  const wanted = [
    ...declares.writes.flatMap(checkpointPaths),
    ...declares.exports.map((path) => `outputs/${path}`),
  ];
  const isWanted = (path: string) =>
    wanted.some((want) => want.endsWith("/") ? path.startsWith(want) : path === want);
  return {
    written: changed.filter(isWanted),
    missing: wanted.filter((want) => !want.endsWith("/") && !changed.includes(want)),
    undeclared: changed.filter((path) => !isWanted(path)),
  };
}

/** What a finished run of a notebook left; `null` where there is none. */
export async function readRecord(out: string, name: string): Promise<RunRecord | null> {
  try {
    return RECORD.parse(JSON.parse(await Deno.readTextFile(recordPath(out, name))));
  } catch {
    // none, or edited by hand: the notebook runs again
    return null;
  }
}

function recordPath(out: string, name: string): string {
  return join(out, "run", `${name}.json`);
}
