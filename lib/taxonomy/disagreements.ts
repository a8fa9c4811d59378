import type { ReconciledMarket } from "./reconcile.ts";

/** What a person reads of a market's classification. Untrusted texts. */
export interface MarketReading {
  readonly title: string;
  /** The classifier's sentence; `null` where it was not asked. */
  readonly reasoning: string | null;
}

/** A market on which words and prices differ. */
export interface Disagreement {
  readonly market: ReconciledMarket;
  readonly title: string;
  readonly reasoning: string | null;
  /**
   * 1: prices overrule words that were sure; 2: prices overrule other words; 3: an untrusted cluster
   * contradicts words that were sure; 4: any other.
   */
  readonly priority: 1 | 2 | 3 | 4;
}

/**
 * The markets on which words and prices differ, most worth a person's time first.
 *
 * A theme that was replaced comes before one that was kept, since a basket will hold it, and within
 * both, words that were sure come first, as there one witness is plainly wrong. Then the cluster with
 * the larger share of its theme, then the market's id.
 *
 * @param readings By market id; a market without one shows its id.
 * @param options.strongConfidence From here words count as sure.
 */
export function disagreements(
  markets: readonly ReconciledMarket[],
  readings: ReadonlyMap<string, MarketReading>,
  { strongConfidence }: { readonly strongConfidence: number },
): Disagreement[] {
  return markets.filter(({ rule }) => rule === "statistics" || rule === "review")
    .map((market) => {
      const reading = readings.get(market.marketId);
      return {
        market,
        title: reading?.title ?? market.marketId,
        reasoning: reading?.reasoning ?? null,
        priority: priorityOf(market, strongConfidence),
      };
    })
    .sort((a, b) =>
      a.priority - b.priority || b.market.cluster!.share - a.market.cluster!.share ||
      (a.market.marketId < b.market.marketId ? -1 : 1)
    );
}

function priorityOf(
  { rule, confidence }: ReconciledMarket,
  strongConfidence: number,
): 1 | 2 | 3 | 4 {
  const isSure = confidence >= strongConfidence;
  return rule === "statistics" ? isSure ? 1 : 2 : isSure ? 3 : 4;
}
