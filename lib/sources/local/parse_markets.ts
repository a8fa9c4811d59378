import type { FileCount, Market, Rejection } from "../../core/data_set.ts";
import { venueOfMarketId } from "../../core/market_id.ts";
import { cellAt, columnOf, type Table } from "../../core/table.ts";
import { fitContract } from "./fit_contract.ts";
import { refusedRows, refuseDuplicates } from "./refused_rows.ts";

/** Markets that passed the door, and what is needed to judge rows that name a market. */
export interface ParsedMarkets {
  /** Sorted by market id. */
  readonly markets: readonly Market[];
  /** Index into `markets` by market id. */
  readonly indexOf: ReadonlyMap<string, number>;
  /** Ids of refused rows that no accepted row bears. */
  readonly refusedIds: ReadonlySet<string>;
  readonly rejected: readonly Rejection[];
  readonly count: FileCount;
}

/**
 * Reads the rows of `markets.parquet`.
 *
 * Refused: an id that is no market id, a venue that is unknown or does not fit the id, a
 * scheduled end before the listing (creation, else opening), an id that stands twice (of equal
 * rows one stays).
 *
 * @throws {TypeError} If a column is missing or of another type.
 */
export function parseMarkets(from: Table): ParsedMarkets {
  const file = "markets.parquet";
  const fitted = fitContract(from, file);
  const refused = refusedRows(file, fitted.nRows);
  const markets = Array.from({ length: fitted.nRows }, (_, row) => marketAt(fitted, row));
  const { codes, labels } = columnOf(fitted, "market_id", "string");
  markets.forEach((market, row) => {
    const id = market.marketId;
    const venue = venueOfMarketId(id);
    const created = market.createdAtMs ?? market.opensAtMs;
    if (id.trim() === "") {
      refused.refuse(row, "market_id", id, "market id is missing");
    } else if (venue === undefined) {
      refused.refuse(row, "market_id", id, "market id is not a known prefix, a colon and a name");
    } else if (market.venue !== venue) {
      const known = ["polymarket", "kalshi"].includes(market.venue);
      const reason = known ? "venue does not fit the market id" : "venue is unknown";
      refused.refuse(row, "venue", market.venue ?? "", reason);
    } else if (created !== null && market.closesAtMs !== null && market.closesAtMs < created) {
      const closes = isoText(market.closesAtMs);
      refused.refuse(row, "closes_at", closes, "scheduled end is before the listing");
    }
  });
  const texts = markets.map((market) => JSON.stringify(market));
  refuseDuplicates(refused, {
    order: acceptedRows(refused.isRefused).sort((a, b) => codes[a]! - codes[b]! || a - b),
    isSameKey: (a, b) => codes[a] === codes[b],
    isEqual: (a, b) => texts[a] === texts[b],
    column: "market_id",
    valueOf: (row) => labels[codes[row]!]!,
    key: "market id",
  });
  const accepted = markets.filter((_, row) => !refused.isRefused[row])
    .sort((a, b) => a.marketId < b.marketId ? -1 : 1);
  const indexOf = new Map(accepted.map((market, j) => [market.marketId, j]));
  const refusedIds = markets.map((market) => market.marketId).filter((id) => !indexOf.has(id));
  return { markets: accepted, indexOf, refusedIds: new Set(refusedIds), ...refused.result() };
}

/** Rows that were not refused, in stored order. */
function acceptedRows(isRefused: Uint8Array): Int32Array<ArrayBuffer> {
  const rows = new Int32Array(isRefused.length);
  let n = 0;
  for (let row = 0; row < isRefused.length; ++row) if (!isRefused[row]) rows[n++] = row;
  return rows.subarray(0, n);
}

/** A row as it stands; id and venue are checked afterwards. */
function marketAt(from: Table, row: number): Market {
  const text = (name: string) => cellAt(from.columns[name]!, row) as string | null;
  const instant = (name: string) => cellAt(from.columns[name]!, row) as number | null;
  return {
    marketId: text("market_id") ?? "",
    venue: text("venue") as Market["venue"],
    question: text("question"),
    description: text("description"),
    slug: text("slug"),
    eventId: text("event_id"),
    eventSlug: text("event_slug"),
    eventTitle: text("event_title"),
    outcome: text("outcome"),
    groupItemTitle: text("group_item_title"),
    negRisk: cellAt(from.columns["neg_risk"]!, row) as boolean | null,
    createdAtMs: instant("created_at"),
    opensAtMs: instant("opens_at"),
    closesAtMs: instant("closes_at"),
    conditionId: text("condition_id"),
    tokenId: text("token_id"),
  };
}

/** An instant in ISO form, or as its number where a calendar cannot show it. */
function isoText(timeMs: number): string {
  return Math.abs(timeMs) <= 8.64e15 ? new Date(timeMs).toISOString() : String(timeMs);
}
