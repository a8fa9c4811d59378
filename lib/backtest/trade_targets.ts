import type { BasketDecision } from "../baskets/basket_decision.ts";
import { sidePrice } from "../baskets/side.ts";
import { formatDay, MISSING_DAY } from "../core/day.ts";
import { contractKey, type Position } from "./holdings.ts";
import { lastRowAt, type PricePaths } from "./price_paths.ts";

/** A target that can be bought. */
export interface Purchase extends Pick<Position, "market" | "tickerId" | "side"> {
  /** Price of the side that is traded at, in (0, 1). */
  readonly price: number;
  /** Wanted share of the basket's value. */
  readonly weight: number;
  readonly reason: string;
}

/** The targets of a decision on its trade date. */
export interface TradeTargets {
  /** By {@link contractKey}. */
  readonly purchases: readonly Purchase[];
  /** By market id. */
  readonly skipped: readonly { readonly marketId: string; readonly reason: string }[];
}

/**
 * Which targets of a decision can be traded at the closes of `day`.
 *
 * A target is skipped, and its weight stays in cash, where it is resolved by the end of the day, has
 * no close at most `maxPriceAgeDays` old, or its side's price is 0 or 1. An infeasible decision has
 * no targets.
 *
 * Cost: O(targets · log days).
 *
 * @throws {RangeError} If a target is no market of the paths, is there twice, or its weight is not in
 *   (0, 1].
 */
export function tradeTargets(
  paths: PricePaths,
  decision: BasketDecision,
  { day, maxPriceAgeDays }: { readonly day: number; readonly maxPriceAgeDays: number },
): TradeTargets {
  const purchases: Purchase[] = [];
  const skipped: { marketId: string; reason: string }[] = [];
  const seen = new Set<number>();
  for (const { marketId, tickerId, side, weight, reason } of targetsOf(decision)) {
    const refuse = (rule: string, got: string) => {
      throw new RangeError(
        `Cannot trade basket "${decision.basket}" as ${rule}: got ${got} (decided on ${
          formatDay(decision.decidedOn)
        })`,
      );
    };
    const market = paths.indexOf.get(marketId) ??
      refuse("its targets must be markets of the data", `"${marketId}"`);
    const key = contractKey({ market, side });
    if (seen.has(key)) refuse("a target may be there once", `"${marketId}" ${side} twice`);
    if (!(weight > 0 && weight <= 1)) {
      refuse("each weight must be in (0, 1]", `${weight} for "${marketId}"`);
    }
    seen.add(key);
    const row = lastRowAt(paths, market, day);
    const price = row < 0 ? NaN : sidePrice(paths.prices.close[row]!, side);
    const resolvedOn = paths.resolvedOn[market]!;
    if (resolvedOn !== MISSING_DAY && resolvedOn <= day) {
      skipped.push({ marketId, reason: "resolved" });
    } else if (row < 0) skipped.push({ marketId, reason: "no price" });
    else if (day - paths.prices.day[row]! > maxPriceAgeDays) {
      skipped.push({ marketId, reason: "stale price" });
    } else if (!(price > 0 && price < 1)) {
      skipped.push({ marketId, reason: "price at 0 or 1" });
    } else purchases.push({ market, tickerId, side, price, weight, reason });
  }
  purchases.sort((a, b) => contractKey(a) - contractKey(b));
  skipped.sort((a, b) => a.marketId < b.marketId ? -1 : a.marketId > b.marketId ? 1 : 0);
  return { purchases, skipped };
}

function targetsOf({ status, targets }: BasketDecision): BasketDecision["targets"] {
  return status === "infeasible" ? [] : targets;
}

/**
 * The purchases beside holdings that cannot be sold: scaled down where both exceed the whole.
 *
 * @param carried Share of the basket's value in those holdings, in [0, 1].
 */
export function fittedPurchases(
  purchases: readonly Purchase[],
  { carried }: { readonly carried: number },
): readonly Purchase[] {
  const wanted = purchases.reduce((sum, { weight }) => sum + weight, 0);
  if (!(wanted + carried > 1)) return purchases;
  const scale = Math.max(1 - carried, 0) / wanted;
  return purchases.map((purchase) => ({ ...purchase, weight: purchase.weight * scale }));
}
