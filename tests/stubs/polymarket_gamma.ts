import type { WorldEvent, WorldMarket } from "./world.ts";
import type { Catalogue } from "./polymarket_catalogue.ts";
import type { Category } from "./polymarket_fees.ts";
import {
  about,
  filterOf,
  keysOf,
  limitOf,
  Refusal,
  type Row,
  rowSource,
  SORT_KEYS,
} from "./polymarket_gamma_rows.ts";
import { eventRecord, marketRecord, tagsOf } from "./polymarket_record.ts";
import { cursorOf, gammaError, json, readCursor } from "./polymarket_reply.ts";

const CACHE = { "cache-control": "public, max-age=300" };

/** Gamma below its base: section 1 of the sheet. */
export function gammaStub(catalogue: Catalogue): (request: Request, path: string) => Response {
  const routes: readonly (readonly [RegExp, (query: URLSearchParams, name: string) => Response])[] =
    [
      [/^\/(markets|events)\/keyset$/, (query, kind) => keysetPage(catalogue, kind, query)],
      [/^\/(markets|events)$/, (query, kind) => offsetPage(catalogue, kind, query)],
      [
        /^\/markets\/slug\/([^/]+)$/,
        (query, slug) =>
          oneMarket(catalogue, catalogue.marketOfSlug(decodeURIComponent(slug)), query),
      ],
      [/^\/markets\/([^/]+)\/tags$/, (_, id) => {
        const one = catalogue.marketOf(id);
        return one === undefined ? gammaError(404, "id not found") : json(tagsOf(about(one)));
      }],
      [
        /^\/markets\/([^/]+)$/,
        (query, id) =>
          /^\d+$/.test(id)
            ? oneMarket(catalogue, catalogue.marketOf(id), query)
            : gammaError(422, "id is invalid"),
      ],
      [
        /^\/events\/slug\/([^/]+)$/,
        (_, slug) =>
          oneEvent(catalogue, [...catalogue.events].find((event) => event.slug === slug)),
      ],
      [
        /^\/events\/([^/]+)$/,
        (_, id) => oneEvent(catalogue, catalogue.world.eventOf("polymarket", id)),
      ],
      [/^\/(tags)$/, () => json(CATEGORIES.flatMap(tagsOf), { headers: CACHE })],
    ];
  return (request, path) => {
    if (/^Python-urllib/.test(request.headers.get("user-agent") ?? "")) {
      return new Response("error code: 1010", { status: 403 });
    }
    if (request.method !== "GET") return gammaError(405, "method not allowed");
    const query = queryOf(request.url);
    try {
      for (const [form, answer] of routes) {
        const found = form.exec(path);
        if (found !== null) return answer(query, found[1]!);
      }
      return gammaError(404, "path not found");
    } catch (error) {
      if (error instanceof Refusal) return gammaError(422, error.message);
      throw error;
    }
  };
}

const CATEGORIES: readonly Category[] = [
  "Geopolitics",
  "Crypto",
  "Sports",
  "Weather",
  "Finance",
  "Economics",
  "Politics",
  "Tech",
  "Culture",
  "General",
];

/** The query of a request's address. */
function queryOf(url: string): URLSearchParams {
  const mark = url.indexOf("?");
  return new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1));
}

function oneMarket(
  catalogue: Catalogue,
  one: WorldMarket | undefined,
  query: URLSearchParams,
): Response {
  if (one === undefined || one.createdAtMs > catalogue.world.nowMs()) {
    return gammaError(404, "id not found");
  }
  const withTags = query.get("include_tag") === "true";
  const record = marketRecord(one, { catalogue, withEvents: true, withTags });
  return json({ $schema: schemaOf("Market"), ...record }, { headers: CACHE });
}

function oneEvent(catalogue: Catalogue, event: WorldEvent | undefined): Response {
  if (event === undefined || event.createdAtMs > catalogue.world.nowMs()) {
    return gammaError(404, "id not found");
  }
  return json({ $schema: schemaOf("Event"), ...eventRecord(event, catalogue) }, {
    headers: CACHE,
  });
}

/**
 * A page of a keyset walk. The cursor holds the last row's sort values and id, so a contract that
 * is listed meanwhile moves nothing. Only a full page has a cursor.
 */
function keysetPage(catalogue: Catalogue, kind: string, query: URLSearchParams): Response {
  if (query.has("offset")) throw new Refusal("offset is not allowed on keyset endpoints");
  const limit = limitOf(query, 20);
  const cursor = query.get("after_cursor");
  const after = cursor === null || cursor === "" ? undefined : readCursor(cursor) as Place;
  if (cursor && !(Array.isArray(after) && Number.isInteger(after.at(-1)))) {
    throw new Refusal("after_cursor is invalid");
  }
  const rows = pageOf(catalogue, kind, query, { after, limit });
  const page: Record<string, unknown> = {
    $schema: schemaOf(`${kind === "markets" ? "Markets" : "Events"}Keyset`),
    [kind]: rows.map((row) => row.record()),
  };
  const last = rows.at(-1);
  if (last !== undefined && rows.length === limit) {
    page.next_cursor = cursorOf([...keysOf(query).map((key) => SORT_KEYS[key]!(last)), last.id]);
  }
  return json(page, { headers: CACHE });
}

/** A page of the old walk by offset: a bare array, refused beyond row 2,000. */
function offsetPage(catalogue: Catalogue, kind: string, query: URLSearchParams): Response {
  const offset = Number(query.get("offset") ?? 0);
  if (offset > 2000) {
    throw new Refusal(`offset too large, use /${kind}/keyset for deeper pagination`);
  }
  const limit = limitOf(query, 20);
  const rows = pageOf(catalogue, kind, query, { after: undefined, limit: offset + limit });
  return json(rows.slice(offset).map((row) => row.record()), {
    headers: {
      ...CACHE,
      deprecation: "true",
      sunset: "Fri, 01 May 2026 00:00:00 GMT",
      warning: `299 - "use /${kind}/keyset"`,
    },
  });
}

type Place = readonly (number | string)[];

/** The next `limit` rows after a place, in the asked order. */
function pageOf(
  catalogue: Catalogue,
  kind: string,
  query: URLSearchParams,
  { after, limit }: { readonly after: Place | undefined; readonly limit: number },
): Row[] {
  const fits = filterOf(query), keys = keysOf(query);
  const sign = keys.length > 0 && query.get("ascending") === "false" ? -1 : 1;
  const source = rowSource(catalogue, kind, query);
  // rows stand by id, so that a walk in this order need not sort all of them for each page
  if (sign === 1 && keys.every((key) => key === "id")) {
    const rows: Row[] = [];
    for (let k = source.firstAfter(Number(after?.at(-1) ?? -1)); k < source.length; ++k) {
      const row = source.get(k);
      if (row === undefined || !fits(row)) continue;
      rows.push(row);
      if (rows.length === limit) break;
    }
    return rows;
  }
  const placed: { row: Row; place: Place }[] = [];
  for (let k = 0; k < source.length; ++k) {
    const row = source.get(k);
    if (row === undefined || !fits(row)) continue;
    const place = [...keys.map((key) => SORT_KEYS[key]!(row)), row.id];
    if (after === undefined || sign * compare(place, after) > 0) placed.push({ row, place });
  }
  return placed.sort((a, b) => sign * compare(a.place, b.place)).slice(0, limit).map(({ row }) =>
    row
  );
}

function compare(a: Place, b: Place): number {
  for (let k = 0; k < a.length; ++k) if (a[k] !== b[k]) return a[k]! < b[k]! ? -1 : 1;
  return 0;
}

function schemaOf(name: string): string {
  return `https://gamma-api.polymarket.com/schemas/${name}.json`;
}
