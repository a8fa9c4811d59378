import { newConnection, writeConnectionFile } from "./connection.ts";
import { startKernelProcess } from "./kernel_process.ts";
import { type Kernel, KernelGone, openKernel } from "./kernel_session.ts";

/** Ports may be taken between the moment they are chosen and the kernel listening on them. */
const ATTEMPTS = 4;

/**
 * Starts a Deno kernel and makes it ready for cells.
 *
 * @param options.folder Working folder: the one that holds the notebook.
 * @param options.runFolder Where the connection file lies while the kernel lives.
 * @param options.startMs Longest time until the kernel answers.
 * @param options.signal Ends the kernel at once when aborted.
 * @throws {KernelGone} If the kernel does not come up.
 */
export async function startKernel({ folder, runFolder, startMs = 60_000, signal }: {
  folder: string;
  runFolder: string;
  startMs?: number;
  signal?: AbortSignal;
}): Promise<Kernel> {
  for (let attempt = 1;; ++attempt) {
    const connection = newConnection();
    const file = await writeConnectionFile(connection, runFolder);
    const started = startKernelProcess(file, folder);
    const ended = started.ended.finally(() => Deno.remove(file));
    try {
      return await openKernel({ ...started, ended }, connection, startMs, signal);
    } catch (error) {
      started.kill("SIGKILL");
      await ended;
      const isTaken = error instanceof KernelGone &&
        /AddrInUse|Address already in use/.test(error.message);
      if (!isTaken || attempt === ATTEMPTS) throw error;
    }
  }
}
