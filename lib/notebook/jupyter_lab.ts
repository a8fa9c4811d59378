import { join } from "node:path";

/** A program to start, with its arguments. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/** What `deno task lab` does, in order. */
export interface LabPlan {
  /** Registers the Deno kernel with Jupyter, in the user's own data folder. */
  readonly install: Command;
  /** Ways to open JupyterLab; the first that exists is taken. */
  readonly open: readonly Command[];
}

/** How to get JupyterLab, for whoever has none. */
export const HOW_TO_GET_JUPYTER = [
  "JupyterLab was not found, neither on the PATH nor in a Python environment that is active.",
  "Get it in one of these ways, then run deno task lab again:",
  "  uv tool install jupyterlab",
  "  pipx install jupyterlab",
  "  python3 -m venv .venv && .venv/bin/pip install jupyterlab && source .venv/bin/activate",
  "Or open the folder notebooks/ in VS Code with its Jupyter extension and choose the kernel Deno.",
  "The Deno kernel is installed already.",
].join("\n");

/**
 * What `deno task lab` will do.
 *
 * @param options.deno Path of the Deno that runs this.
 * @param options.notebooksDir Folder to open; kernels work in it, so the alias `lib/` resolves.
 * @param options.virtualEnv An active Python environment, looked into first.
 */
export function labPlan({ deno, notebooksDir, virtualEnv }: {
  deno: string;
  notebooksDir: string;
  virtualEnv?: string | undefined;
}): LabPlan {
  const folders = virtualEnv ? [join(virtualEnv, "bin"), ""] : [""];
  return {
    install: { program: deno, args: ["jupyter", "--install", "--force"] },
    open: folders.flatMap((folder) => [
      { program: join(folder, "jupyter-lab"), args: [notebooksDir] },
      { program: join(folder, "jupyter"), args: ["lab", notebooksDir] },
    ]),
  };
}

/**
 * Installs the Deno kernel and opens JupyterLab until the person closes it.
 *
 * @param options.say Takes lines for the person.
 * @returns Exit code: that of JupyterLab, or 1 if there is none or the kernel cannot be installed.
 */
export async function openLab(
  plan: LabPlan,
  { say }: { say: (line: string) => void },
): Promise<number> {
  const installed = await started(plan.install, "piped");
  if (installed?.code !== 0) {
    say(
      `Cannot install the Deno kernel for Jupyter: ${installed?.said.trim() ?? "deno not found"}`,
    );
    return 1;
  }
  for (const command of plan.open) {
    const version = { ...command, args: [...command.args.slice(0, -1), "--version"] };
    if ((await started(version, "piped"))?.code !== 0) continue;
    say(`Opening JupyterLab: ${command.program} ${command.args.join(" ")} (Ctrl-C twice ends it)`);
    return (await started(command, "inherit"))?.code ?? 1;
  }
  say(HOW_TO_GET_JUPYTER);
  return 1;
}

/** Runs a program to its end; `null` if there is no such program. */
async function started(
  { program, args }: Command,
  stdio: "piped" | "inherit",
): Promise<{ code: number; said: string } | null> {
  const command = new Deno.Command(program, {
    args: [...args],
    stdin: stdio === "piped" ? "null" : "inherit",
    stdout: stdio,
    stderr: stdio,
    env: { DENO_NO_UPDATE_CHECK: "1" },
  });
  try {
    if (stdio === "inherit") return { code: (await command.spawn().status).code, said: "" };
    const { code, stderr } = await command.output();
    return { code, said: new TextDecoder().decode(stderr) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
