import { join } from "node:path";
import { z } from "zod";
import { TEMPORARY_SUFFIX } from "../store/atomic.ts";
import { encodeMessage } from "./wire.ts";
import { connectZmtp } from "./zmtp.ts";

const CONNECTION = z.looseObject({
  shell_port: z.number(),
  iopub_port: z.number(),
  stdin_port: z.number(),
  control_port: z.number(),
  hb_port: z.number(),
  /** Signs every message; whoever has it can run code in the kernel. */
  key: z.string(),
});

/** Longest wait for a kernel that was asked to end. */
const SHUTDOWN_MS = 2000;

/** Ports and key of one kernel, with the fields of Jupyter's connection file. */
export type Connection = z.infer<typeof CONNECTION>;

/** New key and five TCP ports on 127.0.0.1 that were free a moment ago. */
export function newConnection(): Connection {
  const listeners = Array.from(
    { length: 5 },
    () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  );
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = listeners.map((listener) => {
    const { port } = listener.addr;
    listener.close();
    return port;
  }) as [number, number, number, number, number];
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port,
    iopub_port,
    stdin_port,
    control_port,
    hb_port,
    key: crypto.randomUUID(),
    signature_scheme: "hmac-sha256",
    kernel_name: "deno",
  };
}

/** Writes a connection file that only its owner can read, and gives its path. */
export async function writeConnectionFile(
  connection: Connection,
  folder: string,
): Promise<string> {
  const path = join(folder, `kernel-${crypto.randomUUID()}${TEMPORARY_SUFFIX}`);
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(path, JSON.stringify(connection), { mode: 0o600, createNew: true });
  return path;
}

/**
 * Stops kernels whose runner was killed before it could: each left its connection file behind, and
 * with its key the kernel still takes a shutdown request. Removes the files.
 */
export async function stopLeftoverKernels(folder: string): Promise<void> {
  for await (const entry of Deno.readDir(folder)) {
    if (!entry.name.startsWith("kernel-") || !entry.name.endsWith(TEMPORARY_SUFFIX)) continue;
    const path = join(folder, entry.name);
    try {
      const { control_port, key } = CONNECTION.parse(JSON.parse(await Deno.readTextFile(path)));
      const control = await connectZmtp(control_port, "DEALER");
      const timer = setTimeout(() => control.close(), SHUTDOWN_MS);
      await requestShutdown(control, key);
      // the peer ends the connection when it is gone
      for await (const _ of control.receive());
      clearTimeout(timer);
      control.close();
    } catch {
      // refused, no kernel, or a file cut short: nothing is left to stop
    }
    await Deno.remove(path);
  }
}

/** Asks a kernel, over its control socket, to end. */
export async function requestShutdown(
  control: { send(frames: readonly Uint8Array[]): Promise<void> },
  key: string,
): Promise<void> {
  const id = crypto.randomUUID();
  await control.send(
    encodeMessage("shutdown_request", { restart: false }, { key, session: id, id }),
  );
}
