import type { Taxonomy } from "../taxonomy/lexical_theme.ts";
import type { EventText } from "./event_text.ts";
import { lexicalClassifier } from "./lexical_classifier.ts";

/** An example that does not classify as the file says. */
export interface FailedExample {
  readonly text: string;
  /** Theme that the file gives it. */
  readonly expected: string;
  readonly got: string;
  readonly confidence: number;
  readonly reasoning: string;
}

/**
 * Examples and anti-examples of a taxonomy that the lexical classifier puts elsewhere, in the order
 * of the file; none where keywords and examples agree.
 *
 * Each text is an event of its own: a title without slug, rules or other tickers.
 */
export function checkTaxonomy(taxonomy: Taxonomy): FailedExample[] {
  const classify = lexicalClassifier(taxonomy);
  return taxonomy.themes.flatMap(({ id, examples, antiExamples }) => [
    ...examples.map((text) => ({ text, theme: id })),
    ...antiExamples,
  ]).flatMap(({ text, theme }) => {
    const { primaryTheme, confidence, reasoning } = classify(titleAlone(text));
    return primaryTheme === theme
      ? []
      : [{ text, expected: theme, got: primaryTheme, confidence, reasoning }];
  });
}

/** An event of which only the title is known. */
export function titleAlone(title: string): EventText {
  return {
    eventId: title,
    title,
    tickers: [title],
    slugs: [],
    description: null,
    venues: [],
    endDate: null,
  };
}
