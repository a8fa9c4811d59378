import { formatDay } from "../core/day.ts";
import type { LoadingPeriod } from "./factor_cluster_time.ts";
import type { FactorPanel } from "./factor_panel.ts";
import { contractLoadings, type LeastSquaresLoadings } from "./loadings.ts";
import type { SessionMoves } from "./session_moves.ts";

/**
 * Loadings of each calendar half-year, from its own sessions alone.
 *
 * Shape: contracts → one set a half-year with a session, in order of time; contracts with too few moves
 * in it have unknown loadings. Cost: that of the loadings.
 */
export function halfYears(
  panel: FactorPanel,
  contracts: readonly SessionMoves[],
  { eventOf, ...options }: LeastSquaresLoadings & {
    readonly eventOf: (marketId: string) => string;
  },
): LoadingPeriod[] {
  const names = Array.from(panel.day, halfYearOf);
  return [...new Set(names)].map((name) => {
    const first = names.indexOf(name), end = names.lastIndexOf(name) + 1;
    const own = contracts.map((contract) => movesWithin(contract, first, end));
    const { marketIds, symbols, beta, error } = contractLoadings(panel, own, options);
    return { name, set: { marketIds, eventIds: marketIds.map(eventOf), symbols, beta, error } };
  });
}

function halfYearOf(day: number): string {
  const [year, month] = formatDay(day).split("-");
  return `${year} H${Number(month) <= 6 ? 1 : 2}`;
}

/** A contract's moves on the sessions [first, end). */
function movesWithin(contract: SessionMoves, first: number, end: number): SessionMoves {
  const from = contract.session.findIndex((s) => s >= first);
  if (from < 0) {
    return { ...contract, session: new Int32Array(0), move: new Float64Array(0) };
  }
  const after = contract.session.findIndex((s) => s >= end);
  const to = after < 0 ? contract.session.length : after;
  return {
    ...contract,
    session: contract.session.slice(from, to),
    move: contract.move.slice(from, to),
  };
}
