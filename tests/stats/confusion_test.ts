import assert from "node:assert/strict";
import { confusedPairs, confusion, confusionScores } from "lib/stats/confusion.ts";
// golden: scikit-learn, made by tests/golden/stats/confusion.py
import golden from "../golden/stats/confusion.json" with { type: "json" };

const same = (x: number, y: number | null) =>
  y === null ? Number.isNaN(x) : Math.abs(x - y) < 1e-14;

Deno.test("confusion() gives sklearn's matrix", () => {
  for (const { truth, given, counts } of golden) {
    assert.deepEqual([...confusion(truth, given).counts], counts);
  }
});

Deno.test("confusionScores() gives sklearn's scores, unknown where it would divide by zero", () => {
  for (const one of golden) {
    const found = confusionScores(confusion(one.truth, one.given));
    assert.ok(same(found.accuracy, one.accuracy));
    assert.ok(same(found.macroF1, one.macroF1), `${found.macroF1} against ${one.macroF1}`);
    found.classes.forEach((score, c) => {
      assert.ok(same(score.precision, one.precision[c]!), score.name);
      assert.ok(same(score.recall, one.recall[c]!), score.name);
      assert.ok(same(score.f1, one.f1[c]!), score.name);
      assert.equal(score.nTrue, one.nTrue[c]!);
    });
  }
});

Deno.test("confusedPairs() lists the commonest errors first, equal ones by name", () => {
  const truth = ["b", "b", "b", "a", "a", "c"], given = ["b", "c", "c", "b", "a", "a"];
  assert.deepEqual(confusedPairs(confusion(truth, given), { limit: 2 }), [
    { trueClass: "b", givenClass: "c", nItems: 2, share: 2 / 3 },
    { trueClass: "a", givenClass: "b", nItems: 1, share: 1 / 2 },
  ]);
  assert.deepEqual(confusedPairs(confusion(["a"], ["a"]), { limit: 9 }), []);
});

Deno.test("confusionScores() of nothing knows nothing", () => {
  const { accuracy, macroF1, classes } = confusionScores(confusion([], []));
  assert.deepEqual([accuracy, macroF1, classes], [NaN, NaN, []]);
});

Deno.test("confusion() refuses lists of different lengths", () => {
  assert.throws(() => confusion(["a"], []), {
    name: "RangeError",
    message: "Cannot compare classes as both must cover the same items: got 1 and 0",
  });
});
