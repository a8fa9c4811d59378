import assert from "node:assert/strict";
import fc from "fast-check";
import { auditAccuracy } from "lib/taxonomy/audit_accuracy.ts";
import { wilsonInterval } from "lib/stats/wilson.ts";
import {
  accuracyText,
  auditSubjectId,
  type Judgement,
  judgementOf,
  moreRightNeeded,
  neededText,
  runningAccuracy,
} from "lib/page/audit/audit_progress.ts";
import type { StandingSubject, SubjectStanding } from "lib/review/standing_subject.ts";

const CONTRACT = {
  sheet: "audit_50",
  marketId: "poly:1",
  theme: "crypto",
  classifier: "lexical 1",
};

function judged(marketId: string, verdict: Judgement["verdict"], at: string): Judgement {
  return { ...CONTRACT, marketId, verdict, at, rightTheme: null, reviewer: "Ada", note: null };
}

function subject(
  standing: SubjectStanding,
  verdict: "approve" | "relabel" | "flag",
  value: Record<string, unknown> = {},
): StandingSubject {
  const about = { kind: "audit", title: "t", seen: "0".repeat(64) } as const;
  return {
    ...{ ...about, id: auditSubjectId(CONTRACT), isRequired: true, standing, nDecisions: 1 },
    decision: {
      ...{ ...about, subject: auditSubjectId(CONTRACT), verdict, value, comment: "why", by: "Ada" },
      ...{ source: "s", asOf: "2026-01-01", at: "2026-01-02T00:00:00.000Z", number: 1 },
    },
  };
}

Deno.test("moreRightNeeded() gives the sizes of the sheets that prove 90%", () => {
  // hand-worked: n / (n + 1.96²) reaches 0.9 at n = 34.6; docs/methods.md names 96 of 100
  for (
    const [nRight, nJudged, needed] of [
      [0, 0, 35],
      [34, 34, 1],
      [35, 35, 0],
      [50, 50, 0],
      [96, 100, 0],
      [189, 200, 0],
    ] as const
  ) {
    assert.equal(moreRightNeeded({ nRight, nJudged }, 0.9), needed, `${nRight} of ${nJudged}`);
  }
});

Deno.test("runningAccuracy() goes by time, and who was unsure is no step", () => {
  const steps = runningAccuracy([
    judged("c", "wrong", "2026-01-03T00:00:00.000Z"),
    judged("b", "unsure", "2026-01-02T00:00:00.000Z"),
    judged("a", "right", "2026-01-01T00:00:00.000Z"),
  ]);
  assert.deepEqual(steps.map(({ nJudged, nRight }) => [nJudged, nRight]), [[1, 1], [2, 1]]);
  assert.deepEqual(steps[1], {
    ...{ nJudged: 2, nRight: 1, accuracy: 0.5 },
    ...wilsonInterval(1, 2),
  });
});

Deno.test("judgementOf() reads right, wrong with the right theme, and unsure", () => {
  const { verdict, rightTheme, reviewer, note } = judgementOf(
    CONTRACT,
    subject("signed", "relabel", { rightTheme: "energy" }),
  )!;
  assert.deepEqual([verdict, rightTheme, reviewer, note], ["wrong", "energy", "Ada", "why"]);
  assert.equal(judgementOf(CONTRACT, subject("signed", "approve"))!.verdict, "right");
  assert.equal(judgementOf(CONTRACT, subject("flagged", "flag"))!.verdict, "unsure");
  const unsaid = judgementOf(CONTRACT, subject("signed", "relabel", { rightTheme: null }))!;
  assert.deepEqual([unsaid.verdict, unsaid.rightTheme], ["wrong", null]);
});

Deno.test("judgementOf() is null for a stale verdict, an open contract and one that is not asked about", () => {
  assert.equal(judgementOf(CONTRACT, subject("stale", "approve")), null);
  assert.equal(judgementOf(CONTRACT, { ...subject("waiting", "approve"), decision: null }), null);
  assert.equal(judgementOf(CONTRACT, undefined), null);
});

Deno.test("accuracyText() and neededText() say what the interval allows", () => {
  const text = (nRight: number, nJudged: number) =>
    accuracyText({
      nRight,
      nJudged,
      accuracy: nRight / nJudged,
      ...wilsonInterval(nRight, nJudged),
    });
  assert.equal(text(41, 44), "41 of 44 right: 93% (82% to 98%)");
  assert.equal(text(0, 0), "None judged yet");
  const options = { target: 0.9, nOpen: 20 };
  assert.equal(neededText({ nRight: 50, nJudged: 50 }, options), "The lower end has reached 90%.");
  assert.equal(
    neededText({ nRight: 30, nJudged: 30 }, options),
    "The next 5 must all be right for the lower end to reach 90%; 20 are open.",
  );
  assert.equal(
    neededText({ nRight: 28, nJudged: 30 }, options),
    "The next 39 must all be right for the lower end to reach 90%; only 20 are open, so this sheet alone cannot show it.",
  );
  assert.equal(
    neededText({ nRight: 49, nJudged: 50 }, { target: 0.9, nOpen: 0 }),
    "This sheet cannot show 90%: 3 more would all have to be right. A larger sheet can.",
  );
});

Deno.test("runningAccuracy() ends where auditAccuracy() does, whatever the order of the list", () => {
  const list = fc.array(fc.constantFrom("right", "wrong", "unsure"), { maxLength: 60 });
  fc.assert(
    fc.property(list, (verdicts) => {
      const judgements = verdicts.map((verdict, i) =>
        judged(`m${i}`, verdict as Judgement["verdict"], "2026-01-01T00:00:00.000Z")
      );
      const { overall } = auditAccuracy(judgements, new Map([["crypto", 1]]));
      const last = runningAccuracy(judgements.toReversed()).at(-1);
      if (last === undefined) return assert.equal(overall.nJudged, 0);
      assert.deepEqual(last, { ...overall });
      assert.deepEqual(runningAccuracy(judgements), runningAccuracy(judgements.toReversed()));
    }),
    { seed: 7 },
  );
});

Deno.test("moreRightNeeded() is the first number that reaches the target", () => {
  const counts = fc.tuple(fc.nat(60), fc.nat(20), fc.constantFrom(0.5, 0.8, 0.9, 0.95));
  fc.assert(
    fc.property(counts, ([nRight, nWrong, target]) => {
      const nJudged = nRight + nWrong;
      const more = moreRightNeeded({ nRight, nJudged }, target);
      assert.ok(wilsonInterval(nRight + more, nJudged + more).low >= target);
      if (more === 0) return;
      const before = wilsonInterval(nRight + more - 1, nJudged + more - 1).low;
      assert.ok(!(before >= target));
    }),
    { seed: 7 },
  );
});

Deno.test("moreRightNeeded() refuses a target that no sample proves", () => {
  assert.throws(() => moreRightNeeded({ nRight: 1, nJudged: 1 }, 1), {
    name: "RangeError",
    message: "Cannot count contracts as the target must be in [0, 1): got 1",
  });
});
