import assert from "node:assert/strict";
import fc from "fast-check";
import { endedPriceJobs, openPriceJobs, wantedSpan } from "lib/sources/kalshi/price_plan.ts";
import { missingSpans, type Span } from "lib/sources/live/spans.ts";
import type { KnownMarket, PlanOptions } from "lib/sources/live/venue.ts";
import { drive, Failed, knownMarket, knownOf, NOT_FOUND, planOptions } from "./kalshi_fixture.ts";

const MS_PER_DAY = 86_400_000;
const UNTIL = Date.UTC(2026, 10, 22);
const TODAY = "2026-11-22";

function day(text: string): number {
  return Date.parse(text);
}

function query(from: string, to: string): string {
  return `start_ts=${day(from) / 1000}&end_ts=${day(to) / 1000}&period_interval=60`;
}

function jobsOf(markets: readonly KnownMarket[], changed: Partial<PlanOptions> = {}) {
  const options = planOptions(changed);
  return [openPriceJobs, endedPriceJobs].flatMap((plan) => [...plan(knownOf(markets), options)]);
}

/** No candles of one contract, or of a batch the last one of each without quotes. */
function candles(path: string): unknown {
  const query = new URLSearchParams(path.split("?")[1]);
  const tickers = query.get("market_tickers");
  if (tickers === null) return { candlesticks: [] };
  const candlesticks = [{ end_period_ts: Number(query.get("end_ts")) }];
  return { markets: tickers.split(",").map((one) => ({ market_ticker: one, candlesticks })) };
}

Deno.test("openPriceJobs() asks for the whole life of a contract alone, in hours", () => {
  const [job, ...rest] = jobsOf([knownMarket("KXFED-26-T4.25")]);
  assert.deepEqual([job?.name, job?.nAsks, rest.length], ["prices of kalshi:KXFED-26-T4.25", 1, 0]);
  const { asks, error } = drive(job!.run(), candles);
  assert.equal(error, null);
  assert.deepEqual(asks, [{
    host: "kalshi",
    path: `/series/KXFED/markets/KXFED-26-T4.25/candlesticks?${query("2026-11-12", "2026-11-22")}`,
    body: null,
    format: "json",
    kind: "kalshi_candles",
    subject: "kalshi:KXFED-26-T4.25",
    edition: TODAY,
  }]);
});

Deno.test("openPriceJobs() asks on the second pull only for new days, in batches", () => {
  const priced = [{ fromMs: day("2026-11-12"), toMs: day("2026-11-21") }];
  const markets = Array.from({ length: 250 }, (_, k) => knownMarket(`KXA-${k}`, { priced }));
  const jobs = jobsOf(markets);
  assert.deepEqual(jobs.map(({ name }) => name), [
    "prices of 100 contracts from kalshi:KXA-0",
    "prices of 100 contracts from kalshi:KXA-100",
    "prices of 50 contracts from kalshi:KXA-200",
  ]);
  const [ask] = drive(jobs[2]!.run(), candles).asks;
  const tickers = Array.from({ length: 50 }, (_, k) => `KXA-${200 + k}`);
  assert.deepEqual(ask, {
    host: "kalshi",
    path: `/markets/candlesticks?market_tickers=${tickers.join(",")}&` +
      query("2026-11-21", "2026-11-22"),
    body: null,
    format: "json",
    kind: "kalshi_batch_candles",
    subject: tickers.map((ticker) => `kalshi:${ticker}`).join(","),
    edition: TODAY,
  });
  const done = [{ fromMs: day("2026-11-12"), toMs: UNTIL }];
  assert.deepEqual(jobsOf([knownMarket("KXA-1", { priced: done })]), []);
});

Deno.test("openPriceJobs() takes windows of 200 days, the newest first, two contracts a batch", () => {
  const opensAtMs = day("2026-01-01T12:00:00Z");
  const markets = ["KXA-1", "KXA-2"].map((ticker) => knownMarket(ticker, { opensAtMs }));
  const paths = jobsOf(markets).map(({ run }) => run().next().value!.path);
  assert.deepEqual(paths, [
    `/markets/candlesticks?market_tickers=KXA-1,KXA-2&${query("2026-05-06", "2026-11-22")}`,
    `/markets/candlesticks?market_tickers=KXA-1,KXA-2&${query("2026-01-01", "2026-05-06")}`,
  ]);
});

Deno.test("endedPriceJobs() asks the archive for what lives there, and the other tier after a 404", () => {
  const span = query("2026-11-12", "2026-11-15");
  const closedAtMs = day("2026-11-14T17:00:00Z");
  const archived = knownMarket("KXA-1", { tier: "archive", status: "settled", closedAtMs });
  const live = `/series/KXFED/markets/KXA-1/candlesticks?${span}`;
  const archive = `/historical/markets/KXA-1/candlesticks?${span}`;
  const asked = (market: KnownMarket, missing: readonly string[]) => {
    const { asks, error } = drive(
      jobsOf([market])[0]!.run(),
      (path) => missing.some((one) => path.startsWith(one)) ? null : candles(path),
    );
    return [asks.map(({ path, edition }) => [path, edition]), error];
  };
  assert.deepEqual(asked(archived, []), [[[archive, ""]], null]);
  assert.deepEqual(asked(archived, ["/historical"]), [
    [[archive, ""], [live, TODAY]],
    null,
  ]);
  const settled = knownMarket("KXA-1", { status: "settled", closedAtMs });
  assert.deepEqual(asked(settled, ["/series"]), [[[live, ""], [archive, TODAY]], null]);
  // a 404 under no edition is kept for good, so both are asked again on another day
  assert.deepEqual(asked(settled, ["/series", "/historical"]), [
    [[live, ""], [archive, TODAY], [live, TODAY]],
    "Cannot ask for the prices of kalshi:KXA-1 as one tier must have it: got 404 of both",
  ]);
  const noSeries = knownMarket("KXA-1", { status: "settled", closedAtMs, series: null });
  const batchOfOne = `/markets/candlesticks?market_tickers=KXA-1&${span}`;
  assert.deepEqual(asked(noSeries, ["/markets"]), [
    [[batchOfOne, ""], [archive, TODAY]],
    null,
  ]);
});

Deno.test("askPrices() asks alone for those that a batch does not name, or after it is refused", () => {
  const markets = ["KXA-1", "KXA-2", "KXA-3"].map((ticker) => knownMarket(ticker));
  const span = query("2026-11-12", "2026-11-22");
  const alone = (ticker: string) => `/series/KXFED/markets/${ticker}/candlesticks?${span}`;
  const asked = (batch: unknown) => {
    const { paths, error } = drive(
      jobsOf(markets)[0]!.run(),
      (path) => path.startsWith("/markets") ? batch : { candlesticks: [] },
    );
    return [paths.slice(1), error];
  };
  const named = { market_ticker: "KXA-2", candlesticks: [] };
  assert.deepEqual(asked({ markets: [named] }), [[alone("KXA-1"), alone("KXA-3")], null]);
  assert.deepEqual(asked(new Failed("HTTP 400", false)), [
    [alone("KXA-1"), alone("KXA-2"), alone("KXA-3")],
    null,
  ]);
  assert.deepEqual(asked(new Failed("timed out", true)), [
    [],
    "Cannot ask for the prices of 3 contracts as an answer must come: got timed out (GET kalshi " +
    `/markets/candlesticks?market_tickers=KXA-1,KXA-2,KXA-3&${span})`,
  ]);
});

Deno.test("askPrices() asks alone for an ended contract that a batch names without candles", () => {
  const closedAtMs = day("2026-11-14T17:00:00Z");
  const markets = ["KXA-1", "KXA-2"].map((ticker) =>
    knownMarket(ticker, { status: "settled", closedAtMs })
  );
  const jobs = jobsOf([...markets, knownMarket("KXA-3"), knownMarket("KXA-4")]);
  const span = query("2026-11-12", "2026-11-15");
  const hour = {
    end_period_ts: day("2026-11-12T15:00:00Z") / 1000,
    volume_fp: "0.00",
    yes_bid: { close_dollars: "0.2000" },
    yes_ask: { close_dollars: "0.2200" },
  };
  const asked = jobs.map(({ run }) =>
    drive(
      run(),
      (path) =>
        path.startsWith("/series")
          ? null
          : path.startsWith("/historical")
          ? { candlesticks: [hour] }
          : {
            markets: [
              { market_ticker: "KXA-1", candlesticks: [] },
              { market_ticker: "KXA-2", candlesticks: [hour] },
              { market_ticker: "KXA-3", candlesticks: [] },
              { market_ticker: "KXA-4", candlesticks: [] },
            ],
          },
    ).asks.map(({ path, kind }) => [path, kind])
  );
  assert.deepEqual(asked, [
    [[
      `/markets/candlesticks?market_tickers=KXA-3,KXA-4&${query("2026-11-12", "2026-11-22")}`,
      "kalshi_batch_candles",
    ]],
    [
      [`/markets/candlesticks?market_tickers=KXA-1,KXA-2&${span}`, "kalshi_ended_batch_candles"],
      [`/series/KXFED/markets/KXA-1/candlesticks?${span}`, "kalshi_candles"],
      [`/historical/markets/KXA-1/candlesticks?${span}`, "kalshi_archive_candles"],
    ],
  ]);
});

Deno.test("askPrices() asks for the trades of a day whose candles tell no dollars", () => {
  const priced = [{ fromMs: day("2026-11-12"), toMs: day("2026-11-21") }];
  const [job] = jobsOf([knownMarket("KXA-1", { priced })]);
  const unpriced = {
    end_period_ts: day("2026-11-21T15:00:00Z") / 1000,
    volume_fp: "3.00",
    price: {},
    yes_bid: { close_dollars: "0.2000" },
    yes_ask: { close_dollars: "0.2200" },
  };
  const { asks, error } = drive(
    job!.run(),
    (path) => path.includes("trades") ? { trades: [] } : { candlesticks: [unpriced] },
  );
  assert.equal(error, null);
  const of = `ticker=KXA-1&limit=1000&min_ts=${day("2026-11-21") / 1000}&max_ts=${UNTIL / 1000}`;
  assert.deepEqual(asks.slice(1).map(({ path, subject, edition }) => [path, subject, edition]), [
    [`/markets/trades?${of}`, "kalshi:KXA-1", TODAY],
    [`/historical/trades?${of}`, "kalshi:KXA-1", TODAY],
  ]);
});

Deno.test("openPriceJobs() and endedPriceJobs() share the contracts by whether trading has ended", () => {
  const closedAtMs = day("2026-11-14T17:00:00Z");
  const known = knownOf([
    knownMarket("KXA-1", { status: "settled", closedAtMs }),
    knownMarket("KXA-2", { status: "listed" }),
    knownMarket("KXA-3", { status: "closed", closedAtMs, tier: "archive" }),
    knownMarket("KXA-4"),
  ]);
  const names = (plan: typeof openPriceJobs) =>
    Array.from(plan(known, planOptions()), ({ name }) => name);
  assert.deepEqual(names(openPriceJobs), ["prices of 2 contracts from kalshi:KXA-2"]);
  assert.deepEqual(names(endedPriceJobs), ["prices of kalshi:KXA-3", "prices of kalshi:KXA-1"]);
});

Deno.test("endedPriceJobs() asks again on another day for a span that ended less than a day ago", () => {
  const closedAtMs = day("2026-11-21T17:00:00Z");
  const editions = (nowMs: number, edition: string, one: Parameters<typeof knownMarket>[1]) =>
    jobsOf([knownMarket("KXA-1", { status: "closed", closedAtMs, ...one })], { nowMs, edition })
      .map(({ run }) => run().next().value!.edition);
  const before = UNTIL + MS_PER_DAY - 1, after = UNTIL + MS_PER_DAY;
  for (const one of [{}, { series: null }, { tier: "archive" }]) {
    assert.deepEqual(editions(before, TODAY, one), [TODAY]);
    assert.deepEqual(editions(after, "2026-11-23", one), [""]);
  }
});

Deno.test("askPrices() asks no tier twice for one day", () => {
  const closedAtMs = day("2026-11-21T17:00:00Z");
  const [job] = jobsOf([knownMarket("KXA-1", { status: "closed", closedAtMs })]);
  const { asks, error } = drive(job!.run(), () => null);
  assert.deepEqual(asks.map(({ kind, edition }) => [kind, edition]), [
    ["kalshi_candles", TODAY],
    ["kalshi_archive_candles", TODAY],
  ]);
  assert.equal(
    error,
    "Cannot ask for the prices of kalshi:KXA-1 as one tier must have it: got 404 of both",
  );
});

Deno.test("askPrices() believes a last batch of an ended contract whose series nobody knows", () => {
  const closedAtMs = day("2026-11-14T17:00:00Z");
  const ended = { status: "settled", closedAtMs, series: null } as const;
  const span = query("2026-11-12", "2026-11-15");
  const batch = `/markets/candlesticks?market_tickers=KXA-1&${span}`;
  const archive = `/historical/markets/KXA-1/candlesticks?${span}`;
  const noCandles = { markets: [{ market_ticker: "KXA-1", candlesticks: [] }] };
  const asked = (
    changed: Parameters<typeof knownMarket>[1],
    { live = noCandles, gone = NOT_FOUND }: { live?: unknown; gone?: unknown } = {},
  ) => {
    const { asks, error } = drive(
      jobsOf([knownMarket("KXA-1", changed)])[0]!.run(),
      (path) => path.startsWith("/markets") ? live : gone,
    );
    return [asks.map(({ path, kind, edition }) => [path, kind, edition]), error];
  };
  const both =
    "Cannot ask for the prices of kalshi:KXA-1 as one tier must have it: got 404 of both";
  const firstBatch = [batch, "kalshi_ended_batch_candles", ""];
  const lastBatch = [batch, "kalshi_last_batch_candles", TODAY];
  const ofArchive = [archive, "kalshi_archive_candles", TODAY];
  assert.deepEqual(asked(ended), [[firstBatch, ofArchive, lastBatch], null]);
  assert.deepEqual(asked(ended, { live: { markets: [] } }), [
    [firstBatch, ofArchive, lastBatch],
    null,
  ]);
  assert.deepEqual(asked({ ...ended, tier: "archive" }), [
    [[archive, "kalshi_archive_candles", ""], ofArchive, lastBatch],
    null,
  ]);
  const other = { markets: [{ market_ticker: "KXA-2", candlesticks: [] }] };
  assert.deepEqual(asked(ended, { live: other }), [[firstBatch, ofArchive, lastBatch], both]);
  // the first batch was of the day already
  const fresh = {
    nowMs: day("2026-11-15T09:00:00Z"),
    edition: "2026-11-15",
    untilMs: day("2026-11-15"),
  };
  const [job] = jobsOf([knownMarket("KXA-1", ended)], fresh);
  const young = drive(job!.run(), (path) => path.startsWith("/markets") ? noCandles : NOT_FOUND);
  assert.deepEqual([young.paths, young.error], [[batch, archive], both]);
  // a 404 of another server says nothing, and a contract that trades cannot be nowhere
  assert.deepEqual(asked(ended, { gone: null }), [[firstBatch, ofArchive], both]);
  const { paths, error } = drive(
    jobsOf([knownMarket("KXA-1", { series: null })])[0]!.run(),
    (path) => path.startsWith("/markets") ? { markets: [] } : NOT_FOUND,
  );
  assert.deepEqual([paths.length, error], [2, both]);
});

Deno.test("wantedSpan() takes whole days from opening to closing, within the pull", () => {
  const wanted = (changed: Parameters<typeof knownMarket>[1], sinceMs: number | null = null) => {
    const { fromMs, toMs } = wantedSpan(knownMarket("KXA-1", changed), { sinceMs, untilMs: UNTIL });
    return [fromMs, toMs].map((ms) => new Date(ms).toISOString().slice(0, 10));
  };
  assert.deepEqual(wanted({}), ["2026-11-12", TODAY]);
  assert.deepEqual(wanted({}, day("2026-11-15T08:00:00Z")), ["2026-11-15", TODAY]);
  assert.deepEqual(wanted({ opensAtMs: null }), ["2021-06-30", TODAY]);
  const closed = { status: "closed", closedAtMs: day("2026-11-14T17:00:00Z") } as const;
  assert.deepEqual(wanted(closed), ["2026-11-12", "2026-11-15"]);
  assert.deepEqual(wanted({ ...closed, closedAtMs: day("2026-11-14") }), [
    "2026-11-12",
    "2026-11-14",
  ]);
  assert.deepEqual(wanted({ ...closed, status: "open" }), ["2026-11-12", TODAY]);
});

Deno.test("endedPriceJobs() asks for each missing day of each contract once, within the venue's limits", () => {
  const market = fc.record({
    opens: fc.integer({ min: 1, max: 700 }),
    lasts: fc.integer({ min: 1, max: 700 }),
    hole: fc.integer({ min: 0, max: 300 }),
    isArchived: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(market, { maxLength: 40 }), (drawn) => {
      const markets = drawn.map(({ opens, lasts, hole, isArchived }, k) => {
        const opensAtMs = UNTIL - opens * MS_PER_DAY;
        const fromMs = opensAtMs + 2 * MS_PER_DAY;
        return knownMarket(`KXA-${k}`, {
          opensAtMs: opensAtMs + 3_600_000,
          status: "closed",
          closedAtMs: opensAtMs + lasts * MS_PER_DAY,
          tier: isArchived ? "archive" : "live",
          priced: hole === 0 ? [] : [{ fromMs, toMs: fromMs + hole * MS_PER_DAY }],
        });
      });
      const asked = new Map<string, Span[]>();
      for (const job of jobsOf(markets)) {
        for (const { path, subject } of drive(job.run(), candles).asks) {
          const query = new URLSearchParams(path.split("?")[1]);
          const fromMs = Number(query.get("start_ts")) * 1000;
          const toMs = Number(query.get("end_ts")) * 1000;
          const names = subject.split(",");
          const nCandles = (toMs - fromMs) / 3_600_000 + 1;
          assert.ok(names.length <= 100 && nCandles <= 5000 && names.length * nCandles <= 10_000);
          for (const name of names) asked.set(name, [...asked.get(name) ?? [], { fromMs, toMs }]);
        }
      }
      for (const one of markets) {
        const wanted = wantedSpan(one, { sinceMs: null, untilMs: UNTIL });
        const spans = asked.get(one.marketId) ?? [];
        assert.deepEqual(missingSpans(wanted, [...one.priced, ...spans]), []);
        const nDays = spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
        const nMissing = missingSpans(wanted, one.priced)
          .reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
        assert.equal(nDays, nMissing);
      }
    }),
    { seed: 8, numRuns: 60 },
  );
});
