import { stripAnsi } from "./outputs.ts";

/** A running `deno jupyter` process. */
export interface KernelProcess {
  readonly pid: number;
  /** Resolves when the process is gone, with how it ended and its last words. */
  readonly ended: Promise<KernelEnd>;
  /** Ends it at once; nothing happens if it is gone. */
  kill(signal: "SIGTERM" | "SIGKILL"): void;
}

/** How a kernel ended. */
export interface KernelEnd {
  /** `exit code 1`, `signal SIGKILL`. */
  readonly how: string;
  /** Last lines of its standard error, without colours; may be empty. */
  readonly lastWords: string;
}

/** How much of a kernel's own output is kept for a message, in characters. */
const TAIL = 4000;

/**
 * Starts a Deno kernel that listens as `connectionFile` says.
 *
 * What it prints is kept, not shown. It is killed when this process ends in an orderly way.
 *
 * @param folder Working folder, as JupyterLab sets it: the one that holds the notebook.
 */
export function startKernelProcess(connectionFile: string, folder: string): KernelProcess {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["jupyter", "--kernel", "--conn", connectionFile],
    cwd: folder,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env: { DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" },
  }).spawn();
  const kill = (signal: "SIGTERM" | "SIGKILL") => {
    try {
      child.kill(signal);
    } catch {
      // gone before
    }
  };
  const killNow = () => kill("SIGKILL");
  globalThis.addEventListener("unload", killNow);
  const words = Promise.all([tail(child.stderr), tail(child.stdout)]);
  const ended = child.status.then(async ({ code, signal }): Promise<KernelEnd> => {
    globalThis.removeEventListener("unload", killNow);
    const [stderr] = await words;
    return {
      how: signal ? `signal ${signal}` : `exit code ${code}`,
      lastWords: stripAnsi(stderr).replace(/^Warning "deno jupyter" is unstable.*\n?/m, "").trim(),
    };
  });
  return { pid: child.pid, ended, kill };
}

/** The last characters of a stream, read to its end so that its writer is never blocked. */
async function tail(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const piece of stream.pipeThrough(new TextDecoderStream() as TransformPair)) {
    text = (text + piece).slice(-TAIL);
  }
  return text;
}

type TransformPair = ReadableWritablePair<string, Uint8Array>;
