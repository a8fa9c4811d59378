import { join } from "node:path";

/** Holds an output folder for one run; given back by `using`. */
export interface RunLock extends Disposable {
  readonly path: string;
}

/**
 * Takes an output folder, so that two runs do not write it at once.
 *
 * The lock is the operating system's, on the file `run/lock`: it ends with the process that holds
 * it, however that ends. The file holds the id of that process, for the message, and is empty when
 * nobody holds it.
 *
 * @throws {Error} If another run holds it, or the folder cannot be written.
 */
export async function lockOutput(out: string): Promise<RunLock> {
  const path = join(out, "run", "lock");
  let file: Deno.FsFile;
  try {
    await Deno.mkdir(join(out, "run"), { recursive: true });
    file = await Deno.open(path, { create: true, read: true, write: true });
  } catch (cause) {
    throw new Error(
      `Cannot use "${out}" as the output folder as it must be a folder that can be written: got ${
        (cause as Error).message
      }`,
      { cause },
    );
  }
  if (!await file.tryLock(true)) {
    file.close();
    const holder = (await Deno.readTextFile(path)).trim();
    throw new Error(
      `Cannot use "${out}" as the output folder as one run at a time must write it: got another run${
        holder === "" ? "" : `, process ${holder}`
      }; wait until it ends, or give --out another folder`,
    );
  }
  await file.truncate();
  await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
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
