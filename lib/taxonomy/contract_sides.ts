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
 */
export function contractSides(
  markets: readonly Market[],
  { links }: ContractTaxonomy,
  themes: readonly string[],
  rules: SideRules,
): ContractSide[] {
  return links.map(({ market, event }): ContractSide => {
    const theme = themes[event]!;
    if (theme !== UNCATEGORIZED) return contractSide(markets[market]!, theme, rules);
    return {
      ...{ marketId: markets[market]!.marketId, side: 0, confidence: 1 },
      ...{ reasoning: "It has no theme.", method: `rule ${rules.version}` },
    };
  });
}
