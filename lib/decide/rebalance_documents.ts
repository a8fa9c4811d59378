import type { BasketReplay } from "../backtest/basket_replay.ts";
import { eventsOfDate, type RebalanceDate, rebalanceEvent } from "../backtest/rebalance_event.ts";
import type { BasketDecision } from "../baskets/basket_decision.ts";
import { type Corrections, NO_CORRECTIONS } from "../taxonomy/corrections.ts";
import type { DatedDecisions } from "./decide_at.ts";
import { isExcluded } from "./excluded_contracts.ts";

/**
 * Every rebalance of every basket as the seed plan's events, one document a trade date.
 *
 * @param corrections What people signed, whose exclusions are reasons.
 * @returns By ISO date.
 */
export function rebalanceDocuments(
  decisions: readonly DatedDecisions[],
  replays: readonly BasketReplay[],
  { excluded }: Pick<Corrections, "excluded"> = NO_CORRECTIONS,
): Record<string, RebalanceDate> {
  const events = replays.flatMap(({ method, policy, basket, ledger }) =>
    ledger.rebalances.map((rebalance) => {
      const before = decisions.findLast(({ day }) => day < rebalance.decidedOn)?.methods
        .find((one) => one.method === method)?.baskets ?? [];
      const own = basket === "all" ? before : before.filter((one) => one.basket === basket);
      return rebalanceEvent(rebalance, {
        ...{ basketId: basket, method, policy, eligibleBefore: eligibleIn(own) },
        excluded: new Set(
          [...excluded.keys()].filter((id) => isExcluded(id, rebalance.decidedOn, excluded)),
        ),
      });
    })
  );
  return Object.fromEntries(eventsOfDate(events).map((document) => [document.date, document]));
}

function eligibleIn(baskets: readonly BasketDecision[]): ReadonlySet<string> {
  return new Set(
    baskets.flatMap(({ targets, unheld }) =>
      [...targets, ...unheld].map(({ marketId }) => marketId)
    ),
  );
}
