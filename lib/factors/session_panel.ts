import { type Panel, panel } from "../core/panel.ts";
import type { FactorPanel } from "./factor_panel.ts";
import type { SessionMoves } from "./session_moves.ts";

/** Which sessions and contracts make a panel of moves. */
export interface SessionPanelOptions {
  /** Last sessions of the factor panel that are taken. */
  readonly sessions: number;
  /** Least share of them on which a contract must have a move, in [0, 1]. */
  readonly minShare: number;
  /** Event of a contract; of several of one event the one with most moves stands for it. */
  readonly eventOf: (marketId: string) => string;
}

/**
 * Moves of the last sessions as days × contracts, one contract an event.
 *
 * Outcomes of one event move against each other by construction, and a component of them would be the
 * event. Ties go to the contract first by id. NaN: no move on a session. Cost: O(moves).
 */
export function sessionPanel(
  { day }: Pick<FactorPanel, "day">,
  contracts: readonly SessionMoves[],
  { sessions, minShare, eventOf }: SessionPanelOptions,
): Panel {
  const first = Math.max(day.length - sessions, 0), nDays = day.length - first;
  const known = contracts
    .map((contract) => ({
      contract,
      nMoves: contract.session.reduce((sum, s) => sum + (s >= first ? 1 : 0), 0),
    }))
    .filter(({ nMoves }) => nMoves > 0 && nMoves >= minShare * nDays)
    .sort((a, b) => b.nMoves - a.nMoves || (a.contract.marketId < b.contract.marketId ? -1 : 1));
  const byEvent = new Map<string, SessionMoves>();
  for (const { contract } of known) {
    const event = eventOf(contract.marketId);
    if (!byEvent.has(event)) byEvent.set(event, contract);
  }
  const chosen = [...byEvent.values()].sort((a, b) => a.marketId < b.marketId ? -1 : 1);
  const values = new Float64Array(nDays * chosen.length).fill(NaN);
  chosen.forEach(({ session, move }, j) => {
    session.forEach((s, t) => {
      if (s >= first) values[(s - first) * chosen.length + j] = move[t]!;
    });
  });
  return panel(day.slice(first), chosen.map(({ marketId }) => marketId), values);
}
