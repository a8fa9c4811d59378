import { inProject } from "lib/store/project_root.ts";

/** How a command line ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command as its `deno task` does, in a process of its own that knows no key. */
export async function runTask(
  command: "start" | "classify" | "ingest",
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { tasks } = JSON.parse(await Deno.readTextFile(inProject("deno.json")));
  const [, ...words] = tasks[command].command.split(" ");
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...words, ...args],
    cwd: inProject("."),
    env: {
      ...{ NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
      ...{ OPENAI_API_KEY: "", OPENAI_BASE_URL: "", OPENAI_MODEL: "" },
      ...environment,
    },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

/** What some work writes to the standard output, which stays silent meanwhile. */
export async function heard(work: () => Promise<void>): Promise<string> {
  const { writeSync } = Deno.stdout;
  let text = "";
  Deno.stdout.writeSync = (bytes) => {
    text += new TextDecoder().decode(bytes);
    return bytes.length;
  };
  try {
    await work();
  } finally {
    Deno.stdout.writeSync = writeSync;
  }
  return text;
}

/** Does some work in a temporary folder, which is removed afterwards. */
export async function inTempDir(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "basketry-command-" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
