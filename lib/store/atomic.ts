import { dirname } from "node:path";

/** Marks files that are still being written; whatever carries it after a run is rubbish. */
export const TEMPORARY_SUFFIX = ".basketry-tmp";

/**
 * Writes a whole file so that a reader sees the old bytes or the new ones, never a part.
 *
 * Temporary file beside it, fsync, rename. Missing folders are made. A failed write removes the
 * temporary file and leaves the old one.
 *
 * @param path File to make or replace.
 * @param content Bytes, or text to be stored as UTF-8.
 * @throws {Error} If the file cannot be written; the message says where and why.
 */
export async function writeFileAtomic(path: string, content: Uint8Array | string): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const temporary = `${path}.${Deno.pid}${TEMPORARY_SUFFIX}`;
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    const file = await Deno.open(temporary, { write: true, create: true, truncate: true });
    try {
      for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
      await file.sync();
    } finally {
      file.close();
    }
    await Deno.rename(temporary, path);
  } catch (cause) {
    await Deno.remove(temporary).catch(() => {});
    throw new Error(
      `Cannot write "${path}" as its folder must be writable and have space: got ${
        cause instanceof Error ? cause.message : cause
      }`,
      { cause },
    );
  }
}

/**
 * Removes what killed writers left below `folder`, files and half-filled folders alike; where there
 * is no such folder nothing is left.
 */
export async function removeTemporaryFiles(folder: string): Promise<void> {
  let entries: Deno.DirEntry[];
  try {
    entries = await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    const isNone = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (isNone) return;
    throw error;
  }
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (entry.name.endsWith(TEMPORARY_SUFFIX)) await Deno.remove(path, { recursive: true });
    else if (entry.isDirectory) await removeTemporaryFiles(path);
  }
}
