import type { Random } from "../core/random.ts";
import type { SessionMoves } from "./session_moves.ts";

/**
 * The same contracts with their moves turned along their own sessions: a null of everything that is
 * estimated from them together.
 *
 * All are turned by one share of their length, so that contracts of the same sessions turn together and
 * what they have in common stays in the null; only the timing towards the factors is lost. Each has a
 * move out of place: no contract of two moves or more is turned by nothing or all.
 *
 * Shape: contracts → the same. Cost: O(moves).
 *
 * @param random Source of the share, drawn once.
 *
 * @example Turned by one of the two offsets that three moves have
 * ```ts
 * import assert from "node:assert/strict";
 * import { turnedMoves } from "lib/factors/turned_moves.ts";
 * const one = { marketId: "poly:a", market: 0, session: Int32Array.of(2, 3, 7), move: Float64Array.of(1, 2, 3) };
 * assert.deepEqual(turnedMoves([one], () => 0.9)[0]!.move, Float64Array.of(2, 3, 1));
 * ```
 */
export function turnedMoves(
  contracts: readonly SessionMoves[],
  random: Random,
): SessionMoves[] {
  const share = random();
  return contracts.map((contract) => {
    const n = contract.move.length;
    const offset = n > 1 ? 1 + Math.floor(share * (n - 1)) : 0;
    return { ...contract, move: contract.move.map((_, t) => contract.move[(t + n - offset) % n]!) };
  });
}
