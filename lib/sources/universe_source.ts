import { basename, join, resolve } from "node:path";
import type { DataSet, Origin } from "../core/data_set.ts";
import { inProject } from "../store/project_root.ts";
import { readFolder } from "./local/read_folder.ts";
import { pulledLabel } from "./pulled_label.ts";
import { simulatedFolder } from "./simulated/simulated_folder.ts";

/** What `--source` asked for. */
export type UniverseSource =
  | {
    readonly kind: "simulated";
    readonly size: "small" | "default" | "large";
    readonly seed: number;
    readonly structure: "full" | "fair";
  }
  | { readonly kind: "live" }
  | { readonly kind: "folder"; readonly folder: string };

/** A folder in the data contract, and what to call it. */
export interface UniverseFolder {
  readonly folder: string;
  readonly origin: Origin;
}

/** Seed of the simulated universe where none is asked for. */
export const DEFAULT_SEED = 7;

/**
 * Reads the text of `--source`.
 *
 * `simulated` takes options the way an address does: `simulated?size=small&seed=3&structure=fair`
 * (sizes small, default, large; structures full, fair). `live` is what ingestion stored. Anything
 * else is a folder.
 *
 * @throws {RangeError} If the text is empty, or an option of `simulated` unknown or out of range.
 *
 * @example A fair universe for null tests
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseSource } from "lib/sources/universe_source.ts";
 * assert.deepEqual(parseSource("simulated?structure=fair"), {
 *   kind: "simulated",
 *   size: "default",
 *   seed: 7,
 *   structure: "fair",
 * });
 * ```
 */
export function parseSource(text: string): UniverseSource {
  if (text.trim() === "") {
    throw new RangeError(
      "Cannot find the universe as the source must be simulated, live or a folder: got an empty text",
    );
  }
  if (text === "live") return { kind: "live" };
  if (text !== "simulated" && !text.startsWith("simulated?")) {
    return { kind: "folder", folder: text };
  }
  const options = new URLSearchParams(text.slice("simulated?".length));
  const known = new Set(["size", "seed", "structure"]);
  for (const name of options.keys()) {
    if (!known.has(name)) {
      throw new RangeError(
        `Cannot simulate a universe as its options must be size, seed and structure: got "${name}"`,
      );
    }
  }
  const seed = options.get("seed") ?? String(DEFAULT_SEED);
  if (!/^\d{1,9}$/.test(seed)) {
    throw new RangeError(
      `Cannot simulate a universe as its seed must be a whole number: got "${seed}"`,
    );
  }
  return {
    kind: "simulated",
    size: oneOf("size", options.get("size") ?? "default", ["small", "default", "large"]),
    seed: Number(seed),
    structure: oneOf("structure", options.get("structure") ?? "full", ["full", "fair"]),
  };
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) {
    throw new RangeError(
      `Cannot simulate a universe as its ${name} must be ${allowed.join(" or ")}: got "${value}"`,
    );
  }
  return found;
}

/**
 * The folder behind a source; the simulated one is made and cached below `out` where it is missing.
 *
 * @param source Text of `--source`.
 * @param out Folder of the run, absolute or below the project.
 * @throws {Error} If the folder does not exist.
 */
export async function universeFolder(source: string, out: string): Promise<UniverseFolder> {
  const asked = parseSource(source);
  const raw = join(inProject(out), "raw");
  switch (asked.kind) {
    case "simulated": {
      const { path, label } = await simulatedFolder({ ...asked, cacheDir: raw });
      return { folder: path, origin: { kind: "simulated", label } };
    }
    case "live": {
      const folder = await existing(
        join(raw, "live"),
        "deno task ingest must have pulled a universe there first",
      );
      return { folder, origin: { kind: "live", label: await pulledLabel(folder) } };
    }
    case "folder": {
      const folder = resolve(inProject(asked.folder));
      return {
        folder: await existing(folder, "it must be a folder in the data contract"),
        origin: { kind: "folder", label: `folder "${basename(folder)}"` },
      };
    }
  }
}

async function existing(folder: string, must: string): Promise<string> {
  const found = await Deno.stat(folder).catch(() => undefined);
  if (!found?.isDirectory) {
    throw new Error(`Cannot read the universe as ${must}: got no folder "${folder}"`);
  }
  return folder;
}

/**
 * The universe that a notebook works on.
 *
 * @param params.source Text of `--source`. @param params.out Folder of the run.
 * @throws {Error} If it cannot be read, or no day with a price or activity passed the door: without
 * one nothing is known as of any time.
 */
export async function readUniverse(
  { source, out }: { readonly source: string; readonly out: string },
): Promise<DataSet> {
  const { folder, origin } = await universeFolder(source, out);
  const universe = { ...await readFolder(folder), origin };
  if (Number.isNaN(universe.asOfMs)) {
    throw new Error(
      `Cannot work on ${origin.label} as a day with a price or activity must pass the door: got none of ${
        dailyRows(universe)
      }`,
    );
  }
  return universe;
}

/** `120 rows of prices.parquet (close is missing)`, for each daily file with its reasons. */
function dailyRows({ files, rejected }: DataSet): string {
  return files.filter(({ file }) => file === "prices.parquet" || file === "activity.parquet")
    .map(({ file, nRows }) => {
      const refused = rejected.filter((rejection) => rejection.file === file);
      const reasons = [...new Set(refused.map(({ reason }) => reason))].sort();
      return `${nRows} rows of ${file}${reasons.length === 0 ? "" : ` (${reasons.join(", ")})`}`;
    }).join(" and ");
}
