import { parseDay } from "lib/core/day.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import type { ChartContext } from "lib/charts/chart_context.ts";
import { type ExposureSigns, exposureSignsChart } from "lib/charts/exposure_signs.ts";
import {
  factorClusterEvidenceChart,
  type FactorClusterEvidenceView,
} from "lib/charts/factor_cluster_evidence.ts";
import {
  type FactorClusterProfiles,
  factorClusterProfilesChart,
} from "lib/charts/factor_cluster_profiles.ts";
import type { Figure } from "lib/charts/figure.ts";
import { EXPOSURE_FACTORS } from "lib/exposures/exposure_factors.ts";
import type { SignAgreement } from "lib/factors/exposure_signs.ts";
import { FACTOR_CLUSTER_METHODS } from "lib/factors/factor_clusters.ts";

const DAYS = { firstDay: parseDay("2024-01-02"), lastDay: parseDay("2026-02-27") };
const US = [
  ...[["SPY", "US equity"], ["TLT", "rates"], ["^TNX", "rates"], ["^IRX", "rates"]],
  ...[["DX-Y.NYB", "FX"], ["GLD", "commodities"], ["USO", "commodities"]],
  ...[["BTC-USD", "crypto"], ["^VIX", "volatility"]],
].map(([symbol, group]) => ({ symbol: symbol!, group: group! }));
const GROUPS = [
  ...["US equity", "global equity", "rates", "credit", "FX", "commodities", "crypto", "volatility"],
];
/** Factors of a group among 41. */
const COUNTS = [5, 12, 8, 3, 4, 6, 2, 1];

/** Forty-one factors, the ends of their names as long as they come. */
export const GLOBAL = GROUPS.flatMap((group, g) =>
  Array.from({ length: COUNTS[g]! }, (_, f) => ({
    symbol: f % 3 === 2 ? "FRED:HY_OAS" : f % 3 === 1 ? "GBPUSD=X" : `^F${g}${f}`,
    group,
  }))
);

/** Clusters of which every second loads on something where `lift` is above 0. */
export function profiles(n: number, lift: number, factors = US): FactorClusterProfiles {
  const normal = normalDraws(randomStream(5, `profiles ${n}`));
  return {
    ...DAYS,
    method: "k-means on shrunk loadings",
    unit: "log-odds",
    factors,
    clusters: Array.from({ length: n }, (_, k) => {
      const isTold = factors.map((_, f) => lift > 0 && k % 2 === 1 && f % n < 2);
      return {
        name: isTold.includes(true) ? "+SPY −^TNX +DX-Y.NYB" : "no common factor",
        size: k === 0 ? 700 : Math.max(120 - 5 * k, 1),
        means: factors.map((_, f) => isTold[f] ? 0.03 * lift * normal() : 0.002 * normal()),
        isDistinguishable: isTold,
      };
    }),
    nContracts: 1600,
    silhouette: lift > 0 ? 0.31 : 0.09,
    percentile: lift > 0 ? 1 : 0.6,
    nShifts: 40,
  };
}

/** The methods over their nulls, and agreement between half-years. */
export function clusterEvidence(n: number, lift: number): FactorClusterEvidenceView {
  return {
    methods: Array.from({ length: n }, (_, m) => {
      const listed = FACTOR_CLUSTER_METHODS[m % 6]!;
      const isNone = m % 6 === 4;
      const silhouette = isNone ? NaN : 0.5 - 0.06 * (m % 6) + 0.05 * lift;
      return {
        name: m < 6 ? listed.name : `${listed.name} with another distance ${m}`,
        method: listed.key,
        k: isNone ? 1 : 8,
        n: 1600,
        nContracts: 1600,
        silhouette,
        nullLow: isNone ? 0 : 0.47 - 0.06 * (m % 6),
        nullMid: isNone ? 0 : 0.5 - 0.06 * (m % 6),
        nullHigh: isNone ? 0 : 0.53 - 0.06 * (m % 6),
        nullPercentile: isNone ? NaN : lift > 0 ? 1 : 0.525,
        nShifts: 40,
        largestShare: isNone ? 1 : 0.69,
        nullLargestShare: isNone ? 0.98 : 0.64,
        largestDistance: 0.9,
        nullDistanceLow: 0.8,
        nullDistanceMid: 0.9,
        nullDistanceHigh: 1,
        distancePercentile: 0.5,
        seedAri: isNone ? NaN : 0.91,
        jaccard: isNone ? NaN : 0.55,
      };
    }),
    periods: Array.from({ length: Math.min(n, 20) }, (_, p) => ({
      method: "kmeans_shrunk",
      from: `${2023 + (p >> 1)} H${1 + p % 2}`,
      to: `${2023 + (p + 1 >> 1)} H${1 + (p + 1) % 2}`,
      nFrom: 500,
      nTo: 600,
      nBoth: p === 2 ? 0 : 140 + p,
      adjustedRand: p === 2 ? NaN : 0.01 + 0.3 * lift,
      nullLow: p === 2 ? NaN : -0.02,
      nullMid: p === 2 ? NaN : 0,
      nullHigh: p === 2 ? NaN : 0.03,
      percentile: p === 2 ? NaN : lift > 0 ? 1 : 0.6,
      pValue: p === 2 ? NaN : lift > 0 ? 0.001 : 0.4,
    })),
    periodMethod: "k-means on shrunk loadings",
    nContracts: 1600,
    nFactors: 9,
  };
}

/** Agreement of signs on `n` factors and all together. */
export function signs(n: number, lift: number): ExposureSigns {
  const row = (factor: SignAgreement["factor"], k: number): SignAgreement => {
    const isNone = k === 5, nEvents = isNone ? 0 : factor === "all" ? 210 : 90 - 12 * k;
    const share = isNone ? NaN : 0.52 + 0.01 * (k % 3) + 0.2 * lift - 0.03 * k * lift;
    const nRight = Math.round(0.6 * nEvents), nTied = Math.round(0.1 * nEvents);
    const counts = { nEvents, nContracts: 3 * nEvents, nRight, nTied };
    const half = isNone ? NaN : 0.98 / Math.sqrt(nEvents);
    const one = { share, low: share - half, high: Math.min(share + half, 1) };
    const noise = {
      ...{ low: 0.5 - half * 0.7, mid: 0.51, high: 0.5 + half * 0.8 },
      ...{ percentile: lift > 0 ? 1 : 0.6, pValue: lift > 0 ? 0.001 : 0.41, nDraws: 999 },
    };
    const unknown = {
      ...{ low: NaN, mid: NaN, high: NaN, percentile: NaN, pValue: NaN, nDraws: 0 },
    };
    return {
      factor,
      symbol: factor === "all" ? null : "DX-Y.NYB",
      equal: { ...one, ...counts },
      weighted: { ...one, ...counts },
      permuted: isNone ? unknown : noise,
      shifted: isNone || lift === 0 ? unknown : { ...noise, nDraws: 40, pValue: 0.024 },
      survivors: k % 2 === 0
        ? { share: NaN, low: NaN, high: NaN, nEvents: 0, nContracts: 0, nRight: 0, nTied: 0 }
        : { share: 0.75, low: 0.3, high: 0.95, nEvents: 4, nContracts: 6, nRight: 3, nTied: 1 },
      survivorsPermuted: unknown,
      rankCorrelation: isNone ? NaN : 0.04 + 0.3 * lift,
      rankPermuted: isNone ? unknown : noise,
    };
  };
  return {
    ...DAYS,
    falseDiscoveryRate: 0.05,
    nBuckets: 52,
    agreements: n === 0
      ? []
      : [...EXPOSURE_FACTORS.slice(0, Math.min(n, 7)).map(row), row("all", 0)],
  };
}

/** The charts of factor clusters and of signs. */
export function factorClusterCharts(n: number, lift: number, context: ChartContext): Figure[] {
  return [
    factorClusterProfilesChart(profiles(n, lift), context),
    factorClusterEvidenceChart(clusterEvidence(n, lift), context),
    exposureSignsChart(signs(n, lift), context),
  ];
}
