/** A contract and the ticker whose contracts follow one another. */
export interface TickerContract {
  readonly marketId: string;
  readonly tickerId: string;
}

/** A position that moves from one contract of a ticker to another. */
export interface ContractRoll {
  readonly tickerId: string;
  /** Market id that is held no longer. */
  readonly removed: string;
  /** Market id that takes its place. */
  readonly added: string;
}

/**
 * The contracts that give way to another one of the same ticker.
 *
 * A basket holds one contract a ticker, so a ticker has one pair. Where a list holds several, they are
 * paired in the order of their ids, and what is left over rolls nowhere.
 *
 * Cost: O(n log n).
 *
 * @param before What was held. @param after What is held now. Both in any order.
 * @returns By the id of the removed contract.
 */
export function contractRolls(
  before: readonly TickerContract[],
  after: readonly TickerContract[],
): ContractRoll[] {
  const heldBefore = new Set(before.map(({ marketId }) => marketId));
  const heldAfter = new Set(after.map(({ marketId }) => marketId));
  const removed = idsByTicker(before.filter(({ marketId }) => !heldAfter.has(marketId)));
  const added = idsByTicker(after.filter(({ marketId }) => !heldBefore.has(marketId)));
  const rolls: ContractRoll[] = [];
  for (const [tickerId, ids] of removed) {
    const next = added.get(tickerId) ?? [];
    ids.slice(0, next.length).forEach((id, k) => {
      rolls.push({ tickerId, removed: id, added: next[k]! });
    });
  }
  return rolls.sort((a, b) => a.removed < b.removed ? -1 : 1);
}

function idsByTicker(contracts: readonly TickerContract[]): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const { marketId, tickerId } of contracts) {
    const known = ids.get(tickerId) ?? [];
    if (!known.includes(marketId)) ids.set(tickerId, [...known, marketId].sort());
  }
  return ids;
}
