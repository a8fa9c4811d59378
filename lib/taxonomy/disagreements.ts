import { themeByWords } from "./market_witnesses.ts";
import type { ReconciledEvent } from "./reconcile.ts";

/** What a person reads of an event's classification. Untrusted texts. */
export interface MarketReading {
  readonly title: string;
  /** The classifier's sentence; `null` where it was not asked. */
  readonly reasoning: string | null;
}

/** An event on which words and prices do not say the same. */
export interface Disagreement {
  readonly event: ReconciledEvent;
  readonly title: string;
  readonly reasoning: string | null;
  /**
   * 1: prices overrule words that were sure; 2: prices overrule other words, or name what words leave
   * without a theme; 3: an untrusted cluster contradicts words that were sure; 4: any other.
   */
  readonly priority: 1 | 2 | 3 | 4;
}

/**
 * The events on which words and prices differ, or of which prices alone say a theme, most worth a
 * person's time first.
 *
 * A theme that prices gave comes before one that was kept, since a basket will hold it, and within
 * both, words that were sure come first, as there one witness is plainly wrong. Then the cluster with
 * the larger share of its theme, then the market's id.
 *
 * @param readings By market id; an event without one shows the id of its market.
 * @param options.strongConfidence From here words count as sure.
 */
export function disagreements(
  events: readonly ReconciledEvent[],
  readings: ReadonlyMap<string, MarketReading>,
  { strongConfidence }: { readonly strongConfidence: number },
): Disagreement[] {
  return events
    .filter(({ rule }) => rule === "statistics" || rule === "prices name" || rule === "review")
    .map((event) => {
      const reading = readings.get(event.marketId);
      return {
        event,
        title: reading?.title ?? event.marketId,
        reasoning: reading?.reasoning ?? null,
        priority: priorityOf(event, strongConfidence),
      };
    })
    .sort((a, b) =>
      a.priority - b.priority || b.event.cluster!.share - a.event.cluster!.share ||
      (a.event.marketId < b.event.marketId ? -1 : 1)
    );
}

function priorityOf(
  { rule, wordsTheme, confidence }: ReconciledEvent,
  strongConfidence: number,
): 1 | 2 | 3 | 4 {
  const isSure = themeByWords({ theme: wordsTheme }) !== null && confidence >= strongConfidence;
  return rule === "review" ? isSure ? 3 : 4 : isSure ? 1 : 2;
}
