import type { Ask } from "../../fetch/ask.ts";

/** Rows that Gamma gives at most, whatever `limit` says. */
export const PAGE_SIZE = 100;

/** A list of Gamma that is walked page by page. */
export interface CatalogueList {
  readonly rows: "events" | "markets";
  readonly isClosed: boolean;
  /** First scheduled end, `2026-01-05`; `null`: any. Part of the list's name. */
  readonly endsFrom: string | null;
  /** First day of opening: only what is new since an earlier walk of the same list; `null`: all. */
  readonly startsFrom: string | null;
}

/** Name of a list in messages and facts: `polymarket closed markets that end from 2026-01-05`. */
export function listName({ rows, isClosed, endsFrom }: Omit<CatalogueList, "startsFrom">): string {
  const name = `polymarket ${isClosed ? "closed" : "open"} ${rows}`;
  return endsFrom === null ? name : `${name} that end from ${endsFrom}`;
}

/**
 * The ask for a page of a list; `cursor` is the `next_cursor` of the page before, `null` for the
 * first. Gamma takes it as `after_cursor`; by any other name it is ignored, and the first page comes
 * again and again.
 */
export function pageAsk(
  { rows, isClosed, endsFrom, startsFrom }: CatalogueList,
  { cursor, edition }: { readonly cursor: string | null; readonly edition: string },
): Ask {
  const parameters = [
    `limit=${PAGE_SIZE}`,
    "order=id",
    "ascending=true",
    `closed=${isClosed}`,
    ...(endsFrom === null ? [] : [`end_date_min=${endsFrom}`]),
    ...(startsFrom === null ? [] : [`start_date_min=${startsFrom}`]),
    ...(cursor === null ? [] : [`after_cursor=${encodeURIComponent(cursor)}`]),
  ];
  return {
    host: "gamma",
    path: `/${rows}/keyset?${parameters.join("&")}`,
    body: null,
    format: "json",
    kind: `gamma_${rows}`,
    subject: "",
    edition,
  };
}

/** The list that a path of {@link pageAsk} walks; `null` for a path that asks for named contracts. */
export function crawlList(
  path: string,
): { readonly name: string; readonly isFirstPage: boolean } | null {
  const [place, query] = path.split("?");
  const parameters = new URLSearchParams(query);
  if (parameters.get("order") !== "id") return null;
  return {
    name: listName({
      rows: place === "/events/keyset" ? "events" : "markets",
      isClosed: parameters.get("closed") === "true",
      endsFrom: parameters.get("end_date_min"),
    }),
    isFirstPage: !parameters.has("after_cursor"),
  };
}
