import type { Side } from "../baskets/side.ts";
import { contractKey } from "./holdings.ts";
import type { Contribution } from "./ledger.ts";

/** What a number of points came from. */
export type FlowKind = "drift" | "resolution" | "spread" | "fees" | "roll";

/** Points of net NAV that one contract gained or lost at one event. */
export interface Flow {
  /** Index in the price paths. */
  readonly market: number;
  readonly side: Side;
  readonly kind: FlowKind;
  /** Points; negative is a loss. */
  readonly points: number;
}

/**
 * The sum of each contract's flows by kind. Together with the interest on cash they add up to the
 * change of the net NAV, as no other flow changes it: trades exchange equal values, and a settlement
 * exchanges a position for its payout.
 *
 * Cost: O(flows + contracts · log contracts).
 *
 * @param flows In any order; sums are taken in this one.
 * @param options.ids Market id of each index.
 * @returns By market, then side.
 */
export function contributions(
  flows: readonly Flow[],
  { ids }: { readonly ids: readonly string[] },
): Contribution[] {
  const sums = new Map<number, Record<FlowKind, number>>();
  for (const flow of flows) {
    const key = contractKey(flow);
    let sum = sums.get(key);
    if (sum === undefined) {
      sum = { drift: 0, resolution: 0, spread: 0, fees: 0, roll: 0 };
      sums.set(key, sum);
    }
    sum[flow.kind] += flow.points;
  }
  return Array.from(sums).sort(([a], [b]) => a - b).map(([key, sum]) => ({
    marketId: ids[key >> 1]!,
    side: key % 2 === 1 ? "yes" : "no",
    ...sum,
  }));
}
