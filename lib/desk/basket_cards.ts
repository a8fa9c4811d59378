import { formatDay } from "../core/day.ts";
import { cellAt, columnOf, type Table } from "../core/table.ts";
import { methodRows } from "../review/method_rows.ts";
import { type BasketTrade, tradeKey } from "./basket_documents.ts";

/** A contract in a basket after a trade date. */
export interface BasketMember {
  readonly marketId: string;
  readonly side: string;
  /** Share of the basket's value. */
  readonly weight: number;
  /** Why this weight, machine-readable, as in `05_baskets`. */
  readonly reason: string;
}

/** A contract that came into a basket. */
export interface BasketAddition {
  readonly marketId: string;
  /** `null` where the run left no document of the trade. */
  readonly reason: string | null;
}

/** A contract that left a basket. */
export interface BasketRemoval extends BasketAddition {
  /** Simple return on its mean purchase price before costs; `null` where it is unknown. */
  readonly finalReturn: number | null;
}

/** What a basket held after one trade date. */
export interface BasketCard {
  readonly basket: string;
  /** Trade date, ISO. */
  readonly date: string;
  /** Day at whose end it was decided, ISO. */
  readonly decidedOn: string;
  readonly kind: string;
  /** `held`, or `infeasible`: all in cash. */
  readonly status: string;
  /** Limits that changed what it holds. */
  readonly rules: readonly string[];
  /** Themes that are joined in it. */
  readonly mergedFrom: readonly string[];
  /** Shares of the basket's value; `null` unknown. */
  readonly turnover: number | null;
  readonly spreadCost: number | null;
  readonly feeCost: number | null;
  /** Part of the two costs before it. */
  readonly rollCost: number | null;
  readonly cashWeight: number | null;
  /** Heaviest first. */
  readonly members: readonly BasketMember[];
  readonly additions: readonly BasketAddition[];
  readonly removals: readonly BasketRemoval[];
  /** Targets that could not be bought. */
  readonly skipped: readonly { readonly marketId: string; readonly reason: string }[];
}

/** An emergency rebalance that was asked for and not made. */
export interface RefusedEmergency {
  readonly basket: string;
  /** Day at whose end it was asked for, ISO. */
  readonly decidedOn: string;
  readonly rules: readonly string[];
}

/** The trades of one method's baskets, and those that were refused. */
export interface BasketCards {
  /** By basket, then date. */
  readonly cards: readonly BasketCard[];
  readonly refusals: readonly RefusedEmergency[];
}

/**
 * One card for every trade of every basket of a method, policy `cash`.
 *
 * What came and what left is said by the documents of the trades; without them it is what changed from
 * one trade to the next, with no reasons.
 *
 * @param tables.baskets `05_baskets`. @param tables.rebalances `05_rebalances`.
 * @param options.baskets Baskets to show. @param options.trades From `basketTrades`.
 */
export function basketCards(
  { baskets, rebalances }: { readonly baskets: Table; readonly rebalances: Table },
  { method, baskets: shown, trades }: {
    readonly method: string;
    readonly baskets: readonly string[];
    readonly trades: ReadonlyMap<string, BasketTrade>;
  },
): BasketCards {
  const held = heldRows(baskets, method);
  const rows = methodRows(rebalances, { method })
    .map((row) => rebalanceOf(rebalances, row))
    .filter(({ basket }) => shown.includes(basket));
  const cards: BasketCard[] = [];
  for (const basket of shown) {
    let before: readonly BasketMember[] = [];
    const own = rows.filter((row) => row.basket === basket && row.date !== null)
      .sort((a, b) => a.date! - b.date! || a.decided - b.decided);
    for (const { date: day, decided, ...row } of own) {
      const members = held.get(heldKey(basket, day!, decided)) ?? [];
      const date = formatDay(day!);
      const changes = changesOf(before, members, trades.get(tradeKey(basket, date, row.kind)));
      cards.push({ ...row, date, decidedOn: formatDay(decided), members, ...changes });
      before = members;
    }
  }
  const refusals = rows.filter(({ status }) => status === "refused")
    .map(({ basket, decided, rules }) => ({ basket, decidedOn: formatDay(decided), rules }));
  return { cards, refusals };
}

function changesOf(
  before: readonly BasketMember[],
  after: readonly BasketMember[],
  trade: BasketTrade | undefined,
): Pick<BasketCard, "additions" | "removals" | "skipped"> {
  if (trade === undefined) {
    const isIn = (list: readonly BasketMember[]) => (one: BasketMember) =>
      list.some(({ marketId, side }) => marketId === one.marketId && side === one.side);
    const wasIn = isIn(before), isStill = isIn(after);
    return {
      additions: after.filter((one) => !wasIn(one))
        .map(({ marketId }) => ({ marketId, reason: null })),
      removals: before.filter((one) => !isStill(one))
        .map(({ marketId }) => ({ marketId, reason: null, finalReturn: null })),
      skipped: [],
    };
  }
  return {
    additions: trade.additions.map(({ market_id, reason }) => ({ marketId: market_id, reason })),
    removals: trade.removals.map(({ market_id, reason, final_return }) => ({
      ...{ marketId: market_id, reason, finalReturn: final_return },
    })),
    skipped: trade.skipped.map(({ market_id, reason }) => ({ marketId: market_id, reason })),
  };
}

/** Members after each trade, without what was sold; by {@link heldKey}. */
function heldRows(from: Table, method: string): ReadonlyMap<string, BasketMember[]> {
  const text = (name: string) => columnOf(from, name, "string");
  const [basket, market, side, reason] = ["basket", "market_id", "side", "reason"].map(text);
  const weight = columnOf(from, "weight", "number").values;
  const date = columnOf(from, "date", "date").values;
  const decided = columnOf(from, "decided_on", "date").values;
  const rows = methodRows(from, { method }).filter((row) => weight[row]! > 0);
  const groups = Map.groupBy(
    rows,
    (row) => heldKey(String(cellAt(basket!, row)), date[row]!, decided[row]!),
  );
  return new Map(Array.from(groups, ([key, own]) => [
    key,
    own.map((row) => ({
      marketId: String(cellAt(market!, row)),
      side: String(cellAt(side!, row)),
      weight: weight[row]!,
      reason: String(cellAt(reason!, row) ?? ""),
    })).sort((a, b) => b.weight - a.weight || (a.marketId < b.marketId ? -1 : 1)),
  ]));
}

function heldKey(basket: string, date: number, decidedOn: number): string {
  return `${date} ${decidedOn} ${basket}`;
}

function rebalanceOf(from: Table, row: number) {
  const text = (name: string) => String(cellAt(columnOf(from, name, "string"), row) ?? "");
  const words = (name: string) => text(name).split(" ").filter((word) => word !== "");
  const number = (name: string) => cellAt(columnOf(from, name, "number"), row) as number | null;
  return {
    basket: text("basket"),
    date: cellAt(columnOf(from, "date", "date"), row) as number | null,
    decided: cellAt(columnOf(from, "decided_on", "date"), row) as number,
    kind: text("kind"),
    status: text("status"),
    rules: words("rules"),
    mergedFrom: words("merged_from"),
    turnover: number("turnover"),
    spreadCost: number("spread_cost"),
    feeCost: number("fee_cost"),
    rollCost: number("roll_cost"),
    cashWeight: number("cash_weight"),
  };
}
