import type { BasketCandidate, BasketDecision, BasketTarget, Unheld } from "./basket_decision.ts";
import { limitedWeights, type WeightSolver } from "./basket_limits.ts";
import type { BasketLimits, LimitedContract } from "./limit_caps.ts";
import type { WeightingInput, WeightingKey } from "./weighting.ts";
import { weightsOf } from "./weights_of.ts";

/** A contract with the side it would be held on: a `HoldableContract` and its side. */
export interface BasketContract extends BasketCandidate, LimitedContract {}

/** How one basket is decided. */
export interface BasketOptions {
  readonly weighting: WeightingKey;
  /** Whether a contract's share of the basket's liquidity limits its weight. */
  readonly capsLiquidity: boolean;
  readonly limits: BasketLimits;
  /** Day at whose end it is decided. */
  readonly decidedOn: number;
  /** Ids of the themes that are joined in it. */
  readonly mergedFrom: readonly string[];
  /** What is known of the contracts at these indices, which are in ascending order of market id. */
  readonly inputOf: (kept: Int32Array) => WeightingInput;
}

/**
 * What one basket shall hold: its contracts weighted, within every limit.
 *
 * The reason of a target names the weighting, the share it wanted of what is held, to four digits,
 * the limit that binds, and what the weighting had to do without:
 * `weighting=volume;raw=0.07143;limit=none;volume=partly_unknown`. What the limits leave over is
 * cash. The order of `contracts` does not matter.
 *
 * Cost: see `limitedWeights` and the weighting.
 *
 * @param contracts Eligible contracts of the group, one an event.
 * @throws {RangeError} If a contract is there twice or a number about it is impossible.
 */
export function decidedBasket(
  group: { readonly id: string; readonly name: string },
  contracts: readonly BasketContract[],
  { weighting, capsLiquidity, limits, decidedOn, mergedFrom, inputOf }: BasketOptions,
): BasketDecision {
  const solver: WeightSolver = (kept, caps) => weightsOf(weighting, inputOf(kept), caps);
  const { status, kept, weights, raw, limits: bound, note, cash, rules, dropped } = limitedWeights(
    contracts,
    solver,
    capsLiquidity ? limits : { ...limits, liquidityMultiple: null },
  );
  const more = note === "" ? "" : `;${note}`;
  return {
    ...{ basket: group.id, name: group.name, decidedOn, status, cash, rules, mergedFrom },
    targets: Array.from(kept, (i, k): BasketTarget => ({
      ...candidateOf(contracts[i]!),
      weight: weights[k]!,
      reason: `weighting=${weighting};raw=${raw[k]!.toPrecision(4)};limit=${bound[k]!}${more}`,
    })),
    unheld: dropped.map(({ contract, reason }): Unheld => ({
      ...candidateOf(contracts[contract]!),
      reason,
    })),
  };
}

function candidateOf(
  { marketId, venue, eventId, tickerId, side }: BasketContract,
): BasketCandidate {
  return { marketId, venue, eventId, tickerId, side };
}
