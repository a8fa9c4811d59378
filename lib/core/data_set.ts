import type { Venue } from "./market_id.ts";

/**
 * What was knowable of a contract when it was listed: the row of `markets.parquet`.
 *
 * No resolution, status or final volume: those would let the future into the past.
 */
export interface Market {
  /** Venue-prefixed name, unique. */
  readonly marketId: string;
  readonly venue: Venue;
  readonly question: string | null;
  /** Rule text as the venue wrote it. Untrusted. */
  readonly description: string | null;
  readonly slug: string | null;
  readonly eventId: string | null;
  readonly eventSlug: string | null;
  readonly eventTitle: string | null;
  /** Label of the quoted outcome: "Yes", a team, "Up". */
  readonly outcome: string | null;
  readonly groupItemTitle: string | null;
  readonly negRisk: boolean | null;
  /** When the venue made the record, UTC milliseconds. */
  readonly createdAtMs: number | null;
  /** When trading opens, UTC milliseconds. */
  readonly opensAtMs: number | null;
  /** The *scheduled* end, UTC milliseconds; trading may end before or after it. */
  readonly closesAtMs: number | null;
  readonly conditionId: string | null;
  readonly tokenId: string | null;
}

/**
 * Daily closes of all markets, sorted by (market, day) and stored as one run of rows per market:
 * those of market `j` are `offsets[j] … offsets[j + 1] − 1`.
 */
export interface DailyPrices {
  /** nMarkets + 1 row offsets. */
  readonly offsets: Uint32Array;
  /** UTC day per row; the price belongs to the end of it. */
  readonly day: Int32Array;
  /** Price of the quoted outcome per row, probability in [0, 1]. */
  readonly close: Float64Array;
  /** Best bid and ask at the same instant, NaN where unknown; `null` where the source has none. */
  readonly bid: Float64Array | null;
  readonly ask: Float64Array | null;
}

/** Daily activity, laid out like {@link DailyPrices}. A day without a row is unknown, not zero. */
export interface DailyActivity {
  readonly offsets: Uint32Array;
  readonly day: Int32Array;
  /** Traded value of the day in US dollars, NaN where unknown. */
  readonly volumeUsd: Float64Array;
  /** Dollars of payout outstanding at the day's end, NaN where unknown. */
  readonly openInterest: Float64Array | null;
  /** Dollars resting in the book at the day's end, NaN where unknown. */
  readonly liquidityUsd: Float64Array | null;
}

/** How a market was settled. Kept apart from {@link Market}: it is known only at `resolvedAtMs`. */
export interface Resolution {
  readonly marketId: string;
  /** Settlement time, UTC milliseconds. */
  readonly resolvedAtMs: number;
  /** Payout of the quoted outcome in [0, 1]; fractions for scalar and split settlements. */
  readonly payout: number;
  readonly source: string | null;
}

/** How moves of a benchmark are taken: returns for a price, differences for the others. */
export type BenchmarkKind = "price" | "level" | "yield" | "spread";

/** One macro series, days strictly increasing. */
export interface BenchmarkSeries {
  readonly symbol: string;
  readonly kind: BenchmarkKind;
  readonly day: Int32Array;
  readonly close: Float64Array;
}

/** A row that was refused at the door, with its reason. */
export interface Rejection {
  /** File of the data contract, such as `prices.parquet`. */
  readonly file: string;
  /** Row within that file, from 0, in its stored order. */
  readonly row: number;
  readonly column: string;
  /** The refused value as text. Untrusted. */
  readonly value: string;
  readonly reason: string;
}

/** Rows read from one file: `nRows = nAccepted + nRejected`. */
export interface FileCount {
  readonly file: string;
  readonly nRows: number;
  readonly nAccepted: number;
  readonly nRejected: number;
}

/** Where a data set comes from, as every chart and RESEARCH.md say it. */
export interface Origin {
  readonly kind: "simulated" | "folder" | "live";
  /** Words for a reader: `simulated universe, seed 7` or the folder's name. */
  readonly label: string;
}

/** One universe in memory: the data contract after the door, nothing missing made zero. */
export interface DataSet {
  readonly origin: Origin;
  /** Sorted by `marketId`; the index into this list is the market's index everywhere. */
  readonly markets: readonly Market[];
  readonly prices: DailyPrices;
  readonly activity: DailyActivity;
  /** At most one per market, sorted by `marketId`. */
  readonly resolutions: readonly Resolution[];
  /** Sorted by symbol. */
  readonly benchmarks: readonly BenchmarkSeries[];
  readonly rejected: readonly Rejection[];
  readonly files: readonly FileCount[];
  /** Latest knowledge in it: the end of the last day with a price or activity, UTC milliseconds. */
  readonly asOfMs: number;
}

/** Rows of market `j`: the half-open range [from, to) into the columns of a daily table. */
export function rowsOf(
  daily: { readonly offsets: Uint32Array },
  j: number,
): { from: number; to: number } {
  return { from: daily.offsets[j]!, to: daily.offsets[j + 1]! };
}

/**
 * When a market could first be known, UTC milliseconds: its creation, else its opening, else the
 * end of its first day with a price; `NaN` where none of the three is known.
 */
export function listedAtMs(market: Market, firstPricedDay: number | undefined): number {
  return market.createdAtMs ?? market.opensAtMs ??
    (firstPricedDay === undefined ? NaN : (firstPricedDay + 1) * 86_400_000);
}
