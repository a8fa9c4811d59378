import { normalDraws, randomStream } from "lib/core/random.ts";
import type { FactorPanel } from "lib/factors/factor_panel.ts";
import type { SessionMoves } from "lib/factors/session_moves.ts";

/** A panel of factors from its moves by rows; one interval a day. */
export function madePanel(moves: ArrayLike<number>, k: number): FactorPanel {
  const nIntervals = moves.length / k;
  return {
    factors: Array.from({ length: k }, (_, f) => ({
      symbol: `F${f}`,
      name: `Factor ${f}`,
      group: "US equity",
      kind: "price",
    })),
    fromDay: Int32Array.from({ length: nIntervals }, (_, s) => 1000 + s),
    day: Int32Array.from({ length: nIntervals }, (_, s) => 1001 + s),
    moves: Float64Array.from(moves),
  };
}

/** Independent normal factors of different scale. */
export function noisePanel(nIntervals: number, k: number, seed: number): FactorPanel {
  const normal = normalDraws(randomStream(seed, "factors"));
  const moves = Array.from({ length: nIntervals * k }, (_, at) => normal() * (1 + at % k) + 0.1);
  return madePanel(moves, k);
}

/** One contract's moves on the given sessions. */
export function madeContract(
  market: number,
  session: ArrayLike<number>,
  move: ArrayLike<number>,
): SessionMoves {
  return {
    marketId: `poly:${market}`,
    market,
    session: Int32Array.from(session),
    move: Float64Array.from(move),
  };
}

/**
 * Contracts on runs of sessions whose moves are noise plus `beta` times the first factor in standard
 * deviations.
 */
export function madeContracts(
  panel: FactorPanel,
  { count, n, beta, seed }: { count: number; n: number; beta: number; seed: number },
): SessionMoves[] {
  const normal = normalDraws(randomStream(seed, "contracts"));
  const random = randomStream(seed, "starts"), k = panel.factors.length;
  return Array.from({ length: count }, (_, market) => {
    const from = Math.floor(random() * (panel.day.length - n + 1));
    const session = Array.from({ length: n }, (_, t) => from + t);
    return madeContract(
      market,
      session,
      session.map((s) => normal() + beta * (panel.moves[s * k]! - 0.1)),
    );
  });
}
