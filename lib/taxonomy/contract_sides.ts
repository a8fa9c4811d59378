import type { Market } from "../core/data_set.ts";
import type { ContractSide } from "./contract_side.ts";
import type { ContractTaxonomy } from "./contract_taxonomy.ts";
import type { SideRules } from "./parse_sides.ts";
import { contractSide } from "./side_rule.ts";
import { UNCATEGORIZED } from "./themes.ts";

/**
 * The side of every contract by rule, in the order of the markets; see {@link contractSide}.
 *
 * A contract without a theme has no driver to be on a side of.
 *
 * @param themes Theme of each event of the taxonomy.
 * @throws {RangeError} If the taxonomy is of other markets, the themes are of other events, or the
 *   rules do not know a theme.
 */
export function contractSides(
  markets: readonly Market[],
  { links, events }: ContractTaxonomy,
  themes: readonly string[],
  rules: SideRules,
): ContractSide[] {
  if (links.length !== markets.length || events.length !== themes.length) {
    throw new RangeError(
      `Cannot find the sides of contracts as each must have a link and each event a theme: got ${links.length} links for ${markets.length} markets, ${themes.length} themes for ${events.length} events`,
    );
  }
  return links.map(({ market, event }): ContractSide => {
    const theme = themes[event]!;
    if (theme !== UNCATEGORIZED) return contractSide(markets[market]!, theme, rules);
    return {
      ...{ marketId: markets[market]!.marketId, side: 0, confidence: 1 },
      ...{ reasoning: "It has no theme.", method: `rule ${rules.version}` },
    };
  });
}
