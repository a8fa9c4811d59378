import { join } from "node:path";
import { filesBelow, hashFile, sha256Hex } from "../store/hash.ts";
import { formatNotebook, withoutOutputs } from "./ipynb.ts";
import { NotebookError } from "./notebook_error.ts";
import type { Declaration, NumberedNotebook } from "./notebook_list.ts";
import type { Parameters } from "./parameters.ts";
import { checkpointState } from "./run_record.ts";
import type { RunPlan, RunSource } from "./runner.ts";

/** What a notebook is given: what all are, and the options that it takes. */
export function parametersOf(
  { takes }: Declaration,
  { params, options = {} }: Pick<RunPlan, "params" | "options">,
): Parameters {
  const taken = takes.filter((name) => options[name] !== undefined);
  return { ...params, ...Object.fromEntries(taken.map((name) => [name, options[name]!.value])) };
}

/** Names of the options whose values are paths: a page of the run does not name where files lie. */
export function pathOptions({ options = {} }: Pick<RunPlan, "options">): string[] {
  return Object.keys(options).filter((name) => options[name]!.isPath === true).sort();
}

/** Hash of all that decides what a notebook gives. */
export async function runKey(
  { name, notebook, declares }: NumberedNotebook,
  { plan, source, code, all }: {
    plan: RunPlan;
    source: RunSource;
    code: string;
    all: readonly NumberedNotebook[];
  },
): Promise<string> {
  const { out, params, options = {}, isReviewRequired = false } = plan;
  const folders = [...declares.consults, ...isReviewRequired ? declares.requires : []];
  const reads: Record<string, string> = {};
  for (const checkpoint of declares.reads) {
    const writer = all.find((other) => other.declares.writes.includes(checkpoint))!;
    const state = await checkpointState(out, checkpoint, { writer: writer.name, source });
    if ("got" in state) {
      throw new NotebookError({
        notebook: name,
        cell: null,
        reason: `the checkpoint "${checkpoint}" that it reads must be of ${source.label}, whole ` +
          `and as its notebook left it: got ${state.got}`,
        traceback: [],
        advice: `Run ${writer.name} first, or leave out --only.`,
      });
    }
    reads[checkpoint] = state.sha256;
  }
  const taken = Object.fromEntries(declares.takes.flatMap((one) => {
    const option = options[one];
    if (option === undefined) return [];
    return [[one, [option.isPath === true ? null : option.value, option.sha256 ?? null]]];
  }));
  const { out: _, ...mattering } = params;
  return sha256Hex(JSON.stringify([
    formatNotebook(withoutOutputs(notebook)),
    code,
    Deno.version.deno,
    source.label,
    source.sha256,
    ...[mattering, reads, taken, await reviewHashes(out, folders)].map((map) =>
      Object.entries(map).sort(([a], [b]) => a < b ? -1 : 1)
    ),
  ]));
}

/** Hash of each file that a person left in some folders below `reviews/`. */
async function reviewHashes(
  out: string,
  folders: readonly string[],
): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const folder of folders) {
    const path = join(out, "reviews", folder);
    const isThere = await Deno.stat(path).then((found) => found.isDirectory, () => false);
    if (!isThere) continue;
    for (const file of await filesBelow(path)) {
      hashes[`${folder}/${file}`] = await hashFile(join(path, file));
    }
  }
  return hashes;
}
