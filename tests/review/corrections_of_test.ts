import assert from "node:assert/strict";
import fc from "fast-check";
import { correctionsOf } from "lib/review/corrections_of.ts";
import type { Decision } from "lib/review/decision.ts";
import type { Subject } from "lib/review/subject.ts";
import { correctionTable, parseCorrections } from "lib/taxonomy/correction_table.ts";
import { NO_CORRECTIONS } from "lib/taxonomy/corrections.ts";
import { decisionOf, OTHER_SEEN, SEEN, subjectOf } from "./decision_fixture.ts";

/** Two events: the Fed's with two contracts, the election's with one. */
const marketsOfEvent = new Map([["fed", ["poly:1", "poly:2"]], ["vote", ["poly:3"]]]);
const OPTIONS = { marketsOfEvent };

const SUBJECTS: readonly Subject[] = [
  ...["fed", "vote"].map((id) => subjectOf({ kind: "theme", id })),
  ...["poly:1", "poly:2", "poly:3"].flatMap((id) => [
    subjectOf({ kind: "side", id }),
    subjectOf({ kind: "contract", id }),
    subjectOf({ kind: "audit", id: `audit_50 | ${id}` }),
    subjectOf({ kind: "audit", id: `audit_100 | ${id}` }),
  ]),
  subjectOf({ kind: "twin", id: "kalshi:A | poly:1" }),
];

function relabelled(subject: string, theme: string, part: Partial<Decision> = {}): Decision {
  return decisionOf({ kind: "theme", subject, verdict: "relabel", value: { theme }, ...part });
}

/** A verdict of the audit on a contract that is in "crypto" today. */
function audited(
  subject: string,
  rightTheme: string | null | undefined,
  part: Partial<Decision> = {},
): Decision {
  const [sheet, marketId] = subject.split(" | ");
  const judged = { marketId, sheet, theme: "crypto", classifier: "lexical 1" };
  return decisionOf({
    ...{ kind: "audit", subject, verdict: rightTheme === undefined ? "approve" : "relabel" },
    value: rightTheme === undefined ? judged : { ...judged, rightTheme },
    ...part,
  });
}

/** Reasons by subject. */
function reasons(found: ReturnType<typeof correctionsOf>): [string, string][] {
  return found.ignored.map(({ decision, reason }) => [decision.subject, reason]);
}

Deno.test("correctionsOf() gives every contract of an event the theme that a person signed", () => {
  const { corrections, applied, ignored } = correctionsOf(
    [relabelled("fed", "macro", { by: "Ana", comment: "rates" })],
    SUBJECTS,
    OPTIONS,
  );
  assert.deepEqual(corrections, {
    ...NO_CORRECTIONS,
    themes: new Map([["poly:1", "macro"], ["poly:2", "macro"]]),
  });
  assert.deepEqual(applied[1], {
    ...{ kind: "theme", marketId: "poly:2", otherId: null, value: "macro", by: "Ana" },
    ...{ at: "2026-05-03T10:00:00.000Z", comment: "rates" },
  });
  assert.deepEqual(ignored, []);
});

Deno.test("correctionsOf() takes sides, exclusions and rejected twins as they were signed", () => {
  const { corrections } = correctionsOf([
    decisionOf({ kind: "side", subject: "poly:1", verdict: "relabel", value: { side: -1 } }),
    decisionOf({ kind: "side", subject: "poly:2", verdict: "relabel", value: { side: 0 } }),
    decisionOf({
      ...{ kind: "contract", subject: "poly:2", verdict: "exclude" },
      value: { since: "1970-01-11" },
    }),
    decisionOf({
      ...{ kind: "contract", subject: "poly:3", verdict: "exclude", value: { since: null } },
    }),
    decisionOf({ kind: "twin", subject: "kalshi:A | poly:1", verdict: "exclude" }),
  ], SUBJECTS);
  assert.deepEqual(corrections, {
    themes: new Map(),
    sides: new Map([["poly:1", -1], ["poly:2", 0]]),
    excluded: new Map([["poly:2", 10], ["poly:3", -Infinity]]),
    rejectedTwins: new Set(["kalshi:A | poly:1"]),
  });
});

Deno.test("correctionsOf() changes nothing by what is approved, flagged or of other kinds", () => {
  const found = correctionsOf(
    [
      decisionOf({ subject: "fed" }),
      decisionOf({ subject: "vote", verdict: "flag" }),
      decisionOf({ kind: "twin", subject: "kalshi:A | poly:1" }),
      audited("audit_50 | poly:1", undefined),
      audited("audit_50 | poly:3", null),
      decisionOf({ kind: "cut", subject: "ward", value: { clusters: 3 } }),
      // nobody is told of what would change nothing anyway
      decisionOf({ subject: "gone" }),
    ],
    SUBJECTS,
    OPTIONS,
  );
  assert.deepEqual(found, { corrections: NO_CORRECTIONS, applied: [], ignored: [] });
});

Deno.test("correctionsOf() ignores what is stale or gone, and says so", () => {
  const found = correctionsOf(
    [
      relabelled("vote", "macro", { seen: OTHER_SEEN }),
      relabelled("gone", "macro"),
      decisionOf({
        ...{ kind: "contract", subject: "poly:1", verdict: "exclude", seen: OTHER_SEEN },
        value: { since: null },
      }),
      audited("audit_50 | poly:1", "macro", { seen: OTHER_SEEN }),
    ],
    SUBJECTS,
    OPTIONS,
  );
  assert.deepEqual(found.corrections, NO_CORRECTIONS);
  assert.deepEqual(reasons(found), [
    ["gone", "what it is about is not there today"],
    ["vote", "what was seen has changed since"],
    ["poly:1", "what was seen has changed since"],
    ["audit_50 | poly:1", "what was seen has changed since"],
  ]);
});

Deno.test("correctionsOf() lets an audit verdict correct its event where nobody speaks of the event", () => {
  const verdict = audited("audit_50 | poly:1", "macro", { by: "Ben" });
  const alone = correctionsOf([verdict], SUBJECTS, OPTIONS);
  assert.deepEqual(
    alone.corrections.themes,
    new Map([["poly:1", "macro"], ["poly:2", "macro"]]),
  );
  assert.deepEqual(new Set(alone.applied.map(({ by }) => by)), new Set(["Ben"]));
  const flagged = decisionOf({ subject: "fed", verdict: "flag" });
  const stale = relabelled("fed", "politics", { seen: OTHER_SEEN });
  for (const other of [flagged, stale]) {
    assert.deepEqual(
      correctionsOf([other, verdict], SUBJECTS, OPTIONS).corrections,
      alone.corrections,
    );
  }
  const approved = correctionsOf([decisionOf({ subject: "fed" }), verdict], SUBJECTS, OPTIONS);
  assert.deepEqual(approved.corrections, NO_CORRECTIONS);
  assert.deepEqual(reasons(approved), [[
    "audit_50 | poly:1",
    "a decision about its event speaks first",
  ]]);
  const other = correctionsOf([relabelled("fed", "politics"), verdict], SUBJECTS, OPTIONS);
  assert.deepEqual(
    other.corrections.themes,
    new Map([["poly:1", "politics"], ["poly:2", "politics"]]),
  );
});

Deno.test("correctionsOf() takes verdicts of one mind by the latest, and none of two minds", () => {
  const first = audited("audit_50 | poly:1", "macro", { by: "Ana" });
  const later = audited("audit_100 | poly:2", "macro", {
    ...{ by: "Ben", at: "2026-06-01T00:00:00.000Z" },
  });
  const agreed = correctionsOf([later, first], SUBJECTS, OPTIONS);
  assert.deepEqual(agreed.applied.map(({ marketId, value, by }) => [marketId, value, by]), [
    ["poly:1", "macro", "Ben"],
    ["poly:2", "macro", "Ben"],
  ]);
  const reason = "audit verdicts on its event name different right themes";
  const split = correctionsOf(
    [first, audited("audit_50 | poly:2", "politics")],
    SUBJECTS,
    OPTIONS,
  );
  assert.deepEqual(split.corrections, NO_CORRECTIONS);
  assert.deepEqual(reasons(split), [["audit_50 | poly:1", reason], ["audit_50 | poly:2", reason]]);
  // who calls today's theme right names a right theme too
  const denied = correctionsOf(
    [first, audited("audit_100 | poly:1", undefined)],
    SUBJECTS,
    OPTIONS,
  );
  assert.deepEqual(reasons(denied), [["audit_50 | poly:1", reason]]);
});

Deno.test("correctionsOf() gives no theme that the taxonomy lacks, and none to an unknown event", () => {
  const decisions = [
    relabelled("fed", "weather"),
    relabelled("vote", "uncategorized"),
    audited("audit_50 | poly:2", "weather"),
  ];
  const found = correctionsOf(decisions, SUBJECTS, { ...OPTIONS, themes: ["macro"] });
  assert.deepEqual(found.corrections.themes, new Map([["poly:3", "uncategorized"]]));
  assert.deepEqual(reasons(found), [
    ["fed", "the taxonomy has no such theme"],
    ["audit_50 | poly:2", "a decision about its event speaks first"],
  ]);
  assert.deepEqual(reasons(correctionsOf(decisions, SUBJECTS)), [
    ["fed", "its event is not there"],
    ["vote", "its event is not there"],
    ["audit_50 | poly:2", "its contract has no event"],
  ]);
});

Deno.test("correctionsOf() minds not the order of the decisions, and its table holds what it changes", () => {
  const decisions = [
    relabelled("vote", "macro"),
    audited("audit_50 | poly:1", "macro"),
    audited("audit_100 | poly:2", "macro", { at: "2026-06-01T00:00:00.000Z" }),
    decisionOf({ kind: "side", subject: "poly:1", verdict: "relabel", value: { side: 1 } }),
    decisionOf({
      ...{ kind: "contract", subject: "poly:3", verdict: "exclude", value: { since: null } },
    }),
    decisionOf({ kind: "twin", subject: "kalshi:A | poly:1", verdict: "exclude" }),
    relabelled("gone", "macro"),
  ];
  const expected = correctionsOf(decisions, SUBJECTS, OPTIONS);
  assert.deepEqual(parseCorrections(correctionTable(expected.applied)), expected.corrections);
  fc.assert(
    fc.property(fc.shuffledSubarray(decisions, { minLength: decisions.length }), (shuffled) => {
      assert.deepEqual(correctionsOf(shuffled, SUBJECTS.toReversed(), OPTIONS), expected);
    }),
    { seed: 7, numRuns: 40 },
  );
});

Deno.test("correctionsOf() never applies a decision on something else than was seen", () => {
  const seen = fc.constantFrom(SEEN, OTHER_SEEN);
  fc.assert(
    fc.property(seen, seen, seen, (a, b, c) => {
      const { corrections } = correctionsOf(
        [
          relabelled("fed", "macro", { seen: a }),
          decisionOf({
            ...{ kind: "side", subject: "poly:3", verdict: "relabel", value: { side: 1 }, seen: b },
          }),
          decisionOf({ kind: "twin", subject: "kalshi:A | poly:1", verdict: "exclude", seen: c }),
        ],
        SUBJECTS,
        OPTIONS,
      );
      assert.equal(corrections.themes.size, a === SEEN ? 2 : 0);
      assert.equal(corrections.sides.size, b === SEEN ? 1 : 0);
      assert.equal(corrections.rejectedTwins.size, c === SEEN ? 1 : 0);
    }),
    { seed: 7, numRuns: 20 },
  );
});
