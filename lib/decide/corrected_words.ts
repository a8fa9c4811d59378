import type { Market } from "../core/data_set.ts";
import { correctedThemes } from "../taxonomy/corrected_themes.ts";
import type { Corrections } from "../taxonomy/corrections.ts";
import type { WordsAt } from "./words_at.ts";

/**
 * The words of a view with the themes that people signed, which are sure; the same record where nobody
 * signed any.
 *
 * What an event is about is known from its listing on, so a theme that was signed today holds at every
 * decision; see `correctedThemes` for events that were grouped otherwise then.
 *
 * Cost: O(contracts of the view).
 *
 * @param markets Those of the view.
 */
export function correctedWords(
  words: WordsAt,
  markets: readonly Market[],
  corrections: Pick<Corrections, "themes">,
): WordsAt {
  const signed = correctedThemes(markets, words.tree, corrections);
  if (signed.size === 0) return words;
  return {
    ...words,
    themes: words.themes.map((theme, event) => signed.get(event) ?? theme),
    confidence: words.confidence.map((one, event) => signed.has(event) ? 1 : one),
    byPerson: new Set(signed.keys()),
  };
}
