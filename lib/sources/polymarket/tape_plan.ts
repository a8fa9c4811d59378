import { dayOf, dayStartMs, formatDay, parseDay } from "../../core/day.ts";
import type { Ask, Reply } from "../../fetch/ask.ts";
import { missingSpans, type Span } from "../live/spans.ts";
import type { Job, Known, PlanOptions } from "../live/venue.ts";
import { notAnswered, readListPage } from "./history_rows.ts";
import { wantedSpan } from "./price_span.ts";
import { readTrades, TAPE_DAYS } from "./tape_answer.ts";
import { conditionOf } from "./tape_condition.ts";
import { cutTapeName } from "./tape_cut.ts";

/** A walk over one contract's trades, from now into the past. */
interface Walk {
  readonly subject: string;
  readonly condition: string;
  /** The first day that is not complete: days before it are known by the walk. */
  readonly edition: string;
  /** The walk ends at the first page with an older trade. */
  readonly downToMs: number;
  readonly maxPages: number;
}

/**
 * One job for each contract with trades that are not known yet.
 *
 * The venue cannot be asked for the trades of a day, so the tape is walked from its newest trade
 * back to the first missing day, or as far as `trade_pages` goes. A contract whose record says that
 * nothing was ever traded is not asked about.
 *
 * The edition of a walk is the first day that is not wanted yet, not the day of the run: shortly
 * after midnight the day that just ended is still settling, and no walk may claim it.
 */
export function* tapeJobs(known: Known, options: PlanOptions): Generator<Job> {
  const maxPages = options.settings.polymarket.trade_pages.value;
  const edition = formatDay(dayOf(options.untilMs));
  const earliestMs = options.untilMs - TAPE_DAYS * 86_400_000;
  for (const market of known.markets()) {
    const condition = conditionOf(market);
    if (condition === null || market.state.volumeUsd === 0) continue;
    const wanted = wantedSpan(market, options, { earliestMs });
    if (missingSpans(wanted, market.taped).length === 0) continue;
    const cutOn = known.crawls(cutTapeName(market.marketId, maxPages)).at(-1);
    const missing = missingSpans(withinReach(wanted, cutOn), market.taped);
    if (missing.length === 0) continue;
    const downToMs = dayStartMs(dayOf(missing[0]!.fromMs));
    const walk: Walk = { subject: market.marketId, condition, edition, downToMs, maxPages };
    yield { name: `trades of ${market.marketId}`, nAsks: 1, run: () => askWalk(walk) };
  }
}

/** The wanted days that no earlier walk had to leave behind when it was cut: from the day of the cut. */
function withinReach({ fromMs, toMs }: Span, cutOn: string | undefined): Span {
  return {
    fromMs: cutOn === undefined ? fromMs : Math.max(fromMs, dayStartMs(parseDay(cutOn))),
    toMs,
  };
}

function* askWalk(walk: Walk): Generator<Ask, void, Reply> {
  const cursors = new Set<string | null>([null]);
  let cursor: string | null = null;
  for (let page = 1; page <= walk.maxPages; ++page) {
    const reply: Reply = yield tradesAsk(walk, cursor, { isEnd: page === walk.maxPages });
    if (!reply.isAnswer) throw notAnswered(`the trades of ${walk.subject}`, reply.failure);
    const { rows, nextCursor, hasMore } = readListPage(reply.answer, "polymarket /v2/trades");
    const tape = readTrades(reply.answer).facts.find((fact) => fact.kind === "tape");
    if (rows.length > 0 && tape === undefined) throw broken(walk, page, "no row of it can be read");
    if (tape !== undefined && tape.fromMs < walk.downToMs) return;
    if (nextCursor === null) {
      if (hasMore) throw broken(walk, page, "it has a next page but does not name it");
      return;
    }
    if (cursors.has(nextCursor)) throw broken(walk, page, "its next page was asked for before");
    cursors.add(nextCursor);
    cursor = nextCursor;
  }
}

function tradesAsk(
  { subject, condition, edition, maxPages }: Walk,
  cursor: string | null,
  { isEnd }: { readonly isEnd: boolean },
): Ask {
  const next = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor.toWellFormed())}`;
  return {
    host: "data",
    path: `/v2/trades?condition=${condition}&taker_only=true&limit=1000${next}`,
    body: null,
    format: "json",
    kind: isEnd ? "data_trades_end" : "data_trades",
    subject: isEnd ? `${subject},${maxPages}` : subject,
    edition,
  };
}

function broken({ subject }: Walk, page: number, what: string): Error {
  return new Error(
    `Cannot walk the trades of ${subject} as page ${page} must lead to older ones: got that ${what}`,
  );
}
