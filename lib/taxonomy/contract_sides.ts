import type { Market } from "../core/data_set.ts";
import type { ContractSide } from "./contract_side.ts";
import type { ContractTaxonomy } from "./contract_taxonomy.ts";
import { type Corrections, NO_CORRECTIONS } from "./corrections.ts";
import type { SideRules } from "./parse_sides.ts";
import { contractSide } from "./side_rule.ts";
import { UNCATEGORIZED } from "./themes.ts";

/**
 * The side of every contract by rule, in the order of the markets; see {@link contractSide}. Where a
 * person signed one, that is it.
 *
 * A contract without a theme has no driver to be on a side of, whatever was signed.
 *
 * @param themes Theme of each event of the taxonomy.
 * @param corrections Sides that people signed; none by default.
 * @throws {RangeError} If the taxonomy is of other markets, the themes are of other events, or the
 *   rules do not know a theme.
 */
export function contractSides(
  markets: readonly Market[],
  { links, events }: ContractTaxonomy,
  themes: readonly string[],
  rules: SideRules,
  { sides }: Pick<Corrections, "sides"> = NO_CORRECTIONS,
): ContractSide[] {
  if (links.length !== markets.length || events.length !== themes.length) {
    throw new RangeError(
      `Cannot find the sides of contracts as each must have a link and each event a theme: got ${links.length} links for ${markets.length} markets, ${themes.length} themes for ${events.length} events`,
    );
  }
  return links.map(({ market, event }): ContractSide => {
    const theme = themes[event]!, { marketId } = markets[market]!;
    if (theme === UNCATEGORIZED) {
      return {
        ...{ marketId, side: 0, confidence: 1 },
        ...{ reasoning: "It has no theme.", method: `rule ${rules.version}` },
      };
    }
    const signed = sides.get(marketId);
    if (signed === undefined) return contractSide(markets[market]!, theme, rules);
    return {
      ...{ marketId, side: signed, confidence: 1 },
      ...{ reasoning: "A person gave it this side.", method: "person" },
    };
  });
}
