import { collectOutputs, stripAnsi } from "./outputs.ts";
import { type Connection, requestShutdown } from "./connection.ts";
import type { Output } from "./ipynb.ts";
import type { KernelProcess } from "./kernel_process.ts";
import { PRELUDE, REST_MIME, restRequest } from "./prelude.ts";
import { decodeMessage, encodeMessage, type WireMessage } from "./wire.ts";
import { connectZmtp, type ZmtpSocket } from "./zmtp.ts";

/** Something thrown in a kernel. */
export interface Thrown {
  readonly ename: string;
  readonly evalue: string;
  /** Stack, one line each, without colours. */
  readonly traceback: readonly string[];
}

/** What the execution of one cell gave. */
export interface CellRun {
  readonly executionCount: number;
  readonly outputs: readonly Output[];
  /** What the cell threw, `null` if it came to its end. */
  readonly thrown: Thrown | null;
  /** Rejections nobody awaited and errors in timers that showed until now. */
  readonly uncaught: readonly Thrown[];
}

/** A kernel that can execute cells, one at a time. */
export interface Kernel {
  readonly pid: number;
  /**
   * Executes one cell and waits until all its outputs are there.
   *
   * @param timeoutMs Longest time for the cell.
   * @param restMs How long to wait afterwards for late rejections.
   * @throws {KernelGone} If the kernel ends, or is ended by the timeout or the signal.
   */
  execute(code: string, options: { timeoutMs: number; restMs?: number }): Promise<CellRun>;
  /**
   * Begins to load modules, so that a cell that imports them finds them there. What fails is left
   * for that cell to report.
   */
  preload(modules: readonly string[]): void;
  /** Ends the kernel: asked, then told, then killed. Never throws; safe to call twice. */
  shutdown(): Promise<void>;
}

/** A kernel that ended before its work did. */
export class KernelGone extends Error {
  override readonly name = "KernelGone";
  constructor(
    message: string,
    /** Why: it died, took too long, or the run was called off. */
    readonly reason: "died" | "timeout" | "aborted",
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** How long a kernel may take to go when asked, and when told. */
const GRACE_MS = 2000;
/** Connects to a starting kernel, waits for its answer and evaluates the prelude. */
export async function openKernel(
  child: KernelProcess,
  connection: Connection,
  startMs: number,
  signal: AbortSignal | undefined,
): Promise<Kernel> {
  const { key } = connection;
  const session = crypto.randomUUID();
  const sockets: ZmtpSocket[] = [];
  const pending = new Map<string, (reply: WireMessage) => void>();
  let publish: (message: WireMessage) => void = () => {};
  let verdict: { reason: KernelGone["reason"]; why: string } | undefined;
  let isOver = false;

  const end = (reason: KernelGone["reason"], why: string) => {
    verdict ??= { reason, why };
    child.kill("SIGKILL");
  };
  const onAbort = () => end("aborted", String(signal?.reason?.message ?? signal?.reason));
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted) onAbort();
  const gone = child.ended.then(({ how, lastWords }): never => {
    isOver = true;
    signal?.removeEventListener("abort", onAbort);
    for (const socket of sockets) socket.close();
    const said = lastWords === "" ? "" : `; its last words were:\n${lastWords}`;
    throw new KernelGone(
      verdict?.why ?? `the kernel ended by itself with ${how}${said}`,
      verdict?.reason ?? "died",
    );
  });
  gone.catch(() => {});

  /** `work`, unless the kernel ends first; when the time is over the kernel is made to end. */
  async function within<T>(work: Promise<T>, ms: number, why: string): Promise<T> {
    const timer = setTimeout(() => end("timeout", why), ms);
    try {
      return await Promise.race([work, gone]);
    } finally {
      clearTimeout(timer);
      work.catch(() => {});
    }
  }
  async function connect(port: number, type: "DEALER" | "SUB"): Promise<ZmtpSocket> {
    while (!isOver) {
      try {
        const socket = await connectZmtp(port, type);
        sockets.push(socket);
        return socket;
      } catch (error) {
        if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
    return await gone;
  }
  async function pump(socket: ZmtpSocket, take: (message: WireMessage) => void): Promise<void> {
    try {
      for await (const frames of socket.receive()) take(decodeMessage(frames, key));
    } catch (error) {
      end("died", `the kernel spoke out of protocol: ${(error as Error).message}`);
    }
  }
  async function ask(
    type: string,
    content: Readonly<Record<string, unknown>>,
  ): Promise<WireMessage["content"]> {
    const id = crypto.randomUUID();
    const reply = Promise.withResolvers<WireMessage>();
    pending.set(id, reply.resolve);
    await shell.send(encodeMessage(type, content, { key, session, id }));
    return (await reply.promise).content;
  }
  /** Asks until an answer is heard on iopub too: a subscription takes a moment to count. */
  async function untilHeard(): Promise<void> {
    let isHeard = false;
    publish = () => isHeard = true;
    while (!isHeard && !isOver) {
      await ask("kernel_info_request", {});
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  async function executeSilently(code: string): Promise<void> {
    const { status, evalue } = await ask("execute_request", request(code, true));
    if (status !== "ok") throw new Error(`Cannot prepare a kernel: ${evalue}`);
  }
  async function execute(code: string, restMs: number): Promise<CellRun> {
    const id = crypto.randomUUID();
    const messages: WireMessage[] = [];
    const rest = Promise.withResolvers<readonly Thrown[]>();
    publish = (message) => {
      const uncaught = restReport(message, id);
      if (uncaught) rest.resolve(uncaught);
      else messages.push(message);
    };
    const reply = await ask("execute_request", request(code, false));
    await executeSilently(restRequest(id, restMs));
    const uncaught = (await rest.promise).map(plain);
    const outputs = collectOutputs(messages);
    const failed = reply["status"] === "ok"
      // a display function that throws is published as an error beside an "ok"
      ? outputs.find((output) => output.output_type === "error")
      : reply as unknown as Thrown;
    return {
      executionCount: Number(reply["execution_count"]),
      outputs,
      thrown: failed ? plain(failed) : null,
      uncaught,
    };
  }

  const tooSlow = `the kernel did not answer within ${startMs / 1000} s of its start`;
  const [shell, iopub, control] = await within(
    Promise.all([
      connect(connection.shell_port, "DEALER"),
      connect(connection.iopub_port, "SUB"),
      connect(connection.control_port, "DEALER"),
    ]),
    startMs,
    tooSlow,
  );
  pump(shell, (message) => pending.get(message.parentId ?? "")?.(message));
  pump(iopub, (message) => publish(message));
  pump(control, () => {});
  await within(untilHeard(), startMs, tooSlow);
  await within(executeSilently(PRELUDE), startMs, tooSlow);

  return {
    pid: child.pid,
    execute: (code, { timeoutMs, restMs = 1 }) =>
      within(
        execute(code, restMs),
        timeoutMs + restMs,
        `the cell did not end within ${timeoutMs / 1000} s, so its kernel was killed`,
      ),
    preload: (modules) => {
      if (modules.length === 0) return;
      const imports = modules.map((name) => `import(${JSON.stringify(name)})`);
      executeSilently(`await Promise.allSettled([${imports.join(", ")}]);`).catch(() => {});
    },
    shutdown: async () => {
      verdict ??= { reason: "aborted", why: "the kernel was shut down" };
      await requestShutdown(control, key).catch(() => {});
      const told = setTimeout(() => child.kill("SIGTERM"), GRACE_MS);
      const killed = setTimeout(() => child.kill("SIGKILL"), 2 * GRACE_MS);
      await child.ended;
      clearTimeout(told);
      clearTimeout(killed);
    },
  };
}

function request(code: string, silent: boolean): Readonly<Record<string, unknown>> {
  return {
    code,
    silent,
    store_history: !silent,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
  };
}

/** What the prelude reports of cell `id`; `undefined` for any other message. */
function restReport(message: WireMessage, id: string): readonly Thrown[] | undefined {
  const data = message.content["data"] as Record<string, unknown> | undefined;
  const report = data?.[REST_MIME] as { id: string; uncaught: readonly Thrown[] } | undefined;
  return report?.id === id ? report.uncaught : undefined;
}

function plain({ ename, evalue, traceback }: Thrown): Thrown {
  return { ename, evalue: stripAnsi(evalue), traceback: traceback.map(stripAnsi) };
}
