import type { ColumnType } from "../../core/table.ts";

/** The files of the data contract, in the order they are read. */
export const CONTRACT_FILES = [
  "markets.parquet",
  "prices.parquet",
  "activity.parquet",
  "resolutions.parquet",
  "benchmarks.parquet",
] as const;

/** A folder may hold themes that somebody gave its markets under this name; no universe needs it. */
export const LABELS_FILE = "theme_labels.parquet";

/**
 * A folder may hold rows that were refused before it was written, such as faulty answers of a venue,
 * in the columns of checkpoint `01_rejected`; they are told with those refused at the door.
 */
export const REJECTED_FILE = "rejected.parquet";

/** A file of the data contract. */
export type ContractFile = typeof CONTRACT_FILES[number];

/** Columns of a file of the contract, with their types. */
export interface FileContract {
  /** Whether the folder may lack the file: then all it would say is unknown. */
  readonly mayBeAbsent: boolean;
  readonly required: Readonly<Record<string, ColumnType>>;
  /** Columns a source may lack. */
  readonly optional: Readonly<Record<string, ColumnType>>;
}

/**
 * The data contract. Only these columns pass the door: whatever else a file holds, such as a
 * status, a winner or a final volume, is left behind there, so no result can see it.
 */
export const CONTRACT = {
  "markets.parquet": {
    mayBeAbsent: false,
    required: {
      market_id: "string",
      venue: "string",
      question: "string",
      description: "string",
      slug: "string",
      event_id: "string",
      event_slug: "string",
      event_title: "string",
      outcome: "string",
      group_item_title: "string",
      neg_risk: "bool",
      created_at: "timestamp",
      opens_at: "timestamp",
      closes_at: "timestamp",
      condition_id: "string",
      token_id: "string",
    },
    optional: {},
  },
  "prices.parquet": {
    mayBeAbsent: false,
    required: { market_id: "string", date: "date", close: "number" },
    optional: { bid: "number", ask: "number" },
  },
  "activity.parquet": {
    mayBeAbsent: true,
    required: { market_id: "string", date: "date", volume_usd: "number" },
    optional: { open_interest: "number", liquidity_usd: "number" },
  },
  "resolutions.parquet": {
    mayBeAbsent: false,
    required: {
      market_id: "string",
      resolved_at: "timestamp",
      payout: "number",
      source: "string",
    },
    optional: {},
  },
  "benchmarks.parquet": {
    mayBeAbsent: false,
    required: { symbol: "string", date: "date", close: "number", kind: "string" },
    optional: {},
  },
} as const satisfies Readonly<Record<ContractFile, FileContract>>;

/** Names of all columns a file may bring through the door. */
export function contractColumns(file: ContractFile): string[] {
  return Object.keys({ ...CONTRACT[file].required, ...CONTRACT[file].optional });
}
