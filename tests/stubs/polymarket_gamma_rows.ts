import { type List, listOf, statusOf, type WorldEvent, type WorldMarket } from "./world.ts";
import { type Catalogue, isPlaceholder } from "./polymarket_catalogue.ts";
import { type Category, categoryOf } from "./polymarket_fees.ts";
import {
  eventCategory,
  eventClosedAtMs,
  eventRecord,
  eventVolume,
  isSecondProtocol,
  marketRecord,
  tagsOf,
  volumeOf,
} from "./polymarket_record.ts";
import { hexOf } from "./world_hash.ts";

/** One listed thing with what lists can be filtered and sorted by. */
export interface Row {
  readonly id: number;
  readonly isClosed: boolean;
  readonly startMs: number;
  readonly endMs: number;
  readonly createdAtMs: number;
  readonly closedAtMs: number;
  readonly volume: number;
  readonly liquidity: number;
  readonly category: Category;
  readonly record: () => Record<string, unknown>;
}

/** What Gamma refuses with 422. */
export class Refusal extends Error {}

/** What lists can be ordered by: the venue takes camelCase names only. */
export const SORT_KEYS: Readonly<Record<string, (row: Row) => number | string>> = {
  id: (row) => row.id,
  createdAt: (row) => row.createdAtMs,
  startDate: (row) => row.startMs,
  endDate: (row) => row.endMs,
  closedTime: (row) => row.closedAtMs,
  volumeNum: (row) => row.volume,
  volume24hr: (row) => row.volume,
  liquidityNum: (row) => row.liquidity,
  volume: (row) => `${row.volume}`,
  liquidity: (row) => `${row.liquidity}`,
};

/** Rows by id; `undefined` for what does not exist yet or is no row of a list. */
export function rowSource(catalogue: Catalogue, kind: string, query: URLSearchParams) {
  const nowMs = catalogue.world.nowMs();
  const fromList = <T extends { readonly name: string }>(
    list: List<T>,
    row: (one: T) => Row | undefined,
  ) => ({
    length: list.length,
    get: (k: number) => row(list.get(k)),
    firstAfter: (id: number) => {
      let from = 0, to = list.length;
      while (from < to) {
        const middle = (from + to) >> 1;
        if (Number(list.get(middle).name) > id) to = middle;
        else from = middle + 1;
      }
      return from;
    },
  });
  if (kind === "events") {
    const slugs = query.getAll("slug"), ids = query.getAll("id");
    const title = query.get("title_search")?.toLowerCase();
    return fromList(
      catalogue.events,
      (event) =>
        event.createdAtMs > nowMs || (ids.length > 0 && !ids.includes(event.name)) ||
          (slugs.length > 0 && !slugs.includes(event.slug)) ||
          (title !== undefined && !event.title.toLowerCase().includes(title))
          ? undefined
          : eventRow(event, catalogue),
    );
  }
  const named = namedMarkets(catalogue, query);
  const withTags = query.get("include_tag") === "true";
  return fromList(
    named ?? catalogue.markets,
    (one) =>
      one.createdAtMs > nowMs || isPlaceholder(one)
        ? undefined
        : marketRow(one, { catalogue, withTags }),
  );
}

/** Markets that a query names one by one, by number; `undefined` where it names none. */
function namedMarkets(catalogue: Catalogue, query: URLSearchParams): List<WorldMarket> | undefined {
  const finders: readonly (readonly [string, (name: string) => WorldMarket | undefined])[] = [
    ["id", catalogue.marketOf],
    ["slug", catalogue.marketOfSlug],
    ["condition_ids", catalogue.ofCondition],
    ["clob_token_ids", (token) => ofProtocol(catalogue.ofToken(token)?.market, false)],
    ["position_ids", (token) => ofProtocol(catalogue.ofToken(token)?.market, true)],
    [
      "question_ids",
      (id) => [...catalogue.markets].find((one) => `0x${hexOf(`question ${one.name}`, 64)}` === id),
    ],
  ];
  let named: ReadonlyMap<string, WorldMarket> | undefined;
  for (const [parameter, find] of finders) {
    if (!query.has(parameter)) continue;
    const found = query.getAll(parameter).map(find).filter((one) => one !== undefined);
    named = new Map(
      found.filter((one) => named === undefined || named.has(one.name)).map((one) => [
        one.name,
        one,
      ]),
    );
  }
  if (named === undefined) return undefined;
  const sorted = [...named.values()].sort((a, b) => Number(a.name) - Number(b.name));
  return listOf(sorted);
}

function ofProtocol(one: WorldMarket | undefined, second: boolean): WorldMarket | undefined {
  return one !== undefined && isSecondProtocol(one) === second ? one : undefined;
}

function marketRow(
  one: WorldMarket,
  { catalogue, withTags }: { readonly catalogue: Catalogue; readonly withTags: boolean },
): Row {
  const nowMs = catalogue.world.nowMs();
  return {
    id: Number(one.name),
    isClosed: statusOf(one, nowMs) === "settled",
    startMs: one.opensAtMs,
    endMs: one.closesAtMs,
    createdAtMs: one.createdAtMs,
    closedAtMs: one.resolvedAtMs,
    get volume() {
      return volumeOf(one, nowMs);
    },
    liquidity: 0,
    get category() {
      return about(one);
    },
    record: () => marketRecord(one, { catalogue, withEvents: true, withTags }),
  };
}

function eventRow(event: WorldEvent, catalogue: Catalogue): Row {
  const nowMs = catalogue.world.nowMs(), closedAtMs = eventClosedAtMs(event);
  return {
    id: Number(event.name),
    isClosed: closedAtMs <= nowMs,
    startMs: Math.min(...event.markets.map((one) => one.opensAtMs)),
    endMs: Math.max(...event.markets.map((one) => one.closesAtMs)),
    createdAtMs: event.createdAtMs,
    closedAtMs,
    get volume() {
      return eventVolume(event, nowMs);
    },
    liquidity: 0,
    get category() {
      return eventCategory(event);
    },
    record: () => eventRecord(event, catalogue),
  };
}

/** What a query's filters let through. `active` and `archived` are not filters: they are forced. */
export function filterOf(query: URLSearchParams): (row: Row) => boolean {
  const closed = query.get("closed") === "true";
  const bound = (name: string, otherwise: number) => {
    const text = query.get(name);
    if (text === null) return otherwise;
    const value = /date/.test(name) ? timeOf(text) : Number(text);
    if (Number.isNaN(value)) throw new Refusal(`${name} is invalid`);
    return value;
  };
  const start = [bound("start_date_min", -Infinity), bound("start_date_max", Infinity)];
  const end = [bound("end_date_min", -Infinity), bound("end_date_max", Infinity)];
  const volumeMin = bound("volume_num_min", -Infinity),
    volumeMax = bound("volume_num_max", Infinity);
  const tags = query.getAll("tag_id"), tagSlug = query.get("tag_slug");
  const isOfTag = (row: Row) => {
    const [tag] = tagsOf(row.category);
    return tags.includes(tag!.id as string) || tagSlug === tag!.slug;
  };
  return (row) =>
    row.isClosed === closed &&
    row.startMs >= start[0]! && row.startMs <= start[1]! &&
    row.endMs >= end[0]! && row.endMs <= end[1]! &&
    (volumeMin === -Infinity || row.volume >= volumeMin) &&
    (volumeMax === Infinity || row.volume <= volumeMax) &&
    (tags.length === 0 && tagSlug === null || isOfTag(row));
}

/** RFC 3339 or a bare date. */
function timeOf(text: string): number {
  return /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
    ? Date.parse(text)
    : NaN;
}

/** The names that a query orders by. */
export function keysOf(query: URLSearchParams): string[] {
  const keys = (query.get("order") ?? "").split(",").filter((key) => key !== "");
  if (keys.some((key) => !Object.hasOwn(SORT_KEYS, key))) {
    throw new Refusal("order fields are not valid");
  }
  return keys;
}

/** Rows a page: never above 100, whatever was asked. */
export function limitOf(query: URLSearchParams, otherwise: number): number {
  const text = query.get("limit");
  const limit = text === null ? otherwise : Number(text);
  if (!(Number.isInteger(limit) && limit > 0)) throw new Refusal("limit is invalid");
  return Math.min(limit, 100);
}

/** What a contract is about. */
export function about({ market }: WorldMarket): Category {
  return categoryOf(`${market.eventTitle} ${market.question}`);
}
