import assert from "node:assert/strict";
import fc from "fast-check";
import type { EventKind } from "lib/taxonomy/contract_taxonomy.ts";
import { outcomeExposures, withAnswers } from "lib/exposures/outcome_exposures.ts";
import { made, type MadeContract } from "./made_taxonomy.ts";
import { RULES } from "./rule_table.ts";

/** Vectors of one event's outcomes, by text. */
function vectorsOf(name: string, kind: EventKind, contracts: readonly MadeContract[]) {
  const { taxonomy, markets } = made([{ name, kind, contracts }]);
  const rows = outcomeExposures(taxonomy, markets, RULES);
  return new Map(rows.map((row) => [row.outcome, row]));
}

const texts = (...outcomes: string[]) => outcomes.map((text) => ({ text }));

Deno.test("outcomeExposures() gives the seed's nominees their directions", () => {
  const rows = vectorsOf(
    "Who will Trump nominate as Fed Chair",
    "categorical",
    texts("Kevin Warsh", "Kevin Hassett", "Christopher Waller", "A person nobody knows"),
  );
  // rates, dollar, equity, gold, oil, crypto, volatility, growth
  assert.deepEqual(rows.get("Kevin Warsh")!.vector, [2, 1, -1, -1, 0, -1, 1, -1]);
  assert.deepEqual(rows.get("Kevin Hassett")!.vector, [-2, -1, 1, 1, 0, 1, 0, 1]);
  assert.deepEqual(rows.get("Christopher Waller")!.vector, [0, 0, 0, 0, 0, 0, 0, 0]);
  const unknown = rows.get("A person nobody knows")!;
  assert.equal(unknown.vector, null);
  assert.equal(unknown.method, null);
  assert.equal(unknown.reason, "No rule speaks of this outcome.");
});

/** Event, outcome, and the signs it must have: rates, dollar, equity, gold, oil, crypto, volatility, growth. */
const SIGNS: readonly (readonly [event: string, outcome: string, signs: string])[] = [
  ["Fed decision", "25 bps decrease", "--++0+00"],
  ["Fed decision", "50+ bps decrease", "--++0++0"],
  ["Fed decision", "25+ bps increase", "++--0-+-"],
  ["Fed decision", "No change", "00000000"],
  ["Fed decision", "Fed maintains rate", "00000000"],
  ["Fed rate hike", "Fed rate hike", "++--0-+-"],
  ["Fed emergency rate cut", "Fed emergency rate cut", "---+--+-"],
  ["Jerome Powell out as Fed Chair", "Jerome Powell out as Fed Chair", "0--+0++0"],
  ["ECB decision", "25 bps cut", "-++0000+"],
  ["Bank of Japan decision", "Hike 25 bps", "+--00-+0"],
  ["US recession", "US recession", "-0-+--+-"],
  ["US government shutdown", "US government shutdown", "-0-+00+-"],
  ["Bitcoin ETF approved", "Bitcoin ETF approved", "00+00+00"],
  ["US national Bitcoin reserve", "US national Bitcoin reserve", "0-000+00"],
  ["Tether insolvent", "Tether insolvent", "00-00-+0"],
  ["Bitcoin all time high", "Bitcoin all time high", "00+00+00"],
  ["Presidential Election Winner", "Donald Trump", "+++00+0+"],
  ["Presidential Election Winner", "Kamala Harris", "---00-00"],
  ["Balance of Power: Election", "Republicans sweep", "+++00+0+"],
  [
    "Will the Democratic party win the House",
    "Will the Democratic party win the House",
    "-0-00-00",
  ],
  ["Trump imposes 40% tariff on China", "Trump imposes 40% tariff on China", "0--+--+-"],
  ["Will Trump lower tariffs on China", "Will Trump lower tariffs on China", "+0+-++-+"],
  ["US-China trade deal", "US-China trade deal", "+0+-++-+"],
  ["Will China invade Taiwan", "Will China invade Taiwan", "-+-++-+-"],
  ["Will Iran close the Strait of Hormuz", "Will Iran close the Strait of Hormuz", "++-++-+-"],
  ["US strikes Iran", "US strikes Iran", "00-++-+0"],
  ["US–Iran nuclear deal", "US–Iran nuclear deal", "00+--0-+"],
  ["Israel x Hamas ceasefire", "Israel x Hamas ceasefire", "00+--0-0"],
  ["Israel x Hamas ceasefire cancelled", "Israel x Hamas ceasefire cancelled", "00-++0+0"],
  ["Russia x Ukraine ceasefire", "Russia x Ukraine ceasefire", "00+--0-+"],
  ["OPEC+ decision", "Production cut", "+000+000"],
  ["OPEC+ decision", "No change", "00000000"],
  ["OPEC+ decision", "Production increase", "-000-000"],
  ["Oil output of Iran above quota", "Will Iran pump above its quota", "0000-000"],
  ["Bird flu pandemic", "Bird flu pandemic", "-+-+--+-"],
  ["US default on debt", "US default on debt", "+--+0++-"],
  ["Debt ceiling raised", "Debt ceiling raised", "00+-00-+"],
  ["Largest Company", "NVIDIA", "00+0000+"],
  ["Largest Company", "Saudi Aramco", "+0-0+000"],
  ["Largest Company", "Apple", "00000000"],
];

Deno.test("outcomeExposures() moves the factors the way a reader expects", () => {
  for (const [event, outcome, signs] of SIGNS) {
    const kind = event === outcome ? "binary" : "categorical";
    const { vector } = vectorsOf(event, kind, texts(outcome)).get(outcome)!;
    assert.equal(
      vector?.map((score) => score > 0 ? "+" : score < 0 ? "-" : "0").join(""),
      signs,
      `${event} | ${outcome}`,
    );
  }
});

Deno.test("outcomeExposures() leaves out what only sounds like a rule", () => {
  const none = [
    ["Arizona presidential election winner", "Donald Trump"],
    ["Democratic presidential nominee", "Kamala Harris"],
    ["Chile Presidential Election winner", "Republican party"],
    ["Most gold medals at Paris Olympics", "USA"],
    ["How many Gold Cards will Trump sell", "0"],
    ["Oilers vs. Panthers", "Oilers"],
    ["UK inflation above 3%", "UK inflation above 3%"],
    ["Will MicroStrategy hold 500k+ BTC", "Will MicroStrategy hold 500k+ BTC"],
    ["Golden State wins", "Golden State"],
    ["US recession word said by Powell", "US recession word said by Powell"],
  ];
  for (const [event, outcome] of none) {
    const row = vectorsOf(event!, "binary", texts(outcome!)).get(outcome!)!;
    assert.equal(row.vector, null, event);
    assert.match(row.reason, /^No rule speaks of this (event|outcome)\.$/);
  }
});

Deno.test("outcomeExposures() says nothing of a negation or of a side that is not Yes or No", () => {
  const negated = vectorsOf("US recession", "binary", texts("There will not be a recession"));
  assert.equal(negated.values().next().value!.reason, "The outcome is put as a negation.");
  const first = [{ text: "Bitcoin above $80k or below $60k", outcome: "80k" }];
  assert.equal(vectorsOf("Bitcoin above", "binary", first).values().next().value!.vector, null);
  const up = vectorsOf("Bitcoin Up or Down", "time_variant", [{ text: "up", outcome: "Up" }]);
  assert.deepEqual(up.get("up")!.vector, [0, 0, 1, 0, 0, 2, 0, 0]);
  const down = vectorsOf("Bitcoin Up or Down", "time_variant", [{ text: "down", outcome: "Down" }]);
  assert.deepEqual(down.get("down")!.vector, [0, 0, -1, 0, 0, -2, 0, 0]);
});

Deno.test("outcomeExposures() spreads buckets of a count from none to the vector by value", () => {
  const cuts = vectorsOf(
    "How many Fed rate cuts",
    "ladder",
    [0, 1, 2, 3, 4].map((n) => ({
      text: `Will ${n} cuts happen`,
      label: n === 4 ? "4 or more" : `${n} (${25 * n} bps)`,
    })),
  );
  assert.deepEqual([...cuts.values()].map(({ vector }) => vector![0]), [
    0,
    -0.5,
    -1,
    -1.5,
    -2,
  ]);
  const touch = vectorsOf(
    "What price will Bitcoin hit",
    "ladder",
    ["↑ 120k", "↑ 110k", "↓ 90k", "↓ 80k"].map((label) => ({ text: label, label })),
  );
  assert.deepEqual([...touch.values()].map(({ vector }) => vector![5]), [2, 1, -1, -2]);
  const alone = vectorsOf("S&P 500", "ladder", [{ text: "7,000 to 7,199" }]).get("7,000 to 7,199")!;
  assert.equal(alone.reason, "The outcome alone has no place on its ladder.");
  assert.equal(alone.vector, null);
});

Deno.test("outcomeExposures() gives a strike the vector of its side, a bucket its place in its repetition", () => {
  const of = (text: string, repetition: string) => ({ text, repetition });
  const crypto = (name: string, contracts: readonly MadeContract[]) => {
    const { taxonomy, markets } = made([{ name, kind: "ladder", contracts }]);
    const rows = outcomeExposures(taxonomy, markets, RULES);
    return rows.toSorted((a, b) => a.market - b.market).map(({ vector }) => vector![5]);
  };
  const strikes = [of("above $90k", "May"), of("above $100k", "May"), of("below $80k", "June")];
  assert.deepEqual(crypto("Bitcoin above or below ___", strikes), [2, 2, -2]);
  const buckets = ["<90k", "90-92k", ">92k"].map((text) => of(text, "May"));
  const later = ["<100k", ">100k", "100-100k"].map((text) => of(text, "June"));
  assert.deepEqual(crypto("Bitcoin price", buckets), [-2, 0, 2]);
  assert.deepEqual(crypto("Bitcoin price", [...buckets, ...later.slice(0, 2)]).slice(0, 3), [
    -2,
    0,
    2,
  ]);
});

Deno.test("outcomeExposures() is a vector of eight scores in −2…+2 or missing, for any text", () => {
  const word = fc.constantFrom(
    ..."Fed rate cut hike bitcoin above $100k tariff China not gold Iran Trump 25 bps <b> ___"
      .split(" "),
  );
  const text = fc.array(word, { maxLength: 8 }).map((words) => words.join(" "));
  const kind = fc.constantFrom<EventKind>("binary", "time_variant", "ladder", "categorical");
  fc.assert(
    fc.property(
      text,
      kind,
      fc.uniqueArray(text, { minLength: 1, maxLength: 5 }),
      (name, k, all) => {
        const { taxonomy, markets } = made([{ name, kind: k, contracts: texts(...all) }]);
        const rows = outcomeExposures(taxonomy, markets, RULES);
        assert.equal(rows.length, markets.length);
        for (const { vector, method, reason } of rows) {
          assert.equal(method === null, vector === null);
          assert.ok(reason.length > 10);
          assert.ok(vector?.length === 8 || vector === null);
          assert.ok(vector?.every((score) => Math.abs(score) <= 2) ?? true);
        }
      },
    ),
    { seed: 7 },
  );
});

Deno.test("withAnswers() puts a model's vectors in place of rules and of nothing", () => {
  const { taxonomy, markets } = made([{
    name: "Who will be nominated as Fed Chair",
    kind: "categorical",
    contracts: texts("Kevin Warsh", "A person nobody knows"),
  }]);
  const rules = outcomeExposures(taxonomy, markets, RULES);
  const vector = [1, 0, 0, 0, 0, 0, 0, 0];
  const answer = { vector, reason: "A hawk.", method: "llm gpt-4o-mini 1a" };
  const given = withAnswers(
    rules,
    taxonomy.tickers.map(({ tickerId }) => ({ tickerId, ...answer })),
  );
  for (const row of given) {
    assert.deepEqual([row.vector, row.reason, row.method], [vector, "A hawk.", answer.method]);
  }
  assert.deepEqual(withAnswers(rules, []), rules);
});

Deno.test("withAnswers() refuses unknown tickers, second answers and vectors out of range", () => {
  const { taxonomy, markets } = made([{
    name: "US recession",
    kind: "binary",
    contracts: texts("US recession"),
  }]);
  const rules = outcomeExposures(taxonomy, markets, RULES);
  const answer = (tickerId: string, vector = [0, 0, 0, 0, 0, 0, 0, 0]) => ({
    tickerId,
    vector,
    reason: "",
    method: "llm",
  });
  const known = taxonomy.tickers[0]!.tickerId;
  assert.throws(() => withAnswers(rules, [answer("x")]), {
    name: "RangeError",
    message:
      'Cannot use an exposure for ticker "x" as each answer must be of another known ticker: got an unknown ticker',
  });
  assert.throws(() => withAnswers(rules, [answer(known), answer(known)]), /got a second answer$/);
  for (const vector of [[1, 2], [0, 0, 0, 0, 0, 0, 0, 3], [0, 0, 0, 0, 0, 0, 0, NaN]]) {
    assert.throws(() => withAnswers(rules, [answer(known, vector)]), {
      name: "RangeError",
      message:
        `Cannot use an exposure for ticker "${known}" as its vector must be 8 numbers from -2 to 2: got [${
          vector.join(", ")
        }]`,
    });
  }
});

Deno.test("outcomeExposures() refuses a taxonomy of other markets", () => {
  const { taxonomy } = made([{ name: "a", kind: "binary", contracts: texts("a") }]);
  assert.throws(() => outcomeExposures(taxonomy, [], RULES), {
    name: "RangeError",
    message: "Cannot look up exposures as the taxonomy must link each of 0 markets: got 1 links",
  });
});
