import { createHash } from "node:crypto";
import { shownDays, statusOf, type WorldMarket } from "./world.ts";
import type { Catalogue } from "./polymarket_catalogue.ts";
import { isPlaceholder } from "./polymarket_catalogue.ts";
import { clobHistory, outcomePrice } from "./polymarket_history.ts";
import { categoryOf } from "./polymarket_fees.ts";
import { isoTime, lastPrice, outcomesOf, quotesOf, round, tickOf } from "./polymarket_record.ts";
import { clobError, json } from "./polymarket_reply.ts";
import { hexOf, mixed, share } from "./world_hash.ts";

/** The CLOB below its base: section 2 of the sheet, what reading needs of it. */
export function clobStub(
  catalogue: Catalogue,
): (request: Request, path: string) => Response | Promise<Response> {
  return (request, path) => {
    const mark = request.url.indexOf("?");
    const query = new URLSearchParams(mark < 0 ? "" : request.url.slice(mark + 1));
    if (path === "/books") {
      return request.method === "POST"
        ? books(catalogue, request)
        : clobError(400, "Invalid payload");
    }
    if (request.method !== "GET") return clobError(405, "Method not allowed");
    const { nowMs } = catalogue.world;
    if (path === "/") return json("OK");
    if (path === "/time") return json(Math.floor(nowMs() / 1000));
    if (path === "/version") return json({ version: 2 });
    if (path === "/prices-history") return clobHistory(catalogue, query);
    if (path === "/trades") return clobError(401, "Unauthorized/Invalid api key");
    if (path === "/book") {
      const token = query.get("token_id");
      if (token === null || token === "") return clobError(400, "Invalid token id");
      const book = bookOf(catalogue, token);
      return book === undefined
        ? clobError(404, "No orderbook exists for the requested token id")
        : json(book);
    }
    const condition = /^\/markets\/(0x[0-9a-fA-F]{64})$/.exec(path)?.[1];
    const one = condition === undefined ? undefined : catalogue.ofCondition(condition);
    return one === undefined || one.createdAtMs > nowMs()
      ? clobError(404, "market not found")
      : json(clobMarket(one, nowMs()));
  };
}

/** Books of at most 500 tokens, in an order of the venue's own; those without one are left out. */
async function books(catalogue: Catalogue, request: Request): Promise<Response> {
  let body: unknown;
  try {
    body = await request.json();
  } catch {
    return clobError(400, "Invalid payload");
  }
  if (!Array.isArray(body)) return clobError(400, "Invalid payload");
  if (body.length > 500) return clobError(400, "Payload exceeds the limit");
  const found = body.flatMap((one: { readonly token_id?: unknown } | null) =>
    typeof one?.token_id === "string" ? bookOf(catalogue, one.token_id) ?? [] : []
  );
  return json(found.sort((a, b) => a.hash < b.hash ? -1 : 1));
}

interface Level {
  readonly price: string;
  readonly size: string;
}

/**
 * The book of a token as of now: bids ascending, asks descending, so that the best is the last. The
 * book of outcome 1 mirrors that of outcome 0; the last trade's price is that of outcome 0 on both.
 * What rests in it costs its makers the data set's liquidity, where that is known.
 */
function bookOf(catalogue: Catalogue, tokenId: string) {
  const found = catalogue.ofToken(tokenId), nowMs = catalogue.world.nowMs();
  if (found === undefined || isPlaceholder(found.market)) return undefined;
  const { market: one, outcome } = found, price = lastPrice(one, nowMs);
  if (statusOf(one, nowMs) !== "open" || Number.isNaN(price)) return undefined;
  const tick = tickOf(one), { bid, ask } = quotesOf(one, nowMs);
  const decimals = tick === 0.01 ? 2 : 3;
  const rung = (from: number, step: number) =>
    Array.from({ length: 5 }, (_, k) => round(from + step * k * tick, decimals))
      .filter((p) => p > 0 && p < 1);
  const bidPrices = rung(bid, -1), askPrices = share(one.seed, 7) < 0.03 ? [] : rung(ask, 1);
  const weight = (p: number) => 0.2 + share(one.seed, Math.round(p * 1000));
  const cost = bidPrices.reduce((sum, p) => sum + p * weight(p), 0) +
    askPrices.reduce((sum, p) => sum + (1 - p) * weight(p), 0);
  const known = one.days.liquidityUsd[shownDays(one.days, nowMs) - 1] ?? NaN;
  const scale = (known > 0 ? known : 1000) / cost;
  const level = (p: number, at: number): Level => ({
    price: round(at, decimals).toFixed(decimals),
    size: (Math.max(scale * weight(p), 0.01)).toFixed(2),
  });
  const bids = outcome === 0
    ? bidPrices.map((p) => level(p, p))
    : askPrices.map((p) => level(p, 1 - p));
  const asks = outcome === 0
    ? askPrices.map((p) => level(p, p))
    : bidPrices.map((p) => level(p, 1 - p));
  const book = {
    market: one.conditionId,
    asset_id: tokenId,
    timestamp: `${nowMs}`,
    bids: bids.reverse(),
    asks: asks.reverse(),
    min_order_size: "5",
    tick_size: `${tick}`,
    neg_risk: one.market.negRisk ?? false,
    last_trade_price: `${price}`,
    hash: "",
  };
  return { ...book, hash: createHash("sha1").update(JSON.stringify(book)).digest("hex") };
}

/** The CLOB's record of a market, which names the winner. */
function clobMarket(one: WorldMarket, nowMs: number): object {
  const status = statusOf(one, nowMs), isSettled = status === "settled";
  const price = lastPrice(one, nowMs);
  const isTradeable = nowMs >= one.opensAtMs;
  return {
    enable_order_book: !isSettled,
    active: !isPlaceholder(one),
    closed: isSettled,
    archived: false,
    accepting_orders: status === "open",
    accepting_order_timestamp: isoTime(Math.floor(one.opensAtMs / 1000) * 1000),
    minimum_order_size: 5,
    minimum_tick_size: tickOf(one),
    condition_id: one.conditionId,
    question_id: `0x${hexOf(`question ${one.name}`, 64)}`,
    question: one.market.question,
    description: one.market.description,
    market_slug: one.market.slug,
    end_date_iso: `${new Date(one.closesAtMs).toISOString().slice(0, 10)}T00:00:00Z`,
    game_start_time: null,
    seconds_delay: 0,
    fpmm: "",
    maker_base_fee: 0,
    taker_base_fee: 0,
    notifications_enabled: true,
    neg_risk: one.market.negRisk ?? false,
    neg_risk_market_id: one.market.negRisk
      ? `0x${hexOf(`negative risk ${one.eventName}`, 62)}00`
      : "",
    neg_risk_request_id: one.market.negRisk ? `0x${hexOf(`request ${one.name}`, 64)}` : "",
    icon: "",
    image: "",
    rewards: { rates: null, min_size: 50, max_spread: 3.5 },
    is_50_50_outcome: isSettled && one.payout === 0.5,
    tokens: outcomesOf(one).map((outcome, k) => ({
      // new markets have no token numbers for some minutes
      token_id: isTradeable ? one.tokenIds[k as 0 | 1] : "",
      outcome,
      price: isSettled
        ? outcomePrice(one.payout, k as 0 | 1)
        : outcomePrice(Number.isNaN(price) ? 0.5 : price, k as 0 | 1),
      winner: isSettled && one.payout === 1 - k,
    })),
    tags: [categoryOf(`${one.market.eventTitle} ${one.market.question}`), "All"].slice(
      0,
      1 + mixed(one.seed, 8) % 2,
    ),
  };
}
