import type { Market } from "../core/data_set.ts";
import type { AuditCandidate } from "../taxonomy/audit_entries.ts";
import { contractTitle } from "../taxonomy/contract_title.ts";
import type { ContractTaxonomy } from "../taxonomy/contract_taxonomy.ts";
import { themeByWords } from "../taxonomy/market_witnesses.ts";
import type { ReconciledEvent } from "../taxonomy/reconcile.ts";
import type { Classification } from "./event_text.ts";

/**
 * Every contract with its classification, as one that may come on an audit sheet, in the order of
 * the markets.
 *
 * @param classifications One an event of the taxonomy.
 * @param reconciled What prices say of events. Those that are not in it contradict nothing, nor do
 *   those that words leave without a theme.
 * @throws {RangeError} If an event has no classification.
 */
export function auditCandidates(
  markets: readonly Market[],
  { links, events }: ContractTaxonomy,
  classifications: readonly Classification[],
  reconciled: readonly ReconciledEvent[],
): AuditCandidate[] {
  const byEvent = new Map(classifications.map((one) => [one.eventId, one]));
  const contradicted = new Set(
    reconciled.filter(({ rule, wordsTheme }) =>
      (rule === "statistics" || rule === "review") && themeByWords({ theme: wordsTheme }) !== null
    ).map(({ eventId }) => eventId),
  );
  return links.map(({ market, event }) => {
    const { marketId, description } = markets[market]!;
    const { eventId } = events[event]!;
    const classification = byEvent.get(eventId);
    if (classification === undefined) {
      throw new RangeError(
        `Cannot list contracts to audit as each event must have a classification: got none for "${eventId}"`,
      );
    }
    const { primaryTheme, secondaryTheme, confidence, reasoning, classifier } = classification;
    return {
      ...{ marketId, eventId, title: contractTitle(markets[market]!) ?? marketId },
      ...{ ruleText: description, theme: primaryTheme, secondaryTheme, confidence, reasoning },
      ...{ classifier, isContradicted: contradicted.has(eventId) },
    };
  });
}
