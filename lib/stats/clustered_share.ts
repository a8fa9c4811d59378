import { type ShareInterval, wilsonInterval } from "./wilson.ts";

/** A share of items that come in groups, with its interval and what that rests on. */
export interface ClusteredShare extends ShareInterval {
  readonly value: number;
  readonly nItems: number;
  readonly nGroups: number;
  /** Variance of the share over that of as many independent items; in [1, nItems]. */
  readonly designEffect: number;
  /** Independent items that would tell as much: `nItems / designEffect`. */
  readonly effectiveItems: number;
}

/**
 * A share with an interval for items of which those of one group are right or wrong together.
 *
 * Titles of one template are such items: a classifier that misreads one misreads all, so counting
 * each as news makes the interval too narrow. The variance is that of a ratio over groups,
 * linearised, with the factor G/(G − 1); the interval is Wilson's at the effective number of items.
 * A design effect below 1 counts as 1: groups are never taken to tell more than single items.
 *
 * Where all or none are right nothing shows how alike a group is, so each group counts as one item; so
 * does a single group, whose variance nobody knows.
 *
 * NaN: no item gives NaN for the share, its interval and the design effect. Cost: O(n).
 * Source: Korn & Graubard 1998, without their factor for few degrees of freedom; Rao & Scott 1992. The
 * variance is that of statsmodels' `OLS(y, 1).fit(cov_type="cluster")`.
 *
 * @param isRight One an item.
 * @param groups Name of each item's group.
 * @param options.level Coverage.
 * @throws {RangeError} If the lists differ in length or `level` is outside (0, 1).
 *
 * @example Ten wordings of ten events each, of which one is misread, tell less than 100 events
 * ```ts
 * import assert from "node:assert/strict";
 * import { clusteredShare } from "lib/stats/clustered_share.ts";
 * const groups = Array.from({ length: 100 }, (_, i) => `wording ${i % 10}`);
 * const { value, designEffect, effectiveItems } = clusteredShare(
 *   groups.map((group) => group !== "wording 3"),
 *   groups,
 * );
 * assert.equal(value, 0.9);
 * assert.ok(Math.abs(designEffect - 100 / 9) < 1e-12);
 * assert.ok(Math.abs(effectiveItems - 9) < 1e-12);
 * ```
 */
export function clusteredShare(
  isRight: ArrayLike<boolean>,
  groups: ArrayLike<string>,
  { level = 0.95 }: { readonly level?: number } = {},
): ClusteredShare {
  const nItems = isRight.length;
  if (groups.length !== nItems) {
    throw new RangeError(
      `Cannot give a share of grouped items as each must have a group: got ${groups.length} groups for ${nItems} items`,
    );
  }
  const sums = new Map<string, { nItems: number; nRight: number }>();
  let nRight = 0;
  for (let i = 0; i < nItems; ++i) {
    const sum = sums.get(groups[i]!) ?? { nItems: 0, nRight: 0 };
    sum.nItems += 1;
    sum.nRight += Number(isRight[i]!);
    nRight += Number(isRight[i]!);
    sums.set(groups[i]!, sum);
  }
  const value = nRight / nItems, nGroups = sums.size;
  const designEffect = nItems === 0 ? NaN : effectOfDesign([...sums.values()], { nItems, nRight });
  const effectiveItems = nItems === 0 ? 0 : nItems / designEffect;
  return {
    ...{ value, nItems, nGroups, designEffect, effectiveItems },
    ...wilsonInterval(
      nRight === nItems ? effectiveItems : value * effectiveItems || 0,
      effectiveItems,
      {
        level,
      },
    ),
  };
}

function effectOfDesign(
  groups: readonly { readonly nItems: number; readonly nRight: number }[],
  { nItems, nRight }: { readonly nItems: number; readonly nRight: number },
): number {
  const nGroups = groups.length;
  if (nGroups === 1 || nRight === 0 || nRight === nItems) return nItems / nGroups;
  const share = nRight / nItems;
  const squares = groups.reduce((sum, own) => sum + (own.nRight - share * own.nItems) ** 2, 0);
  const variance = nGroups / (nGroups - 1) * squares / nItems ** 2;
  return Math.min(Math.max(variance / (share * (1 - share) / nItems), 1), nItems);
}
