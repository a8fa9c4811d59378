import type { WeightCaps } from "./weight_caps.ts";

/** The limit that holds a contract's weight below what its weighting would hold. */
export type BindingLimit = "none" | "max_weight" | "liquidity" | "venue";

/** How near a limit a weight is at it: far above rounding, far below any weight that matters. */
const NEAR = 1e-9;

/**
 * Which limit binds each weight.
 *
 * A weight that has reached a limit is not yet bound by it: five equal weights of 20 % are what the
 * weighting wanted. It is bound if more of it were held without the limit, which is so where cash is
 * left over or where another contract has more in proportion to what was wanted of it. A contract's
 * own limit is named before its venue's, and `max_weight` before an equal liquidity limit.
 *
 * Cost: O(contracts).
 *
 * @param weights Weights within the limits.
 * @param options.raw What the weighting wanted, in any unit, ≥ 0.
 * @param options.maxWeight The largest weight of any contract; an upper limit below it is liquidity.
 */
export function bindingLimits(
  weights: Float64Array,
  { raw, caps, maxWeight }: {
    readonly raw: Float64Array;
    readonly caps: WeightCaps;
    readonly maxWeight: number;
  },
): BindingLimit[] {
  const sum = weights.reduce((total, w) => total + w, 0);
  const level = weights.reduce((top, w, i) => w > 0 ? Math.max(top, w / raw[i]!) : top, 0);
  const isCashLeft = sum < 1 - NEAR;
  const limits = new Array<BindingLimit>(weights.length).fill("none");
  const bind = (i: number, limit: BindingLimit) => {
    const isHeldBelow = isCashLeft || weights[i]! < raw[i]! * level * (1 - NEAR);
    if (limits[i] === "none" && raw[i]! > 0 && isHeldBelow) limits[i] = limit;
  };
  caps.upper.forEach((upper, i) => {
    if (weights[i]! >= upper - NEAR) bind(i, upper < maxWeight ? "liquidity" : "max_weight");
  });
  for (const { members, cap } of caps.groups) {
    const own = members.reduce((total, i) => total + weights[i]!, 0);
    if (own >= cap - NEAR) { for (const i of members) bind(i, "venue"); }
  }
  return limits;
}
