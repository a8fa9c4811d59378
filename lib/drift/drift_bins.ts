import type { Market } from "../core/data_set.ts";
import { dayEndMs, MS_PER_DAY } from "../core/day.ts";
import type { ContractLives } from "./contract_lives.ts";
import { BIN_LAG_DAYS, type DriftSteps } from "./drift_steps.ts";

/** What contracts are told apart by. */
export type DriftBy =
  | "all"
  | "price"
  | "price_same_day"
  | "age"
  | "days_to_end"
  | "theme"
  | "kind";

/** The bin of all steps that begin a week or more after the first price. */
export const SEASONED = "after the first week";

/** Upper ends of the price bins; the bin holds its lower end and not its upper one, but for 1. */
export const PRICE_EDGES: readonly number[] = [0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95, 1];

const PRICE_LABELS: readonly string[] = PRICE_EDGES.map((edge, at) =>
  `${Math.round(100 * (PRICE_EDGES[at - 1] ?? 0))} to ${Math.round(100 * edge)}¢`
);

/** Upper ends of the bins of days to the scheduled end. */
const DAY_EDGES: readonly number[] = [0, 7, 30, 90, 180, Infinity];

const DAY_LABELS: readonly string[] = [
  "past its end",
  "under 7 days",
  "7 to 30 days",
  "30 to 90 days",
  "90 to 180 days",
  "180 days or more",
  "end unknown",
];

/** Upper ends of the bins of days since the first price. */
const AGE_EDGES: readonly number[] = [1, 7, 30, 90, Infinity];

const AGE_LABELS: readonly string[] = [
  "first day",
  "days 2 to 7",
  "8 to 30 days",
  "31 to 90 days",
  "older",
];

/** One way of telling contracts apart. */
export interface DriftBinning {
  readonly by: DriftBy;
  /** Names of the bins, in reading order. */
  readonly labels: readonly string[];
  /**
   * Bin of step `i`, −1 in none.
   *
   * Takes only what was known when the step began: prices, the scheduled end, age, theme and kind.
   */
  readonly binOf: (i: number) => number;
}

/** Labels of a market that do not change, such as its theme; null is unknown. */
export type LabelOf = (marketId: string) => string | null;

/** Labels by which contracts may be told apart. */
export interface DriftLabels {
  /** Theme of a market; no bins by theme where it is left out. */
  readonly themeOf?: LabelOf | undefined;
  /** Kind of the market's event, such as `time_variant`; likewise. */
  readonly kindOf?: LabelOf | undefined;
}

/**
 * The ways that drift is told apart: everything, price, age, time to the scheduled end, and theme
 * and kind where they are given. A contract without a theme or kind is in no bin of it.
 *
 * Bins by price take the price of a week before. An observed price is off by half a spread, by a last
 * trade that has grown old, or by a first quote that nobody stood behind: those that are low are too
 * low more often than not, and rise. A bin by the same price that the step begins at would count that
 * as drift; `price_same_day` shows how much it is, on the same steps. For the same reason all bins but those by age begin
 * a week after the first price.
 */
export function driftBinnings(
  markets: readonly Market[],
  { lives, steps }: { readonly lives: ContractLives; readonly steps: DriftSteps },
  { themeOf, kindOf }: DriftLabels,
): DriftBinning[] {
  const seasoned = (binOf: (i: number) => number) => (i: number) =>
    steps.age[i]! < BIN_LAG_DAYS ? -1 : binOf(i);
  const labelled = (by: "theme" | "kind", labelOf: LabelOf | undefined): DriftBinning[] => {
    if (labelOf === undefined) return [];
    const texts = Array.from(lives.market, (j) => labelOf(markets[j]!.marketId));
    const labels = [...new Set(texts.filter((text) => text !== null))].sort();
    const places = new Map(labels.map((label, at) => [label, at]));
    const codes = Int32Array.from(texts, (text) => text === null ? -1 : places.get(text)!);
    return [{ by, labels, binOf: seasoned((i) => codes[steps.contract[i]!]!) }];
  };
  const daysLeft = (i: number) =>
    (lives.endMs[steps.contract[i]!]! - dayEndMs(steps.fromDay[i]!)) / MS_PER_DAY;
  return [
    { by: "all", labels: ["everything"], binOf: () => 0 },
    { by: "all", labels: [SEASONED], binOf: seasoned(() => 0) },
    { by: "price", labels: PRICE_LABELS, binOf: (i) => priceBin(steps.earlierPrice[i]!) },
    {
      by: "price_same_day",
      labels: PRICE_LABELS,
      binOf: seasoned((i) => priceBin(steps.price[i]!)),
    },
    {
      by: "age",
      labels: AGE_LABELS,
      binOf: (i) => AGE_EDGES.findIndex((edge) => steps.age[i]! < edge),
    },
    { by: "days_to_end", labels: DAY_LABELS, binOf: seasoned((i) => daysBin(daysLeft(i))) },
    ...labelled("theme", themeOf),
    ...labelled("kind", kindOf),
  ];
}

/** Bin of a price in {@link PRICE_EDGES}, −1 for NaN. */
export function priceBin(price: number): number {
  return price === 1 ? PRICE_EDGES.length - 1 : PRICE_EDGES.findIndex((edge) => price < edge);
}

/** Bin of the days that are left to the scheduled end; NaN is an unknown end. */
export function daysBin(days: number): number {
  return Number.isNaN(days) ? DAY_LABELS.length - 1 : DAY_EDGES.findIndex((edge) => days < edge);
}
