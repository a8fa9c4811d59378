import type { DailyActivity, DailyPrices, FileCount, Rejection } from "../../core/data_set.ts";
import { dayStartMs, formatDay, MISSING_DAY, parseDay } from "../../core/day.ts";
import { isProbability } from "../../core/probability.ts";
import { columnOf, type Table } from "../../core/table.ts";
import type { ContractFile } from "./contract.ts";
import { fitContract } from "./fit_contract.ts";
import { marketRows, sortedRows } from "./market_rows.ts";
import type { ParsedMarkets } from "./parse_markets.ts";
import {
  isSameNumber,
  numberText,
  type RefusedRows,
  refusedRows,
  refuseDuplicates,
} from "./refused_rows.ts";

/** No venue listed a market outside these days: a date beyond them is a slip or an unset field. */
const FIRST_DAY = parseDay("2000-01-01");
const LAST_DAY = parseDay("2099-12-31");

/**
 * Reads the rows of `prices.parquet`.
 *
 * Refused: a market that is missing, unknown or was itself refused; a date that is missing or
 * outside 2000 to 2099; a close that is missing or outside [0, 1]; a bid or ask outside [0, 1]; a
 * bid above the ask; a (market, date) that stands twice (of equal rows one stays).
 *
 * Cost: O(rows), one sort of the rows of each market whose days do not increase.
 *
 * @throws {TypeError} If a column is missing or of another type.
 */
export function parsePrices(
  from: Table,
  markets: ParsedMarkets,
): { prices: DailyPrices; rejected: readonly Rejection[]; count: FileCount } {
  const file = "prices.parquet";
  const fitted = fitContract(from, file);
  const close = columnOf(fitted, "close", "number").values;
  const bid = numbersOf(fitted, "bid");
  const ask = numbersOf(fitted, "ask");
  const { daily, rejected, count } = parseDaily(fitted, { file, markets }, (refused, row) => {
    if (!isProbability(close[row]!)) {
      const reason = Number.isNaN(close[row]) ? "close is missing" : "close is outside [0, 1]";
      refused.refuse(row, "close", numberText(close[row]!), reason);
    }
    for (const [name, values] of [["bid", bid], ["ask", ask]] as const) {
      if (values && !Number.isNaN(values[row]) && !isProbability(values[row]!)) {
        refused.refuse(row, name, numberText(values[row]!), `${name} is outside [0, 1]`);
      }
    }
    if (bid && ask && bid[row]! > ask[row]!) {
      refused.refuse(row, "bid", `${bid[row]} above ${ask[row]}`, "bid is above the ask");
    }
  });
  const [closes, bids, asks] = daily.pick(close, bid, ask);
  const prices = {
    offsets: daily.offsets,
    day: daily.day,
    close: closes!,
    bid: bids ?? null,
    ask: asks ?? null,
  };
  return { prices, rejected, count };
}

/**
 * Reads the rows of `activity.parquet`; without a table, nothing is known of any day.
 *
 * Refused: markets and dates as in {@link parsePrices}; a volume, open interest or liquidity that
 * is negative or infinite. A missing one is unknown, and its row stays.
 *
 * @throws {TypeError} If a column is missing or of another type.
 */
export function parseActivity(
  from: Table | undefined,
  markets: ParsedMarkets,
): { activity: DailyActivity; rejected: readonly Rejection[]; count: FileCount | undefined } {
  const file = "activity.parquet";
  if (from === undefined) {
    const activity = {
      offsets: new Uint32Array(markets.markets.length + 1),
      day: new Int32Array(0),
      volumeUsd: new Float64Array(0),
      openInterest: null,
      liquidityUsd: null,
    };
    return { activity, rejected: [], count: undefined };
  }
  const fitted = fitContract(from, file);
  const volume = columnOf(fitted, "volume_usd", "number").values;
  const interest = numbersOf(fitted, "open_interest");
  const liquidity = numbersOf(fitted, "liquidity_usd");
  const checked = [
    ["volume_usd", volume],
    ["open_interest", interest],
    ["liquidity_usd", liquidity],
  ] as const;
  const { daily, rejected, count } = parseDaily(fitted, { file, markets }, (refused, row) => {
    for (const [name, values] of checked) {
      if (values && (values[row]! < 0 || values[row] === Infinity)) {
        const reason = values[row] === Infinity || values[row] === -Infinity
          ? `${name} is infinite`
          : `${name} is negative`;
        refused.refuse(row, name, numberText(values[row]!), reason);
      }
    }
  });
  const [volumeUsd, openInterest, liquidityUsd] = daily.pick(volume, interest, liquidity);
  const activity = {
    offsets: daily.offsets,
    day: daily.day,
    volumeUsd: volumeUsd!,
    openInterest: openInterest ?? null,
    liquidityUsd: liquidityUsd ?? null,
  };
  return { activity, rejected, count };
}

function numbersOf(from: Table, name: string): Float64Array | null {
  return Object.hasOwn(from.columns, name) ? columnOf(from, name, "number").values : null;
}

/** Checks market, date, values and duplicates, and lays the accepted rows out market by market. */
function parseDaily(
  from: Table,
  { file, markets }: { file: ContractFile; markets: ParsedMarkets },
  refuseValues: (refused: RefusedRows, row: number) => void,
) {
  const refused = refusedRows(file, from.nRows);
  const day = columnOf(from, "date", "date").values;
  const { market, refuseMarket } = marketRows(from, markets);
  for (let row = 0; row < from.nRows; ++row) {
    if (market[row]! < 0) refuseMarket(refused, row);
    else if (!(day[row]! >= FIRST_DAY && day[row]! <= LAST_DAY)) {
      refuseDate(refused, row, day[row]!);
    } else refuseValues(refused, row);
  }
  const values = Object.values(from.columns).flatMap((c) => c.type === "number" ? [c.values] : []);
  refuseDuplicates(refused, {
    order: sortedRows(market, day, markets.markets.length, refused.isRefused).rows,
    isSameKey: (a, b) => market[a] === market[b] && day[a] === day[b],
    isEqual: (a, b) => values.every((column) => isSameNumber(column[a]!, column[b]!)),
    column: "date",
    valueOf: (row) => formatDay(day[row]!),
    key: "market and date",
  });
  const { rows, offsets } = sortedRows(market, day, markets.markets.length, refused.isRefused);
  const daily = {
    offsets,
    day: Int32Array.from(rows, (row) => day[row]!),
    pick: (...columns: (Float64Array | null)[]) =>
      columns.map((column) => column && Float64Array.from(rows, (row) => column[row]!)),
  };
  return { daily, ...refused.result() };
}

function refuseDate(refused: RefusedRows, row: number, day: number): void {
  if (day === MISSING_DAY) return refused.refuse(row, "date", "", "date is missing");
  const isShown = Math.abs(dayStartMs(day)) <= 8.64e15;
  refused.refuse(
    row,
    "date",
    isShown ? formatDay(day) : String(day),
    "date is outside 2000 to 2099",
  );
}
