import assert from "node:assert/strict";
import { readTrades, tradesAsk } from "lib/sources/kalshi/trade_answer.ts";
import { answerTo } from "./kalshi_fixture.ts";

const DAY = Date.UTC(2026, 7, 12) / 86_400_000;
const ASK = tradesAsk({ subject: "kalshi:KXHIGHNY-26AUG12-T90", day: DAY }, {
  ticker: "KXHIGHNY-26AUG12-T90",
  tier: "live",
  edition: "",
});
/** The trade of the sheet's section 7.5. */
const SHEET_TRADE = {
  trade_id: "a",
  ticker: "KXHIGHNY-26AUG12-T90",
  count_fp: "10.00",
  yes_price_dollars: "0.4000",
  no_price_dollars: "0.6000",
  taker_outcome_side: "yes",
  created_time: "2026-08-12T14:00:00Z",
  is_block_trade: false,
};

Deno.test("tradesAsk() asks for a contract's day", () => {
  assert.deepEqual(ASK, {
    host: "kalshi",
    path:
      "/markets/trades?ticker=KXHIGHNY-26AUG12-T90&limit=1000&min_ts=1786492800&max_ts=1786579200",
    body: null,
    format: "json",
    kind: "kalshi_trades",
    subject: "kalshi:KXHIGHNY-26AUG12-T90",
    edition: "",
  });
});

Deno.test("readTrades() adds a day's trades, each once, up to midnight", () => {
  const at = (id: string, created_time: string) => ({ ...SHEET_TRADE, trade_id: id, created_time });
  const trades = [
    at("c", "2026-08-13T00:00:00Z"),
    at("b", "2026-08-12T23:59:59.999999Z"),
    SHEET_TRADE,
    SHEET_TRADE,
    at("z", "2026-08-11T23:59:59Z"),
  ];
  assert.deepEqual(readTrades(answerTo(ASK, { trades, cursor: "" })), {
    facts: [{
      kind: "days",
      subject: "kalshi:KXHIGHNY-26AUG12-T90",
      fromMs: DAY * 86_400_000,
      toMs: (DAY + 1) * 86_400_000,
      rank: 2,
      points: [
        { day: DAY, close: null, bid: null, ask: null, volumeUsd: 8, openInterest: null },
      ],
    }],
    oddities: [],
  });
});

Deno.test("readTrades() says nothing of a day that is not whole", () => {
  const told = (value: unknown, status = 200) => {
    const { facts, oddities } = readTrades(answerTo(ASK, value, status));
    assert.deepEqual(facts, []);
    return oddities.map(({ reason }) => reason);
  };
  assert.deepEqual(told({ trades: [], cursor: "" }), []);
  assert.deepEqual(told(undefined, 404), []);
  assert.deepEqual(told({ trades: [SHEET_TRADE], cursor: "more" }), [
    "more trades than a page holds",
  ]);
  assert.deepEqual(told({ trades: [SHEET_TRADE, { ...SHEET_TRADE, count_fp: 10 }], cursor: "" }), [
    "must be a count as a decimal text",
    "a trade must have an id, a count, a price and a time",
  ]);
  assert.deepEqual(told({ trades: [{ ...SHEET_TRADE, ticker: "KXB" }], cursor: "" }), [
    "was not asked for",
  ]);
});
