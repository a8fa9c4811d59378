import assert from "node:assert/strict";
import fc from "fast-check";
import type { EventText } from "lib/classify/event_text.ts";
import {
  classifierNoun,
  type LabelledMarkets,
  labelledStudy,
} from "lib/classify/labelled_study.ts";
import { clusteredShare } from "lib/stats/clustered_share.ts";
import { answerByTitle, LABEL_REFERENCE, LABEL_THEMES, LABELLED } from "./made_labels.ts";
import { madeMarket } from "./made_contracts.ts";

const OPTIONS = {
  ...{ classify: answerByTitle, reference: LABEL_REFERENCE, themes: LABEL_THEMES, nBins: 2 },
};

const near = (x: number, y: number) => assert.ok(Math.abs(x - y) < 1e-12, `${x} against ${y}`);

Deno.test("labelledStudy() counts contracts and events as one does by hand", () => {
  const study = labelledStudy(LABELLED, OPTIONS);
  assert.equal(study.origin, "labels of one");
  assert.deepEqual([study.classifier, study.labeller], ["made 1", null]);
  assert.equal(labelledStudy(LABELLED, { ...OPTIONS, labeller: "one" }).labeller, "one");
  assert.deepEqual([study.nContracts, study.nEvents, study.categorized.nItems], [6, 4, 3]);
  assert.deepEqual(study.unmapped, [{ label: "weather", nContracts: 1 }]);
  // by contract: geo, geo, sports, sports, crypto, fed against geo, geo, geo, sports, none, sports
  near(study.contractAccuracy, 3 / 6);
  near(study.contractMacroF1, (4 / 5 + 2 / 4 + 0 + 0) / 4);
  // by event: geo, sports, crypto, fed against geo, sports, none, sports
  // every event has its own wording: "X winner", "will the X beat the X", "will X flip X", "will X resign"
  const names = ["election", "bears", "solana", "powell"];
  assert.deepEqual(study.accuracy, clusteredShare([true, true, false, false], names));
  assert.deepEqual(
    study.categorized,
    clusteredShare([true, true, false], ["election", "bears", "powell"]),
  );
  assert.deepEqual([study.accuracy.nItems, study.accuracy.nGroups], [4, 4]);
  near(study.macroF1, (1 + 2 / 3 + 0 + 0) / 4);
  const { classes, counts, nItems } = study.confusion;
  assert.deepEqual(classes, ["crypto", "fed", "geo", "sports", "uncategorized"]);
  assert.equal(nItems, 4);
  assert.deepEqual(
    Array.from({ length: 4 }, (_, row) => [...counts.subarray(row * 5, row * 5 + 5)]),
    [[0, 0, 0, 0, 1], [0, 0, 0, 1, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0]],
  );
  // confidences 0.9 and 0.8 right, 0.6 wrong; what is uncategorized is not held against any
  assert.equal(study.bins.length, 1);
  assert.deepEqual([study.bins[0]!.from, study.bins[0]!.to, study.bins[0]!.nItems], [0.5, 1, 3]);
  near(study.bins[0]!.shareRight, 2 / 3);
  const { low, high, effectiveItems } = study.categorized;
  assert.deepEqual(
    [study.bins[0]!.low, study.bins[0]!.high, study.bins[0]!.effectiveItems],
    [low, high, effectiveItems],
  );
  near(study.calibrationError, 2.3 / 3 - 2 / 3);
  near(study.brier, (0.1 ** 2 + 0.2 ** 2 + 0.6 ** 2) / 3);
});

Deno.test("labelledStudy() counts events of one wording as what goes wrong together", () => {
  const company = (i: number) => String.fromCharCode(65 + i % 26) + (i < 26 ? "corp" : "bank");
  const sued = Array.from({ length: 40 }, (_, i) =>
    madeMarket(`poly:${i}`, {
      question: i < 30 ? `Will the SEC sue ${company(i)}?` : `Will ${company(i)} buy ${i} boats?`,
    }));
  const label = (theme: string) => ({
    ...{ origin: "labels", markets: sued, themes: sued.map(() => theme) },
  });
  // right on all boats and, of one wording, on no suit
  const study = labelledStudy(label("fed"), {
    ...OPTIONS,
    classify: ({ eventId, title }) => ({
      ...{ eventId, primaryTheme: title.includes("boats") ? "fed" : "geo", confidence: 0.9 },
      ...{ secondaryTheme: null, reasoning: "made", classifier: "made 1" },
    }),
  });
  assert.deepEqual(
    [study.nEvents, study.accuracy.value, study.accuracy.nGroups],
    [40, 0.25, 2],
  );
  near(study.accuracy.designEffect, 30);
  assert.ok(study.accuracy.high - study.accuracy.low > 0.7);
});

Deno.test("labelledStudy() names the classifiers whose answers it holds against labels", () => {
  const both = (event: EventText) => ({
    ...answerByTitle(event),
    classifier: event.title.includes("Bears") ? "lexical 1" : "llm gpt-4o-mini 1a",
  });
  assert.equal(
    labelledStudy(LABELLED, { ...OPTIONS, classify: both }).classifier,
    "lexical 1 and llm gpt-4o-mini 1a",
  );
});

Deno.test("classifierNoun() says in words whose answers these are", () => {
  assert.equal(classifierNoun("lexical 1"), "lexical classifier");
  assert.equal(classifierNoun("llm gpt-4o-mini 1a"), "language model gpt-4o-mini");
  assert.equal(classifierNoun("made 1"), "classifier made 1");
  assert.equal(
    classifierNoun("lexical 1 and llm gpt-4o-mini 1a"),
    "lexical classifier and language model gpt-4o-mini",
  );
  assert.equal(classifierNoun(""), "classifier");
});

Deno.test("labelledStudy() shows the classifier no label", () => {
  const shown: EventText[] = [];
  labelledStudy(LABELLED, {
    ...OPTIONS,
    classify: (event) => {
      shown.push(event);
      return answerByTitle(event);
    },
  });
  assert.equal(shown.length, 5);
  const text = JSON.stringify(shown);
  for (const label of LABELLED.themes) assert.ok(!text.includes(label), label);
});

Deno.test("labelledStudy() takes of equally common labels of an event the first by name", () => {
  const two: LabelledMarkets = {
    ...LABELLED,
    markets: LABELLED.markets.slice(0, 2),
    themes: ["games", "crypto"],
  };
  const { confusion, nContracts, nEvents } = labelledStudy(two, OPTIONS);
  assert.deepEqual([nContracts, nEvents], [2, 1]);
  assert.deepEqual(confusion.classes, ["crypto", "geo"]);
});

Deno.test("labelledStudy() prefers the reference where it names one of our themes", () => {
  const one = { ...LABELLED, markets: LABELLED.markets.slice(0, 1), themes: ["fed"] };
  assert.equal(labelledStudy(one, OPTIONS).accuracy.value, 0);
  const reference = { ...LABEL_REFERENCE, fed: ["fed", "geo"] };
  assert.equal(labelledStudy(one, { ...OPTIONS, reference }).accuracy.value, 1);
});

Deno.test("labelledStudy() knows no theme by the name of a property that every object has", () => {
  const hostile = ["__proto__", "constructor", "toString", "", "<b>macro</b>", "Macro", "fed "];
  const { unmapped, nContracts } = labelledStudy({ ...LABELLED, themes: hostile }, OPTIONS);
  assert.equal(nContracts, 0);
  assert.deepEqual(
    unmapped,
    [...hostile].sort().map((label) => ({ label, nContracts: 1 })),
  );
});

Deno.test("labelledStudy() without a labelled event knows nothing", () => {
  for (
    const labelled of [
      { ...LABELLED, markets: [], themes: [] },
      { ...LABELLED, themes: LABELLED.themes.map(() => "weather") },
    ]
  ) {
    const study = labelledStudy(labelled, OPTIONS);
    assert.deepEqual([study.nContracts, study.nEvents, study.categorized.nItems], [0, 0, 0]);
    assert.deepEqual([study.contractAccuracy, study.contractMacroF1], [NaN, NaN]);
    const { value, low, high, nGroups, effectiveItems } = study.accuracy;
    assert.deepEqual([value, low, high, nGroups, effectiveItems], [NaN, NaN, NaN, 0, 0]);
    assert.deepEqual([study.macroF1, study.calibrationError, study.brier], [NaN, NaN, NaN]);
    assert.deepEqual(study.bins, []);
  }
});

Deno.test("labelledStudy() minds not the order of the markets", () => {
  const expected = labelledStudy(LABELLED, OPTIONS);
  fc.assert(
    fc.property(fc.shuffledSubarray([...LABELLED.markets.keys()], { minLength: 7 }), (order) => {
      const mixed = {
        ...LABELLED,
        markets: order.map((i) => LABELLED.markets[i]!),
        themes: order.map((i) => LABELLED.themes[i]!),
      };
      assert.deepEqual(labelledStudy(mixed, OPTIONS), expected);
    }),
    { seed: 7, numRuns: 30 },
  );
});

Deno.test("labelledStudy() refuses labels that are not one a market, and a market twice", () => {
  assert.throws(() => labelledStudy({ ...LABELLED, themes: ["macro"] }, OPTIONS), {
    name: "RangeError",
    message: "Cannot compare with labels as each market must have one: got 1 labels for 7 markets",
  });
  const twice = [madeMarket("poly:1"), madeMarket("poly:1")];
  assert.throws(
    () => labelledStudy({ ...LABELLED, markets: twice, themes: ["macro", "macro"] }, OPTIONS),
    { name: "RangeError", message: /got "poly:1" twice/ },
  );
});
