import assert from "node:assert/strict";
import { MS_PER_DAY, parseDay } from "lib/core/day.ts";
import { parseIngestSettings } from "lib/core/ingest_settings.ts";
import type { Answer, Ask, Reply } from "lib/fetch/ask.ts";
import { makeBenchmarks } from "lib/sources/benchmarks/benchmarks.ts";
import { parseProviders } from "lib/sources/benchmarks/providers.ts";
import type { Span } from "lib/sources/live/spans.ts";
import type { Job, Known, PlanOptions } from "lib/sources/live/venue.ts";
import { readYaml } from "lib/store/yaml.ts";

const settings = parseIngestSettings(await readYaml("config/ingest.yaml"));
const providers = parseProviders({
  series: {
    "SPY": [{ by: "yahoo", name: "SPY", shift_days: 0 }],
    "^TNX": [
      { by: "yahoo", name: "^TNX", shift_days: 0 },
      { by: "fred", name: "DGS10", shift_days: 0, note: "for a test" },
    ],
    "BTC-USD": [
      { by: "yahoo", name: "BTC-USD", shift_days: 0 },
      { by: "fred", name: "CBBTCUSD", shift_days: 1, note: "for a test" },
    ],
  },
});
const shape = { name: "a series", group: "rates", calendar: "any" } as const;
const list = {
  series: [
    { ...shape, symbol: "SPY", kind: "price" as const },
    { ...shape, symbol: "^TNX", kind: "yield" as const },
    { ...shape, symbol: "BTC-USD", kind: "price" as const },
  ],
};
const venue = makeBenchmarks(providers, list, { hasFredKey: false });

const at = (date: string) => parseDay(date) * MS_PER_DAY;
const span = (from: string, to: string): Span => ({ fromMs: at(from), toMs: at(to) });

function jobs(
  covered: readonly Span[],
  { since = null, until = "2026-11-21", from = venue }: {
    since?: string | null;
    until?: string;
    from?: typeof venue;
  } = {},
): Job[] {
  const known: Known = {
    markets: () => [],
    crawls: () => [],
    covered: () => covered,
    answer: () => undefined,
  };
  const options: PlanOptions = {
    nowMs: at(until) + 5_400_000,
    edition: until,
    sinceMs: since === null ? null : Date.parse(since),
    untilMs: at(until),
    settings,
  };
  return [...from.phases[0]!.plan(known, options)];
}

/** The asks of a job that is given these replies in turn. */
function driven(job: Job, replies: readonly ((ask: Ask) => Reply)[]): string[] {
  const asked: string[] = [];
  const run = job.run();
  for (let step = run.next(), k = 0; !step.done; ++k) {
    asked.push(`${step.value.host} ${step.value.path}`);
    step = run.next(replies[k]!(step.value));
  }
  return asked;
}

function answered(text: string, status = 200): (ask: Ask) => Reply {
  return (ask) => {
    const isRead = ask.format === "json" && status === 200;
    const value = isRead ? JSON.parse(text) : undefined;
    const answer: Answer = { ask, atMs: 0, status, text, value };
    return { isAnswer: true, answer };
  };
}

function failed(reason: string): (ask: Ask) => Reply {
  return (ask) => ({
    isAnswer: false,
    failure: { ask, atMs: 0, status: 500, reason, isPassing: true },
  });
}

function chart(symbol: string, closes: readonly (number | null)[], from = "2026-11-10"): string {
  return JSON.stringify({
    chart: {
      result: [{
        meta: { symbol, exchangeTimezoneName: "UTC" },
        timestamp: closes.map((_, i) => (at(from) + i * MS_PER_DAY) / 1000),
        indicators: { quote: [{ close: closes }] },
      }],
    },
  });
}

const DAILY = "interval=1d&events=div%7Csplit";
const WHOLE = `period1=1641168000&period2=1795219200&${DAILY}`;

Deno.test("makeBenchmarks() asks for all days since the first day where nothing is known", () => {
  const planned = jobs([]);
  assert.deepEqual(planned.map(({ name, nAsks }) => [name, nAsks]), [
    ["closes of SPY", 1],
    ["closes of ^TNX", 1],
    ["closes of BTC-USD", 1],
  ]);
  assert.deepEqual(driven(planned[0]!, [answered(chart("SPY", [1]))]), [
    `yahoo /v8/finance/chart/SPY?${WHOLE}`,
  ]);
});

Deno.test("makeBenchmarks() asks for new days and ten known ones before them", () => {
  const [job] = jobs([span("2022-01-03", "2026-11-20")]);
  // 2026-11-10 to 2026-11-21
  assert.deepEqual(driven(job!, [answered(chart("SPY", [1]))]), [
    `yahoo /v8/finance/chart/SPY?period1=1794268800&period2=1795219200&${DAILY}`,
  ]);
});

Deno.test("makeBenchmarks() asks for nothing where no day is missing", () => {
  assert.deepEqual(jobs([span("2022-01-03", "2026-11-21")]), []);
  assert.deepEqual(jobs([], { since: "2026-11-21" }), []);
});

Deno.test("makeBenchmarks() joins days that are wanted later to both sides of what is known", () => {
  const [job] = jobs([span("2026-01-01", "2026-06-01")], { since: "2025-06-01T13:00Z" });
  const replies = [answered(chart("SPY", [1], "2025-06-01")), answered(chart("SPY", [1]))];
  assert.equal(job!.nAsks, 2);
  // 2025-06-01 to 2026-01-11, and 2026-05-22 to 2026-11-21
  assert.deepEqual(driven(job!, replies), [
    `yahoo /v8/finance/chart/SPY?period1=1748736000&period2=1768089600&${DAILY}`,
    `yahoo /v8/finance/chart/SPY?period1=1779408000&period2=1795219200&${DAILY}`,
  ]);
});

Deno.test("makeBenchmarks() asks the next provider for the whole span", () => {
  const known = [span("2022-01-03", "2026-11-20")];
  const yahoo = `yahoo /v8/finance/chart/%5ETNX?period1=1794268800&period2=1795219200&${DAILY}`;
  const fred = "fred /graph/fredgraph.csv?id=DGS10&cosd=2022-01-03&coed=2026-11-20";
  const served = answered("observation_date,DGS10\n2026-11-19,4.1\n");
  const unfit: Record<string, (ask: Ask) => Reply> = {
    failure: failed("status 500"),
    "404": answered("{}", 404),
    "nulls only": answered(chart("^TNX", [null, null])),
    "another symbol": answered(chart("^FVX", [4])),
    "no chart": answered('{"finance":{}}'),
  };
  for (const [name, reply] of Object.entries(unfit)) {
    assert.deepEqual(driven(jobs(known)[1]!, [reply, served]), [yahoo, fred], name);
  }
});

Deno.test("makeBenchmarks() asks FRED's interface where there is a key", () => {
  const keyed = makeBenchmarks(providers, list, { hasFredKey: true });
  // what was stored with a key must be readable without one
  assert.deepEqual(venue.hosts, ["yahoo", "fred", "fred_api"]);
  assert.deepEqual(keyed.hosts, venue.hosts);
  const job = jobs([], { from: keyed })[2]!;
  const served = answered('{"observations":[{"date":"2026-11-18","value":"90000"}]}');
  assert.deepEqual(driven(job, [failed("status 500"), served]), [
    `yahoo /v8/finance/chart/BTC-USD?${WHOLE}`,
    "fred_api /fred/series/observations?series_id=CBBTCUSD&file_type=json&observation_start=2022-01-02&observation_end=2026-11-19",
  ]);
});

Deno.test("makeBenchmarks() throws where no provider answers, not where none has a close", () => {
  const [spy, tnx] = jobs([]);
  assert.throws(() => driven(spy!, [answered("{}", 404)]), {
    message:
      'Cannot pull SPY as one of its providers must answer: got yahoo SPY: symbol "SPY" the provider has no such series',
  });
  assert.throws(() => driven(tnx!, [failed("status 500"), answered("<html>")]), {
    message:
      'Cannot pull ^TNX as one of its providers must answer: got yahoo ^TNX: status 500; fred DGS10: Cannot read fred /graph/fredgraph.csv as its first line must be "observation_date,DGS10": got "<html>"',
  });
  const nothing = answered("observation_date,DGS10\n2026-11-19,.\n");
  assert.equal(driven(tnx!, [failed("status 500"), nothing]).length, 2);
});

Deno.test("makeBenchmarks() reads an answer by its kind, with the rank of its provider", () => {
  const asks: Ask[] = [];
  driven(jobs([])[2]!, [(ask) => {
    asks.push(ask);
    return failed("status 500")(ask);
  }, (ask) => {
    asks.push(ask);
    return answered("observation_date,CBBTCUSD\n2026-11-18,90000\n")(ask);
  }]);
  const text = "DATE,CBBTCUSD\n2026-11-18,90000\n";
  const [fact] = venue.read({ ask: asks[1]!, atMs: 0, status: 200, text, value: undefined }).facts;
  assert.deepEqual(fact, {
    kind: "bars",
    subject: "BTC-USD",
    fromMs: at("2022-01-03"),
    toMs: at("2026-11-21"),
    provider: 1,
    bars: [{ day: parseDay("2026-11-19"), close: 90000, adjusted: 90000 }],
  });
  const value = JSON.parse(chart("BTC-USD", [91000]));
  const first = venue.read({ ask: asks[0]!, atMs: 0, status: 200, text: "", value });
  assert.deepEqual(first.facts.map((one) => one.kind === "bars" && one.provider), [0]);
});

Deno.test("makeBenchmarks() takes nothing from a provider that the list no longer names", () => {
  const ask = {
    host: "fred",
    path: "/graph/fredgraph.csv?id=DGS2&cosd=2026-01-01&coed=2026-01-02",
    body: null,
    format: "csv",
    kind: "fred_csv",
    subject: "^TNX",
    edition: "",
  } as const;
  const text = "observation_date,DGS2\n2026-01-02,4\n";
  assert.deepEqual(venue.read({ ask, atMs: 0, status: 200, text, value: undefined }), {
    facts: [],
    oddities: [{
      place: "fred fred_csv",
      row: 0,
      column: "symbol",
      value: "^TNX as DGS2",
      reason: "no provider of the list serves it any more",
    }],
  });
});

Deno.test("makeBenchmarks() pulls the series of the list, each of which needs a provider", () => {
  const part = makeBenchmarks(providers, { series: list.series.slice(1, 2) }, {
    hasFredKey: false,
  });
  assert.deepEqual(jobs([], { from: part }).map(({ name }) => name), ["closes of ^TNX"]);
  const more = { series: [{ ...shape, symbol: "NOPE", kind: "price" as const }] };
  assert.throws(() => makeBenchmarks(providers, more, { hasFredKey: false }), {
    name: "RangeError",
    message:
      'Cannot make the venue "benchmarks" as every series must have a provider: got none for "NOPE"',
  });
});
