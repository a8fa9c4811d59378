import type { LinearRule } from "./quadratic_program.ts";
import { largestBudget, type WeightCaps } from "./weight_caps.ts";

/** The limits on weights as rules of a program, none of which follows from the others. */
export interface CappedRules {
  /** `normal · w = bound`; together with those below they hold the sum at the budget. */
  readonly equal: readonly LinearRule[];
  /** `normal · w ≥ bound`. */
  readonly atLeast: readonly LinearRule[];
  /** The only weights that keep the limits, where these leave no choice. */
  readonly forced: Float64Array | null;
}

/** Room below which limits count as used up; weights then miss the best by as little. */
const NO_ROOM = 1e-9;

/**
 * Rules for long-only weights that add up to a budget under limits.
 *
 * Where the limits leave no room above the budget, every one of them holds with equality and the
 * budget follows from them; a solver that is given both finds no interior and may call the program
 * impossible. The same goes for a limit of 0 and for limits that another one implies. So each is
 * stated once.
 *
 * Cost: O(n²) memory, a normal a rule.
 *
 * @param budget Sum of the weights, above 0.
 * @throws {RangeError} If there is not a limit for each of `n` contracts, or the limits cannot hold
 * the budget.
 */
export function cappedRules(n: number, caps: WeightCaps, budget: number): CappedRules {
  if (caps.upper.length !== n) {
    throw new RangeError(
      `Cannot limit weights as each contract must have a limit: got ${caps.upper.length} for ${n}`,
    );
  }
  const most = largestBudget(caps);
  if (!(budget > 0 && budget <= most + NO_ROOM)) {
    throw new RangeError(
      `Cannot limit weights as the budget must be above 0 and at most ${most}: got ${budget}`,
    );
  }
  const groupOf = new Int32Array(n).fill(-1);
  caps.groups.forEach(({ members }, g) => members.forEach((i) => groupOf[i] = g));
  const upper = caps.upper.map((u, i) =>
    Math.min(u, budget, groupOf[i]! < 0 ? Infinity : caps.groups[groupOf[i]!]!.cap)
  );
  const sums = caps.groups.map(({ members }) => members.reduce((sum, i) => sum + upper[i]!, 0));
  const binds = caps.groups.map(({ cap }, g) => sums[g]! > cap + NO_ROOM);
  const inBinding = (i: number) => groupOf[i]! >= 0 && binds[groupOf[i]!]!;
  const total = upper.reduce((sum, u, i) => inBinding(i) ? sum : sum + u, 0) +
    caps.groups.reduce((sum, { cap }, g) => binds[g] ? sum + cap : sum, 0);
  const isFull = total <= budget + NO_ROOM;
  const isFixed = Array.from(upper, (u, i) => u <= 0 || (isFull && !inBinding(i)));
  if (isFixed.every((fixed) => fixed)) return { equal: [], atLeast: [], forced: upper };
  const equal: LinearRule[] = [], atLeast: LinearRule[] = [];
  const rule = (members: Iterable<number>, sign: 1 | -1, bound: number): LinearRule => {
    const normal = new Float64Array(n);
    for (const i of members) normal[i] = sign;
    return { normal, bound: sign * bound };
  };
  for (let i = 0; i < n; ++i) {
    if (isFixed[i]) {
      equal.push(rule([i], 1, upper[i]!));
      continue;
    }
    atLeast.push(rule([i], 1, 0));
    const most = inBinding(i) ? Math.min(budget, caps.groups[groupOf[i]!]!.cap) : budget;
    if (upper[i]! < most) atLeast.push(rule([i], -1, upper[i]!));
  }
  caps.groups.forEach(({ members, cap }, g) => {
    if (!binds[g]) return;
    const free = Array.from(members).filter((i) => !isFixed[i]);
    if (isFull) equal.push(rule(free, 1, cap));
    else if (cap < budget) atLeast.push(rule(free, -1, cap));
  });
  // the last, so that a program that states the sum in another way can leave it out
  if (!isFull) equal.push(rule(Array.from({ length: n }, (_, i) => i), 1, budget));
  return { equal, atLeast, forced: null };
}

/**
 * A solver's weights without its rounding: within the limits, and adding up to the budget to 1e-12.
 *
 * Cost: O(n).
 *
 * @param weights Within about 1e-9 of weights that keep the limits.
 */
export function withoutRounding(
  weights: Float64Array,
  { upper, groups }: WeightCaps,
  budget: number,
): Float64Array {
  const kept = weights.map((w, i) => w < 1e-11 ? 0 : Math.min(w, upper[i]!));
  const shrink = (members: Iterable<number>, most: number) => {
    const own = [...members], sum = own.reduce((total, i) => total + kept[i]!, 0);
    if (sum > most) { for (const i of own) kept[i] = kept[i]! * most / sum; }
  };
  const everyone = Array.from(kept, (_, i) => i);
  for (const { members, cap } of groups) shrink(members, cap);
  shrink(everyone, budget);
  const room = upper.map((u, i) => u - kept[i]!);
  for (const { members, cap } of groups) {
    const own = members.reduce((sum, i) => sum + room[i]!, 0);
    const left = cap - members.reduce((sum, i) => sum + kept[i]!, 0);
    if (own > left) { for (const i of members) room[i] = room[i]! * Math.max(left, 0) / own; }
  }
  // what is missing goes to those that are held, and to others only where these are full
  for (const own of [everyone.filter((i) => kept[i]! > 0), everyone]) {
    const missing = budget - kept.reduce((sum, w) => sum + w, 0);
    const free = own.reduce((sum, i) => sum + room[i]!, 0);
    if (missing <= 0 || free <= 0) continue;
    const part = Math.min(1, missing / free);
    for (const i of own) {
      kept[i] = Math.min(upper[i]!, kept[i]! + part * room[i]!);
      room[i] = room[i]! * (1 - part);
    }
  }
  return kept;
}
