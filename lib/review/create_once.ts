import { basename, dirname } from "node:path";
import { TEMPORARY_SUFFIX } from "../store/atomic.ts";

/** A temporary file that is this much older than one made now belongs to a writer that was killed. */
const ABANDONED_MS = 3_600_000;

/**
 * Makes a file that must not be there yet, whole or not at all.
 *
 * Temporary file beside it, fsync, hard link to the name, which fails where it is taken: of any number of
 * writers in any processes one makes the file. Missing folders are made. A killed writer leaves a temporary
 * file at most, which goes when somebody writes here an hour later.
 *
 * @returns Whether it was made; `false` where the name is taken.
 * @throws {Error} If the folder cannot be written; the message names it and says why.
 */
export async function createOnce(path: string, bytes: Uint8Array): Promise<boolean> {
  const folder = dirname(path);
  const temporary = `${path}.${crypto.randomUUID()}${TEMPORARY_SUFFIX}`;
  try {
    await Deno.mkdir(folder, { recursive: true });
    const file = await Deno.open(temporary, { write: true, createNew: true });
    try {
      for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
      await file.sync();
    } finally {
      file.close();
    }
    await removeAbandoned(folder, temporary);
    return await isLinked(temporary, path);
  } catch (cause) {
    throw new Error(
      `Cannot store "${
        basename(path)
      }" as "${folder}" must be writable, have space and take hard links: got ${
        cause instanceof Error ? cause.message : cause
      }`,
      { cause },
    );
  } finally {
    await Deno.remove(temporary).catch(() => {});
  }
}

async function isLinked(temporary: string, path: string): Promise<boolean> {
  try {
    await Deno.link(temporary, path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    throw error;
  }
}

/** By the clock of the disk, which dated `fresh` just now. */
async function removeAbandoned(folder: string, fresh: string): Promise<void> {
  const now = await madeAt(fresh);
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(TEMPORARY_SUFFIX)) continue;
    const other = `${folder}/${name}`;
    if (now - await madeAt(other) > ABANDONED_MS) await Deno.remove(other).catch(() => {});
  }
}

/** NaN where it is gone. */
async function madeAt(path: string): Promise<number> {
  const stat = await Deno.stat(path).catch(() => null);
  return stat?.mtime?.getTime() ?? NaN;
}
