import type { BasketDecision, BasketTarget } from "./basket_decision.ts";
import { LIMIT_RULES } from "./basket_limits.ts";

/**
 * The basket that holds every held basket with the same share.
 *
 * A weight is the basket's own over the number of held baskets, so the limits of a contract hold in
 * it too; a basket that holds cash keeps it. Baskets that are infeasible have no share: its cash
 * would say nothing about the weighting. Without a held basket it is infeasible. The reason of a
 * target begins with its basket and the share of that; the rules are those that bind in any basket.
 *
 * Cost: O(m log m) for m contracts.
 *
 * @param decisions Of one method and one day, in any order.
 * @throws {RangeError} If a decision is of another day, or a market is in two baskets.
 */
export function sleeveDecision(
  decisions: readonly BasketDecision[],
  { basket, name, decidedOn }: {
    readonly basket: string;
    readonly name: string;
    readonly decidedOn: number;
  },
): BasketDecision {
  checkDecisions(decisions, decidedOn);
  const held = decisions.filter(({ status }) => status === "held");
  const share = held.length > 0 ? 1 / held.length : 0;
  const targets = held.flatMap((decision) =>
    decision.targets.map((target): BasketTarget => ({
      ...target,
      weight: target.weight * share,
      reason: `basket=${decision.basket};share=${share.toFixed(4)};${target.reason}`,
    }))
  ).sort(byMarket);
  const rules = new Set(decisions.flatMap((decision) => decision.rules));
  // no basket at all: none has enough contracts
  if (decisions.length === 0) rules.add("min_markets");
  return {
    ...{ basket, name, decidedOn, status: held.length > 0 ? "held" : "infeasible", targets },
    cash: Math.max(0, 1 - targets.reduce((sum, { weight }) => sum + weight, 0)),
    rules: LIMIT_RULES.filter((rule) => rules.has(rule)),
    unheld: decisions.flatMap(({ unheld }) => unheld).sort(byMarket),
    mergedFrom: [],
  };
}

function byMarket(a: { readonly marketId: string }, b: { readonly marketId: string }): number {
  return a.marketId < b.marketId ? -1 : 1;
}

function checkDecisions(decisions: readonly BasketDecision[], decidedOn: number): void {
  const basketOf = new Map<string, string>();
  for (const { basket, decidedOn: day, targets, unheld } of decisions) {
    if (day !== decidedOn) {
      throw new RangeError(
        `Cannot join baskets as all must be decided on day ${decidedOn}: got ${day} for "${basket}"`,
      );
    }
    for (const { marketId } of [...targets, ...unheld]) {
      const before = basketOf.get(marketId);
      if (before !== undefined) {
        throw new RangeError(
          `Cannot join baskets as a market must be in one of them: got "${marketId}" in "${before}" and "${basket}"`,
        );
      }
      basketOf.set(marketId, basket);
    }
  }
}
