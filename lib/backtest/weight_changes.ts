import { contractKey, type Position } from "./holdings.ts";
import type { WeightChange } from "./ledger.ts";
import type { PricePaths } from "./price_paths.ts";
import type { Settled } from "./settle.ts";

/** A contract and its share of a basket's value. */
interface Share {
  readonly position: Position;
  readonly weight: number;
  readonly reason: string;
}

/**
 * Every change of weight at a trade date.
 *
 * @param options.before What was held, marked at the traded prices. @param options.after What is held.
 * @param options.settled What settled since the trade date before.
 * @param options.rolling Markets that give way to another contract of their ticker, or take its place.
 * @returns By contract; what settled comes first where a contract is there twice.
 */
export function weightChanges(
  { ids }: PricePaths,
  { before, after, settled, rolling }: {
    readonly before: readonly Share[];
    readonly after: readonly Share[];
    readonly settled: readonly Settled[];
    readonly rolling: ReadonlySet<number>;
  },
): WeightChange[] {
  const old = new Map(before.map((one) => [contractKey(one.position), one]));
  const next = new Map(after.map((one) => [contractKey(one.position), one]));
  const changes: { readonly key: number; readonly change: WeightChange }[] = [];
  const add = (
    key: number,
    { market, tickerId, side }: Position,
    change: Pick<WeightChange, "oldWeight" | "newWeight" | "reason" | "finalReturn" | "payout">,
  ) => changes.push({ key, change: { marketId: ids[market]!, tickerId, side, ...change } });
  for (const { position, payout, finalReturn } of settled) {
    const reason = "resolved";
    add(contractKey(position), position, {
      oldWeight: 0,
      newWeight: 0,
      reason,
      finalReturn,
      payout,
    });
  }
  for (const [key, { position, weight }] of old) {
    if (next.has(key)) continue;
    const reason = rolling.has(position.market) ? "rolled" : "not selected";
    const finalReturn = position.markedAt / position.boughtAt - 1;
    add(key, position, { oldWeight: weight, newWeight: 0, reason, finalReturn, payout: NaN });
  }
  for (const [key, { position, weight, reason }] of next) {
    const oldWeight = old.get(key)?.weight ?? 0;
    add(key, position, { oldWeight, newWeight: weight, reason, finalReturn: NaN, payout: NaN });
  }
  return changes.sort((a, b) => a.key - b.key).map(({ change }) => change);
}
