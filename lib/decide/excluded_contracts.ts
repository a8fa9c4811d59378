import type { Eligibility } from "../baskets/eligibility.ts";
import type { FunnelStep } from "../baskets/eligibility_funnel.ts";
import type { Market } from "../core/data_set.ts";
import type { Corrections } from "../taxonomy/corrections.ts";

/**
 * Which contracts may enter a basket, without those that a person excluded from that day on or before;
 * the same record where nobody excluded any. What the filters say of them stays as it is.
 *
 * @param markets Those that `eligible` is of.
 */
export function withoutExcluded(
  eligible: Eligibility,
  markets: readonly Pick<Market, "marketId">[],
  { excluded }: Pick<Corrections, "excluded">,
): Eligibility {
  if (excluded.size === 0) return eligible;
  return {
    ...eligible,
    eligible: eligible.eligible.map((one, j) =>
      isExcluded(markets[j]!.marketId, eligible.day, excluded) ? 0 : one
    ),
  };
}

/**
 * The last step of the funnel, people's exclusions: counts of active contracts as in the other steps.
 * No step where nobody excluded a contract at any date.
 *
 * @param passed Before the exclusions.
 */
export function exclusionStep(
  { day, answers, eligible }: Eligibility,
  markets: readonly Pick<Market, "marketId">[],
  { excluded }: Pick<Corrections, "excluded">,
): FunnelStep[] {
  if (excluded.size === 0) return [];
  let nPass = 0, nFail = 0, nLeft = 0;
  markets.forEach(({ marketId }, j) => {
    if (answers.active[j] !== 1) return;
    if (isExcluded(marketId, day, excluded)) ++nFail;
    else {
      ++nPass;
      nLeft += eligible[j]!;
    }
  });
  return [{ decidedOn: day, filter: "person", nPass, nFail, nUnknown: 0, nLeft }];
}

/** Whether a person excluded the contract from that day on or before. */
export function isExcluded(
  marketId: string,
  day: number,
  excluded: Corrections["excluded"],
): boolean {
  const since = excluded.get(marketId);
  return since !== undefined && day >= since;
}
