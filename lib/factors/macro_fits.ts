import { type FactorGram, factorGram } from "./factor_gram.ts";
import type { FactorPanel } from "./factor_panel.ts";
import { notEstimable, plannedFit, singleFit, singleSystem } from "./macro_contract.ts";
import type { MacroFit } from "./macro_fit.ts";
import { type SessionSigns, sessionSigns } from "./macro_nulls.ts";
import { type MacroPenalties, macroPlan } from "./macro_plan.ts";
import { turnWork } from "./macro_turn.ts";
import type { SessionMoves } from "./session_moves.ts";

/** How contracts are fitted on macro factors. */
export type MacroOptions = MacroPenalties & {
  /** Folds in time order; 0 chooses nothing, takes the largest penalty and scores nothing. */
  readonly folds: number;
  /**
   * Draws of each null within the sample: circular shifts, all there are where a contract has fewer, and
   * random signs.
   */
  readonly shifts: number;
  /** How many of these are scored out of sample too. */
  readonly oosShifts: number;
  readonly seed: number;
};

/**
 * Ridge regressions of contracts on macro factors, each with its R² out of sample and two nulls.
 *
 * Factors are standardised on the fitted sessions with their population deviation, moves centred, the
 * intercept left free. Penalties are chosen by expanding windows in time order. One null turns a
 * contract's moves along its own sessions, by offsets without replacement; the other gives its centred
 * moves random signs, one a session and common to all contracts. Turned moves keep their order and lose
 * that weekends and busy days are large for contracts and factors alike, which alone lifts R²; signed
 * moves keep that and lose their autocorrelation, and a finding should pass both. Every draw chooses its
 * penalty as the contract did, so that the percentile pays for the choice; a fixed penalty chooses
 * nothing. Nothing of one contract enters the fit of another.
 *
 * Shape: S × K factors and C contracts → C fits, in their order. Units: loadings in those of the moves.
 * NaN: with fewer than two moves all is NaN; where the moves do not vary loadings are 0 and R² is NaN.
 * Cost: O(S·K²) once, O(F·K³) for each different list of sessions, O(n·K·A + F·K²) for each draw of
 * each contract with F folds and A penalties; with a fixed penalty and without folds and shifts one
 * Cholesky factor for each different list.
 * Source: Hoerl & Kennard 1970; Campbell & Thompson 2008; Wu 1986 for signs; methods.md, traps 23 to 30.
 *
 * @param panel Factors, all known.
 * @throws {RangeError} If an option is out of range, or a contract's sessions are not increasing
 *   intervals of the panel with a known move each.
 */
export function macroFits(
  panel: FactorPanel,
  contracts: readonly SessionMoves[],
  options: MacroOptions,
): MacroFit[] {
  requireOptions(options);
  for (const contract of contracts) requireMoves(contract, panel);
  const gram = factorGram(panel), { shifts: draws, seed } = options;
  const signs = sessionSigns(panel.day.length, { draws, seed });
  const fits = new Array<MacroFit>(contracts.length);
  for (const group of sameSessions(contracts)) {
    const fit = sessionsFit(gram, contracts[group[0]!]!.session, { ...options, signs });
    for (const c of group) fits[c] = fit(contracts[c]!);
  }
  return fits;
}

/** Indices of the contracts by equal lists of sessions, in the order of their first. */
export function sameSessions(contracts: readonly SessionMoves[]): number[][] {
  return [...Map.groupBy(contracts.keys(), (c) => sessionKey(contracts[c]!.session)).values()];
}

/** A text that no other list of increasing sessions has. */
function sessionKey(session: Int32Array): string {
  const n = session.length, first = session[0], last = session.at(-1);
  return n > 1 && last! - first! === n - 1 ? `${first} to ${last}` : session.join();
}

/** The fit of any contract observed on the given sessions; what they share is made once. */
function sessionsFit(
  gram: FactorGram,
  session: Int32Array,
  options: MacroOptions & { readonly signs: SessionSigns },
): (contract: SessionMoves) => MacroFit {
  if (session.length < 2) return (contract) => notEstimable(contract, gram.nFactors);
  if ("fixedAlpha" in options && options.folds === 0 && options.shifts === 0) {
    const system = singleSystem(gram, session, options.fixedAlpha);
    return (contract) => singleFit(system, contract);
  }
  const plan = macroPlan(gram, session, { penalties: options, folds: options.folds });
  const work = turnWork(plan);
  return (contract) => plannedFit(plan, contract, { ...options, work });
}

function requireOptions(options: MacroOptions): void {
  const { folds, shifts, oosShifts } = options;
  const alphas = "fixedAlpha" in options ? [] : options.alphas;
  const fault =
    "fixedAlpha" in options && !(options.fixedAlpha >= 0 && options.fixedAlpha < Infinity)
      ? `fixedAlpha must be a number >= 0: got ${options.fixedAlpha}`
      : !("fixedAlpha" in options) && alphas.length === 0
      ? "alphas must name a penalty: got none"
      : alphas.some((alpha) => !(alpha > 0 && alpha < Infinity))
      ? `alphas must be numbers > 0: got ${alphas.join(", ")}`
      : !(Number.isInteger(folds) && folds >= 0 && folds !== 1)
      ? `folds must be 0 or a whole number >= 2: got ${folds}`
      : !(Number.isInteger(shifts) && shifts >= 0)
      ? `shifts must be a whole number >= 0: got ${shifts}`
      : !(Number.isInteger(oosShifts) && oosShifts >= 0)
      ? `oosShifts must be a whole number >= 0: got ${oosShifts}`
      : null;
  if (fault !== null) throw new RangeError(`Cannot fit macro factors as ${fault}`);
}

function requireMoves({ marketId, session, move }: SessionMoves, { day }: FactorPanel): void {
  let isIncreasing = true;
  for (let t = 0, before = -1; t < session.length; before = session[t++]!) {
    isIncreasing &&= session[t]! > before && session[t]! < day.length;
  }
  const fault = session.length !== move.length
    ? `each session must have a move: got ${session.length} and ${move.length}`
    : !isIncreasing
    ? `sessions must be increasing intervals of ${day.length}: got others`
    : !move.every(Number.isFinite)
    ? `moves must be known: got ${move.find((y) => !Number.isFinite(y))}`
    : null;
  if (fault !== null) {
    throw new RangeError(`Cannot fit macro factors of "${marketId}" as ${fault}`);
  }
}
