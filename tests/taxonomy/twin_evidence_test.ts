import assert from "node:assert/strict";
import { parseDay } from "lib/core/day.ts";
import type { TitleSpan } from "lib/taxonomy/title_dates.ts";
import type { TitleFacts } from "lib/taxonomy/title_facts.ts";
import { twinEvidence } from "lib/taxonomy/twin_evidence.ts";

const facts: TitleFacts = {
  market: 0,
  subject: ["bill", "farm"],
  predicate: ["pass"],
  numbers: [],
  otherDates: [],
  isNegated: false,
  side: null,
  deadline: null,
  endsAt: 100,
  terms: [],
};
const options = { opposite: new Map([["pass", "fail"], ["fail", "pass"]]), maxDaysApart: 1 };

function evidence(a: Partial<TitleFacts>, b: Partial<TitleFacts>) {
  const [one, other] = [{ ...facts, ...a }, { ...facts, ...b }];
  const found = twinEvidence(one, other, options);
  assert.equal(twinEvidence(other, one, options).accepted, found.accepted);
  return found.reason;
}

function span(from: string | null, last: string): TitleSpan {
  return { from: from === null ? null : parseDay(from), to: parseDay(last) + 1 };
}

Deno.test("twinEvidence() says what deadline an accepted pair rests on", () => {
  assert.equal(evidence({}, { endsAt: 101 }), "the scheduled ends");
  const year = span("2025-01-01", "2025-12-31"), byYearEnd = span(null, "2025-12-31");
  assert.equal(evidence({ deadline: year }, { deadline: byYearEnd }), "the titles' dates");
  assert.equal(
    evidence({ deadline: byYearEnd, endsAt: null }, { endsAt: byYearEnd.to + 0.6 }),
    "one title's date and the other's scheduled end",
  );
  const meeting = span("2025-09-17", "2025-09-17"), month = span("2025-09-01", "2025-09-30");
  assert.equal(
    evidence({ deadline: meeting }, { deadline: month }),
    "the titles' dates and the scheduled ends",
  );
});

Deno.test("twinEvidence() keeps a month from its last day, and dates from other ends", () => {
  const differs = "deadline differs in the titles";
  const december = span("2025-12-01", "2025-12-31"), byYearEnd = span(null, "2025-12-31");
  assert.equal(evidence({ deadline: december }, { deadline: byYearEnd }), differs);
  const meeting = span("2025-09-17", "2025-09-17"), month = span("2025-09-01", "2025-09-30");
  assert.equal(evidence({ deadline: meeting, endsAt: 90 }, { deadline: month }), differs);
  assert.equal(
    evidence({ deadline: byYearEnd, endsAt: null }, { endsAt: 5 }),
    "deadline differs in the scheduled ends",
  );
});

Deno.test("twinEvidence() names the first part that differs", () => {
  assert.equal(evidence({}, { predicate: ["fail"] }), "predicate opposite: pass | fail");
  assert.equal(evidence({}, { predicate: [] }), "predicate differs: pass | none");
  assert.equal(evidence({}, { subject: ["bill"] }), "subject differs: farm | none");
  assert.equal(evidence({}, { isNegated: true }), "one of the two says no");
  assert.equal(evidence({ numbers: [">4%"] }, { numbers: ["≥4%"] }), "number differs: >4% | ≥4%");
  assert.equal(evidence({ side: "mets" }, { side: "cubs" }), "side differs: mets | cubs");
  assert.equal(evidence({ otherDates: ["to 2028"] }, {}), "date differs: to 2028 | none");
});
