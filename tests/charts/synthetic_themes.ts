import type { ChartContext } from "lib/charts/chart_context.ts";
import {
  type CalibrationBin,
  type ConfidenceCalibration,
  confidenceCalibrationChart,
} from "lib/charts/confidence_calibration.ts";
import type { Figure } from "lib/charts/figure.ts";
import {
  type AgreementCell,
  type ThemeAgreement,
  themeAgreementChart,
} from "lib/charts/theme_agreement.ts";
import { confusionChart, type ThemeConfusion } from "lib/charts/theme_confusion.ts";
import {
  type DisagreementRow,
  type DisagreementTotals,
  themeDisagreementsChart,
} from "lib/charts/theme_disagreements.ts";
import type { ChartTheme } from "lib/charts/theme_hues.ts";
import { type ThemeSizeRow, themeSizesChart } from "lib/charts/theme_sizes.ts";
import { randomIndex, randomStream } from "lib/core/random.ts";

const LIST: readonly (readonly [string, string, string, string])[] = [
  ["us_elections", "US Elections & Partisan Politics", "US elections", "blue"],
  ["us_policy", "US Government, Courts & Policy", "US policy", "sky"],
  ["world_politics", "World Elections & Politics", "World politics", "plum"],
  ["middle_east", "Middle East", "Middle East", "red"],
  ["russia_ukraine", "Russia–Ukraine War", "Russia–Ukraine", "red"],
  ["china_asia", "China, Taiwan & East Asia", "China & Asia", "rose"],
  ["fed_rates", "Federal Reserve & Interest Rates", "Fed & rates", "green"],
  ["us_economy", "US Economy: Inflation, Jobs & GDP", "US economy", "green"],
  ["trade", "Trade & Tariffs", "Trade", "ochre"],
  ["crypto", "Crypto Assets", "Crypto", "ochre"],
  ["equities", "Companies & Stock Indices", "Companies", "sky"],
  ["commodities", "Energy & Commodities", "Commodities", "rose"],
  ["ai_tech", "AI & Technology", "AI & tech", "magenta"],
  ["climate_health", "Climate, Weather & Health", "Climate/health", "magenta"],
  ["sports", "Sports", "Sports", "plum"],
  ["entertainment", "Entertainment & Culture", "Entertainment", "magenta"],
  ["other", "Other", "Other", "rose"],
];

/** Seventeen themes, the last three of them excluded from baskets. */
export const THEMES: readonly ChartTheme[] = LIST.map(([id, name, short, hue], i) => ({
  id,
  name,
  short,
  hue,
  isExcluded: i >= 14,
}));

/** Sizes of the first `n` of the themes and of what no theme fits; `spread` decades apart. */
export function themeSizes(n: number, spread: number): ThemeSizeRow[] {
  const random = randomStream(7, `sizes ${n}`);
  const themes = [...THEMES.slice(0, n), ...(n > 1 ? [null] : [])];
  return themes.map((theme, i) => {
    const nContracts = Math.round(40 * 10 ** (spread * random())) *
      (theme?.id === "sports" ? 9 : 1);
    const nEvents = i % 5 === 3 ? 2 : Math.ceil(nContracts / (2 + randomIndex(random, 6)));
    return {
      theme,
      nEvents,
      nContracts,
      nPriced: Math.floor(nContracts * random()),
      meanConfidence: theme === null ? NaN : 0.6 + 0.35 * random(),
    };
  });
}

/** Clusters that mostly hold one theme each where `lift` is 1, and any theme where it is 0. */
export function themeAgreement(nClusters: number, lift: number): ThemeAgreement {
  const random = randomStream(7, `agreement ${nClusters} ${lift}`);
  const ids = [...THEMES.map(({ id }) => id), null];
  const cells = Array.from({ length: nClusters }, (_, clusterId): AgreementCell[] => {
    const clusterSize = 3 + randomIndex(random, 60);
    const own = randomIndex(random, 14);
    const counts = new Map<string | null, number>();
    for (let i = 0; i < clusterSize; ++i) {
      const at = random() < 0.6 * lift ? own : randomIndex(random, ids.length);
      counts.set(ids[at]!, (counts.get(ids[at]!) ?? 0) + 1);
    }
    const stability = clusterId % 9 === 4 ? NaN : 0.35 + 0.64 * random();
    return Array.from(counts, ([theme, n]) => ({
      clusterId,
      clusterLabel: `C${clusterId} ${
        ["Fed cuts 50 bps", "Iran strikes and Hormuz shipping", "Bitcoin"][clusterId % 3]
      }`,
      clusterSize,
      stability,
      theme,
      n,
      q: lift > 0 && theme === ids[own] ? 0.001 : 0.4,
    }));
  }).flat();
  const measure = (name: string, chance: number, value: number) => ({
    name,
    value,
    nullP05: chance - 0.02,
    nullMedian: chance,
    nullP95: chance + 0.025,
    percentile: lift > 0 ? 1 : 0.62,
    pValue: lift > 0 ? 0.001 : 0.38,
  });
  return {
    cells,
    themes: THEMES,
    measures: [
      measure("ARI", 0, 0.005 + 0.21 * lift),
      measure("AMI", 0.01, 0.012 + 0.3 * lift),
      measure("Purity", 0.34, 0.345 + 0.25 * lift),
      measure("Purity, classes balanced", 0.12, 0.125 + 0.3 * lift),
    ],
    witness: {
      text: `HDBSCAN, chosen in notebook 03 among 14, places ${20 * nClusters} of ${
        (lift > 0 ? 60 : 30) * nClusters
      } studied events`,
      ...{ nPlaced: 20 * nClusters, nStudied: (lift > 0 ? 60 : 30) * nClusters },
      unplacedValue: 0.05,
    },
  };
}

/** The Wilson interval of `k` right answers of `n`. */
export function wilson(k: number, n: number): { low: number; high: number } {
  const z = 1.959963984540054, p = k / n;
  const middle = (p + z * z / (2 * n)) / (1 + z * z / n);
  const half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return { low: Math.max(middle - half, 0), high: Math.min(middle + half, 1) };
}

/** Ten bins of confidence, right less often than said by `gap`; most events are sure. */
export function calibrationOf(nEvents: number, gap: number, deff = 1): ConfidenceCalibration {
  const weights = [0, 0, 1, 2, 2, 6, 9, 16, 30, 60];
  const bins = weights.map((weight, i): CalibrationBin => {
    const from = i / 10, to = (i + 1) / 10, meanConfidence = from + 0.056;
    const n = Math.round(nEvents * weight / 126);
    if (n === 0) {
      const nothing = { meanConfidence: NaN, accuracy: NaN, low: NaN, high: NaN };
      return { from, to, n, effectiveN: 0, ...nothing };
    }
    const right = Math.round(n * Math.max(meanConfidence - gap, 0));
    const bin = { from, to, n, effectiveN: n / deff, meanConfidence, accuracy: right / n };
    return { ...bin, ...wilson(right / deff, n / deff) };
  });
  const filled = bins.filter(({ n }) => n > 0);
  const n = filled.reduce((sum, bin) => sum + bin.n, 0);
  const right = filled.reduce((sum, bin) => sum + bin.n * bin.accuracy, 0);
  const { low, high } = n === 0 ? { low: NaN, high: NaN } : wilson(right / deff, n / deff);
  return {
    bins,
    n,
    ece: filled.reduce((sum, b) => sum + b.n / n * Math.abs(b.accuracy - b.meanConfidence), 0),
    accuracy: right / n,
    accuracyLow: low,
    accuracyHigh: high,
    nWordings: Math.ceil(n / 4),
    classifier: "lexical classifier",
    labels: "planted themes of the simulated universe",
  };
}

const TITLES = [
  "Will the Fed cut rates by 50 bps or more after the March 2026 meeting?",
  "Iran strikes by 28 February?",
  "Bitcoin above $150,000 on 31 December?",
  "Will “Ne Zha 2” gross more than $2.2B worldwide, and be the highest grossing film of the year by the end of the season?",
];

/** Disagreements in the order of `n` rows; statistics decide some where `lift` is 1. */
export function disagreements(n: number, lift: number): DisagreementRow[] {
  const random = randomStream(7, `disagreements ${n}`);
  return Array.from({ length: n }, (_, i): DisagreementRow => {
    const q = random() ** 4, stability = i % 6 === 5 ? NaN : 0.3 + 0.69 * random();
    const words = THEMES[randomIndex(random, 17)]!;
    const other = THEMES[randomIndex(random, 14)]!;
    return {
      title: TITLES[i % TITLES.length]!,
      wordsTheme: words,
      confidence: i % 7 === 6 ? NaN : 0.4 + 0.55 * random(),
      clusterTheme: i % 8 === 5 || other === words ? null : other,
      clusterLabel: `C${i} Strait of Hormuz shipping`,
      share: 0.4 + 0.6 * random(),
      nOthers: 3 + randomIndex(random, 40),
      q,
      stability,
      rule: lift > 0 && stability >= 0.75 && q <= 0.05
        ? "statistics"
        : i % 4 === 1
        ? "words"
        : "review",
    };
  });
}

/** What {@link disagreements} adds up to, of six times as many events. */
export function disagreementTotals(rows: readonly DisagreementRow[]): DisagreementTotals {
  const of = (rule: DisagreementRow["rule"]) => rows.filter((row) => row.rule === rule).length;
  return {
    nBoth: 6 * rows.length,
    nDisagree: rows.length,
    nOverridden: of("statistics"),
    nReview: of("review"),
    ...{ nNamed: 0, nSilentReview: 0 },
  };
}

/** The first `n` themes against ours; `hit` of each theme's events are found. */
export function confusionOf(n: number, hit: number): ThemeConfusion {
  const random = randomStream(7, `confusion ${n} ${hit}`);
  const reference = THEMES.slice(0, n);
  const ours = [...reference, null];
  const counts = reference.map((theme, row) => {
    const counts = new Array<number>(ours.length).fill(0);
    const size = theme.id === "trade"
      ? 0
      : theme.id === "sports"
      ? 4200
      : 5 + randomIndex(random, 300);
    for (let i = 0; i < size; ++i) {
      // errors fall on few other themes
      const other = Math.floor(ours.length * random() ** 3);
      ++counts[random() < hit ? row : other]!;
    }
    return counts;
  });
  const total = counts.flat().reduce((a, b) => a + b, 0);
  const right = counts.reduce((sum, row, i) => sum + row[i]!, 0);
  const { low, high } = total === 0 ? { low: NaN, high: NaN } : wilson(right, total);
  return {
    reference,
    ours,
    counts,
    accuracy: right / total,
    accuracyLow: low,
    accuracyHigh: high,
    macroF1: 0.77 * hit,
    ...{ nWordings: Math.ceil(total / 4), effectiveN: total },
    classifier: "lexical classifier",
    labels: "reference labels",
  };
}

/** The five charts of themes at one size: 0 nothing, 1 one row, up to 120 clusters. */
export function themeCharts(size: number, lift: number, context: ChartContext): Figure[] {
  const rows = disagreements(size, lift);
  return [
    themeSizesChart(themeSizes(Math.min(size, 17), 1 + 2 * lift), context),
    themeAgreementChart(themeAgreement(size, lift), context),
    confidenceCalibrationChart(calibrationOf(60 * size, 0.09 * (1 - lift)), context),
    themeDisagreementsChart(rows, disagreementTotals(rows), context),
    confusionChart(confusionOf(Math.min(size, 17), 0.1 + 0.75 * lift), context),
  ];
}
