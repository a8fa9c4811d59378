import assert from "node:assert/strict";
import { constants, generateKeyPairSync, sign } from "node:crypto";
import type { KalshiAccess } from "./kalshi_access.ts";
import { SMALL, smallWorld } from "./kalshi_small_world.ts";
import { kalshiStub } from "./kalshi_stub.ts";

// deno-lint-ignore no-explicit-any
type Json = any;

const NOW_MS = Date.parse("2026-03-01T12:00:00Z");
const NOT_FOUND = { error: { code: "not_found", message: "not found" } };

function client(access: KalshiAccess = {}, nowMs = NOW_MS) {
  const stub = kalshiStub(smallWorld(SMALL, () => nowMs), access);
  return async (path: string, headers: Record<string, string> = {}) => {
    const response = stub(new Request(`http://127.0.0.1/kalshi${path}`, { headers }));
    return {
      status: response.status,
      headers: response.headers,
      body: await response.json() as Json,
    };
  };
}

async function tickers(path: string, nowMs = NOW_MS): Promise<string[]> {
  const { status, body } = await client({}, nowMs)(path);
  assert.equal(status, 200);
  return body.markets.map((one: Json) => one.ticker);
}

const OURS = /^(KXALPHA|OLD|KXBETA)/;

Deno.test("kalshiStub() says the time of the world's clock", async () => {
  const { headers } = await client()("/historical/cutoff");
  assert.equal(headers.get("date"), "Sun, 01 Mar 2026 12:00:00 GMT");
});

Deno.test("kalshiStub() gives an open contract's record in dollars and counts", async () => {
  const { body } = await client()("/markets/KXALPHA-26-A");
  const { market } = body;
  assert.deepEqual([market.ticker, market.event_ticker], ["KXALPHA-26-A", "KXALPHA-26"]);
  assert.deepEqual([market.status, market.result], ["active", ""]);
  assert.equal(market.title, "Will KXALPHA-26-A happen?");
  assert.equal(market.rules_primary, "Rules of KXALPHA-26-A.");
  assert.equal(market.open_time, "2026-02-24T18:30:00Z");
  assert.equal(market.close_time, "2026-06-01T15:00:00Z");
  assert.ok(!("series_ticker" in market) && !("category" in market) && !("volume" in market));
  for (const [name, value] of Object.entries(market)) {
    if (name.endsWith("_dollars")) assert.match(value as string, /^[01]\.\d{4,6}$/, name);
    if (name.endsWith("_fp")) assert.match(value as string, /^\d+\.\d{2}$/, name);
  }
  const { yes_bid_dollars: bid, yes_ask_dollars: ask } = market;
  assert.ok(Math.abs((Number(bid) + Number(ask)) / 2 - 0.123456) < 1e-12, `${bid} ${ask}`);
  assert.equal(market.no_bid_dollars, (1 - Number(ask)).toFixed(ask.length - 2));
});

Deno.test("kalshiStub() gives a settlement its value, an early end its close", async () => {
  const { market } = (await client()("/markets/KXALPHA-26-B")).body;
  assert.deepEqual(
    [market.status, market.result, market.settlement_value_dollars, market.settlement_ts],
    ["finalized", "scalar", "0.5000", "2026-02-21T20:10:00Z"],
  );
  assert.deepEqual([market.close_time, market.can_close_early], ["2026-02-21T20:10:00Z", true]);
  assert.equal(market.expected_expiration_time, "2026-04-01T15:00:00Z");
  const before = await client({}, Date.parse("2026-02-21T12:00:00Z"))("/markets/KXALPHA-26-B");
  assert.deepEqual([before.body.market.status, before.body.market.result], ["active", ""]);
  assert.equal(before.body.market.close_time, "2026-04-01T15:00:00Z");
});

Deno.test("kalshiStub() has each ticker in exactly one tier", async () => {
  const get = client();
  for (const name of ["KXALPHA-26-A", "KXALPHA-26-B", "OLD-25-C"]) {
    const inArchive = name === "OLD-25-C";
    const live = await get(`/markets/${name}`), archived = await get(`/historical/markets/${name}`);
    assert.deepEqual([live.status, archived.status], inArchive ? [404, 200] : [200, 404]);
    assert.deepEqual((inArchive ? live : archived).body, NOT_FOUND);
  }
  assert.deepEqual((await get("/markets/KXBETA-27-D")).body, NOT_FOUND);
  assert.deepEqual((await get("/historical/cutoff")).body, {
    market_settled_ts: "2025-12-01T00:00:00Z",
    trades_created_ts: "2025-12-01T00:00:00Z",
    orders_updated_ts: "2025-12-01T00:00:00Z",
  });
});

Deno.test("kalshiStub() filters by status and answers with other words", async () => {
  const get = client();
  for (const [filter, word] of [["open", "active"], ["settled", "finalized"]]) {
    const { markets } = (await get(`/markets?limit=1000&status=${filter}`)).body;
    assert.ok(markets.length > 3);
    for (const one of markets) assert.equal(one.status, word);
  }
  assert.deepEqual(await tickers("/markets?mve_filter=exclude&status=open&series_ticker=KXALPHA"), [
    "KXALPHA-26-A",
  ]);
  const ended = Date.parse("2025-09-02T15:05:00Z");
  assert.deepEqual(await tickers("/markets?status=closed&series_ticker=KXOLD", ended), []);
  for (const word of ["paused", "finalized"]) {
    const { status, body } = await get(`/markets?status=${word}`);
    assert.deepEqual([status, body.error.message], [400, "invalid status filter"]);
  }
});

Deno.test("kalshiStub() floods /markets with parlays unless they are excluded", async () => {
  const all = await tickers("/markets?limit=1000");
  const parlays = all.filter((name) => name.startsWith("KXMVE"));
  assert.ok(parlays.length > all.length / 2, `${parlays.length} of ${all.length}`);
  const rest = await tickers("/markets?limit=1000&mve_filter=exclude");
  assert.deepEqual(rest, all.filter((name) => !name.startsWith("KXMVE")));
  assert.deepEqual(await tickers("/markets?limit=1000&mve_filter=only"), parlays);
  assert.deepEqual(rest.filter((name) => OURS.test(name)), ["KXALPHA-26-A", "KXALPHA-26-B"]);
  assert.ok(rest.some((name) => name.startsWith("KXBTCH-")));
});

Deno.test("kalshiStub() pages by a cursor that is empty at the end", async () => {
  const get = client(), whole = await tickers("/markets?limit=1000");
  const found: string[] = [];
  let cursor = "";
  do {
    const { body } = await get(`/markets?limit=40&cursor=${encodeURIComponent(cursor)}`);
    assert.ok(body.markets.length === 40 || body.cursor === "");
    found.push(...body.markets.map((one: Json) => one.ticker));
    cursor = body.cursor;
  } while (cursor !== "");
  assert.deepEqual(found, whole);
  assert.equal((await get("/markets")).body.markets.length, 100);
});

Deno.test("kalshiStub() takes filters by time of one family only, tied to the status", async () => {
  const get = client();
  const refused = [
    "min_created_ts=1&min_close_ts=1",
    "min_settled_ts=1&status=open",
    "max_close_ts=1&status=settled",
    "min_created_ts=1&status=settled",
    "min_updated_ts=1",
    "min_updated_ts=1&mve_filter=exclude&status=open",
    "limit=1001",
    "limit=x",
    "cursor=nonsense",
  ];
  for (const query of refused) assert.equal((await get(`/markets?${query}`)).status, 400, query);
  const from = Date.parse("2026-02-21T00:00:00Z") / 1_000;
  assert.deepEqual(
    await tickers(`/markets?status=settled&series_ticker=KXALPHA&min_settled_ts=${from}`),
    ["KXALPHA-26-B"],
  );
  assert.deepEqual(
    await tickers(`/markets?status=settled&series_ticker=KXALPHA&min_settled_ts=${from + 86_400}`),
    [],
  );
  assert.equal((await get("/markets?min_updated_ts=1&mve_filter=exclude")).status, 200);
});

Deno.test("kalshiStub() takes tickers as one csv parameter", async () => {
  assert.deepEqual(await tickers("/markets?tickers=KXALPHA-26-B,NONE,OLD-25-C,KXALPHA-26-A"), [
    "KXALPHA-26-B",
    "KXALPHA-26-A",
  ]);
});

Deno.test("kalshiStub() lists the archive by one name and ignores dates", async () => {
  assert.deepEqual(await tickers("/historical/markets?min_close_ts=99999999999"), ["OLD-25-C"]);
  assert.deepEqual(await tickers("/historical/markets?series_ticker=KXOLD"), ["OLD-25-C"]);
  assert.deepEqual(await tickers("/historical/markets?event_ticker=KXALPHA-26"), []);
  const both = await client()("/historical/markets?series_ticker=KXOLD&mve_filter=exclude");
  assert.equal(both.status, 400);
});

Deno.test("kalshiStub() lists events without parlays, with contracts where asked for", async () => {
  const get = client();
  const names = (body: Json) => body.events.map((one: Json) => one.event_ticker);
  const { body } = await get("/events?status=open&series_ticker=KXALPHA&with_nested_markets=true");
  assert.deepEqual(names(body), ["KXALPHA-26"]);
  assert.equal(body.cursor, "");
  assert.equal(body.events[0].series_ticker, "KXALPHA");
  assert.equal(body.events[0].markets.length, 2);
  const all = (await get("/events?limit=200")).body;
  assert.ok(!names(all).some((name: string) => name.startsWith("KXMVE")));
  assert.ok(!names(all).includes("KXBETA-27") && !("markets" in all.events[0]));
  assert.deepEqual(names((await get("/events?limit=1")).body), ["KXALPHA-26"]);
  assert.notEqual((await get("/events?limit=1")).body.cursor, "");
  assert.equal((await get("/events?limit=201")).status, 400);
  const one = (await get("/events/OLD-25")).body;
  assert.deepEqual([one.event.series_ticker, one.markets], ["KXOLD", []]);
  assert.deepEqual((await get("/events/NONE")).body, NOT_FOUND);
});

Deno.test("kalshiStub() lists series at once, an unknown category silently empty", async () => {
  const get = client();
  const { series, cursor } = (await get("/series")).body;
  assert.equal(cursor, undefined);
  const names = series.map((one: Json) => one.ticker);
  assert.deepEqual(names.filter((name: string) => OURS.test(name)), ["KXALPHA"]);
  const frequencies = new Map(series.map((one: Json) => [one.ticker, one.frequency]));
  assert.deepEqual([frequencies.get("KXBTCH"), frequencies.get("KXHIGHNYD")], ["hourly", "daily"]);
  assert.deepEqual((await get("/series?category=Nonsense")).body, { series: [] });
  const crypto = (await get("/series?category=Crypto")).body.series;
  assert.ok(crypto.length >= 2 && crypto.every((one: Json) => one.category === "Crypto"));
  const alpha = (await get("/series/KXALPHA")).body.series;
  assert.equal(typeof alpha.fee_multiplier, "number");
  assert.match(alpha.fee_type, /^(quadratic|quadratic_with_maker_fees|flat)$/);
  assert.deepEqual((await get("/series/KXNONE")).body, NOT_FOUND);
});

Deno.test("kalshiStub() tells fee changes to come, and past ones where asked for", async () => {
  const names = ["KXA-1", "KXB-1", "KXC-1", "KXD-1", "KXE-1", "KXF-1", "KXG-1", "KXH-1"];
  const list = names.map((event) => ({ ...SMALL[1]!, event, name: `${event}-X` }));
  const ask = async (query: string, nowMs: number) => {
    const stub = kalshiStub(smallWorld(list, () => nowMs));
    const response = stub(new Request(`http://x/kalshi/series/fee_changes${query}`));
    return (await response.json()).series_fee_change_arr;
  };
  const early = await ask("", NOW_MS), late = NOW_MS + 400 * 86_400_000;
  assert.ok(early.length > 0 && early.every((one: Json) => Date.parse(one.scheduled_ts) > NOW_MS));
  assert.deepEqual(await ask("", late), []);
  assert.deepEqual(await ask("?show_historical=true", late), early);
  const { series_ticker: ticker } = early[0];
  assert.deepEqual(await ask(`?series_ticker=${ticker}`, NOW_MS), [early[0]]);
});

Deno.test("kalshiStub() gives books of bids, ascending, and an empty one for any other name", async () => {
  const get = client();
  const { orderbook_fp: book } = (await get("/markets/KXALPHA-26-A/orderbook")).body;
  const { market } = (await get("/markets/KXALPHA-26-A")).body;
  const prices = (side: Json) => side.map(([price]: [string]) => Number(price));
  assert.equal(book.yes_dollars.at(-1)[0], market.yes_bid_dollars);
  assert.equal(book.no_dollars.at(-1)[0], market.no_bid_dollars);
  let restingUsd = 0;
  for (const side of [book.yes_dollars, book.no_dollars]) {
    assert.deepEqual(prices(side), prices(side).toSorted((a: number, b: number) => a - b));
    for (const [price, size] of side) restingUsd += Number(price) * Number(size);
  }
  assert.ok(Math.abs(restingUsd - 400) < 0.05, `${restingUsd}`);
  const top = (await get("/markets/KXALPHA-26-A/orderbook?depth=1")).body.orderbook_fp;
  assert.deepEqual(top.yes_dollars, [book.yes_dollars.at(-1)]);
  const empty = { orderbook_fp: { yes_dollars: [], no_dollars: [] } };
  assert.deepEqual((await get("/markets/NONE/orderbook")).body, empty);
  assert.deepEqual((await get("/markets/KXALPHA-26-B/orderbook")).body, empty);
  assert.equal((await get("/markets/orderbooks?tickers=NONE")).status, 401);
});

Deno.test("kalshiStub() refuses above 5 requests a second, without Retry-After", async () => {
  let timeMs = 0;
  const get = client({ limits: { scale: 1 }, clock: () => timeMs });
  const statuses = [];
  for (let k = 0; k < 6; ++k) statuses.push((await get("/historical/cutoff")).status);
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429]);
  const refused = await get("/historical/cutoff");
  assert.deepEqual(refused.body, { error: "too many requests" });
  assert.equal(refused.headers.get("retry-after"), null);
  timeMs += 200;
  assert.equal((await get("/historical/cutoff")).status, 200);
  assert.equal((await get("/historical/cutoff")).status, 429);
});

Deno.test("kalshiStub() lets signed requests go at 20 a second, and checks the signature", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = publicKey.export({ type: "spki", format: "pem" }) as string;
  const get = client({ limits: { scale: 1 }, clock: () => 0, publicKey: pem });
  const signed = (message: string) => ({
    "KALSHI-ACCESS-KEY": "my-key",
    "KALSHI-ACCESS-TIMESTAMP": "1772366400000",
    "KALSHI-ACCESS-SIGNATURE": sign("sha256", new TextEncoder().encode(message), {
      key: privateKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    }).toString("base64"),
  });
  const right = signed("1772366400000GET/trade-api/v2/markets/KXALPHA-26-A");
  const path = "/markets/KXALPHA-26-A?depth=1";
  for (let k = 0; k < 20; ++k) assert.equal((await get(path, right)).status, 200);
  assert.equal((await get(path, right)).status, 429);
  const wrong = signed("1772366400000GET/trade-api/v2/markets/KXALPHA-26-A?depth=1");
  assert.equal((await get(path, wrong)).status, 401);
  assert.equal(
    (await get(path, { ...right, "KALSHI-ACCESS-TIMESTAMP": "1772366400" })).status,
    401,
  );
});

Deno.test("kalshiStub() translates texts for clients that do not ask for English", async () => {
  const get = client();
  const titleIn = async (language: string) =>
    (await get("/markets/KXALPHA-26-A", { "accept-language": language })).body.market.title;
  assert.equal(await titleIn("es-MX"), "[es] Will KXALPHA-26-A happen?");
  assert.equal(await titleIn("en"), "Will KXALPHA-26-A happen?");
});

Deno.test("kalshiStub() answers 404 for any other path", async () => {
  for (const path of ["/", "/nonsense", "/markets/A/b/c", "/series/KXALPHA/markets/KXALPHA-26-A"]) {
    const { status, body } = await client()(path);
    assert.deepEqual([status, body], [404, NOT_FOUND]);
  }
});
