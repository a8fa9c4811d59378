import { join } from "node:path";

/** Holds an output folder for one run; given back by `using`. */
export interface RunLock extends Disposable {
  readonly path: string;
}

/** A run that lost its task notices within a tenth of a second, or after simulating a universe. */
const PATIENCE_MS = 5000;
const RETRY_MS = 50;

/**
 * Takes an output folder, so that two runs do not write it at once.
 *
 * The lock is the operating system's, on the file `run/lock`: it ends with the process that holds
 * it, however that ends. The file holds the id of that process, for the message, and is empty when
 * nobody holds it.
 *
 * @param options.patienceMs How long to wait for a run that is about to end, such as one whose task
 * was killed a moment ago.
 * @throws {Error} If another run holds it, or the folder cannot be written.
 */
export async function lockOutput(
  out: string,
  { patienceMs = PATIENCE_MS }: { patienceMs?: number } = {},
): Promise<RunLock> {
  const path = join(out, "run", "lock");
  let file: Deno.FsFile | undefined;
  try {
    await Deno.mkdir(join(out, "run"), { recursive: true });
    file = await Deno.open(path, { create: true, read: true, write: true });
    if (await isTaken(file, patienceMs)) {
      await file.truncate();
      await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
      return lockOf(file, path);
    }
  } catch (cause) {
    file?.close();
    throw new Error(
      `Cannot use "${out}" as the output folder as it must be a folder that can be written: got ${
        (cause as Error).message
      }`,
      { cause },
    );
  }
  file.close();
  const holder = (await Deno.readTextFile(path)).trim();
  throw new Error(
    `Cannot use "${out}" as the output folder as one run at a time must write it: got another run${
      holder === "" ? "" : `, process ${holder}`
    }; wait until it ends, or give --out another folder`,
  );
}

/** Whether the lock could be had within `patienceMs`. */
async function isTaken(file: Deno.FsFile, patienceMs: number): Promise<boolean> {
  const startMs = performance.now();
  while (!await file.tryLock(true)) {
    if (performance.now() - startMs >= patienceMs) return false;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  return true;
}

function lockOf(file: Deno.FsFile, path: string): RunLock {
  return {
    path,
    [Symbol.dispose]: () => {
      try {
        file.truncateSync();
      } finally {
        file.close();
      }
    },
  };
}
