import assert from "node:assert/strict";
import type { ListingFact, StateFact } from "lib/sources/live/fact.ts";
import { gammaFacts } from "lib/sources/polymarket/gamma_facts.ts";

const golden = JSON.parse(
  await Deno.readTextFile(
    new URL("../../golden/sources/gamma_markets.json", import.meta.url),
  ),
);

function factsOf(raw: unknown) {
  return gammaFacts(raw, { event: null, minScheduledDays: 7 });
}

function listingOf(raw: unknown): ListingFact {
  return factsOf(raw).facts.find((fact) => fact.kind === "listing")!;
}

function stateOf(raw: unknown): StateFact {
  return factsOf(raw).facts.find((fact) => fact.kind === "state")!;
}

// golden: tests/golden/sources/gamma_markets.json, records of the sheet of interfaces
Deno.test("gammaFacts() reads the open market of the sheet", () => {
  const { facts, faults } = gammaFacts(golden.open, {
    event: { id: "30829", slug: "democratic-nominee", title: "Nominee 2028", markets: null },
    minScheduledDays: 7,
  });
  const token = "60590045489347122735554346200880179420435533609307820342798544098823516727807";
  const condition = "0xc8f1cf5d4f26e0fd9c8fe89f2a7b3263b902cf14fde7bfccef525753bb492e47";
  const closesAtMs = Date.UTC(2028, 10, 7);
  assert.deepEqual(faults, []);
  assert.deepEqual(facts, [
    {
      kind: "listing",
      subject: "poly:559657",
      market: {
        marketId: "poly:559657",
        venue: "polymarket",
        question: "Will Stephen A. Smith win the 2028 Democratic presidential nomination?",
        description: null,
        slug: "will-stephen-a-smith-win-the-2028-democratic-presidential-nomination-914",
        eventId: "30829",
        eventSlug: "democratic-nominee",
        eventTitle: "Nominee 2028",
        outcome: "Yes",
        groupItemTitle: "Stephen A. Smith",
        negRisk: true,
        createdAtMs: null,
        opensAtMs: Date.UTC(2025, 6, 11, 18, 36, 2, 893),
        closesAtMs,
        conditionId: condition,
        tokenId: token,
      },
      leftOut: null,
      native: { isPlaceholder: "no" },
    },
    {
      kind: "state",
      subject: "poly:559657",
      status: "open",
      closedAtMs: null,
      closesAtMs,
      volumeUsd: 12232699.615479222,
      liquidityUsd: 400500.66675,
      openInterest: null,
      bid: 0.01,
      ask: 0.011,
      claimedPayout: null,
      native: {
        gammaId: "559657",
        protocol: "v1",
        isTradeable: "yes",
        token,
        condition,
        negRiskMarket: "0x2c3d7e0eee6f058be3006baabf0d54a07da254ba47fe6e3e095e7990c7814700",
      },
    },
    {
      kind: "fee",
      subject: "poly:559657",
      feeType: null,
      rate: 0,
      exponent: null,
      isTakerOnly: null,
      rebateShare: null,
      fromMs: null,
    },
  ]);
});

Deno.test("gammaFacts() anchors a closed market on closedTime, not on the scheduled end", () => {
  const state = stateOf(golden.closed);
  assert.equal(state.status, "settled");
  assert.equal(state.closedAtMs, Date.UTC(2026, 2, 19, 23, 20, 15));
  assert.equal(state.closesAtMs, Date.UTC(2028, 0, 1));
  assert.equal(state.claimedPayout, 0);
  assert.equal(state.bid, null);
  assert.equal(state.volumeUsd, null);
  assert.equal(listingOf(golden.closed).market.groupItemTitle, null);
  assert.equal(
    listingOf(golden.closed).market.conditionId,
    golden.closed.conditionId.toLowerCase(),
  );
});

Deno.test("gammaFacts() takes positionIds of the second protocol, waiting while they are null", () => {
  const { second_protocol: second } = golden;
  assert.equal(listingOf(second).market.tokenId, second.positionIds[0]);
  assert.equal(stateOf(second).native["protocol"], "v2");
  assert.equal(
    stateOf({ ...second, closed: true, resolutionStatus: "resolved" }).status,
    "settled",
  );
  assert.equal(
    stateOf({ ...second, closed: true, umaResolutionStatus: "resolved" }).status,
    "closed",
  );
  const waiting = { ...second, positionIds: null, clobTokenIds: '["1", "2"]' };
  assert.equal(listingOf(waiting).leftOut, null);
  assert.equal(listingOf(waiting).market.tokenId, null);
  assert.equal(stateOf(waiting).status, "listed");
  assert.equal(stateOf(waiting).native["token"], undefined);
  assert.equal(stateOf(waiting).native["isTradeable"], "no");
});

const plain = { id: "7", closed: false, outcomes: '["Up", "Down"]', clobTokenIds: '["1", "2"]' };

Deno.test("gammaFacts() says why a market is left out, the first reason that holds", () => {
  const short = { startDate: "2026-01-01T00:00:00Z", endDate: "2026-01-07T23:59:59Z" };
  const three = { outcomes: '["A", "B", "C"]', clobTokenIds: '["1", "2", "3"]' };
  const cases: readonly (readonly [Record<string, unknown>, string | null])[] = [
    [{}, null],
    [{ ...three, ...short, closed: true, clobTokenIds: null }, "never had an order book"],
    [{ closed: false, clobTokenIds: null, enableOrderBook: false }, null],
    [{ ...three, ...short, negRiskOther: true }, "not two outcomes"],
    [{ ...short, negRiskOther: true }, "the Other leg"],
    [short, "shorter than 7 days"],
    [{ ...short, endDate: "2026-01-08T00:00:00Z" }, null],
    [{ ...short, startDate: null, createdAt: "2026-01-02T00:00:00Z" }, "shorter than 7 days"],
    [{ ...short, endDate: null }, null],
    [{ ...short, startDate: "2026-02-01", createdAt: "2025-12-01" }, null],
    [{ ...short, startDate: "2026-02-01", createdAt: "2026-01-07" }, "shorter than 7 days"],
    [{ active: false }, null],
    [{ ...three, active: false, closed: true }, "never opened"],
  ];
  for (const [fields, reason] of cases) {
    assert.equal(listingOf({ ...plain, ...fields }).leftOut, reason, JSON.stringify(fields));
  }
});

Deno.test("gammaFacts() marks a placeholder, whose texts are still to come", () => {
  const texts = {
    question: "Will Person X win?",
    slug: "person-x",
    description: "Rules",
    groupItemTitle: "Person X",
  };
  const placeholder = {
    ...plain,
    ...texts,
    active: false,
    acceptingOrders: true,
    enableOrderBook: true,
  };
  assert.equal(listingOf(placeholder).native["isPlaceholder"], "yes");
  assert.equal(stateOf(placeholder).native["isTradeable"], "no");
  assert.equal(stateOf(placeholder).status, "listed");
  const { question, slug, description, groupItemTitle } = listingOf(placeholder).market;
  assert.deepEqual([question, slug, description, groupItemTitle], [null, null, null, null]);
  const opened = listingOf({ ...placeholder, active: true, question: "Will Ann Lee win?" });
  assert.equal(opened.native["isPlaceholder"], "no");
  assert.equal(opened.market.question, "Will Ann Lee win?");
});

Deno.test("gammaFacts() tells closed from settled by the oracle's status", () => {
  const closed = { ...plain, closed: true, closedTime: "2026-04-05 19:37:33+00" };
  assert.equal(stateOf(closed).status, "closed");
  assert.equal(stateOf({ ...closed, umaResolutionStatus: "" }).status, "closed");
  assert.equal(stateOf({ ...closed, umaResolutionStatus: "disputed" }).status, "closed");
  assert.equal(stateOf({ ...closed, umaResolutionStatus: "settled" }).status, "settled");
  assert.equal(
    stateOf({ ...closed, umaResolutionStatuses: '["proposed", "resolved"]' }).status,
    "settled",
  );
  assert.equal(stateOf({ ...closed, resolutionStatus: "resolved" }).status, "closed");
  assert.equal(stateOf({ ...plain, umaResolutionStatus: "resolved" }).status, "open");
});

Deno.test("gammaFacts() takes the oracle's time, never the scheduled end, where closedTime lacks", () => {
  const closed = {
    ...plain,
    closed: true,
    endDate: "2022-06-30T00:00:00Z",
    outcomePrices: '["1","0"]',
  };
  const told = { ...closed, umaEndDate: "2022-06-29 10:00:00+00" };
  assert.equal(stateOf(told).closedAtMs, Date.UTC(2022, 5, 29, 10));
  assert.deepEqual(factsOf(told).faults, []);
  assert.equal(stateOf(closed).closedAtMs, null);
  assert.deepEqual(factsOf(closed).faults, [
    { column: "closedTime", value: "", reason: "must be known of a closed market" },
  ]);
  assert.equal(stateOf({ ...plain, closedTime: "2022-06-29 10:00:00+00" }).closedAtMs, null);
});

Deno.test("gammaFacts() takes numbers as numbers or texts, and empty ones as unknown", () => {
  const state = stateOf({ ...plain, volume: "12.5", liquidity: "", bestAsk: 1, bestBid: "0.98" });
  assert.deepEqual(
    [state.volumeUsd, state.liquidityUsd, state.ask, state.bid],
    [12.5, null, 1, 0.98],
  );
  const bare = stateOf({ ...plain, volume: null, bestBid: "", feeSchedule: "", active: "" });
  assert.deepEqual([bare.volumeUsd, bare.bid, bare.status], [null, null, "open"]);
  assert.deepEqual(factsOf({ ...plain, feeSchedule: "", active: "", events: "" }).faults, []);
});

Deno.test("gammaFacts() takes the event of the record where it is not nested in one", () => {
  const { market } = listingOf({
    ...plain,
    events: [{ id: 16214, slug: "s", title: "" }, { id: "9" }],
  });
  assert.deepEqual([market.eventId, market.eventSlug, market.eventTitle], ["16214", "s", null]);
  assert.deepEqual(factsOf({ ...plain, events: [{ id: "a b" }] }).faults, [
    { column: "events.0.id", value: "a b", reason: "must be a whole number" },
  ]);
});

Deno.test("gammaFacts() refuses a record of which the contract cannot be told", () => {
  const cases: readonly (readonly [unknown, string, unknown, string])[] = [
    [7, "", 7, "must be an object"],
    [{ ...plain, id: "../7" }, "id", "../7", "must be a whole number"],
    [{ ...plain, id: null }, "id", "", "must be a whole number"],
    [{ ...plain, version: "v3" }, "version", "v3", "must be v1 or v2"],
    [{ ...plain, version: 2 }, "version", 2, "must be v1 or v2"],
    [{ ...plain, outcomes: undefined }, "outcomes", "", "must be a list of texts"],
    [{ ...plain, outcomes: "Yes,No" }, "outcomes", "Yes,No", "must be a list of texts"],
    [{ ...plain, closed: "true" }, "closed", "true", "must be true or false"],
    [{ ...plain, closed: undefined }, "closed", "", "must be true or false"],
    [
      { ...plain, closed: true, closedTime: "2026-01-01", clobTokenIds: "[1, 2]" },
      "clobTokenIds",
      "[1, 2]",
      "must be a list of digits in quotes",
    ],
  ];
  for (const [raw, column, value, reason] of cases) {
    const { facts, faults } = factsOf(raw);
    assert.deepEqual(facts, []);
    assert.deepEqual(faults, [{ column, value, reason }]);
  }
});

Deno.test("gammaFacts() keeps a record with another fault, the faulty field unknown", () => {
  const cases: readonly (readonly [string, unknown, string])[] = [
    ["question", 7, "must be a text"],
    ["conditionId", "0x12", "must be 0x and 64 or 62 hex digits"],
    ["endDate", "soon", "must be a date"],
    ["volumeNum", "many", "must be dollars, 0 or more"],
    ["volumeNum", -1, "must be dollars, 0 or more"],
    ["bestBid", 1.01, "must be a price in [0, 1]"],
    ["negRisk", "yes", "must be true or false"],
    [
      "umaResolutionStatus",
      "arbitrated",
      "must be requested, proposed, disputed, resolved or settled",
    ],
    ["positionIds", [7, 8], "must be a list of digits in quotes"],
    ["feeSchedule", 0.04, "must be an object"],
    ["events", {}, "must be a list"],
  ];
  for (const [column, value, reason] of cases) {
    const { facts, faults } = factsOf({ ...plain, [column]: value });
    assert.deepEqual(faults, [{ column, value, reason }]);
    assert.deepEqual(facts, factsOf(plain).facts);
  }
  assert.deepEqual(factsOf({ ...plain, feeSchedule: { exponent: 1, rate: "a" } }).faults, [
    { column: "feeSchedule.rate", value: "a", reason: "must be a share in [0, 1]" },
  ]);
});
