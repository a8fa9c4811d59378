import { cellAt, columnOf, type Table } from "../core/table.ts";
import { methodRows } from "../review/method_rows.ts";

/** What parts of a change of value are called in `05_attribution`, in the order in which they are shown. */
export const CHANGE_PARTS = ["drift", "resolution", "spread", "fees", "roll", "interest"] as const;

/** Points of net value by part. */
export type ChangeParts = Readonly<Record<(typeof CHANGE_PARTS)[number], number>>;

/** The value of a basket after costs, thinned for the eye. */
export interface BasketNav {
  /** UTC day numbers, rising. */
  readonly days: readonly number[];
  /** From 100 less the cost of the first purchase. */
  readonly values: readonly number[];
}

/** What one contract added to a basket over the whole replay. */
export interface ContractChange {
  /** `null` for all contracts that are not listed. */
  readonly marketId: string | null;
  readonly side: string | null;
  /** Contracts that it stands for. */
  readonly nContracts: number;
  /** Points of net value. */
  readonly change: number;
}

/** A basket's value and what moved it, over the whole replay. */
export interface BasketReturns {
  readonly nav: BasketNav;
  /** Parts of the change from 100; they add up to it. */
  readonly parts: ChangeParts;
  /** The largest by size, then the rest as one. */
  readonly contracts: readonly ContractChange[];
  /** Shares, `null` unknown: a year, a year, of the peak. */
  readonly annualReturn: number | null;
  readonly volatility: number | null;
  readonly maxDrawdown: number | null;
}

const MOST_POINTS = 160, MOST_CONTRACTS = 8;

/**
 * Returns and attribution of a method's baskets, policy `cash`.
 *
 * @param tables.nav `05_nav`. @param tables.attribution `05_attribution`. @param tables.metrics `05_metrics`.
 * @param options.tradeDays Trade dates of each basket, which are kept when its value is thinned.
 * @returns By basket.
 */
export function basketReturns(
  { nav, attribution, metrics }: {
    readonly nav: Table;
    readonly attribution: Table;
    readonly metrics: Table;
  },
  { method, tradeDays }: {
    readonly method: string;
    readonly tradeDays: ReadonlyMap<string, readonly number[]>;
  },
): ReadonlyMap<string, BasketReturns> {
  const paths = byBasket(nav, method), parts = byBasket(attribution, method);
  const metricOf = metricReader(metrics, method);
  return new Map(Array.from(tradeDays, ([basket, trades]) => [basket, {
    nav: thinned(nav, paths.get(basket) ?? [], new Set(trades)),
    ...attributionOf(attribution, parts.get(basket) ?? []),
    annualReturn: metricOf(basket, "annualized_return"),
    volatility: metricOf(basket, "volatility"),
    maxDrawdown: metricOf(basket, "max_drawdown"),
  }]));
}

/** First and last day, trade dates, and as many days between as the eye can use. */
function thinned(from: Table, rows: readonly number[], trades: ReadonlySet<number>): BasketNav {
  const date = columnOf(from, "date", "date").values;
  const value = columnOf(from, "nav", "number").values;
  const step = Math.max(1, Math.ceil(rows.length / MOST_POINTS));
  const kept = rows.filter((row, k) =>
    k === 0 || (rows.length - 1 - k) % step === 0 || trades.has(date[row]!)
  );
  return {
    days: kept.map((row) => date[row]!),
    values: kept.map((row) => Math.round(value[row]! * 1e4) / 1e4),
  };
}

function attributionOf(
  from: Table,
  rows: readonly number[],
): Pick<BasketReturns, "parts" | "contracts"> {
  const columns = CHANGE_PARTS.map((part) => columnOf(from, part, "number").values);
  const sums = columns.map((values) => rows.reduce((sum, row) => sum + values[row]!, 0));
  const market = columnOf(from, "market_id", "string"), side = columnOf(from, "side", "string");
  const contracts = rows.filter((row) => market.codes[row]! >= 0)
    .map((row): ContractChange => ({
      marketId: cellAt(market, row) as string,
      side: cellAt(side, row) as string | null,
      nContracts: 1,
      change: columns.reduce((sum, values) => sum + values[row]!, 0),
    }))
    .sort((a, b) =>
      Math.abs(b.change) - Math.abs(a.change) || (a.marketId! < b.marketId! ? -1 : 1)
    );
  const rest = contracts.slice(MOST_CONTRACTS);
  return {
    parts: Object.fromEntries(CHANGE_PARTS.map((part, k) => [part, sums[k]!])) as ChangeParts,
    contracts: [
      ...contracts.slice(0, MOST_CONTRACTS),
      ...rest.length === 0 ? [] : [{
        ...{ marketId: null, side: null, nContracts: rest.length },
        change: rest.reduce((sum, { change }) => sum + change, 0),
      }],
    ],
  };
}

function byBasket(from: Table, method: string): ReadonlyMap<string, number[]> {
  const basket = columnOf(from, "basket", "string");
  return Map.groupBy(methodRows(from, { method }), (row) => basket.labels[basket.codes[row]!]!);
}

function metricReader(from: Table, method: string) {
  const basket = columnOf(from, "basket", "string"), metric = columnOf(from, "metric", "string");
  const value = columnOf(from, "value", "number");
  const found = new Map(
    methodRows(from, { method }).map((row) => [
      JSON.stringify([cellAt(basket, row), cellAt(metric, row)]),
      cellAt(value, row) as number | null,
    ]),
  );
  return (id: string, name: string) => found.get(JSON.stringify([id, name])) ?? null;
}
