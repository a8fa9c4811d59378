import { dayEndMs, dayOf, dayStartMs, MS_PER_DAY } from "lib/core/day.ts";
import type { WorldMarket } from "./world.ts";
import type { Catalogue } from "./polymarket_catalogue.ts";
import { limitOf, outcomePrice } from "./polymarket_history.ts";
import { outcomesOf, round } from "./polymarket_record.ts";
import { cursorOf, DataRefusal, readCursor } from "./polymarket_reply.ts";
import { hexOf, mixed, share } from "./world_hash.ts";
import { priceAt } from "./world_price.ts";

/** A fill as its taker saw it. */
export interface Trade {
  /** Unix seconds. */
  readonly timestamp: number;
  readonly outcome: 0 | 1;
  readonly side: "BUY" | "SELL";
  readonly price: number;
  /** Shares. */
  readonly size: number;
  readonly transaction: string;
}

const THREE_YEARS_MS = 3 * 365 * MS_PER_DAY;

/**
 * Trades of a contract on one row of its days, oldest first: Σ size × price over both outcomes is
 * the data set's volume of the day to 1e-6; none where it is unknown or zero.
 *
 * One day in ten begins with two fills of one transaction that are equal in every field.
 */
export function tradesOf(one: WorldMarket, row: number): Trade[] {
  const volume = one.days.volumeUsd[row]!;
  if (!(volume > 0)) return [];
  const day = one.days.day[row]!, seed = mixed(one.seed, day);
  const fromMs = Math.max(dayStartMs(day), Math.min(one.opensAtMs, dayEndMs(day) - 60_000));
  const seconds = Math.floor((dayEndMs(day) - fromMs) / 1000) - 1;
  const nTrades = volume < 5 ? 1 : 1 + mixed(seed, 1) % (2 + Math.floor(2 * Math.log10(volume)));
  const hasDouble = nTrades > 1 && share(seed, 2) < 0.1;
  const same = (k: number) => hasDouble && k === 1 ? 0 : k;
  const weights = Array.from({ length: nTrades }, (_, k) => 0.1 + share(seed, 10 + same(k)));
  const total = weights.reduce((a, b) => a + b, 0);
  const times = Array.from(
    { length: nTrades },
    (_, k) => Math.floor(seconds * (same(k) + share(seed, 50 + same(k))) / nTrades),
  );
  return weights.map((weight, k) => {
    const j = same(k), timestamp = Math.ceil(fromMs / 1000) + times[k]!;
    const at = priceAt(one, timestamp * 1000 + 1);
    const p = round(Number.isNaN(at) ? 0.5 : at, 9);
    const outcome = p < 0.001 ? 1 : p > 0.999 ? 0 : share(seed, 100 + j) < 0.5 ? 0 : 1;
    const price = outcomePrice(p, outcome);
    return {
      timestamp,
      outcome,
      side: share(seed, 150 + j) < 0.6 ? "BUY" : "SELL",
      price,
      size: volume * weight / total / price,
      transaction: `0x${hexOf(`transaction ${one.name} ${day} ${j}`, 64)}`,
    };
  });
}

/**
 * A page of `/v2/trades` by condition or event, newest first, both outcomes interleaved. The cursor
 * holds only the place and the page size. Time bounds are ignored, as the venue ignores them.
 */
export function tradePage(catalogue: Catalogue, query: URLSearchParams): object {
  const asked = limitOf(query, 1000);
  if (query.has("user")) throw new DataRefusal(400, "user is a protocol contract", "user");
  const markets = marketsOf(catalogue, query);
  const takerOnly = (query.get("taker_only") ?? query.get("takerOnly")) !== "false";
  const side = query.get("side")?.toUpperCase();
  const floor = Number(query.get("filter_amount") ?? 0.01);
  const cursor = query.get("cursor"), place = cursor === null ? null : readCursor(cursor);
  if (cursor !== null && !(Array.isArray(place) && place.length === 3)) {
    throw new DataRefusal(400, "cursor is malformed", "cursor");
  }
  const [before, skip, limit] = place as [number, number, number] ?? [Infinity, 0, asked];
  const rows: object[] = [];
  let at = before, nAt = skip, nSkipped = 0, more = false;
  for (const { one, trade, isMaker } of tape(catalogue, markets, { before, takerOnly })) {
    if (trade.size < floor || (side !== undefined && side !== trade.side)) continue;
    if (trade.timestamp === before && nSkipped < skip) {
      ++nSkipped;
      continue;
    }
    if (rows.length === limit) {
      more = true;
      break;
    }
    nAt = trade.timestamp === at ? nAt + 1 : 1;
    at = trade.timestamp;
    rows.push(tradeRow(one, trade, isMaker));
  }
  return {
    data: rows,
    pagination: {
      limit,
      offset: 0,
      has_more: more,
      next_cursor: more ? cursorOf([at, nAt, limit]) : null,
    },
  };
}

/** The contracts that a query of version 2 selects; unknown ones are left out. */
export function marketsOf(catalogue: Catalogue, query: URLSearchParams): WorldMarket[] {
  const conditions = query.get("condition") ?? query.get("condition_id") ??
    query.get("conditionId");
  const events = query.get("event_id") ?? query.get("eventId");
  if (conditions === null && events === null) {
    throw new DataRefusal(400, "condition or event_id is required here", "condition");
  }
  const names = [...new Set((conditions ?? events!).split(","))];
  const parameter = conditions === null ? "event_id" : "condition";
  if (names.length > 20) throw new DataRefusal(400, "at most 20 ids", parameter);
  const form = conditions === null ? /^\d+$/ : /^0x[0-9a-fA-F]{64}$/;
  const wrong = names.find((name) => !form.test(name));
  if (wrong !== undefined) {
    throw new DataRefusal(400, `${parameter} is malformed: ${wrong.slice(0, 100)}`, parameter);
  }
  const nowMs = catalogue.world.nowMs();
  const found = conditions === null
    ? names.flatMap((name) => catalogue.world.eventOf("polymarket", name)?.markets ?? [])
    : names.flatMap((name) => catalogue.ofCondition(name.toLowerCase()) ?? []);
  return found.filter((one) => one.createdAtMs <= nowMs);
}

/** Trades of some contracts from an instant into the past, three years at most. */
function* tape(
  catalogue: Catalogue,
  markets: readonly WorldMarket[],
  { before, takerOnly }: { readonly before: number; readonly takerOnly: boolean },
): Generator<{ one: WorldMarket; trade: Trade; isMaker: boolean }> {
  const nowMs = catalogue.world.nowMs();
  const untilS = Math.min(Math.floor(nowMs / 1000), before);
  const rows = markets.map((one) => one.days.day.length - 1);
  const oldest = dayOf(nowMs - THREE_YEARS_MS);
  for (;;) {
    let day = -Infinity;
    markets.forEach((one, m) => {
      while (rows[m]! >= 0 && dayStartMs(one.days.day[rows[m]!]!) / 1000 > untilS) --rows[m]!;
      day = Math.max(day, one.days.day[rows[m]!] ?? -Infinity);
    });
    if (day < oldest) return;
    const today = markets.flatMap((one, m) => {
      if (one.days.day[rows[m]!] !== day) return [];
      const trades = tradesOf(one, rows[m]!--).filter((trade) => trade.timestamp <= untilS);
      return trades.map((trade) => ({ one, trade, isMaker: false })).reverse();
    }).sort((a, b) => b.trade.timestamp - a.trade.timestamp);
    for (const row of today) {
      yield row;
      if (takerOnly) continue;
      const side = row.trade.side === "BUY" ? "SELL" : "BUY";
      yield { ...row, trade: { ...row.trade, side }, isMaker: true };
    }
  }
}

function tradeRow(one: WorldMarket, trade: Trade, isMaker: boolean): object {
  const { market } = one;
  return {
    proxy_wallet: `0x${hexOf(`${trade.transaction} ${isMaker}`, 40)}`,
    side: trade.side,
    token_id: one.tokenIds[trade.outcome],
    condition_id: one.conditionId,
    size: trade.size,
    price: trade.price,
    timestamp: trade.timestamp,
    title: market.question ?? "",
    slug: market.slug ?? "",
    icon: "",
    event_slug: market.eventSlug ?? "",
    outcome: outcomesOf(one)[trade.outcome],
    outcome_index: trade.outcome,
    name: "",
    pseudonym: "Trivial-Gopher",
    bio: "",
    profile_image: "",
    profile_image_optimized: "",
    transaction_hash: trade.transaction,
  };
}
