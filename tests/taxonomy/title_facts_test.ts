import assert from "node:assert/strict";
import { dayStartMs, parseDay } from "lib/core/day.ts";
import { readYaml } from "lib/store/yaml.ts";
import { parseAliases } from "lib/taxonomy/parse_aliases.ts";
import { spanText, titleFacts } from "lib/taxonomy/title_facts.ts";
import { dataSetFixture, type MarketFixture } from "../fixtures/data_set.ts";

const aliases = parseAliases(await readYaml("config/aliases.yaml"));
const end = dayStartMs(parseDay("2025-12-31"));

function factsOf(market: MarketFixture, venue = "kalshi") {
  const { markets } = dataSetFixture({ [`${venue}:a`]: { closesAtMs: end, ...market } });
  return titleFacts(markets[0]!, 0, aliases)[0]!;
}

Deno.test("titleFacts() takes Kalshi's question and outcome as one text", () => {
  const facts = factsOf({ question: "How high will Bitcoin get this year? — $150,000 or above" });
  assert.deepEqual(facts.subject, ["bitcoin"]);
  assert.deepEqual(facts.predicate, ["reach"]);
  assert.deepEqual(facts.numbers, ["≥150000$"]);
  assert.equal(spanText(facts.deadline!), "2025-01-01 to 2025-12-31");
});

Deno.test("titleFacts() reads a threshold into a price that is reached or dipped to", () => {
  assert.deepEqual(factsOf({ question: "Will Bitcoin hit $150k?" }).numbers, ["≥150000$"]);
  assert.deepEqual(factsOf({ question: "Will Bitcoin dip to $70k?" }).numbers, ["≤70000$"]);
  assert.deepEqual(factsOf({ question: "Will Bitcoin be at $70k?" }).numbers, ["=70000$"]);
});

Deno.test("titleFacts() takes the date closest to the scheduled end, and keeps the others", () => {
  const { deadline, otherDates } = factsOf({
    question: "Will he announce by December 31, 2025 that he runs in 2028?",
  });
  assert.equal(spanText(deadline!), "to 2025-12-31");
  assert.deepEqual(otherDates, ["2028-01-01 to 2028-12-31"]);
  // a year that holds the deadline says nothing more
  const repeated = factsOf({
    question: "Shutdown in 2025? — Before December 2025",
    closesAtMs: dayStartMs(parseDay("2025-12-01")),
  });
  assert.deepEqual(repeated.otherDates, []);
});

Deno.test("titleFacts() reads Kalshi's ticker only where the title has no date", () => {
  const deadlineOf = (question: string, eventSlug: string, venue?: string) => {
    const { deadline } = factsOf({ question, eventSlug }, venue);
    return deadline === null ? null : spanText(deadline);
  };
  const title = "Will the Fed cut rates 3 times?";
  assert.equal(deadlineOf(title, "KXRATECUTCOUNT-25DEC31"), "to 2025-12-31");
  assert.equal(deadlineOf(title, "KXFEDDECISION-25OCT"), "2025-10-01 to 2025-10-31");
  assert.equal(deadlineOf(title, "KXMLB-25"), "2025-01-01 to 2025-12-31");
  assert.equal(deadlineOf("Fed cut before 2027?", "KXMLB-25"), "to 2026-12-31");
  assert.equal(deadlineOf(title, "fed-cuts"), null);
  assert.equal(deadlineOf(title, "KXMLB-25", "poly"), null);
});

Deno.test("titleFacts() counts denials, the quoted No among them", () => {
  const question = "Will the Senate not pass the bill?";
  assert.equal(factsOf({ question }).isNegated, true);
  assert.equal(factsOf({ question, outcome: "No" }).isNegated, false);
  assert.equal(factsOf({ question: "Will it pass?", outcome: "Down" }).isNegated, true);
});

Deno.test("titleFacts() takes a quoted name into the subject, or as the side of a game", () => {
  const party = factsOf({ question: "Who wins the seat?", outcome: "Green Union" });
  assert.deepEqual(party.subject, ["green", "seat", "union"]);
  const game = factsOf({ question: "Mets vs. Cubs", outcome: "Cubs" });
  assert.deepEqual([game.side, game.subject], ["cubs", ["cub", "met"]]);
  assert.equal(factsOf({ question: "Mets vs Cubs Winner? — Cubs" }).side, "cubs");
  assert.equal(factsOf({ question: "Will the Mets beat the Cubs?" }).side, "mets");
});

Deno.test("titleFacts() of a market without a title are none", () => {
  const { markets } = dataSetFixture({ "poly:a": { question: null } });
  assert.deepEqual(titleFacts(markets[0]!, 0, aliases), []);
});
