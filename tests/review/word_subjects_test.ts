import assert from "node:assert/strict";
import type { Classification, EventText } from "lib/classify/event_text.ts";
import type { Market } from "lib/core/data_set.ts";
import { seenHash } from "lib/review/subject.ts";
import { contractSubjects, sideSubjects, themeSubjects } from "lib/review/word_subjects.ts";
import { market } from "../universe/daily_prices.ts";

const EVENT: EventText = {
  ...{ eventId: "fed", title: "Fed cuts", tickers: ["Fed cuts in May"], slugs: ["fed"] },
  ...{ description: "Rules.", venues: ["polymarket"], endDate: "2025-12-31" },
};
const ANSWER: Classification = {
  ...{ eventId: "fed", primaryTheme: "fed_monetary_policy", secondaryTheme: null },
  ...{ confidence: 0.9, reasoning: "a term", classifier: "lexical 1" },
};
const MARKET: Market = market({
  ...{ marketId: "poly:1", question: "Fed cuts in May?", outcome: "Yes", description: "Rules." },
  ...{ eventTitle: "Fed cuts", closesAtMs: 5, slug: "fed-may" },
});
const SIDE = { marketId: "poly:1", side: -1, reasoning: "cut" } as const;

function themeSeen(event: Partial<EventText>, answer: Partial<Classification> = {}): string {
  return themeSubjects([{ ...EVENT, ...event }], [{ ...ANSWER, ...answer }])[0]!.seen;
}

Deno.test("themeSubjects() asks once an event, and nobody must answer", () => {
  assert.deepEqual(themeSubjects([EVENT], [ANSWER]), [{
    ...{ kind: "theme", id: "fed", title: "Fed cuts", isRequired: false },
    seen: seenHash([
      ...["Fed cuts", ["Fed cuts in May"], "Rules.", "2025-12-31"],
      ...["fed_monetary_policy", null, 0.9, "a term", "lexical 1"],
    ]),
  }]);
  const unnamed = themeSubjects([{ ...EVENT, title: "" }], [{ ...ANSWER, confidence: NaN }]);
  assert.equal(unnamed[0]!.title, "fed");
});

Deno.test("themeSubjects() sees every text and the whole answer, and nothing else", () => {
  const own = themeSeen({});
  assert.equal(themeSeen({ slugs: ["other"], venues: ["kalshi"] }), own);
  const changes: readonly (readonly [Partial<EventText>, Partial<Classification>])[] = [
    [{ title: "Fed hikes" }, {}],
    [{ tickers: ["Fed cuts in May", "Fed cuts in June"] }, {}],
    [{ description: "Rules. " }, {}],
    [{ description: null }, {}],
    [{ endDate: null }, {}],
    [{}, { primaryTheme: "us_economy" }],
    [{}, { secondaryTheme: "us_economy" }],
    [{}, { confidence: 0.9 + 1e-15 }],
    [{}, { reasoning: "another term" }],
    [{}, { classifier: "lexical 2" }],
  ];
  const seen = changes.map(([event, answer]) => themeSeen(event, answer));
  assert.equal(new Set([own, ...seen]).size, 1 + changes.length);
});

Deno.test("contractSubjects() sees what says whether a contract may be held", () => {
  const seenOf = (change: Partial<Market>) => contractSubjects([{ ...MARKET, ...change }])[0]!.seen;
  const { seen, ...rest } = contractSubjects([MARKET])[0]!;
  assert.deepEqual(rest, {
    ...{ kind: "contract", id: "poly:1", title: "Fed cuts in May?", isRequired: false },
  });
  assert.equal(seenOf({ slug: "other", tokenId: "7", negRisk: true }), seen);
  const changes: readonly Partial<Market>[] = [
    ...[{ question: "Fed cuts?" }, { outcome: "No" }, { description: "Others." }],
    ...[{ eventTitle: null }, { closesAtMs: 6 }, { closesAtMs: null }],
  ];
  assert.equal(new Set([seen, ...changes.map(seenOf)]).size, 1 + changes.length);
});

Deno.test("sideSubjects() asks of contracts with a theme, and sees theme, side and why", () => {
  const other = { ...MARKET, marketId: "poly:2" };
  const sides = [SIDE, { ...SIDE, marketId: "poly:2" }];
  const found = sideSubjects([MARKET, other], { sides, themes: ["fed", "uncategorized"] });
  assert.deepEqual(found.map(({ kind, id, isRequired }) => [kind, id, isRequired]), [
    ["side", "poly:1", false],
  ]);
  const seenOf = (side: Partial<typeof SIDE | { side: 1; reasoning: string }>, theme: string) =>
    sideSubjects([MARKET], { sides: [{ ...SIDE, ...side }], themes: [theme] })[0]!.seen;
  const seen = [
    ...[seenOf({}, "fed"), seenOf({}, "us_economy"), seenOf({ side: 1 }, "fed")],
    seenOf({ reasoning: "by other words" }, "fed"),
  ];
  assert.equal(seen[0], found[0]!.seen);
  assert.equal(new Set(seen).size, 4);
});

Deno.test("sideSubjects() and themeSubjects() refuse lists that do not belong together", () => {
  assert.throws(() => sideSubjects([MARKET], { sides: [], themes: ["fed"] }), {
    name: "RangeError",
    message:
      "Cannot ask about sides as each market must have a side and a theme, in one order: got 0 sides and 1 themes for 1 markets",
  });
  const sides = [{ ...SIDE, marketId: "poly:9" }];
  assert.throws(() => sideSubjects([MARKET], { sides, themes: ["fed"] }), { name: "RangeError" });
  assert.throws(() => themeSubjects([EVENT], []), {
    name: "RangeError",
    message: 'Cannot ask about themes as each event must have a classification: got none for "fed"',
  });
});
