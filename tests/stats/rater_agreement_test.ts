import assert from "node:assert/strict";
import fc from "fast-check";
import { cohenKappa, krippendorffAlpha, rawAgreement } from "lib/stats/rater_agreement.ts";
// golden: sklearn and Krippendorff 2011, made by tests/golden/stats/rater_agreement.py
import golden from "../golden/stats/rater_agreement.json" with { type: "json" };

const agree = (x: number, y: number) => Object.is(x, y) || Math.abs(x - y) < 1e-12;
const panels = fc.tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 15 })).chain(
  ([nRaters, nItems]) =>
    fc.array(
      fc.array(fc.integer({ min: -1, max: 3 }), { minLength: nItems, maxLength: nItems }),
      { minLength: nRaters, maxLength: nRaters },
    ),
);

/** The definition: mean disagreement of pairs within units over that of pairs of all labels. */
function alphaByPairs(raters: readonly (readonly number[])[]): number {
  const units = raters[0]!.map((_, i) => raters.map((labels) => labels[i]!).filter((x) => x >= 0))
    .filter((unit) => unit.length >= 2);
  const all = units.flat();
  let within = 0, between = 0;
  for (const unit of units) {
    unit.forEach((x, a) =>
      unit.forEach((y, b) => within += a === b ? 0 : Number(x !== y) / (unit.length - 1))
    );
  }
  all.forEach((x, a) => all.forEach((y, b) => between += a === b ? 0 : Number(x !== y)));
  return 1 - (within / all.length) / (between / (all.length * (all.length - 1)));
}

Deno.test("cohenKappa() gives sklearn's", () => {
  for (const { a, b, kappa } of golden.kappas) {
    assert.ok(agree(cohenKappa(a, b), kappa), `${cohenKappa(a, b)} against ${kappa}`);
  }
});

Deno.test("krippendorffAlpha() gives the printed values of his worked examples", () => {
  for (const { raters, alpha } of golden.alphas) {
    assert.equal(krippendorffAlpha(raters).toFixed(3), alpha);
  }
});

Deno.test("krippendorffAlpha() equals its definition over pairs of labels", () => {
  fc.assert(
    fc.property(panels, (raters) => {
      const found = krippendorffAlpha(raters), expected = alphaByPairs(raters);
      assert.ok(
        Number.isNaN(found) ? !Number.isFinite(expected) : Math.abs(found - expected) < 1e-9,
        `${found} against ${expected}`,
      );
    }),
    { seed: 7, numRuns: 400 },
  );
});

Deno.test("krippendorffAlpha() and cohenKappa() mind neither names of labels nor order", () => {
  fc.assert(
    fc.property(panels, (raters) => {
      const renamed = raters.map((labels) => labels.map((x) => x < 0 ? -9 : 50 - 7 * x));
      const turned = raters.toReversed().map((labels) => labels.toReversed());
      for (const other of [renamed, turned]) {
        assert.ok(agree(krippendorffAlpha(raters), krippendorffAlpha(other)));
        assert.ok(
          agree(cohenKappa(raters[0]!, raters.at(-1)!), cohenKappa(other[0]!, other.at(-1)!)),
        );
        assert.deepEqual(rawAgreement(raters), rawAgreement(other));
      }
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("rawAgreement() counts by hand, leaving out what a rater left out", () => {
  const found = rawAgreement([[0, 1, 2, 2, -1], [0, 1, 2, 1, 3], [0, 1, 1, 0, 3]]);
  assert.deepEqual(found, { allAgree: 2 / 4, meanPair: 7 / 12, nItems: 4 });
});

Deno.test("cohenKappa(), krippendorffAlpha() and rawAgreement() give the limits", () => {
  assert.equal(cohenKappa([0, 1, 2], [0, 1, 2]), 1);
  assert.equal(krippendorffAlpha([[0, 1, 2], [0, 1, 2], [0, 1, 2]]), 1);
  assert.ok(Number.isNaN(cohenKappa([4, 4], [4, 4])));
  assert.ok(Number.isNaN(krippendorffAlpha([[4, 4], [4, 4]])));
  assert.ok(Number.isNaN(krippendorffAlpha([[0, -1], [-1, 1]])));
  assert.deepEqual(rawAgreement([[], []]), { allAgree: NaN, meanPair: NaN, nItems: 0 });
});

Deno.test("rawAgreement() and krippendorffAlpha() refuse one rater, different lengths and broken labels", () => {
  for (const measure of [rawAgreement, krippendorffAlpha]) {
    assert.throws(() => measure([[0, 1]]), {
      name: "RangeError",
      message: "Cannot compare raters as there must be at least two: got 1",
    });
    assert.throws(() => measure([[0, 1], [0]]), {
      name: "RangeError",
      message: "Cannot compare raters as all must cover the same items: got 2 and 1",
    });
    assert.throws(() => measure([[0, 0.5], [0, 1]]), {
      name: "RangeError",
      message: "Cannot compare raters as each label must be a whole number: got 0.5",
    });
  }
});
