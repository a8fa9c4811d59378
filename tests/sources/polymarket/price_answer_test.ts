import assert from "node:assert/strict";
import fc from "fast-check";
import { dailyCloses } from "lib/sources/polymarket/price_close.ts";
import { readClobPrices, readDataPrices } from "lib/sources/polymarket/price_answer.ts";
import { answerTo, day, utc } from "./history_fixture.ts";

const H = 3600;
const D = 86_400;
/** Midnight of 2026-11-10, seconds. */
const START = utc("2026-11-10") / 1000;

function dataAnswer(rows: unknown, { end = START + 3 * D, hasMore = false } = {}) {
  const path = `/v2/prices-history?token_id=11&start=${START}&end=${end}` +
    "&bucket_seconds=10800&limit=10000";
  const pagination = { limit: 10_000, offset: 0, has_more: hasMore, next_cursor: null };
  return answerTo({ kind: "data_prices", path }, { data: rows, pagination });
}

function clobAnswer(rows: unknown, days = 3) {
  const path = `/prices-history?market=11&startTs=${START}&endTs=${START + days * D}&fidelity=180`;
  return answerTo({ kind: "clob_prices", host: "clob", path }, { history: rows });
}

function bucket(hours: number, price: number, resolution = 3 * H) {
  return { timestamp: START + hours * H, price, resolution_seconds: resolution };
}

/** Days since the start with their closes, of the only fact. */
function closes({ facts }: ReturnType<typeof readDataPrices>): [number, number | null][] {
  assert.equal(facts.length, 1);
  const [fact] = facts;
  assert.ok(fact?.kind === "days");
  return fact.points.map((point) => [point.day - day("2026-11-10"), point.close]);
}

Deno.test("readDataPrices() closes a day with the last bucket that was over by its end", () => {
  const reading = readDataPrices(dataAnswer([
    bucket(18, 0.2),
    bucket(21, 0.25),
    bucket(24, 0.3),
    bucket(36, 0.35),
  ]));
  assert.deepEqual(reading, {
    oddities: [],
    facts: [{
      kind: "days",
      subject: "poly:1",
      fromMs: utc("2026-11-10"),
      toMs: utc("2026-11-13"),
      rank: 1,
      points: [
        {
          day: day("2026-11-10"),
          close: 0.25,
          bid: null,
          ask: null,
          volumeUsd: null,
          openInterest: null,
        },
        {
          day: day("2026-11-11"),
          close: 0.35,
          bid: null,
          ask: null,
          volumeUsd: null,
          openInterest: null,
        },
      ],
    }],
  });
});

Deno.test("readDataPrices() never looks ahead: a bucket over midnight belongs to no day", () => {
  assert.deepEqual(closes(readDataPrices(dataAnswer([bucket(20, 0.2), bucket(22, 0.9)]))), [
    [0, 0.2],
  ]);
  assert.deepEqual(closes(readDataPrices(dataAnswer([bucket(22, 0.9)]))), []);
});

Deno.test("readDataPrices() drops buckets that reach past the close of the contract", () => {
  const end = START + 19 * H + 37 * 60 + 33;
  const rows = [bucket(12, 0.5), bucket(15, 0.6), bucket(18, 0.99)];
  const reading = readDataPrices(dataAnswer(rows, { end }));
  assert.deepEqual(closes(reading), [[0, 0.6]]);
  assert.deepEqual(reading.oddities, []);
  const tickAtClose = { timestamp: end, price: 0.99, resolution_seconds: 0 };
  assert.deepEqual(closes(readDataPrices(dataAnswer([...rows, tickAtClose], { end }))), [[0, 0.6]]);
});

Deno.test("readDataPrices() leaves the settlement point out and keeps the last tick of an open contract", () => {
  const rows = [bucket(0, 0.5), bucket(3, 0.6)];
  assert.deepEqual(closes(readDataPrices(dataAnswer([...rows, bucket(6, 1, 0)]))), [[0, 0.6]]);
  // the row before it was a tick: the next edge
  assert.deepEqual(
    closes(readDataPrices(dataAnswer([...rows, bucket(7.5, 0.7, 0), bucket(9, 0, 0)]))),
    [[0, 0.7]],
  );
  // buckets that do not start at multiples of their width
  assert.deepEqual(
    closes(readDataPrices(dataAnswer([bucket(1, 0.5), bucket(4, 0.6), bucket(7, 0.5, 0)]))),
    [[0, 0.6]],
  );
  // a bucket's width after a tick at any second
  const traded = bucket(5.11, 0.62, 0);
  assert.deepEqual(closes(readDataPrices(dataAnswer([traded, bucket(8.11, 1, 0)]))), [[0, 0.62]]);
  // alone in its window
  assert.deepEqual(closes(readDataPrices(dataAnswer([bucket(6, 1, 0)]))), []);
  // a tick at any second is a price
  const tick = bucket(7 + 411 / H, 0.71, 0);
  assert.deepEqual(closes(readDataPrices(dataAnswer([...rows, tick]))), [[0, 0.71]]);
  // a payout as price alone does not make a settlement
  const certain = bucket(7 + 411 / H, 1, 0);
  assert.deepEqual(closes(readDataPrices(dataAnswer([...rows, certain]))), [[0, 1]]);
});

Deno.test("readDataPrices() covers the whole days before the last row where the page has more", () => {
  const rows = [bucket(0, 0.1), bucket(21, 0.2), bucket(24, 0.3), bucket(50, 0.4)];
  const { facts } = readDataPrices(dataAnswer(rows, { hasMore: true }));
  assert.deepEqual(facts.map((fact) => fact.kind === "days" && [fact.fromMs, fact.toMs]), [
    [utc("2026-11-10"), utc("2026-11-12")],
  ]);
  assert.deepEqual(closes({ facts, oddities: [] }), [[0, 0.2], [1, 0.3]]);
  assert.deepEqual(readDataPrices(dataAnswer([bucket(5, 0.1)], { hasMore: true })).facts, []);
});

Deno.test("readDataPrices() covers an empty window without points, but nothing by a 404", () => {
  assert.deepEqual(closes(readDataPrices(dataAnswer([]))), []);
  const missing = { ...dataAnswer([]), value: undefined, status: 404 };
  assert.throws(() => readDataPrices(missing), {
    name: "TypeError",
    message: "Cannot read polymarket /v2/prices-history as it must be a page: got 404",
  });
});

Deno.test("readDataPrices() refuses faulty rows one by one and reads the others", () => {
  const place = "polymarket /v2/prices-history";
  const reading = readDataPrices(dataAnswer([
    bucket(0, 0.1),
    bucket(3, 1.2),
    { timestamp: START, price: "0.5", resolution_seconds: 60 },
    { timestamp: START, price: 0.5 },
    null,
    bucket(6, 0.4),
    bucket(6, 0.4),
    bucket(9, 0.5),
    bucket(9, 0.6),
    bucket(-30, 0.9),
  ]));
  assert.deepEqual(closes(reading), [[0, 0.4]]);
  const at = (row: number, column: string, value: string, reason: string) => ({
    place,
    row,
    column,
    value,
    reason,
  });
  assert.deepEqual(reading.oddities, [
    at(1, "price", "1.2", "Too big: expected number to be <=1"),
    at(2, "price", "0.5", "Invalid input: expected number, received string"),
    at(3, "resolution_seconds", "nothing", "Invalid input: expected number, received undefined"),
    at(4, "", "null", "Invalid input: expected object, received null"),
    at(8, "price", "0.6", "another price of the same time, 0.5; neither is taken"),
    at(9, "timestamp", String(START - 30 * H), "outside the window that was asked for"),
  ]);
});

Deno.test("readClobPrices() counts a point as over a bucket after its stamp", () => {
  const at = (hours: number, p: number) => ({ t: START + Math.round(hours * H), p });
  const reading = readClobPrices(clobAnswer([
    at(16.4, 0.2),
    at(19.4, 0.3),
    at(22.4, 0.4),
    at(25.4, 0.5),
    at(72, 0.9),
  ]));
  assert.deepEqual(closes(reading), [[0, 0.3], [1, 0.5]]);
  assert.deepEqual(reading.oddities, []);
  assert.equal(reading.facts[0]?.kind === "days" && reading.facts[0].rank, 0);
  assert.deepEqual(closes(readClobPrices(clobAnswer([]))), []);
});

Deno.test("dailyCloses() carries nothing forward, and later rows change no earlier close", () => {
  const observation = fc.record({
    fromMs: fc.integer({ min: 0, max: 40 }).map((hours) => hours * H * 1000),
    width: fc.constantFrom(0, 60, 10_800),
    price: fc.double({ min: 0, max: 1, noNaN: true }),
  }).map(({ fromMs, width, price }) => ({ fromMs, toMs: fromMs + width * 1000, price }));
  fc.assert(
    fc.property(fc.array(observation), fc.integer({ min: 0, max: 2 }), (all, cutDay) => {
      const span = { fromMs: 0, toMs: 3 * D * 1000 };
      const cutMs = cutDay * D * 1000;
      const early = all.filter(({ toMs }) => toMs <= cutMs);
      const whole = dailyCloses(all, span).filter((point) => point.day < cutDay);
      // a tick of the midnight itself is of the day that begins
      const known = dailyCloses(early, span).filter((point) => point.day < cutDay);
      assert.deepEqual(known, whole);
      for (const point of dailyCloses(all, span)) {
        assert.ok(all.some(({ fromMs }) => Math.floor(fromMs / 1000 / D) === point.day));
      }
    }),
    { seed: 8 },
  );
});

Deno.test("readDataPrices() gives the same fact whatever the order of rows", () => {
  const row = fc.record({
    timestamp: fc.integer({ min: -2, max: 26 }).map((k) => START + k * 3 * H),
    price: fc.constantFrom(0, 0.2, 0.5, 1),
    resolution_seconds: fc.constantFrom(0, 3 * H, 12 * H),
  });
  const shuffledRows = fc.array(row).chain((rows) =>
    fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))
  );
  fc.assert(
    fc.property(shuffledRows, fc.boolean(), ([rows, shuffled], hasMore) => {
      const { facts } = readDataPrices(dataAnswer(rows, { hasMore }));
      assert.deepEqual(readDataPrices(dataAnswer(shuffled, { hasMore })).facts, facts);
    }),
    { seed: 8 },
  );
});

Deno.test("readDataPrices() and readClobPrices() take any JSON as rows", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (rows) => {
      for (
        const { facts, oddities } of [
          readDataPrices(dataAnswer(rows)),
          readClobPrices(clobAnswer(rows)),
        ]
      ) {
        assert.equal(facts.length, 1);
        assert.equal(oddities.length, rows.length);
        assert.ok(oddities.every(({ value }) => value.length <= 200));
      }
    }),
    { seed: 8 },
  );
  const deep = JSON.parse("[".repeat(50_000) + "]".repeat(50_000));
  assert.equal(
    readDataPrices(dataAnswer([{ timestamp: deep }])).oddities[0]!.value,
    "an array of 1",
  );
});

Deno.test("readDataPrices() and readClobPrices() throw for what is no page", () => {
  const throttled = { ...dataAnswer([]), value: { error: "Too Many Requests" } };
  assert.throws(() => readDataPrices(throttled), {
    name: "TypeError",
    message: "Cannot read polymarket /v2/prices-history as it must be {data: […], pagination: " +
      "{has_more, next_cursor}}: got {error}",
  });
  assert.throws(() => readClobPrices({ ...clobAnswer([]), value: ["x"] }), {
    name: "TypeError",
    message:
      "Cannot read polymarket /prices-history as it must be {history: […]}: got an array of 1",
  });
});
