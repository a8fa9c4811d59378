import assert from "node:assert/strict";
import fc from "fast-check";
import { priceJobs } from "lib/sources/polymarket/price_plan.ts";
import type { KnownMarket } from "lib/sources/live/venue.ts";
import { contract, drive, knownOf, options, utc } from "./history_fixture.ts";

/** Spans as `2026-11-07 00:00:00 – 2026-11-22 00:00:00`. */
function spansText(asks: readonly { path: string }[]): string[] {
  return asks.map(({ path }) => {
    const [from, to] = Array.from(
      path.matchAll(/(?:start|end)(?:Ts)?=(\d+)/g),
      ([, seconds]) =>
        new Date(Number(seconds) * 1000).toISOString().slice(0, 19).replace("T", " "),
    );
    return `${path.startsWith("/v2") ? "data" : "clob"} ${from} – ${to}`;
  });
}

function jobsOf(markets: readonly KnownMarket[], changes: Partial<typeof options> = {}) {
  return [...priceJobs(knownOf(markets), { ...options, ...changes })];
}

/** A page with one bucket, the first of its window. */
function onePoint({ path }: { path: string }) {
  const start = Number(/start(?:Ts)?=(\d+)/.exec(path)![1]);
  return path.startsWith("/v2")
    ? {
      data: [{ timestamp: start, price: 0.4, resolution_seconds: 10_800 }],
      pagination: { limit: 10_000, offset: 0, has_more: false, next_cursor: null },
    }
    : { history: [{ t: start, p: 0.4 }] };
}

function empty({ path }: { path: string }) {
  return path.startsWith("/v2")
    ? { data: [], pagination: { limit: 10_000, offset: 0, has_more: false, next_cursor: null } }
    : { history: [] };
}

Deno.test("priceJobs() asks for an open contract from the midnight before it opened", () => {
  const [job] = jobsOf([contract()]);
  assert.equal(job!.name, "prices of poly:1");
  assert.equal(job!.nAsks, 1);
  assert.deepEqual(drive(job!, onePoint), {
    error: null,
    asks: [{
      host: "data",
      path: "/v2/prices-history?token_id=11&start=1794268800&end=1795305600" +
        "&bucket_seconds=10800&limit=10000",
      body: null,
      format: "json",
      kind: "data_prices",
      subject: "poly:1",
      edition: "2026-11-22",
    }],
  });
  assert.equal(utc("2026-11-10") / 1000, 1_794_268_800);
  assert.equal(utc("2026-11-22") / 1000, 1_795_305_600);
});

Deno.test("priceJobs() cuts a closed contract's life into windows back from its closing time", () => {
  const closed = contract({
    market: { opensAtMs: utc("2026-03-01T09:00:00Z") },
    state: { status: "closed", closedAtMs: utc("2026-04-05T19:37:33Z") },
  });
  const [job] = jobsOf([closed]);
  assert.equal(job!.nAsks, 3);
  assert.deepEqual(spansText(drive(job!, onePoint).asks), [
    "data 2026-03-22 00:00:00 – 2026-04-05 19:37:33",
    "data 2026-03-07 00:00:00 – 2026-03-22 00:00:00",
    "data 2026-03-01 00:00:00 – 2026-03-07 00:00:00",
  ]);
});

Deno.test("priceJobs() wants nothing before November 2022, before since, or after the last whole day", () => {
  const old = contract({
    market: { opensAtMs: null, createdAtMs: utc("2021-01-01") },
    state: { status: "closed", closedAtMs: utc("2022-11-20") },
  });
  assert.deepEqual(spansText(drive(jobsOf([old])[0]!, onePoint).asks), [
    "data 2022-11-18 00:00:00 – 2022-11-20 00:00:00",
  ]);
  const since = jobsOf([contract()], { sinceMs: utc("2026-11-20T05:00:00Z") });
  assert.deepEqual(spansText(drive(since[0]!, onePoint).asks), [
    "data 2026-11-20 00:00:00 – 2026-11-22 00:00:00",
  ]);
  const laterClose = contract({ state: { status: "closed", closedAtMs: options.nowMs } });
  assert.deepEqual(spansText(drive(jobsOf([laterClose])[0]!, onePoint).asks), [
    "data 2026-11-10 00:00:00 – 2026-11-22 00:00:00",
  ]);
});

Deno.test("priceJobs() asks as of today while a window's last day may still be late, else for ever", () => {
  const opened = contract({ market: { opensAtMs: utc("2026-10-01") } });
  const { asks } = drive(jobsOf([opened])[0]!, onePoint);
  assert.deepEqual(asks.map(({ edition }) => edition), ["2026-11-22", "", "", ""]);
});

Deno.test("priceJobs() of a second pull asks for new days only", () => {
  const priced = [{ fromMs: utc("2026-11-10"), toMs: utc("2026-11-21") }];
  const [job] = jobsOf([contract({ priced })]);
  assert.deepEqual(spansText(drive(job!, onePoint).asks), [
    "data 2026-11-21 00:00:00 – 2026-11-22 00:00:00",
  ]);
  const middle = [{ fromMs: utc("2026-11-12"), toMs: utc("2026-11-20") }];
  const [both] = jobsOf([contract({ priced: middle })]);
  assert.deepEqual(spansText(drive(both!, onePoint).asks), [
    "data 2026-11-20 00:00:00 – 2026-11-22 00:00:00",
    "data 2026-11-10 00:00:00 – 2026-11-12 00:00:00",
  ]);
  const all = [{ fromMs: utc("2026-11-10"), toMs: utc("2026-11-22") }];
  assert.deepEqual(jobsOf([contract({ priced: all })]), []);
});

Deno.test("priceJobs() asks for the whole day where a contract closed later than it first said", () => {
  const state = { status: "closed", closedAtMs: utc("2026-11-15T18:00:00Z") } as const;
  const priced = [{ fromMs: utc("2026-11-10"), toMs: utc("2026-11-15T10:00:00Z") }];
  const [job] = jobsOf([contract({ state, priced })]);
  assert.deepEqual(spansText(drive(job!, onePoint).asks), [
    "data 2026-11-15 00:00:00 – 2026-11-15 18:00:00",
  ]);
});

Deno.test("priceJobs() has no job without a token of digits, or for what has not opened", () => {
  const native = { token: "../x", condition: "" };
  assert.deepEqual(
    jobsOf([
      contract({ market: { tokenId: null }, state: { native: {} } }),
      contract({ state: { native } }),
      contract({ market: { opensAtMs: utc("2026-12-24") } }),
    ]),
    [],
  );
});

Deno.test("priceJobs() stops the life of a closed contract without closing time at its scheduled end", () => {
  const closed = contract({
    state: { status: "closed", closedAtMs: null, closesAtMs: utc("2026-11-12") },
  });
  assert.deepEqual(spansText(drive(jobsOf([closed])[0]!, onePoint).asks), [
    "data 2026-11-10 00:00:00 – 2026-11-12 00:00:00",
  ]);
});

Deno.test("priceJobs() takes the creation where a contract would open after its scheduled end", () => {
  const late = contract({
    market: {
      createdAtMs: utc("2026-11-08T09:00:00Z"),
      opensAtMs: utc("2026-11-20"),
      closesAtMs: utc("2026-11-11"),
    },
    state: { status: "closed", closedAtMs: utc("2026-11-11T06:00:00Z") },
  });
  assert.deepEqual(spansText(drive(jobsOf([late])[0]!, onePoint).asks), [
    "data 2026-11-08 00:00:00 – 2026-11-11 06:00:00",
  ]);
});

Deno.test("priceJobs() asks the order-book interface where the data interface fails", () => {
  const [job] = jobsOf([contract()]);
  const { asks, error } = drive(job!, (ask) => ask.host === "data" ? 503 : onePoint(ask));
  assert.equal(error, null);
  assert.deepEqual(asks[1], {
    host: "clob",
    path: "/prices-history?market=11&startTs=1794268800&endTs=1795305600&fidelity=180",
    body: null,
    format: "json",
    kind: "clob_prices",
    subject: "poly:1",
    edition: "2026-11-22",
  });
  assert.equal(asks.length, 2);
});

Deno.test("priceJobs() asks the order-book interface at once where the data interface has no point", () => {
  const long = contract({ market: { opensAtMs: utc("2026-11-01") } });
  const [job] = jobsOf([long]);
  assert.deepEqual(spansText(drive(job!, empty).asks), [
    "data 2026-11-07 00:00:00 – 2026-11-22 00:00:00",
    "clob 2026-11-07 00:00:00 – 2026-11-22 00:00:00",
    "data 2026-11-01 00:00:00 – 2026-11-07 00:00:00",
    "clob 2026-11-01 00:00:00 – 2026-11-07 00:00:00",
  ]);
  const hosts = (reply: Parameters<typeof drive>[1]) =>
    drive(job!, reply).asks.map(({ host }) => host);
  assert.deepEqual(hosts(onePoint), ["data", "data"]);
  assert.deepEqual(hosts((ask, i) => i === 0 ? empty(ask) : onePoint(ask)), [
    "data",
    "clob",
    "data",
  ]);
  assert.deepEqual(hosts((ask, i) => i === 0 ? 500 : onePoint(ask)), ["data", "clob", "data"]);
});

Deno.test("priceJobs() asks for the rest of a page that has more as a window of its own", () => {
  const [job] = jobsOf([contract()]);
  const noon = utc("2026-11-14T12:00:00Z") / 1000;
  const { asks } = drive(job!, (ask, i) =>
    i > 0 ? onePoint(ask) : {
      data: [
        { timestamp: noon - 86_400, price: 0.3, resolution_seconds: 10_800 },
        { timestamp: noon, price: 0.4, resolution_seconds: 10_800 },
      ],
      pagination: { limit: 2, offset: 0, has_more: true, next_cursor: "abc" },
    });
  assert.deepEqual(spansText(asks), [
    "data 2026-11-10 00:00:00 – 2026-11-22 00:00:00",
    "data 2026-11-14 00:00:00 – 2026-11-22 00:00:00",
  ]);
});

Deno.test("priceJobs() windows cover what is missing once, and none is above 15 days", () => {
  const half = fc.integer({ min: 0, max: 2 * 86_400 });
  const days = fc.integer({ min: 0, max: 400 });
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 400 }), half, days, days, (...drawn) => {
      const [opens, life, seconds, from, length] = drawn;
      const opensAtMs = utc("2025-01-01") + opens * 86_400_000;
      const closedAtMs = opensAtMs + life * 86_400_000 + seconds * 1000;
      const pricedFrom = utc("2025-01-01") + from * 86_400_000;
      const priced = length === 0
        ? []
        : [{ fromMs: pricedFrom, toMs: pricedFrom + length * 86_400_000 }];
      const [job] = jobsOf([
        contract({
          market: { opensAtMs },
          state: { status: "closed", closedAtMs },
          priced,
        }),
      ]);
      const asks = job === undefined ? [] : drive(job, onePoint).asks;
      // a window of a few hours has no close, so the other interface is asked too
      const windows = asks.filter(({ host }) => host === "data").map(({ path }) => {
        const [, start, end] = /start=(\d+)&end=(\d+)/.exec(path)!.map(Number);
        return { fromMs: start! * 1000, toMs: end! * 1000 };
      });
      assert.equal(windows.length, job?.nAsks ?? 0);
      const toMs = Math.min(closedAtMs, options.untilMs);
      for (const window of windows) {
        assert.ok(window.toMs - window.fromMs <= 15 * 86_400_000 && window.toMs > window.fromMs);
        assert.equal(window.fromMs % 86_400_000, 0);
      }
      for (let atMs = opensAtMs; atMs < toMs; atMs += 43_200_000) {
        const times = [...windows, ...priced]
          .filter((span) => span.fromMs <= atMs && atMs < span.toMs).length;
        assert.equal(times, 1);
      }
    }),
    { seed: 8, numRuns: 200 },
  );
});

Deno.test("priceJobs() says which answer did not come", () => {
  const [job] = jobsOf([contract()]);
  const path = "/v2/prices-history?token_id=11&start=1794268800&end=1795305600" +
    "&bucket_seconds=10800&limit=10000";
  assert.equal(
    drive(job!, () => 400).error,
    `Error: Cannot ask for the prices of poly:1 as an answer must come: got status 400 (GET data ${path})`,
  );
  assert.equal(
    drive(job!, () => 503).error,
    "Error: Cannot ask for the prices of poly:1 as an answer must come: got status 503 " +
      "(GET clob /prices-history?market=11&startTs=1794268800&endTs=1795305600&fidelity=180)",
  );
  const stuck = { data: [], pagination: { has_more: true, next_cursor: "abc" } };
  assert.equal(
    drive(job!, () => stuck).error,
    "Error: Cannot read the prices of poly:1 as a page must hold the rows of a day: got part of a " +
      `day (GET data ${path})`,
  );
});
