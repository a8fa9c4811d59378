import { countOf, countText, shareText } from "../core/number_text.ts";
import type { Settings } from "../core/settings.ts";
import type { AuditAccuracy } from "./audit_accuracy.ts";
import type { ClusterTheme } from "./cluster_themes.ts";
import type { ReconciledMarket, ReconciliationRule } from "./reconcile.ts";
import type { ThemeAgreement } from "./theme_agreement.ts";
import { type ThemeList, UNCATEGORIZED } from "./themes.ts";

/** What notebook 04 has found out, as far as the closing words need it. */
export interface ClassificationStudy {
  readonly nContracts: number;
  readonly nTickers: number;
  /** One a classified event. */
  readonly events: readonly { readonly primaryTheme: string }[];
  /** Name of the classifier, with its version. */
  readonly classifier: string;
  readonly themes: ThemeList;
  readonly agreement: ThemeAgreement;
  readonly clusters: readonly ClusterTheme[];
  readonly reconciled: readonly ReconciledMarket[];
  /** Verdicts that came back; `null` where no sheet did. */
  readonly audit: AuditAccuracy | null;
}

/**
 * The findings of notebook 04 as a Markdown list, every number computed.
 *
 * NaN: what could not be measured is said in words.
 */
export function classificationFindings(study: ClassificationStudy, settings: Settings): string {
  return [
    sizeLine(study),
    themesLine(study),
    uncategorizedLine(study, settings),
    agreementLine(study, settings),
    purityLine(study, settings),
    clustersLine(study, settings),
    reconciliationLine(study),
    auditLine(study, settings),
  ].map((line) => `- ${line}`).join("\n");
}

function sizeLine({ nContracts, nTickers, events, classifier }: ClassificationStudy): string {
  return `**Size.** ${countOf(nContracts, "contract")} of ${countOf(nTickers, "ticker")} in ` +
    `${countOf(events.length, "event")}; each event is classified once, by ` +
    `\`${classifier.replaceAll("`", "'")}\`.`;
}

function themesLine({ events, themes: { themes } }: ClassificationStudy): string {
  const sizes = themes.map((theme) => ({
    theme,
    n: events.filter(({ primaryTheme }) => primaryTheme === theme.id).length,
  }));
  const baskets = sizes.filter(({ theme }) => !theme.isExcluded);
  const held = baskets.filter(({ n }) => n > 0).sort((a, b) => b.n - a.n);
  const nExcluded = sizes.filter(({ theme }) => theme.isExcluded)
    .reduce((sum, { n }) => sum + n, 0);
  if (held.length === 0) {
    return `**Themes.** No event is in any of ${countOf(baskets.length, "theme")} that baskets ` +
      `can hold.`;
  }
  const largest = held.slice(0, 3).map(({ theme, n }) => `${theme.name} (${countText(n)})`);
  return `**Themes.** ${countText(held.length)} of ${countOf(baskets.length, "theme")} that ` +
    `baskets can hold have events, most of them ${largest.join(", ")}. ` +
    `${shareText(nExcluded / events.length)} of the events are in themes that baskets leave out.`;
}

function uncategorizedLine(
  { events }: ClassificationStudy,
  { classification: { min_confidence } }: Settings,
): string {
  if (events.length === 0) return "**Uncategorized.** There is no event.";
  const none = events.filter(({ primaryTheme }) => primaryTheme === UNCATEGORIZED).length;
  return `**Uncategorized.** ${countText(none)} of ${countOf(events.length, "event")} ` +
    `(${shareText(none / events.length)}) fit no theme with a confidence of ` +
    `${min_confidence.value} and stay without one.`;
}

function agreementLine(
  { agreement }: ClassificationStudy,
  { classification: { permutations, false_discovery_rate } }: Settings,
): string {
  const { nBoth, nClusters, nThemes, adjustedRand, adjustedMutualInformation } = agreement;
  if (nBoth === 0) {
    return "**Agreement.** No contract has both a cluster and a theme, so prices and words cannot " +
      "be compared.";
  }
  const agrees = adjustedRand.pValue <= false_discovery_rate.value;
  const lead = agrees
    ? "Clusters by prices and themes by words agree beyond chance"
    : "Clusters by prices and themes by words agree no better than chance can explain";
  return `**Agreement.** ${lead}: over ${countOf(nBoth, "contract")} of ` +
    `${countOf(nClusters, "cluster")} and ${
      countOf(nThemes, "theme")
    } the adjusted Rand index is ` +
    `${fixed(adjustedRand.value)}, and 95 of 100 random orders of the themes stay below ` +
    `${fixed(adjustedRand.nullP95)} (p ${pText(adjustedRand.pValue)}, ` +
    `${countText(permutations.value)} orders). Adjusted mutual information, which weighs small ` +
    `groups more, is ${fixed(adjustedMutualInformation.value)} ` +
    `(p ${pText(adjustedMutualInformation.pValue)}).`;
}

function purityLine(
  { agreement: { purity, balancedPurity, largestThemeShare, nBoth, nThemes } }: ClassificationStudy,
  { clustering: { target_purity }, classification: { false_discovery_rate } }: Settings,
): string {
  if (nBoth === 0) return "**Purity.** There is none without a contract that has both.";
  const reached = purity.value >= target_purity.value ? "reaches" : "does not reach";
  const beyond = balancedPurity.pValue <= false_discovery_rate.value
    ? "beyond chance"
    : "within chance";
  return `**Purity.** ${fixed(purity.value)}, where one cluster of everything would have ` +
    `${fixed(largestThemeShare)} and random orders have ${fixed(purity.nullMedian)} in the ` +
    `median; it ${reached} the ${target_purity.value} that the seed plan asks for. With each theme ` +
    `counted the same it is ${fixed(balancedPurity.value)} against ` +
    `${fixed(balancedPurity.nullMedian)} (one cluster: ${fixed(1 / nThemes)}), ${beyond} ` +
    `(p ${pText(balancedPurity.pValue)}).`;
}

function clustersLine(
  { clusters }: ClassificationStudy,
  { clustering: { stable_jaccard }, classification: { false_discovery_rate } }: Settings,
): string {
  if (clusters.length === 0) return "**Trusted clusters.** There is no cluster.";
  const trusted = clusters.filter(({ isTrusted }) => isTrusted);
  const named = clusters.filter(({ theme }) => theme !== null);
  const both = trusted.filter(({ theme }) => theme !== null);
  const isAre = (n: number) => `${n === 0 ? "None" : countText(n)} of`;
  return `**Trusted clusters.** ${isAre(trusted.length)} ${countOf(clusters.length, "cluster")} ` +
    `${trusted.length > 1 ? "are" : "is"} both stable (Jaccard ${stable_jaccard.value} or more) ` +
    `and beyond noise at ${shareText(false_discovery_rate.value)}. ${countText(named.length)} ` +
    `${named.length === 1 ? "has" : "have"} a theme that stands out; ` +
    `${both.length === 0 ? "none" : countText(both.length)} of the clusters may overrule words.`;
}

function reconciliationLine({ reconciled }: ClassificationStudy): string {
  if (reconciled.length === 0) return "**Reconciliation.** There is no contract.";
  const count = (rule: ReconciliationRule) => reconciled.filter((one) => one.rule === rule).length;
  const moved = count("statistics"), review = count("review");
  const lead = moved === 0
    ? "Prices overrule words nowhere, so no theme changes"
    : `Prices overrule words for ${countOf(moved, "contract")}`;
  const toPerson = moved + review === 0
    ? "Nothing is left to a person"
    : `${countText(moved + review)} ${moved + review === 1 ? "goes" : "go"} to a person`;
  return `**Reconciliation.** ${lead}. Of ${
    countOf(reconciled.length, "contract")
  } both witnesses ` +
    `agree on ${countText(count("both agree"))}, words alone decide ` +
    `${countText(count("words only"))}, ${countText(review)} stay with the words although an ` +
    `untrusted cluster differs, and ${countText(count("neither"))} get no theme. ${toPerson}.`;
}

function auditLine({ audit }: ClassificationStudy, { classification }: Settings): string {
  const { audit_samples, target_accuracy } = classification;
  const target = shareText(target_accuracy.value);
  if (audit === null || audit.overall.nJudged === 0) {
    return `**Audit.** No verdict has come back, so how many themes are right is not known. Sheets ` +
      `of ${audit_samples.value.join(" and ")} contracts wait for a person.`;
  }
  const { overall, weighted, nUnsure, nSplit } = audit;
  const proved = overall.low >= target_accuracy.value
    ? `so it is above ${target}, as the seed plan asks`
    : overall.high < target_accuracy.value
    ? `so it is below the ${target} that the seed plan asks for`
    : `which does not decide whether it is the ${target} that the seed plan asks for`;
  const open = nUnsure === 0 ? "" : ` Nobody was sure of ${countText(nUnsure)} more.`;
  const split = nSplit === 0 ? "" : ` Reviewers differ on ${countText(nSplit)}, counted as wrong.`;
  return `**Audit.** ${countText(overall.nRight)} of ${countOf(overall.nJudged, "contract")} ` +
    `judged by a person have the right theme (${shareText(overall.accuracy)}, 95% interval ` +
    `${shareText(overall.low)} to ${
      shareText(overall.high)
    }), ${proved}. Weighted by the events of ` +
    `each theme it is ${shareText(weighted.accuracy)} (${shareText(weighted.low)} to ` +
    `${shareText(weighted.high)}).${open}${split}`;
}

/** Two decimals; "unknown" for NaN, and never a minus before zeros. */
function fixed(x: number): string {
  return Number.isNaN(x) ? "unknown" : x.toFixed(2).replace(/^-(?=0\.00$)/, "").replace("-", "−");
}

function pText(p: number): string {
  return Number.isNaN(p) ? "unknown" : p < 0.001 ? "<0.001" : p.toFixed(3);
}
