import { type Finding, findingList } from "../core/finding_list.ts";
import { nullQuantiles } from "../core/null_percentile.ts";
import { countOf, countText, shareText } from "../core/number_text.ts";
import type { SignAgreement } from "./exposure_signs.ts";
import type { FactorBlock } from "./factor_block.ts";
import type { FactorClusterStudy } from "./factor_cluster_study.ts";
import type { PeriodAgreement } from "./factor_cluster_time.ts";
import { FACTOR_CLUSTER_METHODS, type FactorClusterMethod } from "./factor_clusters.ts";
import { type FitEvidence, fitVerdict } from "./fit_evidence.ts";
import type { LoadingDiscoveries } from "./loading_discoveries.ts";
import type { LoadingStability } from "./loading_stability.ts";
import type { MoveComponents } from "./move_components.ts";
import type { ThemeCausality } from "./theme_causality.ts";

/** What notebook 06 has found out of factors, as far as the closing words need it. */
export interface FactorStudy {
  /** Name of the large set: "41 global factors". */
  readonly set: string;
  /** The first engine's fit, and the one whose penalty time order chose. */
  readonly seed: FitEvidence;
  readonly ours: FitEvidence;
  readonly block: FactorBlock;
  readonly loadings: LoadingDiscoveries;
  /** Loadings that stand in each set of turned moves. */
  readonly turnedDiscoveries: Float64Array;
  readonly stability: LoadingStability;
  readonly clusters: FactorClusterStudy;
  readonly periods: readonly PeriodAgreement[];
  readonly signs: readonly SignAgreement[];
  readonly components: MoveComponents;
  readonly causality: readonly ThemeCausality[];
  readonly rate: number;
}

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
    [blockLine(study), "06_factors"],
    [loadingLine(study), "06_loadings"],
    [stabilityLine(study), "06_loadings"],
    ...study.clusters.evidence.length === 0 ? [] : [
      [clusterLine(study), "06_factor_cluster_evidence"] satisfies Finding,
      [blobLine(study), "06_factor_clusters", "06_factor_cluster_evidence"] satisfies Finding,
      [periodLine(study), "06_factor_periods"] satisfies Finding,
    ],
    [signLine(study), "06_semantic_exposures"],
    [componentLine(study), "06_components"],
    [causalityLine(study), "06_causality"],
  ]);
}

/** The first finding: what R² is worth. */
function fitLine({ set, seed, ours }: FactorStudy): string {
  const verdict = {
    "noise": "**R² is not distinguishable from noise.**",
    "in sample only":
      "**R² is slightly more than noise within the sample, and of no use beyond it.**",
    "real": "**Factors explain more than noise, on moves not seen too.**",
  }[fitVerdict(seed, ours)];
  const [low, mid, high] = nullQuantiles(seed.nullMeanR2, [0.05, 0.5, 0.95]);
  return `${verdict} Ridge with the first engine's penalty of 1 on ${set} gives ` +
    `${countOf(seed.nContracts, "contract")} a mean R² of ${fixed(seed.meanR2)}; their moves ` +
    `turned in time give ${fixed(mid!)} (${fixed(low!)} to ${fixed(high!)} in 18 of 20 turns). ` +
    `Out of sample its median is ${fixed(seed.medianOos, 2)}, turned ${
      fixed(seed.nullMedianOos, 2)
    }. With a penalty that time order chose, the mean R² is ${fixed(ours.meanR2)} against ` +
    `${fixed(ours.ownNullR2)}, the median out of sample ${fixed(ours.medianOos)} against ` +
    `${fixed(ours.nullMedianOos)}; ${shareText(ours.aboveOwn)} of the contracts are above 95% of ` +
    `their own turns, where chance gives 5%.`;
}

function blockLine({ set, block }: FactorStudy): string {
  const largest = block.vif.reduce((most, vif) => Math.max(most, vif), 0);
  return `**Near copies.** Of ${set} there are ${block.participationRank.toFixed(1)} different ` +
    `ones by the participation ratio (${block.entropyRank.toFixed(1)} by entropy): the condition ` +
    `number is ${
      Number.isFinite(block.condition) ? countText(block.condition) : "infinite"
    }, the largest variance inflation ${
      Number.isFinite(largest) ? countText(largest) : "infinite"
    }.`;
}

function loadingLine({ loadings, turnedDiscoveries, rate }: FactorStudy): string {
  const { nTests, nLoadings, nContracts, nContractsTested, nEvents, nEventsTested } = loadings;
  if (nTests === 0) {
    return "**Loadings.** No contract has enough sessions for least squares on nine factors.";
  }
  const [mid, high] = nullQuantiles(turnedDiscoveries, [0.5, 0.95]);
  return `**Loadings.** ${countText(nLoadings)} of ${
    countOf(nTests, "loading")
  } on the US factors ` +
    `stand at a false discovery rate of ${shareText(rate)}, in ${countText(nContracts)} of ` +
    `${countOf(nContractsTested, "contract")} and ${countText(nEvents)} of ` +
    `${countOf(nEventsTested, "event")}; turned moves give ${countText(mid!)} (up to ${
      countText(high!)
    } in 19 of 20 turns).`;
}

function stabilityLine({ stability }: FactorStudy): string {
  if (Number.isNaN(stability.correlation)) {
    return "**Halves.** No contract has enough sessions to be fitted twice.";
  }
  const [, high] = nullQuantiles(stability.nullCorrelation, [0.5, 0.95]);
  const isBeyond = stability.correlationPercentile > 0.95;
  return `**Halves.** Loadings of a contract's first and second half correlate by ` +
    `${fixed(stability.correlation)} (${
      countOf(stability.nContracts, "contract")
    }); turned moves ` +
    `reach ${fixed(high!)} in one of 20, so they ${
      isBeyond ? "carry over beyond chance" : "do not carry over beyond chance"
    }. The signs agree in ${shareText(stability.signAgreement)}.`;
}

function clusterLine({ clusters: { evidence } }: FactorStudy): string {
  const seed = evidence[0]!;
  const beyond = evidence.filter((one) => one.nullPercentile > 0.95);
  const lead = `**Factor clusters.** The seed's k-means on loadings has a silhouette of ` +
    `${fixed(seed.silhouette, 2)}; loadings of turned moves give ${fixed(seed.nullLow, 2)} to ${
      fixed(seed.nullHigh, 2)
    }.`;
  if (beyond.length === 0) {
    return `${lead} None of ${
      countOf(evidence.length, "method")
    } separates contracts better than ` +
      `it separates noise.`;
  }
  const names = beyond.map((one) => `${nameOf(one.method)} (${fixed(one.silhouette, 2)})`)
    .join("; ");
  return `${lead} ${countText(beyond.length)} of ${countOf(evidence.length, "method")} ${
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
      fixed(blob.distance, 2)
    } errors from ` +
    `zero, ${noise} (${fixed(blob.nullLow, 2)} to ${fixed(blob.nullHigh, 2)}). Contracts outside ` +
    `have errors ${
      fixed(blob.errorOutside / blob.errorInside, 1)
    } times as large: what stands out ` +
    `there is mostly how badly it is known.`;
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
    `highest adjusted Rand index is ${fixed(most.adjustedRand, 2)} (${nameOf(most.method)}, ` +
    `${most.from} to ${most.to}, p ${fixed(most.pValue)}).`;
}

function signLine({ signs }: FactorStudy): string {
  const all = signs.find(({ factor }) => factor === "all");
  if (all === undefined || all.equal.nEvents === 0) {
    return "**Words and loadings.** No contract has both a score by words and a loading.";
  }
  const { equal, permuted } = all;
  const verdict = permuted.pValue <= 0.05 ? "more than chance" : "no more than chance";
  const single = signs.filter((one) => one.factor !== "all" && one.permuted.pValue <= 0.05)
    .map(({ factor, equal: own }) => `${factor} ${shareText(own.share)}`).join(", ");
  return `**Words and loadings.** Prices have the sign that words say in ` +
    `${shareText(equal.share)} (${shareText(equal.low)} to ${shareText(equal.high)}) of ` +
    `${
      countOf(equal.nEvents, "event")
    }, ${verdict}: with the words dealt out to other events it is ` +
    `${shareText(permuted.mid)} (p ${fixed(permuted.pValue)}).` +
    (single === "" ? "" : ` By itself beyond chance at 5% each: ${single}.`);
}

function componentLine({ components }: FactorStudy): string {
  const { nAbove, nAboveTurned, nMarkets, nDays, effectiveBets, nullEffectiveBets } = components;
  if (nMarkets < 2) return "**Components.** Too few contracts have moves on the same sessions.";
  const [low] = nullQuantiles(nullEffectiveBets, [0.05]);
  return `**Components.** ${countOf(nAbove, "component")} of the moves of ` +
    `${countOf(nMarkets, "event")} over ${countOf(nDays, "session")} ${
      nAbove === 1 ? "is" : "are"
    } above parallel analysis (${countText(nAboveTurned)} if busy days that all share are not ` +
    `allowed for). They are as many as ${effectiveBets.toFixed(1)} independent contracts, where ` +
    `independent ones would show ${low!.toFixed(1)} or more.`;
}

function causalityLine({ causality, rate }: FactorStudy): string {
  const tests = causality.filter(({ pValue }) => !Number.isNaN(pValue));
  if (tests.length === 0) return "**Lead and lag.** No theme has enough sessions to be tested.";
  const nominal = tests.filter(({ pValue }) => pValue < 0.05);
  const standing = tests.filter(({ qValue }) => qValue <= rate);
  const named = standing.slice(0, 3)
    .map(({ theme, symbol, direction }) => `${theme} and \`${symbol}\` (${direction})`).join("; ");
  return `**Lead and lag.** Of ${
    countOf(tests.length, "Granger test")
  } between themes and assets, ` +
    `${countText(nominal.length)} are below 5%, where noise gives ${
      countText(0.05 * tests.length)
    }; ${countText(standing.length)} ${standing.length === 1 ? "stands" : "stand"} once all are ` +
    `looked at together${named === "" ? "" : `: ${named}`}.`;
}

function nameOf(method: FactorClusterMethod): string {
  return FACTOR_CLUSTER_METHODS.find(({ key }) => key === method)!.name;
}

/** Decimals with a true minus; what is unknown says so. */
function fixed(x: number, decimals = 3): string {
  if (Number.isNaN(x)) return "unknown";
  const text = Math.abs(x).toFixed(decimals);
  return x < 0 && Number(text) !== 0 ? `−${text}` : text;
}
