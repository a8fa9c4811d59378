import assert from "node:assert/strict";
import { eventJobs, frameJobs, seriesJobs } from "lib/sources/kalshi/catalogue_jobs.ts";
import { followUpJobs } from "lib/sources/kalshi/follow_up.ts";
import { makeKalshi } from "lib/sources/kalshi/kalshi.ts";
import type { Job, PlanOptions } from "lib/sources/live/venue.ts";
import {
  answerOf,
  drive,
  Failed,
  knownMarket,
  knownOf,
  NINE_MS,
  planOptions,
  settings,
  SHEET_MARKET,
} from "./kalshi_fixture.ts";

const NOTHING = knownOf([]);
const TODAY = "2026-11-22";
const EVENTS = [{ event_ticker: "KXA-1", markets: [] }];

function nameOf({ name }: Job): string {
  return name;
}

function firstPaths(jobs: Iterable<Job>): string[] {
  return Array.from(jobs, ({ run }) => run().next().value?.path ?? "");
}

Deno.test("frameJobs() asks for the boundary, the series and their fees of the day", () => {
  const jobs = [...frameJobs(NOTHING, planOptions())];
  assert.deepEqual(jobs.map(({ name, nAsks }) => [name, nAsks]), [
    ["GET kalshi /historical/cutoff", 1],
    ["GET kalshi /series", 1],
    ["GET kalshi /series/fee_changes?show_historical=true", 1],
  ]);
  assert.deepEqual(drive(jobs[1]!.run(), () => ({ series: [] })).asks, [{
    host: "kalshi",
    path: "/series",
    body: null,
    format: "json",
    kind: "kalshi_series",
    subject: "",
    edition: TODAY,
  }]);
  assert.equal(
    drive(jobs[1]!.run(), () => new Failed("timed out", true)).error,
    "Cannot go on without GET kalshi /series as an answer must come: got timed out",
  );
});

Deno.test("eventJobs() walks what is not settled, and what was settled since the last whole pull", () => {
  const first = "/events?limit=200&status=";
  const open = ["unopened", "open", "closed"].map((status) =>
    `${first}${status}&with_nested_markets=true`
  );
  const settled = (day: string) =>
    `${first}settled&min_close_ts=${Date.parse(day) / 1000}&with_nested_markets=true`;
  assert.deepEqual(firstPaths(eventJobs(NOTHING, planOptions())), [...open, settled("2026-11-21")]);
  const crawls = {
    "kalshi closed events": ["2026-11-01", "2026-11-10", "2026-11-12"],
    "kalshi settled events": ["2026-11-01", "2026-11-10", "2026-11-14"],
  };
  assert.deepEqual(firstPaths(eventJobs(knownOf([], crawls), planOptions())), [
    ...open,
    settled("2026-11-09"),
  ]);
});

Deno.test("eventJobs() asks for the same on a second try of the day, without the lists that ended", () => {
  const crawls = {
    "kalshi open events": [TODAY],
    "kalshi closed events": ["2026-11-10", TODAY],
    "kalshi settled events": ["2026-11-10", TODAY],
  };
  const { "kalshi settled events": settled, ...others } = crawls;
  assert.deepEqual(firstPaths(eventJobs(knownOf([], crawls), planOptions())), [
    "/events?limit=200&status=unopened&with_nested_markets=true",
  ]);
  const undone = knownOf([], { ...others, "kalshi settled events": settled.slice(0, 1) });
  assert.deepEqual(firstPaths(eventJobs(undone, planOptions())).slice(1), [
    `/events?limit=200&status=settled&min_close_ts=${Date.UTC(2026, 10, 9) / 1000}` +
    "&with_nested_markets=true",
  ]);
});

Deno.test("walkList() follows cursors to an empty, a repeated or no cursor", () => {
  const walk = (...cursors: unknown[]) => {
    const job = [...eventJobs(NOTHING, planOptions())][1]!;
    const rest = [...cursors];
    const { paths, error } = drive(job.run(), () => ({ events: EVENTS, cursor: rest.shift() }));
    return [paths.map((path) => path.split("cursor=")[1] ?? null), error];
  };
  assert.deepEqual(walk("a b&c", "d", ""), [[null, "a%20b%26c", "d"], null]);
  assert.deepEqual(walk(null), [[null], null]);
  assert.deepEqual(walk("a", "b", "b"), [[null, "a", "b"], null]);
  assert.deepEqual(walk("a", "b", "a"), [
    [null, "a", "b"],
    "Cannot walk kalshi open events as each page must have a new cursor: got " +
    '"a" (GET kalshi /events?limit=200&status=open&with_nested_markets=true&cursor=b)',
  ]);
});

Deno.test("walkList() ends at a repeated cursor on a full page too", () => {
  const events = Array.from({ length: 200 }, (_, k) => ({ event_ticker: `KXA-${k}`, markets: [] }));
  const job = [...eventJobs(NOTHING, planOptions())][1]!;
  const { paths, error } = drive(job.run(), () => ({ events, cursor: "a" }));
  assert.deepEqual([paths.length, error], [2, null]);
});

Deno.test("walkList() ends with an error where a page does not come", () => {
  const job = [...eventJobs(NOTHING, planOptions())][1]!;
  const { error } = drive(job.run(), () => new Failed("HTTP 503", true));
  assert.equal(
    error,
    "Cannot walk kalshi open events as each page must be answered: got HTTP 503 " +
      "(GET kalshi /events?limit=200&status=open&with_nested_markets=true)",
  );
});

Deno.test("makeKalshi() asks for the prices of what trades before it walks what was settled", () => {
  const { phases } = makeKalshi(settings);
  assert.deepEqual(phases.map(({ name, isCatalogue }) => [name, isCatalogue]), [
    ["series", true],
    ["events", true],
    ["records", true],
    ["open prices", false],
    ["settled", false],
    ["ended prices", false],
  ]);
  const closedAtMs = Date.UTC(2026, 10, 14, 17);
  const markets = [knownMarket("KXA-1"), knownMarket("KXA-2", { status: "settled", closedAtMs })];
  const known = knownOf(markets, {}, STORED);
  const names = phases.slice(3).map(({ plan }) => Array.from(plan(known, planOptions()), nameOf));
  assert.deepEqual(names, [
    ["prices of kalshi:KXA-1"],
    ["settled contracts of KXA", "settled contracts of KXW"],
    ["prices of kalshi:KXA-2"],
  ]);
});

const SERIES = [
  { ticker: "KXW", frequency: "weekly" },
  { ticker: "KXH", frequency: "hourly" },
  { ticker: "KXMVE1", frequency: "custom" },
  { ticker: "KXA", frequency: "annual" },
];

const STORED = {
  "/series": { series: SERIES },
  "/historical/cutoff": { market_settled_ts: "2026-08-24T00:00:00Z" },
};

function seriesPaths(
  crawls: Readonly<Record<string, readonly string[]>>,
  changed: Partial<PlanOptions> = {},
): string[] {
  return [...seriesJobs(knownOf([], crawls, STORED), planOptions(changed))]
    .flatMap(({ run, nAsks }) => {
      const { paths, error } = drive(
        run(),
        (path) =>
          path.startsWith("/events") ? { events: [], cursor: "" } : { markets: [], cursor: "" },
      );
      assert.equal(error, null);
      assert.equal(paths.length, nAsks);
      return paths;
    });
}

Deno.test("seriesJobs() walks events and archive of each wanted series once", () => {
  assert.deepEqual(seriesPaths({}), [
    "/events?limit=200&series_ticker=KXA&with_nested_markets=true",
    "/historical/markets?limit=1000&series_ticker=KXA",
    "/events?limit=200&series_ticker=KXW&with_nested_markets=true",
    "/historical/markets?limit=1000&series_ticker=KXW",
  ]);
  const crawls = {
    "kalshi events of KXA": ["2026-11-20"],
    "kalshi archive of KXA": ["2026-11-20"],
    "kalshi events of KXW": ["2026-11-20"],
  };
  assert.deepEqual(seriesPaths(crawls), [
    "/historical/markets?limit=1000&series_ticker=KXW",
  ]);
});

Deno.test("seriesJobs() asks the archive again after a pause that the live tier does not bridge", () => {
  const asked = (lastArchive: string, ...pulls: string[]) =>
    seriesPaths({
      "kalshi closed events": pulls,
      "kalshi settled events": pulls,
      ...Object.fromEntries(
        ["KXA", "KXW"].flatMap((one) => [
          [`kalshi events of ${one}`, [pulls[0]!]],
          [`kalshi archive of ${one}`, [lastArchive]],
        ]),
      ),
    }).length;
  assert.equal(asked("2026-01-01", "2026-01-01", "2026-11-21"), 2);
  assert.equal(asked("2026-10-08", "2026-10-08"), 0);
  assert.equal(asked("2026-10-07", "2026-10-07"), 2);
  assert.equal(asked("2026-11-21", "2026-01-01", "2026-11-20"), 0);
  assert.equal(asked("2026-11-20", "2026-01-01", "2026-11-20"), 0);
});

Deno.test("seriesJobs() asks for less with --since", () => {
  const events = (series: string, day: string) =>
    `/events?limit=200&series_ticker=${series}&min_close_ts=${Date.parse(day) / 1000}` +
    "&with_nested_markets=true";
  assert.deepEqual(seriesPaths({}, { sinceMs: Date.UTC(2026, 8, 1) }), [
    events("KXA", "2026-09-01"),
    events("KXW", "2026-09-01"),
  ]);
  assert.deepEqual(seriesPaths({}, { sinceMs: Date.UTC(2026, 0, 1) }).length, 4);
  const crawls = {
    "kalshi events of KXA since 2026-09-01": ["2026-11-20"],
    "kalshi events of KXW": ["2026-11-20"],
  };
  assert.deepEqual(seriesPaths(crawls, { sinceMs: Date.UTC(2026, 8, 1) }), []);
  assert.deepEqual(seriesPaths(crawls, { sinceMs: Date.UTC(2026, 8, 30, 12) }), []);
  assert.deepEqual(seriesPaths(crawls, { sinceMs: Date.UTC(2026, 9, 1) }), [
    events("KXA", "2026-10-01"),
  ]);
});

Deno.test("seriesJobs() makes a job of each series, so that one that does not answer stops no other", () => {
  const jobs = [...seriesJobs(knownOf([], {}, STORED), planOptions())];
  assert.deepEqual(jobs.map(({ name, nAsks }) => [name, nAsks]), [
    ["settled contracts of KXA", 2],
    ["settled contracts of KXW", 2],
  ]);
  const { paths, error } = drive(jobs[0]!.run(), () => new Failed("HTTP 500", true));
  assert.deepEqual(paths, ["/events?limit=200&series_ticker=KXA&with_nested_markets=true"]);
  assert.equal(
    error,
    "Cannot walk kalshi events of KXA as each page must be answered: got HTTP 500 " +
      "(GET kalshi /events?limit=200&series_ticker=KXA&with_nested_markets=true)",
  );
});

Deno.test("seriesJobs() asks for the list of series alone where it is not stored", () => {
  const jobs = [...seriesJobs(NOTHING, planOptions())];
  assert.deepEqual(jobs.map(({ name, nAsks }) => [name, nAsks]), [["GET kalshi /series", 1]]);
  assert.deepEqual(drive(jobs[0]!.run(), () => ({ series: SERIES })).paths, ["/series"]);
});

Deno.test("seriesJobs() asks the archive where the boundary between the tiers is not told", () => {
  const known = knownOf([], {}, { "/series": { series: [{ ticker: "KXA" }] } });
  const jobs = [...seriesJobs(known, planOptions({ sinceMs: Date.UTC(2026, 8, 1) }))];
  const { paths } = drive(jobs[0]!.run(), () => ({ events: [], markets: [] }));
  assert.deepEqual(paths.slice(1), ["/historical/markets?limit=1000&series_ticker=KXA"]);
});

Deno.test("readEvents() takes a 404 for the end of no list but a series', in the exchange's words", () => {
  const read = (path: string, text: string) => {
    const kind = path.startsWith("/events") ? "kalshi_events" : "kalshi_archive_markets";
    const answer = answerOf(kind, path, undefined, { status: 404 });
    return makeKalshi(settings).read({ ...answer, text });
  };
  const notFound = JSON.stringify({ error: { code: "not_found", message: "not found" } });
  const ofSeries = "/events?limit=200&series_ticker=KXA&with_nested_markets=true";
  const archive = "/historical/markets?limit=1000&series_ticker=KXA";
  assert.deepEqual(
    [ofSeries, archive].map((path) => read(path, notFound).facts),
    ["kalshi events of KXA", "kalshi archive of KXA"].map((subject) => [
      { kind: "crawl", subject, edition: TODAY, nPages: 1 },
    ]),
  );
  assert.deepEqual(read(archive, "404 page not found"), { facts: [], oddities: [] });
  const open = "/events?limit=200&status=open&with_nested_markets=true";
  for (const path of [open, `${ofSeries}&cursor=a`]) {
    assert.throws(() => read(path, notFound), {
      name: "TypeError",
      message: `Cannot read kalshi ${path} as it must hold a list "events": got `,
    });
  }
  const { error } = drive([...eventJobs(NOTHING, planOptions())][1]!.run(), () => null);
  assert.equal(error, `Cannot read kalshi ${open} as it must hold a list "events": got `);
});

Deno.test("followUpJobs() asks by ticker for what no list of today showed, then the archive", () => {
  const outcome = {
    kind: "outcome",
    subject: "",
    resolvedAtMs: 0,
    payout: 1,
    source: "exchange",
  } as const;
  const known = knownOf([
    knownMarket("KXA-1"),
    knownMarket("KXA-2", { seenAtMs: NINE_MS }),
    knownMarket("KXA-3", { outcome }),
    knownMarket("KXA-4", { leftOut: "parlay" }),
    knownMarket("KXA-5.5"),
    knownMarket("KX A"),
  ]);
  const jobs = [...followUpJobs(known, planOptions())];
  assert.deepEqual(jobs.map(({ name, nAsks }) => [name, nAsks]), [
    ["records of 2 contracts from KXA-1", 1],
  ]);
  const { asks, error } = drive(
    jobs[0]!.run(),
    (path) =>
      path.startsWith("/markets")
        ? { markets: [{ ...SHEET_MARKET, ticker: "KXA-1" }], cursor: "" }
        : { markets: [], cursor: "" },
  );
  assert.equal(error, null);
  assert.deepEqual(asks.map(({ path, kind, edition }) => [path, kind, edition]), [
    ["/markets?limit=1000&tickers=KXA-1,KXA-5.5", "kalshi_markets", TODAY],
    ["/historical/markets?limit=1000&tickers=KXA-5.5", "kalshi_archive_markets", TODAY],
  ]);
});

Deno.test("followUpJobs() asks for a hundred at a time", () => {
  const markets = Array.from({ length: 201 }, (_, k) => knownMarket(`KXA-${k}`));
  const jobs = [...followUpJobs(knownOf(markets), planOptions())];
  const counts = jobs.map(({ run }) => run().next().value!.path.split(",").length);
  assert.deepEqual(counts, [100, 100, 1]);
});
