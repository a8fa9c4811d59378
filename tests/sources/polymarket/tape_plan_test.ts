import assert from "node:assert/strict";
import { tapeJobs } from "lib/sources/polymarket/tape_plan.ts";
import type { KnownMarket } from "lib/sources/live/venue.ts";
import { CONDITION, contract, drive, knownOf, options, utc } from "./history_fixture.ts";

const PATH = `/v2/trades?condition=${CONDITION}&taker_only=true&limit=1000`;

function jobsOf(
  markets: readonly KnownMarket[],
  { crawls = {}, ...changes }: Partial<typeof options> & {
    crawls?: Record<string, readonly string[]>;
  } = {},
) {
  return [...tapeJobs(knownOf(markets, crawls), { ...options, ...changes })];
}

/** A page with one trade of an instant. */
function pageOf(instant: string, next: string | null) {
  return {
    data: [{
      timestamp: utc(instant) / 1000,
      size: 10,
      price: 0.5,
      token_id: "11",
      condition_id: CONDITION,
      transaction_hash: "0x1",
      proxy_wallet: "0x2",
      side: "BUY",
    }],
    pagination: { limit: 1000, offset: 0, has_more: next !== null, next_cursor: next },
  };
}

Deno.test("tapeJobs() walks back by cursor, with the same filters, to the day of opening", () => {
  const [job] = jobsOf([contract()]);
  assert.equal(job!.name, "trades of poly:1");
  assert.equal(job!.nAsks, 1);
  const pages = [
    pageOf("2026-11-15T08:00:00Z", "a/b=&c"),
    pageOf("2026-11-09T23:59:59Z", "more"),
  ];
  const { asks, error } = drive(job!, (_, i) => pages[i]);
  assert.equal(error, null);
  assert.deepEqual(asks[0], {
    host: "data",
    path: PATH,
    body: null,
    format: "json",
    kind: "data_trades",
    subject: "poly:1",
    edition: "2026-11-22",
  });
  assert.deepEqual(asks.map(({ path }) => path), [PATH, `${PATH}&cursor=a%2Fb%3D%26c`]);
});

Deno.test("tapeJobs() goes on past a trade on the first missing day, and ends with the tape", () => {
  const [job] = jobsOf([contract()]);
  const first = pageOf("2026-11-10T00:00:00Z", "more");
  const { asks } = drive(job!, (_, i) => i === 0 ? first : pageOf("2026-11-10T00:00:00Z", null));
  assert.equal(asks.length, 2);
  const none = { data: [], pagination: { has_more: false, next_cursor: null } };
  assert.equal(drive(job!, () => none).asks.length, 1);
});

Deno.test("tapeJobs() of a second pull walks back to the first new day only", () => {
  const taped = [{ fromMs: 0, toMs: utc("2026-11-20") }];
  const [job] = jobsOf([contract({ taped })]);
  const pages = [
    pageOf("2026-11-20T00:00:00Z", "more"),
    pageOf("2026-11-19T23:00:00Z", "even more"),
  ];
  assert.equal(drive(job!, (_, i) => pages[i]).asks.length, 2);
});

Deno.test("tapeJobs() has no job for what is taped, never traded, or without a condition id", () => {
  const closed = { status: "closed", closedAtMs: utc("2026-11-15T18:00:00Z") } as const;
  assert.deepEqual(
    jobsOf([
      contract({ taped: [{ fromMs: 0, toMs: utc("2026-11-22") }] }),
      contract({ state: closed, taped: [{ fromMs: 0, toMs: utc("2026-11-16") }] }),
      contract({ state: { volumeUsd: 0 } }),
      contract({ market: { conditionId: null }, state: { native: { condition: "0x12" } } }),
    ]),
    [],
  );
  assert.equal(
    jobsOf([contract({ state: closed, taped: [{ fromMs: 0, toMs: utc("2026-11-15") }] })]).length,
    1,
  );
});

Deno.test("tapeJobs() names a walk by the first day that is still settling", () => {
  const [job] = jobsOf([contract()], {
    nowMs: utc("2026-11-22T00:10:00Z"),
    untilMs: utc("2026-11-21"),
  });
  const { asks } = drive(job!, () => pageOf("2026-11-10T00:00:00Z", null));
  assert.deepEqual(asks.map(({ edition }) => edition), ["2026-11-21"]);
});

Deno.test("tapeJobs() cuts a walk after trade_pages, and says so in the last ask", () => {
  const [job] = jobsOf([contract()]);
  const { asks, error } = drive(job!, (_, i) => pageOf("2026-11-20T00:00:00Z", `page ${i + 2}`));
  assert.equal(error, null);
  assert.deepEqual(asks.map(({ kind, subject }) => [kind, subject]), [
    ["data_trades", "poly:1"],
    ["data_trades", "poly:1"],
    ["data_trades_end", "poly:1,3"],
  ]);
});

Deno.test("tapeJobs() does not walk again to days before a cut", () => {
  const crawls = { "first 3 pages of trades of poly:1": ["2026-11-20"] };
  const cut = contract({ taped: [{ fromMs: utc("2026-11-18"), toMs: utc("2026-11-20") }] });
  const [job] = jobsOf([cut], { crawls });
  const { asks } = drive(job!, () => pageOf("2026-11-19T23:00:00Z", "more"));
  assert.equal(asks.length, 1);
  const taped = [{ fromMs: utc("2026-11-18"), toMs: utc("2026-11-22") }];
  assert.deepEqual(jobsOf([contract({ taped })], { crawls }), []);
  const withoutCut = jobsOf([contract({ taped })]);
  assert.equal(withoutCut.length, 1);
  // a walk that was cut within its first day covers nothing: only the days from then on are wanted
  const busy = jobsOf([contract()], { crawls });
  assert.equal(drive(busy[0]!, () => pageOf("2026-11-19T23:00:00Z", "more")).asks.length, 1);
});

Deno.test("tapeJobs() wants no more than the three years that the venue keeps", () => {
  const opensAtMs = utc("2022-12-01");
  const taped = [{ fromMs: utc("2023-11-28"), toMs: utc("2026-11-22") }];
  assert.deepEqual(jobsOf([contract({ market: { opensAtMs }, taped })]), []);
});

Deno.test("tapeJobs() says why a walk cannot go on", () => {
  const [job] = jobsOf([contract()]);
  const walk = "Error: Cannot walk the trades of poly:1 as page";
  assert.equal(
    drive(job!, () => pageOf("2026-11-20T00:00:00Z", "same")).error,
    `${walk} 2 must lead to older ones: got that its next page was asked for before`,
  );
  const unreadable = { data: [{}], pagination: { has_more: false, next_cursor: null } };
  assert.equal(
    drive(job!, () => unreadable).error,
    `${walk} 1 must lead to older ones: got that no row of it can be read`,
  );
  const lost = pageOf("2026-11-20T00:00:00Z", null);
  lost.pagination.has_more = true;
  assert.equal(
    drive(job!, () => lost).error,
    `${walk} 1 must lead to older ones: got that it has a next page but does not name it`,
  );
  assert.equal(
    drive(job!, () => 503).error,
    `Error: Cannot ask for the trades of poly:1 as an answer must come: got status 503 (GET data ${PATH})`,
  );
});
