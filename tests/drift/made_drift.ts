import type { DataSet } from "lib/core/data_set.ts";
import { dayEndMs, dayStartMs } from "lib/core/day.ts";
import { parseDataSet } from "lib/sources/local/parse_data_set.ts";
import { universe } from "../sources/simulated/universe.ts";
import { dailyPrices, market } from "../universe/daily_prices.ts";

/** One contract of a made universe. */
export interface DriftContract {
  readonly event: number | null;
  readonly days: readonly number[];
  readonly closes: readonly number[];
  /** UTC day of the settlement, at noon, and the payout; null where it is not settled. */
  readonly settledDay: number | null;
  readonly payout: number | null;
  /** UTC day at the end of which it is due. */
  readonly due?: number;
}

const EMPTY = {
  offsets: new Uint32Array(1),
  day: new Int32Array(0),
  volumeUsd: new Float64Array(0),
};

/** A universe of contracts `poly:c0000`, `poly:c0001`, … */
export function driftData(contracts: readonly DriftContract[]): DataSet {
  const id = (c: number) => `poly:c${String(c).padStart(4, "0")}`;
  const days = contracts.flatMap(({ days }) => days);
  return {
    origin: { kind: "folder", label: "made" },
    markets: contracts.map(({ event, due }, c) =>
      market({
        marketId: id(c),
        eventId: event === null ? null : `e${event}`,
        closesAtMs: due === undefined ? null : dayEndMs(due) - 1,
      })
    ),
    prices: dailyPrices(
      contracts.map(({ days, closes }) => days.map((day, i) => [day, closes[i]!] as const)),
    ),
    activity: { ...EMPTY, openInterest: null, liquidityUsd: null },
    resolutions: contracts.flatMap(({ settledDay, payout }, c) =>
      settledDay === null || payout === null ? [] : [{
        ...{ marketId: id(c), payout, source: null },
        resolvedAtMs: dayStartMs(settledDay) + 43_200_000,
      }]
    ),
    ...{ benchmarks: [], rejected: [], files: [] },
    asOfMs: dayEndMs(days.reduce((last, day) => Math.max(last, day), 0)),
  };
}

/** The simulated universe as notebooks read it. */
export function simulatedData(size: "small" | "default", structure: "full" | "fair"): DataSet {
  const { tables } = universe(size, structure);
  return parseDataSet({
    "markets.parquet": tables.markets,
    "prices.parquet": tables.prices,
    "resolutions.parquet": tables.resolutions,
    "benchmarks.parquet": tables.benchmarks,
  }, { kind: "simulated", label: "simulated universe" });
}
