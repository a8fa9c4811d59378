import { agreementExtent, permutedPText } from "../core/agreement_text.ts";
import type { Origin } from "../core/data_set.ts";
import { type Finding, findingList } from "../core/finding_list.ts";
import { countOf, countText, fixedText, shareText } from "../core/number_text.ts";
import type { Settings } from "../core/settings.ts";
import type { AgreementEvidence } from "../stats/permuted_agreement.ts";
import type { AuditStudy } from "./audit_study.ts";
import type { ClusterTheme } from "./cluster_themes.ts";
import { correctionText } from "./correction_text.ts";
import type { Corrections } from "./corrections.ts";
import type { ReconciledEvent, ReconciliationRule } from "./reconcile.ts";
import type { ThemeAgreement } from "./theme_agreement.ts";
import { type ThemeList, UNCATEGORIZED } from "./themes.ts";
import type { TwinEvents } from "./twin_events.ts";
import { type WitnessMethod, witnessText } from "./witness_method.ts";

/** What notebook 04 has found out, as far as the closing words need it. */
export interface ClassificationStudy {
  readonly nContracts: number;
  readonly nTickers: number;
  /** One a classified event. */
  readonly events: readonly { readonly primaryTheme: string }[];
  /** Name of the classifier, with its version. */
  readonly classifier: string;
  readonly themes: ThemeList;
  /** Where the prices come from: a simulated universe has its agreement planted. */
  readonly origin: Pick<Origin, "kind">;
  readonly witness: WitnessMethod;
  readonly agreement: ThemeAgreement;
  /** Studied contracts that say nothing, as another one speaks for their event. */
  readonly nDropped: number;
  readonly clusters: readonly ClusterTheme[];
  readonly reconciled: readonly ReconciledEvent[];
  /** Pairs of two venues; left out where nobody looked. */
  readonly twins?: TwinEvents;
  /** What people signed; left out where nobody looked. */
  readonly corrections?: Corrections;
  /** Verdicts that came back. */
  readonly audit: Pick<AuditStudy, "accuracy" | "earlier" | "nEarlier">;
}

/**
 * The findings of notebook 04 as a Markdown list, every number computed.
 *
 * NaN: what could not be measured is said in words.
 */
export function classificationFindings(study: ClassificationStudy, settings: Settings): string {
  return findingList([
    [sizeLine(study), "04_tickers", "04_events", "04_contracts"],
    [themesLine(study), "04_events"],
    [uncategorizedLine(study, settings), "04_classifications"],
    [agreementLine(study, settings), "04_reconciled", "03_clusters"],
    [purityLine(study, settings), "04_agreement"],
    [clustersLine(study, settings), "04_agreement", "03_clusters"],
    [reconciliationLine(study), "04_reconciled"],
    ...correctionLines(study).map((line): Finding => [line, "04_corrections"]),
    ...twinLines(study).map((line): Finding => [line, "04_twins"]),
    [auditLine(study, settings), "audit_sheets.csv"],
  ]);
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
  if (held.length === 0) {
    return `**Themes.** No event is in any of ${countOf(baskets.length, "theme")} that baskets ` +
      `can hold.`;
  }
  const nHeld = held.reduce((sum, { n }) => sum + n, 0);
  const nExcluded = sizes.filter(({ theme }) => theme.isExcluded)
    .reduce((sum, { n }) => sum + n, 0);
  const share = (n: number) => shareText(n / events.length);
  const largest = held.slice(0, 3).map(({ theme, n }) => `${theme.name} (${countText(n)})`);
  return `**Themes.** ${countText(held.length)} of ${countOf(baskets.length, "theme")} that ` +
    `baskets can hold have events; the largest ${largest.length === 1 ? "is" : "are"} ` +
    `${largest.join(", ")}. Baskets leave out ${share(events.length - nHeld)} of the events: ` +
    `${share(nExcluded)} are in excluded themes and ` +
    `${share(events.length - nHeld - nExcluded)} are uncategorized.`;
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
  { agreement, witness, nDropped, origin }: ClassificationStudy,
  { classification: { permutations, false_discovery_rate } }: Settings,
): string {
  const { nBoth, nClusters, nThemes, nPlaced, nStudied, adjustedRand, unplacedRand } = agreement;
  const whose = `${witnessText(witness, agreement)}${
    nDropped === 0 ? "" : ` (${countOf(nDropped, "further contract")} of the same events left out)`
  }`;
  const why = incomparable(agreement);
  if (why !== null) {
    return `**Agreement.** Clusters and themes cannot be compared: ${why}. ${whose}.`;
  }
  const { adjustedMutualInformation: information } = agreement;
  const said = `adjusted Rand index ${fixed(adjustedRand.value)} of 1`;
  const who = 2 * nPlaced > nStudied
    ? "Clusters"
    : `Clusters of ${countText(nPlaced)} of ${countOf(nStudied, "event")}`;
  const alone = nPlaced === nStudied ? "" : `; with every unplaced event as a cluster of its own ` +
    `the index is ${fixed(unplacedRand.value)} (${pOf(unplacedRand)})`;
  const lead = adjustedRand.pValue <= false_discovery_rate.value
    ? `${who} ${agreementExtent(adjustedRand.value)} agree with themes: ${said}, beyond chance`
    : `${who} agree with themes no more than chance can explain: ${said}`;
  const planted = origin.kind === "simulated"
    ? " In the simulated universe themes and common drivers are planted together, so this shows " +
      "that the comparison works and nothing about markets."
    : "";
  return `**Agreement.** ${lead} (${pOf(adjustedRand)}, ${
    countText(permutations.value)
  } orders), ` +
    `over ${countOf(nBoth, "event")} of ${countOf(nClusters, "cluster")} and ` +
    `${countOf(nThemes, "theme")}; 95 of 100 random orders of the themes are at or below ` +
    `${fixed(adjustedRand.nullP95)}. ${whose}${alone}. Adjusted mutual ` +
    `information, which weighs small groups more, is ${fixed(information.value)} ` +
    `(${pOf(information)}).${planted}`;
}

/** Why there is nothing to compare; `null` where there is. */
function incomparable({ nBoth, nClusters, nThemes }: ThemeAgreement): string | null {
  if (nBoth === 0) return "no event has both a cluster and a theme";
  const events = nBoth === 1 ? "the only event that has both is" : "all events that have both are";
  if (nClusters < 2) return `${events} in one cluster`;
  return nThemes < 2 ? `${events} of one theme` : null;
}

function purityLine(
  { agreement }: ClassificationStudy,
  { clustering: { target_purity }, classification: { false_discovery_rate } }: Settings,
): string {
  const { purity, balancedPurity, largestThemeShare, nThemes, nPlaced, nStudied } = agreement;
  const why = incomparable(agreement);
  if (why !== null) return `**Purity.** It says nothing, as ${why}.`;
  const judged = 2 * nPlaced <= nStudied
    ? `most studied events are in no cluster, so the ${target_purity.value} that the seed plan ` +
      "asks for is not judged"
    : `it ${purity.value >= target_purity.value ? "reaches" : "does not reach"} the ` +
      `${target_purity.value} that the seed plan asks for`;
  const beyond = balancedPurity.pValue <= false_discovery_rate.value
    ? "beyond chance"
    : "within chance";
  return `**Purity.** ${fixed(purity.value)}, where one cluster of everything would have ` +
    `${fixed(largestThemeShare)} and random orders have ${fixed(purity.nullMedian)} in the ` +
    `median; ${judged}. With each theme counted the same it is ${fixed(balancedPurity.value)} ` +
    `against ${fixed(balancedPurity.nullMedian)} (one cluster: ${fixed(1 / nThemes)}), ${beyond} ` +
    `(${pOf(balancedPurity)}).`;
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
    `and beyond noise at ${shareText(false_discovery_rate.value)}. ${
      named.length === 0 ? "None" : countText(named.length)
    } ` +
    `${named.length < 2 ? "has" : "have"} a theme that stands out; ` +
    `${both.length === 0 ? "none" : countText(both.length)} of the clusters may overrule words.`;
}

function reconciliationLine({ reconciled }: ClassificationStudy): string {
  if (reconciled.length === 0) return "**Reconciliation.** There is no event.";
  const of = (rule: ReconciliationRule) => reconciled.filter((one) => one.rule === rule);
  const moved = of("statistics"), named = of("prices name"), review = of("review");
  const contracts = (list: readonly ReconciledEvent[]) =>
    countOf(list.reduce((sum, { nContracts }) => sum + nContracts, 0), "contract");
  const lead = moved.length === 0
    ? "Prices overrule words nowhere"
    : `Prices overrule words for ${countOf(moved.length, "event")} (${contracts(moved)})`;
  const names = named.length === 0
    ? "name no event that words leave without a theme"
    : `name ${countOf(named.length, "event")} (${
      contracts(named)
    }) that words leave without a theme`;
  const silent = review.filter(({ wordsTheme }) => isSilent(wordsTheme)).length;
  const nSigned = of("person").length;
  const byPerson = nSigned === 0 ? "" : `people decided ${countText(nSigned)}, `;
  const untrusted = review.length === 0
    ? "nothing waits for a person's decision"
    : `${countText(review.length)} where an untrusted cluster says otherwise ` +
      `${silent === 0 ? "" : `(${countText(silent)} of them without a theme by words) `}` +
      `${review.length === 1 ? "waits" : "wait"} for a person's decision`;
  return `**Reconciliation.** ${lead} and ${names}. Of ${countOf(reconciled.length, "event")} ` +
    `(${contracts(reconciled)}) words and the cluster's other events agree on ` +
    `${countText(of("both agree").length)}, words alone decide ` +
    `${countText(of("words only").length)}, ${
      countText(of("neither").length)
    } get no theme, ${byPerson}and ` +
    `${untrusted}.`;
}

function correctionLines({ corrections }: ClassificationStudy): string[] {
  const text = corrections === undefined ? "" : correctionText(corrections);
  return text === "" ? [] : [`**Signed by people.** ${text}`];
}

function isSilent(wordsTheme: string | null): boolean {
  return wordsTheme === null || wordsTheme === UNCATEGORIZED;
}

function twinLines({ twins }: ClassificationStudy): string[] {
  if (twins === undefined) return [];
  const { nAcceptedTwins, nInTwoEvents } = twins;
  if (nAcceptedTwins === 0) return ["**Twins.** No pair of contracts on two venues is accepted."];
  if (nInTwoEvents === 0) {
    return [
      `**Twins.** Of ${countOf(nAcceptedTwins, "accepted pair")} each is one event here.`,
    ];
  }
  return [
    `**Twins.** ${countText(nInTwoEvents)} of ${countOf(nAcceptedTwins, "accepted pair")} ` +
    `${nInTwoEvents === 1 ? "is" : "are"} two events here; a basket must hold one of them.`,
  ];
}

function auditLine({ audit }: ClassificationStudy, { classification }: Settings): string {
  const { audit_samples, target_accuracy } = classification;
  const target = shareText(target_accuracy.value);
  const { accuracy, earlier, nEarlier } = audit;
  const old = earlier === null
    ? ""
    : ` Apart from that, ${
      countOf(nEarlier, "verdict")
    } of an earlier version (in-sample: themes ` +
      `may have been mended by them) call ${countText(earlier.overall.nRight)} of ` +
      `${countOf(earlier.overall.nJudged, "contract")} right.`;
  if (accuracy === null || accuracy.overall.nJudged === 0) {
    return `**Audit.** No verdict on this version has come back, so how many of its themes are ` +
      `right is not known. Sheets of ${audit_samples.value.join(" and ")} contracts wait for a ` +
      `person.${old}`;
  }
  const { overall, weighted, nUnsure, nSplit } = accuracy;
  const proved = weighted.low >= target_accuracy.value
    ? `so it is above ${target}, as the seed plan asks`
    : weighted.high < target_accuracy.value
    ? `so it is below the ${target} that the seed plan asks for`
    : `which does not decide whether it is the ${target} that the seed plan asks for`;
  const open = nUnsure === 0 ? "" : ` Nobody was sure of ${countText(nUnsure)} more.`;
  const split = nSplit === 0 ? "" : ` Reviewers differ on ${countText(nSplit)}, counted as wrong.`;
  const covered = weighted.coveredShare === 1
    ? ""
    : ` (themes with ${shareText(weighted.coveredShare)} of the events)`;
  return `**Audit.** By persons the words' theme is right for ${countText(overall.nRight)} of ` +
    `${countOf(overall.nJudged, "contract")} drawn at random. Weighted by the events of each ` +
    `theme${covered} that is ${shareText(weighted.accuracy)} (95% interval ` +
    `${shareText(weighted.low)} to ${shareText(weighted.high)}), ${proved}. Unweighted it is ` +
    `${shareText(overall.accuracy)} (${shareText(overall.low)} to ${shareText(overall.high)}).` +
    `${open}${split}${old}`;
}

function fixed(x: number): string {
  return fixedText(x, 2);
}

function pOf({ pValue, percentile }: AgreementEvidence): string {
  return permutedPText(pValue, percentile);
}
