/**
 * What a classifier is shown of an event: words and the scheduled end, never a price, a volume, a
 * status or an outcome. All of it is untrusted text.
 */
export interface EventText {
  readonly eventId: string;
  /** The question: the venue's title or the stripped title of its contracts. */
  readonly title: string;
  /** Texts of its tickers, sorted. */
  readonly tickers: readonly string[];
  /** Slugs or series tickers of the venue, which name leagues and series; sorted. */
  readonly slugs: readonly string[];
  /** Rule text of the first contract. */
  readonly description: string | null;
  /** Names of the venues, sorted: "polymarket". */
  readonly venues: readonly string[];
  /** Latest scheduled end, ISO date. */
  readonly endDate: string | null;
}

/** A classifier's answer for one event. */
export interface Classification {
  readonly eventId: string;
  /** Id of a theme, or `UNCATEGORIZED` where the best has a confidence below 0.5. */
  readonly primaryTheme: string;
  /** Id of another theme that the event also spans; `null` where none. */
  readonly secondaryTheme: string | null;
  /** Probability that the best theme is right, in [0, 1]. */
  readonly confidence: number;
  /** One sentence for a reader. Untrusted where a model wrote it. */
  readonly reasoning: string;
  /** Which classifier, with the version of what it rests on: `lexical 1`, `llm gpt-4o-mini 1a`. */
  readonly classifier: string;
}
