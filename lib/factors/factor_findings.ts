import { type Finding, findingList } from "../core/finding_list.ts";
import { markdownLiteral } from "../core/markdown_literal.ts";
import { nullQuantiles } from "../core/null_percentile.ts";
import { countOf, countText, fixedText, shareText } from "../core/number_text.ts";
import type { SignAgreement } from "./exposure_signs.ts";
import type { FactorBlock } from "./factor_block.ts";
import type { ClusterBlob } from "./factor_cluster_blob.ts";
import type { FactorClusterStudy } from "./factor_cluster_study.ts";
import type { PeriodAgreement } from "./factor_cluster_time.ts";
import { FACTOR_CLUSTER_METHODS, type FactorClusterMethod } from "./factor_clusters.ts";
import type { FitEvidence } from "./fit_evidence.ts";
import { fitLine, stabilityLine, themeLine, type ThemeNames } from "./fit_lines.ts";
import type { LoadingDiscoveries } from "./loading_discoveries.ts";
import type { LoadingStability } from "./loading_stability.ts";
import type { MoveComponents } from "./move_components.ts";
import type { ThemeCausality } from "./theme_causality.ts";
import type { ThemeFits } from "./theme_fits.ts";

/** What notebook 06 has found out of factors, as far as the closing words need it. */
export interface FactorStudy {
  /** Name of the large set: "41 global factors". */
  readonly set: string;
  /** The first engine's fit, and the one whose penalty time order chose. */
  readonly seed: FitEvidence;
  readonly ours: FitEvidence;
  /** For whom our fit is more than noise. */
  readonly themeFits: ThemeFits;
  readonly block: FactorBlock;
  readonly loadings: LoadingDiscoveries;
  /** Loadings that stand in each set of turned moves. */
  readonly turnedDiscoveries: Float64Array;
  readonly stability: LoadingStability;
  readonly clusters: FactorClusterStudy;
  readonly periods: readonly PeriodAgreement[];
  readonly signs: readonly SignAgreement[];
  /** Contracts on buckets with two ends, left out of the signs. */
  readonly nBuckets: number;
  readonly components: MoveComponents;
  readonly causality: readonly ThemeCausality[];
  readonly rate: number;
  /** Name of a theme; its id by default. */
  readonly nameOfTheme?: ThemeNames;
}

/** Times as large from which errors outside the largest cluster are what stands out there. */
const MUCH_LARGER = 1.5;

/** The findings on factors as a Markdown list, every number and verdict computed. */
export function factorFindings(study: FactorStudy): string {
  if (study.seed.nContracts === 0) {
    return findingList([[
      "**No contract could be fitted.** The source has no factors, or no contract with enough " +
      "sessions on their days.",
      "06_fits",
    ]]);
  }
  return findingList([
    [fitLine(study), "06_fits"],
    [themeLine(study.themeFits, { rate: study.rate, nameOf: study.nameOfTheme }), "06_theme_fits"],
    [blockLine(study), "06_factors"],
    [loadingLine(study), "06_loadings"],
    [stabilityLine(study.stability, { nameOf: study.nameOfTheme }), "06_loading_stability"],
    ...study.clusters.set.marketIds.length === 0 ? [] : [
      [clusterLine(study), "06_factor_cluster_evidence"] satisfies Finding,
      [blobLine(study), "06_factor_clusters", "06_factor_cluster_evidence"] satisfies Finding,
      [periodLine(study), "06_factor_periods"] satisfies Finding,
    ],
    [signLine(study), "06_semantic_exposures"],
    [componentLine(study), "06_components"],
    [causalityLine(study), "06_causality"],
  ]);
}

function blockLine({ set, block }: FactorStudy): string {
  const largest = block.vif.reduce((most, vif) => Math.max(most, vif), 0);
  return `**Near copies.** Of ${set} there are ${
    fixedText(block.participationRank, 1)
  } different ` +
    `ones by the participation ratio (${
      fixedText(block.entropyRank, 1)
    } by entropy): the condition ` +
    `number is ${sizeText(block.condition)}, the largest variance inflation ${sizeText(largest)}.`;
}

function sizeText(size: number): string {
  return size === Infinity ? "infinite" : countText(size);
}

function loadingLine({ loadings, turnedDiscoveries, rate }: FactorStudy): string {
  const { nTests, nLoadings, nContracts, nContractsTested, nEvents, nEventsTested } = loadings;
  if (nTests === 0) {
    return "**Loadings.** No contract has enough sessions for least squares on the US factors.";
  }
  const [mid, high] = nullQuantiles(turnedDiscoveries, [0.5, 0.95]);
  return `**Loadings.** ${countText(nLoadings)} of ${
    countOf(nTests, "loading")
  } on the US factors ` +
    `${nLoadings === 1 ? "stands" : "stand"} at a false discovery rate of ${shareText(rate)}, in ${
      countText(nContracts)
    } of ` +
    `${countOf(nContractsTested, "contract")} and ${countText(nEvents)} of ` +
    `${countOf(nEventsTested, "event")}; turned moves give ${countText(mid!)} (up to ${
      countText(high!)
    } in 19 of 20 turns).`;
}

function clusterLine({ clusters: { evidence } }: FactorStudy): string {
  const seed = evidence[0]!;
  const divided = evidence.filter(({ silhouette }) => !Number.isNaN(silhouette));
  if (divided.length === 0) {
    return "**Factor clusters.** No method divides the contracts by their loadings.";
  }
  const beyond = divided.filter((one) => one.nullPercentile > 0.95);
  const lead = `**Factor clusters.** The seed's k-means on loadings has a silhouette of ` +
    `${fixedText(seed.silhouette, 2)}; loadings of turned moves give ${
      fixedText(seed.nullLow, 2)
    } to ${fixedText(seed.nullHigh, 2)}.`;
  if (beyond.length === 0) {
    return `${lead} None of ${
      countOf(divided.length, "method")
    } that divide the contracts at all ` +
      `separates them better than it separates noise.`;
  }
  const names = beyond.map((one) => `${nameOf(one.method)} (${fixedText(one.silhouette, 2)})`)
    .join("; ");
  return `${lead} ${countText(beyond.length)} of ${countOf(divided.length, "method")} ${
    beyond.length === 1 ? "is" : "are"
  } above 95% of the turns: ${names}.`;
}

function blobLine({ clusters: { blobs, evidence } }: FactorStudy): string {
  const [blob, seed] = [blobs[0]!, evidence[0]!];
  const noise = blob.percentile > 0.95
    ? "farther from zero than noise"
    : "no farther from zero than noise";
  return `**The idiosyncratic blob.** The seed's largest cluster holds ` +
    `${shareText(blob.share)} of the contracts; with turned moves it holds ` +
    `${shareText(seed.nullLargestShare)}. Its loadings lie ${
      fixedText(blob.distance, 2)
    } errors from ` +
    `zero, ${noise} (${fixedText(blob.nullLow, 2)} to ${fixedText(blob.nullHigh, 2)}). ${
      outsideText(blob)
    }`;
}

/** How well the contracts outside the largest cluster are known, beside those inside. */
function outsideText({ share, errorInside, errorOutside }: ClusterBlob): string {
  if (share === 1) return "No contract is outside.";
  const times = errorOutside / errorInside;
  const verdict = times >= MUCH_LARGER
    ? ": what stands out there is mostly how badly it is known"
    : "";
  return `Contracts outside have errors ${fixedText(times, 1)} times as large${verdict}.`;
}

function periodLine({ periods }: FactorStudy): string {
  const known = periods.filter((one) => !Number.isNaN(one.adjustedRand));
  if (known.length === 0) {
    return "**Clusters through time.** No two neighbouring half-years share enough contracts.";
  }
  const beyond = known.filter((one) => one.pValue <= 0.05);
  const most = known.reduce((a, b) => b.adjustedRand > a.adjustedRand ? b : a);
  return `**Clusters through time.** From one half-year to the next, ${
    countText(beyond.length)
  } of ${countOf(known.length, "comparison")} of all methods agree beyond chance at 5% each; the ` +
    `highest adjusted Rand index is ${fixedText(most.adjustedRand, 2)} (${nameOf(most.method)}, ` +
    `${most.from} to ${most.to}, p ${fixedText(most.pValue)}).`;
}

function signLine({ signs, nBuckets }: FactorStudy): string {
  const all = signs.find(({ factor }) => factor === "all");
  if (all === undefined || all.equal.nEvents === 0) {
    return "**Words and loadings.** No contract has both a score by words and a loading.";
  }
  const { equal, permuted } = all;
  const verdict = permuted.pValue <= 0.05 ? "more than chance" : "no more than chance";
  const single = signs.filter((one) => one.factor !== "all" && one.permuted.pValue <= 0.05)
    .map(({ factor, equal: own }) => `${factor} ${shareText(own.share)}`).join(", ");
  const { nEvents, nRight, nTied } = equal;
  return `**Words and loadings.** On average over ${countOf(nEvents, "event")}, ` +
    `${shareText(equal.share)} (${shareText(equal.low)} to ${
      shareText(equal.high)
    }) of an event’s ` +
    `pairs of a contract and a factor load with the sign that words say, ${verdict}: with the words ` +
    `dealt out to other events it is ${shareText(permuted.mid)} (p ${
      fixedText(permuted.pValue)
    }). ` +
    `Most pairs are right in ${countOf(nRight, "event")}, as many as not in ` +
    `${countText(nTied)}, fewer in ${countText(nEvents - nRight - nTied)}. ` +
    `${countOf(nBuckets, "contract")} on buckets with two ends ${
      nBuckets === 1 ? "is" : "are"
    } left out, as a number passes through them both ways.` +
    (single === "" ? "" : ` By itself beyond chance at 5% each: ${single}.`);
}

function componentLine({ components }: FactorStudy): string {
  const { nAbove, nAboveTurned, nMarkets, nDays, effectiveBets, nullEffectiveBets } = components;
  if (components.components.length === 0) {
    return "**Components.** Too few contracts have moves on the same sessions.";
  }
  const [low] = nullQuantiles(nullEffectiveBets, [0.05]);
  return `**Components.** ${countOf(nAbove, "component")} of the moves of ` +
    `${countOf(nMarkets, "event")} over ${countOf(nDays, "session")} ${
      nAbove === 1 ? "is" : "are"
    } above parallel analysis (${countText(nAboveTurned)} if busy days that all share are not ` +
    `allowed for). They are as many as ${
      fixedText(effectiveBets, 1)
    } independent contracts, where ` +
    `independent ones would show ${fixedText(low!, 1)} or more.`;
}

function causalityLine({ causality, rate, nameOfTheme = (id) => id }: FactorStudy): string {
  const tests = causality.filter(({ pValue }) => !Number.isNaN(pValue));
  if (tests.length === 0) return "**Lead and lag.** No theme has enough sessions to be tested.";
  const nominal = tests.filter(({ pValue }) => pValue < 0.05);
  const turned = tests.filter(({ shiftPValue }) => shiftPValue <= 0.05);
  const standing = tests.filter(({ qValue }) => qValue <= rate);
  const named = standing.slice(0, 3)
    .map(({ theme, symbol, direction }) =>
      `${markdownLiteral(nameOfTheme(theme))} and ${markdownLiteral(symbol)} (${direction})`
    ).join("; ");
  return `**Lead and lag.** Of ${
    countOf(tests.length, "Granger test")
  } between themes and assets, ` +
    `${countText(nominal.length)} ${nominal.length === 1 ? "is" : "are"} below 5% by F and ` +
    `${countText(turned.length)} by turned leaders, where noise gives ${
      (0.05 * tests.length).toFixed(1)
    }; ${countText(standing.length)} ${standing.length === 1 ? "stands" : "stand"} once all are ` +
    `looked at together${named === "" ? "" : `: ${named}`}.`;
}

function nameOf(method: FactorClusterMethod): string {
  return FACTOR_CLUSTER_METHODS.find(({ key }) => key === method)!.name;
}
