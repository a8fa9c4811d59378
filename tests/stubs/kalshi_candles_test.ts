import assert from "node:assert/strict";
import { dayEndMs } from "lib/core/day.ts";
import { SMALL, smallWorld } from "./kalshi_small_world.ts";
import { kalshiStub } from "./kalshi_stub.ts";
import { makeWorld, shownDays, type World } from "./world.ts";
import { simulatedDataSet } from "./world_simulated.ts";

// deno-lint-ignore no-explicit-any
type Json = any;

const NOW_MS = Date.parse("2026-03-01T12:00:00Z");
const ALPHA = "/series/KXALPHA/markets/KXALPHA-26-A/candlesticks";

function seconds(text: string): number {
  return Date.parse(text) / 1_000;
}

function client(world: World = smallWorld(SMALL, () => NOW_MS)) {
  const stub = kalshiStub(world);
  return async (path: string) => {
    const response = stub(new Request(`http://127.0.0.1/kalshi${path}`));
    return { status: response.status, body: await response.json() as Json };
  };
}

function window(from: string, to: string, minutes = 60): string {
  return `start_ts=${seconds(from)}&end_ts=${seconds(to)}&period_interval=${minutes}`;
}

Deno.test("kalshiStub() ends candles within the window, both ends included", async () => {
  const { body } = await client()(
    `${ALPHA}?${window("2026-02-25T03:00:00Z", "2026-02-25T06:00:00Z")}`,
  );
  assert.equal(body.ticker, "KXALPHA-26-A");
  assert.deepEqual(
    body.candlesticks.map((one: Json) => one.end_period_ts),
    [3, 4, 5, 6].map((hour) => seconds(`2026-02-25T0${hour}:00:00Z`)),
  );
});

Deno.test("kalshiStub() begins with the hour of the opening and skips days without a price", async () => {
  const { body } = await client()(
    `${ALPHA}?${window("2026-02-20T00:00:00Z", "2026-03-05T00:00:00Z")}`,
  );
  const ends = body.candlesticks.map((one: Json) => one.end_period_ts);
  assert.equal(ends[0], seconds("2026-02-24T19:00:00Z"));
  assert.equal(ends.length, 6 + 24 + 0 + 24 + 24);
  assert.equal(ends.at(-1), seconds("2026-03-01T00:00:00Z"));
});

Deno.test("kalshiStub() shows no candle that has not ended by the clock", async () => {
  const world = smallWorld(SMALL, () => Date.parse("2026-02-25T10:30:00Z"));
  const { body } = await client(world)(
    `${ALPHA}?${window("2026-02-25T00:00:01Z", "2026-03-05T00:00:00Z")}`,
  );
  assert.equal(body.candlesticks.length, 10);
  assert.equal(body.candlesticks.at(-1).end_period_ts, seconds("2026-02-25T10:00:00Z"));
});

Deno.test("kalshiStub() ends a candle where trading ended early", async () => {
  const { body } = await client()(
    `/series/KXALPHA/markets/KXALPHA-26-B/candlesticks?${
      window("2026-02-21T00:00:01Z", "2026-02-23T00:00:00Z")
    }`,
  );
  const last = body.candlesticks.at(-1);
  assert.equal(last.end_period_ts, seconds("2026-02-21T21:00:00Z"));
  const { yes_bid: bid, yes_ask: ask } = last;
  assert.ok(Math.abs((Number(bid.close_dollars) + Number(ask.close_dollars)) / 2 - 0.55) < 1e-12);
});

Deno.test("kalshiStub() names keys with units in the live tier and without in the archive", async () => {
  const get = client();
  const span = window("2025-09-01T00:00:01Z", "2025-09-03T00:00:00Z");
  const old = (await get(`/historical/markets/OLD-25-C/candlesticks?${span}`)).body.candlesticks;
  assert.equal(old.length, 24 + 15);
  assert.equal(typeof old[0].volume, "string");
  const traded = old.find((one: Json) => one.price.close !== null);
  assert.deepEqual(
    Object.keys(traded.price).sort(),
    ["close", "high", "low", "mean", "open", "previous"],
  );
  assert.deepEqual(Object.keys(traded.yes_bid).sort(), ["close", "high", "low", "open"]);
  const live =
    (await get(`${ALPHA}?${window("2026-02-28T00:00:01Z", "2026-03-01T00:00:00Z")}`)).body;
  const quiet = live.candlesticks.find((one: Json) => one.volume_fp === "0.00");
  assert.deepEqual(Object.keys(quiet).sort(), [
    "end_period_ts",
    "open_interest_fp",
    "price",
    "volume_fp",
    "yes_ask",
    "yes_bid",
  ]);
  assert.deepEqual(Object.keys(quiet.price), ["previous_dollars"]);
  const busy = live.candlesticks.find((one: Json) => one.volume_fp !== "0.00");
  assert.deepEqual(Object.keys(busy.price).sort(), [
    "close_dollars",
    "high_dollars",
    "low_dollars",
    "mean_dollars",
    "open_dollars",
    "previous_dollars",
  ]);
  assert.equal((await get(`/series/KXOLD/markets/OLD-25-C/candlesticks?${span}`)).status, 404);
  assert.equal((await get(`/historical/markets/KXALPHA-26-A/candlesticks?${span}`)).status, 404);
});

Deno.test("kalshiStub() refuses windows of more than 5,000 candles in the venue's words", async () => {
  const get = client(), startTs = seconds("2025-01-01T00:00:00Z");
  const { status, body } = await get(
    `${ALPHA}?start_ts=${startTs}&end_ts=${startTs + 9_600 * 3_600}&period_interval=60`,
  );
  assert.equal(status, 400);
  assert.equal(
    body.error.message,
    "requested time range with candlesticks: 9600.000000, max candlesticks: 5000",
  );
  const most = `start_ts=${startTs}&end_ts=${startTs + 5_000 * 3_600}`;
  assert.equal((await get(`${ALPHA}?${most}&period_interval=60`)).status, 200);
  for (const query of [most, `${most}&period_interval=30`, "start_ts=1&period_interval=60"]) {
    assert.equal((await get(`${ALPHA}?${query}`)).status, 400, query);
  }
});

Deno.test("kalshiStub() gives candles of many tickers, at most 100 and 10,000", async () => {
  const get = client();
  const span = window("2026-02-21T00:00:01Z", "2026-02-25T00:00:00Z");
  const ask = (names: readonly string[], query = span) =>
    get(`/markets/candlesticks?market_tickers=${names.join(",")}&${query}`);
  const { body } = await ask(["KXALPHA-26-B", "OLD-25-C", "NONE", "KXALPHA-26-A"]);
  assert.deepEqual(
    body.markets.map((one: Json) => [one.market_ticker, one.candlesticks.length]),
    [["KXALPHA-26-B", 21], ["KXALPHA-26-A", 6]],
  );
  assert.equal((await ask(Array(101).fill("KXALPHA-26-A"))).status, 400);
  const wide = `start_ts=0&end_ts=${5_001 * 3_600}&period_interval=60`;
  assert.equal(
    (await ask(["KXALPHA-26-A", "KXALPHA-26-B"], wide)).body.error.message,
    "requested time range with candlesticks: 10002.000000, max candlesticks: 10000",
  );
});

Deno.test("kalshiStub() puts the latest candle before the start in front where asked for", async () => {
  const span = window("2026-02-27T00:30:00Z", "2026-02-27T02:00:00Z");
  const { body } = await client()(`${ALPHA}?${span}&include_latest_before_start=true`);
  assert.deepEqual(
    body.candlesticks.map((one: Json) => one.end_period_ts),
    ["00:30", "01:00", "02:00"].map((time) => seconds(`2026-02-27T${time}:00Z`)),
  );
  assert.deepEqual(Object.keys(body.candlesticks[0].price), ["previous_dollars"]);
});

Deno.test("kalshiStub() has candles of a day and of a minute that agree with those of an hour", async () => {
  const get = client();
  const contracts = async (minutes: number) => {
    const span = window("2026-02-28T00:00:01Z", "2026-03-01T00:00:00Z", minutes);
    const { candlesticks } = (await get(`${ALPHA}?${span}`)).body;
    const sum = candlesticks.reduce((sum: number, one: Json) => sum + Number(one.volume_fp), 0);
    return [candlesticks.length, sum.toFixed(2), candlesticks.at(-1).yes_bid.close_dollars];
  };
  const [, volume, bid] = await contracts(60);
  assert.deepEqual(await contracts(1440), [1, volume, bid]);
  assert.deepEqual(await contracts(1), [1440, volume, bid]);
});

Deno.test("kalshiStub() lists trades newest first, whose sizes are those of the candles", async () => {
  const get = client();
  const trades: Json[] = [];
  let cursor = "";
  do {
    const page = (await get(`/markets/trades?ticker=KXALPHA-26-A&limit=3&cursor=${cursor}`)).body;
    trades.push(...page.trades);
    cursor = encodeURIComponent(page.cursor);
  } while (cursor !== "");
  assert.ok(trades.length > 3);
  const times = trades.map((one) => Date.parse(one.created_time));
  assert.deepEqual(times, times.toSorted((a, b) => b - a));
  assert.equal(new Set(trades.map((one) => one.trade_id)).size, trades.length);
  const dollars = trades.reduce(
    (sum, one) => sum + Number(one.count_fp) * Number(one.yes_price_dollars),
    0,
  );
  assert.ok(Math.abs(dollars - (120.55 + 77.07 + 3_000)) < 0.03, `${dollars}`);
  for (const one of trades) {
    assert.ok(Math.abs(Number(one.yes_price_dollars) + Number(one.no_price_dollars) - 1) < 1e-9);
  }
  const old = (await get("/historical/trades?ticker=OLD-25-C")).body.trades;
  assert.ok(old.length >= 2);
  assert.deepEqual((await get("/markets/trades?ticker=OLD-25-C")).body, { trades: [], cursor: "" });
  const minTs = Math.floor(times[0]! / 1_000);
  const late = (await get(`/markets/trades?ticker=KXALPHA-26-A&min_ts=${minTs}`)).body.trades;
  assert.deepEqual(late, trades.filter((_, k) => times[k]! >= minTs * 1_000));
});

Deno.test("kalshiStub() tells every close and volume of a simulated universe exactly", async () => {
  const dataSet = await simulatedDataSet("small");
  const nowMs = dataSet.asOfMs - 40 * 86_400_000;
  const world = makeWorld(dataSet, { nowMs: () => nowMs });
  const get = client(world);
  let nDays = 0, nQuiet = 0, nHours = 0;
  for (const one of world.markets("kalshi")) {
    const nShown = shownDays(one.days, nowMs);
    if (nShown === 0) continue;
    const isLive = (await get(`/markets/${one.name}`)).status === 200;
    const series = one.eventName.split("-")[0]!;
    const path = isLive
      ? `/series/${series}/markets/${one.name}`
      : `/historical/markets/${one.name}`;
    const candles: Json[] = [];
    const lastEnd = dayEndMs(one.days.day[nShown - 1]!) / 1_000;
    for (let at = one.days.day[0]! * 86_400; at < lastEnd; at += 4_800 * 3_600) {
      const span = `start_ts=${at + 1}&end_ts=${Math.min(lastEnd, at + 4_800 * 3_600)}`;
      candles.push(
        ...(await get(`${path}/candlesticks?${span}&period_interval=60`)).body.candlesticks,
      );
    }
    const byDay = Map.groupBy(candles, (one) => Math.ceil(one.end_period_ts / 86_400) - 1);
    assert.deepEqual([...byDay.keys()], [...one.days.day.subarray(0, nShown)]);
    const unit = isLive ? "_dollars" : "", volumeName = isLive ? "volume_fp" : "volume";
    for (let row = 0; row < nShown; ++row) {
      const hours = byDay.get(one.days.day[row]!)!;
      const bid = Number(hours.at(-1)!.yes_bid[`close${unit}`]);
      const ask = Number(hours.at(-1)!.yes_ask[`close${unit}`]);
      assert.ok(Math.abs((bid + ask) / 2 - one.days.close[row]!) < 1e-12);
      assert.ok(bid > 0 && ask < 1 && ask - bid > 0 && ask - bid <= 0.02 + 1e-9);
      let volumeUsd = 0;
      for (const hour of hours) {
        const contracts = Number(hour[volumeName]);
        volumeUsd += contracts === 0 ? 0 : contracts * Number(hour.price[`mean${unit}`] ?? 0);
        nQuiet += hour.price[`close${unit}`] == null ? 1 : 0;
        nHours += 1;
      }
      const expected = one.days.volumeUsd[row]!;
      if (Number.isNaN(expected)) assert.ok(Number.isNaN(volumeUsd));
      else assert.ok(Math.abs(volumeUsd - expected) < 0.01, `${volumeUsd} ${expected}`);
      nDays += 1;
    }
  }
  assert.ok(nDays > 500, `${nDays}`);
  assert.ok(nQuiet / nHours > 0.8, `${nQuiet} of ${nHours}`);
});
