import { join } from "node:path";
import type { Table } from "../core/table.ts";
import { writeFileAtomic } from "./atomic.ts";
import { tableCsv } from "./csv.ts";
import { filesBelow } from "./hash.ts";
import { inProject } from "./project_root.ts";

/**
 * Writes a figure to `charts/<name>.svg` and `charts/<name>.png` below `out`, each whole or not
 * at all.
 *
 * @param figure Its file name without ending, its SVG text, and its PNG bytes on demand.
 * @param options.out Folder of the outputs; a relative path is below the project's folder.
 * @returns The paths written.
 * @throws {RangeError} If the name is not made of [a-z0-9_-].
 */
export async function exportFigure(
  figure: { readonly name: string; readonly svg: string; png(): Uint8Array },
  { out }: { out: string },
): Promise<{ svg: string; png: string }> {
  refuseExportName(figure.name);
  const path = join(inProject(out), "charts", figure.name);
  const png = figure.png();
  await writeFileAtomic(`${path}.svg`, figure.svg);
  await writeFileAtomic(`${path}.png`, png);
  return { svg: `${path}.svg`, png: `${path}.png` };
}

/**
 * Writes a table to `<name>.csv` below `out`; see `tableCsv` for its form.
 *
 * @returns The path written.
 * @throws {RangeError} If the name is not made of [a-z0-9_-].
 */
export async function exportCsv(
  name: string,
  table: Table,
  { out }: { out: string },
): Promise<string> {
  refuseExportName(name);
  const path = join(inProject(out), `${name}.csv`);
  await writeFileAtomic(path, tableCsv(table));
  return path;
}

/**
 * Writes JSON documents to `<folder>/<name>.json` below `out` and removes others that a former run left
 * there, so that the folder holds one run.
 *
 * @param documents By file name without ending; of a list each entry has a line of its own.
 * @returns The paths written, by name.
 * @throws {RangeError} If a name is not made of [a-z0-9_-].
 */
export async function exportJsonFolder(
  folder: string,
  documents: Readonly<Record<string, object>>,
  { out }: { out: string },
): Promise<string[]> {
  refuseExportName(folder);
  const names = Object.keys(documents).sort();
  names.forEach(refuseExportName);
  const path = join(inProject(out), folder);
  const written: string[] = [];
  for (const name of names) {
    const file = join(path, `${name}.json`);
    await writeFileAtomic(file, jsonText(documents[name]!));
    written.push(file);
  }
  const present = await filesBelow(path).catch((error) => {
    // nothing was ever written there
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  });
  const stale = present
    .filter((file) => file.endsWith(".json") && !file.includes("/"))
    .filter((file) => !names.includes(file.slice(0, -".json".length)));
  for (const file of stale) await Deno.remove(join(path, file));
  return written;
}

function jsonText(document: object): string {
  const fields = Object.entries(document).map(([key, value]) => {
    const text = Array.isArray(value) && value.length > 0
      ? `[\n${value.map((entry) => JSON.stringify(entry)).join(",\n")}\n]`
      : JSON.stringify(value);
    return `${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${fields.join(",\n")}\n}\n`;
}

function refuseExportName(name: string): void {
  if (!/^[a-z0-9][a-z0-9_-]*$/.test(name)) {
    throw new RangeError(
      `Cannot name an export as it must be made of [a-z0-9_-] and begin with a letter or digit: got ${
        JSON.stringify(name)
      }`,
    );
  }
}
