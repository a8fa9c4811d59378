import type { Flow } from "./attribution.ts";
import { charge, type Order } from "./charge.ts";
import { type Book, marksAt, type Position } from "./holdings.ts";
import { sidePrice } from "../baskets/side.ts";
import type { PricePaths } from "./price_paths.ts";
import type { TradeCost } from "./trade_cost.ts";

/** A position that was paid out. */
export interface Settled {
  readonly position: Position;
  /** Payout of the quoted outcome, in [0, 1]. */
  readonly payout: number;
  /** Simple return on its mean purchase price. */
  readonly finalReturn: number;
}

/** A book at the end of a day, marked, with that day's payouts in cash. */
export interface Settlement {
  readonly book: Book;
  /** In the order of the positions. */
  readonly settled: readonly Settled[];
  /** Payouts of the day, points of the gross track. */
  readonly proceeds: number;
  /** Gains since the last time the book was marked. */
  readonly flows: readonly Flow[];
}

/**
 * Marks a book at the end of `day`, and pays the contracts that settled on that day into cash at
 * their payouts: their closes of the day are not used.
 *
 * Cash plus positions is conserved: a position leaves with what its payout adds to cash.
 * Cost: O(positions · log days).
 *
 * @param book At the end of the day before, interest of `day` included.
 */
export function settleBook(
  paths: PricePaths,
  book: Book,
  { day }: { readonly day: number },
): Settlement {
  const flows: Flow[] = [];
  const settled: Settled[] = [];
  const positions: Position[] = [];
  const now = marksAt(paths, book.positions, day);
  let proceeds = 0;
  book.positions.forEach((position, i) => {
    const { market, side, shares, markedAt, boughtAt } = position;
    const net = shares * book.netFactor;
    const flow = (kind: Flow["kind"], points: number) => flows.push({ market, side, kind, points });
    if (paths.resolvedOn[market] !== day) {
      flow("drift", net * (now.price[i]! - markedAt));
      const { tickerId } = position;
      positions.push({ market, tickerId, side, shares, boughtAt, markedAt: now.price[i]! });
      return;
    }
    const payout = paths.payout[market]!;
    const paid = sidePrice(payout, side);
    const before = marksAt(paths, [position], day - 1).price[0]!;
    flow("drift", net * (before - markedAt));
    flow("resolution", net * (paid - before));
    settled.push({ position, payout, finalReturn: paid / boughtAt - 1 });
    proceeds += shares * paid;
  });
  const after = { positions, cash: book.cash + proceeds, netFactor: book.netFactor };
  return { book: after, settled, proceeds, flows };
}

/**
 * Buys the remaining positions with the proceeds of settled ones, pro rata to their values at their
 * marks. Where none has a value, the proceeds stay in cash.
 *
 * This is the seed plan's `w_j / (1 − w_resolved)` on what is invested; cash that was there before
 * stays cash. Costs are taken off the whole value, so every net position and the cash shrink alike.
 *
 * @param book After the settlement, marked.
 * @param options.proceeds Points of the gross track, part of the book's cash.
 */
export function redistributed(
  book: Book,
  { proceeds, cost, day }: {
    readonly proceeds: number;
    readonly cost: TradeCost;
    readonly day: number;
  },
): { readonly book: Book; readonly flows: readonly Flow[] } {
  const held = book.positions.reduce((sum, { shares, markedAt }) => sum + shares * markedAt, 0);
  if (!(proceeds > 0 && held > 0)) return { book, flows: [] };
  const bought = book.positions.filter(({ shares, markedAt }) => shares * markedAt > 0);
  const orders = bought.map(({ market, side, shares, markedAt }): Order => ({
    market,
    side,
    sidePrice: markedAt,
    notional: book.netFactor * proceeds * (shares * markedAt / held),
  }));
  const value = book.netFactor * (book.cash + held);
  const { spread, fees, kept } = charge(orders, { cost, day, value });
  const flows = orders.flatMap(({ market, side }, i): Flow[] => [
    { market, side, kind: "spread", points: -spread[i]! },
    { market, side, kind: "fees", points: -fees[i]! },
  ]);
  const growth = 1 + proceeds / held;
  const positions = book.positions.map((position): Position =>
    position.markedAt > 0
      ? {
        ...position,
        shares: position.shares * growth,
        boughtAt: (position.boughtAt + (growth - 1) * position.markedAt) / growth,
      }
      : position
  );
  return {
    book: { positions, cash: book.cash - proceeds, netFactor: book.netFactor * kept },
    flows,
  };
}
