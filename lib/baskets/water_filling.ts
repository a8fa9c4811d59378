import type { WeightCaps } from "./weight_caps.ts";

/**
 * Weights in proportion to what a weighting wants, as far as the limits allow: every upper limit and
 * every group's limit holds, and nothing is renormalised afterwards.
 *
 * Cutting weights at their limits and dividing by the sum breaks the limits again, and repeating it
 * need not end. Here the weights are `min(upper, level · raw)`, with one level for all and a lower
 * one for a group whose limit binds. That is the point within the limits that is nearest to `raw` in
 * relative entropy. Each group is filled up to its limit first, which gives its members the limits
 * that the filling of the whole then keeps; a filling walks the limits in the order in which a rising
 * level reaches them, so the level is exact and not searched for.
 *
 * A contract with `raw` 0 gets 0, even where the others cannot take the whole budget: then the rest
 * is cash. So the weights add up to `min(1, budget, largestBudget(caps))` where every `raw` is above
 * 0, to within 1e-12. The order of the contracts changes no bit, nor does a contract with limit 0.
 *
 * Cost: O(n log n).
 *
 * @param raw What the weighting wants, at least 0, in any unit.
 * @param budget Share of the basket to invest at most.
 * @throws {RangeError} If a raw weight, a limit or the budget is negative or not a number, there is
 * not a limit for each contract, or a contract is in two groups.
 *
 * @example What the first contract may not have goes to the others in proportion
 * ```ts
 * import assert from "node:assert/strict";
 * import { waterFilling } from "lib/baskets/water_filling.ts";
 * const upper = Float64Array.of(0.125, 0.75, 0.75);
 * const weights = waterFilling(Float64Array.of(4, 3, 1), { upper, groups: [] });
 * assert.deepEqual([...weights], [0.125, 0.65625, 0.21875]);
 * ```
 */
export function waterFilling(raw: Float64Array, caps: WeightCaps, budget = 1): Float64Array {
  checkInput(raw, caps, budget);
  const everyone = Array.from(raw, (_, i) => i);
  const upper = caps.upper.slice();
  for (const { members, cap } of caps.groups) fill(raw, upper, { members, budget: cap });
  fill(raw, upper, { members: everyone, budget: Math.min(1, budget) });
  return upper;
}

/** Replaces the limits of `members` by their weights, which add up to the budget at most. */
function fill(
  raw: Float64Array,
  upper: Float64Array,
  { members, budget }: { readonly members: Iterable<number>; readonly budget: number },
): void {
  const own = [...members];
  const largest = own.reduce((top, i) => upper[i]! > 0 ? Math.max(top, raw[i]!) : top, 0);
  const scaled = (i: number) => raw[i]! / largest;
  const reached = (i: number) => upper[i]! / scaled(i);
  const able = own.filter((i) => upper[i]! > 0 && scaled(i) > 0);
  // equal limits and equal wishes are the only ties left, whose order changes no sum
  able.sort((i, j) => compare(reached(i), reached(j)) || compare(scaled(i), scaled(j)));
  const wanted = new Float64Array(able.length + 1);
  for (let k = able.length - 1; k >= 0; --k) wanted[k] = wanted[k + 1]! + scaled(able[k]!);
  for (const i of own) if (!(scaled(i) > 0)) upper[i] = 0;
  let rest = budget, k = 0;
  for (; k < able.length; ++k) {
    const limit = upper[able[k]!]!;
    if (limit > rest * (scaled(able[k]!) / wanted[k]!)) break;
    rest -= limit;
  }
  for (const i of able.slice(k)) {
    upper[i] = Math.min(upper[i]!, rest * (scaled(i) / wanted[k]!));
  }
}

/** Orders numbers, infinite ones too. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function checkInput(raw: Float64Array, { upper, groups }: WeightCaps, budget: number): void {
  if (upper.length !== raw.length) {
    throw new RangeError(
      `Cannot fill weights as each contract must have a limit: got ${upper.length} for ${raw.length}`,
    );
  }
  const wrongRaw = raw.find((x) => !(x >= 0 && x < Infinity));
  if (wrongRaw !== undefined) {
    throw new RangeError(
      `Cannot fill weights as each raw weight must be finite and at least 0: got ${wrongRaw}`,
    );
  }
  const wrongLimit = [...upper, ...groups.map(({ cap }) => cap), budget].find((x) => !(x >= 0));
  if (wrongLimit !== undefined) {
    throw new RangeError(
      `Cannot fill weights as each limit must be at least 0: got ${wrongLimit}`,
    );
  }
  const seen = new Uint8Array(raw.length);
  for (const { name, members } of groups) {
    for (const i of members) {
      if (seen[i] !== 0) { // out of range is undefined
        throw new RangeError(
          `Cannot fill weights as members of groups must be contracts, each in one group: got ${i} in ${name}`,
        );
      }
      seen[i] = 1;
    }
  }
}
