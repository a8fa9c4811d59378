import { join } from "node:path";
import { formatDay } from "../core/day.ts";
import { themeChangeId, themeChanges } from "../review/theme_changes.ts";
import { readCheckpoint } from "../store/checkpoint.ts";

/**
 * Why each contract's theme changed between two decisions, by the id of its question; empty where
 * notebook 05 has not run.
 *
 * @param options.nameOf Name of a theme by its id.
 * @throws {Error} If the checkpoint `05_groups` is there and cannot be read.
 */
export async function changeReasons(
  out: string,
  { nameOf }: { readonly nameOf: (theme: string) => string },
): Promise<ReadonlyMap<string, string>> {
  const dir = join(out, "checkpoints");
  const isThere = await Deno.stat(join(dir, "05_groups.meta.json")).then(() => true, () => false);
  if (!isThere) return new Map();
  const { table } = await readCheckpoint("05_groups", { dir });
  return new Map(
    themeChanges(table, { nameOf }).map(({ marketId, decidedOn, before, after, why }) => [
      themeChangeId(marketId, formatDay(decidedOn)),
      `${nameOf(before.theme)} → ${nameOf(after.theme)}. ${why}`,
    ]),
  );
}
