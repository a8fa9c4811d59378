import type { BasketCorrelations } from "lib/charts/basket_correlation.ts";
import { basketCorrelationChart } from "lib/charts/basket_correlation.ts";
import { type BasketWeights, basketWeightsChart } from "lib/charts/basket_weights.ts";
import type { BasketCard, CardContract } from "lib/charts/composition_card.ts";
import { type Composition, compositionCardsChart } from "lib/charts/composition_cards.ts";
import type { ChartContext } from "lib/charts/chart_context.ts";
import { eligibilityFunnelChart, type EligibilityHistory } from "lib/charts/eligibility_funnel.ts";
import type { Figure } from "lib/charts/figure.ts";
import {
  type MethodEvidence,
  methodEvidenceChart,
  type MethodEvidenceRow,
} from "lib/charts/method_evidence.ts";
import { monthStart, parseDay } from "lib/core/day.ts";
import { normalDraws, randomIndex, randomStream } from "lib/core/random.ts";
import { METHODS } from "lib/decide/method_list.ts";
import { THEMES } from "./synthetic_themes.ts";

const START = parseDay("2024-01-01");

/** First days of `n` months. */
export function months(n: number): number[] {
  return Array.from({ length: n }, (_, k) => monthStart(START, k));
}

/** Theme `k` as a chart of baskets reads it; of more than 14 the last are numbered. */
export function basket(k: number): { id: string; name: string; hue: string | null } {
  const theme = THEMES[k];
  return theme === undefined || k >= 14
    ? { id: `cluster_${k}`, name: `C${k} Strait of Hormuz shipping`, hue: null }
    : { id: theme.id, name: theme.name, hue: theme.hue };
}

/** A sleeve of `n` themes over `nDates` months, each held at about two of three dates. */
export function sleeveWeights(n: number, nDates = 26): BasketWeights {
  const random = randomStream(7, `weights ${n}`);
  const days = months(nDates);
  const held = days.map((_, i) => Array.from({ length: n }, () => i > 0 && random() < 0.64));
  return {
    name: "Hybrid, equal",
    noun: "theme",
    days,
    bands: Array.from({ length: n }, (_, k) => ({
      ...basket(k),
      weights: days.map((_, i) => held[i]![k] ? (0.6 + 0.36 * random()) / n * 1.04 : 0),
    })),
    kind: "traded",
  };
}

/** Correlations of `n` baskets around `level`; a tenth of the pairs is unknown. */
export function correlations(n: number, level: number): BasketCorrelations {
  const random = randomStream(7, `correlations ${n}`), normal = normalDraws(random);
  const baskets = Array.from({ length: n }, (_, k) => basket(k));
  const pairs = baskets.flatMap((a, i) =>
    baskets.slice(0, i).map((b) => {
      const nDays = randomIndex(random, 780), rho = level + 0.12 * normal();
      return {
        ...{ a: a.id, b: b.id, nDays },
        rho: nDays < 60 ? NaN : Math.min(Math.max(rho, -1), 1),
      };
    })
  );
  const known = pairs.filter(({ rho }) => !Number.isNaN(rho));
  const mean = known.reduce((sum, { rho }) => sum + rho, 0) / known.length;
  return {
    name: "Hybrid, equal",
    ...{ baskets, pairs, meanLow: mean - 0.08, meanHigh: mean + 0.09 },
    ...{ span: "weekly", firstDay: START, lastDay: START + 780 },
  };
}

const TITLES = [
  "Will the Fed cut rates by 50 bps or more after the March 2026 meeting?",
  "Iran strikes by 28 February?",
  "Bitcoin above $150,000 on 31 December?",
  "Will “Ne Zha 2” gross more than $2.2B worldwide, and be the highest grossing film of the year by the end of the season?",
  "Russia x Ukraine ceasefire in 2026?",
];

/** `n` baskets, every fifth of them all cash, of 5 to 17 contracts each. */
export function composition(n: number): Composition {
  const random = randomStream(7, `composition ${n}`);
  const baskets = Array.from({ length: n }, (_, k): BasketCard => {
    const size = k % 5 === 3 ? 0 : 5 + randomIndex(random, 13);
    const raw = Array.from({ length: size }, () => 0.3 + random());
    const total = raw.reduce((a, b) => a + b, 0) / 0.9;
    const contracts = raw.map((weight, j): CardContract => ({
      marketId: `poly:${k}_${j}`,
      title: TITLES[(k + j) % TITLES.length]!,
      side: random() < 0.5 ? "yes" : "no",
      weight: weight / total,
      sidePrice: j % 7 === 6 ? NaN : Math.round(50 + 900 * random()) / 1000,
      isCarried: (k + j) % 11 === 4,
      endsOn: j % 6 === 5 ? null : START + 800 + randomIndex(random, 400),
    }));
    const invested = contracts.reduce((sum, { weight }) => sum + weight, 0);
    return {
      ...basket(k),
      contracts,
      cash: size === 0 ? 1 : 1 - invested,
      effectiveNumber: size === 0
        ? NaN
        : invested ** 2 / contracts.reduce((sum, { weight }) => sum + weight ** 2, 0),
      reason: size === 0 ? "3 eligible contracts, 5 are needed" : "",
    };
  });
  return { name: "Hybrid, equal", tradedOn: parseDay("2026-02-01"), baskets };
}

/** `n` methods around cash less costs; the first ones are good where `lift` is 1. */
export function methodEvidence(n: number, lift: number): MethodEvidence {
  const random = randomStream(7, `methods ${n}`), normal = normalDraws(random);
  const methods = Array.from({ length: n }, (_, k): MethodEvidenceRow => {
    const value = -0.06 + 0.05 * normal() + (k % 5 === 0 ? 0.35 * lift : 0);
    const half = 0.12 + 0.05 * random(), isMissing = k % 8 === 7;
    return {
      key: METHODS[k]?.key ?? `method_${k}`,
      name: METHODS[k]?.name ?? `Method ${k}`,
      annualReturn: isMissing ? NaN : value,
      returnLow: value - half,
      returnHigh: value + 1.2 * half,
      randomLow: -0.16,
      randomMid: -0.05,
      randomHigh: 0.07,
      percentile: isMissing ? NaN : Math.min(Math.max((value + 0.17) / 0.25, 0), 1),
      percentileGross: isMissing ? NaN : Math.min(Math.max((value + 0.3) / 0.45, 0), 1),
      sharpe: isMissing ? NaN : value * 5,
      sharpeLow: value * 5 - 1.1,
      sharpeHigh: value * 5 + 1.2,
      deflatedSharpe: isMissing ? NaN : value > 0.3 ? 0.97 : Math.max(0.5 + value, 0.004),
      annualTurnover: 4 + 9 * random(),
      grossPoints: 20 + 30 * normal(),
      resolutionPoints: k % 6 === 5 ? NaN : 8 + 20 * normal(),
    };
  });
  return {
    methods,
    ...{ cashReturn: 0.047, cashName: "T-bills", nTrials: Math.max(n, 12), nRandom: 1000 },
    ...{ overfitting: 0.54, firstDay: START, lastDay: START + 780 },
  };
}

const STEPS = [
  ["Active", "active", 1, 0],
  ["14 days to the end", "filter", 0.8, 0],
  ["$10,000 traded in all", "filter", 0.97, 0.95],
  ["$500 a day, last 7 days", "filter", 0.99, 0.95],
  ["$1,000 in the book", "filter", 1, 0.3],
  ["14 days of history", "filter", 0.5, 0],
  ["Price in 5 to 95 ¢", "filter", 0.6, 0],
  ["Not stale", "filter", 0.9, 0],
  ["One an event", "event", 0.55, 0],
  ["Held", "held", 0.7, 0],
] as const;

/** Decisions of `n` months with up to `most` active contracts. */
export function eligibility(n: number, most: number): EligibilityHistory {
  const random = randomStream(7, `eligibility ${n}`);
  let left = Array.from(
    { length: n },
    (_, i) => Math.round(most * (0.3 + 0.7 * (i + 1) / n) * (0.9 + 0.1 * random())),
  );
  return {
    days: months(n).map((day) => day - 1),
    steps: STEPS.map(([name, kind, share, unknown]) => {
      left = left.map((count) => Math.floor(count * share));
      return {
        ...{ name, kind, nLeft: left },
        nUnknown: left.map((count) => Math.floor(count * unknown)),
      };
    }),
  };
}

/** The five charts at one size: 0 nothing, 1 one thing, up to 30 baskets and methods. */
export function basketCharts(size: number, lift: number, context: ChartContext): Figure[] {
  const nDates = size === 0 ? 0 : size === 1 ? 1 : size === 30 ? 250 : 26;
  return [
    basketWeightsChart(sleeveWeights(size, nDates), context),
    basketCorrelationChart(correlations(size, 0.4 * (1 - lift)), context),
    compositionCardsChart(composition(size), context),
    methodEvidenceChart(methodEvidence(size, lift), context),
    eligibilityFunnelChart(eligibility(nDates, 41 * size * size), context),
  ];
}
