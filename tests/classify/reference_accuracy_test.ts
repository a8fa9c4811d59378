import assert from "node:assert/strict";
import {
  type LabelledQuestion,
  referenceAccuracy,
  referenceTruth,
  slugEvents,
} from "lib/classify/reference_accuracy.ts";

const QUESTIONS: readonly LabelledQuestion[] = [
  { question: "Will B win?", slug: "who-wins", theme: "war" },
  { question: "Will A win?", slug: "who-wins", theme: "peace" },
  { question: "Rain on Monday?", slug: "rain-on-monday", theme: "war" },
];
const REFERENCE = { war: ["other", "middle_east"], peace: ["sports"] };

Deno.test("slugEvents() makes one event a slug, its questions the tickers", () => {
  const [rain, wins] = slugEvents(QUESTIONS);
  assert.deepEqual([rain!.title, rain!.tickers], ["Rain on Monday?", ["Rain on Monday?"]]);
  assert.deepEqual([wins!.title, wins!.tickers], ["who wins", ["Will A win?", "Will B win?"]]);
});

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
