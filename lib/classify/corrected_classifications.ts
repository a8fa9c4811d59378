import type { Market } from "../core/data_set.ts";
import type { ContractTaxonomy } from "../taxonomy/contract_taxonomy.ts";
import { BY_PERSON, correctedThemes } from "../taxonomy/corrected_themes.ts";
import type { Corrections } from "../taxonomy/corrections.ts";
import type { Classification } from "./event_text.ts";

/**
 * Classifications with the themes that people signed in place of the classifier's.
 *
 * What a person said is taken as sure and of one theme. The classifier is still to be judged by what it
 * answered itself, so its own answers must be kept beside these.
 *
 * @param classifications One an event of the taxonomy, in any order.
 * @param options.markets The list that the taxonomy is of.
 * @returns In the order given; the same records where nobody signed.
 */
export function correctedClassifications(
  classifications: readonly Classification[],
  corrections: Pick<Corrections, "themes">,
  { markets, tree }: {
    readonly markets: readonly Pick<Market, "marketId">[];
    readonly tree: ContractTaxonomy;
  },
): readonly Classification[] {
  const signed = new Map(
    [...correctedThemes(markets, tree, corrections)]
      .map(([event, theme]) => [tree.events[event]!.eventId, theme]),
  );
  return classifications.map((one) => {
    const theme = signed.get(one.eventId);
    if (theme === undefined) return one;
    return {
      ...{ eventId: one.eventId, primaryTheme: theme, secondaryTheme: null, confidence: 1 },
      ...{ reasoning: "A person gave it this theme.", classifier: BY_PERSON },
    };
  });
}
