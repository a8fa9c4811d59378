import type { Market } from "../core/data_set.ts";
import { type ClusteredShare, clusteredShare } from "../stats/clustered_share.ts";
import { type Confusion, confusion, confusionScores } from "../stats/confusion.ts";
import {
  brierScore,
  calibrationError,
  type ReliabilityBin,
  reliabilityBins,
} from "../stats/reliability.ts";
import { contractTaxonomy } from "../taxonomy/contract_tree.ts";
import type { ReferenceThemes } from "../taxonomy/reference_themes.ts";
import { UNCATEGORIZED } from "../taxonomy/themes.ts";
import { titleSkeleton } from "../taxonomy/title_skeleton.ts";
import type { Classification, EventText } from "./event_text.ts";
import { eventTexts } from "./event_texts.ts";
import { referenceAccuracy, referenceTruth } from "./reference_accuracy.ts";

/** Markets with labels, as `lib/sources/theme_labels.ts` reads them. */
export interface LabelledMarkets {
  /** Which labels: "planted themes of the simulated universe". */
  readonly origin: string;
  readonly markets: readonly Market[];
  /** Label of each market, in the labeller's own words. Untrusted. */
  readonly themes: readonly string[];
}

/** A bin of confidence; its interval is for events of which those of one wording go together. */
export interface LabelledBin extends ReliabilityBin {
  /** Independent events that would tell as much. */
  readonly effectiveItems: number;
}

/** How a classifier's answers compare with themes that somebody else gave. */
export interface LabelledStudy {
  /** Which labels: "planted themes of the simulated universe". */
  readonly origin: string;
  /** Who gave the labels; `null` where nobody says. */
  readonly labeller: string | null;
  /** Whose answers these are, as the classifications say: "lexical 1"; several joined by " and ". */
  readonly classifier: string;
  /** Contracts with a label that is mapped to our themes. */
  readonly nContracts: number;
  /** Labels that are not mapped, with how many contracts bear each; they are in no count. */
  readonly unmapped: readonly { readonly label: string; readonly nContracts: number }[];
  /** Share of the contracts whose theme the labels accept. */
  readonly contractAccuracy: number;
  /** Mean F1 over the themes that the labels have, by contracts. */
  readonly contractMacroF1: number;
  /** Events with a label: their contracts share an answer, so they are what evidence counts. */
  readonly nEvents: number;
  /** Share of the events whose theme the label of most of their contracts accepts, by wording. */
  readonly accuracy: ClusteredShare;
  /** The same as a mean F1 over themes. */
  readonly macroF1: number;
  /** True and given themes of the events, "uncategorized" among the given. */
  readonly confusion: Confusion;
  /** Confidence of the categorized events against how often they are right. */
  readonly bins: readonly LabelledBin[];
  readonly calibrationError: number;
  readonly brier: number;
  /** The accuracy of the events of which confidence is held against the label: all but the uncategorized. */
  readonly categorized: ClusteredShare;
}

/**
 * Holds classifications against labels, by contract and by event.
 *
 * A label stands for the set of our themes that {@link ReferenceThemes} accepts for it, and for
 * itself where it is one of ours. An event's label is the one that most of its contracts bear, of
 * equally many the first by name. "uncategorized" counts as wrong, but its confidence is
 * not held against anything, since it names no theme.
 *
 * Events whose titles have one {@link titleSkeleton} tend to be right or wrong together: who
 * misreads a template misreads its events. Intervals are therefore clustered by it.
 *
 * NaN: all shares without a labelled event.
 *
 * @param options.classify The classifier; it never sees a label.
 * @param options.nBins Bins of confidence.
 * @param options.labeller Who gave the labels, for a reader: "the authors of its templates".
 * @throws {RangeError} If markets and labels differ in number, or a market is listed twice.
 */
export function labelledStudy(
  { markets, themes: labels, origin }: LabelledMarkets,
  { classify, reference, themes, nBins, labeller = null }: {
    readonly classify: (event: EventText) => Classification;
    readonly reference: ReferenceThemes;
    readonly themes: readonly { readonly id: string }[];
    readonly nBins: number;
    readonly labeller?: string | null;
  },
): LabelledStudy {
  if (markets.length !== labels.length) {
    throw new RangeError(
      `Cannot compare with labels as each market must have one: got ${labels.length} labels for ${markets.length} markets`,
    );
  }
  const taxonomy = contractTaxonomy(markets);
  const texts = eventTexts(markets, taxonomy);
  const answers = texts.map(classify);
  const accepted: ReferenceThemes = {
    ...Object.fromEntries(themes.map(({ id }) => [id, [id]])),
    ...reference,
  };
  const unmapped = new Map<string, number>();
  const votes = new Map<number, Map<string, number>>();
  const questions: { theme: string }[] = [], given: string[] = [];
  taxonomy.links.forEach(({ event }, i) => {
    const theme = labels[i]!;
    if (!Object.hasOwn(accepted, theme)) {
      unmapped.set(theme, (unmapped.get(theme) ?? 0) + 1);
      return;
    }
    questions.push({ theme });
    given.push(answers[event]!.primaryTheme);
    const own = votes.get(event) ?? new Map<string, number>();
    votes.set(event, own.set(theme, (own.get(theme) ?? 0) + 1));
  });
  const contracts = referenceAccuracy(questions, given, accepted);
  const events = [...votes].sort(([a], [b]) => a - b).map(([event, own]) => ({
    theme: [...own].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]![0],
    answer: answers[event]!,
    wording: titleSkeleton(texts[event]!.title),
  }));
  const found = events.map(({ answer }) => answer.primaryTheme);
  const truth = referenceTruth(events, found, accepted);
  const counts = confusion(truth, found);
  const shareOf = (chosen: readonly number[]) =>
    clusteredShare(
      chosen.map((i) => truth[i] === found[i]),
      chosen.map((i) => events[i]!.wording),
    );
  const categorized = [...found.keys()].filter((i) => found[i] !== UNCATEGORIZED);
  const confidence = categorized.map((i) => events[i]!.answer.confidence);
  const isRight = categorized.map((i) => truth[i] === found[i]);
  const bins = reliabilityBins(confidence, isRight, { nBins, by: "width" }).map((bin) => {
    const { effectiveItems, low, high } = shareOf(
      categorized.filter((_, k) => isInBin(confidence[k]!, bin)),
    );
    return { ...bin, effectiveItems, low, high };
  });
  const scored = confusionScores(counts).classes.filter(({ nTrue }) => nTrue > 0);
  return {
    ...{ origin, labeller, nContracts: questions.length },
    classifier: [...new Set(answers.map(({ classifier }) => classifier))].sort().join(" and "),
    unmapped: [...unmapped].sort(([a], [b]) => a < b ? -1 : 1)
      .map(([label, nContracts]) => ({ label, nContracts })),
    ...{ contractAccuracy: contracts.accuracy, contractMacroF1: contracts.macroF1 },
    nEvents: events.length,
    accuracy: shareOf([...found.keys()]),
    macroF1: scored.reduce((sum, { f1 }) => sum + f1, 0) / scored.length,
    ...{ confusion: counts, bins, calibrationError: calibrationError(bins) },
    ...{ brier: brierScore(confidence, isRight), categorized: shareOf(categorized) },
  };
}

/**
 * A classifier for a reader, without an article: "lexical 1" is a "lexical classifier", "llm gpt-4o 1a"
 * the "language model gpt-4o". Untrusted where a model named itself.
 */
export function classifierNoun(classifier: string): string {
  if (classifier.includes(" and ")) {
    return classifier.split(" and ").map(classifierNoun).join(" and ");
  }
  const [kind, ...rest] = classifier.split(" ");
  if (kind === "lexical") return "lexical classifier";
  if (kind === "llm" && rest.length > 0) return `language model ${rest[0]}`;
  return `classifier ${classifier}`.trim();
}

/** Whether a confidence is in a bin: above `from`, up to and with `to`; 0 is in the first. */
function isInBin(confidence: number, { from, to }: ReliabilityBin): boolean {
  return (confidence > from || from === 0) && confidence <= to;
}
