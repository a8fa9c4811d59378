import type { DailyPrices, DataSet } from "../core/data_set.ts";
import { logit } from "../core/probability.ts";
import type { FactorPanel } from "./factor_panel.ts";
import type { SessionMoves } from "./session_moves.ts";

/** Moves of the contracts that have enough of them, and how many contracts have not. */
export interface ContractMoves {
  /** In the order of the data set's markets. */
  readonly moves: readonly SessionMoves[];
  /** How many contracts were left out for each reason that occurred. */
  readonly leftOut: readonly { readonly reason: string; readonly count: number }[];
}

/** What counts as a move, and how many a contract needs. */
export interface ContractMoveOptions {
  /** Changes of the log-odds in nats, or of the probability. */
  readonly representation: "logit" | "points";
  /** Prices are clipped to [tick, 1 − tick] before the log-odds. */
  readonly tick: number;
  /** Fewest moves of a contract that is kept. */
  readonly minSessions: number;
  /** Day from which on moves are not seen: intervals that end on it or later do not count. */
  readonly until?: number;
}

/**
 * Moves of every contract over the intervals of a factor panel at both of whose ends it has a close.
 *
 * Contracts trade around the clock, so a move from one common session to the next holds the weekend and
 * the holidays between them; the naive day-to-day change would lose them. No close is filled, and what a
 * contract pays is no close, so the jump to it never enters.
 *
 * Units: probabilities → nats or probability points. NaN: impossible; an unknown close is not observed.
 * Cost: O(daily rows + days the panel spans).
 *
 * @throws {RangeError} If the tick is not in (0, 0.5), or `minSessions` is no whole number of at least 1.
 */
export function contractMoves(
  { markets, prices }: Pick<DataSet, "markets" | "prices">,
  panel: Pick<FactorPanel, "fromDay" | "day">,
  { representation, tick, minSessions, until = Infinity }: ContractMoveOptions,
): ContractMoves {
  requireOptions(tick, minSessions);
  const intervals = intervalsByDay(panel, until);
  const valueOf = representation === "logit" ? (p: number) => logit(p, tick) : (p: number) => p;
  const moves: SessionMoves[] = [];
  let nShort = 0, nConstant = 0, nUnseen = 0;
  markets.forEach(({ marketId }, market) => {
    const { session, move } = movesBetween(prices, { market, intervals, valueOf });
    if (session.length === 0) ++nUnseen;
    else if (session.length < minSessions) ++nShort;
    else if (move.every((x) => x === 0)) ++nConstant;
    else moves.push({ marketId, market, session, move });
  });
  const leftOut = [
    { reason: "no price at both ends of a session", count: nUnseen },
    { reason: `fewer than ${minSessions} moves`, count: nShort },
    { reason: "all its moves are zero", count: nConstant },
  ];
  return { moves, leftOut: leftOut.filter(({ count }) => count > 0) };
}

/** Which interval ends on a day and which begins at its end, −1 where none does: `ends[day − first]`. */
interface IntervalsByDay {
  readonly first: number;
  readonly ends: Int32Array;
  readonly begins: Int32Array;
}

function intervalsByDay(
  { fromDay, day }: Pick<FactorPanel, "fromDay" | "day">,
  until: number,
): IntervalsByDay {
  const first = fromDay[0] ?? 0, nDays = day.length === 0 ? 0 : day.at(-1)! - first + 1;
  const ends = new Int32Array(nDays).fill(-1), begins = new Int32Array(nDays).fill(-1);
  for (let s = 0; s < day.length && day[s]! < until; ++s) {
    begins[fromDay[s]! - first] = s;
    ends[day[s]! - first] = s;
  }
  return { first, ends, begins };
}

/** One contract's moves: its days come in order, so the interval a day ends began before it or not at all. */
function movesBetween(
  prices: DailyPrices,
  { market, intervals, valueOf }: {
    market: number;
    intervals: IntervalsByDay;
    valueOf: (price: number) => number;
  },
): Pick<SessionMoves, "session" | "move"> {
  const { first, ends, begins } = intervals;
  const session: number[] = [], move: number[] = [];
  let began = -1, before = NaN;
  for (let row = prices.offsets[market]!; row < prices.offsets[market + 1]!; ++row) {
    const at = prices.day[row]! - first, price = prices.close[row]!;
    if (at < 0 || at >= ends.length || Number.isNaN(price)) continue;
    const now = valueOf(price), ended = ends[at]!;
    if (ended >= 0 && ended === began) {
      session.push(ended);
      move.push(now - before);
    }
    if (begins[at]! >= 0) {
      began = begins[at]!;
      before = now;
    }
  }
  return { session: Int32Array.from(session), move: Float64Array.from(move) };
}

function requireOptions(tick: number, minSessions: number): void {
  if (!(tick > 0 && tick < 0.5)) {
    throw new RangeError(`Cannot clip prices as the tick must be in (0, 0.5): got ${tick}`);
  }
  if (!(Number.isInteger(minSessions) && minSessions >= 1)) {
    throw new RangeError(
      `Cannot take moves of contracts as minSessions must be a whole number >= 1: got ${minSessions}`,
    );
  }
}
