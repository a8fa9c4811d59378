import type { Answer } from "../../fetch/ask.ts";
import { isRecord, shownValue } from "./kalshi_row.ts";

const LONGEST_CURSOR = 4096;

/** A page of a list. */
export interface KalshiPage {
  readonly rows: readonly unknown[];
  /** What the next page is asked for with; `null` where this is the last. */
  readonly nextCursor: string | null;
  /** Whether the list may go on all the same, which nobody can ask for. */
  readonly isCut: boolean;
}

/**
 * The rows of a page, and whether another follows.
 *
 * A list ends with an empty or a null cursor, with an empty page, or with the cursor that it was asked
 * with: the exchange does all three. The last on a page that is as long as a page can be may be a fault
 * rather than the end: the list ends there and may be cut. A 404 is an empty last page where the rows of a name were asked
 * for; of all rows, or in the midst of a walk, it is no page: the path or the cursor is gone.
 *
 * @param name Field that holds the rows: `events`.
 * @throws {TypeError} If it is no such page.
 */
export function kalshiPage({ ask, status, value }: Answer, name: string): KalshiPage {
  if (status === 404 && isFirstOfName(ask.path)) {
    return { rows: [], nextCursor: null, isCut: false };
  }
  const rows = rowsOf(value, name, ask.path);
  const cursor = (value as Readonly<Record<string, unknown>>).cursor ?? "";
  if (typeof cursor !== "string" || cursor.length > LONGEST_CURSOR || !cursor.isWellFormed()) {
    throw new TypeError(
      `Cannot read kalshi ${ask.path} as its cursor must be a text: got ${shownValue(cursor)}`,
    );
  }
  if (cursor === "" || rows.length === 0) return { rows, nextCursor: null, isCut: false };
  if (cursor !== pathParameter(ask.path, "cursor")) {
    return { rows, nextCursor: cursor, isCut: false };
  }
  const isFull = rows.length >= Number(pathParameter(ask.path, "limit") ?? Infinity);
  return { rows, nextCursor: null, isCut: isFull };
}

/**
 * Whether a 404 is the exchange's own, not that of any server on the way: `{"error":{"code":"not_found"}}`,
 * or the same without the outer object as the documents have it.
 */
export function isNotFound({ text }: Answer): boolean {
  return /^\s*\{\s*("error"\s*:\s*\{)?\s*"code"\s*:\s*"not_found"/.test(text);
}

function isFirstOfName(path: string): boolean {
  const isOfName = ["series_ticker", "tickers", "ticker"]
    .some((name) => pathParameter(path, name) !== null);
  return isOfName && pathParameter(path, "cursor") === null;
}

/**
 * The list that an answer holds under a name; `null` is an empty one.
 *
 * @throws {TypeError} If it is no object with such a list.
 */
export function rowsOf(value: unknown, name: string, path: string): readonly unknown[] {
  const rows = isRecord(value) ? value[name] : undefined;
  if (rows === null) return [];
  if (Array.isArray(rows)) return rows;
  throw new TypeError(
    `Cannot read kalshi ${path} as it must hold a list "${name}": got ${shownValue(value)}`,
  );
}

/** A parameter of the path that was asked; `null` where it has none. */
export function pathParameter(path: string, name: string): string | null {
  return new URLSearchParams(path.split("?")[1] ?? "").get(name);
}

/** The span that was asked for, UTC milliseconds, from two parameters in seconds. */
export function pathSpan(
  path: string,
  from: string,
  to: string,
): { readonly fromMs: number; readonly toMs: number } {
  return {
    fromMs: Number(pathParameter(path, from)) * 1000,
    toMs: Number(pathParameter(path, to)) * 1000,
  };
}

/** The path without its query, which names an endpoint in the rejected table. */
export function placeOf(path: string): string {
  return `kalshi ${path.split("?")[0]}`;
}
