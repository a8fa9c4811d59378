import { type BindingLimit, bindingLimits } from "./binding_limits.ts";
import { type BasketLimits, limitCaps, type LimitedContract } from "./limit_caps.ts";
import type { WeightCaps } from "./weight_caps.ts";

/** Rules that can bind a basket, in the order in which they are named. */
export const LIMIT_RULES = [
  "min_markets",
  "max_markets",
  "min_weight",
  "max_weight",
  "liquidity",
  "venue",
] as const;

export type LimitRule = typeof LIMIT_RULES[number];

/**
 * Weighs the contracts at `kept`, indices in ascending order of market id, within `caps`, which have
 * the order of `kept`. `raw` is what the weighting wants without the limits, in any unit; `note` what
 * it had to do without.
 */
export type WeightSolver = (
  kept: Int32Array,
  caps: WeightCaps,
) => { readonly raw: Float64Array; readonly weights: Float64Array; readonly note?: string };

/** A contract that is not held, and why. */
export interface DroppedContract {
  /** Index in the contracts that were offered. */
  readonly contract: number;
  readonly reason: "count" | "dust" | "liquidity" | "infeasible";
}

/** Which contracts a basket holds, and how much of each. */
export interface LimitedWeights {
  readonly status: "held" | "infeasible";
  /** Indices of what is held, by market id; empty if infeasible. The arrays below have its order. */
  readonly kept: Int32Array;
  readonly weights: Float64Array;
  /** What the weighting wanted of the contracts held; adds up to 1. */
  readonly raw: Float64Array;
  readonly limits: readonly BindingLimit[];
  /** The solver's, of the last solution; empty where it has none. */
  readonly note: string;
  /** Share of the basket that no contract holds, in [0, 1]. */
  readonly cash: number;
  /** Rules that bind, in the order of {@link LIMIT_RULES}; never empty if infeasible. */
  readonly rules: readonly LimitRule[];
  /** By market id. */
  readonly dropped: readonly DroppedContract[];
}

/** Rounding that a limit may be missed by. */
const ROUNDING = 1e-12;
/** What an iterative solver may miss a limit by; it is scaled down to the limit. */
const SOLVER_ERROR = 1e-9;

/**
 * Chooses which contracts a basket holds and weighs them so that every limit holds at the end.
 *
 * 1. A contract without any liquidity is dropped where liquidity limits weights (`liquidity`).
 * 2. Of more than `maxMarkets`, those with the largest raw weight stay (`count`); raw weights that
 *    are equal to nine digits go by the larger known volume, then by the first id.
 * 3. While a contract's own limit is below `minWeight`, the one with the lowest is dropped
 *    (`liquidity`): the limits of the others rise by it.
 * 4. The rest is solved. Contracts that get nothing are dropped; else, while a weight is below
 *    `minWeight`, the smallest is (`dust`), among equal ones the last id. Then everything is solved
 *    again, with new limits.
 *
 * Fewer than `minMarkets` are infeasible, with the rules that led there. What the limits leave over
 * is cash. The order of `contracts` does not matter.
 *
 * Cost: at most contracts − `minMarkets` + 2 solutions.
 *
 * @throws {RangeError} If an id is there twice, a volume or liquidity is negative, or no weight can
 * be within the limits of one contract.
 * @throws {Error} If the solver breaks a limit.
 */
export function limitedWeights(
  contracts: readonly LimitedContract[],
  solver: WeightSolver,
  limits: BasketLimits,
): LimitedWeights {
  checkInput(contracts, limits);
  const byId = contracts.map((_, i) => i)
    .sort((i, j) => contracts[i]!.marketId < contracts[j]!.marketId ? -1 : 1);
  const dropped: DroppedContract[] = [];
  const drop = (reason: DroppedContract["reason"], from: Int32Array, leaves: Iterable<number>) => {
    const leaving = new Set(leaves);
    for (const contract of leaving) dropped.push({ contract, reason });
    return from.filter((i) => !leaving.has(i));
  };
  const { liquidityMultiple, minMarkets, maxMarkets, minWeight, maxWeight } = limits;
  let kept = Int32Array.from(byId);
  if (liquidityMultiple !== null) {
    kept = drop("liquidity", kept, kept.filter((i) => contracts[i]!.liquidityUsd === 0));
  }
  if (kept.length > maxMarkets) {
    kept = drop("count", kept, ranked(contracts, kept, solver).slice(maxMarkets));
  }
  let bound: readonly BindingLimit[] = [], isCut = false;
  while (kept.length >= minMarkets && kept.length > 0) {
    const caps = limitCaps(contracts, kept, limits);
    const low = smallest(caps.upper);
    if (low.value < minWeight - ROUNDING) {
      kept = drop("liquidity", kept, [kept[low.position]!]);
      isCut = true;
      continue;
    }
    const solved = solver(kept, caps);
    const weights = fitted(solved.weights, caps), raw = shares(solved.raw);
    bound = bindingLimits(weights, { raw, caps, maxWeight });
    const small = smallest(weights);
    if (small.value > 0 && small.value >= minWeight - ROUNDING) {
      return {
        ...{ status: "held", kept, weights, raw, limits: bound, note: solved.note ?? "" },
        cash: Math.max(0, 1 - sum(weights)),
        rules: rulesOf(dropped, { bound, isCut, isInfeasible: false }),
        dropped: inOrder(dropped, byId),
      };
    }
    const unwanted = kept.filter((_, k) => weights[k] === 0);
    kept = drop("dust", kept, unwanted.length > 0 ? unwanted : [kept[small.position]!]);
    isCut ||= unwanted.length === 0;
  }
  const rules = rulesOf(dropped, { bound, isCut, isInfeasible: true });
  drop("infeasible", kept, kept);
  const none = new Float64Array(0);
  return {
    ...{ status: "infeasible", kept: new Int32Array(0), weights: none, raw: none, limits: [] },
    ...{ note: "", cash: 1, rules, dropped: inOrder(dropped, byId) },
  };
}

/** The contracts at `kept` from the one that is wanted most. */
function ranked(
  contracts: readonly LimitedContract[],
  kept: Int32Array,
  solver: WeightSolver,
): number[] {
  const { raw } = solver(kept, { upper: new Float64Array(kept.length).fill(1), groups: [] });
  const largest = raw.reduce((top, x) => Math.max(top, x), 0);
  const wanted = raw.map((x) => largest > 0 ? Math.round(x / largest * 1e9) : 0);
  const volume = (k: number) => {
    const { volumeUsd } = contracts[kept[k]!]!;
    return Number.isNaN(volumeUsd) ? -1 : volumeUsd;
  };
  return Array.from(kept, (_, k) => k)
    .sort((a, b) => wanted[b]! - wanted[a]! || volume(b) - volume(a) || a - b)
    .map((k) => kept[k]!);
}

/** The smallest value and its position, the last one of equals. */
function smallest(values: Float64Array): { readonly value: number; readonly position: number } {
  const value = values.reduce((least, x) => Math.min(least, x), Infinity);
  return { value, position: values.findLastIndex((x) => x <= value + ROUNDING) };
}

/** The weights without what an iterative solver misses the limits by. */
function fitted(solved: Float64Array, { upper, groups }: WeightCaps): Float64Array {
  const weights = solved.map((w, k) => Math.min(Math.max(w, 0), upper[k]!));
  const everyone = { name: "basket", members: Int32Array.from(weights.keys()), cap: 1 };
  const wrong = solved.findIndex((w, k) => !(Math.abs(w - weights[k]!) <= SOLVER_ERROR));
  if (wrong >= 0 || solved.length !== upper.length) {
    throw new Error(
      `Cannot limit weights as the solver must keep each limit: got ${
        solved[wrong] ?? solved.length
      } for ${upper[wrong] ?? upper.length}`,
    );
  }
  for (const { name, members, cap } of [...groups, everyone]) {
    const own = members.reduce((total, k) => total + weights[k]!, 0);
    if (own > cap + SOLVER_ERROR) {
      throw new Error(
        `Cannot limit weights as the solver must keep the limit of the ${name}: got ${own} for ${cap}`,
      );
    }
    if (own > cap + ROUNDING) { for (const k of members) weights[k]! *= cap / own; }
  }
  return weights;
}

function rulesOf(
  dropped: readonly DroppedContract[],
  { bound, isCut, isInfeasible }: {
    readonly bound: readonly BindingLimit[];
    /** Whether a contract was dropped that could only have had less than the least weight. */
    readonly isCut: boolean;
    readonly isInfeasible: boolean;
  },
): LimitRule[] {
  const reasons = new Set(dropped.map(({ reason }) => reason));
  const binds: Record<LimitRule, boolean> = {
    min_markets: isInfeasible,
    max_markets: reasons.has("count"),
    min_weight: isCut,
    max_weight: bound.includes("max_weight"),
    liquidity: bound.includes("liquidity") || reasons.has("liquidity"),
    venue: bound.includes("venue"),
  };
  return LIMIT_RULES.filter((rule) => binds[rule]);
}

function inOrder(dropped: readonly DroppedContract[], byId: readonly number[]): DroppedContract[] {
  const place = new Map(byId.map((contract, k) => [contract, k]));
  return [...dropped].sort((a, b) => place.get(a.contract)! - place.get(b.contract)!);
}

function shares(raw: Float64Array): Float64Array {
  const total = sum(raw);
  return total > 0 ? raw.map((x) => x / total) : raw.slice();
}

function sum(values: Float64Array): number {
  return values.reduce((total, x) => total + x, 0);
}

function checkInput(contracts: readonly LimitedContract[], limits: BasketLimits): void {
  const seen = new Set<string>();
  for (const { marketId, volumeUsd, liquidityUsd } of contracts) {
    if (seen.has(marketId)) {
      throw new RangeError(
        `Cannot limit weights as each contract must be there once: got "${marketId}" twice`,
      );
    }
    seen.add(marketId);
    for (const usd of [volumeUsd, liquidityUsd]) {
      if (usd < 0 || usd === Infinity) {
        throw new RangeError(
          `Cannot limit weights as dollars of "${marketId}" must be finite and at least 0, or NaN: got ${usd}`,
        );
      }
    }
  }
  const { minWeight, maxWeight, maxVenueWeight, liquidityMultiple } = limits;
  for (const most of [maxWeight, maxVenueWeight, liquidityMultiple ?? 1]) {
    if (!(minWeight >= 0 && most >= minWeight)) {
      throw new RangeError(
        `Cannot limit weights as each upper limit must be at least the least weight ${minWeight}: got ${most}`,
      );
    }
  }
}
