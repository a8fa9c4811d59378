import { columnOf, type Table } from "../../core/table.ts";
import type { ParsedMarkets } from "./parse_markets.ts";
import type { RefusedRows } from "./refused_rows.ts";

/**
 * The market each row names, looked up once per distinct id.
 *
 * @returns `market`: index into the accepted markets, −1 where the row names none of them;
 *   `refuseMarket`: refuses such a row with its reason.
 */
export function marketRows(from: Table, { indexOf, refusedIds }: ParsedMarkets): {
  market: Int32Array;
  refuseMarket: (refused: RefusedRows, row: number) => void;
} {
  const { codes, labels } = columnOf(from, "market_id", "string");
  const indexOfCode = Int32Array.from(labels, (id) => indexOf.get(id) ?? -1);
  const market = Int32Array.from(codes, (code) => code < 0 ? -1 : indexOfCode[code]!);
  return {
    market,
    refuseMarket(refused, row) {
      const id = labels[codes[row]!] ?? "";
      const reason = id === ""
        ? "market id is missing"
        : refusedIds.has(id)
        ? "its market was refused"
        : "market is not in markets.parquet";
      refused.refuse(row, "market_id", id, reason);
    },
  };
}

/**
 * Rows that were not refused, sorted by (market, day) and then stored order.
 *
 * Cost: O(rows), a counting sort by market, plus one sort for each market whose days do not
 * already increase.
 *
 * @returns The rows, and nMarkets + 1 offsets into them.
 */
export function sortedRows(
  market: Int32Array,
  day: Int32Array,
  nMarkets: number,
  isRefused: Uint8Array,
): { rows: Int32Array; offsets: Uint32Array } {
  const offsets = new Uint32Array(nMarkets + 1);
  for (let row = 0; row < market.length; ++row) if (!isRefused[row]) ++offsets[market[row]! + 1]!;
  for (let j = 0; j < nMarkets; ++j) offsets[j + 1]! += offsets[j]!;
  const next = offsets.slice();
  const rows = new Int32Array(offsets[nMarkets]!);
  for (let row = 0; row < market.length; ++row) {
    if (!isRefused[row]) rows[next[market[row]!]!++] = row;
  }
  for (let j = 0; j < nMarkets; ++j) {
    const run = rows.subarray(offsets[j]!, offsets[j + 1]!);
    for (let i = 1; i < run.length; ++i) {
      if (day[run[i]!]! < day[run[i - 1]!]!) {
        run.sort((a, b) => day[a]! - day[b]! || a - b);
        break;
      }
    }
  }
  return { rows, offsets };
}
