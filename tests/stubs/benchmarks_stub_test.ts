import assert from "node:assert/strict";
import type { BenchmarkSeries } from "lib/core/data_set.ts";
import { MS_PER_DAY, parseDay } from "lib/core/day.ts";
import { parseFactorList } from "lib/core/factor_list.ts";
import { parseIngestSettings } from "lib/core/ingest_settings.ts";
import type { Answer, Ask, Reply } from "lib/fetch/ask.ts";
import { makeBenchmarks } from "lib/sources/benchmarks/benchmarks.ts";
import { chainBars, type KnownBars } from "lib/sources/benchmarks/chain_bars.ts";
import { parseProviders } from "lib/sources/benchmarks/providers.ts";
import type { Oddity } from "lib/sources/live/fact.ts";
import type { Span } from "lib/sources/live/spans.ts";
import { simulate } from "lib/sources/simulated/simulate.ts";
import { parseBenchmarks } from "lib/sources/local/parse_benchmarks.ts";
import { readTemplates } from "lib/sources/simulated/read_templates.ts";
import { readYaml } from "lib/store/yaml.ts";
import { benchmarksStub } from "./benchmarks_stub.ts";

const settings = parseIngestSettings(await readYaml("config/ingest.yaml"));
const providers = parseProviders(await readYaml("config/providers.yaml"));
const list = parseFactorList(await readYaml("config/factors.yaml"));
const { tables } = simulate({
  size: "small",
  seed: 7,
  structure: "full",
  ...await readTemplates(),
});
const { benchmarks } = parseBenchmarks(tables.benchmarks);
const firstDay = Math.min(...benchmarks.map(({ day }) => day[0]!));
const lastDay = Math.max(...benchmarks.map(({ day }) => day.at(-1)!));
const BROWSER = { "user-agent": "Mozilla/5.0" };

async function reply(
  stub: (request: Request) => Response,
  ask: Ask,
  { isYahooDown = false } = {},
): Promise<Reply> {
  const key = ask.host === "fred_api" ? "&api_key=abc" : "";
  const url = `http://127.0.0.1/${ask.host}${ask.path}${key}`;
  const response = stub(new Request(url, { headers: BROWSER }));
  const text = await response.text();
  const { status } = response;
  if ((isYahooDown && ask.host === "yahoo") || (!response.ok && status !== 404)) {
    const failure = { ask, atMs: 0, status, reason: `status ${status}`, isPassing: false };
    return { isAnswer: false, failure };
  }
  const isJson = ask.format === "json" && status !== 404;
  const answer: Answer = {
    ask,
    atMs: 0,
    status,
    text,
    value: isJson ? JSON.parse(text) : undefined,
  };
  return { isAnswer: true, answer };
}

/** Pulls on each of the days and gives the series of each symbol, with what was odd. */
async function pulled(
  untilDays: readonly number[],
  { isYahooDown = false, hasFredKey = false } = {},
) {
  const venue = makeBenchmarks(providers, list, { hasFredKey });
  const facts = new Map<string, KnownBars[]>();
  const oddities: Oddity[] = [], faults: string[] = [];
  let nAsks = 0;
  for (const untilDay of untilDays) {
    const nowMs = untilDay * MS_PER_DAY + 90 * 60_000;
    const stub = benchmarksStub({ benchmarks, nowMs: () => nowMs });
    const covered = (symbol: string): readonly Span[] =>
      (facts.get(symbol) ?? []).filter(({ provider }) => provider === 0);
    const known = { markets: () => [], crawls: () => [], covered, answer: () => undefined };
    const options = {
      nowMs,
      edition: "",
      sinceMs: firstDay * MS_PER_DAY,
      untilMs: untilDay * MS_PER_DAY,
      settings,
    };
    for (const job of venue.phases[0]!.plan(known, options)) {
      try {
        const run = job.run();
        for (let step = run.next(); !step.done;) {
          ++nAsks;
          const got = await reply(stub, step.value, { isYahooDown });
          if (got.isAnswer) {
            const reading = venue.read(got.answer);
            oddities.push(...reading.oddities);
            for (const fact of reading.facts) {
              if (fact.kind !== "bars") continue;
              const before = facts.get(fact.subject) ?? [];
              facts.set(fact.subject, [...before, { ...fact, knownAtMs: nowMs }]);
            }
          }
          step = run.next(got);
        }
      } catch (error) {
        faults.push((error as Error).message);
      }
    }
  }
  const kindOf = new Map(list.series.map(({ symbol, kind }) => [symbol, kind]));
  const series = new Map(
    [...facts].map(([symbol, bars]) => [symbol, chainBars(bars, kindOf.get(symbol)!)]),
  );
  return { series, oddities, faults, nAsks };
}

/** Every close of the world before the day, but for its scale. */
function assertSeries(
  { symbol, kind, day, close }: BenchmarkSeries,
  actual: readonly { day: number; close: number }[],
  { untilDay, shift = 0 }: { untilDay: number; shift?: number },
) {
  const n = day.filter((d) => d + shift < untilDay).length;
  assert.ok(n > 100);
  assert.deepEqual(actual.map((row) => row.day - shift), [...day.slice(0, n)], symbol);
  const scale = kind === "price" ? close[0]! / actual[0]!.close : 1;
  for (const [i, row] of actual.entries()) {
    assert.ok(Math.abs(row.close * scale / close[i]! - 1) < 1e-9, `${symbol} row ${i}`);
  }
}

Deno.test("benchmarksStub() gives the world's series through Yahoo, over pulls of any days", async () => {
  const untilDay = lastDay + 1;
  const days = [lastDay - 250, lastDay - 249, lastDay - 120, lastDay - 30, lastDay - 1, untilDay];
  const { series, oddities, faults, nAsks } = await pulled(days);
  const inWorld = new Set(benchmarks.map(({ symbol }) => symbol));
  const absent = list.series.filter(({ symbol }) => !inWorld.has(symbol));
  assert.equal(faults.length, absent.length * days.length);
  for (const fault of faults) assert.ok(!inWorld.has(fault.split(" ")[2]!), fault);
  for (const { reason } of oddities) assert.equal(reason, "the provider has no such series");
  // One request a symbol and pull; FRED is asked as well for what Yahoo lacks.
  const alsoFred = absent.filter(({ symbol }) => providers.get(symbol)!.length > 1);
  assert.equal(nAsks, (list.series.length + alsoFred.length) * days.length);
  assert.equal(benchmarks.length, 41);
  for (const one of benchmarks) {
    // The first day of currencies in London's summer opens before the asked span.
    const from = one.day.indexOf(series.get(one.symbol)![0]!.day);
    assert.ok(from <= 1, one.symbol);
    const cut = { ...one, day: one.day.slice(from), close: one.close.slice(from) };
    assertSeries(cut, series.get(one.symbol)!, { untilDay });
  }
});

Deno.test("benchmarksStub() gives the world's series through both doors of FRED", async () => {
  const untilDay = lastDay - 3;
  for (const hasFredKey of [false, true]) {
    const { series } = await pulled([untilDay], { isYahooDown: true, hasFredKey });
    assert.equal(series.size, 11);
    for (const one of benchmarks) {
      const found = series.get(one.symbol);
      if (found === undefined) continue;
      const shift = one.symbol.endsWith("-USD") ? 1 : 0;
      assertSeries(one, found, { untilDay, shift });
    }
  }
});

const nowMs = Date.parse("2026-02-03T15:00:00Z");
const stub = benchmarksStub({ benchmarks, nowMs: () => nowMs });

function get(path: string, headers: HeadersInit = BROWSER): Response {
  return stub(new Request(`http://127.0.0.1${path}`, { headers }));
}

Deno.test("benchmarksStub() serves a session that goes on at another price", async () => {
  const range = `period1=${Date.parse("2026-02-02") / 1000}&period2=${nowMs / 1000}`;
  const body = await get(`/yahoo/v8/finance/chart/SPY?${range}&interval=1d`).json();
  const [{ timestamp, meta, indicators }] = body.chart.result;
  assert.deepEqual(
    timestamp,
    ["2026-02-02", "2026-02-03"].map((day) => Date.parse(`${day}T14:30:00Z`) / 1000),
  );
  assert.deepEqual([meta.symbol, meta.gmtoffset], ["SPY", -18000]);
  const spy = benchmarks.find(({ symbol }) => symbol === "SPY")!;
  const at = spy.day.indexOf(parseDay("2026-02-02"));
  const [before, live] = indicators.adjclose[0].adjclose;
  assert.ok(Math.abs(live / before / (1.02 * spy.close[at + 1]! / spy.close[at]!) - 1) < 1e-12);
});

Deno.test("benchmarksStub() halves the closes before a split once it is there", async () => {
  const closes: number[] = [];
  for (const now of ["2025-12-04T22:00Z", "2025-12-05T22:00Z"]) {
    const then = benchmarksStub({ benchmarks, nowMs: () => Date.parse(now) });
    const range = `period1=${Date.parse("2025-12-03") / 1000}&period2=${
      Date.parse("2025-12-04") / 1000
    }`;
    const url = `http://127.0.0.1/yahoo/v8/finance/chart/XLE?${range}&interval=1d`;
    const body = await then(new Request(url, { headers: BROWSER })).json();
    closes.push(body.chart.result[0].indicators.quote[0].close[0]);
  }
  assert.equal(closes[1], closes[0]! / 2);
});

Deno.test("benchmarksStub() answers as the sheet says where there is nothing to give", async () => {
  const chart = "/yahoo/v8/finance/chart";
  const early = "period1=0&period2=86400&interval=1d";
  const unknown = get(`${chart}/NOPE?${early}`);
  assert.equal(unknown.status, 404);
  assert.deepEqual(await unknown.json(), {
    chart: {
      result: null,
      error: { code: "Not Found", description: "No data found, symbol may be delisted" },
    },
  });
  assert.equal(get(`${chart}/SPY?${early}`).status, 400);
  assert.equal(get(`${chart}/SPY?period1=5&period2=5&interval=1d`).status, 400);
  const weekend = `period1=${Date.parse("2026-01-31") / 1000}&period2=${
    Date.parse("2026-02-01") / 1000
  }`;
  const [empty] = (await get(`${chart}/SPY?${weekend}&interval=1d`).json()).chart.result;
  assert.deepEqual([empty.timestamp, empty.indicators.quote], [undefined, [{}]]);
  const blocked = get(`${chart}/SPY?range=1d&interval=1d`, { "user-agent": "Deno/2.9.6" });
  assert.deepEqual([blocked.status, await blocked.text()], [429, "Edge: Too Many Requests"]);
  assert.equal(get(`${chart}/SPY?range=1d&interval=1d`).status, 200);
  assert.equal(get("/fred/graph/fredgraph.csv?id=NOPE").status, 404);
  assert.equal(get("/fred_api/fred/series/observations?series_id=DGS10").status, 400);
});

Deno.test("benchmarksStub() serves FRED's CSV with dots, empty cells and CRLF", async () => {
  const day = "cosd=2026-01-15&coed=2026-02-28";
  const text = await get(`/fred/graph/fredgraph.csv?id=DGS10&${day}`).text();
  const [header, ...lines] = text.split("\r\n");
  assert.equal(header, "observation_date,DGS10");
  assert.equal(lines.find((line) => line.startsWith("2026-01-19"))?.length, "2026-01-19,.".length);
  assert.equal(lines.at(-2)?.slice(0, 11), "2026-02-02,");
});
