import fc from "fast-check";
import assert from "node:assert/strict";
import type { Market } from "lib/core/data_set.ts";
import { cellAt, type Table } from "lib/core/table.ts";
import { parseMarkets } from "lib/sources/local/parse_markets.ts";
import { adjustedRandIndex } from "lib/stats/label_agreement.ts";
import { readParquet } from "lib/store/parquet.ts";
import type { ContractTaxonomy } from "lib/taxonomy/contract_taxonomy.ts";
import { contractTaxonomy } from "lib/taxonomy/contract_tree.ts";
import { trueMarkets, universe } from "../sources/simulated/universe.ts";
import { market } from "../universe/daily_prices.ts";
import { goldenMarkets } from "./golden_titles.ts";

// golden: hand-checked, see the header of tests/golden/taxonomy/titles.json
Deno.test("contractTaxonomy() places the golden contracts as a person did", () => {
  const golden = goldenMarkets();
  assert.ok(golden.length >= 110);
  const { links, tickers, events } = contractTaxonomy(golden.map((one) => one.market));
  golden.forEach(({ market, ...want }, i) => {
    const { ticker, event } = links[i]!;
    const got = {
      ticker: tickers[ticker]!.text,
      event: events[event]!.name,
      kind: events[event]!.kind,
    };
    assert.deepEqual(got, want, market.question ?? market.marketId);
  });
  const wanted = golden.map(({ event, ticker }) => ({ event, ticker: `${event}\n${ticker}` }));
  assert.equal(
    adjustedRandIndex(codes(wanted.map((one) => one.event)), links.map((l) => l.event)),
    1,
  );
  assert.equal(
    adjustedRandIndex(codes(wanted.map((one) => one.ticker)), links.map((l) => l.ticker)),
    1,
  );
});

Deno.test("contractTaxonomy() lists a ticker's contracts as they roll: by scheduled end, unknown last, then id", () => {
  const question = (by: string) => `US strikes Nordland by ${by}?`;
  const { tickers, links } = contractTaxonomy([
    market({ marketId: "poly:4", question: question("June 30") }),
    market({ marketId: "poly:3", question: question("June 30"), closesAtMs: 9 }),
    market({ marketId: "poly:2", question: question("May 31"), closesAtMs: 5 }),
    market({ marketId: "poly:1", question: question("June 1"), closesAtMs: 9 }),
    market({ marketId: "poly:0", question: question("July 1") }),
  ]);
  assert.equal(tickers.length, 1);
  assert.deepEqual(tickers[0]!.markets, [2, 3, 1, 4, 0]);
  assert.equal(links[2]!.period, "by May 31");
});

Deno.test("contractTaxonomy() never drops a contract without words", () => {
  const { links, tickers, events } = contractTaxonomy([
    market({ marketId: "poly:7" }),
    market({ marketId: "poly:8", question: "  " }),
    market({ marketId: "poly:9", slug: "nordland-leaves-the-eu-by-june-30" }),
  ]);
  assert.deepEqual(links.map(({ method, confidence }) => [method, confidence]), [
    ["title", 0.2],
    ["title", 0.2],
    ["title", 0.6],
  ]);
  assert.deepEqual(links.map(({ ticker }) => tickers[ticker]!.text), [
    "poly:7",
    "poly:8",
    "nordland leaves the eu",
  ]);
  assert.equal(events.length, 3);
});

Deno.test("contractTaxonomy() takes the period from the label or slug where the question has none", () => {
  const { links } = contractTaxonomy([
    market({
      marketId: "poly:1",
      question: "Petrov out?",
      eventTitle: "Petrov out?",
      groupItemTitle: "June 30",
    }),
    market({ marketId: "poly:2", question: "Suns vs. Kings", eventSlug: "nba-phx-sac-2026-01-09" }),
    market({
      marketId: "kalshi:KXA-26JUN-T1",
      venue: "kalshi",
      question: "Jobs above 1?",
      eventSlug: "KXA-26JUN",
    }),
  ]);
  assert.deepEqual(links.map(({ period }) => period), ["June 30", "2026-01-09", "26JUN"]);
});

Deno.test("contractTaxonomy() trusts a link between two venues less, since only wording joins them", () => {
  const poly = market({
    marketId: "poly:1",
    question: "Nordland leaves the EU by June 30?",
    eventTitle: "Nordland leaves the EU by...?",
    groupItemTitle: "June 30",
    eventSlug: "nordland-leaves-the-eu-by",
  });
  const kalshi = market({
    marketId: "kalshi:KXNORD-26",
    venue: "kalshi",
    question: "Nordland leaves the EU before 2027?",
    eventTitle: "Nordland leaves the EU before 2027?",
    groupItemTitle: "Before 2027",
    eventSlug: "KXNORD-26",
  });
  const both = contractTaxonomy([poly, kalshi]);
  assert.equal(both.events.length, 1);
  assert.deepEqual(both.events[0]!.slugs, ["KXNORD-26", "nordland-leaves-the-eu-by"]);
  assert.deepEqual(both.links.map(({ confidence }) => confidence), [0.7, 0.7]);
  assert.equal(contractTaxonomy([poly]).links[0]!.confidence, 0.8);
});

Deno.test("contractTaxonomy() takes the rule text of the contract that ends first", () => {
  const question = "Nordland leaves the EU?";
  const { events } = contractTaxonomy([
    market({ marketId: "poly:1", question, description: "late", closesAtMs: 9 }),
    market({ marketId: "poly:2", question, description: null, closesAtMs: 1 }),
    market({ marketId: "poly:3", question, description: "early", closesAtMs: 5 }),
  ]);
  assert.equal(events[0]!.description, "early");
});

Deno.test("contractTaxonomy() gives the same places in any order of the contracts", () => {
  const markets = goldenMarkets().map((one) => one.market);
  const named = namesOf(markets, contractTaxonomy(markets));
  fc.assert(
    fc.property(fc.shuffledSubarray(markets, { minLength: markets.length }), (shuffled) => {
      assert.deepEqual(namesOf(shuffled, contractTaxonomy(shuffled)), named);
    }),
    { seed: 7, numRuns: 40 },
  );
});

Deno.test("contractTaxonomy() places the contracts of an event alike whatever other events are listed", () => {
  const markets = goldenMarkets().map((one) => one.market);
  const { links, events } = contractTaxonomy(markets);
  const named = namesOf(markets, { ...contractTaxonomy(markets) });
  fc.assert(
    fc.property(fc.subarray([...events.keys()], { minLength: 1 }), (kept) => {
      const keep = new Set(kept);
      const fewer = markets.filter((_, i) => keep.has(links[i]!.event));
      const places = namesOf(fewer, contractTaxonomy(fewer));
      for (const [id, place] of places) assert.deepEqual(place, named.get(id));
    }),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("contractTaxonomy() lists tickers and events by id, each link within both", () => {
  const markets = goldenMarkets().map((one) => one.market);
  assertSound(markets, contractTaxonomy(markets));
});

Deno.test("contractTaxonomy() places whatever text a venue may send", () => {
  const words = [
    "Suns",
    "vs.",
    "Kings",
    "by May 5",
    "O/U 2.5",
    "wins",
    "the",
    "-",
    "25-12",
    "NBA",
    "(",
    "é",
    "?",
    "2026",
  ];
  const phrase = fc.array(fc.constantFrom(...words), { maxLength: 6 }).map((list) =>
    list.join(" ")
  );
  const text = fc.oneof(fc.constant(null), phrase, fc.string({ unit: "grapheme", maxLength: 30 }));
  const facts = fc.record({
    question: text,
    eventTitle: text,
    groupItemTitle: text,
    eventSlug: fc.oneof(
      text,
      fc.constantFrom("nba-phx-sac-2026-01-09", "KXA-26JUN", "a-by-may-5-684"),
    ),
    slug: text,
    isKalshi: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(facts, { maxLength: 8 }), (list) => {
      const markets = list.map(({ isKalshi, ...fields }, i) =>
        market({ marketId: `${isKalshi ? "kalshi:" : "poly:"}${i}`, ...fields })
      );
      assertSound(markets, contractTaxonomy(markets));
    }),
    { seed: 7, numRuns: 1500 },
  );
});

Deno.test("contractTaxonomy() takes time in proportion to the length of titles and labels", () => {
  for (const shape of ["(1", "vs. ", "- 1", "1.", "beat ", ": ", "above 1 and ", "win ", "a-1-"]) {
    const text = `Will ${shape.repeat(Math.ceil(20_000 / shape.length))}`;
    const from = performance.now();
    contractTaxonomy([
      market({
        marketId: "poly:1",
        question: text,
        eventTitle: "NBA",
        groupItemTitle: text,
        slug: text,
      }),
      market({ marketId: "poly:2", question: `${text}?`, eventTitle: text, eventSlug: text }),
      market({ marketId: "poly:3", question: text, eventSlug: text }),
      market({ marketId: "poly:4", question: text }),
      market({
        marketId: "kalshi:KX",
        question: text,
        eventTitle: text,
        eventSlug: text,
        groupItemTitle: text,
      }),
    ]);
    const ms = performance.now() - from;
    assert.ok(ms < 6000, `${JSON.stringify(shape)} took ${Math.round(ms)} ms`);
  }
});

Deno.test("contractTaxonomy() refuses a contract that is listed twice", () => {
  const twice = [market({ marketId: "poly:1" }), market({ marketId: "poly:1" })];
  assert.throws(() => contractTaxonomy(twice), {
    name: "RangeError",
    message: 'Cannot order contracts as each must be listed once: got "poly:1" twice',
  });
});

Deno.test("contractTaxonomy() finds the simulated universe's recurring questions and outcomes", () => {
  const simulation = universe("default", "full");
  const truth = new Map(trueMarkets(simulation).map((one) => [one.id, one]));
  const { markets } = parseMarkets(simulation.tables.markets);
  const { links } = contractTaxonomy(markets);
  const told = markets.map(({ marketId }) => truth.get(marketId)!);
  const tickers = adjustedRandIndex(
    codes(told.map((one) => one.ticker)),
    links.map((l) => l.ticker),
  );
  const events = adjustedRandIndex(codes(told.map(questionOf)), links.map((l) => l.event));
  // reached: 0.9994 and 1; what is missing are games that one venue words "A to beat B"
  assert.ok(tickers > 0.998, `tickers ${tickers}`);
  assert.ok(events > 0.999, `events ${events}`);
});

/** The planted question: the ticker without the outcome, where the kind has outcomes. */
function questionOf({ kind, ticker }: { kind: string; ticker: string }): string {
  const isWhole = ["binary", "deadlines", "game", "up_down"].includes(kind);
  return isWhole ? ticker : ticker.split("|").slice(0, -1).join("|");
}

const FOLDER = new URL("../../../shared/data/taxonomy/", import.meta.url).pathname;
const hasData = await Deno.stat(FOLDER).then(() => true, () => false);

Deno.test({
  name: "contractTaxonomy() places all 94,311 real Polymarket records",
  ignore: !hasData,
  fn: async () => {
    const columns = [
      "gamma_id",
      "question",
      "slug",
      "event_id",
      "event_slug",
      "event_title",
      "group_item_title",
      "neg_risk",
    ];
    const from = await readParquet(`${FOLDER}gamma_markets.parquet`, { columns });
    const markets = Array.from({ length: from.nRows }, (_, row) =>
      market({
        marketId: `poly:${textAt(from, "gamma_id", row)}`,
        question: textAt(from, "question", row),
        slug: textAt(from, "slug", row),
        eventId: textAt(from, "event_id", row),
        eventSlug: textAt(from, "event_slug", row),
        eventTitle: textAt(from, "event_title", row),
        groupItemTitle: textAt(from, "group_item_title", row),
      }));
    assert.equal(markets.length, 94_311);
    const tree = contractTaxonomy(markets);
    assertSound(markets, tree);
    // a venue lists no outcome twice for one date
    const seen = new Map<string, string>();
    let twice = 0;
    tree.links.forEach(({ ticker, period }, i) => {
      const key = `${markets[i]!.eventSlug}\n${ticker}\n${period}`;
      const question = markets[i]!.question!;
      if ((seen.get(key) ?? question) !== question) ++twice;
      seen.set(key, question);
    });
    assert.ok(twice <= 20, `${twice} outcomes of one venue event and time were joined`);
  },
});

Deno.test({
  name: "contractTaxonomy() agrees with another project's tickers",
  ignore: !hasData,
  fn: async () => {
    const from = await readParquet(`${FOLDER}theme_labels.parquet`);
    const rows = Array.from({ length: from.nRows }, (_, row) => row);
    const markets = rows.map((row) =>
      market({
        marketId: `poly:${row}`,
        question: textAt(from, "question", row),
        eventSlug: textAt(from, "event_slug", row),
      })
    );
    const { links, tickers } = contractTaxonomy(markets);
    const other = rows.map((row) => textAt(from, "reference_ticker", row)!);
    const texts = links.map(({ ticker }) => tickers[ticker]!.text);
    const agreement = adjustedRandIndex(codes(other), codes(texts));
    // theirs leaves days behind ("above $62,000 on 21?"), ours joins those
    assert.ok(agreement > 0.85, `agreement ${agreement}`);
  },
});

function textAt(from: Table, name: string, row: number): string | null {
  return cellAt(from.columns[name]!, row) as string | null;
}

function codes(labels: readonly string[]): number[] {
  const codeOf = new Map<string, number>();
  return labels.map((label) => {
    const code = codeOf.get(label) ?? codeOf.size;
    codeOf.set(label, code);
    return code;
  });
}

/** Everything that a contract's place says, by market id. */
function namesOf(markets: readonly Market[], { links, tickers, events }: ContractTaxonomy) {
  return new Map(
    links.map(({ market, ticker, event, ...link }) => {
      const { eventId, name, kind, slugs, description } = events[event]!;
      const rolling = tickers[ticker]!.markets.map((i) => markets[i]!.marketId);
      return [markets[market]!.marketId, {
        ...link,
        ticker: [tickers[ticker]!.tickerId, tickers[ticker]!.text, ...rolling],
        event: [eventId, name, kind, ...slugs, description],
        siblings: events[event]!.tickers.map((t) => tickers[t]!.tickerId),
      }] as const;
    }).sort(([a], [b]) => a < b ? -1 : 1),
  );
}

function assertSound(
  markets: readonly Market[],
  { links, tickers, events }: ContractTaxonomy,
): void {
  assert.deepEqual(links.map(({ market }) => market), [...markets.keys()]);
  for (const ids of [tickers.map((one) => one.tickerId), events.map((one) => one.eventId)]) {
    assert.deepEqual(ids, [...new Set(ids)].sort());
    for (const id of ids) assert.match(id, /^[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?$/);
  }
  const listed = new Int32Array(markets.length);
  tickers.forEach(({ text, event, markets: contracts }, ticker) => {
    assert.notEqual(text.trim(), "");
    assert.ok(events[event]!.tickers.includes(ticker));
    for (const i of contracts) {
      ++listed[i]!;
      assert.equal(links[i]!.ticker, ticker);
      assert.equal(links[i]!.event, event);
    }
  });
  assert.ok(listed.every((count) => count === 1));
  for (const { confidence } of links) assert.ok(confidence > 0 && confidence < 1);
  assert.ok(events.every(({ name }) => name.trim() !== ""));
}
