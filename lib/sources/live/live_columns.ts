import type { Market } from "../../core/data_set.ts";
import { CONTRACT } from "../local/contract.ts";
import type { FeeFact, StateFact } from "./fact.ts";
import type { KnownFact } from "./fold_market.ts";
import type { RowOf } from "./growing_table.ts";

/** Columns of the files that are folded from facts, without `rejected.parquet`. */
export const LIVE_COLUMNS = {
  "markets.parquet": CONTRACT["markets.parquet"].required,
  "prices.parquet": {
    ...CONTRACT["prices.parquet"].required,
    ...CONTRACT["prices.parquet"].optional,
  },
  "activity.parquet": {
    ...CONTRACT["activity.parquet"].required,
    ...CONTRACT["activity.parquet"].optional,
  },
  "resolutions.parquet": CONTRACT["resolutions.parquet"].required,
  "benchmarks.parquet": CONTRACT["benchmarks.parquet"].required,
  "snapshots.parquet": {
    market_id: "string",
    known_at: "timestamp",
    status: "string",
    closes_at: "timestamp",
    closed_at: "timestamp",
    volume_usd: "number",
    liquidity_usd: "number",
    open_interest: "number",
    bid: "number",
    ask: "number",
  },
  "fees.parquet": {
    subject: "string",
    known_at: "timestamp",
    from: "timestamp",
    fee_type: "string",
    rate: "number",
    exponent: "number",
    is_taker_only: "bool",
    rebate_share: "number",
  },
} as const;

type Row<File extends keyof typeof LIVE_COLUMNS> = RowOf<(typeof LIVE_COLUMNS)[File]>;

/** A contract as a row of `markets.parquet`. */
export function marketRow(market: Market): Row<"markets.parquet"> {
  return {
    market_id: market.marketId,
    venue: market.venue,
    question: market.question,
    description: market.description,
    slug: market.slug,
    event_id: market.eventId,
    event_slug: market.eventSlug,
    event_title: market.eventTitle,
    outcome: market.outcome,
    group_item_title: market.groupItemTitle,
    neg_risk: market.negRisk,
    created_at: market.createdAtMs,
    opens_at: market.opensAtMs,
    closes_at: market.closesAtMs,
    condition_id: market.conditionId,
    token_id: market.tokenId,
  };
}

/** What a contract's record said at a time, as a row of `snapshots.parquet`. */
export function snapshotRow(state: KnownFact<StateFact>): Row<"snapshots.parquet"> {
  return {
    market_id: state.subject,
    known_at: state.knownAtMs,
    status: state.status,
    closes_at: state.closesAtMs,
    closed_at: state.closedAtMs,
    volume_usd: state.volumeUsd,
    liquidity_usd: state.liquidityUsd,
    open_interest: state.openInterest,
    bid: state.bid,
    ask: state.ask,
  };
}

/** A fee as a row of `fees.parquet`. */
export function feeRow(fee: KnownFact<FeeFact>): Row<"fees.parquet"> {
  return {
    subject: fee.subject,
    known_at: fee.knownAtMs,
    from: fee.fromMs,
    fee_type: fee.feeType,
    rate: fee.rate,
    exponent: fee.exponent,
    is_taker_only: fee.isTakerOnly,
    rebate_share: fee.rebateShare,
  };
}
