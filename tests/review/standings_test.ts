import assert from "node:assert/strict";
import fc from "fast-check";
import type { Decision, Verdict } from "lib/review/decision.ts";
import { countStandings, isReviewed, standings } from "lib/review/standings.ts";
import type { SubjectStanding } from "lib/review/standing_subject.ts";
import { decisionOf, draftOf, OTHER_SEEN, SEEN, subjectOf } from "./decision_fixture.ts";

const { source } = draftOf();

Deno.test("standings() says of each subject what was decided on what is seen today", () => {
  const cases: [SubjectStanding, boolean, Partial<Decision> | null][] = [
    ["waiting", true, null],
    ["idle", false, null],
    ["signed", true, {}],
    ["signed", false, { verdict: "relabel" }],
    ["flagged", true, { verdict: "flag" }],
    ["stale", true, { seen: OTHER_SEEN }],
    ["stale", false, { seen: OTHER_SEEN, verdict: "flag" }],
    ["waiting", true, { verdict: "withdraw" }],
    ["waiting", true, { source: "folder" }],
    ["waiting", true, { kind: "side" }],
  ];
  for (const [standing, isRequired, part] of cases) {
    const subject = subjectOf({ isRequired });
    const decisions = part === null ? [] : [decisionOf(part)];
    const [got] = standings([subject], decisions, { source }).subjects;
    const own = part === null || "source" in part || "kind" in part ? 0 : 1;
    const decision = own === 1 && part!.verdict !== "withdraw" ? decisions[0]! : null;
    assert.deepEqual(got, { ...subject, standing, decision, nDecisions: own });
  }
});

Deno.test("standings() holds a decision about more than its subject against what that is today", () => {
  const subjects = ["a", "b"].map((id) => subjectOf({ id, seen: SEEN }));
  const merge = decisionOf({ subject: "a", seen: OTHER_SEEN });
  const own = decisionOf({ subject: "b" });
  const standingsWith = (now: string) =>
    standings(subjects, [merge, own], {
      source,
      seenNow: ({ subject }) => subject === "a" ? now : null,
    }).subjects.map(({ standing }) => standing);
  assert.deepEqual(standingsWith(OTHER_SEEN), ["signed", "signed"]);
  // not even where it has become that of the subject alone
  for (const now of [SEEN, ""]) assert.deepEqual(standingsWith(now), ["stale", "signed"]);
});

Deno.test("standings() keeps the order of the subjects and gives orphans by kind and id", () => {
  const subjects = ["c", "a", "b"].map((id) => subjectOf({ id }));
  const gone = [
    decisionOf({ subject: "z" }),
    decisionOf({ kind: "side", subject: "a" }),
    decisionOf({ subject: "y", verdict: "flag" }),
  ];
  const withdrawn = [1, 2].map((number) =>
    decisionOf({ subject: "x", number, verdict: number === 1 ? "approve" : "withdraw" })
  );
  const foreign = decisionOf({ subject: "w", source: "folder" });
  const got = standings(subjects, [...gone, ...withdrawn, foreign], { source });
  assert.deepEqual(got.subjects.map(({ id }) => id), ["c", "a", "b"]);
  assert.deepEqual(got.orphans, [gone[1], gone[2], gone[0]]);
});

Deno.test("standings() never lets a decision speak that saw something else", () => {
  const seen = fc.constantFrom(SEEN, OTHER_SEEN);
  const ids = fc.constantFrom("a", "b", "c");
  const subject = fc.record({ id: ids, seen, isRequired: fc.boolean() });
  const decision = fc.record({
    ...{ subject: ids, seen, number: fc.integer({ min: 1, max: 4 }) },
    verdict: fc.constantFrom<Verdict>("approve", "flag", "withdraw"),
    source: fc.constantFrom(source, "folder"),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(subject, { selector: ({ id }) => id }),
      fc.array(decision),
      (some, parts) => {
        const decisions = parts.map((part) => decisionOf(part));
        const { subjects, orphans } = standings(some.map((part) => subjectOf(part)), decisions, {
          source,
        });
        for (const { standing, decision, seen, isRequired } of subjects) {
          const isSame = decision?.seen === seen && decision.source === source;
          assert.equal(standing === "signed" || standing === "flagged", isSame);
          assert.equal(standing === "stale", decision !== null && !isSame);
          assert.equal(standing === "waiting", decision === null && isRequired);
        }
        for (const orphan of orphans) {
          assert.ok(some.every(({ id }) => id !== orphan.subject));
          assert.equal(orphan.source, source);
        }
      },
    ),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("isReviewed() and countStandings() ask for a signature under all that must be signed", () => {
  const review = (...parts: [boolean, Partial<Decision> | null][]) => {
    const subjects = parts.map(([isRequired], i) => subjectOf({ id: `${i}`, isRequired }));
    const decisions = parts.flatMap(([, part], i) =>
      part === null ? [] : [decisionOf({ subject: `${i}`, ...part })]
    );
    return standings(subjects, decisions, { source }).subjects;
  };
  assert.equal(isReviewed([]), true);
  assert.equal(isReviewed(review([true, {}], [false, null])), true);
  assert.equal(isReviewed(review([true, {}], [false, { seen: OTHER_SEEN }])), true);
  assert.equal(isReviewed(review([true, {}], [true, null])), false);
  assert.equal(isReviewed(review([true, { verdict: "flag" }])), false);
  assert.equal(isReviewed(review([true, { seen: OTHER_SEEN }])), false);
  assert.deepEqual(
    countStandings(review([true, {}], [true, null], [false, null], [false, { verdict: "flag" }])),
    { waiting: 1, idle: 1, signed: 1, flagged: 1, stale: 0 },
  );
});
