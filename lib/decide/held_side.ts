import type { Side } from "../baskets/side.ts";
import type { Market } from "../core/data_set.ts";
import type { Corrections } from "../taxonomy/corrections.ts";
import type { SideRules } from "../taxonomy/parse_sides.ts";
import { contractSide } from "../taxonomy/side_rule.ts";
import { UNCATEGORIZED } from "../taxonomy/themes.ts";

/** The side of a contract that is held for a theme; `null` is no theme. */
export type HeldSide = (market: Market, theme: string | null) => Side;

/**
 * The side on which something happens: the quoted outcome, or its complement where No, Down or Under is
 * quoted. A contract that a venue quotes by its other outcome keeps what is held.
 */
export function affirmativeSide({ outcome }: Pick<Market, "outcome">): Side {
  return outcome !== null && /^(?:no|down|under)$/i.test(outcome) ? "no" : "yes";
}

/**
 * A reader of the side that is long a theme's driver, and the affirmative one where the theme has no
 * driver or the words do not say; see {@link contractSide}.
 *
 * Remembers what it has read of each market, as the same contracts come back at every decision.
 */
export function heldSideReader(rules: SideRules): HeldSide {
  const read = new WeakMap<Market, Map<string, Side>>();
  return (market, theme) => {
    if (theme === null || theme === UNCATEGORIZED) return affirmativeSide(market);
    let own = read.get(market);
    if (own === undefined) read.set(market, own = new Map());
    let side = own.get(theme);
    if (side === undefined) own.set(theme, side = themeSide(market, theme, rules));
    return side;
  };
}

/**
 * The same reader with the sides that people signed.
 *
 * A person says on which side of a driver a contract is, and means that of its theme by words: for
 * another theme, that prices or a table gave, the rules speak. A signed 0 is as if the words did not say.
 *
 * @param themeOf A contract's theme by words.
 */
export function signedSide(
  heldSide: HeldSide,
  { sides }: Pick<Corrections, "sides">,
  themeOf: (marketId: string) => string | undefined,
): HeldSide {
  if (sides.size === 0) return heldSide;
  return (market, theme) => {
    const signed = sides.get(market.marketId);
    const isMeant = theme !== UNCATEGORIZED && theme === themeOf(market.marketId);
    return signed === undefined || !isMeant ? heldSide(market, theme) : sideOf(market, signed);
  };
}

function sideOf(market: Market, side: -1 | 0 | 1): Side {
  return side === 0 ? affirmativeSide(market) : side > 0 ? "yes" : "no";
}

function themeSide(market: Market, theme: string, rules: SideRules): Side {
  return sideOf(market, contractSide(market, theme, rules).side);
}
