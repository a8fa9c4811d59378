import { dayEndMs, MS_PER_DAY } from "lib/core/day.ts";
import type { WorldMarket } from "./world.ts";
import type { Catalogue } from "./polymarket_catalogue.ts";
import { lastPrice, round } from "./polymarket_record.ts";
import { clobError, cursorOf, DataRefusal, json, readCursor } from "./polymarket_reply.ts";
import { priceAt } from "./world_price.ts";

const LONGEST_SECONDS = 1_296_000;
const GRAINS = [60, 300, 1800, 10_800, 43_200];
/** A bucket is served ten minutes after its end. */
const MADE_AFTER_MS = 600_000;
const SPANS: Readonly<Record<string, number>> = {
  "1m": 30 * 86_400,
  "1w": 7 * 86_400,
  "1d": 86_400,
  "6h": 21_600,
  "1h": 3600,
};

/** A point of version 2: `[timestamp, price, resolution_seconds]`. */
type Point = readonly [number, number, number];

/** What to serve: [fromS, toS) in buckets of `width` seconds, all in seconds. */
interface Window {
  readonly fromS: number;
  readonly toS: number;
  readonly width: number;
}

/** Rows of `/v2/prices-history`, section 2.2b of the sheet; a refusal is thrown. */
export function priceHistory(catalogue: Catalogue, query: URLSearchParams): object {
  const tokenId = query.get("token_id") ?? query.get("tokenId");
  if (tokenId === null || tokenId === "") {
    throw new DataRefusal(400, "token_id is required", "token_id");
  }
  if (!/^\d+$/.test(tokenId)) throw new DataRefusal(400, "token_id is malformed", "token_id");
  const limit = limitOf(query, 10_000);
  const nowMs = catalogue.world.nowMs(), found = catalogue.ofToken(tokenId);
  const one = found !== undefined && found.market.createdAtMs <= nowMs ? found : undefined;
  const asOf = whole(query, "as_of", "asOf");
  if (asOf !== undefined) {
    if (query.has("start") || query.has("interval")) oneForm("as_of");
    return page(one === undefined ? [] : asOfPoint(one, asOf, nowMs), { limit, offset: 0 });
  }
  const window = windowOf(query, nowMs);
  const points = one === undefined ? [] : pointsOf(one, window, nowMs);
  const cursor = query.get("cursor");
  if (cursor === null) return page(points, { limit, offset: 0 });
  const place = readCursor(cursor);
  if (!(Array.isArray(place) && place.length === 2)) {
    throw new DataRefusal(400, "cursor is malformed", "cursor");
  }
  const [after, size] = place as [number, number];
  const offset = points.findIndex(([timestamp]) => timestamp > after);
  return page(offset < 0 ? [] : points.slice(offset), { limit: size, offset: 0 });
}

/** Rows of the CLOB's `/prices-history`, section 2.1 of the sheet. */
export function clobHistory(catalogue: Catalogue, query: URLSearchParams): Response {
  const tokenId = query.get("market");
  if (tokenId === null) return json({ history: [] });
  const interval = query.get("interval");
  const nowMs = catalogue.world.nowMs(), nowS = Math.floor(nowMs / 1000);
  const fidelity = Number(query.get("fidelity") ?? 1);
  let fromS = Number(query.get("startTs") ?? NaN), toS = Number(query.get("endTs") ?? NaN);
  if (interval !== null) {
    if (query.has("startTs") || query.has("endTs")) {
      return clobError(400, "invalid filters: 'interval' excludes 'startTs' and 'endTs'");
    }
    const least = { "1w": 5, "1m": 10 }[interval] ?? 1;
    if (fidelity < least) {
      const what = `minimum 'fidelity' for '${interval}' range is ${least}`;
      return clobError(400, `invalid filters: ${what}`);
    }
    const days31 = 31 * 86_400;
    const span = interval === "max" || interval === "all" ? days31 : SPANS[interval];
    if (span === undefined) return clobError(400, "invalid filters: unknown 'interval'");
    fromS = nowS - span;
    toS = nowS;
  } else if (!(Number.isInteger(fromS) && Number.isInteger(toS))) {
    return clobError(400, "invalid filters: 'startTs' and 'endTs' or 'interval' are required");
  } else if (toS - fromS > LONGEST_SECONDS) {
    return clobError(400, "invalid filters: 'startTs' and 'endTs' interval is too long");
  }
  if (!(Number.isInteger(fidelity) && fidelity > 0)) {
    return clobError(400, "invalid filters: 'fidelity'");
  }
  const found = catalogue.ofToken(tokenId), history: { t: number; p: number }[] = [];
  if (found !== undefined) {
    const { market, outcome } = found, step = 60 * fidelity;
    // not on whole minutes, as the venue's are not
    const shift = 5 + market.seed % 53;
    const { firstS, endS } = lifeOf(market, nowMs);
    const first = Math.max(fromS, firstS), last = Math.min(toS, endS - 1);
    for (let t = Math.ceil((first - shift) / step) * step + shift; t <= last; t += step) {
      const price = priceAt(market, t * 1000);
      if (!Number.isNaN(price)) history.push({ t, p: outcomePrice(price, outcome) });
    }
  }
  return json({ history }, { headers: { "cache-control": "public, max-age=90" } });
}

/** Rows a page; beyond the cap it is refused. */
export function limitOf(query: URLSearchParams, cap: number): number {
  if (query.has("offset")) {
    throw new DataRefusal(400, "offset is not supported; use cursor", "offset");
  }
  const limit = whole(query, "limit") ?? cap;
  if (limit < 1 || limit > cap) throw new DataRefusal(400, `limit must be 1 to ${cap}`, "limit");
  return limit;
}

/** Price of outcome 0 or 1 from that of outcome 0. */
export function outcomePrice(price: number, outcome: 0 | 1): number {
  return outcome === 0 ? price : round(1 - price, 9);
}

function page(
  points: readonly Point[],
  { limit, offset }: { readonly limit: number; readonly offset: number },
): object {
  const rows = points.slice(0, limit), more = points.length > limit;
  return {
    data: rows.map(([timestamp, price, resolution_seconds]) => ({
      timestamp,
      price,
      resolution_seconds,
    })),
    pagination: {
      limit,
      offset,
      has_more: more,
      next_cursor: more ? cursorOf([rows.at(-1)![0], limit]) : null,
    },
  };
}

/** First and one past the last second in which a market had a price by now. */
function lifeOf(one: WorldMarket, nowMs: number): { firstS: number; endS: number } {
  const { day } = one.days;
  if (day.length === 0) return { firstS: 0, endS: 0 };
  const firstMs = Math.max(day[0]! * MS_PER_DAY, Math.min(one.opensAtMs, dayEndMs(day[0]!) - 1));
  const endMs = Math.min(dayEndMs(day.at(-1)!), nowMs);
  return { firstS: Math.floor(firstMs / 1000), endS: Math.ceil(endMs / 1000) };
}

/**
 * All points of a window, oldest first: buckets that are over and made, then either a tick of now
 * (for a window that reaches now, where it still trades) or the settlement point, one bucket edge
 * after the last bucket.
 */
function pointsOf(
  { market, outcome }: { readonly market: WorldMarket; readonly outcome: 0 | 1 },
  { fromS, toS, width }: Window,
  nowMs: number,
): Point[] {
  const { firstS, endS } = lifeOf(market, nowMs), nowS = Math.floor(nowMs / 1000);
  const points: Point[] = [];
  const kept = width % 10_800 === 0
    ? -Infinity
    : nowS - 86_400 * (width >= 1800 ? 90 : width >= 300 ? 60 : 7);
  const first = Math.max(fromS, kept, firstS - width + 1);
  const made = Math.floor((nowMs - MADE_AFTER_MS) / 1000);
  const last = Math.min(toS - 1, endS - 1, made - width);
  for (let s = Math.ceil(first / width) * width; s <= last; s += width) {
    const price = priceAt(market, (s + width) * 1000);
    if (!Number.isNaN(price)) points.push([s, outcomePrice(price, outcome), width]);
  }
  if (nowMs >= market.resolvedAtMs) {
    const end = settlementOf(market, width);
    if (end >= Math.max(fromS, kept) && end < toS) {
      points.push([end, outcomePrice(market.payout, outcome), 0]);
    }
  } else if (toS > nowS && nowMs >= market.opensAtMs && nowMs < market.endedAtMs) {
    const price = lastPrice(market, nowMs), t = nowS - 7;
    if (!Number.isNaN(price) && t >= fromS && t > (points.at(-1)?.[0] ?? 0)) {
      points.push([t, outcomePrice(price, outcome), 0]);
    }
  }
  return points;
}

/** One bucket edge after the last bucket with a price; NaN where there never was one. */
function settlementOf(market: WorldMarket, width: number): number {
  const lastDay = market.days.day.at(-1);
  if (lastDay === undefined) return NaN;
  return Math.floor((dayEndMs(lastDay) / 1000 - 1) / width) * width + width;
}

function windowOf(query: URLSearchParams, nowMs: number): Window {
  const nowS = Math.floor(nowMs / 1000);
  const asked = whole(query, "bucket_seconds", "bucketSeconds");
  if (asked !== undefined && (asked < 60 || asked > 86_400)) {
    throw new DataRefusal(400, "bucket_seconds must be 60 to 86400", "bucket_seconds");
  }
  const start = whole(query, "start"), end = whole(query, "end");
  const interval = query.get("interval");
  if (interval === null) {
    if (start === undefined) throw new DataRefusal(400, "start or interval is required", "start");
    if (start <= 0) throw new DataRefusal(400, "start must be positive", "start");
    if (end !== undefined && end <= 0) throw new DataRefusal(400, "end must be positive", "end");
    const toS = end ?? nowS + 1;
    if (toS <= start) throw new DataRefusal(400, "end must be after start", "end");
    if (toS - start > LONGEST_SECONDS + (end === undefined ? 1 : 0)) {
      throw new DataRefusal(400, "window is longer than 15 days", "start");
    }
    return { fromS: start, toS, width: asked ?? finest(start, toS, nowS) };
  }
  if (start !== undefined || end !== undefined) oneForm("interval");
  if (interval === "max" || interval === "all") {
    const width = asked ?? 43_200;
    if (width < 600) throw new DataRefusal(400, "bucket_seconds is below 600", "bucket_seconds");
    const fromS = width >= 10_800 ? 1 : nowS - 30 * 86_400;
    return { fromS, toS: nowS + 1, width };
  }
  const span = SPANS[interval];
  if (span === undefined) throw new DataRefusal(400, "interval is unknown", "interval");
  const width = asked ?? { "1m": 1800, "1w": 300 }[interval] ?? 60;
  const floor = { "1m": 600, "1w": 300 }[interval] ?? 60;
  if (width < floor) {
    throw new DataRefusal(400, `bucket_seconds is below ${floor}`, "bucket_seconds");
  }
  return { fromS: nowS - span, toS: nowS + 1, width };
}

/** The finest grain that gives fewer than 2,500 points and still reaches the start. */
function finest(fromS: number, toS: number, nowS: number): number {
  const reach: Readonly<Record<number, number>> = { 60: 7, 300: 60, 1800: 90 };
  return GRAINS.find((width) =>
    (toS - fromS) / width < 2500 && !(width === 60 && toS - fromS > 43_200) &&
    fromS >= nowS - 86_400 * (reach[width] ?? Infinity)
  ) ?? 43_200;
}

/** The last observation that was over at an instant: of the finest permanent series. */
function asOfPoint(
  { market, outcome }: { readonly market: WorldMarket; readonly outcome: 0 | 1 },
  asOf: number,
  nowMs: number,
): Point[] {
  const { firstS, endS } = lifeOf(market, nowMs);
  let s = Math.floor(Math.min(asOf, endS, Math.floor(nowMs / 1000)) / 10_800) * 10_800 - 10_800;
  for (; s > firstS - 10_800; s -= 10_800) {
    const price = priceAt(market, (s + 10_800) * 1000);
    if (!Number.isNaN(price)) return [[s, outcomePrice(price, outcome), 10_800]];
  }
  return [];
}

function whole(query: URLSearchParams, name: string, alias = name): number | undefined {
  const text = query.get(name) ?? query.get(alias);
  if (text === null) return undefined;
  if (!/^-?\d+$/.test(text)) throw new DataRefusal(400, `${name} must be a whole number`, name);
  return Number(text);
}

function oneForm(parameter: string): never {
  throw new DataRefusal(400, "start/end, interval and as_of exclude each other", parameter);
}
