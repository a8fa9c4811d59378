import { join } from "node:path";
import { countText } from "../core/number_text.ts";
import { columnOf } from "../core/table.ts";
import { readParquet } from "../store/parquet.ts";

/** How many contracts a pull has found of each venue, and of how many it has the history. */
export const PULLED_FILE = "pulled.parquet";

/**
 * What charts call the universe of a pull: `live data`, and of how many contracts where it holds a
 * share of those that are listed.
 *
 * A few are always missing, those whose first day has not ended; one in fifty is not told.
 *
 * @param folder Folder of the pull; without the file nothing is known of what it lacks.
 */
export async function pulledLabel(folder: string): Promise<string> {
  const path = join(folder, PULLED_FILE);
  if (!await Deno.stat(path).then(() => true, () => false)) return "live data";
  const table = await readParquet(path);
  const sum = (name: string) => columnOf(table, name, "integer").values.reduce((a, b) => a + b, 0);
  const listed = sum("listed"), pulled = sum("pulled");
  return pulled >= 0.98 * listed
    ? "live data"
    : `live data, ${countText(pulled)} of ${countText(listed)} contracts`;
}
