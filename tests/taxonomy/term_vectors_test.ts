import assert from "node:assert/strict";
import fc from "fast-check";
import { termVectors, wordGrams } from "lib/taxonomy/term_vectors.ts";
import golden from "../golden/taxonomy/term_vectors.json" with { type: "json" };

const wordsOf = (text: string) => text.split(" ").filter((word) => word !== "");

/** Term → weight of one text. */
function weightsOf({ terms, offsets, term, weight }: ReturnType<typeof termVectors>, i: number) {
  const entries: [string, number][] = [];
  for (let e = offsets[i]!; e < offsets[i + 1]!; ++e) entries.push([terms[term[e]!]!, weight[e]!]);
  return new Map(entries);
}

// golden: tests/golden/taxonomy/term_vectors.py, scikit-learn's TfidfVectorizer
Deno.test("termVectors() matches scikit-learn's weights and cosines", () => {
  const vectors = termVectors(golden.texts.map((text) => wordGrams(wordsOf(text))));
  const ours = golden.texts.map((_, i) => weightsOf(vectors, i));
  golden.weights.forEach((expected, i) => {
    assert.deepEqual([...ours[i]!.keys()].sort(), Object.keys(expected).sort());
    for (const [term, weight] of Object.entries(expected)) {
      assert.ok(Math.abs(ours[i]!.get(term)! - weight) < 1e-12, `${term} of text ${i}`);
    }
  });
  golden.cosines.forEach((row, i) =>
    row.forEach((cosine, j) => {
      let sum = 0;
      for (const [term, weight] of ours[i]!) sum += weight * (ours[j]!.get(term) ?? 0);
      assert.ok(Math.abs(sum - cosine) < 1e-12, `texts ${i} and ${j}`);
    })
  );
});

Deno.test("wordGrams() gives words, then pairs of neighbours", () => {
  assert.deepEqual(wordGrams(["fed", "cut", "rate"]), [
    "fed",
    "cut",
    "rate",
    "fed cut",
    "cut rate",
  ]);
  assert.deepEqual(wordGrams([]), []);
});

Deno.test("termVectors() has unit length and does not depend on the order of texts", () => {
  const texts = fc.array(fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 5 }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(texts, (lists) => {
      const forward = termVectors(lists), backward = termVectors(lists.toReversed());
      lists.forEach((list, i) => {
        const own = weightsOf(forward, i);
        assert.deepEqual(own, weightsOf(backward, lists.length - 1 - i));
        const squares = [...own.values()].reduce((sum, w) => sum + w * w, 0);
        assert.ok(Math.abs(squares - (list.length === 0 ? 0 : 1)) < 1e-12);
      });
    }),
    { seed: 4 },
  );
});
