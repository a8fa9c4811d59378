import type { Panel } from "../core/panel.ts";
import { logitChange, pointChange } from "./returns.ts";
import { bothTraded, movedDays } from "./traded.ts";

/** What stands for the behaviour of a market: unit and length of its moves, and which days count. */
export interface Representation {
  /** `points` are changes of the probability, `logit` changes of the log-odds in nats. */
  readonly unit: "points" | "logit";
  /** Length of a move in days; moves longer than a day overlap. */
  readonly stepDays: number;
  /** Whether a move counts only between two days on which the price moved. */
  readonly onlyTraded: boolean;
}

/** The seed plan's choice: changes of the price from day to day. */
export const SEED_REPRESENTATION: Representation = {
  unit: "points",
  stepDays: 1,
  onlyTraded: false,
};

/** A short name for tables and files, such as `logit_2d` or `points_1d_traded`. */
export function representationKey({ unit, stepDays, onlyTraded }: Representation): string {
  return `${unit}_${stepDays}d${onlyTraded ? "_traded" : ""}`;
}

/** The same in words, such as `2-day log-odds moves, both days traded`. */
export function representationName({ unit, stepDays, onlyTraded }: Representation): string {
  const moves = unit === "points" ? "point changes" : "log-odds moves";
  return `${stepDays}-day ${moves}${onlyTraded ? ", traded days only" : ""}`;
}

/**
 * A panel's moves in one representation.
 *
 * Trading is read off the price: a day at an unchanged price counts as not traded, since most
 * sources report no daily volume.
 *
 * Shape: days × markets → the same. Units: probability → points or nats. Cost: O(cells).
 * NaN: a move of which either price is unknown, or either day did not trade where that is asked.
 *
 * @param options.tick Prices are clipped to [tick, 1 − tick] before the log-odds.
 */
export function movesOf(
  prices: Panel,
  { unit, stepDays, onlyTraded }: Representation,
  { tick }: { readonly tick: number },
): Panel {
  const moves = unit === "points"
    ? pointChange(prices, { stepDays })
    : logitChange(prices, { stepDays, tick });
  return onlyTraded ? bothTraded(moves, movedDays(prices), { stepDays }) : moves;
}
