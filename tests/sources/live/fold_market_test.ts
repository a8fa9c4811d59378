import assert from "node:assert/strict";
import { formatDay } from "lib/core/day.ts";
import fc from "fast-check";
import type { Market } from "lib/core/data_set.ts";
import type { DayPoint, DaysFact, Fact, ListingFact, StateFact } from "lib/sources/live/fact.ts";
import { foldMarket, type KnownFact } from "lib/sources/live/fold_market.ts";
import { UNKNOWN_MARKET, UNKNOWN_STATE } from "../../fixtures/facts.ts";

const DAY = 86_400_000;
const UNTIL = { untilDay: 120 };

Deno.test("foldMarket() has texts and dates as they first stood, and fills what was unknown", () => {
  const folded = foldMarket([
    listing({ question: "Will it?", closesAtMs: 200 * DAY, tokenId: null }, 100 * DAY),
    listing({ question: "Will it now?", closesAtMs: 300 * DAY, tokenId: "7" }, 101 * DAY),
    state({}, 101 * DAY),
    days(1, [point(100, 0.4)]),
  ], UNTIL)!;
  assert.equal(folded.market.question, "Will it?");
  assert.equal(folded.market.closesAtMs, 200 * DAY);
  assert.equal(folded.market.tokenId, "7");
});

Deno.test("foldMarket() takes each value of a day from the higher rank that has it", () => {
  const folded = foldMarket([
    listing({}, 0),
    state({}, 0),
    days(0, [{ ...point(100, 0.3), bid: 0.29, ask: 0.31 }, point(101, 0.5)]),
    days(1, [point(100, 0.4)]),
    days(2, [{ ...point(101, null), volumeUsd: 12 }]),
  ], UNTIL)!;
  assert.deepEqual(folded.prices, [
    point(100, 0.4), // without the quotes of the other answer
    { ...point(101, 0.5), volumeUsd: 12 },
  ]);
  assert.deepEqual(folded.activity, [
    { day: 101, volumeUsd: 12, openInterest: NaN, liquidityUsd: NaN },
  ]);
});

Deno.test("foldMarket() tells nothing of a day that has not ended", () => {
  const folded = foldMarket([
    listing({}, 0),
    state({}, 0),
    days(1, [point(119, 0.4), point(120, 0.6)]),
    book(119, 500),
    book(120, 900),
  ], UNTIL)!;
  assert.deepEqual(folded.prices, [point(119, 0.4)]);
  assert.deepEqual(folded.activity, [
    { day: 119, volumeUsd: NaN, openInterest: NaN, liquidityUsd: 500 },
  ]);
});

Deno.test("foldMarket() has volumes of the tape and depth of the book on one row a day", () => {
  const folded = foldMarket([
    listing({}, 0),
    state({}, 0),
    days(1, [point(117, 0.4)]),
    book(118, 500),
    {
      kind: "tape",
      subject: "poly:1",
      walk: "1970-05-01", // day 120
      fromMs: 0,
      toMs: 119 * DAY,
      trades: [[(118 * DAY + 5000) / 1000, 40, "b"], [(117 * DAY + 5000) / 1000, 25, "a"]],
      knownAtMs: 120 * DAY,
    },
  ], UNTIL)!;
  assert.deepEqual(folded.activity, [
    { day: 117, volumeUsd: 25, openInterest: NaN, liquidityUsd: NaN },
    { day: 118, volumeUsd: 40, openInterest: NaN, liquidityUsd: 500 },
    { day: 119, volumeUsd: 0, openInterest: NaN, liquidityUsd: NaN },
  ]);
});

Deno.test("foldMarket() leaves out what is left out and what nobody asked the prices of", () => {
  const rest = [state({}, 0), days(1, [point(100, 0.4)])];
  assert.equal(
    foldMarket([{ ...listing({}, 0), leftOut: "too short" }, ...rest], UNTIL),
    undefined,
  );
  assert.equal(foldMarket([listing({}, 0), state({}, 0)], UNTIL), undefined);
  const asked = foldMarket([listing({}, 0), state({}, 0), days(1, [])], UNTIL);
  assert.deepEqual(asked?.prices, [], "asked without an answer is a contract without prices");
});

Deno.test("foldMarket() reports a record that claims another payout than the authority", () => {
  const outcome = {
    kind: "outcome" as const,
    subject: "poly:1",
    resolvedAtMs: 110 * DAY,
    payout: 1,
    source: "oracle",
    knownAtMs: 110 * DAY,
  };
  const facts = (claimedPayout: number | null) => [
    listing({}, 0),
    days(1, []),
    outcome,
    state({ claimedPayout }, 0),
  ];
  assert.deepEqual(foldMarket(facts(0.9995), UNTIL)!.oddities, []);
  assert.deepEqual(foldMarket(facts(null), UNTIL)!.oddities, []);
  assert.deepEqual(foldMarket(facts(0), UNTIL)!.oddities, [{
    place: "oracle of poly:1",
    row: 0,
    column: "payout",
    value: "0",
    reason: "its record claims another payout than the authority, which says 1",
  }]);
});

Deno.test("foldMarket() does not depend on the order in which answers about prices came", () => {
  const answers = fc.uniqueArray(
    fc.record({
      rank: fc.integer({ min: 0, max: 2 }),
      at: fc.integer({ min: 1, max: 50 }),
      day: fc.integer({ min: 100, max: 104 }),
      close: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      volume: fc.option(fc.nat(9)),
    }),
    { selector: ({ at }) => at, maxLength: 8 },
  );
  fc.assert(
    fc.property(answers, fc.infiniteStream(fc.nat()), (rows, keys) => {
      const facts = rows.map(({ rank, at, day, close, volume }) => ({
        ...days(rank, [{ ...point(day, close), volumeUsd: volume }]),
        knownAtMs: at,
      }));
      const shuffled = facts.map((fact) => ({ fact, key: keys.next().value! }))
        .sort((a, b) => a.key - b.key).map(({ fact }) => fact);
      const fold = (all: readonly KnownFact[]) =>
        foldMarket([listing({}, 0), state({}, 0), days(0, []), ...all], UNTIL);
      assert.deepEqual(fold(shuffled), fold(facts));
    }),
    { seed: 8, numRuns: 200 },
  );
});

Deno.test("foldMarket() knows of no trading on a day that began when trading ended", () => {
  const tape: KnownFact<Extract<Fact, { kind: "tape" }>> = {
    kind: "tape",
    subject: "poly:1",
    walk: formatDay(119),
    fromMs: 0,
    toMs: 110 * DAY,
    trades: [[110 * DAY / 1000, 5, "a"]],
    knownAtMs: 0,
  };
  const daysOf = (closedAtMs: number) =>
    foldMarket([
      listing({ opensAtMs: 110 * DAY }, 0),
      state({ status: "closed", closedAtMs }, 0),
      days(0, []),
      tape,
    ], UNTIL)!.activity.map(({ day, volumeUsd }) => [day, volumeUsd]);
  assert.deepEqual(daysOf(112 * DAY), [[110, 5], [111, 0]]);
  assert.deepEqual(daysOf(112 * DAY + 1), [[110, 5], [111, 0], [112, 0]]);
});

function listing(market: Partial<Market>, knownAtMs: number): KnownFact<ListingFact> {
  return {
    kind: "listing",
    subject: "poly:1",
    market: {
      marketId: "poly:1",
      venue: "polymarket",
      ...UNKNOWN_MARKET,
      outcome: null,
      ...market,
    },
    leftOut: null,
    native: {},
    knownAtMs,
  };
}

function state(over: Partial<StateFact>, knownAtMs: number): KnownFact<StateFact> {
  return { ...UNKNOWN_STATE, subject: "poly:1", ...over, knownAtMs };
}

function days(rank: number, points: readonly DayPoint[]): KnownFact<DaysFact> {
  return {
    kind: "days",
    subject: "poly:1",
    fromMs: 100 * DAY,
    toMs: 120 * DAY,
    rank,
    points,
    knownAtMs: 0,
  };
}

function book(day: number, restingUsd: number): KnownFact<Extract<Fact, { kind: "book" }>> {
  return {
    kind: "book",
    subject: "poly:1",
    bookAtMs: day * DAY + 3_600_000,
    bid: 0.4,
    ask: 0.5,
    bidSize: 1,
    askSize: 1,
    restingUsd,
    knownAtMs: day * DAY + 3_600_000,
  };
}

function point(day: number, close: number | null): DayPoint {
  return { day, close, bid: null, ask: null, volumeUsd: null, openInterest: null };
}
