import type { BenchmarkSeries } from "lib/core/data_set.ts";
import { dayEndMs, formatDay, isWeekend } from "lib/core/day.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import type { MarketFixture } from "../fixtures/data_set.ts";
import { FACTORS, LAST_DAY } from "./made_decision.ts";

/** The nine series of the decision's set, by symbol. */
export const NINE = [...FACTORS.sets.us!.symbols].sort();

const FIRST_DAY = LAST_DAY - 150;

/** Standard normal moves of a factor by weekday. */
function factorDraws(symbol: string, seed: number): Map<number, number> {
  const next = normalDraws(randomStream(seed, `factor ${symbol}`)), draws = new Map();
  for (let day = FIRST_DAY; day <= LAST_DAY; ++day) if (!isWeekend(day)) draws.set(day, next());
  return draws;
}

/** The nine series on weekdays up to {@link LAST_DAY}, moves a hundredth of {@link factorDraws}. */
export function madeBenchmarks(seed: number, symbols: readonly string[] = NINE): BenchmarkSeries[] {
  return symbols.map((symbol) => {
    const { kind } = FACTORS.series.find((one) => one.symbol === symbol)!;
    const draws = factorDraws(symbol, seed);
    let level = 100;
    return {
      ...{ symbol, kind, day: Int32Array.from(draws.keys()) },
      close: Float64Array.from(draws.values(), (z) => level += 0.01 * z * level),
    };
  });
}

/** What the contracts of a planted cluster load on. */
export interface PlantedLoading {
  readonly symbol: string;
  readonly sign: 1 | -1;
  readonly size: number;
}

/**
 * Contracts whose log-odds move with one factor each, in steps of a thousandth of a price. Every third is
 * quoted by its other outcome, so that its quoted price moves against the factor.
 */
export function factorMarkets(
  clusters: readonly PlantedLoading[],
  { seed, noise = 0.02, text = () => ({}) }: {
    readonly seed: number;
    /** Standard deviation of a contract's own moves, where a factor moves it by a tenth. */
    readonly noise?: number;
    readonly text?: (cluster: number, k: number) => MarketFixture;
  },
): Record<string, MarketFixture> {
  return Object.fromEntries(clusters.flatMap(({ symbol, sign, size }, c) => {
    const draws = factorDraws(symbol, seed);
    return Array.from({ length: size }, (_, k) => {
      // numbers that mix the clusters' markets when sorted
      const id = `poly:${String((k * 37 + c * 11) % 89).padStart(2, "0")}${c}${k}`;
      const own = normalDraws(randomStream(seed, id)), outcome = k % 3 === 2 ? "No" : "Yes";
      const closes: Record<string, number> = {};
      let odds = 0;
      for (let day = FIRST_DAY; day <= LAST_DAY; ++day) {
        odds += sign * 0.1 * (draws.get(day) ?? 0) + noise * own();
        const price = Math.round(1000 / (1 + Math.exp(-Math.max(-2.5, Math.min(2.5, odds))))) /
          1000;
        closes[formatDay(day)] = outcome === "No" ? 1 - price : price;
      }
      return [id, {
        ...{ closes, outcome, closesAtMs: dayEndMs(LAST_DAY + 200), createdAtMs: 0 },
        ...text(c, k),
      }];
    });
  }));
}
