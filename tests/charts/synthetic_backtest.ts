import type { ChartContext } from "lib/charts/chart_context.ts";
import type { Figure } from "lib/charts/figure.ts";
import { monthStart, parseDay } from "lib/core/day.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import {
  attributionChart,
  type BasketChange,
  type MethodAttribution,
} from "lib/charts/attribution.ts";
import { drawdownChart } from "lib/charts/method_drawdown.ts";
import { methodNavChart, type MethodNavs } from "lib/charts/method_nav.ts";
import { turnoverChart, type TurnoverRow } from "lib/charts/turnover.ts";
import { THEMES } from "./synthetic_themes.ts";

const NAMES = [
  "Hand labels, equal",
  "Words, equal",
  "Words, inverse volatility",
  "Clusters, inverse volatility",
  "Hybrid, inverse volatility",
  "Hybrid, equal",
  "All markets, equal",
  "Hybrid, volume",
  "Hybrid, equal risk",
  "Hybrid, minimum variance",
  "Hybrid, max. diversification",
  "Hybrid, hierarchical risk parity",
  "Random, once",
  "Cash, twice a year",
];

/** First day of made replays. */
export const START = parseDay("2024-01-01");

/** Made values of `n` methods over `nDays`, six of them main; `lift` is their mean move a day. */
export function methodNavs(n: number, nDays: number, lift = -0.0002): MethodNavs {
  const days = Int32Array.from({ length: nDays }, (_, i) => START + i);
  const walk = (name: string, drift: number, size: number) => {
    const normal = normalDraws(randomStream(7, `nav ${name}`));
    let value = 100;
    return Float64Array.from(
      days,
      (_, i) => i === 0 ? value : value *= 1 + drift + size * normal(),
    );
  };
  const fan = (z: number) =>
    Float64Array.from(days, (_, i) => 100 * Math.exp(-0.0003 * i + 0.0075 * z * Math.sqrt(i)));
  return {
    days,
    series: Array.from({ length: n }, (_, k) => ({
      key: `method_${k}`,
      name: NAMES[k] ?? `Method ${k}`,
      isMain: k < 6,
      nav: walk(String(k), lift, 0.004 + 0.001 * (k % 5)),
      // "All markets, equal" has none, as it chooses nothing
      randomHigh: k === 6 || nDays === 0 ? NaN : fan(1.3 + 0.1 * (k % 6)).at(-1)!,
    })),
    cash: new Float64Array(nDays).fill(100),
    tbill: Float64Array.from(days, (_, i) => 100 * 1.045 ** (i / 365)),
    band: { low: fan(-1.645), mid: fan(0), high: fan(1.645) },
    bandName: n === 0 ? "" : NAMES[0]!,
    nRandom: 1000,
    period: nDays === 0 ? "no day" : `from 1 Jan 2024, ${Math.ceil(nDays / 30)} trade dates`,
  };
}

/** Made turnover of `n` methods in `nMonths` months, `level` at the middle. */
export function turnoverRows(n: number, nMonths: number, level = 0.4): TurnoverRow[] {
  return Array.from({ length: n }, (_, k) => {
    const random = randomStream(7, `turnover ${k}`);
    const middle = level * (0.5 + (k + 0.5) / n);
    return {
      key: `method_${k}`,
      name: NAMES[k] ?? `Method ${k}`,
      trades: Array.from({ length: nMonths }, (_, i) => ({
        day: monthStart(START, i),
        turnover: Math.min(middle * (0.6 + 0.8 * random()) + (random() < 0.05 ? 0.3 : 0), 1),
      })),
      costPerYear: 12 * middle * 0.03,
    };
  });
}

/** A made attribution over `n` baskets, `level` the typical size of a basket's part in points. */
export function attributionOf(n: number, level = 1, lift = -0.3): MethodAttribution {
  const normal = normalDraws(randomStream(7, `attribution ${n}`));
  const baskets = Array.from({ length: n }, (_, k): BasketChange => ({
    id: `basket_${k}`,
    name: THEMES[k % THEMES.length]!.name,
    nContracts: 30 + 7 * k,
    drift: level * (normal() + lift),
    resolution: level * (1.5 * normal() + lift),
    spread: -0.2 * level * Math.abs(normal()),
    fees: -0.1 * level * Math.abs(normal()),
    rolls: -0.05 * level * Math.abs(normal()),
    cash: 0,
  }));
  const sum = (part: (basket: BasketChange) => number) =>
    baskets.reduce((total, basket) => total + part(basket), 0);
  const parts = {
    drift: sum(({ drift }) => drift),
    resolution: sum(({ resolution }) => resolution),
    spread: sum(({ spread }) => spread),
    fees: sum(({ fees }) => fees),
    rolls: sum(({ rolls }) => rolls),
    cash: 0,
  };
  return {
    ...parts,
    method: "Hybrid, equal",
    change: Object.values(parts).reduce((total, part) => total + part, 0),
    nContracts: sum(({ nContracts }) => nContracts),
    nResolved: sum(({ nContracts }) => nContracts) >> 1,
    baskets,
    firstDay: START,
    lastDay: START + 799,
  };
}

/** The settings' turnover limits. */
export const LIMITS = { target: 0.3, unstable: 0.5 } as const;

/** The four charts over `n` methods or baskets and `nDays` days. */
export function backtestCharts(n: number, nDays: number, context: ChartContext): Figure[] {
  const navs = methodNavs(n, nDays);
  return [
    methodNavChart(navs, context),
    drawdownChart(navs, context),
    turnoverChart(turnoverRows(n, Math.floor(nDays / 30)), context, LIMITS),
    attributionChart(attributionOf(n), context),
  ];
}
