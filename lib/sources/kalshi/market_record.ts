import type { KalshiRow } from "./kalshi_row.ts";
import { isParlayTicker, isTicker } from "./kalshi_ticker.ts";

/** Where a contract's record comes from: an exchange's market is in one tier at a time. */
export type Tier = "live" | "archive";

/** A market record of the exchange: the fields that we use, `null` where unknown. */
export interface KalshiMarket {
  readonly ticker: string;
  readonly eventTicker: string | null;
  readonly title: string | null;
  readonly yesSubTitle: string | null;
  readonly rules: string | null;
  readonly status: KalshiStatus | null;
  readonly result: "yes" | "no" | "scalar" | null;
  readonly settlementValue: number | null;
  readonly settledAtMs: number | null;
  readonly createdAtMs: number | null;
  readonly opensAtMs: number | null;
  /** The scheduled end while it trades; when it ended after that. */
  readonly closeTimeMs: number | null;
  readonly expectedEndMs: number | null;
  readonly latestEndMs: number | null;
  readonly settlementTimerMs: number | null;
  readonly canCloseEarly: boolean | null;
  readonly bid: number | null;
  readonly ask: number | null;
  /** Contracts traded ever, as the exchange writes it. */
  readonly volume: number | null;
  /** Contracts outstanding. */
  readonly openInterest: number | null;
  /** Dollars that a contract pays at most. */
  readonly notionalUsd: number | null;
  readonly isProvisional: boolean | null;
  readonly isParlay: boolean;
}

/** Life of a market record. */
export type KalshiStatus = typeof STATUSES[number];

const STATUSES = [
  "initialized",
  "inactive",
  "active",
  "closed",
  "determined",
  "disputed",
  "amended",
  "finalized",
] as const;
const RESULTS = ["yes", "no", "scalar"] as const;
/** Of these at least one is there, as null if need be, unless the interface has changed. */
const PRICE_FIELDS = ["yes_bid_dollars", "yes_ask_dollars", "last_price_dollars"] as const;

/**
 * Takes a market record; `null` where it has no ticker, so that nothing can be said of it.
 *
 * That no price field has its documented name is told: a client of the old interface would read all
 * prices as unknown and never say so.
 */
export function takeMarket(row: KalshiRow): KalshiMarket | null {
  const ticker = row.text("ticker");
  if (ticker === null || !isTicker(ticker)) {
    row.tell("ticker", "must be a ticker");
    return null;
  }
  if (!PRICE_FIELDS.some((name) => row.has(name))) {
    row.tell(PRICE_FIELDS[0], "no price field has its documented name");
  }
  const timerSeconds = row.number("settlement_timer_seconds");
  const eventTicker = tickerField(row, "event_ticker");
  const collection = row.text("mve_collection_ticker");
  const legs = row.list("mve_selected_legs");
  return {
    ticker,
    eventTicker,
    title: row.text("title"),
    yesSubTitle: row.text("yes_sub_title"),
    rules: [row.text("rules_primary"), row.text("rules_secondary")]
      .filter((text) => text !== null).join("\n\n") || null,
    status: word(row, "status", STATUSES),
    result: word(row, "result", RESULTS),
    settlementValue: row.price("settlement_value_dollars"),
    settledAtMs: row.instant("settlement_ts"),
    createdAtMs: row.instant("created_time"),
    opensAtMs: row.instant("open_time"),
    closeTimeMs: row.instant("close_time"),
    expectedEndMs: row.instant("expected_expiration_time"),
    latestEndMs: row.instant("latest_expiration_time"),
    settlementTimerMs: timerSeconds === null ? null : timerSeconds * 1000,
    canCloseEarly: row.flag("can_close_early"),
    bid: row.price("yes_bid_dollars"),
    ask: row.price("yes_ask_dollars"),
    volume: row.count("volume_fp"),
    openInterest: row.count("open_interest_fp"),
    notionalUsd: row.dollars("notional_value_dollars"),
    isProvisional: row.flag("is_provisional"),
    isParlay: isParlayTicker(ticker) || isParlayTicker(eventTicker ?? "") || collection !== null ||
      (legs !== null && legs.length > 0),
  };
}

/** A field that names an event or a series; told and unknown where it is no ticker. */
export function tickerField(row: KalshiRow, name: string): string | null {
  const ticker = row.text(name);
  if (ticker === null || isTicker(ticker)) return ticker;
  row.tell(name, "must be a ticker");
  return null;
}

/** A field with one of a few words; told and unknown where it has another. */
export function word<const W extends string>(
  row: KalshiRow,
  name: string,
  words: readonly W[],
): W | null {
  const text = row.text(name);
  if (text === null) return null;
  const known = words.find((one) => one === text);
  if (known === undefined) row.tell(name, `must be one of ${words.join(", ")}`);
  return known ?? null;
}
