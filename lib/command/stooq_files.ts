import { join } from "node:path";
import { stooqAnswer } from "../sources/benchmarks/stooq_venue.ts";
import { storedReading } from "../sources/live/stored_reading.ts";
import type { Venue } from "../sources/live/venue.ts";
import type { ResponseStore } from "../store/response_store.ts";

/**
 * Stores the CSV files of a folder, each named after its symbol: `SPY.csv`, `^VIX.csv`.
 *
 * @returns Number of files that were not here yet.
 * @throws {Error} If the folder cannot be read, or a file is no file of Stooq; those before it stay.
 */
export async function storeStooqFiles(
  store: ResponseStore,
  { folder, stooq, nowMs }: {
    readonly folder: string;
    readonly stooq: Venue;
    readonly nowMs: number;
  },
): Promise<number> {
  let nNew = 0;
  for (const name of await csvNames(folder)) {
    const text = await Deno.readTextFile(join(folder, name));
    const answer = stooqAnswer(name.slice(0, -".csv".length), text, nowMs);
    if (store.find(answer.ask) !== undefined) continue;
    if (store.add(answer, storedReading(stooq.read(answer), answer.ask))) ++nNew;
  }
  return nNew;
}

async function csvNames(folder: string): Promise<string[]> {
  try {
    const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
    return names.filter((name) => name.endsWith(".csv")).sort();
  } catch (cause) {
    throw new Error(
      `Cannot read files of Stooq as --stooq must name a folder: got "${folder}"`,
      { cause },
    );
  }
}
