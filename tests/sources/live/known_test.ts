import assert from "node:assert/strict";
import fc from "fast-check";
import { MS_PER_DAY, parseDay } from "lib/core/day.ts";
import type { Market } from "lib/core/data_set.ts";
import type { BookFact, DaysFact, Fact, ListingFact } from "lib/sources/live/fact.ts";
import type { OutcomeFact, StateFact, TapeFact } from "lib/sources/live/fact.ts";
import { factOf, factRow } from "lib/sources/live/fact_row.ts";
import { knownOf } from "lib/sources/live/known.ts";
import type { KnownMarket } from "lib/sources/live/venue.ts";
import { openResponseStore, type ResponseStore } from "lib/store/response_store.ts";
import { UNKNOWN_MARKET, UNKNOWN_STATE } from "../../fixtures/facts.ts";

const MARKET: Market = {
  ...UNKNOWN_MARKET,
  marketId: "poly:1",
  venue: "polymarket",
  question: "Will it?",
};

function listing(subject: string, question = "Will it?", leftOut: string | null = null) {
  const market = { ...MARKET, marketId: subject, question };
  return { kind: "listing", subject, market, leftOut, native: {} } satisfies ListingFact;
}

function state(subject: string, status: StateFact["status"] = "open") {
  return { ...UNKNOWN_STATE, subject, status } satisfies StateFact;
}

function days(subject: string, span: readonly [number, number], closes: readonly number[] = []) {
  const points = closes.map((close, day) => ({
    day,
    close,
    bid: null,
    ask: null,
    volumeUsd: null,
    openInterest: null,
  }));
  const [fromMs, toMs] = span;
  return { kind: "days", subject, fromMs, toMs, rank: 1, points } satisfies DaysFact;
}

function page(subject: string, walk: string, span: readonly [number, number]): TapeFact {
  const [fromMs, toMs] = span;
  return { kind: "tape", subject, walk, fromMs, toMs, trades: [[toMs / 1000, 5, "0xa"]] };
}

function book(subject: string, bookAtMs: number): BookFact {
  const sizes = { bidSize: null, askSize: null, restingUsd: 0 };
  return { kind: "book", subject, bookAtMs, bid: null, ask: null, ...sizes };
}

function outcome(subject: string, payout: number): OutcomeFact {
  return { kind: "outcome", subject, resolvedAtMs: 7, payout, source: "oracle" };
}

function ms(text: string): number {
  return Date.parse(`${text}Z`);
}

/** A store of answers, each of an instant and with some facts. */
function inStore(
  answers: readonly (readonly [atMs: number, facts: readonly Fact[]])[],
  work: (store: ResponseStore) => void,
): void {
  const folder = Deno.makeTempDirSync();
  const store = openResponseStore(`${folder}/responses.sqlite`);
  answers.forEach(([atMs, facts], k) => {
    const ask = { host: "gamma", path: `/${k}`, body: null, kind: "k", subject: "", edition: "" };
    const answer = { ask: { ...ask, format: "csv" as const }, atMs, status: 200, text: "" };
    store.add({ ...answer, value: undefined }, { facts: facts.map(factRow), oddities: [] });
  });
  try {
    work(store);
  } finally {
    store.close();
    Deno.removeSync(folder, { recursive: true });
  }
}

function ids(markets: Iterable<KnownMarket>): string[] {
  return Array.from(markets, ({ marketId }) => marketId);
}

Deno.test("factRow() tells the span, whether it is a version, and keeps the whole fact", () => {
  assert.deepEqual(factRow(state("poly:1")), {
    kind: "state",
    subject: "poly:1",
    fromMs: null,
    toMs: null,
    isVersion: true,
    content: JSON.stringify(state("poly:1")),
  });
  const priced = days("poly:1", [5, 9], [0.5, 0.6]);
  const row = factRow(priced);
  assert.deepEqual(row, {
    kind: "days",
    subject: "poly:1",
    fromMs: 5,
    toMs: 9,
    isVersion: false,
    content: JSON.stringify(priced),
    outline: JSON.stringify({ ...priced, points: priced.points.slice(-1) }),
  });
  assert.deepEqual(factOf(row), priced);
  assert.deepEqual(factOf({ content: row.outline! }), {
    ...priced,
    points: priced.points.slice(-1),
  });
  const crawl = { kind: "crawl", subject: "list", edition: "2026-11-22", nPages: 3 } as const;
  for (const fact of [crawl, page("poly:1", "2026-11-22", [1, 2]), book("poly:1", 3)]) {
    assert.deepEqual(factOf(factRow(fact)), fact);
    assert.equal(factRow(fact).isVersion, false);
  }
});

Deno.test("knownOf() folds the facts of a contract", () => {
  const first = listing("poly:1"), last = state("poly:1", "settled");
  inStore([
    [300, [listing("poly:1", "Will it now?"), last, outcome("poly:1", 1), book("poly:1", 290)]],
    [200, [outcome("poly:1", 0), book("poly:1", 190), days("poly:1", [20, 30], [0.5])]],
    [100, [first, state("poly:1")]],
    [400, [
      listing("poly:1", "Will it now?"),
      days("poly:1", [10, 20], [0.5]),
      days("poly:1", [50, 60], [0.5]),
    ]],
    [500, [page("poly:1", "2026-11-22", [ms("2026-11-20T05:00"), ms("2026-11-22T01:00")])]],
  ], (store) => {
    assert.deepEqual([...knownOf(store, "polymarket").markets()], [{
      marketId: "poly:1",
      listing: first,
      state: last,
      seenAtMs: 400,
      outcome: outcome("poly:1", 1),
      bookAtMs: 290,
      priced: [{ fromMs: 10, toMs: 30 }, { fromMs: 50, toMs: 60 }],
      taped: [{ fromMs: ms("2026-11-21T00:00"), toMs: ms("2026-11-22T00:00") }],
    }]);
  });
});

Deno.test("knownOf() says nothing of what no fact is about", () =>
  inStore([[100, [listing("kalshi:A"), state("kalshi:A")]]], (store) => {
    assert.deepEqual([...knownOf(store, "kalshi").markets()], [{
      marketId: "kalshi:A",
      listing: listing("kalshi:A"),
      state: state("kalshi:A"),
      seenAtMs: 100,
      outcome: null,
      bookAtMs: null,
      priced: [],
      taped: [],
    }]);
  }));

Deno.test("knownOf().priced counts no span that only a fallback answered", () =>
  inStore([
    [100, [listing("poly:1"), state("poly:1"), days("poly:1", [0, 10], [0.5])]],
    [200, [{ ...days("poly:1", [10, 20], [0.5]), rank: 0 }]],
  ], (store) => {
    const [market] = knownOf(store, "polymarket").markets();
    assert.deepEqual(market?.priced, [{ fromMs: 0, toMs: 10 }]);
  }));

Deno.test("knownOf() yields contracts of one venue that have a listing and a state, by id", () =>
  inStore([
    [100, [listing("poly:2"), state("poly:2"), listing("poly:10"), state("poly:10")]],
    [200, [listing("kalshi:A"), state("kalshi:A"), listing("poly:3"), state("poly:4")]],
    [300, [listing("poly:1", "Up?", "it ends within a week"), state("poly:1")]],
    [400, [listing("poly:1", "Up?"), days("poly:5", [0, 1]), listing("poly", "x"), state("poly")]],
  ], (store) => {
    assert.deepEqual(ids(knownOf(store, "polymarket").markets()), ["poly:10", "poly:2"]);
    assert.deepEqual(
      ids(knownOf(store, "polymarket").markets({ withLeftOut: true })),
      ["poly:1", "poly:10", "poly:2"],
    );
    assert.deepEqual(ids(knownOf(store, "kalshi").markets()), ["kalshi:A"]);
    assert.deepEqual(ids(knownOf(store, "benchmarks").markets()), []);
  }));

Deno.test("knownOf().taped takes whole days of each walk, also where a walk has several pages", () => {
  const walk = "2026-11-22", midnight = ms("2026-11-22T00:00");
  const taped = (...pages: TapeFact[]) => {
    let spans: KnownMarket["taped"] = [];
    inStore([[100, [listing("poly:1"), state("poly:1"), ...pages]]], (store) => {
      spans = [...knownOf(store, "polymarket").markets()][0]!.taped;
    });
    return spans;
  };
  const at = (from: string, to: string) => page("poly:1", walk, [ms(from), ms(to)]);
  assert.deepEqual(
    taped(
      at("2026-11-20T12:00", "2026-11-22T10:00"),
      at("2026-11-17T00:00", "2026-11-20T11:00"),
    ),
    [{ fromMs: ms("2026-11-18T00:00"), toMs: midnight }],
    "more trades of the instant of midnight may stand on a page that was not asked for",
  );
  assert.deepEqual(taped(at("2026-11-21T00:00", "2026-11-22T10:00")), [], "no whole day");
  assert.deepEqual(
    taped(at("2026-11-20T12:00", "2026-11-22T10:00"), page("poly:1", walk, [0, 5000])),
    [{ fromMs: 0, toMs: midnight }],
  );
  assert.deepEqual(
    taped(
      at("2026-11-20T12:00", "2026-11-22T10:00"),
      page("poly:1", "2026-11-10", [ms("2026-11-07T03:00"), ms("2026-11-10T02:00")]),
      page("poly:1", "2026-11-08 second", [0, ms("2026-11-07T23:00")]),
    ),
    [
      { fromMs: 0, toMs: ms("2026-11-10T00:00") },
      { fromMs: ms("2026-11-21T00:00"), toMs: midnight },
    ],
  );
});

Deno.test("knownOf().crawls() gives each day once, increasing, of one list", () => {
  const crawl = (subject: string, edition: string): Fact => ({
    kind: "crawl",
    subject,
    edition,
    nPages: 1,
  });
  inStore([
    [100, [crawl("open", "2026-11-22")]],
    [200, [crawl("open", "2026-11-20"), crawl("closed", "2026-11-21")]],
    [300, [crawl("open", "2026-11-22")]],
  ], (store) => {
    const known = knownOf(store, "polymarket");
    assert.deepEqual(known.crawls("open"), ["2026-11-20", "2026-11-22"]);
    assert.deepEqual(known.crawls("closed"), ["2026-11-21"]);
    assert.deepEqual(known.crawls("never"), []);
  });
});

Deno.test("knownOf().covered() gives the merged spans of a symbol", () => {
  const bars = (subject: string, fromMs: number, toMs: number): Fact => ({
    kind: "bars",
    subject,
    fromMs,
    toMs,
    provider: 0,
    bars: [{ day: 1, close: 2, adjusted: null }],
  });
  inStore([
    [100, [bars("SPY", 30, 40), bars("SPY", 0, 10), bars("TLT", 0, 5)]],
    [200, [bars("SPY", 10, 20), days("SPY", [20, 30])]],
  ], (store) => {
    const known = knownOf(store, "benchmarks");
    assert.deepEqual(known.covered("SPY"), [{ fromMs: 0, toMs: 20 }, { fromMs: 30, toMs: 40 }]);
    assert.deepEqual(known.covered("GLD"), []);
  });
});

Deno.test("knownOf() is the same whatever the order in which answers of different times were stored", () => {
  const day = parseDay("2026-11-20") * MS_PER_DAY;
  const answers: (readonly [number, readonly Fact[]])[] = [
    [100, [listing("poly:1"), state("poly:1"), listing("poly:2", "Two?"), state("poly:2")]],
    [200, [days("poly:1", [0, MS_PER_DAY], [0.5]), book("poly:1", 150)]],
    [300, [state("poly:1", "closed"), listing("poly:1", "Edited?"), outcome("poly:1", 0)]],
    [400, [outcome("poly:1", 1), days("poly:1", [MS_PER_DAY, 2 * MS_PER_DAY])]],
    [500, [state("poly:1", "settled"), page("poly:1", "2026-11-22", [day, day + 5])]],
  ];
  const known = (order: typeof answers) => {
    let markets: KnownMarket[] = [];
    inStore(order, (store) => {
      markets = [...knownOf(store, "polymarket").markets()];
    });
    return markets;
  };
  const inOrder = known(answers);
  assert.equal(inOrder[0]!.state.status, "settled");
  fc.assert(
    fc.property(fc.shuffledSubarray(answers, { minLength: answers.length }), (order) => {
      assert.deepEqual(known(order), inOrder);
    }),
    { seed: 8, numRuns: 30 },
  );
});

Deno.test("knownOf() holds one contract at a time, and answers may be stored while it is read", () => {
  const names = Array.from({ length: 1500 }, (_, k) => `poly:${1000 + k}`);
  inStore([[100, names.flatMap((name) => [listing(name), state(name)])]], (store) => {
    let nRead = 0;
    const counting: ResponseStore = {
      ...store,
      *outlines(filter) {
        for (const fact of store.outlines(filter)) {
          ++nRead;
          yield fact;
        }
      },
    };
    const found: string[] = [];
    for (const { marketId, priced } of knownOf(counting, "polymarket").markets()) {
      found.push(marketId);
      assert.equal(
        nRead,
        Math.min(2 * found.length + 1, 2 * names.length),
        "reads ahead by a fact",
      );
      assert.deepEqual(priced, []);
      if (found.length % 100 !== 1) continue;
      const ask = { host: "h", path: marketId, body: null, kind: "k", subject: "", edition: "" };
      const answer = { ask: { ...ask, format: "csv" as const }, atMs: 200, status: 200, text: "" };
      const facts = [factRow(days(marketId, [0, 5], [0.5]))];
      store.add({ ...answer, value: undefined }, { facts, oddities: [] });
    }
    assert.deepEqual(found, names);
    const priced = Array.from(knownOf(store, "polymarket").markets()).filter((market) =>
      market.priced.length > 0
    );
    assert.equal(priced.length, 15);
  });
});
