import type { BasketDecision } from "../baskets/basket_decision.ts";
import { contractRolls } from "../baskets/contract_rolls.ts";
import type { Flow } from "./attribution.ts";
import { charge, type Order } from "./charge.ts";
import { type Book, contractKey, heldValue, marksAt, type Position } from "./holdings.ts";
import { type HeldRow, type LedgerOptions, type Rebalance, SOLD } from "./ledger.ts";
import type { PricePaths } from "./price_paths.ts";
import type { Settled } from "./settle.ts";
import { fittedPurchases, type Purchase, tradeTargets } from "./trade_targets.ts";
import { weightChanges } from "./weight_changes.ts";

/** A trade date, as it is asked for. */
export interface TradeOrder {
  readonly decision: BasketDecision;
  readonly kind: Rebalance["kind"];
  /** Day at whose end it was decided. */
  readonly decidedOn: number;
  /** Trade date. */
  readonly day: number;
  /** What settled since the trade date before. */
  readonly settled: readonly Settled[];
}

/** A trade date, as it was done. */
export interface Trade {
  readonly book: Book;
  /** By contract. */
  readonly held: readonly HeldRow[];
  readonly rebalance: Rebalance;
  /** Costs. */
  readonly flows: readonly Flow[];
}

/** A contract after the trade, with its share of the value. */
interface Weighed {
  readonly position: Position;
  readonly weight: number;
  readonly reason: string;
  readonly isCarried: boolean;
}

const CARRIED = "carried=stale price";

/**
 * Trades what is held into what was decided, at the last closes on or before the trade date.
 *
 * Shares of the gross track are `weight · V / price`, with V its value. Costs are paid by the net
 * track on `|weight · V − shares · price|` of its own value, and shrink all of it alike. Holdings
 * whose price is too old to trade keep their shares, and the purchases are scaled to fit beside them.
 *
 * Cost: O(contracts · log days).
 *
 * @param book At the end of `day`, marked, with the day's payouts in cash.
 */
export function tradeBook(
  paths: PricePaths,
  book: Book,
  { order, options }: { readonly order: TradeOrder; readonly options: LedgerOptions },
): Trade {
  const { decision, day } = order;
  const marks = marksAt(paths, book.positions, day);
  const value = book.cash + heldValue(book, marks);
  const share = (points: number) => value > 0 ? points / value : 0;
  const before = book.positions.map((position, i): Weighed => ({
    position,
    weight: share(position.shares * marks.price[i]!),
    reason: CARRIED,
    isCarried: day - paths.prices.day[marks.row[i]!]! > options.maxPriceAgeDays,
  }));
  const carried = before.filter(({ isCarried }) => isCarried);
  const carriedShare = Math.min(carried.reduce((sum, { weight }) => sum + weight, 0), 1);
  const { purchases, skipped } = tradeTargets(paths, decision, {
    day,
    maxPriceAgeDays: options.maxPriceAgeDays,
  });
  const bought = bookedPurchases(fittedPurchases(purchases, { carried: carriedShare }), {
    before,
    value,
  });
  const after = [...carried, ...bought].sort((a, b) => byContract(a.position, b.position));

  const netValue = value * book.netFactor;
  const orders = ordersOf(before, after, netValue);
  const charged = charge(orders, { cost: options.cost, day, value: netValue });
  const rolling = rollingMarkets(paths, before, after);
  const flows = orders.flatMap(({ market, side }, i): Flow[] => {
    const spread = { market, side, points: -charged.spread[i]! };
    const fees = { market, side, points: -charged.fees[i]! };
    return rolling.has(market)
      ? [{ ...spread, kind: "roll" }, { ...fees, kind: "roll" }]
      : [{ ...spread, kind: "spread" }, { ...fees, kind: "fees" }];
  });
  const rollTotal = flows.reduce(
    (sum, { kind, points }) => kind === "roll" ? sum - points : sum,
    0,
  );
  const cashWeight = Math.max(1 - after.reduce((sum, { weight }) => sum + weight, 0), 0);
  const changes = weightChanges(paths, { before, after, settled: order.settled, rolling });
  const traded = changes.reduce((sum, one) => sum + Math.abs(one.newWeight - one.oldWeight), 0);
  const netShare = (points: number) => netValue > 0 ? points / netValue : 0;
  return {
    book: {
      positions: after.map(({ position }) => position),
      cash: value * cashWeight,
      netFactor: book.netFactor * charged.kept,
    },
    held: heldRows(paths, { before, after }, order),
    rebalance: {
      kind: order.kind,
      decidedOn: order.decidedOn,
      date: day,
      status: decision.status,
      rules: decision.rules,
      mergedFrom: decision.mergedFrom,
      changes,
      skipped,
      turnover: traded / 2,
      traded,
      spreadCost: netShare(charged.spreadTotal),
      feeCost: netShare(charged.feeTotal),
      rollCost: netShare(rollTotal),
      cashWeight,
      nHeld: after.length,
    },
    flows,
  };
}

function byContract(a: Position, b: Position): number {
  return contractKey(a) - contractKey(b);
}

/** Purchases as positions; what was held of them keeps its purchase price for the shares it had. */
function bookedPurchases(
  purchases: readonly Purchase[],
  { before, value }: { readonly before: readonly Weighed[]; readonly value: number },
): Weighed[] {
  const held = new Map(before.map(({ position }) => [contractKey(position), position]));
  return purchases.map(({ market, tickerId, side, price, weight, reason }) => {
    const shares = weight * value / price;
    const old = held.get(contractKey({ market, side }));
    const kept = Math.min(old?.shares ?? 0, shares);
    const boughtAt = shares > 0
      ? (kept * (old?.boughtAt ?? 0) + (shares - kept) * price) / shares
      : price;
    const position = { market, tickerId, side, shares, boughtAt, markedAt: price };
    return { position, weight, reason, isCarried: false };
  });
}

/** What is bought and sold, each side of a market for itself. Carried positions are left alone. */
function ordersOf(
  before: readonly Weighed[],
  after: readonly Weighed[],
  netValue: number,
): Order[] {
  const wanted = new Map<number, { position: Position; change: number }>();
  for (const { position, weight, isCarried } of before) {
    if (!isCarried) wanted.set(contractKey(position), { position, change: -weight });
  }
  for (const { position, weight, isCarried } of after) {
    if (isCarried) continue;
    const key = contractKey(position);
    wanted.set(key, { position, change: weight + (wanted.get(key)?.change ?? 0) });
  }
  return Array.from(wanted.values(), ({ position, change }) => ({
    market: position.market,
    side: position.side,
    sidePrice: position.markedAt,
    notional: Math.abs(change) * netValue,
  })).sort((a, b) => contractKey(a) - contractKey(b));
}

/** Markets that roll: the last contract of a ticker and the one that takes its place. */
function rollingMarkets(
  { ids, indexOf }: PricePaths,
  before: readonly Weighed[],
  after: readonly Weighed[],
): ReadonlySet<number> {
  const named = ({ position }: Weighed) => ({
    marketId: ids[position.market]!,
    tickerId: position.tickerId,
  });
  const rolls = contractRolls(before.map(named), after.map(named));
  return new Set(
    rolls.flatMap(({ removed, added }) => [indexOf.get(removed)!, indexOf.get(added)!]),
  );
}

function heldRows(
  { ids }: PricePaths,
  { before, after }: { readonly before: readonly Weighed[]; readonly after: readonly Weighed[] },
  { decision, decidedOn, day }: TradeOrder,
): HeldRow[] {
  const sold = `${SOLD}${decision.status === "infeasible" ? "infeasible" : "nothing to hold"}`;
  const rows = after.length > 0
    ? after
    : before.map((one) => ({ ...one, weight: 0, reason: sold }));
  return rows.map(({ position: { market, side }, weight, reason }) => ({
    decidedOn,
    date: day,
    marketId: ids[market]!,
    side,
    weight,
    reason,
  }));
}
