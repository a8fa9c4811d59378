import { join, sep } from "node:path";

/** A chart's file can be read as this. */
export type ChartForm = "svg" | "png";

/**
 * Names of the charts of the last run that are there both as SVG and PNG, sorted; none where nothing ran.
 *
 * @param out Folder of the run.
 */
export async function chartNames(out: string): Promise<string[]> {
  const files = new Set<string>();
  try {
    for await (const { name, isDirectory } of Deno.readDir(folderOf(out))) {
      if (!isDirectory) files.add(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return [...files].filter((file) => /^\w+\.svg$/.test(file)).map((file) => file.slice(0, -4))
    .filter((name) => files.has(`${name}.png`)).sort();
}

/**
 * The bytes of a chart, or `null` where there is none of that name.
 *
 * A name is looked up in the folder's own listing and never joined to a path before, so none can steer
 * one; nor may a link in the folder lead out of it.
 */
export async function chartBytes(
  out: string,
  name: string,
  form: ChartForm,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!(await chartNames(out)).includes(name)) return null;
  try {
    const folder = await Deno.realPath(folderOf(out));
    const file = await Deno.realPath(join(folder, `${name}.${form}`));
    return file.startsWith(folder + sep) ? await Deno.readFile(file) : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function folderOf(out: string): string {
  return join(out, "outputs", "charts");
}
