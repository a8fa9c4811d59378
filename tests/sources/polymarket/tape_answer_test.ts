import assert from "node:assert/strict";
import fc from "fast-check";
import { readTrades } from "lib/sources/polymarket/tape_answer.ts";
import { answerTo, CONDITION, utc } from "./history_fixture.ts";

const PLACE = "polymarket /v2/trades";
const NOON = utc("2026-11-20T12:00:00Z") / 1000;

function trade(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    proxy_wallet: "0xceb57e54",
    side: "BUY",
    token_id: "11",
    condition_id: CONDITION,
    size: 100,
    price: 0.25,
    timestamp: NOON,
    outcome: "Yes",
    outcome_index: 0,
    transaction_hash: "0x63b0437a",
    ...changes,
  };
}

function page(
  data: unknown,
  { next = null, kind = "data_trades", subject = "poly:1" }: {
    next?: string | null;
    kind?: string;
    subject?: string;
  } = {},
) {
  const path = `/v2/trades?condition=${CONDITION}&taker_only=true&limit=1000`;
  const pagination = { limit: 1000, offset: 0, has_more: next !== null, next_cursor: next };
  return answerTo({ kind, path, subject, edition: "2026-11-22" }, { data, pagination });
}

function tape(reading: ReturnType<typeof readTrades>) {
  const fact = reading.facts.find((one) => one.kind === "tape");
  assert.ok(fact?.kind === "tape");
  return fact;
}

Deno.test("readTrades() counts both outcomes at the price of the token that was traded", () => {
  const { facts, oddities } = readTrades(page([
    trade({ timestamp: NOON + 5, token_id: "12", price: 0.75, size: 40 }),
    trade(),
  ], { next: "more" }));
  assert.deepEqual(oddities, []);
  assert.equal(facts.length, 1);
  const { trades, ...frame } = tape({ facts, oddities });
  assert.deepEqual(frame, {
    kind: "tape",
    subject: "poly:1",
    walk: "2026-11-22",
    fromMs: NOON * 1000,
    toMs: (NOON + 5) * 1000,
  });
  assert.deepEqual(trades.map(([seconds, dollars]) => [seconds, dollars]), [
    [NOON + 5, 30],
    [NOON, 25],
  ]);
});

Deno.test("readTrades() tells fills apart by transaction, token, wallet, side, size and price", () => {
  const changes = [
    {},
    { transaction_hash: "0x64" },
    { token_id: "12" },
    { proxy_wallet: "0x1" },
    { side: "SELL" },
    { size: 101 },
    { price: 0.26 },
  ];
  const identities = tape(readTrades(page(changes.map(trade)))).trades.map(([, , id]) => id);
  assert.equal(new Set(identities).size, changes.length);
  const twins = tape(readTrades(page([trade(), trade({ outcome: "another text" })]))).trades;
  assert.deepEqual(twins[0], twins[1]);
});

Deno.test("readTrades() reaches the first trade ever on the page without a next one", () => {
  assert.equal(tape(readTrades(page([trade()]))).fromMs, 0);
  assert.equal(tape(readTrades(page([trade()], { next: "more" }))).fromMs, NOON * 1000);
  const { fromMs, toMs, trades } = tape(readTrades(page([])));
  assert.deepEqual([fromMs, toMs, trades], [0, 0, []]);
  assert.deepEqual(readTrades(page([], { next: "more" })).facts, []);
});

Deno.test("readTrades() takes a 404 for no tape without trades", () => {
  assert.throws(() => readTrades({ ...page([]), value: undefined, status: 404 }), {
    name: "TypeError",
    message: "Cannot read polymarket /v2/trades as it must be a page: got 404",
  });
});

Deno.test("readTrades() takes the edge of the venue's three years for no first trade", () => {
  const old = utc("2023-11-24T12:00:00Z") / 1000;
  assert.equal(tape(readTrades(page([trade({ timestamp: old })]))).fromMs, old * 1000);
});

Deno.test("readTrades() notes that a walk was cut where the last page it may ask for has a next one", () => {
  const end = { kind: "data_trades_end", subject: "poly:1,3" };
  const cut = readTrades(page([trade()], { ...end, next: "more" }));
  assert.deepEqual(cut.facts[1], {
    kind: "crawl",
    subject: "first 3 pages of trades of poly:1",
    edition: "2026-11-22",
    nPages: 3,
  });
  assert.equal(tape(cut).subject, "poly:1");
  assert.equal(readTrades(page([trade()], end)).facts.length, 1);
});

Deno.test("readTrades() compares condition ids of 62 and 64 digits", () => {
  const short = `0x${"ab".repeat(31)}`;
  const answer = page([trade({ condition_id: `${short.toUpperCase().replace("X", "x")}00` })]);
  const path = `/v2/trades?condition=${short}&taker_only=true&limit=1000`;
  assert.equal(tape(readTrades({ ...answer, ask: { ...answer.ask, path } })).trades.length, 1);
});

Deno.test("readTrades() refuses faulty rows one by one and takes rows out of order", () => {
  const reading = readTrades(page([
    trade({ timestamp: NOON - 10 }),
    trade({ size: "100" }),
    trade({ price: 1.5 }),
    trade({ condition_id: "0xother" }),
    trade({ timestamp: NOON * 1000 }),
    trade({ timestamp: 1 }),
    trade(),
    trade({ side: null, proxy_wallet: undefined }),
  ], { next: "more" }));
  assert.equal(tape(reading).trades.length, 3);
  const at = (row: number, column: string, value: string, reason: string) => ({
    place: PLACE,
    row,
    column,
    value,
    reason,
  });
  assert.deepEqual(reading.oddities, [
    at(1, "size", "100", "Invalid input: expected number, received string"),
    at(2, "price", "1.5", "Too big: expected number to be <=1"),
    at(4, "timestamp", String(NOON * 1000), "Too big: expected number to be <=100000000000"),
    at(3, "condition_id", "0xother", "a trade of another contract"),
    at(5, "timestamp", "1", "before the venue began, or after the answer came"),
    at(6, "timestamp", String(NOON), "newer than the trade before it; taken all the same"),
  ]);
});

Deno.test("readTrades() gives the same fact whatever the order of rows", () => {
  const row = fc.record({
    timestamp: fc.integer({ min: NOON, max: NOON + 3 }),
    size: fc.constantFrom(1, 0.1, 3),
    price: fc.constantFrom(0.1, 0.7),
    token_id: fc.constantFrom("11", "12"),
  }).map(trade);
  const shuffledRows = fc.array(row).chain((rows) =>
    fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))
  );
  fc.assert(
    fc.property(shuffledRows, ([rows, shuffled]) => {
      assert.deepEqual(readTrades(page(shuffled)).facts, readTrades(page(rows)).facts);
    }),
    { seed: 8 },
  );
});

Deno.test("readTrades() takes any JSON as rows, and throws for what is no page", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), (rows) => {
      const { facts, oddities } = readTrades(page(rows));
      assert.deepEqual(facts, []);
      assert.equal(oddities.length, rows.length);
    }),
    { seed: 8 },
  );
  assert.throws(() => readTrades({ ...page([]), value: [trade()] }), {
    name: "TypeError",
    message: "Cannot read polymarket /v2/trades as it must be {data: […], pagination: " +
      "{has_more, next_cursor}}: got an array of 1",
  });
});
