/** How few things a basket really holds. */
export interface Concentration {
  /** Sum of squared shares of what is invested, in (0, 1]; 1 for a single contract. */
  readonly herfindahl: number;
  /** Contracts of equal weight that would be as concentrated: 1 / herfindahl. */
  readonly effectiveContracts: number;
  /** The same with the contracts of an event taken together. */
  readonly effectiveEvents: number;
}

/**
 * Herfindahl concentration of a basket's contracts and events.
 *
 * Shares are of what is invested: half the money in cash does not make five contracts twenty. The
 * number says how evenly weights are spread, not how independent the contracts are.
 *
 * NaN: nothing invested. Cost: O(n). Source: Herfindahl 1950; the effective number of Laakso & Taagepera 1979.
 *
 * @param weights One a contract, at least 0.
 * @param events Event of each contract.
 * @throws {RangeError} If the lengths differ or a weight is not at least 0.
 *
 * @example Four equal contracts of which two are one event
 * ```ts
 * import assert from "node:assert/strict";
 * import { concentration } from "lib/backtest/concentration.ts";
 * const { herfindahl, effectiveContracts, effectiveEvents } = concentration(
 *   [0.2, 0.2, 0.2, 0.2],
 *   ["e1", "e1", "e2", "e3"],
 * );
 * assert.deepEqual([herfindahl, effectiveContracts], [0.25, 4]);
 * assert.ok(Math.abs(effectiveEvents - 8 / 3) < 1e-12);
 * ```
 */
export function concentration(
  weights: ArrayLike<number>,
  events: ArrayLike<string>,
): Concentration {
  if (events.length !== weights.length) {
    throw new RangeError(
      `Cannot measure concentration as each contract must have an event: got ${events.length} events for ${weights.length} weights`,
    );
  }
  const byEvent = new Map<string, number>();
  for (let i = 0; i < weights.length; ++i) {
    if (!(weights[i]! >= 0)) {
      throw new RangeError(
        `Cannot measure concentration as a weight must be >= 0: got ${weights[i]} at ${i}`,
      );
    }
    byEvent.set(events[i]!, (byEvent.get(events[i]!) ?? 0) + weights[i]!);
  }
  const contracts = effectiveNumber(Array.from(weights));
  return {
    herfindahl: 1 / contracts,
    effectiveContracts: contracts,
    effectiveEvents: effectiveNumber([...byEvent.values()]),
  };
}

function effectiveNumber(weights: readonly number[]): number {
  const sum = weights.reduce((total, w) => total + w, 0);
  return sum * sum / weights.reduce((total, w) => total + w * w, 0);
}
