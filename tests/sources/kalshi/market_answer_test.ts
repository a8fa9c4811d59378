import assert from "node:assert/strict";
import fc from "fast-check";
import { makeKalshi } from "lib/sources/kalshi/kalshi.ts";
import type { Reading } from "lib/sources/live/fact.ts";
import { answerOf, settings, SHEET_MARKET } from "./kalshi_fixture.ts";

const venue = makeKalshi(settings);
const EVENTS = "/events?limit=200&status=open&with_nested_markets=true";
const SETTLED = {
  ...SHEET_MARKET,
  status: "finalized",
  result: "no",
  close_time: "2025-11-03T17:00:00.123456Z",
  settlement_ts: "2025-11-03T18:30:00Z",
};

function eventPage(markets: readonly unknown[], changed: Record<string, unknown> = {}): unknown {
  const event = {
    event_ticker: "KXTEST-25Q4",
    series_ticker: "KXTEST",
    title: "What will happen?",
    mutually_exclusive: true,
    markets,
    ...changed,
  };
  return { events: [event], cursor: "" };
}

function read(...markets: unknown[]): Reading {
  return venue.read(answerOf("kalshi_events", EVENTS, eventPage(markets)));
}

Deno.test("readEvents() reads the sheet's record", () => {
  const subject = "kalshi:KXTEST-25Q4-CONTRACT";
  assert.deepEqual(read(SHEET_MARKET), {
    facts: [
      {
        kind: "listing",
        subject,
        market: {
          marketId: subject,
          venue: "kalshi",
          question: "Will it happen? — Canonical YES short title",
          description: "Primary rules text\n\nSecondary rules text.",
          slug: "kxtest-25q4-contract",
          eventId: "KXTEST-25Q4",
          eventSlug: "kxtest-25q4",
          eventTitle: "What will happen?",
          outcome: "Yes",
          groupItemTitle: "Canonical YES short title",
          negRisk: true,
          createdAtMs: Date.UTC(2025, 8, 15, 8),
          opensAtMs: Date.UTC(2025, 9, 1, 14, 30),
          closesAtMs: Date.UTC(2025, 11, 31, 21),
          conditionId: null,
          tokenId: null,
        },
        leftOut: null,
        native: { ticker: "KXTEST-25Q4-CONTRACT", event: "KXTEST-25Q4", series: "KXTEST" },
      },
      {
        kind: "state",
        subject,
        status: "open",
        closedAtMs: null,
        closesAtMs: Date.UTC(2025, 11, 31, 21),
        volumeUsd: null,
        liquidityUsd: null,
        openInterest: 25000,
        bid: 0.65,
        ask: 0.67,
        claimedPayout: null,
        native: { status: "active", tier: "live", volume: "150000" },
      },
      { kind: "crawl", subject: "kalshi open events", edition: "2026-11-22", nPages: 1 },
    ],
    oddities: [],
  });
});

Deno.test("readEvents() reads how contracts were settled, at the settlement's time", () => {
  const payout = (changed: Record<string, unknown>) => {
    const { facts, oddities } = read({ ...SETTLED, ...changed });
    const outcome = facts.find((fact) => fact.kind === "outcome");
    return [outcome?.payout, outcome?.resolvedAtMs, oddities.map(({ column }) => column)];
  };
  const atMs = Date.UTC(2025, 10, 3, 18, 30);
  assert.deepEqual(payout({}), [0, atMs, []]);
  assert.deepEqual(payout({ result: "yes" }), [1, atMs, []]);
  const half = { result: "scalar", settlement_value_dollars: "0.5000" };
  assert.deepEqual(payout(half), [0.5, atMs, []]);
  const field = (name: string) => `markets.0.${name}`;
  assert.deepEqual(payout({ ...half, settlement_value_dollars: 50 }), [undefined, undefined, [
    field("settlement_value_dollars"),
  ]]);
  assert.deepEqual(payout({ result: "" }), [undefined, undefined, [field("result")]]);
  assert.deepEqual(payout({ result: "void" })[2], [field("result")]);
  assert.deepEqual(payout({ settlement_ts: null }), [
    0,
    Date.UTC(2025, 10, 3, 17, 0, 30, 123),
    [field("settlement_ts")],
  ]);
  assert.deepEqual(payout({ status: "determined" }), [undefined, undefined, []]);
});

Deno.test("readEvents() takes no end of trading for the scheduled end", () => {
  const closes = (market: unknown) => {
    const { facts } = read(market);
    const state = facts.find((fact) => fact.kind === "state");
    const listing = facts.find((fact) => fact.kind === "listing");
    return [listing?.market.closesAtMs, state?.closedAtMs].map((ms) =>
      ms === null || ms === undefined ? null : new Date(ms).toISOString()
    );
  };
  const closed = "2025-11-03T17:00:00.123Z", latest = "2025-12-31T22:00:00.000Z";
  assert.deepEqual(closes(SHEET_MARKET), ["2025-12-31T21:00:00.000Z", null]);
  assert.deepEqual(closes(SETTLED), [latest, closed]);
  assert.deepEqual(closes({ ...SETTLED, status: "closed" }), [latest, closed]);
  const late = { ...SETTLED, can_close_early: false };
  assert.deepEqual(closes(late), [closed, closed]);
  const expected = "2025-11-01T17:00:00.000Z";
  assert.deepEqual(closes({ ...late, expected_expiration_time: expected }), [expected, closed]);
});

Deno.test("readEvents() leaves out parlays and contracts of hours, not those decided early", () => {
  const leftOut = (changed: Record<string, unknown>) =>
    read({ ...SHEET_MARKET, ...changed }).facts
      .flatMap((fact) => fact.kind === "listing" ? [fact.leftOut] : []);
  assert.deepEqual(leftOut({ ticker: "KXMVESPORTS-1" }), ["parlay"]);
  assert.deepEqual(leftOut({ mve_collection_ticker: "KXC" }), ["parlay"]);
  assert.deepEqual(leftOut({ mve_selected_legs: [{}] }), ["parlay"]);
  assert.deepEqual(leftOut({ mve_selected_legs: [], mve_collection_ticker: "" }), [null]);
  assert.deepEqual(leftOut({ close_time: "2025-10-08T14:29:59Z" }), ["shorter than 7 days"]);
  assert.deepEqual(leftOut({ close_time: "2025-10-08T14:30:00Z" }), [null]);
  const early = { ...SETTLED, close_time: "2025-10-02T00:00:00Z" };
  assert.deepEqual(leftOut(early), [null]);
  assert.deepEqual(leftOut({ ...early, expected_expiration_time: "2025-10-02T00:00:00Z" }), [
    "shorter than 7 days",
  ]);
});

Deno.test("readEvents() writes the label behind the question where it adds something", () => {
  const listed = (changed: Record<string, unknown>) => {
    const listing = read({ ...SHEET_MARKET, ...changed }).facts[0];
    assert.ok(listing?.kind === "listing");
    return [listing.market.question, listing.market.groupItemTitle];
  };
  assert.deepEqual(listed({ title: "Will Ada win?", yes_sub_title: "Ada" }), [
    "Will Ada win?",
    "Ada",
  ]);
  assert.deepEqual(listed({ title: "", yes_sub_title: "Ada" }), ["What will happen? — Ada", "Ada"]);
  assert.deepEqual(listed({ yes_sub_title: "Yes" }), ["Will it happen?", null]);
  assert.deepEqual(listed({ yes_sub_title: null }), ["Will it happen?", null]);
});

Deno.test("readEvents() keeps words of events whose contracts are archived, as no contract", () => {
  const { facts } = venue.read(
    answerOf("kalshi_events", EVENTS, eventPage([], { markets: undefined })),
  );
  const [listing] = facts;
  assert.ok(listing?.kind === "listing");
  assert.equal(listing.subject, "kalshi event:KXTEST-25Q4");
  assert.equal(listing.leftOut, "an event, no contract");
  assert.deepEqual(listing.native, { event: "KXTEST-25Q4", series: "KXTEST" });
  assert.deepEqual([listing.market.eventTitle, listing.market.negRisk], [
    "What will happen?",
    true,
  ]);
});

Deno.test("readEvents() tells of a changed schema and reads the rest", () => {
  const {
    yes_bid_dollars: _b,
    yes_ask_dollars: _a,
    last_price_dollars: _l,
    open_interest_fp: _o,
    ...old
  } = SHEET_MARKET;
  const { facts, oddities } = read(
    { ...old, yes_bid: 65, open_interest_fp: 25000 },
    { ...SHEET_MARKET, ticker: "../KX" },
    7,
    { ...SHEET_MARKET, ticker: "KXB-1", status: "paused", open_time: "2025-02-30T00:00:00Z" },
  );
  assert.deepEqual(oddities.map(({ column, value, reason }) => [column, value, reason]), [
    ["markets.0.yes_bid_dollars", "", "no price field has its documented name"],
    ["markets.0.open_interest_fp", "25000", "must be a count as a decimal text"],
    ["markets.1.ticker", "../KX", "must be a ticker"],
    ["markets.2", "7", "must be an object"],
    [
      "markets.3.status",
      "paused",
      "must be one of initialized, inactive, active, closed, determined, disputed, amended, finalized",
    ],
    [
      "markets.3.open_time",
      "2025-02-30T00:00:00Z",
      "must be an instant such as 2026-01-31T15:00:00Z",
    ],
  ]);
  assert.deepEqual(facts.map(({ kind, subject }) => [kind, subject]), [
    ["listing", "kalshi:KXTEST-25Q4-CONTRACT"],
    ["state", "kalshi:KXTEST-25Q4-CONTRACT"],
    ["listing", "kalshi:KXB-1"],
    ["crawl", "kalshi open events"],
  ]);
});

Deno.test("readMarkets() lists contracts of an archive and only follows those asked for by ticker", () => {
  const kinds = (kind: string, path: string) =>
    venue.read(answerOf(kind, path, { markets: [SETTLED], cursor: null })).facts
      .map((fact) => fact.kind === "state" ? `${fact.kind} ${fact.native.tier}` : fact.kind);
  const archive = "/historical/markets?limit=1000&series_ticker=KXTEST";
  assert.deepEqual(kinds("kalshi_archive_markets", archive), [
    "listing",
    "state archive",
    "outcome",
    "crawl",
  ]);
  assert.deepEqual(kinds("kalshi_markets", "/markets?limit=1000&tickers=KXTEST-25Q4-CONTRACT"), [
    "state live",
    "outcome",
  ]);
  const { facts } = venue.read(answerOf("kalshi_archive_markets", archive, { markets: [SETTLED] }));
  assert.ok(facts[0]?.kind === "listing");
  assert.equal(facts[0].native.series, "KXTEST");
});

Deno.test("readEvents() knows the end of a list by cursor, empty page and repeated cursor", () => {
  const isEnd = (path: string, value: unknown) =>
    venue.read(answerOf("kalshi_events", path, value)).facts.some(({ kind }) => kind === "crawl");
  const events = [{ event_ticker: "KXA-1", markets: [SHEET_MARKET] }];
  assert.equal(isEnd(EVENTS, { events, cursor: "abc=" }), false);
  assert.equal(isEnd(EVENTS, { events, cursor: "" }), true);
  assert.equal(isEnd(EVENTS, { events, cursor: null }), true);
  assert.equal(isEnd(EVENTS, { events }), true);
  assert.equal(isEnd(EVENTS, { events: [], cursor: "abc=" }), true);
  assert.equal(isEnd(`${EVENTS}&cursor=abc%3D`, { events, cursor: "abc=" }), true);
});

Deno.test("readEvents() takes no repeated cursor on a full page for the end of a list", () => {
  const page = (kind: string, path: string, name: string, n: number) => {
    const rows = Array.from({ length: n }, (_, k) => ({ event_ticker: `KXA-${k}`, markets: [] }));
    const { facts, oddities } = venue.read(answerOf(kind, path, { [name]: rows, cursor: "abc=" }));
    const told = oddities.filter(({ column }) => column === "cursor");
    return [facts.some((fact) => fact.kind === "crawl"), told];
  };
  const events = "/events?limit=200&series_ticker=KXA&with_nested_markets=true&cursor=abc%3D";
  const archive = "/historical/markets?limit=1000&series_ticker=KXA&cursor=abc%3D";
  const told = (place: string, row: number) => ({
    place,
    row,
    column: "cursor",
    value: "abc=",
    reason: "the cursor repeats on a full page: the list may go on",
  });
  assert.deepEqual(page("kalshi_events", events, "events", 199), [true, []]);
  assert.deepEqual(page("kalshi_events", events, "events", 200), [
    false,
    [told("kalshi /events", 199)],
  ]);
  assert.deepEqual(page("kalshi_archive_markets", archive, "markets", 999), [true, []]);
  assert.deepEqual(page("kalshi_archive_markets", archive, "markets", 1000), [
    false,
    [told("kalshi /historical/markets", 999)],
  ]);
});

Deno.test("readCutoff() tells where the live tier is shorter than plans take it for", () => {
  const told = (at: string) =>
    venue.read(answerOf("kalshi_cutoff", "/historical/cutoff", { market_settled_ts: at })).oddities;
  assert.deepEqual(told("2026-09-20T00:00:00Z"), []);
  assert.deepEqual(told("2026-11-01T00:00:00Z").map(({ reason }) => reason), [
    "the live tier must reach back 45 days",
  ]);
});

Deno.test("readKalshi() reads whatever stands in a page, with oddities and no exception", () => {
  const record = fc.dictionary(
    fc.constantFrom(...Object.keys(SETTLED), "markets", "series_ticker", "mutually_exclusive"),
    fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(SETTLED))),
  );
  const row = fc.oneof({ weight: 4, arbitrary: record }, { weight: 1, arbitrary: fc.jsonValue() });
  const page = fc.tuple(fc.array(row), fc.array(row), fc.oneof(fc.string(), fc.constant(null)));
  fc.assert(
    fc.property(page, ([rows, markets, cursor]) => {
      const inner = [...rows, { event_ticker: "KXA", markets }];
      for (
        const [kind, path, value] of [
          ["kalshi_events", EVENTS, { events: inner, cursor }],
          ["kalshi_markets", "/markets?limit=1000&tickers=KXA", { markets: rows, cursor }],
          ["kalshi_series", "/series", { series: rows }],
          ["kalshi_fee_changes", "/series/fee_changes", { series_fee_change_arr: rows }],
        ] as const
      ) {
        const { facts, oddities } = venue.read(answerOf(kind, path, value));
        const again = venue.read(answerOf(kind, path, structuredClone(value)));
        assert.deepEqual({ facts, oddities }, again);
        assert.ok(oddities.every((oddity) => oddity.value.length <= 200));
        for (const fact of facts) {
          if (fact.kind === "outcome") assert.ok(fact.payout >= 0 && fact.payout <= 1);
        }
      }
    }),
    { seed: 8, numRuns: 300 },
  );
});

Deno.test("readKalshi() refuses what is no page", () => {
  assert.throws(() => venue.read(answerOf("kalshi_events", "/events", { error: "x" })), {
    name: "TypeError",
    message: 'Cannot read kalshi /events as it must hold a list "events": got {"error":"x"}',
  });
  assert.throws(() => venue.read(answerOf("kalshi_events", "/events", { events: [], cursor: 3 })), {
    name: "TypeError",
    message: "Cannot read kalshi /events as its cursor must be a text: got 3",
  });
  assert.throws(() => venue.read(answerOf("kalshi_cutoff", "/historical/cutoff", [])), {
    name: "TypeError",
    message: "Cannot read kalshi /historical/cutoff as it must be an object: got []",
  });
  assert.throws(() => venue.read(answerOf("other", "/other", {})), {
    name: "RangeError",
    message: 'Cannot read an answer of Kalshi as its kind must be known: got "other"',
  });
});
