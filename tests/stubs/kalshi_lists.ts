import {
  cutoffMs,
  isArchived,
  isParlay,
  type KalshiCatalogue,
  seriesTickerOf,
} from "./kalshi_catalogue.ts";
import { tradingEndMs } from "./kalshi_quotes.ts";
import {
  eventRecord,
  isoTime,
  type KalshiRecord,
  marketRecord,
  seriesRecord,
} from "./kalshi_records.ts";
import { badRequest, csv, pageFrom, pageLimit, wholeNumber } from "./kalshi_reply.ts";
import { type Status, statusOf, type WorldEvent, type WorldMarket } from "./world.ts";

/** Words of the filter `status`; another one is refused. */
const FILTERS: Readonly<Record<string, Status>> = {
  unopened: "listed",
  open: "open",
  closed: "ended",
  settled: "settled",
};

/** Filters by time: those of one family only, and only with the words of `status` named here. */
const FAMILIES = [
  { names: ["min_created_ts", "max_created_ts"], status: ["unopened", "open"] },
  { names: ["min_close_ts", "max_close_ts"], status: ["closed"] },
  { names: ["min_settled_ts", "max_settled_ts"], status: ["settled"] },
  { names: ["min_updated_ts"], status: [] },
];

/** `/markets`: the live tier. */
export function listMarkets(catalogue: KalshiCatalogue, query: URLSearchParams): KalshiRecord {
  const limit = pageLimit(query, { usual: 100, most: 1000 });
  const status = statusFilter(query);
  checkFamilies(query);
  const parlays = query.get("mve_filter") ?? "";
  if (!["", "only", "exclude"].includes(parlays)) throw badRequest("invalid mve_filter");
  const inTime = timeFilter(query);
  const nowMs = catalogue.nowMs();
  const page = pageFrom(query, {
    limit,
    ...candidates(catalogue, query),
    isWanted: (one) => {
      const is = statusOf(one, nowMs);
      return is !== "unborn" && (status === undefined || is === status) &&
        (parlays === "" || isParlay(one) === (parlays === "only")) &&
        !isArchived(one, nowMs) && inTime(one);
    },
  });
  return { markets: page.rows.map((one) => marketRecord(one, catalogue)), cursor: page.cursor };
}

/** `/historical/markets`: the archive. Filters by date are ignored, as the venue does. */
export function listArchive(catalogue: KalshiCatalogue, query: URLSearchParams): KalshiRecord {
  const limit = pageLimit(query, { usual: 100, most: 1000 });
  const exclusive = ["series_ticker", "event_ticker", "tickers", "mve_filter"];
  const given = exclusive.filter((name) => (query.get(name) ?? "") !== "");
  if (given.length > 1) throw badRequest(`${given.join(" and ")} are mutually exclusive`);
  const parlays = query.get("mve_filter") ?? "";
  const nowMs = catalogue.nowMs();
  const page = pageFrom(query, {
    limit,
    ...candidates(catalogue, query),
    isWanted: (one) =>
      isArchived(one, nowMs) && (parlays === "" || isParlay(one) === (parlays === "only")),
  });
  return { markets: page.rows.map((one) => marketRecord(one, catalogue)), cursor: page.cursor };
}

/** `/events`: all but the multivariate ones, of both tiers. */
export function listEvents(catalogue: KalshiCatalogue, query: URLSearchParams): KalshiRecord {
  const limit = pageLimit(query, { usual: 200, most: 200 });
  const status = statusFilter(query);
  const series = query.get("series_ticker") ?? "";
  const tickers = csv(query, "tickers");
  const minCloseTs = wholeNumber(query, "min_close_ts");
  wholeNumber(query, "min_updated_ts");
  const nowMs = catalogue.nowMs();
  const some = tickers !== undefined
    ? tickers.map((name) => catalogue.eventOf(name)).filter((one) => one !== undefined)
    : series === ""
    ? undefined
    : catalogue.eventsOfSeries(series);
  const page = pageFrom(query, {
    limit,
    length: some?.length ?? catalogue.nEvents(),
    member: (position) => some?.[position] ?? catalogue.event(position),
    isWanted: (event) =>
      event.createdAtMs <= nowMs &&
      (status === undefined || eventStatus(event, nowMs) === status) &&
      (series === "" || seriesTickerOf(event.name) === series) &&
      (minCloseTs === undefined ||
        event.markets.some((one) => closeMs(one, nowMs) >= minCloseTs * 1_000)),
  });
  const withMarkets = query.get("with_nested_markets") === "true";
  return {
    events: page.rows.map((event) => eventRecord(event, catalogue, { withMarkets })),
    cursor: page.cursor,
  };
}

/** `/series`: all at once; a category that the venue does not know gives an empty list. */
export function listSeries(catalogue: KalshiCatalogue, query: URLSearchParams): KalshiRecord {
  const category = query.get("category") ?? "";
  const tags = csv(query, "tags");
  const nowMs = catalogue.nowMs();
  const withVolume = query.get("include_volume") === "true";
  const withMetadata = query.get("include_product_metadata") === "true";
  return {
    series: catalogue.series()
      .filter((one) => category === "" || one.category === category)
      .map((one) => seriesRecord(one, nowMs, { withVolume, withMetadata }))
      .filter((one) =>
        tags === undefined || ((one.tags ?? []) as string[]).some((tag) => tags.includes(tag))
      ),
  };
}

/** `/series/fee_changes`: those to come, and with `show_historical` those that were. */
export function listFeeChanges(catalogue: KalshiCatalogue, query: URLSearchParams): KalshiRecord {
  const series = query.get("series_ticker") ?? "";
  const withPast = query.get("show_historical") === "true";
  const nowMs = catalogue.nowMs();
  return {
    series_fee_change_arr: catalogue.series()
      .filter(({ ticker }) => series === "" || ticker === series)
      .flatMap(({ ticker, fees }) =>
        fees.slice(1).map((fee, k) => ({ ...fee, ticker, id: `${ticker}-${k}` }))
      )
      .filter(({ fromMs }) => withPast || fromMs > nowMs)
      .map(({ id, ticker, fromMs, feeType, multiplier }) => ({
        id,
        series_ticker: ticker,
        fee_type: feeType,
        fee_multiplier: multiplier,
        scheduled_ts: isoTime(fromMs),
      })),
  };
}

/** `/historical/cutoff`. */
export function cutoffRecord(nowMs: number): KalshiRecord {
  const text = isoTime(cutoffMs(nowMs));
  return { market_settled_ts: text, trades_created_ts: text, orders_updated_ts: text };
}

/** The contracts that a query's names leave, as a list; unknown names are left out. */
function candidates(catalogue: KalshiCatalogue, query: URLSearchParams) {
  const tickers = csv(query, "tickers");
  const event = query.get("event_ticker") ?? "", series = query.get("series_ticker") ?? "";
  let some: readonly WorldMarket[] | undefined;
  if (tickers !== undefined) {
    some = tickers.map((name) => catalogue.marketOf(name)).filter((one) => one !== undefined);
  } else if (event !== "") some = catalogue.eventOf(event)?.markets ?? [];
  else if (series !== "") {
    some = catalogue.eventsOfSeries(series).flatMap((one) => one.markets);
  }
  return {
    length: some?.length ?? catalogue.nMarkets(),
    member: (position: number) => some?.[position] ?? catalogue.market(position),
  };
}

function statusFilter(query: URLSearchParams): Status | undefined {
  const word = query.get("status") ?? "";
  if (word === "") return undefined;
  if (!Object.hasOwn(FILTERS, word)) throw badRequest("invalid status filter");
  return FILTERS[word];
}

function checkFamilies(query: URLSearchParams): void {
  const isGiven = (name: string) => (query.get(name) ?? "") !== "";
  const used = FAMILIES.filter(({ names }) => names.some(isGiven));
  if (used.length > 1) throw badRequest("timestamp filters are mutually exclusive");
  const [family] = used;
  if (family === undefined) return;
  const status = query.get("status") ?? "";
  if (status !== "" && !family.status.includes(status)) {
    throw badRequest(`${family.names[0]} cannot be combined with status ${status}`);
  }
  if (family.names[0] !== "min_updated_ts") return;
  const others = ["event_ticker", "series_ticker", "tickers"].filter(isGiven);
  if (query.get("mve_filter") !== "exclude" || others.length > 0) {
    throw badRequest("min_updated_ts can only be combined with mve_filter=exclude");
  }
}

function timeFilter(query: URLSearchParams): (one: WorldMarket) => boolean {
  const bounds = [
    ["created", (one: WorldMarket) => one.createdAtMs],
    ["close", (one: WorldMarket) => tradingEndMs(one)],
    ["settled", (one: WorldMarket) => one.resolvedAtMs],
  ] as const;
  const checks = bounds.map(([name, timeOf]) => ({
    timeOf,
    minMs: (wholeNumber(query, `min_${name}_ts`) ?? -Infinity) * 1_000,
    maxMs: (wholeNumber(query, `max_${name}_ts`) ?? Infinity) * 1_000,
  })).filter(({ minMs, maxMs }) => minMs > -Infinity || maxMs < Infinity);
  return (one) =>
    checks.every(({ timeOf, minMs, maxMs }) => timeOf(one) >= minMs && timeOf(one) <= maxMs);
}

/** An event is open while one of its contracts is, and settled when all are. */
function eventStatus(event: WorldEvent, nowMs: number): Status {
  const all = event.markets.map((one) => statusOf(one, nowMs)).filter((is) => is !== "unborn");
  for (const is of ["open", "listed", "ended"] as const) if (all.includes(is)) return is;
  return "settled";
}

function closeMs(one: WorldMarket, nowMs: number): number {
  return nowMs >= one.endedAtMs ? tradingEndMs(one) : one.closesAtMs;
}
