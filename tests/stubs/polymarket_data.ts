import { shownDays, statusOf, type WorldMarket } from "./world.ts";
import type { Catalogue } from "./polymarket_catalogue.ts";
import { priceHistory } from "./polymarket_history.ts";
import { dataError, DataRefusal, json } from "./polymarket_reply.ts";
import { marketsOf, tradePage } from "./polymarket_trades.ts";
import { hexOf, mixed } from "./world_hash.ts";

/** Version 2 of the Data API below its base: sections 2.2b and 3.2 of the sheet. */
export function dataStub(catalogue: Catalogue): (request: Request, path: string) => Response {
  const routes: Readonly<Record<string, (query: URLSearchParams) => object>> = {
    "/": () => ({ data: "OK" }),
    "/v2/prices-history": (query) => priceHistory(catalogue, query),
    "/v2/trades": (query) => tradePage(catalogue, query),
    "/v2/resolutions": (query) => ({ data: resolutions(catalogue, query) }),
    "/v2/oi": (query) => ({ data: openInterest(catalogue, query) }),
  };
  let nRequests = 0;
  return (request, path) => {
    const traceId = mixed(++nRequests, 77).toString(16).padStart(32, "0");
    const response = answer(request, path, traceId);
    response.headers.set("x-trace-id", traceId);
    return response;
  };

  function answer(request: Request, path: string, traceId: string): Response {
    try {
      const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
      if (route === undefined) throw new DataRefusal(404, "no such route");
      if (request.method !== "GET") throw new DataRefusal(405, "method not allowed");
      const mark = request.url.indexOf("?");
      return json(route(new URLSearchParams(mark < 0 ? "" : request.url.slice(mark + 1))));
    } catch (error) {
      if (error instanceof DataRefusal) return dataError(error, traceId);
      throw error;
    }
  }
}

/** How contracts ended: payouts in millionths of a dollar a share. */
function resolutions(catalogue: Catalogue, query: URLSearchParams): object[] {
  const selectors = [["question_id"], ["condition", "condition_id", "conditionId"], ["event_id"]];
  if (selectors.filter((names) => names.some((name) => query.has(name))).length !== 1) {
    throw new DataRefusal(400, "exactly one of question_id, condition, event_id", "condition");
  }
  const questionId = query.get("question_id");
  const markets = questionId === null ? marketsOf(catalogue, query) : [...catalogue.markets]
    .filter((one) => `0x${hexOf(`question ${one.name}`, 64)}` === questionId);
  return markets.map((one) => resolutionRow(one, catalogue.world.nowMs()));
}

function resolutionRow(one: WorldMarket, nowMs: number): object {
  const status = statusOf(one, nowMs), isResolved = status === "settled";
  const payout = Math.round(one.payout * 1e6);
  return {
    condition_id: one.conditionId,
    question_id: `0x${hexOf(`question ${one.name}`, 64)}`,
    status: isResolved ? "resolved" : status === "ended" ? "proposed" : "active",
    payouts: isResolved ? [payout, 1_000_000 - payout] : null,
    resolved_at: isResolved ? new Date(one.resolvedAtMs).toISOString() : null,
    resolved_block: isResolved ? 50_000_000 + one.seed % 10_000_000 : null,
    resolution_source: isResolved ? "reported" : "",
    reporter: isResolved ? "UMA_OO" : "",
    market_type: one.market.negRisk ? "INCREMENTAL_NEGRISK" : "BINARY",
    proposed_price: isResolved || status === "ended" ? `${payout}` : "69",
    price: isResolved ? `${payout}` : "69",
    was_disputed: false,
    extended_review: false,
    new_version_q: false,
    last_update_timestamp: `${Math.floor(Math.min(nowMs, one.resolvedAtMs) / 1000)}`,
    transaction_hash: isResolved ? `0x${hexOf(`settlement ${one.name}`, 64)}` : "",
    log_index: `${one.seed % 300}`,
  };
}

function openInterest(catalogue: Catalogue, query: URLSearchParams): object[] {
  const nowMs = catalogue.world.nowMs();
  return marketsOf(catalogue, query).flatMap((one) => {
    const shown = shownDays(one.days, nowMs);
    const value = one.days.openInterest[shown - 1] ?? NaN;
    return Number.isNaN(value) ? [] : [{ condition_id: one.conditionId, value }];
  });
}
