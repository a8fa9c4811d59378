import assert from "node:assert/strict";
import {
  type LabelledQuestion,
  referenceAccuracy,
  referenceTruth,
} from "lib/classify/reference_accuracy.ts";

const QUESTIONS: readonly LabelledQuestion[] = [
  { theme: "war" },
  { theme: "peace" },
  { theme: "war" },
];
const REFERENCE = { war: ["other", "middle_east"], peace: ["sports"] };

Deno.test("referenceTruth() is the prediction where the reference accepts it, else its main theme", () => {
  const predicted = ["middle_east", "other", "sports"];
  assert.deepEqual(referenceTruth(QUESTIONS, predicted, REFERENCE), [
    ...["middle_east", "sports", "other"],
  ]);
  assert.throws(() => referenceTruth(QUESTIONS, predicted, { war: ["other"] }), /got "peace"/);
});

Deno.test("referenceAccuracy() averages F1 over the themes that have questions", () => {
  const { accuracy, macroF1, themes } = referenceAccuracy(
    QUESTIONS,
    ["middle_east", "uncategorized", "other"],
    REFERENCE,
  );
  assert.equal(accuracy, 2 / 3);
  assert.deepEqual(themes.map(({ name }) => name), ["middle_east", "other", "sports"]);
  // both right ones have F1 1, sports 0
  assert.equal(macroF1, 2 / 3);
});
