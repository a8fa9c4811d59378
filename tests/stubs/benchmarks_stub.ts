import type { BenchmarkSeries } from "lib/core/data_set.ts";
import { dayEndMs, dayOf, dayStartMs, formatDay, isWeekend, parseDay } from "lib/core/day.ts";

/** What the stub serves, and its clock: nothing after the clock exists yet. */
export interface BenchmarksWorld {
  readonly benchmarks: readonly BenchmarkSeries[];
  readonly nowMs: () => number;
}

interface Session {
  readonly zone: string;
  /** Local times; a close at 24:00 is the next midnight. */
  readonly open: string;
  readonly close: string;
  readonly exchange: string;
}

/** Symbol of each FRED series; a check of config/providers.yaml, hence not read from it. */
const FRED: Readonly<Record<string, string>> = {
  BAMLH0A0HYM2: "FRED:HY_OAS",
  DTB3: "^IRX",
  DGS5: "^FVX",
  DGS10: "^TNX",
  DGS30: "^TYX",
  VIXCLS: "^VIX",
  SP500: "^GSPC",
  NASDAQCOM: "^IXIC",
  DEXUSEU: "EURUSD=X",
  DEXUSUK: "GBPUSD=X",
  DEXJPUS: "JPY=X",
  DEXKOUS: "KRW=X",
  DEXMXUS: "MXN=X",
  CBBTCUSD: "BTC-USD",
  CBETHUSD: "ETH-USD",
};

/** Share of the price that is paid out on the first session of each of these months. */
const DIVIDENDS: readonly (readonly [string, number, readonly number[]])[] = [
  ["SPY QQQ DIA IWM XLE", 0.003, [3, 6, 9, 12]],
  ["EFA EEM EWJ EWG EWU FXI INDA", 0.011, [6, 12]],
  ["TLT TLH IEF SHY LQD HYG BND EMB", 0.0035, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
];

/** Shares for one from the day on. From then all closes before it are served divided, as Yahoo does. */
const SPLITS: Readonly<Record<string, { day: number; shares: number }>> = {
  XLE: { day: parseDay("2025-12-05"), shares: 2 },
};

/**
 * Yahoo's chart, FRED's CSV and FRED's interface as the sheet of interfaces describes them (section 9),
 * below `/yahoo`, `/fred` and `/fred_api`.
 *
 * The world's series of a price counts dividends in: the adjusted closes of an answer are the world's
 * on a scale that depends on the clock, and the plain closes fall by each dividend. A session that goes
 * on has a bar with another price, some days without a session have a bar of nulls. A date that FRED
 * gives to a coin is that of 17:00 Pacific standard time, an hour after the close of its UTC day.
 */
export function benchmarksStub(world: BenchmarksWorld): (request: Request) => Response {
  const seriesOf = new Map(world.benchmarks.map((series) => [series.symbol, series]));
  return (request) => {
    const url = new URL(request.url);
    const [, host, ...rest] = url.pathname.split("/");
    const path = "/" + rest.join("/");
    if (host === "yahoo" && path.startsWith("/v8/finance/chart/")) {
      if (!(request.headers.get("user-agent") ?? "").startsWith("Mozilla/")) {
        return new Response("Edge: Too Many Requests", { status: 429 });
      }
      const symbol = decodeURIComponent(path.split("/").at(-1)!);
      const series = symbol.includes(":") ? undefined : seriesOf.get(symbol);
      return chartReply(series, url.searchParams, world.nowMs());
    }
    const isCsv = host === "fred" && path === "/graph/fredgraph.csv";
    if (!isCsv && !(host === "fred_api" && path === "/fred/series/observations")) {
      return new Response("<html>Not Found</html>", { status: 404 });
    }
    const ask = (key: string) => url.searchParams.get(key) ?? "";
    const id = ask(isCsv ? "id" : "series_id");
    const series = seriesOf.get(FRED[id] ?? "");
    if (!isCsv && ask("api_key") === "") return fredError("Variable api_key is not set.");
    if (series === undefined) {
      return isCsv
        ? new Response("<!DOCTYPE html><html>Error</html>", { status: 404 })
        : fredError("The series does not exist.");
    }
    const rows = fredRows(series, world.nowMs(), {
      from: ask(isCsv ? "cosd" : "observation_start"),
      to: ask(isCsv ? "coed" : "observation_end"),
    });
    if (isCsv) {
      const lines = rows.map(([date, value]) => `${date},${value}`);
      const text = [`observation_date,${id}`, ...lines, ""].join("\r\n");
      return new Response(text, { headers: { "content-type": "text/csv" } });
    }
    const today = formatDay(dayOf(world.nowMs()));
    const vintage = { realtime_start: today, realtime_end: today };
    return Response.json({
      ...vintage,
      count: rows.length,
      offset: 0,
      limit: 100_000,
      observations: rows.map(([date, value]) => ({ ...vintage, date, value: value || "." })),
    });
  };
}

function fredError(message: string): Response {
  return Response.json({ error_code: 400, error_message: `Bad Request.  ${message}` }, {
    status: 400,
  });
}

function fredRows(
  { symbol, day, close }: BenchmarkSeries,
  nowMs: number,
  { from, to }: { from: string; to: string },
): (readonly [string, string])[] {
  const isCoin = symbol.endsWith("-USD");
  const at = new Map(Array.from(day, (d, i) => [d, close[i]!]));
  const first = Math.max(from === "" ? -Infinity : parseDay(from), day[0] ?? Infinity);
  const last = Math.min(to === "" ? Infinity : parseDay(to), day.at(-1) ?? -Infinity);
  const rows: (readonly [string, string])[] = [];
  for (let d = first; d <= last; ++d) {
    if (dayEndMs(d) + (isCoin ? 3_600_000 : 0) > nowMs) break;
    if (!at.has(d) && isWeekend(d)) continue;
    rows.push([formatDay(d), at.has(d) ? String(at.get(d)) : d % 2 === 0 ? "." : ""]);
  }
  return rows;
}

function chartReply(
  series: BenchmarkSeries | undefined,
  ask: URLSearchParams,
  nowMs: number,
): Response {
  const refuse = (status: number, code: string, description: string) =>
    Response.json({ chart: { result: null, error: { code, description } } }, { status });
  if (series === undefined || series.day.length === 0) {
    return refuse(404, "Not Found", "No data found, symbol may be delisted");
  }
  const session = sessionOf(series.symbol);
  const bars = barsOf(series, session, nowMs);
  const [start, end] = [Number(ask.get("period1")), Number(ask.get("period2"))];
  if (ask.get("interval") !== "1d") return refuse(400, "Bad Request", "Invalid input - interval");
  if (ask.get("range") !== "1d" && !(start < end)) {
    return refuse(400, "Bad Request", "Invalid input - start date cannot be after end date.");
  }
  if (ask.get("range") !== "1d" && end * 1000 <= dayStartMs(series.day[0]!)) {
    const dates = `startDate = ${start}, endDate = ${end}`;
    return refuse(400, "Bad Request", `Data doesn't exist for ${dates}`);
  }
  const shown = ask.get("range") === "1d"
    ? bars.slice(-1)
    : bars.filter(({ stamp }) => stamp >= start && stamp < end);
  const offset = offsetSeconds(nowMs, session.zone);
  const meta = {
    currency: "USD",
    symbol: series.symbol,
    exchangeName: session.exchange,
    firstTradeDate: openMs(series.day[0]!, session) / 1000,
    regularMarketTime: Math.floor(nowMs / 1000),
    gmtoffset: offset,
    timezone: session.zone === "UTC" ? "UTC" : `GMT${offset / 3600}`,
    exchangeTimezoneName: session.zone,
    regularMarketPrice: bars.at(-1)?.close ?? null,
    priceHint: 2,
    dataGranularity: "1d",
    range: ask.get("range") ?? "",
    validRanges: ["1d", "5d", "1mo", "3mo", "6mo", "1y", "2y", "5y", "10y", "ytd", "max"],
  };
  const paid = shown.filter(({ dividend }) => dividend > 0);
  const dividends = paid.map(({ stamp, dividend }) => [stamp, { amount: dividend, date: stamp }]);
  const close = shown.map((bar) => bar.close);
  const quote = { open: close, high: close, low: close, close, volume: close.map(() => null) };
  const isEmpty = shown.length === 0;
  const result = {
    meta,
    ...(isEmpty ? {} : { timestamp: shown.map(({ stamp }) => stamp) }),
    ...(paid.length === 0 ? {} : { events: { dividends: Object.fromEntries(dividends) } }),
    indicators: {
      quote: [isEmpty ? {} : quote],
      adjclose: [isEmpty ? {} : { adjclose: shown.map((bar) => bar.adjusted) }],
    },
  };
  return Response.json({ chart: { result: [result], error: null } });
}

interface Bar {
  /** Opening of the session, UTC seconds. */
  readonly stamp: number;
  readonly close: number | null;
  readonly adjusted: number | null;
  readonly dividend: number;
}

/** Every bar that has begun by the clock, on the scales of that instant. */
function barsOf({ symbol, day, close }: BenchmarkSeries, session: Session, nowMs: number): Bar[] {
  const nShown = day.findLastIndex((d) => openMs(d, session) <= nowMs) + 1;
  const payout = DIVIDENDS.find(([symbols]) => symbols.split(" ").includes(symbol));
  const months = payout?.[2] ?? [], share = payout?.[1] ?? 0;
  const monthOf = (i: number) => new Date(dayStartMs(day[i]!)).getUTCMonth() + 1;
  const split = SPLITS[symbol];
  const isSplit = split !== undefined && openMs(split.day, session) <= nowMs;
  const perShare = isSplit ? 1 / split.shares : 1;
  const kept = new Float64Array(nShown).fill(perShare);
  const isPaid = kept.map((_, i) =>
    Number(i > 0 && monthOf(i) !== monthOf(i - 1) && months.includes(monthOf(i)))
  );
  for (let i = 1; i < nShown; ++i) kept[i] = kept[i - 1]! * (isPaid[i] ? 1 - share : 1);
  const bars: Bar[] = [];
  for (let i = 0; i < nShown; ++i) {
    const stamp = openMs(day[i]!, session) / 1000;
    const price = close[i]! * (closeMs(day[i]!, session) > nowMs ? 1.02 : 1);
    const dividend = isPaid[i] ? share * close[i - 1]! * kept[i - 1]! : 0;
    const adjusted = price * kept[nShown - 1]!;
    bars.push({ stamp, close: price * kept[i]!, adjusted, dividend });
    for (let d = day[i]! + 1; i + 1 < nShown && d < day[i + 1]!; ++d) {
      if (isWeekend(d) || d % 2 === 0) continue;
      const none = { close: null, adjusted: null, dividend: 0 };
      bars.push({ stamp: openMs(d, session) / 1000, ...none });
    }
  }
  return bars;
}

function sessionOf(symbol: string): Session {
  const session = (zone: string, open: string, close: string, exchange: string) => ({
    zone,
    open,
    close,
    exchange,
  });
  if (symbol === "^N225") return session("Asia/Tokyo", "09:00", "15:30", "OSA");
  if (symbol === "^HSI") return session("Asia/Hong_Kong", "09:30", "16:00", "HKG");
  if (symbol === "^FTSE") return session("Europe/London", "08:00", "16:30", "FGI");
  if (symbol === "^GDAXI") return session("Europe/Berlin", "09:00", "17:30", "GER");
  if (symbol.endsWith("=X")) return session("Europe/London", "00:00", "23:59", "CCY");
  if (symbol.endsWith("-USD")) return session("UTC", "00:00", "24:00", "CCC");
  if (/=F$|^DX-Y/.test(symbol)) return session("America/New_York", "00:00", "17:00", "NYM");
  if (/^\^(IRX|FVX|TNX|TYX)$/.test(symbol)) {
    return session("America/Chicago", "07:20", "14:00", "CGI");
  }
  if (symbol === "^VIX") return session("America/Chicago", "08:30", "15:15", "WCB");
  return session("America/New_York", "09:30", "16:00", "PCX");
}

const openings = new Map<string, number>();

/** Opening of a local day's session, UTC milliseconds. */
function openMs(day: number, { zone, open }: Pick<Session, "zone" | "open">): number {
  const key = `${zone} ${open} ${day}`;
  const known = openings.get(key);
  if (known !== undefined) return known;
  const date = Temporal.PlainDate.from(formatDay(day));
  const at = date.toZonedDateTime({ timeZone: zone, plainTime: open }).epochMilliseconds;
  openings.set(key, at);
  return at;
}

function closeMs(day: number, { zone, close }: Session): number {
  const isMidnight = close === "24:00";
  return openMs(isMidnight ? day + 1 : day, { zone, open: isMidnight ? "00:00" : close });
}

function offsetSeconds(nowMs: number, zone: string): number {
  const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(nowMs));
  return at.toZonedDateTimeISO(zone).offsetNanoseconds / 1e9;
}
