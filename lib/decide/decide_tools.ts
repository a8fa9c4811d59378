import type { Classification, EventText } from "../classify/event_text.ts";
import { lexicalClassifier } from "../classify/lexical_classifier.ts";
import type { FactorList } from "../core/factor_list.ts";
import type { Settings } from "../core/settings.ts";
import type { Corrections } from "../taxonomy/corrections.ts";
import type { HandLabels } from "../taxonomy/hand_labels.ts";
import type { Taxonomy } from "../taxonomy/lexical_theme.ts";
import type { Aliases } from "../taxonomy/parse_aliases.ts";
import type { SideRules } from "../taxonomy/parse_sides.ts";
import { correctedWords } from "./corrected_words.ts";
import { type HeldSide, heldSideReader } from "./held_side.ts";
import { answeredTexts, type EventClassifier, type WordsAt, wordsReader } from "./words_at.ts";

/** What a decision is made with: plain data, so that it can be sent to a worker. */
export interface DecideConfig {
  readonly settings: Settings;
  /** Of `config/taxonomy.yaml`. */
  readonly taxonomy: Taxonomy;
  /** Of `config/sides.yaml`. */
  readonly sides: SideRules;
  /** Of `config/aliases.yaml`. */
  readonly aliases: Aliases;
  /** Of `config/hand_labels.csv`. */
  readonly handLabels: HandLabels;
  /** Of `config/factors.yaml`. */
  readonly factors: FactorList;
  /**
   * Answers of a language model, and what it was asked about; `null` where the lexical classifier names
   * the themes. It stands in where an event's words at a decision were not those asked about.
   */
  readonly answers: {
    readonly events: readonly EventText[];
    readonly classifications: readonly Classification[];
  } | null;
  /** What people signed: set before the first decision, and the same at all of them. */
  readonly corrections: Corrections;
  readonly seed: number;
}

/** A configuration with what it remembers from one decision to the next. */
export interface DecideTools extends DecideConfig {
  readonly readWords: (view: Parameters<ReturnType<typeof wordsReader>>[0]) => WordsAt;
  /** By the rules alone; what people signed holds for the theme by words, see `signedSide`. */
  readonly heldSide: HeldSide;
}

/** Tools for any number of decisions; none of what they remember depends on a date. */
export function decideTools(config: DecideConfig): DecideTools {
  const { taxonomy, sides, answers, corrections } = config;
  let reader: DecideTools["readWords"] | undefined;
  const startReader = () => {
    const lexical = lexicalClassifier(taxonomy);
    return wordsReader({ classify: answers === null ? lexical : withStandIn(answers, lexical) });
  };
  return {
    ...config,
    // a replay reads no words, and the lexicon takes longer to build than a replay
    readWords: (view) =>
      correctedWords((reader ??= startReader())(view), view.markets, corrections),
    heldSide: heldSideReader(sides),
  };
}

/** A model's answers, and the lexical ones for texts that it was not shown in these words. */
function withStandIn(
  { events, classifications }: NonNullable<DecideConfig["answers"]>,
  lexical: (event: EventText) => Classification,
): EventClassifier {
  const answered = answeredTexts(events, classifications);
  return (event) => answered(event) ?? { ...lexical(event), isStandIn: true };
}
