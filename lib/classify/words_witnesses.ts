import type { Market } from "../core/data_set.ts";
import type { ContractTaxonomy } from "../taxonomy/contract_taxonomy.ts";
import { BY_PERSON } from "../taxonomy/corrected_themes.ts";
import type { WordsWitness } from "../taxonomy/join_witnesses.ts";
import type { Classification } from "./event_text.ts";

/**
 * Every contract with what words say of its event, in the order of the markets; a theme that a person
 * gave is marked, so that prices do not overrule it.
 *
 * @param classifications One an event of the taxonomy, in any order.
 * @throws {RangeError} If an event has no classification.
 */
export function wordsWitnesses(
  markets: readonly Pick<Market, "marketId">[],
  { links, events }: ContractTaxonomy,
  classifications: readonly Classification[],
): WordsWitness[] {
  const byEvent = new Map(classifications.map((one) => [one.eventId, one]));
  return links.map(({ market, event }): WordsWitness => {
    const { eventId } = events[event]!, found = byEvent.get(eventId);
    if (found === undefined) {
      throw new RangeError(
        `Cannot say what words tell as each event must have a classification: got none for "${eventId}"`,
      );
    }
    const { primaryTheme: theme, confidence, classifier } = found;
    return {
      ...{ marketId: markets[market]!.marketId, eventId, theme, confidence },
      isByPerson: classifier === BY_PERSON,
    };
  });
}
