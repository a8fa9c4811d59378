import assert from "node:assert/strict";
import fc from "fast-check";
import { readBooks } from "lib/sources/polymarket/book_answer.ts";
import { answerTo, options } from "./history_fixture.ts";

const PLACE = "polymarket /books";
const AT = 1_794_900_000_000;

function books(value: unknown) {
  return answerTo({
    host: "clob",
    path: "/books",
    kind: "clob_books",
    body: '[{"token_id":"11"},{"token_id":"12"},{"token_id":"13"}]',
    subject: "poly:1,poly:2,poly:3",
  }, value);
}

function book(changes: Record<string, unknown> = {}) {
  return {
    market: "0xa467",
    asset_id: "11",
    timestamp: String(AT),
    bids: [{ price: "0.1", size: "100" }, { price: "0.25", size: "8" }],
    asks: [{ price: "0.9", size: "10" }, { price: "0.5", size: "4.5" }],
    min_order_size: "5",
    last_trade_price: "0.3",
    ...changes,
  };
}

Deno.test("readBooks() takes the best prices and what all orders cost their makers", () => {
  const { facts, oddities } = readBooks(books([book()]));
  assert.deepEqual(oddities, []);
  assert.deepEqual(facts, [{
    kind: "book",
    subject: "poly:1",
    bookAtMs: AT,
    bid: 0.25,
    ask: 0.5,
    bidSize: 8,
    askSize: 4.5,
    // bids 10 + 2, asks (1 − 0.5) × 4.5 + (1 − 0.9) × 10
    restingUsd: 12 + (2.25 + (1 - 0.9) * 10),
  }]);
});

Deno.test("readBooks() reads the real book of the sheet, best prices last", () => {
  const real = {
    market: "0xa467b14d",
    asset_id: "12",
    timestamp: "1786483975529",
    hash: "5c0a5bcdcccf42ff587887ae9b6a4baa0c01ab8c",
    bids: [
      { price: "0.001", size: "10607926.22" },
      { price: "0.002", size: "2321169.67" },
      { price: "0.003", size: "185934.2" },
    ],
    asks: [
      { price: "0.999", size: "1502655.66" },
      { price: "0.998", size: "245464.95" },
      { price: "0.997", size: "12549.43" },
    ],
    min_order_size: "5",
    tick_size: "0.001",
    neg_risk: false,
    last_trade_price: "0.045",
  };
  const { facts: [fact], oddities } = readBooks(books([real]));
  assert.deepEqual(oddities, []);
  assert.ok(fact?.kind === "book");
  const { subject, bid, ask, bidSize, askSize, bookAtMs, restingUsd } = fact;
  assert.deepEqual([subject, bid, ask, bidSize, askSize, bookAtMs], [
    "poly:2",
    0.003,
    0.997,
    185_934.2,
    12_549.43,
    1_786_483_975_529,
  ]);
  // 10,607.92622 + 4,642.33934 + 557.8026 + 1,502.65566 + 490.9299 + 37.64829
  assert.ok(Math.abs(restingUsd - 17_839.30201) < 1e-6);
});

Deno.test("readBooks() finds books by token and gives them in the order of the ask", () => {
  const { facts } = readBooks(books([book({ asset_id: "13" }), book()]));
  assert.deepEqual(facts.map(({ subject }) => subject), ["poly:1", "poly:3"]);
});

Deno.test("readBooks() knows a side without orders from a side that is unknown", () => {
  const oneSided = book({ bids: [{ price: "0.1", size: "0" }], asks: [] });
  const { facts } = readBooks(books([oneSided, book({ asset_id: "12", bids: null })]));
  assert.deepEqual(facts, [{
    kind: "book",
    subject: "poly:1",
    bookAtMs: AT,
    bid: null,
    ask: null,
    bidSize: null,
    askSize: null,
    restingUsd: 0,
  }]);
});

Deno.test("readBooks() adds up orders at the same best price", () => {
  const two = book({ bids: [{ price: "0.2", size: "1" }, { price: "0.20", size: "2" }] });
  const [fact] = readBooks(books([two])).facts;
  assert.ok(fact?.kind === "book");
  assert.deepEqual([fact.bid, fact.bidSize], [0.2, 3]);
});

Deno.test("readBooks() refuses faulty books one by one", () => {
  const { facts, oddities } = readBooks(books([
    book({ bids: [{ price: "0.6", size: "1" }] }),
    book({ asset_id: "12", bids: [{ price: "1.2", size: "1" }] }),
    book({ asset_id: "99" }),
    book({ asset_id: "12", timestamp: "1" }),
    book({ asset_id: "12", asks: [{ price: "", size: "1" }] }),
    book({ asset_id: "12", asks: [{ price: 0.5, size: "1" }] }),
    book({ asset_id: "12", timestamp: String(options.nowMs + 2 * 86_400_000) }),
    book({ asset_id: "13" }),
    book({ asset_id: "13" }),
  ]));
  assert.deepEqual(facts.map(({ subject }) => subject), ["poly:3"]);
  assert.deepEqual(oddities.map(({ row, column, value }) => [row, column, value]), [
    [1, "bids.0.price", "1.2"],
    [4, "asks.0.price", ""],
    [5, "asks.0.price", "0.5"],
    [0, "bids", "0.6 against 0.5"],
    [2, "asset_id", "99"],
    [3, "timestamp", "1"],
    [6, "timestamp", String(options.nowMs + 2 * 86_400_000)],
  ]);
  assert.equal(oddities[3]!.reason, "the book is crossed");
  assert.ok(oddities.every(({ place }) => place === PLACE));
});

Deno.test("readBooks() takes neither of two different books of a token", () => {
  const other = book({ bids: [] });
  for (const rows of [[book(), other], [other, book()], [book(), other, book()]]) {
    const { facts, oddities } = readBooks(books(rows));
    assert.deepEqual(facts, []);
    assert.equal(oddities[0]!.reason, "another book of the same token; neither is taken");
  }
});

Deno.test("readBooks() gives the same facts whatever the order of books and levels", () => {
  const size = fc.integer({ min: 0, max: 1000 }).map((k) => String(k / 7));
  const side = (from: number) =>
    fc.array(fc.record({
      price: fc.integer({ min: from, max: from + 40 }).map((k) => String(k / 100)),
      size,
    }));
  const drawn = fc.uniqueArray(
    fc.record({
      asset_id: fc.constantFrom("11", "12", "13"),
      bids: side(1),
      asks: side(50),
    }),
    { selector: ({ asset_id }) => asset_id },
  ).map((rows) => rows.map((row) => book(row)));
  fc.assert(
    fc.property(drawn, (rows) => {
      const turned = rows.toReversed().map((row) => ({
        ...row,
        bids: row.bids.toReversed(),
        asks: row.asks.toReversed(),
      }));
      const { facts, oddities } = readBooks(books(rows));
      assert.equal(facts.length, rows.length);
      assert.deepEqual(oddities, []);
      assert.deepEqual(readBooks(books(turned)).facts, facts);
    }),
    { seed: 8 },
  );
});

Deno.test("readBooks() takes any JSON as books, and throws for what is no list", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (rows) => {
      const { facts, oddities } = readBooks(books(rows));
      assert.deepEqual([facts.length, oddities.length], [0, rows.length]);
    }),
    { seed: 8 },
  );
  assert.throws(() => readBooks(books({ error: "Invalid payload" })), {
    name: "TypeError",
    message: "Cannot read polymarket /books as it must be a list of books: got {error}",
  });
});
