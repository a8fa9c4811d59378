import assert from "node:assert/strict";
import { randomStream } from "lib/core/random.ts";
import { wilsonInterval } from "lib/stats/wilson.ts";
import { auditAccuracy } from "lib/taxonomy/audit_accuracy.ts";
import { auditSample } from "lib/taxonomy/audit_sample.ts";
import type { AuditVerdict } from "lib/taxonomy/audit_verdicts.ts";

/** Verdicts on contracts of a theme, the first `nRight` right. */
function judged(theme: string, nItems: number, nRight: number): AuditVerdict[] {
  return Array.from({ length: nItems }, (_, i) => ({
    ...{ sheet: "audit_50", marketId: `poly:${theme}-${i}`, theme, reviewer: "Ana" },
    ...{ verdict: i < nRight ? "right" : "wrong", rightTheme: null, note: null, classifier: null },
  }));
}

const near = (x: number, y: number) => assert.ok(Math.abs(x - y) < 1e-12, `${x} against ${y}`);

Deno.test("auditAccuracy() gives Wilson intervals over all and by theme", () => {
  const { overall, themes } = auditAccuracy(
    [...judged("sports", 40, 37), ...judged("fed", 10, 8)],
    new Map([["sports", 400], ["fed", 100]]),
  );
  assert.deepEqual(overall, { nRight: 45, nJudged: 50, accuracy: 0.9, ...wilsonInterval(45, 50) });
  assert.deepEqual([overall.low.toFixed(4), overall.high.toFixed(4)], ["0.7864", "0.9565"]);
  assert.deepEqual(themes, [
    { theme: "fed", nRight: 8, nJudged: 10, accuracy: 0.8, ...wilsonInterval(8, 10) },
    { theme: "sports", nRight: 37, nJudged: 40, accuracy: 37 / 40, ...wilsonInterval(37, 40) },
  ]);
});

Deno.test("auditAccuracy() weighs each theme by its share of all events", () => {
  const verdicts = [...judged("sports", 20, 20), ...judged("fed", 20, 10)];
  const sizes = new Map([["sports", 900], ["fed", 60], ["space", 40]]);
  const { weighted } = auditAccuracy(verdicts, sizes);
  near(weighted.accuracy, (900 * 1 + 60 * 0.5) / 960);
  near(weighted.coveredShare, 0.96);
  // Kish: the weights are 45 and 3, twenty times each
  near(weighted.nEffective, (20 * 48) ** 2 / (20 * (45 ** 2 + 3 ** 2)));
  const { low, high } = wilsonInterval(
    weighted.accuracy * weighted.nEffective,
    weighted.nEffective,
  );
  near(weighted.low, low);
  near(weighted.high, high);
});

Deno.test("auditAccuracy() of a proportional sample needs no weights", () => {
  const verdicts = [...judged("sports", 40, 37), ...judged("fed", 10, 8)];
  const { overall, weighted } = auditAccuracy(verdicts, new Map([["sports", 400], ["fed", 100]]));
  near(weighted.accuracy, overall.accuracy);
  near(weighted.nEffective, 50);
  near(weighted.low, overall.low);
  near(weighted.coveredShare, 1);
});

Deno.test("auditAccuracy() covers the truth about as often as it says", () => {
  const accuracyOf: Record<string, number> = { sports: 0.97, fed: 0.8, space: 0.6 };
  const items = Object.entries({ sports: 500, fed: 200, space: 10 }).flatMap(([theme, n]) =>
    Array.from({ length: n }, (_, i) => ({
      ...{ marketId: `${theme} ${i}`, eventId: `${theme} ${i}`, theme },
      isRight: i < n * accuracyOf[theme]!,
    }))
  );
  const truth = items.filter(({ isRight }) => isRight).length / items.length;
  const sizes = new Map([["sports", 500], ["fed", 200], ["space", 10]]);
  let covered = 0, sum = 0;
  for (let seed = 0; seed < 400; ++seed) {
    const { drawn } = auditSample(items, { size: 100, seed });
    const verdicts = drawn.map(({ marketId, theme, isRight }): AuditVerdict => ({
      ...{ sheet: "audit_100", marketId, theme, reviewer: "Ana", rightTheme: null, note: null },
      classifier: null,
      verdict: isRight ? "right" : "wrong",
    }));
    const { weighted } = auditAccuracy(verdicts, sizes);
    covered += Number(weighted.low <= truth && truth <= weighted.high);
    sum += weighted.accuracy;
  }
  assert.ok(covered / 400 > 0.92, `${covered / 400}`);
  assert.ok(Math.abs(sum / 400 - truth) < 0.005, `${sum / 400} ${truth}`);
});

Deno.test("auditAccuracy() counts a contract once, as right where nobody says wrong", () => {
  const [one] = judged("fed", 1, 1);
  const other = (facts: Partial<AuditVerdict>): AuditVerdict => ({
    ...one!,
    reviewer: "Ben",
    ...facts,
  });
  const sizes = new Map([["fed", 9]]);
  const counts = (verdicts: readonly AuditVerdict[]) => {
    const { overall, nUnsure, nSplit } = auditAccuracy(verdicts, sizes);
    return [overall.nRight, overall.nJudged, nUnsure, nSplit];
  };
  assert.deepEqual(counts([one!, other({})]), [1, 1, 0, 0]);
  assert.deepEqual(counts([one!, other({ sheet: "audit_100" })]), [1, 1, 0, 0]);
  assert.deepEqual(counts([one!, other({ verdict: "wrong" })]), [0, 1, 0, 1]);
  assert.deepEqual(counts([one!, other({ verdict: "unsure" })]), [1, 1, 0, 0]);
  assert.deepEqual(counts([other({ verdict: "unsure" })]), [0, 0, 1, 0]);
});

Deno.test("auditAccuracy() without a verdict knows nothing", () => {
  const { overall, themes, weighted } = auditAccuracy([], new Map([["fed", 9]]));
  assert.deepEqual(overall, { nRight: 0, nJudged: 0, accuracy: NaN, low: NaN, high: NaN });
  assert.deepEqual(themes, []);
  assert.deepEqual(weighted, {
    ...{ accuracy: NaN, nEffective: 0, coveredShare: 0, low: NaN, high: NaN },
  });
});

Deno.test("auditAccuracy() minds not the order of verdicts", () => {
  const random = randomStream(7, "order");
  const verdicts = [...judged("sports", 9, 7), ...judged("fed", 5, 2)];
  const sizes = new Map([["sports", 50], ["fed", 9]]);
  const mixed = verdicts.map((one) => ({ one, at: random() })).sort((a, b) => a.at - b.at);
  assert.deepEqual(
    auditAccuracy(mixed.map(({ one }) => one), sizes),
    auditAccuracy(verdicts, sizes),
  );
});

Deno.test("auditAccuracy() refuses a judged theme of unknown size", () => {
  assert.throws(() => auditAccuracy(judged("fed", 1, 1), new Map()), {
    name: "RangeError",
    message:
      'Cannot weigh an audit as each judged theme must have a size above 0: got NaN for "fed"',
  });
});
