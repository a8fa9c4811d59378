import { join } from "node:path";
import type { Table } from "../../core/table.ts";
import { TEMPORARY_SUFFIX, writeFileAtomic } from "../../store/atomic.ts";
import { parquetBytes } from "../../store/parquet.ts";

/** Rows of each file that was written. */
export type LiveRows = Readonly<Record<string, number>>;

/** Carried by the folder that is being replaced, for the moment between two renames. */
const REPLACED_SUFFIX = ".replaced";

/**
 * Replaces a folder of Parquet files as a whole: it never holds old files beside new ones.
 *
 * A run that was killed between the two renames has left no folder but the old one under another
 * name; `restoreReplaced` brings that back.
 *
 * @param tables Name and content of each file, made as they are asked for: one at a time is held.
 * @returns Rows of each file.
 * @throws {Error} If the folder cannot be written; the old one is still there.
 */
export async function writeLive(
  folder: string,
  tables: Iterable<readonly [string, Table]>,
): Promise<LiveRows> {
  const temporary = `${folder}.${Deno.pid}${TEMPORARY_SUFFIX}`;
  const replaced = `${folder}${REPLACED_SUFFIX}`;
  const rows: Record<string, number> = {};
  await restoreReplaced(folder);
  try {
    for (const [file, table] of tables) {
      rows[file] = table.nRows;
      await writeFileAtomic(join(temporary, file), parquetBytes(table));
    }
    if (await exists(folder)) await Deno.rename(folder, replaced);
    await Deno.rename(temporary, folder);
  } catch (cause) {
    await Deno.remove(temporary, { recursive: true }).catch(() => {});
    await restoreReplaced(folder);
    if (cause instanceof Error && cause.message.startsWith("Cannot write")) throw cause;
    throw new Error(
      `Cannot write folder "${folder}" as it must be writable: got ${
        cause instanceof Error ? cause.message : cause
      }`,
      { cause },
    );
  }
  await Deno.remove(replaced, { recursive: true }).catch(() => {});
  return rows;
}

/** Brings back a folder that a killed run had moved aside, and clears one that it had replaced. */
export async function restoreReplaced(folder: string): Promise<void> {
  const replaced = `${folder}${REPLACED_SUFFIX}`;
  if (!await exists(replaced)) return;
  if (await exists(folder)) await Deno.remove(replaced, { recursive: true });
  else await Deno.rename(replaced, folder);
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
