import type { Market } from "../core/data_set.ts";
import { numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import type { ContractTaxonomy } from "../taxonomy/contract_taxonomy.ts";
import type { Classification } from "./event_text.ts";

/**
 * A row for each event, in the order given: event_id, primary_theme, secondary_theme (null where
 * none), confidence, reasoning, classifier.
 */
export function classificationTable(classifications: readonly Classification[]): Table {
  return table(columnsOf(classifications));
}

/**
 * A row for each contract in the order of the markets: market_id, then the columns of
 * {@link classificationTable} for its event.
 *
 * @param classifications One for each event of the taxonomy, in any order.
 * @throws {RangeError} If the taxonomy is of another list of markets, or an event has not exactly one
 *   classification.
 */
export function marketClassificationTable(
  markets: readonly Pick<Market, "marketId">[],
  { links, events }: ContractTaxonomy,
  classifications: readonly Classification[],
): Table {
  if (markets.length !== links.length) {
    throw new RangeError(
      `Cannot list classified contracts as the taxonomy must be of these markets: got ${links.length} links for ${markets.length} markets`,
    );
  }
  const byEvent = new Map(classifications.map((one) => [one.eventId, one]));
  const missing = events.find(({ eventId }) => !byEvent.has(eventId));
  if (missing !== undefined || byEvent.size !== classifications.length) {
    throw new RangeError(
      `Cannot list classified contracts as each event must have one classification: got ${
        missing === undefined ? "an event twice" : `none for "${missing.eventId}"`
      }`,
    );
  }
  const rows = links.map(({ event }) => byEvent.get(events[event]!.eventId)!);
  return table({
    market_id: stringColumn(links.map(({ market }) => markets[market]!.marketId)),
    ...columnsOf(rows),
  });
}

function columnsOf(rows: readonly Classification[]) {
  return {
    event_id: stringColumn(rows.map(({ eventId }) => eventId)),
    primary_theme: stringColumn(rows.map(({ primaryTheme }) => primaryTheme)),
    secondary_theme: stringColumn(rows.map(({ secondaryTheme }) => secondaryTheme)),
    confidence: numberColumn(rows.map(({ confidence }) => confidence)),
    reasoning: stringColumn(rows.map(({ reasoning }) => reasoning)),
    classifier: stringColumn(rows.map(({ classifier }) => classifier)),
  };
}
