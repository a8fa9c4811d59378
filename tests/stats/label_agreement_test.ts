import assert from "node:assert/strict";
import fc from "fast-check";
import { randomIndex, randomStream } from "lib/core/random.ts";
import {
  adjustedMutualInformation,
  adjustedRandIndex,
  contingency,
  purity,
} from "lib/stats/label_agreement.ts";
// golden: sklearn.metrics, made by tests/golden/stats/label_agreement.py
import golden from "../golden/stats/label_agreement.json" with { type: "json" };

const labels = fc.integer({ min: 1, max: 30 }).chain((n) => {
  const some = fc.array(fc.integer({ min: -1, max: 4 }), { minLength: n, maxLength: n });
  return fc.tuple(some, some);
});
const agree = (x: number, y: number) => Object.is(x, y) || Math.abs(x - y) < 1e-12;

Deno.test("contingency() gives sklearn's table and its margins", () => {
  for (const { a, b, table } of golden) {
    const found = contingency(a, b);
    assert.deepEqual([...found.counts], table);
    assert.equal(found.nItems, a.length);
    assert.equal(found.rowTotals.reduce((sum, count) => sum + count, 0), a.length);
    assert.equal(found.columnTotals.reduce((sum, count) => sum + count, 0), a.length);
  }
});

Deno.test("adjustedRandIndex() gives sklearn's", () => {
  for (const { a, b, ari } of golden) assert.ok(agree(adjustedRandIndex(a, b), ari), `${ari}`);
  assert.ok(agree(adjustedRandIndex([0, 0, 1, 1, 2, 2], [0, 0, 1, 2, 2, 2]), 4 / 9));
});

Deno.test("adjustedMutualInformation() gives sklearn's", () => {
  for (const { a, b, ami } of golden) {
    const found = adjustedMutualInformation(a, b);
    assert.ok(Math.abs(found - ami) < 1e-11, `${found} against ${ami}`);
  }
});

Deno.test("purity() gives the share of each cluster's commonest class", () => {
  for (const { a, b, purity: share, majorityShare } of golden) {
    assert.deepEqual(purity(a, b), { purity: share, majorityShare });
  }
});

Deno.test("contingency() counts by hand", () => {
  const { rowLabels, columnLabels, counts } = contingency([7, 7, 2, -1, 2, 2], [1, 0, 0, 0, 0, -3]);
  assert.deepEqual([rowLabels, columnLabels], [[2, 7], [0, 1]]);
  assert.deepEqual([...counts], [2, 0, 1, 1]);
});

Deno.test("adjustedRandIndex() equals its definition over pairs of items", () => {
  fc.assert(
    fc.property(labels, ([a, b]) => {
      const items = a.map((_, i) => i).filter((i) => a[i]! >= 0 && b[i]! >= 0);
      let inA = 0, inB = 0, inBoth = 0, pairs = 0;
      for (const i of items) {
        for (const j of items) {
          if (j <= i) continue;
          ++pairs;
          inA += Number(a[i] === a[j]);
          inB += Number(b[i] === b[j]);
          inBoth += Number(a[i] === a[j] && b[i] === b[j]);
        }
      }
      const expected = inA * inB / pairs, most = (inA + inB) / 2;
      if (pairs === 0 || most === expected) return;
      assert.ok(agree(adjustedRandIndex(a, b), (inBoth - expected) / (most - expected)));
    }),
    { seed: 7, numRuns: 200 },
  );
});

for (const measure of [adjustedRandIndex, adjustedMutualInformation]) {
  Deno.test(`${measure.name}() minds neither names nor order nor which comes first`, () => {
    fc.assert(
      fc.property(labels, ([a, b]) => {
        const value = measure(a, b);
        const renamed = a.map((label) => label < 0 ? -7 : 100 - 3 * label);
        assert.ok(agree(measure(renamed, b), value));
        assert.ok(agree(measure(a.toReversed(), b.toReversed()), value));
        assert.ok(agree(measure(b, a), value));
        assert.ok(Number.isNaN(value) || value <= 1 + 1e-9);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  Deno.test(`${measure.name}() leaves items without a label out`, () => {
    fc.assert(
      fc.property(labels, ([a, b]) => {
        const both = (_: number, i: number) => a[i]! >= 0 && b[i]! >= 0;
        assert.ok(agree(measure(a, b), measure(a.filter(both), b.filter(both))));
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  Deno.test(`${measure.name}() is about 0 on average for unrelated groupings`, () => {
    const random = randomStream(5, "labels");
    const draw = (k: number) => Array.from({ length: 80 }, () => randomIndex(random, k));
    let sum = 0;
    for (let b = 0; b < 300; ++b) sum += measure(draw(4), draw(9));
    assert.ok(Math.abs(sum / 300) < 0.006);
  });

  Deno.test(`${measure.name}() gives the limits`, () => {
    assert.equal(measure([0, 1, 1, 2], [5, 3, 3, 4]).toFixed(12), "1.000000000000");
    assert.equal(measure([0, 0, 0], [2, 2, 2]), 1);
    assert.equal(measure([0, 1, 2], [2, 1, 0]), 1);
    assert.equal(measure([4], [0]), 1);
    assert.equal(measure([0, 0, 0], [0, 1, 2]), 0);
    assert.ok(Number.isNaN(measure([], [])));
    assert.ok(Number.isNaN(measure([0, -1], [-1, 0])));
  });
}

Deno.test("purity() lies between the majority's share and 1, and is NaN of nothing", () => {
  fc.assert(
    fc.property(labels, ([a, b]) => {
      const { purity: share, majorityShare } = purity(a, b);
      if (Number.isNaN(share)) assert.ok(a.every((label, i) => label < 0 || b[i]! < 0));
      else assert.ok(majorityShare > 0 && majorityShare <= share && share <= 1);
    }),
    { seed: 7, numRuns: 200 },
  );
  assert.deepEqual(purity([], []), { purity: NaN, majorityShare: NaN });
});

Deno.test("contingency() refuses different lengths and labels that are not whole", () => {
  assert.throws(() => adjustedRandIndex([0, 1], [0]), {
    name: "RangeError",
    message: "Cannot compare labels as both must cover the same items: got 2 and 1",
  });
  assert.throws(() => purity([0, NaN], [0, 1]), {
    name: "RangeError",
    message: "Cannot compare labels as each must be a whole number: got NaN",
  });
});
