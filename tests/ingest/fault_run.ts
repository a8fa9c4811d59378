import { join } from "node:path";
import {
  startStubs,
  type StubHandler,
  type StubOptions,
  type Stubs,
} from "../stubs/stub_server.ts";
import type { FaultWorld } from "./fault_world.ts";

/** Stubs for runs of the program, with a file of their addresses. */
export interface RunLine extends AsyncDisposable {
  readonly stubs: Stubs;
  readonly hostsFile: string;
}

/** How a run of the program ended. */
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Starts the stubs of a world and writes where they are into a folder. */
export async function startRunLine(
  { world, clock, handlers }: FaultWorld,
  folder: string,
  { faults, handlers: others }: {
    readonly faults?: StubOptions["faults"];
    readonly handlers?: Readonly<Record<string, StubHandler>>;
  } = {},
): Promise<RunLine> {
  const stubs = await startStubs({
    world,
    rates: 100_000,
    keepsAsked: true,
    handlers: { ...handlers, ...others },
    faults: async (request, next) => {
      const response = await (faults?.(request, next) ?? next());
      if (!response.headers.has("date")) {
        response.headers.set("date", new Date(clock.nowMs).toUTCString());
      }
      return response;
    },
  });
  const hostsFile = join(folder, "hosts.yaml");
  // JSON is YAML
  await Deno.writeTextFile(hostsFile, JSON.stringify(stubs.hosts));
  return { stubs, hostsFile, [Symbol.asyncDispose]: () => stubs[Symbol.asyncDispose]() };
}

/** Starts `ingest` as a process of its own. */
export function startIngest(
  { hostsFile }: { readonly hostsFile: string },
  out: string,
  { args = [], env = {}, permissions = ["--allow-all"] }: {
    readonly args?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly permissions?: readonly string[];
  } = {},
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      ...permissions,
      "main.ts",
      "ingest",
      ...["--hosts", hostsFile, "--out", out, ...args],
    ],
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Waits for a run to end by itself. */
export async function ended(child: Deno.ChildProcess): Promise<Run> {
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}
