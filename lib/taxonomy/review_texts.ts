import type { Market } from "../core/data_set.ts";
import { stringColumn, type Table, table, timestampColumn } from "../core/table.ts";
import { contractTitle } from "./contract_title.ts";

/**
 * The checkpoint `04_texts`: what a person reads of some contracts, in whole and as the venue wrote it:
 * market_id, title, outcome, event_title, rules, closes_at (the scheduled end). By market id, each once;
 * null where the source does not say. All texts are untrusted.
 *
 * @param marketIds Contracts to show, in any order.
 * @throws {RangeError} If a contract is not among the markets.
 */
export function reviewTexts(markets: readonly Market[], marketIds: Iterable<string>): Table {
  const byId = new Map(markets.map((market) => [market.marketId, market]));
  const shown = [...new Set(marketIds)].sort().map((id) => {
    const market = byId.get(id);
    if (market !== undefined) return market;
    throw new RangeError(
      `Cannot show the texts of contracts as each must be one of ${markets.length} markets: got "${id}"`,
    );
  });
  return table({
    market_id: stringColumn(shown.map(({ marketId }) => marketId)),
    title: stringColumn(shown.map(contractTitle)),
    outcome: stringColumn(shown.map(({ outcome }) => outcome)),
    event_title: stringColumn(shown.map(({ eventTitle }) => eventTitle)),
    rules: stringColumn(shown.map(({ description }) => description)),
    closes_at: timestampColumn(shown.map(({ closesAtMs }) => closesAtMs)),
  });
}
