import type { Settings } from "../core/settings.ts";
import { countOf } from "../core/number_text.ts";
import type { Classification, EventText } from "../classify/event_text.ts";
import { themeQuestion } from "../classify/kept_answers.ts";
import { classifierAgreement, classifyByLlm } from "../classify/llm_classifier.ts";
import { PHRASINGS } from "../classify/phrasings.ts";
import type { ThemeList } from "../taxonomy/themes.ts";
import type { Asking } from "./asking.ts";

/** Themes of events by a language model; events without an answer are left out. */
export async function askThemes(
  events: readonly EventText[],
  themes: ThemeList,
  set: Settings["classification"],
  asking: Asking,
): Promise<readonly Classification[]> {
  const found = await classifyByLlm(events, themes, themeQuestion(set), asking.options());
  asking.done("Themes:", found);
  return found.classifications;
}

/**
 * Puts some events in all three wordings and says how far the answers agree.
 *
 * @param count Events, taken evenly from the sorted list.
 */
export async function askAgreement(
  events: readonly EventText[],
  themes: ThemeList,
  { set, count }: { readonly set: Settings["classification"]; readonly count: number },
  asking: Asking,
): Promise<string> {
  const n = Math.min(Math.ceil(count), events.length);
  const sample = Array.from({ length: n }, (_, k) => events[Math.floor(k * events.length / n)]!);
  const question = { ...themeQuestion(set), phrasings: PHRASINGS };
  const found = await classifyByLlm(sample, themes, question, asking.options());
  asking.done("Wordings:", found);
  const agreement = classifierAgreement(found.classifiers, found.classifications);
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  return `${percent(agreement.allAgree)} of ${
    countOf(agreement.nEvents, "event")
  } alike in all three (wanted: above ${
    percent(set.target_agreement.value)
  }), Krippendorff's alpha ${agreement.alpha.toFixed(3)}, Cohen's kappa ${
    agreement.kappas.map(({ kappa }) => kappa.toFixed(3)).join(", ")
  }`;
}
