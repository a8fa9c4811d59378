/** A refusal in Kalshi's form; thrown within the stub and answered by it. */
export class KalshiRefusal extends Error {
  override readonly name = "KalshiRefusal";

  constructor(readonly status: number, readonly code: string, message: string) {
    super(message);
  }
}

/** The answer to a name that is in no list, or in the other tier. */
export function notFound(): KalshiRefusal {
  return new KalshiRefusal(404, "not_found", "not found");
}

/** A refusal of the request's parameters. */
export function badRequest(message: string): KalshiRefusal {
  return new KalshiRefusal(400, "bad_request", message);
}

/** A whole number of a query, `undefined` where it is left out or empty. */
export function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name) ?? "";
  if (text === "") return undefined;
  if (!/^\d{1,15}$/.test(text)) throw badRequest(`invalid parameter ${name}`);
  return Number(text);
}

/** Rows of a page: the default for none and 0, else at most `most`. */
export function pageLimit(
  query: URLSearchParams,
  { usual, most }: { usual: number; most: number },
): number {
  const limit = wholeNumber(query, "limit") ?? 0;
  if (limit > most) throw badRequest(`invalid parameter limit: at most ${most}`);
  return limit === 0 ? usual : limit;
}

/** Where a page begins. */
export function cursorPosition(query: URLSearchParams): number {
  const cursor = query.get("cursor") ?? "";
  if (cursor === "") return 0;
  let text = "";
  try {
    text = atob(cursor);
  } catch {
    throw badRequest("invalid cursor");
  }
  if (!/^after:\d+$/.test(text)) throw badRequest("invalid cursor");
  return Number(text.slice(6));
}

/** The cursor of a position; opaque to clients. */
export function cursorAt(position: number): string {
  return btoa(`after:${position}`);
}

/** Texts of a csv parameter, `undefined` where it is left out or empty. */
export function csv(query: URLSearchParams, name: string): string[] | undefined {
  const text = query.get(name) ?? "";
  return text === "" ? undefined : text.split(",");
}

/**
 * One page of a list that may be long: members from the cursor on that are wanted.
 *
 * The cursor is empty where nothing wanted follows.
 */
export function pageFrom<T>(
  query: URLSearchParams,
  { limit, length, member, isWanted }: {
    readonly limit: number;
    readonly length: number;
    readonly member: (position: number) => T;
    readonly isWanted: (one: T) => boolean;
  },
): { readonly rows: readonly T[]; readonly cursor: string } {
  const rows: T[] = [];
  for (let position = cursorPosition(query); position < length; ++position) {
    const one = member(position);
    if (!isWanted(one)) continue;
    if (rows.length === limit) return { rows, cursor: cursorAt(position) };
    rows.push(one);
  }
  return { rows, cursor: "" };
}
