import assert from "node:assert/strict";
import fc from "fast-check";
import type { Answer } from "lib/fetch/ask.ts";
import {
  gammaPage,
  gammaReader,
  readGammaEvents,
  readGammaMarkets,
} from "lib/sources/polymarket/gamma_page.ts";
import { type CatalogueList, pageAsk } from "lib/sources/polymarket/catalogue_list.ts";

const options = { minScheduledDays: 7 };
const open: CatalogueList = { rows: "markets", isClosed: false, endsFrom: null, startsFrom: null };

function answerTo(
  value: unknown,
  { list = open, cursor = null, path }: {
    readonly list?: CatalogueList;
    readonly cursor?: string | null;
    readonly path?: string;
  } = {},
): Answer {
  const ask = pageAsk(list, { cursor, edition: "2026-11-22" });
  const text = JSON.stringify(value);
  return {
    ask: path === undefined ? ask : { ...ask, path },
    atMs: Date.UTC(2026, 10, 22, 9),
    status: 200,
    text,
    value: JSON.parse(text),
  };
}

function record(id: number) {
  return { id: String(id), closed: false, outcomes: '["Yes", "No"]', clobTokenIds: '["1", "2"]' };
}

const full = Array.from({ length: 100 }, (_, k) => record(k));

Deno.test("readGammaMarkets() says on the last page that the list was walked to its end", () => {
  const last = readGammaMarkets(answerTo({ markets: [record(1)] }, { cursor: "abc" }), options);
  assert.deepEqual(last.facts.at(-1), {
    kind: "crawl",
    subject: "polymarket open markets",
    edition: "2026-11-22",
    nPages: 0,
  });
  const only = readGammaMarkets(answerTo({ markets: [record(1)], next_cursor: null }), options);
  assert.deepEqual(only.facts.at(-1), {
    kind: "crawl",
    subject: "polymarket open markets",
    edition: "2026-11-22",
    nPages: 1,
  });
  const empty = readGammaMarkets(
    answerTo({ markets: [], next_cursor: "c" }, { cursor: "b" }),
    options,
  );
  assert.deepEqual(empty.facts.map(({ kind }) => kind), ["crawl"]);
});

Deno.test("readGammaMarkets() does not end a list on a page with a cursor or one that lost it", () => {
  const more = readGammaMarkets(answerTo({ markets: full, next_cursor: "abc" }), options);
  assert.equal(more.facts.length, 200);
  assert.deepEqual(more.oddities, []);
  const lost = readGammaMarkets(answerTo({ markets: full }), options);
  assert.ok(lost.facts.every(({ kind }) => kind !== "crawl"));
  assert.deepEqual(lost.oddities, [{
    place: "polymarket /markets/keyset",
    row: 100,
    column: "next_cursor",
    value: "",
    reason: "must be on a full page",
  }]);
});

Deno.test("readGammaMarkets() makes no walk of a page about named contracts", () => {
  const path = "/markets/keyset?limit=100&closed=true&condition_ids=0x12";
  const reading = readGammaMarkets(answerTo({ markets: full }, { path }), options);
  assert.deepEqual([reading.facts.length, reading.oddities], [200, []]);
});

Deno.test("readGammaMarkets() reads the rows around a faulty one, and cuts its value", () => {
  const wrong = { ...record(2), version: "w".repeat(300) };
  const reading = readGammaMarkets(
    answerTo({ $schema: "s", markets: [record(1), wrong, record(3)] }),
    options,
  );
  assert.deepEqual(
    reading.facts.map((fact) => `${fact.kind} ${fact.subject}`),
    [
      "listing poly:1",
      "state poly:1",
      "listing poly:3",
      "state poly:3",
      "crawl polymarket open markets",
    ],
  );
  assert.deepEqual(reading.oddities, [{
    place: "polymarket /markets/keyset",
    row: 1,
    column: "version",
    value: "w".repeat(200),
    reason: "must be v1 or v2",
  }]);
});

const events: CatalogueList = { ...open, rows: "events", isClosed: true, endsFrom: "2026-01-05" };

Deno.test("readGammaEvents() gives nested markets their event", () => {
  const event = {
    id: "30829",
    slug: "nominee",
    title: "Nominee 2028",
    volume: 3,
    markets: [{ ...record(5), events: [{ id: "1" }] }, { ...record(6), volume: [] }],
  };
  const reading = readGammaEvents(answerTo({ events: [event] }, { list: events }), options);
  const listings = reading.facts.flatMap((fact) => fact.kind === "listing" ? [fact.market] : []);
  assert.deepEqual(
    listings.map(({ marketId, eventId, eventSlug, eventTitle }) => [
      marketId,
      eventId,
      eventSlug,
      eventTitle,
    ]),
    [
      ["poly:5", "30829", "nominee", "Nominee 2028"],
      ["poly:6", "30829", "nominee", "Nominee 2028"],
    ],
  );
  assert.equal(reading.facts.at(-1)?.subject, "polymarket closed events that end from 2026-01-05");
  assert.deepEqual(reading.oddities, [{
    place: "polymarket /events/keyset",
    row: 0,
    column: "markets.1.volume",
    value: "[]",
    reason: "must be dollars, 0 or more",
  }]);
});

Deno.test("readGammaEvents() tells an event without a list of markets or without an id", () => {
  const rows = [{ id: "1" }, { id: "2", markets: 3 }, 4, { id: {}, markets: [record(5)] }];
  const reading = readGammaEvents(answerTo({ events: rows }, { list: events }), options);
  assert.deepEqual(reading.oddities.map(({ row, column, reason }) => [row, column, reason]), [
    [0, "markets", "must be a list"],
    [1, "markets", "must be a list"],
    [2, "", "must be an object"],
    [3, "id", "must be a whole number"],
  ]);
  assert.equal(reading.facts.length, 3);
});

Deno.test("gammaReader() reads each kind of answer with the settings", () => {
  const reader = gammaReader({ minScheduledDays: 30 });
  const short = { ...record(1), startDate: "2026-01-01", endDate: "2026-01-20" };
  const [listing] = reader.gamma_markets(answerTo({ markets: [short] })).facts;
  assert.equal(listing?.kind === "listing" && listing.leftOut, "shorter than 30 days");
  const nested = answerTo({ events: [{ id: "1", markets: [short] }] }, { list: events });
  assert.deepEqual(reader.gamma_events(nested).facts.length, 3);
});

Deno.test("readGammaMarkets() is total: any JSON in any field gives facts or an oddity", () => {
  const fields = [
    ...["id", "version", "question", "conditionId", "negRisk", "negRiskOther", "outcomes"],
    ...["outcomePrices", "clobTokenIds", "positionIds", "umaResolutionStatus", "closed", "active"],
    ...["createdAt", "startDate", "endDate", "closedTime", "umaEndDate", "volume", "volumeNum"],
    ...["bestBid", "feeSchedule", "feesEnabled", "feeType", "events", "resolutionStatus"],
  ];
  const near = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>(
      "",
      "v2",
      "[]",
      "[[[",
      '["1"]',
      "1e999",
      -0,
      1e300,
      true,
      "2026-02-30",
    ),
    fc.record({ rate: fc.jsonValue(), exponent: fc.jsonValue() }),
    fc.array(fc.record({ id: fc.jsonValue(), slug: fc.jsonValue() }), { maxLength: 2 }),
  );
  const change = fc.tuple(fc.constantFrom(...fields), near);
  const row = fc.oneof(
    {
      weight: 9,
      arbitrary: fc.array(change, { maxLength: 5 }).map((changes) => ({
        ...record(1),
        ...Object.fromEntries(changes),
      })),
    },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
  fc.assert(
    fc.property(fc.array(row, { maxLength: 4 }), (rows) => {
      const inMarkets = readGammaMarkets(answerTo({ markets: rows }), options);
      const inEvent = readGammaEvents(
        answerTo({ events: [{ id: "1", markets: rows }] }, { list: events }),
        options,
      );
      const told = new Set(inMarkets.oddities.map((oddity) => oddity.row));
      const nStates = inMarkets.facts.filter(({ kind }) => kind === "state").length;
      const nListings = inMarkets.facts.filter(({ kind }) => kind === "listing").length;
      assert.equal(nStates, nListings);
      assert.ok(nStates + told.size >= rows.length);
      assert.equal(inEvent.facts.filter(({ kind }) => kind === "state").length, nStates);
      for (const { value } of inMarkets.oddities) assert.ok(value.length <= 200);
      assert.deepEqual(JSON.parse(JSON.stringify(inMarkets.facts)), inMarkets.facts);
    }),
    { seed: 8, numRuns: 1000 },
  );
});

Deno.test("readGammaMarkets() takes values that nest deeper than the stack", () => {
  const deep = "[".repeat(200_000) + "]".repeat(200_000);
  const value = { markets: [{ ...record(1), question: JSON.parse(deep), outcomePrices: deep }] };
  const reading = readGammaMarkets({ ...answerTo({}), value }, options);
  assert.deepEqual(reading.oddities.map(({ column }) => column), ["question", "outcomePrices"]);
});

Deno.test("gammaPage() throws for what is no page", () => {
  const cases: readonly unknown[] = [
    { error: "Too Many Requests" },
    [record(1)],
    { markets: {} },
    { markets: [], next_cursor: 7 },
    null,
  ];
  for (const value of cases) {
    assert.throws(() => gammaPage(answerTo(value)), {
      name: "TypeError",
      message:
        'Cannot read polymarket /markets/keyset as a page must have a list "markets" and a ' +
        `"next_cursor" that is a text or absent: got ${JSON.stringify(value)}`,
    });
  }
  assert.throws(() => gammaPage(answerTo({ markets: [] }, { list: events })), {
    name: "TypeError",
    message: 'Cannot read polymarket /events/keyset as a page must have a list "events" and a ' +
      '"next_cursor" that is a text or absent: got {"markets":[]}',
  });
});
