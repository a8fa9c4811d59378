import { formatDay, parseDay } from "../../core/day.ts";
import type { Answer, Ask, Reply } from "../../fetch/ask.ts";
import { askText } from "../../fetch/ask.ts";
import type { Reading } from "../live/fact.ts";
import { isNotFound, kalshiPage, pathParameter, placeOf } from "./kalshi_page.ts";
import { shownValue } from "./kalshi_row.ts";

/** A list of the exchange that is walked page by page. */
export interface KalshiList {
  /** `events` nest the contracts of the live tier; `archive` are contracts of the other. */
  readonly rows: "events" | "archive";
  /** Only events of a status; `null`: of any. */
  readonly status: "unopened" | "open" | "closed" | "settled" | null;
  /** Only of a series; `null`: of all. */
  readonly series: string | null;
  /** Only events with a contract that closes later than the start of a UTC day; `null`: all. */
  readonly closesAfter: string | null;
}

/**
 * The name that a whole walk is remembered under: `kalshi open events`, `kalshi archive of KXFED`.
 *
 * The list of settled events is always walked from the walk before it, so its name holds no date; one
 * of a series that leaves out the old says from when.
 */
export function listName({ rows, status, series, closesAfter }: KalshiList): string {
  if (series === null) return `kalshi ${status} events`;
  const since = closesAfter === null ? "" : ` since ${closesAfter}`;
  return `kalshi ${rows} of ${series}${since}`;
}

/** The ask for a page. */
export function listAsk(
  list: KalshiList,
  { cursor, edition }: { readonly cursor: string | null; readonly edition: string },
): Ask {
  const { rows, status, series, closesAfter } = list;
  const isArchive = rows === "archive";
  const parameters = [
    ["limit", isArchive ? "1000" : "200"],
    ["series_ticker", series],
    ["status", status],
    ["min_close_ts", closesAfter === null ? null : `${parseDay(closesAfter) * 86_400}`],
    ["with_nested_markets", isArchive ? null : "true"],
    ["cursor", cursor],
  ].filter((pair): pair is [string, string] => pair[1] !== null && pair[1] !== undefined);
  const query = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  return {
    host: "kalshi",
    path: `${isArchive ? "/historical/markets" : "/events"}?${query}`,
    body: null,
    format: "json",
    kind: isArchive ? "kalshi_archive_markets" : "kalshi_events",
    subject: "",
    edition,
  };
}

/**
 * That a list was walked to its end, where an answer is the last page of one.
 *
 * A 404 is the end of a list only in the exchange's own words: a walk is not made again, and any
 * server on the way may answer so.
 *
 * `nPages` is 1 where the first page is the last, else 0 for unknown: a page does not know how many
 * came before it. A list that may be cut was not walked to its end: an oddity tells so, and the next pull
 * walks it again.
 */
export function readEnd(answer: Answer, name: "events" | "markets"): Reading {
  const { path, edition } = answer.ask;
  const isList = name === "events" || pathParameter(path, "series_ticker") !== null;
  const { rows, nextCursor, isCut } = kalshiPage(answer, name);
  if (!isList || nextCursor !== null) return { facts: [], oddities: [] };
  if (isCut) {
    const value = shownValue(pathParameter(path, "cursor"));
    const reason = "the cursor repeats on a full page: the list may go on";
    const row = rows.length - 1;
    return {
      facts: [],
      oddities: [{ place: placeOf(path), row, column: "cursor", value, reason }],
    };
  }
  if (answer.status === 404 && !isNotFound(answer)) return { facts: [], oddities: [] };
  const nPages = pathParameter(path, "cursor") === null ? 1 : 0;
  const subject = listName(listOfPath(path, name));
  return { facts: [{ kind: "crawl", subject, edition, nPages }], oddities: [] };
}

function listOfPath(path: string, name: "events" | "markets"): KalshiList {
  const closesAfter = pathParameter(path, "min_close_ts");
  return {
    rows: name === "events" ? "events" : "archive",
    status: pathParameter(path, "status") as KalshiList["status"],
    series: pathParameter(path, "series_ticker"),
    closesAfter: closesAfter === null ? null : formatDay(Number(closesAfter) / 86_400),
  };
}

/**
 * Walks a list from its first page to its last.
 *
 * A walk that cannot go on ends with an error, and the list then is not known to be complete; what its
 * pages said stands.
 *
 * @throws {Error} If a page is not answered, or a cursor other than the last comes a second time.
 * @throws {TypeError} If a page is no page.
 */
export function* walkList(list: KalshiList, edition: string): Generator<Ask, void, Reply> {
  const seen = new Set<string>();
  let cursor: string | null = null;
  while (true) {
    const ask: Ask = listAsk(list, { cursor, edition });
    const reply: Reply = yield ask;
    if (!reply.isAnswer) {
      throw new Error(
        `Cannot walk ${listName(list)} as each page must be answered: got ` +
          `${reply.failure.reason} (${askText(ask)})`,
      );
    }
    const { nextCursor } = kalshiPage(reply.answer, list.rows === "archive" ? "markets" : "events");
    if (nextCursor === null) return;
    if (seen.has(nextCursor)) {
      throw new Error(
        `Cannot walk ${listName(list)} as each page must have a new cursor: got ` +
          `"${shownValue(nextCursor)}" (${askText(ask)})`,
      );
    }
    seen.add(nextCursor);
    cursor = nextCursor;
  }
}
