import { columnOf, type Table } from "../core/table.ts";
import { readCheckpoint } from "../store/checkpoint.ts";
import { parseCheckpointMeta } from "../store/checkpoint_meta.ts";
import { inProject } from "../store/project_root.ts";
import type { PriceAnswer } from "./desk_api.ts";

/** Most contracts of one answer. */
const MOST_PRICED = 100;

/** Closes of every contract, each a run of neighbouring rows. */
interface Closes {
  readonly rows: ReadonlyMap<string, { readonly from: number; readonly to: number }>;
  readonly day: Int32Array;
  readonly close: Float64Array;
}

/** The parsed `01_returns` of each folder, as long as its rows are the same. */
const parsed = new Map<string, { readonly sha256: string; readonly closes: Promise<Closes> }>();

/**
 * Daily closes of some contracts, in the order asked for; those without prices are left out, and a
 * contract that is named twice comes once.
 *
 * The first answer reads all of `01_returns`, others the file's hash alone, which its meta holds.
 *
 * Units: UTC day numbers, probabilities to four decimals. A day without a close is left out.
 *
 * @param out Folder of the run.
 * @throws {RangeError} If more than 100 contracts are asked for.
 * @throws {Error} If the checkpoint is missing or broken.
 */
export async function pricesView(out: string, marketIds: readonly string[]): Promise<PriceAnswer> {
  const wanted = [...new Set(marketIds)];
  if (wanted.length > MOST_PRICED) {
    throw new RangeError(
      `Cannot give prices as at most ${MOST_PRICED} contracts may be asked for: got ${wanted.length}`,
    );
  }
  const { rows, day, close } = await closesOf(`${out}/checkpoints`);
  return {
    prices: wanted.flatMap((marketId) => {
      const run = rows.get(marketId);
      if (run === undefined) return [];
      const days: number[] = [], closes: number[] = [];
      for (let row = run.from; row < run.to; ++row) {
        if (Number.isNaN(close[row]!)) continue;
        days.push(day[row]!);
        closes.push(Math.round(close[row]! * 1e4) / 1e4);
      }
      return [{ marketId, days, closes }];
    }),
  };
}

async function closesOf(dir: string): Promise<Closes> {
  const { sha256 } = await metaOf(dir);
  const before = parsed.get(dir);
  if (before?.sha256 === sha256) return await before.closes;
  const closes = readCheckpoint("01_returns", { dir }).then(({ table }) => indexed(table));
  parsed.set(dir, { sha256, closes });
  try {
    return await closes;
  } catch (error) {
    if (parsed.get(dir)?.closes === closes) parsed.delete(dir);
    throw error;
  }
}

async function metaOf(dir: string): Promise<{ readonly sha256: string }> {
  try {
    const text = await Deno.readTextFile(`${inProject(dir)}/01_returns.meta.json`);
    return parseCheckpointMeta(JSON.parse(text));
  } catch {
    // the reader says what is wrong with it
    return (await readCheckpoint("01_returns", { dir })).meta;
  }
}

function indexed(from: Table): Closes {
  const { codes, labels } = columnOf(from, "market_id", "string");
  const rows = new Map<string, { from: number; to: number }>();
  for (let row = 0; row < codes.length; ++row) {
    if (row > 0 && codes[row] === codes[row - 1]) {
      rows.get(labels[codes[row]!]!)!.to = row + 1;
      continue;
    }
    const id = labels[codes[row]!]!;
    if (rows.has(id)) {
      throw new Error(
        `Cannot read prices as each contract's rows must stand together: got "${id}" twice (run notebook 01 again)`,
      );
    }
    rows.set(id, { from: row, to: row + 1 });
  }
  return {
    rows,
    day: columnOf(from, "date", "date").values,
    close: columnOf(from, "close", "number").values,
  };
}
