import type { DataSet, Origin } from "../../core/data_set.ts";
import { dayEndMs } from "../../core/day.ts";
import type { Table } from "../../core/table.ts";
import type { ContractFile } from "./contract.ts";
import { parseActivity, parsePrices } from "./parse_daily.ts";
import { parseBenchmarks } from "./parse_benchmarks.ts";
import { parseMarkets } from "./parse_markets.ts";
import { parseResolutions } from "./parse_resolutions.ts";

/** Tables of the data contract by file; only activity may be absent. */
export type ContractTables =
  & Readonly<Record<Exclude<ContractFile, "activity.parquet">, Table>>
  & { readonly "activity.parquet"?: Table };

/**
 * The door of the workbench: tables of the data contract → one universe, with every row that
 * breaks the contract refused and reported, none dropped in silence and none repaired.
 *
 * Columns the contract does not name are left behind, so nothing that was decided after the
 * listing can ride in on a market. The order of the rows changes only the row numbers of the
 * rejections. A row is refused once, for its first reason; which rows are refused is documented
 * at `parseMarkets`, `parsePrices`, `parseActivity`, `parseResolutions` and `parseBenchmarks`.
 *
 * NaN: a missing optional value stays missing; `asOfMs` is NaN without any price and activity.
 * Cost: O(rows).
 *
 * @param origin Where the tables come from, as charts will say it.
 * @throws {TypeError} If a column is missing or of another type; the message names the file.
 */
export function parseDataSet(tables: ContractTables, origin: Origin): DataSet {
  const markets = parseMarkets(tables["markets.parquet"]);
  const prices = parsePrices(tables["prices.parquet"], markets);
  const activity = parseActivity(tables["activity.parquet"], markets);
  const resolutions = parseResolutions(tables["resolutions.parquet"], markets);
  const benchmarks = parseBenchmarks(tables["benchmarks.parquet"]);
  const parts = [markets, prices, activity, resolutions, benchmarks];
  return {
    origin,
    markets: markets.markets,
    prices: prices.prices,
    activity: activity.activity,
    resolutions: resolutions.resolutions,
    benchmarks: benchmarks.benchmarks,
    rejected: parts.flatMap((part) => part.rejected),
    files: parts.flatMap((part) => part.count ?? []),
    asOfMs: lastEndMs(prices.prices.day, activity.activity.day),
  };
}

function lastEndMs(...columns: readonly Int32Array[]): number {
  let last = -Infinity;
  for (const days of columns) {
    for (const day of days) if (day > last) last = day;
  }
  return last === -Infinity ? NaN : dayEndMs(last);
}
