import type { FileCount, Rejection, Resolution } from "../../core/data_set.ts";
import { isProbability } from "../../core/probability.ts";
import { cellAt, columnOf, type Table } from "../../core/table.ts";
import { fitContract } from "./fit_contract.ts";
import { marketRows, sortedRows } from "./market_rows.ts";
import type { ParsedMarkets } from "./parse_markets.ts";
import { numberText, refusedRows, refuseDuplicates } from "./refused_rows.ts";

/**
 * Reads the rows of `resolutions.parquet`.
 *
 * Refused: a market that is missing, unknown or was itself refused; a missing settlement time; a
 * payout that is missing or outside [0, 1]; a market that stands twice (of equal rows one stays).
 *
 * @returns At most one resolution per market, sorted by market id.
 * @throws {TypeError} If a column is missing or of another type.
 */
export function parseResolutions(
  from: Table,
  markets: ParsedMarkets,
): { resolutions: readonly Resolution[]; rejected: readonly Rejection[]; count: FileCount } {
  const file = "resolutions.parquet";
  const fitted = fitContract(from, file);
  const refused = refusedRows(file, fitted.nRows);
  const resolvedAt = columnOf(fitted, "resolved_at", "timestamp").values;
  const payout = columnOf(fitted, "payout", "number").values;
  const source = columnOf(fitted, "source", "string");
  const { market, refuseMarket } = marketRows(fitted, markets);
  for (let row = 0; row < fitted.nRows; ++row) {
    if (market[row]! < 0) refuseMarket(refused, row);
    else if (Number.isNaN(resolvedAt[row])) {
      refused.refuse(row, "resolved_at", "", "settlement time is missing");
    } else if (!isProbability(payout[row]!)) {
      const reason = Number.isNaN(payout[row]) ? "payout is missing" : "payout is outside [0, 1]";
      refused.refuse(row, "payout", numberText(payout[row]!), reason);
    }
  }
  const noDay = new Int32Array(fitted.nRows);
  const sort = () => sortedRows(market, noDay, markets.markets.length, refused.isRefused).rows;
  const idOf = (row: number) => markets.markets[market[row]!]!.marketId;
  refuseDuplicates(refused, {
    order: sort(),
    isSameKey: (a, b) => market[a] === market[b],
    isEqual: (a, b) =>
      resolvedAt[a] === resolvedAt[b] && payout[a] === payout[b] &&
      source.codes[a] === source.codes[b],
    column: "market_id",
    valueOf: idOf,
    key: "market id",
  });
  const resolutions = Array.from(sort(), (row) => ({
    marketId: idOf(row),
    resolvedAtMs: resolvedAt[row]!,
    payout: payout[row]!,
    source: cellAt(source, row) as string | null,
  }));
  return { resolutions, ...refused.result() };
}
