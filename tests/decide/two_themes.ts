import type { BenchmarkSeries, DataSet } from "lib/core/data_set.ts";
import { dayEndMs, parseDay } from "lib/core/day.ts";
import { dailyCloses, dataSetFixture, type MarketFixture } from "../fixtures/data_set.ts";

export const FIRST_DATE = "2025-01-01";
export const N_DAYS = 151;
/** Month ends at which the contracts have prices enough. */
export const MONTH_ENDS = ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30"].map(parseDay);

/** Six events of one theme and six of another; the first outcome of each is what happens. */
export const QUESTIONS = [
  "Will Bitcoin reach $150k?",
  "Will Ethereum flip Bitcoin?",
  "Will a Solana ETF be approved?",
  "Will Dogecoin hit $1?",
  "Will XRP reach a new all-time high?",
  "Will Cardano rally?",
  "Will Russia and Ukraine sign a ceasefire?",
  "Will Ukraine join NATO?",
  "Will Russia capture Kharkiv?",
  "Will Zelenskyy meet Putin?",
  "Will Ukraine retake Crimea?",
  "Will Russia use a nuclear weapon in Ukraine?",
];

/** Price of the k-th contract t days after the first. */
export function priceOf(k: number, t: number): number {
  return Math.round(1000 * (0.5 + 0.2 * Math.sin(t * (0.1 + 0.03 * k) + k))) / 1000;
}

/** Ids of the contracts, as they sort. */
export const IDS = QUESTIONS.map((_, k) => `poly:${String(k).padStart(2, "0")}`);

/** A price on each day for each contract of {@link QUESTIONS}, changed market by market. */
export function twoThemes(
  change: (k: number, market: MarketFixture) => Partial<MarketFixture> = () => ({}),
  benchmarks: readonly BenchmarkSeries[] = [],
): DataSet {
  return dataSetFixture(
    Object.fromEntries(QUESTIONS.map((question, k) => {
      const market = {
        ...{ question, eventId: `event ${k}`, createdAtMs: 0 },
        closesAtMs: dayEndMs(parseDay("2025-12-31")),
        closes: dailyCloses(FIRST_DATE, Array.from({ length: N_DAYS }, (_, t) => priceOf(k, t))),
      };
      return [IDS[k]!, { ...market, ...change(k, market) }];
    })),
    benchmarks,
  );
}
