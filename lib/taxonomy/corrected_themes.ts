import type { Market } from "../core/data_set.ts";
import type { ContractTaxonomy } from "./contract_taxonomy.ts";
import type { Corrections } from "./corrections.ts";

/** Who gave a theme, where a classifier's name would stand. */
export const BY_PERSON = "a person";

/**
 * The events whose theme a person gave, with that theme, by their place in the taxonomy.
 *
 * A person speaks of an event as it is today, and signs for each of its contracts. A taxonomy of an
 * earlier day may group them otherwise, so that contracts with different signed themes come together:
 * the theme that most of them have is the event's then, of several the first by id. A contract of the
 * event about which nobody signed follows.
 *
 * Cost: O(contracts); nothing where no theme is signed.
 *
 * @param markets The list that the taxonomy is of.
 */
export function correctedThemes(
  markets: readonly Pick<Market, "marketId">[],
  { links }: Pick<ContractTaxonomy, "links">,
  { themes }: Pick<Corrections, "themes">,
): ReadonlyMap<number, string> {
  if (themes.size === 0) return new Map();
  const counts = new Map<number, Map<string, number>>();
  for (const { market, event } of links) {
    const theme = themes.get(markets[market]!.marketId);
    if (theme === undefined) continue;
    const own = counts.get(event) ?? new Map<string, number>();
    counts.set(event, own.set(theme, (own.get(theme) ?? 0) + 1));
  }
  return new Map(
    [...counts].sort(([a], [b]) => a - b).map(([event, own]) => {
      const [[theme]] = [...own].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)) as [
        [string, number],
      ];
      return [event, theme];
    }),
  );
}
