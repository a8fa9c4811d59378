import { themeByWords } from "./market_witnesses.ts";
import type { ReconciledMarket } from "./reconcile.ts";

/** A title that could stand in the taxonomy as what a theme is not. */
export interface AntiExampleSuggestion {
  /** The theme that words gave. */
  readonly theme: string;
  /** Title of the market. Untrusted. */
  readonly text: string;
  /** The theme of its cluster. */
  readonly belongsTo: string;
  /** Markets that move from this theme to that one. */
  readonly nMarkets: number;
  readonly marketId: string;
  readonly clusterLabel: string;
}

/**
 * Anti-examples that prices suggest for the taxonomy: titles of markets that trusted clusters move
 * from one theme to another, where several move the same way.
 *
 * A suggestion for a person and never written by itself: that two things move together does not
 * make them one subject.
 *
 * @param titles By market id; a market without one suggests nothing.
 * @param options.minMarkets Fewest markets that move the same way.
 * @returns Most markets first, then by themes and market id.
 */
export function antiExampleSuggestions(
  markets: readonly ReconciledMarket[],
  titles: ReadonlyMap<string, string>,
  { minMarkets }: { readonly minMarkets: number },
): AntiExampleSuggestion[] {
  const moves = new Map<string, ReconciledMarket[]>();
  for (const market of markets) {
    const words = themeByWords({ theme: market.wordsTheme });
    if (market.rule !== "statistics" || words === null) continue;
    const move = JSON.stringify([words, market.theme]);
    moves.set(move, [...(moves.get(move) ?? []), market]);
  }
  return [...moves].filter(([, moved]) => moved.length >= minMarkets)
    .sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .flatMap(([, moved]) =>
      moved.filter(({ marketId }) => titles.has(marketId))
        .sort((a, b) => a.marketId < b.marketId ? -1 : 1)
        .map((market) => ({
          ...{ theme: market.wordsTheme!, text: titles.get(market.marketId)! },
          ...{ belongsTo: market.theme, nMarkets: moved.length, marketId: market.marketId },
          clusterLabel: market.cluster!.label,
        }))
    );
}
