import { cohenKappa, krippendorffAlpha, rawAgreement } from "../stats/rater_agreement.ts";
import type { ThemeList } from "../taxonomy/themes.ts";
import { UNCATEGORIZED } from "../taxonomy/themes.ts";
import { askAll, type AskOptions, type AskResult } from "./ask_all.ts";
import type { Classification, EventText } from "./event_text.ts";
import { answererName } from "./llm_task.ts";
import type { Phrasing } from "./phrasings.ts";
import { type ThemeAnswer, themeTask } from "./theme_task.ts";

/** What a model said of each event; `classifications` and `failed` are all events together. */
export interface LlmClassifications extends Omit<AskResult<ThemeAnswer>, "answers"> {
  /** In the order of the events, for one wording after the other. */
  readonly classifications: readonly Classification[];
  /** Names of the classifiers, one a wording in the order asked for. */
  readonly classifiers: readonly string[];
}

/** How the theme question is put. */
export interface ThemeQuestionOptions {
  /** Wordings to ask in; one is enough to classify, all three to see whether wording matters. */
  readonly phrasings: readonly Phrasing[];
  /** Confidence below which an event is uncategorized. */
  readonly minConfidence: number;
  /** Characters of the rules that the model is shown. */
  readonly descriptionCharacters: number;
}

/**
 * Themes of events by a language model.
 *
 * An answer below the least confidence becomes `UNCATEGORIZED` and loses its second theme; its
 * confidence and reason stay as the model gave them.
 *
 * @throws {RangeError} If the list has no theme, or see {@link askAll}.
 */
export async function classifyByLlm(
  events: readonly EventText[],
  themes: ThemeList,
  { phrasings, minConfidence, descriptionCharacters }: ThemeQuestionOptions,
  asking: AskOptions,
): Promise<LlmClassifications> {
  const tasks = phrasings.map((phrasing) => themeTask(themes, { phrasing, descriptionCharacters }));
  const { answers, ...rest } = await askAll(tasks, events, asking);
  const names = new Map(tasks.map((task) => [task.phrasing, answererName(asking.settings, task)]));
  return {
    ...rest,
    classifiers: [...names.values()],
    classifications: answers.map(({ id, phrasing, answer }) => {
      const isSure = answer.confidence >= minConfidence;
      return {
        eventId: id,
        primaryTheme: isSure ? answer.primaryTheme : UNCATEGORIZED,
        secondaryTheme: isSure ? answer.secondaryTheme : null,
        confidence: answer.confidence,
        reasoning: answer.reasoning,
        classifier: names.get(phrasing)!,
      };
    }),
  };
}

/** Whether several classifiers say the same of the same events. */
export interface ClassifierAgreement {
  readonly classifiers: readonly string[];
  /** Share of the events that every classifier has on which all agree; NaN where there is none. */
  readonly allAgree: number;
  /** Share of equal answers, the mean over pairs of classifiers. */
  readonly meanPair: number;
  /** Events that every classifier has. */
  readonly nEvents: number;
  /** Krippendorff's alpha over all events that two or more have. */
  readonly alpha: number;
  /** Cohen's kappa of each pair of classifiers. */
  readonly kappas: readonly { readonly a: string; readonly b: string; readonly kappa: number }[];
}

/**
 * Agreement on the primary theme, with chance taken out.
 *
 * `UNCATEGORIZED` counts as an answer like any other; an event that a classifier failed on is
 * missing for it. Where a classifier names an event twice the last answer counts.
 *
 * @throws {RangeError} If there are fewer than two classifiers.
 */
export function classifierAgreement(
  classifiers: readonly string[],
  classifications: readonly Classification[],
): ClassifierAgreement {
  const eventIds = [...new Set(classifications.map(({ eventId }) => eventId))];
  const themes = [...new Set(classifications.map(({ primaryTheme }) => primaryTheme))];
  const event = new Map(eventIds.map((id, i) => [id, i]));
  const theme = new Map(themes.map((id, i) => [id, i]));
  const raters = classifiers.map((name) => {
    const labels = new Int32Array(eventIds.length).fill(-1);
    for (const { eventId, primaryTheme, classifier } of classifications) {
      if (classifier === name) labels[event.get(eventId)!] = theme.get(primaryTheme)!;
    }
    return labels;
  });
  const { nItems, ...raw } = rawAgreement(raters);
  const kappas = classifiers.flatMap((a, i) =>
    classifiers.slice(i + 1).map((b, j) => ({
      a,
      b,
      kappa: cohenKappa(raters[i]!, raters[i + 1 + j]!),
    }))
  );
  return { classifiers, ...raw, nEvents: nItems, alpha: krippendorffAlpha(raters), kappas };
}
