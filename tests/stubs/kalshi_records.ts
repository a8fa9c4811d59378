import { isArchived, isParlay, type KalshiCatalogue, seriesTickerOf } from "./kalshi_catalogue.ts";
import type { KalshiSeries } from "./kalshi_catalogue.ts";
import { count, dollars, lastRow, quoteNow, tradesOfDay, tradingEndMs } from "./kalshi_quotes.ts";
import { statusOf, type WorldEvent, type WorldMarket } from "./world.ts";

/** A record as JSON writes it; fields that are `undefined` are left out. */
export type KalshiRecord = Readonly<Record<string, unknown>>;

/** The status word of a record, which is not the word of the filter that finds it. */
const STATUS_WORDS = {
  unborn: "initialized",
  listed: "initialized",
  open: "active",
  ended: "closed",
  settled: "finalized",
} as const;

const PRICE_LEVELS = [
  ["deci_cent", [["0.0000", "1.0000", "0.0010"]]],
  ["tapered_deci_cent", [
    ["0.0000", "0.1000", "0.0010"],
    ["0.1000", "0.9000", "0.0100"],
    ["0.9000", "1.0000", "0.0010"],
  ]],
  ["center_deci_edge_centi_cent", [
    ["0.0000", "0.0100", "0.0001"],
    ["0.0100", "0.9900", "0.0010"],
    ["0.9900", "1.0000", "0.0001"],
  ]],
] as const;

/** An instant as Kalshi writes it; `undefined` where it is unknown. */
export function isoTime(timeMs: number, withMicros = false): string | undefined {
  if (!Number.isFinite(timeMs)) return undefined;
  const text = new Date(timeMs).toISOString();
  return withMicros ? text.replace("Z", "417Z") : text.replace(".000Z", "Z");
}

/** A contract's record as it stands at the venue's clock. */
export function marketRecord(one: WorldMarket, catalogue: KalshiCatalogue): KalshiRecord {
  const nowMs = catalogue.nowMs();
  const status = statusOf(one, nowMs);
  const { market, seed } = one;
  const scheduledMs = market.closesAtMs ?? NaN;
  const isOver = status === "ended" || status === "settled";
  const endMs = isOver ? tradingEndMs(one) : scheduledMs;
  const quote = quoteNow(one, nowMs);
  const isTrading = status === "open" && !(quote.bid === 0 && quote.ask === 1e6);
  const before = quoteNow(one, nowMs - 86_400_000);
  const { volume, dayVolume, lastPrice, previousPrice } = traded(one, nowMs);
  const interestRow = lastRow(one, nowMs - 86_400_000);
  const interest = interestRow < 0 ? 0 : one.days.openInterest[interestRow]!;
  const [levels, ranges] = PRICE_LEVELS[seed % 3]!;
  return {
    ticker: one.name,
    event_ticker: one.eventName,
    market_type: "binary",
    title: market.question ?? "",
    subtitle: market.groupItemTitle ?? "",
    yes_sub_title: market.groupItemTitle ?? market.outcome ?? "",
    no_sub_title: market.groupItemTitle ?? "",
    created_time: isoTime(one.createdAtMs, seed % 2 === 0),
    updated_time: isoTime(
      Math.min(nowMs, Math.max(one.createdAtMs, nowMs - seed % 86_400_000)),
      true,
    ),
    open_time: isoTime(one.opensAtMs),
    close_time: isoTime(!isOver && scheduledMs <= nowMs ? nowMs + 30 * 86_400_000 : endMs),
    expected_expiration_time: isoTime(scheduledMs),
    latest_expiration_time: isoTime(scheduledMs + 7 * 86_400_000),
    settlement_timer_seconds: 60 * (1 + seed % 30),
    status: STATUS_WORDS[status],
    yes_bid_dollars: dollars(isTrading ? quote.bid : 0),
    yes_bid_size_fp: isTrading ? count(100 + seed % 90_000) : "0.00",
    yes_ask_dollars: dollars(isTrading ? quote.ask : 1e6),
    yes_ask_size_fp: isTrading ? count(100 + seed % 80_000) : "0.00",
    no_bid_dollars: dollars(isTrading ? 1e6 - quote.ask : 0),
    no_ask_dollars: dollars(isTrading ? 1e6 - quote.bid : 1e6),
    last_price_dollars: dollars(lastPrice),
    previous_yes_bid_dollars: dollars(before.bid),
    previous_yes_ask_dollars: dollars(before.ask),
    previous_price_dollars: dollars(previousPrice),
    volume_fp: count(volume),
    volume_24h_fp: count(dayVolume),
    open_interest_fp: count(Number.isNaN(interest) ? 0 : Math.round(interest * 100)),
    notional_value_dollars: "1.0000",
    liquidity_dollars: "0.0000",
    ...settlement(one, status === "settled"),
    can_close_early: tradingEndMs(one) < scheduledMs || seed % 3 !== 0,
    early_close_condition: seed % 3 === 1
      ? "This market closes early if the event occurs."
      : undefined,
    strike_type: seed % 4 === 0 ? "greater" : "custom",
    floor_strike: seed % 4 === 0 ? 100 + seed % 50 : undefined,
    custom_strike: seed % 4 === 0 ? undefined : { Word: market.groupItemTitle ?? "Yes" },
    rules_primary: market.description ?? "",
    rules_secondary: "",
    price_level_structure: levels,
    price_ranges: ranges.map(([start, end, step]) => ({ start, end, step })),
    mve_collection_ticker: isParlay(one) ? "KXMVESPORTSMULTIGAMEEXTENDED-R" : undefined,
    mve_selected_legs: isParlay(one)
      ? [{ event_ticker: "KXNBAGAME-1", market_ticker: "KXNBAGAME-1-BOS", side: "yes" }]
      : undefined,
  };
}

/** Result and payout: of a contract that is not settled nothing but an empty result. */
function settlement({ payout, resolvedAtMs, seed }: WorldMarket, isSettled: boolean): KalshiRecord {
  if (!isSettled) return { result: "", expiration_value: "" };
  const result = payout === 1 ? "yes" : payout === 0 ? "no" : "scalar";
  return {
    result,
    settlement_value_dollars: result === "scalar" || seed % 2 === 0
      ? dollars(Math.round(payout * 1e6))
      : undefined,
    settlement_ts: isoTime(resolvedAtMs),
    expiration_value: seed % 2 === 0 ? result : "",
  };
}

/** Contracts traded, hundredths, and last prices, millionths. Cost: O(days). */
function traded(one: WorldMarket, nowMs: number) {
  let volume = 0, dayVolume = 0, lastPrice = 0, previousPrice = 0;
  for (let row = 0; row <= lastRow(one, nowMs); ++row) {
    for (const { atMs, micros, hundredths } of tradesOfDay(one, row)) {
      if (atMs > nowMs) break;
      volume += hundredths;
      lastPrice = micros;
      if (atMs > nowMs - 86_400_000) dayVolume += hundredths;
      else previousPrice = micros;
    }
  }
  return { volume, dayVolume, lastPrice, previousPrice };
}

/** An event's record, with the contracts of the live tier within where asked for. */
export function eventRecord(
  event: WorldEvent,
  catalogue: KalshiCatalogue,
  { withMarkets }: { readonly withMarkets: boolean },
): KalshiRecord {
  const ticker = seriesTickerOf(event.name);
  return {
    event_ticker: event.name,
    series_ticker: ticker,
    sub_title: event.name.split("-").slice(1).join("-"),
    title: event.title,
    collateral_return_type: event.negRisk ? "MECNET" : "",
    mutually_exclusive: event.negRisk,
    category: catalogue.seriesOf(ticker)?.category ?? "",
    available_on_brokers: false,
    product_metadata: {},
    markets: withMarkets ? liveMarkets(event, catalogue) : undefined,
  };
}

/** Records of an event's contracts that exist and are not in the archive. */
export function liveMarkets(event: WorldEvent, catalogue: KalshiCatalogue): KalshiRecord[] {
  const nowMs = catalogue.nowMs();
  return event.markets
    .filter((one) => statusOf(one, nowMs) !== "unborn" && !isArchived(one, nowMs))
    .map((one) => marketRecord(one, catalogue));
}

/** A series' record with the fees of the clock. */
export function seriesRecord(
  one: KalshiSeries,
  nowMs: number,
  { withVolume, withMetadata }: { readonly withVolume: boolean; readonly withMetadata: boolean },
): KalshiRecord {
  const fee = one.fees.findLast(({ fromMs }) => fromMs <= nowMs) ?? one.fees[0]!;
  return {
    ticker: one.ticker,
    frequency: one.frequency,
    title: one.title,
    category: one.category,
    tags: one.seed % 3 === 0 ? null : [one.category],
    settlement_sources: [{ name: "Official source", url: "https://example.org" }],
    contract_url: `https://example.org/${one.ticker}.pdf`,
    contract_terms_url: `https://example.org/${one.ticker}-terms.pdf`,
    fee_type: fee.feeType,
    fee_multiplier: fee.multiplier,
    additional_prohibitions: [],
    product_metadata: withMetadata ? {} : undefined,
    volume_fp: withVolume ? count(one.seed % 1e8) : undefined,
  };
}
