import type { Settings } from "../core/settings.ts";
import type { ThemeList } from "../taxonomy/themes.ts";
import type { AnswerStore } from "./answer_cache.ts";
import type { AskOptions } from "./ask_all.ts";
import type { ThemeQuestionOptions } from "./llm_classifier.ts";
import { readLlmSettings } from "./llm_settings.ts";

/** A language model's kept answers, and the question they are of. */
export interface KeptAnswers {
  readonly themes: ThemeList;
  readonly question: ThemeQuestionOptions;
  readonly asking: AskOptions;
}

/** The theme question in its first wording, as the settings have it. */
export function themeQuestion(set: Settings["classification"]): ThemeQuestionOptions {
  return {
    phrasings: ["a"],
    minConfidence: set.min_confidence.value,
    descriptionCharacters: set.description_characters.value,
  };
}

/**
 * Kept answers to the theme question, of the model and server that the environment names. No server
 * is asked.
 *
 * The environment is read when `asking` is, so a run that keeps to keywords does not fail on what it
 * says.
 *
 * @throws {SyntaxError} From `asking`, if the environment's address, model or key cannot be one.
 */
export function keptAnswers(
  store: AnswerStore,
  { themes, settings }: {
    readonly themes: ThemeList;
    readonly settings: Settings["classification"];
  },
): KeptAnswers {
  return {
    themes,
    question: themeQuestion(settings),
    get asking() {
      return { settings: readLlmSettings((name) => Deno.env.get(name)), store, live: null };
    },
  };
}
