import assert from "node:assert/strict";
import fc from "fast-check";
import { dayOf, MS_PER_DAY } from "lib/core/day.ts";
import { candleDays } from "lib/sources/kalshi/candle_days.ts";
import type { Candle } from "lib/sources/kalshi/candle.ts";
import { makeKalshi } from "lib/sources/kalshi/kalshi.ts";
import type { Reading } from "lib/sources/live/fact.ts";
import { answerOf, settings } from "./kalshi_fixture.ts";

const venue = makeKalshi(settings);
const DAY = dayOf(Date.UTC(2025, 11, 12));
const START = DAY * 86_400;
const WINDOW = `start_ts=${START}&end_ts=${START + 86_400}&period_interval=60`;
/** The live candle of the sheet's section 7.6, an hour without a trade. */
const SHEET_CANDLE = {
  end_period_ts: 1765515600,
  open_interest_fp: "19096.00",
  volume_fp: "0.00",
  price: { previous_dollars: "0.2900" },
  yes_bid: {
    open_dollars: "0.2800",
    high_dollars: "0.2800",
    low_dollars: "0.2600",
    close_dollars: "0.2700",
  },
  yes_ask: {
    open_dollars: "0.2900",
    high_dollars: "0.3000",
    low_dollars: "0.2800",
    close_dollars: "0.3000",
  },
};

function live(candlesticks: unknown, ticker: string | null = "KXA-1"): Reading {
  const path = `/series/KXA/markets/KXA-1/candlesticks?${WINDOW}`;
  const value = { ticker, candlesticks };
  return venue.read(answerOf("kalshi_candles", path, value, { subject: "kalshi:KXA-1" }));
}

/** A candle of the live tier that ends at an hour of the day, with `[bid, ask]` and a trade. */
function candle(hour: number, quotes: readonly [string, string], trade?: readonly string[]) {
  const [volume, close, mean] = trade ?? ["0.00"];
  return {
    end_period_ts: START + hour * 3600,
    open_interest_fp: `${hour}.00`,
    volume_fp: volume,
    price: trade === undefined ? {} : { close_dollars: close, mean_dollars: mean },
    yes_bid: { close_dollars: quotes[0] },
    yes_ask: { close_dollars: quotes[1] },
  };
}

function pointsOf({ facts }: Reading) {
  return facts.flatMap((fact) => fact.kind === "days" ? fact.points : []);
}

function closeOf(...candles: unknown[]): number | null | undefined {
  return pointsOf(live(candles))[0]?.close;
}

Deno.test("readCandles() marks the sheet's hour without a trade at the middle of its book", () => {
  assert.deepEqual(live([SHEET_CANDLE]), {
    facts: [{
      kind: "days",
      subject: "kalshi:KXA-1",
      fromMs: DAY * MS_PER_DAY,
      toMs: (DAY + 1) * MS_PER_DAY,
      rank: 1,
      points: [{
        day: DAY,
        close: 0.285,
        bid: 0.27,
        ask: 0.3,
        volumeUsd: 0,
        openInterest: 19096,
      }],
    }],
    oddities: [],
  });
});

Deno.test("readCandles() takes the last hour of the day that has a mark, whatever the order", () => {
  const reading = live([
    candle(24, ["0.0000", "1.0000"]),
    candle(3, ["0.2000", "0.2200"], ["10.00", "0.2500", "0.2400"]),
    candle(23, ["0.4000", "0.4200"], ["0.50", "0.4300", "0.410001"]),
  ]);
  assert.deepEqual(pointsOf(reading), [{
    day: DAY,
    close: 0.41,
    bid: 0.4,
    ask: 0.42,
    volumeUsd: 2.6050005,
    openInterest: 24,
  }]);
});

Deno.test("readCandles() marks a narrow book at its middle, else takes the hour's last trade", () => {
  const trade = ["5.00", "0.3500", "0.3600"];
  assert.equal(closeOf(candle(5, ["0.3000", "0.4000"], trade)), 0.35);
  assert.equal(closeOf(candle(5, ["0.5000", "0.6000"], trade)), 0.55);
  assert.equal(closeOf(candle(5, ["0.5000", "0.6001"], trade)), 0.35);
  assert.equal(closeOf(candle(5, ["0.5000", "0.7000"])), 0.6);
  assert.equal(closeOf(candle(5, ["0.0000", "0.6000"], trade)), 0.35);
  assert.equal(closeOf(candle(5, ["0.5000", "1.0000"], trade)), 0.35);
  assert.equal(closeOf(candle(5, ["0.6000", "0.6000"], trade)), 0.35);
  assert.equal(closeOf(candle(5, ["0.0000", "0.6000"])), null);
  assert.deepEqual(
    pointsOf(live([candle(5, ["0.0000", "0.0000"], trade)])).map(({ close, bid, ask }) => [
      close,
      bid,
      ask,
    ]),
    [[0.35, null, null]],
  );
  assert.equal(closeOf(candle(5, ["0.5000", "0.6000"]), candle(6, ["0.0000", "0.6000"])), 0.55);
});

Deno.test("readCandles() puts the candle that ends at midnight into the day that ends", () => {
  const before = candle(0, ["0.1000", "0.1200"]), last = candle(24, ["0.3000", "0.3200"]);
  const reading = live([before, last]);
  assert.deepEqual(pointsOf(reading).map(({ day, close }) => [day, close]), [[DAY, 0.31]]);
  assert.deepEqual(reading.oddities, []);
});

Deno.test("readCandles() keeps volume unknown where an hour traded without a mean price", () => {
  const { close_dollars: _, ...price } = { close_dollars: "0.3000" };
  const odd = { ...candle(4, ["0.3000", "0.3200"], ["2.00", "0.3000", "0.3000"]), price };
  const reading = live([candle(3, ["0.3000", "0.3200"]), odd]);
  assert.equal(pointsOf(reading)[0]?.volumeUsd, null);
  assert.deepEqual(reading.oddities.map(({ row, column }) => [row, column]), [
    [1, "KXA-1.price.mean_dollars"],
  ]);
});

Deno.test("readCandles() covers a span without candles, and nothing where the tier has none", () => {
  assert.deepEqual(live([]).facts.map((fact) => fact.kind), ["days"]);
  assert.deepEqual(pointsOf(live(null)), []);
  const path = `/historical/markets/KXA-1/candlesticks?${WINDOW}`;
  const options = { subject: "kalshi:KXA-1", status: 404 };
  assert.deepEqual(
    venue.read(answerOf("kalshi_archive_candles", path, undefined, options)),
    { facts: [], oddities: [] },
  );
});

Deno.test("readCandles() reads the archive's own names", () => {
  const path = `/historical/markets/KXA-1/candlesticks?${WINDOW}`;
  const archived = {
    end_period_ts: START + 3600,
    volume: "4.00",
    open_interest: "7.00",
    price: { close: "0.2500", mean: "0.2500" },
    yes_bid: { close: "0.2000" },
    yes_ask: { close: "0.2800" },
  };
  const subject = "kalshi:KXA-1";
  const read = (candlesticks: unknown[]) =>
    venue.read(answerOf("kalshi_archive_candles", path, { candlesticks }, { subject }));
  assert.deepEqual(pointsOf(read([archived])), [
    { day: DAY, close: 0.24, bid: 0.2, ask: 0.28, volumeUsd: 1, openInterest: 7 },
  ]);
  const { oddities } = read([SHEET_CANDLE]);
  assert.deepEqual(oddities.map(({ column, reason }) => [column, reason]), [
    ["KXA-1.volume_fp", "must be named volume"],
    ["KXA-1.open_interest_fp", "must be named open_interest"],
    ["KXA-1.yes_bid.close_dollars", "must be named close"],
    ["KXA-1.yes_ask.close_dollars", "must be named close"],
    ["KXA-1.yes_bid", "a candle must have a quote of its documented name"],
  ]);
});

Deno.test("readCandles() refuses candles in cents, out of the window, and hours with two contents", () => {
  const reading = live([
    { ...candle(2, ["0.3000", "0.3200"]), yes_bid: { close_dollars: 30 } },
    { ...candle(2, ["0.3000", "0.3200"]), end_period_ts: START + 90_000 },
    { ...candle(2, ["0.3000", "0.3200"]), end_period_ts: START + 1 },
    candle(5, ["0.3000", "0.3200"]),
    candle(6, ["0.5000", "0.5200"]),
    candle(6, ["0.6000", "0.6200"]),
    candle(5, ["0.3000", "0.3200"]),
    "candle",
  ]);
  assert.equal(pointsOf(reading)[0]?.close, 0.31);
  assert.deepEqual(reading.oddities.map(({ row, column, value }) => [row, column, value]), [
    [0, "KXA-1.yes_bid.close_dollars", "30"],
    [1, "KXA-1.end_period_ts", String(START + 90_000)],
    [5, "KXA-1.end_period_ts", String(START + 6 * 3600)],
    [7, "KXA-1", "candle"],
  ]);
});

Deno.test("readBatch() covers only the contracts that the answer names", () => {
  const path = `/markets/candlesticks?market_tickers=KXA-1,KXA-2,KXA-3&${WINDOW}`;
  const subject = "kalshi:KXA-1,kalshi:KXA-2,kalshi:KXA-3";
  const value = {
    markets: [
      { market_ticker: "KXA-2", candlesticks: [candle(5, ["0.3000", "0.3200"])] },
      { market_ticker: "KXA-1", candlesticks: null },
      { market_ticker: "KXA-2", candlesticks: [] },
      { market_ticker: "KXB-9", candlesticks: [] },
      { market_ticker: "KXA-3", candlesticks: "none" },
    ],
  };
  const { facts, oddities } = venue.read(
    answerOf("kalshi_batch_candles", path, value, { subject }),
  );
  assert.deepEqual(
    facts.map((fact) => [fact.subject, pointsOf({ facts: [fact], oddities: [] }).length]),
    [
      ["kalshi:KXA-2", 1],
      ["kalshi:KXA-1", 0],
    ],
  );
  assert.deepEqual(oddities.map(({ row, column, reason }) => [row, column, reason]), [
    [2, "market_ticker", "comes twice"],
    [3, "market_ticker", "was not asked for"],
    [4, "candlesticks", "must be a list"],
  ]);
});

Deno.test("readBatch() takes no candles for none where nothing else can be asked", () => {
  const path = `/markets/candlesticks?market_tickers=KXA-1&${WINDOW}`;
  const read = (kind: string, markets: readonly unknown[], status = 200) =>
    venue.read(answerOf(kind, path, { markets }, { subject: "kalshi:KXA-1", status })).facts;
  const named = { market_ticker: "KXA-1", candlesticks: [] };
  const empty = [{
    kind: "days",
    subject: "kalshi:KXA-1",
    fromMs: DAY * MS_PER_DAY,
    toMs: (DAY + 1) * MS_PER_DAY,
    rank: 1,
    points: [],
  }];
  const last = "kalshi_last_batch_candles", ended = "kalshi_ended_batch_candles";
  assert.deepEqual([read(last, [named]), read(last, [])], [empty, empty]);
  assert.deepEqual([read(ended, [named]), read(ended, [])], [[], []]);
  assert.deepEqual(read("kalshi_batch_candles", [named]), empty);
  const faulty = [{ market_ticker: "KXB-9", candlesticks: [] }, { market_ticker: 1 }, null];
  for (const one of [...faulty, { market_ticker: "KXA-1", candlesticks: "none" }]) {
    assert.deepEqual(read(last, [one]), []);
  }
  assert.deepEqual(read(last, [], 404), []);
});

const hours = fc.uniqueArray(
  fc.record<Candle>({
    endMs: fc.integer({ min: 1, max: 96 }).map((hour) => DAY * MS_PER_DAY + hour * 3_600_000),
    bid: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 100 }).map((c) => c / 100)),
    ask: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 100 }).map((c) => c / 100)),
    lastTrade: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 99 }).map((c) => c / 100)),
    meanTrade: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 99 }).map((c) => c / 100)),
    volume: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 50 })),
    openInterest: fc.oneof(fc.constant(null), fc.nat(1000)),
  }),
  { selector: ({ endMs }) => endMs, maxLength: 60 },
).map((all) => all.toSorted((a, b) => a.endMs - b.endMs));

Deno.test("candleDays() does not look ahead, and its closes lie between what was quoted and paid", () => {
  fc.assert(
    fc.property(hours, fc.integer({ min: 0, max: 4 }), (all, nDays) => {
      const options = { widestMark: 0.1 };
      const endMs = (DAY + nDays) * MS_PER_DAY;
      const cut = candleDays(all.filter((hour) => hour.endMs <= endMs), options);
      const whole = candleDays(all, options);
      assert.deepEqual(cut.points, whole.points.filter(({ day }) => day < DAY + nDays));
      for (const { close, bid, ask, volumeUsd, day } of whole.points) {
        const trades = all.filter((hour) => dayOf(hour.endMs - 1) === day)
          .map(({ lastTrade }) => lastTrade);
        const isBetween = bid !== null && ask !== null && close !== null && bid < close &&
          close < ask;
        assert.ok(close === null || isBetween || trades.includes(close));
        assert.ok(volumeUsd === null || !whole.unpricedDays.includes(day));
      }
    }),
    { seed: 8 },
  );
});

Deno.test("readCandles() reads any list of candles without an exception", () => {
  const field = fc.constantFrom("end_period_ts", "volume_fp", "price", "yes_bid", "yes_ask");
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(SHEET_CANDLE)));
  const rows = fc.array(fc.oneof(fc.jsonValue(), fc.dictionary(field, value)));
  fc.assert(
    fc.property(rows, (candles) => {
      for (const { close } of pointsOf(live(candles))) {
        assert.ok(close === null || (close >= 0 && close <= 1));
      }
    }),
    { seed: 8 },
  );
});

Deno.test("readCandles() refuses an answer of another contract", () => {
  assert.throws(() => live([], "KXB-1"), {
    name: "TypeError",
    message: `Cannot read kalshi /series/KXA/markets/KXA-1/candlesticks?${WINDOW} as it must be ` +
      "about kalshi:KXA-1: got KXB-1",
  });
});
