import type { Panel } from "../core/panel.ts";
import { movesOf, type Representation, SEED_REPRESENTATION } from "../stats/representation.ts";
import type { WindowMoves } from "./fit_methods.ts";

/** What clusters are made from: two-day log-odds moves, which persist better than daily ones. */
export const WORKING_REPRESENTATION: Representation = {
  unit: "logit",
  stepDays: 2,
  onlyTraded: false,
};

/**
 * The moves of a window as every method takes them.
 *
 * @param prices Days × exposures.
 * @param topics Topic of each exposure by its wording, −1 unknown.
 * @param options.tick Clip of the log-odds.
 * @throws {RangeError} If there is not one topic an exposure.
 */
export function windowMoves(
  prices: Panel,
  topics: Int32Array,
  { tick }: { readonly tick: number },
): WindowMoves {
  if (topics.length !== prices.markets.length) {
    throw new RangeError(
      `Cannot take a window's moves as each of ${prices.markets.length} markets must have a topic: got ${topics.length}`,
    );
  }
  return {
    moves: movesOf(prices, WORKING_REPRESENTATION, { tick }),
    seedMoves: movesOf(prices, SEED_REPRESENTATION, { tick }),
    topics,
    stepDays: WORKING_REPRESENTATION.stepDays,
  };
}
