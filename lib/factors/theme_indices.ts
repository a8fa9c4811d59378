import type { SessionMoves } from "./session_moves.ts";

/** Where a contract stands in the indices of themes. */
export interface ThemePlace {
  /** Id of its theme. */
  readonly theme: string;
  /** Id of its event; contracts of one event and theme count as one. */
  readonly event: string;
  /** +1 where the contract is taken as quoted, −1 where its moves are turned around. */
  readonly side: 1 | -1;
}

/** One index of moves for each theme on the sessions of a factor panel. */
export interface ThemeIndices {
  /** Ids in order. */
  readonly themes: readonly string[];
  readonly nSessions: number;
  /** Themes × sessions by rows, in standard deviations of a contract; NaN with too few events. */
  readonly index: Float64Array;
  /** Themes × sessions by rows: events with a move. */
  readonly nEvents: Int32Array;
}

/** How moves are scaled and how many events make an index. */
export interface ThemeIndexOptions {
  /** Sessions of the panel. */
  readonly nSessions: number;
  /** Fewest events of a session; 5 by default. */
  readonly minEvents?: number;
  /** Moves that a contract's deviation rests on, at the least; 20 by default. */
  readonly minMoves?: number;
  /**
   * Moves that a contract is scaled by: all it has, or those of earlier sessions alone. The first is for
   * looking back; what decides anything takes the second.
   */
  readonly scale?: "full" | "expanding";
  /** Deviations that a scaled move counts for at the most; 5 by default. */
  readonly reach?: number;
}

/**
 * Indices of themes: the mean over events of their contracts' scaled and oriented moves.
 *
 * A contract's moves are divided by their own standard deviation, so that a lively one does not speak
 * for its theme, turned to their side, and averaged within the event first: twenty outcomes of one
 * question are one piece of news. A scaled move counts for `reach` deviations at most, since one that wakes
 * after a still month would otherwise be the index. The index is notional: a level of news on a session.
 * It is no return of anything one could hold, and is never compounded.
 *
 * Shape: contracts × their own sessions → themes × sessions. NaN: with fewer than `minEvents` events. A
 * contract counts where it has a place and its deviation rests on `minMoves` moves and is not 0.
 * Cost: O(moves). Order: themes by id.
 *
 * @param contracts Moves of each contract on sessions of one panel. @param places By market id; a
 *   contract without a place is left out.
 * @throws {RangeError} If an option is out of range, a session lies outside of the panel or a market comes
 *   twice.
 */
export function themeIndices(
  contracts: readonly SessionMoves[],
  places: ReadonlyMap<string, ThemePlace>,
  { nSessions, minEvents = 5, minMoves = 20, scale = "full", reach = 5 }: ThemeIndexOptions,
): ThemeIndices {
  check({ nSessions, minEvents, minMoves, reach });
  const placed = contracts.flatMap((moves) => {
    const place = places.get(moves.marketId);
    return place === undefined ? [] : [{ moves, place }];
  }).sort((a, b) => a.moves.marketId < b.moves.marketId ? -1 : 1);
  placed.forEach(({ moves }, k) => {
    if (moves.marketId === placed[k - 1]?.moves.marketId) {
      refuse("each market must come once", `"${moves.marketId}" twice`);
    }
  });
  const byTheme = Map.groupBy(placed, ({ place }) => place.theme);
  const themes = [...byTheme.keys()].sort();
  const index = new Float64Array(themes.length * nSessions);
  const nEvents = new Int32Array(themes.length * nSessions);
  for (const [k, theme] of themes.entries()) {
    const own = index.subarray(k * nSessions, (k + 1) * nSessions);
    const counts = nEvents.subarray(k * nSessions, (k + 1) * nSessions);
    for (const event of Map.groupBy(byTheme.get(theme)!, ({ place }) => place.event).values()) {
      const sum = new Float64Array(nSessions), count = new Int32Array(nSessions);
      for (const { moves, place } of event) {
        const deviations = scale === "full" ? fullDeviations : earlierDeviations;
        const deviation = deviations(moves.move, minMoves);
        moves.session.forEach((s, i) => {
          if (!(s >= 0 && s < nSessions)) refuse(`sessions must be in [0, ${nSessions})`, s);
          const scaled = place.side * moves.move[i]! / deviation[i]!;
          if (!Number.isFinite(scaled)) return;
          sum[s] = sum[s]! + Math.min(Math.max(scaled, -reach), reach);
          count[s] = count[s]! + 1;
        });
      }
      count.forEach((n, s) => {
        if (n === 0) return;
        own[s] = own[s]! + sum[s]! / n;
        counts[s] = counts[s]! + 1;
      });
    }
    counts.forEach((n, s) => own[s] = n < minEvents ? NaN : own[s]! / n);
  }
  return { themes, nSessions, index, nEvents };
}

/** The standard deviation of all moves, for each of them; NaN with too few or none that vary. */
function fullDeviations(move: Float64Array, minMoves: number): Float64Array {
  const earlier = earlierDeviations(Float64Array.of(...move, NaN), minMoves);
  return new Float64Array(move.length).fill(earlier[move.length]!);
}

/** The standard deviation of the moves before each of them; NaN with too few or none that vary. */
function earlierDeviations(move: Float64Array, minMoves: number): Float64Array {
  const deviations = new Float64Array(move.length);
  let mean = 0, squares = 0;
  for (let i = 0; i < move.length; ++i) {
    const deviation = Math.sqrt(squares / (i - 1));
    deviations[i] = i >= minMoves && deviation > 0 ? deviation : NaN;
    const apart = move[i]! - mean;
    mean += apart / (i + 1);
    squares += apart * (move[i]! - mean);
  }
  return deviations;
}

function check(
  { nSessions, minEvents, minMoves, reach }: Omit<Required<ThemeIndexOptions>, "scale">,
): void {
  if (!(Number.isInteger(nSessions) && nSessions >= 0)) {
    refuse("nSessions must be a whole number >= 0", nSessions);
  }
  if (!(minEvents >= 1)) refuse("minEvents must be at least 1", minEvents);
  if (!(minMoves >= 2)) refuse("minMoves must be at least 2", minMoves);
  if (!(reach > 0)) refuse("reach must be above 0", reach);
}

function refuse(what: string, got: number | string): never {
  throw new RangeError(`Cannot make indices of themes as ${what}: got ${got}`);
}
