import assert from "node:assert/strict";
import type { Classification, EventText } from "lib/classify/event_text.ts";
import { eventTexts } from "lib/classify/event_texts.ts";
import { lexicalClassifier } from "lib/classify/lexical_classifier.ts";
import { dayEndMs, parseDay } from "lib/core/day.ts";
import { answeredTexts, type EventTheme, wordsReader } from "lib/decide/words_at.ts";
import { contractTaxonomy } from "lib/taxonomy/contract_tree.ts";
import { asOf } from "lib/universe/as_of.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";
import { TAXONOMY } from "./made_decision.ts";

const DAY = parseDay("2025-03-31");
const DATA = dataSetFixture({
  "poly:1": { question: "Will Bitcoin hit $150k in 2025?", createdAtMs: dayEndMs(DAY - 40) },
  "poly:2": { question: "Will the Fed cut rates in May?", createdAtMs: dayEndMs(DAY - 5) },
  "poly:3": { question: "Will Qwzx frobnicate?", createdAtMs: dayEndMs(DAY - 5) },
  "poly:4": { question: "Will the Lakers win the NBA Finals?", createdAtMs: dayEndMs(DAY + 5) },
});

function at(day: number) {
  return asOf(DATA, dayEndMs(day));
}

/** A classifier that writes down what it is asked. */
function recorded(answer: (event: EventText) => EventTheme | null) {
  const asked: EventText[] = [];
  const classify = (event: EventText) => {
    asked.push(event);
    return answer(event);
  };
  return { asked, classify };
}

Deno.test("wordsReader() names the theme of every event that is listed at the view", () => {
  const read = wordsReader({ classify: lexicalClassifier(TAXONOMY) });
  const { tree, themes, confidence, nUnanswered } = read(at(DAY));
  assert.deepEqual(
    tree.links.map(({ event }) => themes[event]),
    ["crypto_digital", "fed_monetary_policy", "uncategorized"],
  );
  assert.ok(tree.links.slice(0, 2).every(({ event }) => confidence[event]! > 0.5));
  assert.equal(nUnanswered, 0);
  assert.deepEqual(tree, contractTaxonomy(at(DAY).markets));
});

Deno.test("wordsReader() asks once for each text over all views", () => {
  const { asked, classify } = recorded(() => ({ primaryTheme: "sports", confidence: 1 }));
  const read = wordsReader({ classify });
  for (
    const [day, n] of [[DAY - 10, 1], [DAY, 3], [DAY + 1, 3], [DAY + 10, 4], [DAY, 4]] as const
  ) {
    assert.ok(read(at(day)).themes.every((theme) => theme === "sports"));
    assert.equal(asked.length, n);
  }
});

Deno.test("wordsReader() asks again where a new contract changes an event's text", () => {
  const listed = (ms: number) => ({
    eventId: "e",
    eventTitle: "Who will win the race?",
    createdAtMs: ms,
  });
  const data = dataSetFixture({
    "poly:1": { ...listed(0), question: "Will Ann win the race?", groupItemTitle: "Ann" },
    "poly:2": { ...listed(9), question: "Will Bob win the race?", groupItemTitle: "Bob" },
  });
  const { asked, classify } = recorded(({ tickers }) => ({
    primaryTheme: tickers.length > 1 ? "sports" : "us_elections",
    confidence: 1,
  }));
  const read = wordsReader({ classify });
  assert.deepEqual(read(asOf(data, 5)).themes, ["us_elections"]);
  assert.deepEqual(read(asOf(data, 10)).themes, ["sports"]);
  assert.deepEqual(read(asOf(data, 5)).themes, ["us_elections"]);
  assert.equal(asked.length, 2);
});

Deno.test("wordsReader() counts events without an answer, which have no theme", () => {
  const { asked, classify } = recorded(({ title }) =>
    title.includes("Bitcoin") ? { primaryTheme: "crypto_digital", confidence: 0.9 } : null
  );
  const read = wordsReader({ classify });
  for (let again = 0; again < 2; ++again) {
    const { tree, themes, confidence, nUnanswered } = read(at(DAY));
    assert.equal(nUnanswered, 2);
    const events = tree.links.map(({ event }) => event);
    assert.deepEqual(
      events.map((event) => themes[event]),
      ["crypto_digital", "uncategorized", "uncategorized"],
    );
    assert.deepEqual(events.map((event) => confidence[event]), [0.9, NaN, NaN]);
  }
  assert.equal(asked.length, 3);
});

Deno.test("wordsReader() of a view without contracts has no event", () => {
  const read = wordsReader({ classify: () => assert.fail() });
  assert.deepEqual(read(asOf(dataSetFixture({}), 0)), {
    ...{ tree: { links: [], tickers: [], events: [] }, themes: [], confidence: [] },
    nUnanswered: 0,
  });
});

Deno.test("answeredTexts() gives answers by text, whatever the event is called", () => {
  const { markets } = at(DAY);
  const events = eventTexts(markets, contractTaxonomy(markets));
  const answers = events.slice(0, 2).map(({ eventId }, k): Classification => ({
    ...{ eventId, primaryTheme: k === 0 ? "sports" : "other", secondaryTheme: null },
    ...{ confidence: 0.7, reasoning: "", classifier: "made" },
  }));
  const classify = answeredTexts(events, answers.toReversed());
  assert.deepEqual(
    events.map((event) => classify({ ...event, eventId: "renamed" })?.primaryTheme),
    ["sports", "other", undefined],
  );
  assert.equal(classify({ ...events[0]!, title: "Another title" }), null);
  assert.equal(classify({ ...events[0]!, endDate: "2030-01-01" }), null);
});
