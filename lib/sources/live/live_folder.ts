import type { FactorList } from "../../core/factor_list.ts";
import { countText } from "../../core/number_text.ts";
import type { Failure } from "../../fetch/ask.ts";
import type { ResponseStore } from "../../store/response_store.ts";
import type { Oddity } from "./fact.ts";
import { PULLED_FILE } from "../pulled_label.ts";
import { factOf } from "./fact_row.ts";
import type { KnownFact } from "./fold_market.ts";
import { liveTables } from "./live_tables.ts";
import { type LiveRows, writeLive } from "./write_live.ts";

/**
 * Writes the folder in the data contract that `--source live` reads, from stored facts alone:
 * without the network, and the same bytes from the same answers.
 */
export async function writeLiveFolder(
  folder: string,
  { store, factorList }: { readonly store: ResponseStore; readonly factorList: FactorList },
): Promise<LiveRows> {
  const tables = liveTables({
    facts: knownFacts(store),
    coveredToMs: coveredToMs(store),
    oddities: [...store.oddities(), ...store.failures().map(failureOddity)],
    kindOf: new Map(factorList.series.map(({ symbol, kind }) => [symbol, kind])),
  });
  return await writeLive(folder, tables);
}

function* knownFacts(store: ResponseStore): Generator<KnownFact> {
  for (const row of store.facts({})) yield { ...factOf(row), knownAtMs: row.knownAtMs };
}

function* coveredToMs(store: ResponseStore): Generator<number> {
  for (const kind of ["days", "bars"]) {
    for (const { toMs } of store.outlines({ kind })) yield toMs ?? 0;
  }
}

/** What was asked in vain is told beside the faulty rows. */
function failureOddity({ ask, status, reason }: Failure): Oddity {
  return {
    place: `${ask.host} ${ask.path}`,
    row: 0,
    column: "",
    value: status === null ? "" : String(status),
    reason,
  };
}

/** `markets 5,285, prices 309,760, …`. */
export function liveRowsText(rows: LiveRows): string {
  return Object.entries(rows).filter(([file]) => file !== PULLED_FILE).map(([file, n]) =>
    `${file.replace(".parquet", "")} ${countText(n)}`
  )
    .join(", ");
}
