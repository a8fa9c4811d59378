import assert from "node:assert/strict";
import fc from "fast-check";
import { dayStartMs, parseDay } from "lib/core/day.ts";
import { parseSettings } from "lib/core/settings.ts";
import { columnOf } from "lib/core/table.ts";
import { readUniverse } from "lib/sources/universe_source.ts";
import { readYaml } from "lib/store/yaml.ts";
import { parseAliases } from "lib/taxonomy/parse_aliases.ts";
import { type TwinPair, twinPairs, withRejectedTwins } from "lib/taxonomy/twins.ts";
import { dataSetFixture, type MarketFixture } from "../fixtures/data_set.ts";
import { textOf, universe } from "../sources/simulated/universe.ts";

const settings = parseSettings(await readYaml("config/settings.yaml")).universe;
const aliases = parseAliases(await readYaml("config/aliases.yaml"));
const options = { settings, aliases };
/** So that unlike wordings in a crowd of forty are looked at too. */
const loose = {
  ...options,
  settings: {
    ...settings,
    twin_title_similarity: { ...settings.twin_title_similarity, value: 0.15 },
  },
};
const at = (date: string) => dayStartMs(parseDay(date));

/** A crowd of other titles, so that words have a rarity. */
const crowd: Record<string, MarketFixture> = Object.fromEntries(
  Array.from({ length: 40 }, (_, i) => [`poly:crowd${i}`, {
    question: `Will candidate number ${i} win the council seat of town ${i * 7}?`,
    closesAtMs: at("2026-03-31"),
  }]),
);

/** What becomes of one contract on each venue: "accepted", a reason, or "no candidate". */
function verdict(poly: MarketFixture | string, kalshi: MarketFixture | string, end = "2025-12-31") {
  const market = (one: MarketFixture | string): MarketFixture =>
    typeof one === "string" ? { question: one, closesAtMs: at(end) } : one;
  const data = dataSetFixture({ ...crowd, "poly:a": market(poly), "kalshi:b": market(kalshi) });
  const pair = twinPairs(data.markets, loose).find(({ marketA }) => marketA === "poly:a");
  return pair === undefined ? "no candidate" : pair.accepted ? "accepted" : pair.reason;
}

Deno.test("twinPairs() accepts what two venues word differently", () => {
  const same: readonly (readonly [string, string])[] = [
    ["Will 3 Fed rate cuts happen in 2025?", "Will the Fed cut rates 3 times? — Exactly 3 cuts"],
    [
      "Fed rate hike in 2025?",
      "Will the Federal Reserve hike rates by December 31, 2025? — Before 2026",
    ],
    [
      "Will Bitcoin hit $150k by December 31?",
      "When will Bitcoin hit $150k? — Before January 2026",
    ],
    [
      "Will Bitcoin reach $150,000 by December 31, 2025?",
      "How high will Bitcoin get this year? — $150,000 or above",
    ],
    ["US recession in 2025?", "Will there be a recession in 2025? — Starts"],
    [
      "Will Donald Trump win Nobel Peace Prize in 2025?",
      "Who will win the Nobel Peace Prize? — Donald Trump",
    ],
    [
      "No change in Fed interest rates after October 2025 meeting?",
      "Will the Federal Reserve Hike rates by 0bps at their October 2025 meeting? — Fed maintains rate",
    ],
    [
      "Will the S&P 500 be above 7600 on December 31?",
      "Will the S&P 500 be above 7600 on Dec 31, 2025? — 7,600.01 or above",
    ],
    [
      "Will Jim Walden win the 2025 NYC mayoral election?",
      "Will a representative of the Jim Walden party win the NYC Mayor race in 2025? — Jim Walden",
    ],
  ];
  for (const [poly, kalshi] of same) assert.equal(verdict(poly, kalshi), "accepted", kalshi);
});

Deno.test("twinPairs() knows the team of a city and the season in Kalshi's ticker", () => {
  const kalshi = {
    question: "Will the Chicago C win the Pro Baseball Championship? — Chicago C",
    eventSlug: "KXMLB-25",
    closesAtMs: at("2027-10-27"),
  };
  assert.equal(verdict("Will the Chicago Cubs win the 2025 World Series?", kalshi), "accepted");
  assert.equal(
    verdict("Will the Chicago White Sox win the 2025 World Series?", kalshi),
    "subject differs: sox white | cub",
  );
  assert.equal(
    verdict("Will the Chicago Cubs win the 2026 World Series?", kalshi),
    "deadline differs in the titles",
  );
  const bowl = {
    question: "Will the Chicago win the 2026 Pro Football Championship? — Chicago",
    closesAtMs: at("2028-02-08"),
  };
  assert.equal(verdict("Will the Chicago Bears win Super Bowl 2026?", bowl), "accepted");
});

Deno.test("twinPairs() says why similar titles are no twins", () => {
  const different: readonly (readonly [string, string, string])[] = [
    [
      "Fed cuts rates by 50 bps in March 2026?",
      "Fed cuts rates by 25 bps in March 2026?",
      "number differs: =50bps | =25bps",
    ],
    [
      "Will Bitcoin be above $100k on Friday?",
      "Will Bitcoin be below $100k on Friday?",
      "number differs: >100000$ | <100000$",
    ],
    [
      "Will the Fed cut rates at least 3 times in 2025?",
      "Will the Fed cut rates 3 times? — Exactly 3 cuts",
      "number differs: ≥3 | =3",
    ],
    [
      "Will the Fed hike rates in 2025?",
      "Will the Fed cut rates in 2025?",
      "predicate opposite: rise | fall",
    ],
    [
      "Will Kash Patel resign in 2025?",
      "Will Kash Patel join in 2025?",
      "predicate differs: resign | join",
    ],
    [
      "Will the Senate not pass the farm bill in 2025?",
      "Will the Senate pass the farm bill in 2025?",
      "one of the two says no",
    ],
    [
      "Will Donald Trump win the Nobel Peace Prize in 2025?",
      "Who will win the Nobel Peace Prize? — Yulia Navalnaya",
      "subject differs: trump | navalnaya yulia",
    ],
    [
      "Will Elon Musk create a new political party by July 4?",
      "Will Elon Musk create a new political party in 2025?",
      "deadline differs in the titles",
    ],
    [
      "Will Bitcoin hit $150k in December?",
      "Will Bitcoin hit $150k by December 31, 2025?",
      "deadline differs in the titles",
    ],
  ];
  for (const [poly, kalshi, reason] of different) assert.equal(verdict(poly, kalshi), reason);
});

Deno.test("twinPairs() compares the scheduled ends where a title names no deadline", () => {
  const title = "Will the farm bill become law?";
  const ending = (date: string) => ({ question: title, closesAtMs: at(date) });
  assert.equal(verdict(ending("2026-03-31"), ending("2026-04-01")), "accepted");
  assert.equal(
    verdict(ending("2026-03-31"), ending("2026-04-04")),
    "deadline differs in the scheduled ends",
  );
  assert.equal(verdict("Will the farm bill become law in 2025?", ending("2026-01-01")), "accepted");
  const open = { question: title, closesAtMs: null };
  assert.equal(verdict(open, open), "deadline differs in the scheduled ends");
  assert.equal(verdict({ question: null }, { question: null }), "no candidate");
});

Deno.test("twinPairs() keeps the two sides of one game and of a bet apart", () => {
  const game = "New York Yankees vs. New York Mets";
  assert.equal(verdict(game, "New York Yankees to beat New York Mets?"), "accepted");
  const quoting = (outcome: string): MarketFixture => ({
    question: game,
    outcome,
    closesAtMs: at("2025-12-31"),
  });
  const mets = "New York Mets to beat New York Yankees?";
  assert.equal(verdict(quoting("New York Mets"), mets), "accepted");
  assert.match(verdict(quoting("New York Yankees"), mets), /^side differs: /);
  const index = (outcome: string): MarketFixture => ({
    question: "S&P 500 up or down on Friday?",
    outcome,
    closesAtMs: at("2025-12-31"),
  });
  assert.equal(verdict(index("Up"), index("Yes")), "accepted");
  assert.equal(verdict(index("Down"), index("Up")), "one of the two says no");
});

const TITLES = [
  "Will the Fed cut rates 3 times in 2025?",
  "Will 3 Fed rate cuts happen in 2025?",
  "Will the Fed cut rates 4 times in 2025?",
  "Will Bitcoin hit $150k by December 31?",
  "When will Bitcoin hit $150k? — Before January 2026",
  "Will Donald Trump win the Nobel Peace Prize?",
];
const listings = fc.array(
  fc.record({ venue: fc.constantFrom("poly", "kalshi"), title: fc.constantFrom(...TITLES) }),
  { maxLength: 8 },
);

Deno.test("twinPairs() does not depend on the order of markets and never pairs one venue", () => {
  fc.assert(
    fc.property(listings, fc.nat(), (list, turn) => {
      const { markets } = dataSetFixture(Object.fromEntries(
        list.map(({ venue, title }, i) => [`${venue}:${i}`, {
          question: title,
          closesAtMs: at("2025-12-31"),
        }]),
      ));
      const pairs = twinPairs(markets, options);
      const cut = markets.length === 0 ? 0 : turn % markets.length;
      const turned = [...markets.slice(cut), ...markets.slice(0, cut)].reverse();
      assertClose(twinPairs(turned, options), pairs);
      for (const { marketA, marketB } of pairs) {
        assert.ok(marketA.startsWith("poly:") && marketB.startsWith("kalshi:"));
      }
    }),
    { seed: 4, numRuns: 60 },
  );
});

Deno.test("twinPairs() accepts the same contracts with the venues' roles swapped", () => {
  fc.assert(
    fc.property(listings, (list) => {
      const accepted = (swapped: boolean) => {
        const { markets } = dataSetFixture(Object.fromEntries(
          list.map(({ venue, title }, i) => [
            `${(venue === "poly") === swapped ? "kalshi" : "poly"}:${i}`,
            { question: title, closesAtMs: at("2025-12-31") },
          ]),
        ));
        return twinPairs(markets, options).filter((pair) => pair.accepted).map((pair) => {
          const numbers = [pair.marketA, pair.marketB].map((id) => id.split(":")[1]!);
          return (swapped ? numbers.reverse() : numbers).join(" ");
        }).sort();
      };
      assert.deepEqual(accepted(true), accepted(false));
    }),
    { seed: 4, numRuns: 60 },
  );
});

/** Equal pairs; sums of weights may differ in the last digit with the order of texts. */
function assertClose(some: readonly TwinPair[], others: readonly TwinPair[]) {
  const plain = (pairs: readonly TwinPair[]) =>
    pairs.map((pair) => ({ ...pair, similarity: pair.similarity.toFixed(9) }))
      .sort((x, y) => `${x.marketA} ${x.marketB}` < `${y.marketA} ${y.marketB}` ? -1 : 1);
  assert.deepEqual(plain(some), plain(others));
}

Deno.test("twinPairs() finds the simulated twins: precision 98 %, recall 95 %", () => {
  const { tables, truth } = universe("default", "full");
  const [ids, questions, outcomes] = ["market_id", "question", "outcome"].map((name) =>
    textOf(tables.markets, name)
  );
  const closesAt = columnOf(tables.markets, "closes_at", "timestamp").values;
  const facts = Object.fromEntries(
    ids!.flatMap((id, i) =>
      id!.startsWith("poly:99000")
        ? []
        : [[id!, { question: questions![i]!, outcome: outcomes![i]!, closesAtMs: closesAt[i]! }]]
    ),
  );
  const found = twinPairs(dataSetFixture(facts).markets, options).filter((pair) => pair.accepted);
  const twins = textOf(truth.markets, "twin_id");
  const twinOf = new Map(textOf(truth.markets, "market_id").map((id, i) => [id, twins[i]]));
  const right = found.filter(({ marketA, marketB }) => twinOf.get(marketA) === marketB).length;
  assert.ok(right / found.length >= 0.98, `precision ${right} of ${found.length}`);
  assert.ok(right / 180 >= 0.95, `recall ${right} of 180`);
});

const REAL = new URL("../../../shared/data/real", import.meta.url).pathname;
const hasReal = await Deno.stat(REAL).then(() => true, () => false);

Deno.test({
  name: "twinPairs() on real contracts accepts no pair of different quantities or contests",
  ignore: !hasReal,
  fn: async () => {
    const { markets } = await readUniverse({ source: REAL, out: await Deno.makeTempDir() });
    const found = twinPairs(markets, options).filter((pair) => pair.accepted);
    assert.ok(found.length >= 55, `${found.length} pairs`);
    const titles = new Map(markets.map(({ marketId, question }) => [marketId, question ?? ""]));
    for (const { marketA, marketB } of found) {
      const [a, b] = [titles.get(marketA)!, titles.get(marketB)!];
      assert.equal(/cut|decrease/i.test(a), /cut/i.test(b), `${a} | ${b}`);
      assert.equal(/World Series/.test(a), /Pro Baseball Championship/.test(b), `${a} | ${b}`);
      assert.equal(/Super Bowl/.test(a), /Pro Football Championship/.test(b), `${a} | ${b}`);
    }
  },
});

Deno.test("withRejectedTwins() no longer accepts what a person rejected, in either order of the ids", () => {
  const { markets } = dataSetFixture({
    "poly:a": { question: "Fed rate hike in 2025?", closesAtMs: at("2025-12-31") },
    "kalshi:b": { question: "Fed rate hike in 2025?", closesAtMs: at("2025-12-31") },
    "kalshi:c": { question: "Fed rate hike in 2025?", closesAtMs: at("2025-12-31") },
  });
  const pairs = twinPairs(markets, loose);
  assert.deepEqual(pairs.map(({ marketB, accepted }) => [marketB, accepted]), [
    ["kalshi:b", true],
    ["kalshi:c", true],
  ]);
  const found = withRejectedTwins(pairs, new Set(["kalshi:b | poly:a", "kalshi:z | poly:z"]));
  assert.deepEqual(found, [
    { ...pairs[0], accepted: false, reason: "a person: different" },
    pairs[1],
  ]);
  assert.deepEqual(withRejectedTwins(pairs, new Set()), pairs);
  // why a pair is none by the evidence stays, whatever a person says
  const none = [{ ...pairs[0]!, accepted: false, reason: "other numbers" }];
  assert.deepEqual(withRejectedTwins(none, new Set(["kalshi:b | poly:a"])), none);
});
