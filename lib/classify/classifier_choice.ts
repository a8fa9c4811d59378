import type { Classification, EventText } from "./event_text.ts";
import type { KeptAnswers } from "./kept_answers.ts";
import { classifyByLlm } from "./llm_classifier.ts";

/** Who names themes: keywords, which need no key, or a language model. */
export const CLASSIFIERS = ["lexical", "llm"] as const;

/** One of {@link CLASSIFIERS}. */
export type ClassifierName = typeof CLASSIFIERS[number];

/** Where the answers of language models are kept, below the folder of a run's output. */
export const LLM_ANSWERS = "raw/llm";

/** What a run says once where no language model is asked. */
export const LEXICAL_NOTE =
  "Themes are by the lexical classifier, which needs no key. For a language model set OPENAI_API_KEY " +
  "(or OPENAI_BASE_URL and OPENAI_MODEL), run deno task classify --classifier llm --answers DIR on " +
  "the markets, then deno task start --classifier llm --answers DIR.";

/**
 * Reads the name of a classifier.
 *
 * @throws {RangeError} If it is none.
 */
export function parseClassifier(text: string): ClassifierName {
  const found = CLASSIFIERS.find((name) => name === text);
  if (found === undefined) {
    throw new RangeError(
      `Cannot classify as --classifier must be ${CLASSIFIERS.join(" or ")}: got "${text}"`,
    );
  }
  return found;
}

/** Themes of all events, and how many a language model has not answered. */
export interface ThemedEvents {
  /** One an event, in their order. */
  readonly classifications: readonly Classification[];
  /** Events whose theme is the lexical classifier's although a model's was asked for. */
  readonly nUnanswered: number;
}

/**
 * Themes of events by the chosen classifier, without asking anyone: of a language model the answers
 * that were kept.
 *
 * An event that the model has no kept answer for gets the lexical theme, and the column `classifier`
 * says so.
 *
 * @param lexical The lexical classifier.
 * @param llm Where kept answers are, and how the question was put; unused for the lexical choice.
 * @throws {Error} If the model has answered none of the events.
 */
export async function themesOfEvents(
  events: readonly EventText[],
  choice: ClassifierName,
  { lexical, llm }: {
    readonly lexical: (event: EventText) => Classification;
    readonly llm: KeptAnswers;
  },
): Promise<ThemedEvents> {
  if (choice === "lexical") return { classifications: events.map(lexical), nUnanswered: 0 };
  const { classifications } = await classifyByLlm(events, llm.themes, llm.question, llm.asking);
  if (classifications.length === 0 && events.length > 0) {
    const { model, host } = llm.asking.settings;
    throw new Error(
      `Cannot name themes by a language model as answers of ${model} at ${host} to these events must be kept: got none of ${events.length}`,
    );
  }
  const answered = new Map(classifications.map((one) => [one.eventId, one]));
  return {
    classifications: events.map((event) => answered.get(event.eventId) ?? lexical(event)),
    nUnanswered: events.length - answered.size,
  };
}
