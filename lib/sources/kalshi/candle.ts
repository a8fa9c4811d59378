import type { Oddity } from "../live/fact.ts";
import type { Span } from "../live/spans.ts";
import { type KalshiRow, kalshiRow } from "./kalshi_row.ts";
import type { Tier } from "./market_record.ts";

/** An hour of trading, closes at its end; `null` is unknown. */
export interface Candle {
  /** The first instant after the hour, UTC milliseconds. */
  readonly endMs: number;
  /** Best quotes of Yes at the end; 0 and 1 are those of an empty side. */
  readonly bid: number | null;
  readonly ask: number | null;
  /** Last trade of the hour; `null` where there was none. */
  readonly lastTrade: number | null;
  /** Mean price of the hour's trades by contracts. */
  readonly meanTrade: number | null;
  /** Contracts. */
  readonly volume: number | null;
  readonly openInterest: number | null;
}

const MS_PER_HOUR = 3_600_000;

/** The tiers name the same fields differently. */
const NAMES = {
  live: { price: (name: string) => `${name}_dollars`, count: (name: string) => `${name}_fp` },
  archive: { price: (name: string) => name, count: (name: string) => name },
} as const;

/**
 * The hourly candles of a contract that lie in a span, in order.
 *
 * A candle's time is the end of its hour, which belongs to it: the day's last candle ends at midnight.
 * One that ends where the span begins is of the day before and is passed over. Hours that come twice
 * with two contents say nothing, and neither is taken. An oddity is told once for each field, not for
 * each hour.
 *
 * @param at.name The contract in the rejected table.
 */
export function takeCandles(
  rows: readonly unknown[],
  at: {
    readonly place: string;
    readonly name: string;
    readonly tier: Tier;
    readonly span: Span;
  },
): { readonly candles: readonly Candle[]; readonly oddities: readonly Oddity[] } {
  const oddities = new Map<string, Oddity>();
  const told = (oddity: Oddity) => {
    const key = `${oddity.column}\n${oddity.reason}`;
    if (!oddities.has(key)) oddities.set(key, oddity);
  };
  const byEnd = new Map<number, Candle>();
  const refused = new Set<number>();
  rows.forEach((raw, k) => {
    const row = kalshiRow(raw, { place: at.place, row: k, within: at.name, told });
    const candle = row === null ? null : takeCandle(row, at.tier, at.span);
    if (row === null || candle === null) return;
    tellOfOldNames(row, at.tier);
    const first = byEnd.get(candle.endMs);
    if (first === undefined) byEnd.set(candle.endMs, candle);
    else if (!isEqual(first, candle)) {
      row.tell("end_period_ts", "another candle of the same hour; neither is taken");
      refused.add(candle.endMs);
    }
  });
  const candles = [...byEnd.values()].filter(({ endMs }) => !refused.has(endMs));
  return {
    candles: candles.sort((a, b) => a.endMs - b.endMs),
    oddities: [...oddities.values()],
  };
}

function takeCandle(row: KalshiRow, tier: Tier, { fromMs, toMs }: Span): Candle | null {
  const endSeconds = row.number("end_period_ts");
  const endMs = (endSeconds ?? NaN) * 1000;
  if (endMs === fromMs) return null;
  if (!(endMs % MS_PER_HOUR === 0 && endMs > fromMs && endMs <= toMs)) {
    row.tell("end_period_ts", "must be the end of an hour that was asked for");
    return null;
  }
  const { price, count } = NAMES[tier];
  const trades = row.row("price");
  const volume = row.count(count("volume"));
  const meanTrade = trades.price(price("mean"));
  if (volume !== null && volume > 0 && meanTrade === null) {
    trades.tell(price("mean"), "the mean price of an hour with trades must be known");
  }
  return {
    endMs,
    bid: row.row("yes_bid").price(price("close")),
    ask: row.row("yes_ask").price(price("close")),
    lastTrade: trades.price(price("close")),
    meanTrade,
    volume,
    openInterest: row.count(count("open_interest")),
  };
}

/** A field that has another name than its tier's would be read as unknown and never missed. */
function tellOfOldNames(row: KalshiRow, tier: Tier): void {
  const { price, count } = NAMES[tier];
  const other = NAMES[tier === "live" ? "archive" : "live"];
  const tell = (inner: KalshiRow, [right, wrong]: readonly [string, string]) => {
    if (!inner.has(right) && inner.has(wrong)) inner.tell(wrong, `must be named ${right}`);
  };
  for (const name of ["volume", "open_interest"]) tell(row, [count(name), other.count(name)]);
  for (const side of ["yes_bid", "yes_ask", "price"]) {
    const inner = row.row(side);
    tell(inner, [price("close"), other.price("close")]);
  }
  const hasQuote = ["yes_bid", "yes_ask"].some((side) => row.row(side).has(price("close")));
  if (!hasQuote) row.tell("yes_bid", "a candle must have a quote of its documented name");
}

function isEqual(a: Candle, b: Candle): boolean {
  return Object.keys(a).every((name) => a[name as keyof Candle] === b[name as keyof Candle]);
}
