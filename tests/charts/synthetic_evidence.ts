import type { ChartContext } from "lib/charts/chart_context.ts";
import type { Figure } from "lib/charts/figure.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { clusterCountChart, type ClusterCountCurve } from "lib/charts/cluster_count.ts";
import { representationChart, type RepresentationRow } from "lib/charts/correlation_null.ts";
import { correlationSpreadChart } from "lib/charts/correlation_spread.ts";
import type { CorrelationSpread } from "lib/stats/correlation_spread.ts";
import { methodComparisonChart, type MethodRow } from "lib/charts/method_comparison.ts";
import { persistenceChart, type PersistenceRow } from "lib/charts/persistence.ts";
import { recoveryChart, type RecoveryRow } from "lib/charts/recovery.ts";

/** Draws around `mean`, as a null's replicates are. */
export function draws(name: string, n: number, mean: number, sd: number): Float64Array {
  const normal = normalDraws(randomStream(7, name));
  return Float64Array.from({ length: n }, () => mean + sd * normal());
}

const UNITS = ["point changes", "log-odds moves"];

/** Ways of measuring moves; `lift` above their nulls, falling from row to row. */
export function representations(n: number, lift: number): RepresentationRow[] {
  return Array.from({ length: n }, (_, i) => {
    const base = 0.118 + 0.004 * (i % 5);
    return {
      name: `${1 + i % 7}-day ${UNITS[i % 2]}${i % 3 === 2 ? ", traded days only" : ""}`,
      nPairs: 21_840 - 1_311 * (i % 9),
      meanAbs: base + lift / (1 + i),
      nullMeanAbs: draws(`mean ${i}`, 49, base, 0.0012),
      upper: 0.36 + 0.01 * (i % 5) + 4 * lift / (1 + i),
      nullUpper: draws(`upper ${i}`, 49, 0.36 + 0.01 * (i % 5), 0.004),
      significantShare: 0.004 + lift / (1 + i),
      nullSignificantShare: 0.003,
    };
  });
}

/** A spread of correlations in 40 bins; `lift` times as many pairs in the tails as in the null. */
export function spreadOf(nPairs: number, lift: number, tail = 0.5): CorrelationSpread {
  const edges = Float64Array.from({ length: 41 }, (_, i) => -1 + i / 20);
  const mid = Array.from({ length: 40 }, (_, i) => {
    const rho = -0.975 + i / 20;
    return Math.round(0.05 * nPairs / (0.15 * 2.507) * Math.exp(-((rho / 0.15) ** 2) / 2));
  });
  const count = mid.map((n, i) => {
    const rho = Math.abs(-0.975 + i / 20);
    return Math.round(rho < 0.3 ? n : n * lift + (lift > 1 ? nPairs * 0.004 * (1 - rho) : 0));
  });
  const nTail = count.reduce((sum, n, i) => sum + (Math.abs(edges[i]! + 0.025) > tail ? n : 0), 0);
  const nNull = mid.reduce((sum, n, i) => sum + (Math.abs(edges[i]! + 0.025) > tail ? n : 0), 0);
  return {
    edges,
    count: Float64Array.from(count),
    nullLow: Float64Array.from(mid, (n) => Math.max(0, Math.round(n - 1.5 * Math.sqrt(n) - 1))),
    nullMid: Float64Array.from(mid),
    nullHigh: Float64Array.from(mid, (n) => Math.round(n + 1.5 * Math.sqrt(n) + 1)),
    tail,
    nTail,
    nullTail: draws("tail", 49, nNull, 1 + Math.sqrt(nNull)).map((n) => Math.max(0, Math.round(n))),
    nPairs,
    what: "2-day log-odds moves of 210 markets, 4 Aug 2024 – 1 Nov 2024",
  };
}

const WAYS = [
  "2-day log-odds moves",
  "1-day point changes",
  "5-day log-odds moves, traded days only",
];

/** Windows of 90 days that follow one another every 30 days; `lift` above the null. */
export function persistenceRows(nWays: number, nWindows: number, lift: number): PersistenceRow[] {
  const normal = normalDraws(randomStream(7, "persistence"));
  return Array.from(
    { length: nWays },
    (_, way) =>
      Array.from({ length: nWindows }, (_, w): PersistenceRow => {
        const boundaryDay = 19_800 + 30 * w;
        const correlation = lift / (1 + way) * (1 + 0.4 * Math.sin(w)) + 0.03 * normal();
        const missing = w === 3 && nWindows > 6;
        return {
          representation: WAYS[way] ?? `Way ${way}`,
          fromDay: boundaryDay - 90,
          boundaryDay,
          toDay: boundaryDay + 89,
          nItems: 70 + 7 * (w % 8),
          nPairs: 2_400 + 310 * (w % 8),
          correlation: missing ? NaN : correlation,
          ciLow: missing ? NaN : correlation - 0.05,
          ciHigh: missing ? NaN : correlation + 0.05,
          nullLow: missing ? NaN : -0.04,
          nullHigh: missing ? NaN : 0.045,
          percentile: missing ? NaN : correlation > 0.045 ? 1 : 0.6,
          studied: w > 0 && w === nWindows - 1,
          isWorking: way === 0,
        };
      }),
  ).flat();
}

/** Silhouettes falling in k from `best`, over a null around 0.06; the gap is largest at 8. */
export function countCurve(best: number, ks = 29): ClusterCountCurve {
  const k = Int32Array.from({ length: ks }, (_, i) => 2 + i);
  const nullMid = Float64Array.from(k, (n) => 0.045 + 0.08 / n);
  const silhouette = Float64Array.from(k, (n) => best * Math.exp(-(((n - 8) / 12) ** 2)));
  const chosen = best > 0.1 ? Math.min(8, k.at(-1) ?? 0) : null;
  return {
    k,
    silhouette,
    nullLow: nullMid.map((x) => x - 0.012),
    nullMid,
    nullHigh: nullMid.map((x) => x + 0.014),
    gap: Float64Array.from(k, (n) => 0.3 - 0.0012 * (n - 8) ** 2),
    gapError: Float64Array.from(k, (n) => 0.01 + 0.0004 * n),
    chosen,
    chosenSilhouette: silhouette[k.indexOf(chosen ?? 0)] ?? NaN,
    chosenPercentile: chosen === null ? NaN : 1,
    unboundedK: best > 0.1 ? 8 : 1,
    rule: best > 0.1 ? "smallest k within one error of the next gap" : "none beats its null",
    bestSilhouetteK: Math.min(8, k.at(-1) ?? 0),
    bestPercentile: best > 0.1 ? 1 : 31 / 49,
    nShifts: 49,
    targetSilhouette: 0.3,
  };
}

const METHODS = [
  "Ward on √(2(1 − ρ))",
  "Average linkage on 1 − |ρ|",
  "k-means on log-odds moves",
  "Louvain on significant pairs",
  "Themes of the taxonomy",
  "Spectral on the shrunk matrix",
];

/** Methods whose coherence falls from `best`; every seventh is not measured. */
export function methodRows(n: number, best: number): MethodRow[] {
  return Array.from({ length: n }, (_, i): MethodRow => {
    const missing = i % 7 === 6;
    const coherence = missing ? NaN : best / (1 + 0.6 * i) - 0.003 * i;
    const stands = coherence > 0.04;
    return {
      method: `m${i}`,
      name: METHODS[i] ?? `Method ${i} with another distance and another linkage`,
      nClusters: 6 + i % 9,
      nPlaced: 120 - 5 * (i % 6),
      nItems: 120,
      silhouette: missing ? NaN : 0.11 - 0.002 * i,
      silhouettePercentile: missing ? NaN : 0.98 - 0.02 * (i % 20),
      stability: missing ? NaN : 0.72 - 0.01 * i,
      stabilityNull: missing ? NaN : 0.17 + 0.01 * (i % 4),
      coherence,
      coherenceLow: coherence - 0.03,
      coherenceHigh: coherence + 0.03,
      nullLow: missing ? NaN : -0.015,
      nullHigh: missing ? NaN : 0.022,
      nullMid: missing ? NaN : 0.002,
      percentile: missing ? NaN : stands ? 1 : 0.71,
      nAbove: missing ? 0 : stands ? 8 - i % 8 : 1,
      nTrials: missing ? 0 : 8 + 2 * (i % 3),
      adjustedP: missing ? NaN : stands ? 0.02 + 0.001 * i : 1,
      verdict: missing ? "not measured" : stands ? "better than noise" : "not better than noise",
    };
  });
}

/** Methods on planted clusters over `nLevels` levels of noise. */
export function recoveryRows(n: number, nLevels: number, best: number): RecoveryRow[] {
  return Array.from(
    { length: n },
    (_, i) =>
      Array.from({ length: nLevels }, (_, level): RecoveryRow => {
        const ari = best / (1 + 0.25 * i) * (1 - level / (nLevels + 0.5));
        const missing = i === 2 && level === nLevels - 1;
        return {
          method: METHODS[i] ?? `Method ${i} with another distance`,
          noise: `${20 * (level + 1)}% of days stale`,
          noiseOrder: level,
          ari: missing ? NaN : ari,
          low: missing ? NaN : ari - 0.06,
          high: missing ? NaN : Math.min(ari + 0.05, 1),
        };
      }),
  ).flat();
}

/** The six charts of evidence at one size: 0 nothing, 1 one row, up to 40 rows and more. */
export function evidenceCharts(size: number, lift: number, context: ChartContext): Figure[] {
  return [
    representationChart(
      representations(size, 0.03 * lift),
      context,
      size % 2 === 0 ? { fairMargin: 0.04 } : {},
    ),
    correlationSpreadChart(spreadOf(size === 0 ? 0 : 2_000 * size, 1 + 2 * lift), context),
    persistenceChart(persistenceRows(Math.min(size, 3), Math.min(size, 30), 0.25 * lift), context),
    clusterCountChart(countCurve(0.05 + 0.2 * lift, size), context),
    methodComparisonChart(methodRows(size, 0.02 + 0.1 * lift), context),
    recoveryChart(recoveryRows(size, Math.min(size, 5), 0.04 + 0.9 * lift), context),
  ];
}
