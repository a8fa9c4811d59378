import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { LEXICAL_NOTE, LLM_ANSWERS, parseClassifier } from "../classify/classifier_choice.ts";
import { type LlmSettings, readLlmSettings } from "../classify/llm_settings.ts";
import { parseSettings } from "../core/settings.ts";
import { progressLine } from "../notebook/progress_lines.ts";
import { runNotebooks, type RunOption } from "../notebook/runner.ts";
import { writeResearch } from "../notebook/write_research.ts";
import { hashContract } from "../sources/local/hash_contract.ts";
import { universeFolder } from "../sources/universe_source.ts";
import { hashFile, hashFolder, sha256Hex } from "../store/hash.ts";
import { inProject, projectRoot } from "../store/project_root.ts";
import { readYaml } from "../store/yaml.ts";
import { say } from "./say.ts";

/** Runs the numbered notebooks: `start [--source …] [--out DIR] [--only 01,02] [--fresh] …`. */
export async function start(args: string[]): Promise<void> {
  const { values: asked } = parseArgs({
    args,
    options: {
      source: { type: "string", default: "simulated" },
      out: { type: "string", default: "data" },
      only: { type: "string" },
      fresh: { type: "boolean", default: false },
      classifier: { type: "string", default: "lexical" },
      labels: { type: "string" },
      answers: { type: "string" },
    },
  });
  const { source } = asked;
  if (asked.out.trim() === "") {
    throw new RangeError("Cannot run the notebooks as --out must name a folder: got an empty text");
  }
  const out = resolve(projectRoot(), asked.out);
  const only = asked.only?.split(",").map((word) => word.trim()).filter((word) => word !== "");
  const classifier = parseClassifier(asked.classifier);

  const settings = parseSettings(await readYaml(inProject("config/settings.yaml")));
  let sourceLabel = "";
  const finished = await runNotebooks({
    notebooksDir: inProject("notebooks"),
    out,
    params: { source, out },
    options: {
      classifier: classifier === "llm"
        // another model's answers are others, though the folder that keeps them is the same
        ? { value: classifier, sha256: sha256Hex(JSON.stringify(modelInUse())) }
        : { value: classifier },
      ...classifier === "llm" &&
        { answers: await answersOption(asked.answers ?? join(out, LLM_ANSWERS)) },
      ...asked.labels !== undefined && { labels: await labelsOption(asked.labels) },
    },
    source: async () => {
      const { folder, origin } = await universeFolder(source, out);
      sourceLabel = origin.label;
      say(`Source: ${sourceLabel}\n`);
      if (classifier === "lexical") say(`${LEXICAL_NOTE}\n`);
      return { label: sourceLabel, sha256: await hashContract(folder) };
    },
    report: (event) => say(progressLine(event, { isTerminal: Deno.stdout.isTerminal() })),
    only,
    fresh: asked.fresh,
    isReviewRequired: settings.review.required.value,
  });

  const isDefault = source === "simulated" && out === inProject("data") && only === undefined &&
    classifier === "lexical" && asked.labels === undefined;
  await writeResearch({
    out,
    notebooks: finished.map(({ name }) => name),
    sourceLabel,
    committed: isDefault ? projectRoot() : undefined,
  });
  say(`Research: ${join(out, "outputs", "RESEARCH.md")}\n`);
  say(`Pages:    ${join(out, "outputs", "notebooks")}\n`);
}

function modelInUse(): Pick<LlmSettings, "model" | "host"> {
  const { model, host } = readLlmSettings((name) => Deno.env.get(name));
  return { model, host };
}

/** Kept answers of a language model, which a notebook reads and never asks for. */
async function answersOption(path: string): Promise<RunOption> {
  if (path.trim() === "") {
    throw new RangeError(
      "Cannot use a language model's themes as --answers must name a folder: got an empty text",
    );
  }
  const value = inProject(path);
  const isThere = await Deno.stat(value).then((found) => found.isDirectory, () => false);
  if (!isThere) {
    throw new Error(
      `Cannot use a language model's themes as its answers must be in "${value}": got no such folder\n` +
        "  What to do: ask for them with deno task classify --classifier llm --markets FILE.parquet --out DIR --answers FOLDER",
    );
  }
  return { value, sha256: await hashFolder(value), isPath: true };
}

async function labelsOption(path: string): Promise<RunOption> {
  if (path.trim() === "") {
    throw new RangeError("Cannot read labels as --labels must name a file: got an empty text");
  }
  const value = inProject(path);
  try {
    return { value, sha256: await hashFile(value), isPath: true };
  } catch (cause) {
    throw new Error(
      `Cannot read labels as --labels must name a readable file: got "${basename(path)}" (${
        cause instanceof Deno.errors.NotFound ? "no such file" : cause
      })`,
      { cause },
    );
  }
}
