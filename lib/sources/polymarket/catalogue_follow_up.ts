import { dayStartMs, parseDay } from "../../core/day.ts";
import type { Ask, Reply } from "../../fetch/ask.ts";
import type { Job, Known, KnownMarket, PlanOptions } from "../live/venue.ts";
import { listName, PAGE_SIZE } from "./catalogue_list.ts";

const CONDITION = /^0x(?:[0-9a-f]{62}|[0-9a-f]{64})$/;

/**
 * Asks what became of contracts that are not settled as far as we know and that today's walk of the
 * open ones did not show: they closed since, or were settled. By condition id, 100 at a time.
 *
 * Nothing is planned before today's walk came to its end, as a contract that was not seen yet may be
 * on a page still to come. Of closed contracts only those whose outcome is unknown are asked for. Ones
 * that closed before `sinceMs` are not wanted; ones without a condition id were never on the chain.
 *
 * A batch that fails does no harm: its contracts are unseen still, and asked for by the next pull.
 */
export function* followUpJobs(known: Known, options: PlanOptions): Generator<Job, void, void> {
  const open = listName({ rows: "markets", isClosed: false, endsFrom: null });
  if (!known.crawls(open).includes(options.edition)) return;
  const todayMs = dayStartMs(parseDay(options.edition));
  let conditions: string[] = [];
  for (const market of known.markets()) {
    const condition = market.state.native["condition"] ?? market.listing.market.conditionId ?? "";
    if (market.seenAtMs >= todayMs || !isWanted(market, options) || !CONDITION.test(condition)) {
      continue;
    }
    conditions.push(condition);
    if (conditions.length < PAGE_SIZE) continue;
    yield followUpJob(conditions, options.edition);
    conditions = [];
  }
  if (conditions.length > 0) yield followUpJob(conditions, options.edition);
}

function isWanted({ state, outcome }: KnownMarket, { sinceMs }: PlanOptions): boolean {
  if (state.status === "settled" || (state.status === "closed" && outcome !== null)) return false;
  return sinceMs === null || state.closedAtMs === null || state.closedAtMs >= sinceMs;
}

function followUpJob(conditions: readonly string[], edition: string): Job {
  return {
    name: `what became of ${conditions.length} polymarket markets`,
    nAsks: 1,
    run: () => followUp(conditions, edition),
  };
}

function* followUp(conditions: readonly string[], edition: string): Generator<Ask, void, Reply> {
  const reply = yield followUpAsk(conditions, edition);
  if (reply.isAnswer) return;
  throw new Error(
    `Cannot tell what became of ${conditions.length} polymarket markets as the page must be ` +
      `answered: got ${reply.failure.reason} (from ${conditions[0]} on)`,
  );
}

/** Without `closed=true` Gamma gives open ones only; brackets in the name would be ignored. */
function followUpAsk(conditions: readonly string[], edition: string): Ask {
  const ids = conditions.map((condition) => `&condition_ids=${condition}`).join("");
  return {
    host: "gamma",
    path: `/markets/keyset?limit=${PAGE_SIZE}&closed=true${ids}`,
    body: null,
    format: "json",
    kind: "gamma_markets",
    subject: "",
    edition,
  };
}
