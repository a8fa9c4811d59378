import assert from "node:assert/strict";
import { eventTexts } from "lib/classify/event_texts.ts";
import { dayEndMs } from "lib/core/day.ts";
import { decideDates } from "lib/decide/decide_dates.ts";
import { decideTools } from "lib/decide/decide_tools.ts";
import { contractTaxonomy } from "lib/taxonomy/contract_tree.ts";
import { asOf } from "lib/universe/as_of.ts";
import { FEW } from "./analysed.ts";
import { configWith } from "./replayed.ts";
import { MONTH_ENDS, twoThemes } from "./two_themes.ts";

const DATA = twoThemes(), CONFIG = configWith(FEW);
const EVENTS = eventTexts(DATA.markets, contractTaxonomy(DATA.markets));
const VIEW = asOf(DATA, dayEndMs(MONTH_ENDS[0]!));

/** Answers of a model that calls every event the same. */
function answers(theme: string, events = EVENTS) {
  return {
    events,
    classifications: events.map(({ eventId }) => ({
      ...{ eventId, primaryTheme: theme, secondaryTheme: null, confidence: 0.9 },
      ...{ reasoning: "", classifier: "llm" },
    })),
  };
}

Deno.test("decideTools() reads words by the lexicon where there are no answers of a model", () => {
  const { themes, nUnanswered } = decideTools(CONFIG).readWords(VIEW);
  assert.ok(themes.includes("crypto_digital") && themes.includes("russia_ukraine"));
  assert.equal(nUnanswered, 0);
});

Deno.test("decideTools() takes the answers of a model to the words it was shown", () => {
  const { themes, confidence, nUnanswered } = decideTools({
    ...{ ...CONFIG, answers: answers("space_frontier") },
  }).readWords(VIEW);
  assert.deepEqual(new Set(themes), new Set(["space_frontier"]));
  assert.deepEqual(new Set(confidence), new Set([0.9]));
  assert.equal(nUnanswered, 0);
});

Deno.test("decideTools() lets the lexicon stand in for other words, and counts how often", () => {
  const asked = EVENTS.slice(0, 5), { themes: plain } = decideTools(CONFIG).readWords(VIEW);
  const other = { ...EVENTS[5]!, title: "Other words" };
  const given = answers("space_frontier", [...asked, other]);
  const { tree, themes, nUnanswered } = decideTools({ ...CONFIG, answers: given }).readWords(VIEW);
  const ids = new Set(asked.map(({ eventId }) => eventId));
  tree.events.forEach(({ eventId }, e) =>
    assert.equal(themes[e], ids.has(eventId) ? "space_frontier" : plain[e])
  );
  assert.equal(nUnanswered, EVENTS.length - 5);
  const [decided] = decideDates(DATA, MONTH_ENDS.slice(0, 1), {
    config: { ...CONFIG, answers: given },
  });
  assert.equal(decided!.nUnanswered, EVENTS.length - 5);
});

Deno.test("decideTools() holds the side of the settings' rules", () => {
  const { heldSide } = decideTools(CONFIG);
  const [market] = twoThemes(() => ({ outcome: "No" })).markets;
  assert.equal(heldSide(market!, null), "no");
  assert.equal(heldSide({ ...market!, outcome: "Yes" }, null), "yes");
});
