import assert from "node:assert/strict";
import { eventTexts, SHOWN_TEXTS } from "lib/classify/event_texts.ts";
import { lexicalClassifier } from "lib/classify/lexical_classifier.ts";
import { readYaml } from "lib/store/yaml.ts";
import { contractTaxonomy } from "lib/taxonomy/contract_tree.ts";
import { parseTaxonomy } from "lib/taxonomy/parse_taxonomy.ts";
import { UNCATEGORIZED } from "lib/taxonomy/themes.ts";
import { madeMarket, TWO_EVENTS } from "./made_contracts.ts";

const MARKETS = [
  madeMarket("poly:1", { closesAtMs: Date.UTC(2028, 10, 7, 12) }),
  madeMarket("poly:2"),
  madeMarket("kalshi:3", { venue: "kalshi", closesAtMs: Date.UTC(2028, 10, 8, 12) }),
];

Deno.test("eventTexts() tells of each event its words, venues and latest scheduled end", () => {
  assert.deepEqual(eventTexts(MARKETS, TWO_EVENTS), [
    {
      eventId: "a",
      title: "US strikes Iran",
      tickers: ["US strikes Iran"],
      slugs: ["us-strikes-iran"],
      description: null,
      venues: ["polymarket"],
      endDate: null,
    },
    {
      eventId: "b",
      title: "Presidential election",
      tickers: ["Newsom wins", "Vance wins"],
      slugs: ["presidential-election-2028"],
      description: "Resolves to the winner.",
      venues: ["kalshi", "polymarket"],
      endDate: "2028-11-08",
    },
  ]);
});

Deno.test("eventTexts() shows nothing of an event that only an id names, so no classifier reads the id", async () => {
  const markets = [madeMarket("kalshi:X-1"), madeMarket("poly:2", { question: " " })];
  const events = eventTexts(markets, contractTaxonomy(markets));
  assert.deepEqual(events.map(({ title, tickers, slugs }) => [title, tickers, slugs]), [
    ["", [], []],
    ["", [], []],
  ]);
  const classify = lexicalClassifier(parseTaxonomy(await readYaml("config/taxonomy.yaml")));
  for (const event of events) assert.equal(classify(event).primaryTheme, UNCATEGORIZED);
});

Deno.test("eventTexts() shows every n-th ticker of many, whatever their order", () => {
  const n = 118;
  const tickers = Array.from({ length: n }, (_, k) => ({
    tickerId: `t${k}`,
    text: `Candidate ${String(k).padStart(3, "0")} wins`,
    event: 0,
    markets: [k],
  }));
  const taxonomy = (order: number[]) => ({
    links: order.map((_, k) => ({
      ...TWO_EVENTS.links[0]!,
      market: k,
      ticker: k,
      event: 0,
    })),
    tickers,
    events: [{ ...TWO_EVENTS.events[1]!, tickers: order }],
  });
  const markets = tickers.map((_, k) => madeMarket(`poly:${k}`));
  const rising = tickers.map((_, k) => k);
  const [shown] = eventTexts(markets, taxonomy(rising));
  assert.equal(shown!.tickers.length, SHOWN_TEXTS);
  assert.equal(shown!.tickers[0], "Candidate 000 wins");
  assert.equal(shown!.tickers.at(-1), "Candidate 115 wins");
  assert.deepEqual(eventTexts(markets, taxonomy([...rising].reverse())), [shown]);
});

Deno.test("eventTexts() refuses a taxonomy of other markets", () => {
  assert.throws(() => eventTexts(MARKETS.slice(1), TWO_EVENTS), /got 3 links for 2 markets/);
});
