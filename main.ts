import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { adviceOn } from "lib/notebook/advice.ts";
import { labPlan, openLab } from "lib/notebook/jupyter_lab.ts";
import { readNotebooks } from "lib/notebook/notebook_list.ts";
import { progressLine } from "lib/notebook/progress_lines.ts";
import { runNotebooks } from "lib/notebook/runner.ts";
import { typeCheck } from "lib/notebook/type_check.ts";
import { writeResearch } from "lib/notebook/write_research.ts";
import { hashContract } from "lib/sources/local/hash_contract.ts";
import { universeFolder } from "lib/sources/universe_source.ts";
import { inProject, projectRoot } from "lib/store/project_root.ts";

const USAGE = `usage:
  deno task start [--source simulated|DIR|live] [--out DIR] [--only 01,02] [--fresh]
  deno task lab
  deno task check`;

const notebooksDir = inProject("notebooks");

function print(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}

async function start(args: string[]): Promise<void> {
  const { values: asked } = parseArgs({
    args,
    options: {
      source: { type: "string", default: "simulated" },
      out: { type: "string", default: "data" },
      only: { type: "string" },
      fresh: { type: "boolean", default: false },
    },
  });
  const { source } = asked;
  if (asked.out.trim() === "") {
    throw new RangeError("Cannot run the notebooks as --out must name a folder: got an empty text");
  }
  const out = resolve(projectRoot(), asked.out);
  const only = asked.only?.split(",").map((word) => word.trim()).filter((word) => word !== "");

  let sourceLabel = "";
  const finished = await runNotebooks({
    notebooksDir,
    out,
    params: { source, out },
    source: async () => {
      const { folder, origin } = await universeFolder(source, out);
      sourceLabel = origin.label;
      print(`Source: ${sourceLabel}\n`);
      return { label: sourceLabel, sha256: await hashContract(folder) };
    },
    report: (event) => print(progressLine(event, { isTerminal: Deno.stdout.isTerminal() })),
    only,
    fresh: asked.fresh,
  });

  const isDefault = source === "simulated" && out === inProject("data") && only === undefined;
  await writeResearch({
    out,
    notebooks: finished.map(({ name }) => name),
    sourceLabel,
    committed: isDefault ? projectRoot() : undefined,
  });
  print(`Research: ${join(out, "outputs", "RESEARCH.md")}\n`);
  print(`Pages:    ${join(out, "outputs", "notebooks")}\n`);
}

async function check(): Promise<void> {
  const notebooks = await readNotebooks(notebooksDir);
  const problems = await typeCheck(
    Object.fromEntries(notebooks.map(({ name, notebook }) => [name, notebook])),
  );
  if (problems.length === 0) return;
  throw new Error(
    `Cannot run the notebooks as their cells must type-check: got\n${
      problems.map(({ source, cell, line, message }) =>
        `  ${source}, ${cell === null ? "" : `cell ${cell + 1}, `}line ${line}: ${message}`
      ).join("\n")
    }`,
  );
}

async function lab(): Promise<void> {
  const virtualEnv = Deno.env.get("VIRTUAL_ENV");
  const plan = labPlan({ deno: Deno.execPath(), notebooksDir, virtualEnv });
  Deno.exit(await openLab(plan, { say: (line) => console.log(line) }));
}

async function main([command, ...args]: string[]): Promise<void> {
  switch (command) {
    case "start":
      return await start(args);
    case "lab":
      return await lab();
    case "check":
      return await check();
    default:
      throw new RangeError(
        `Cannot run Basketry as the command must be start, lab or check: got ${
          command === undefined ? "none" : `"${command}"`
        }\n${USAGE}`,
      );
  }
}

try {
  await main(Deno.args);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const isUsage = error instanceof TypeError && "code" in error;
  const advice = message.includes("What to do:") ? "" : adviceOn(message, "");
  console.error(
    [`\n${message}`, advice && `  What to do: ${advice}`, isUsage && USAGE].filter(Boolean).join(
      "\n",
    ),
  );
  Deno.exit(1);
}
