import assert from "node:assert/strict";
import { similarTexts, titleTopics, wordingTopics, wordVectors } from "lib/cluster/wording.ts";
import { randomStream } from "lib/core/random.ts";
import golden from "../golden/cluster/wording.json" with { type: "json" };

const random = () => randomStream(4, "wording");

Deno.test("wordVectors() gives scikit-learn's weights", () => {
  // golden: tests/golden/cluster/wording.py
  const { terms, offsets, term, weight } = wordVectors(golden.texts);
  assert.deepEqual(terms, golden.terms);
  golden.weights.forEach((row, i) => {
    const got = new Float64Array(terms.length);
    for (let e = offsets[i]!; e < offsets[i + 1]!; ++e) got[term[e]!] = weight[e]!;
    row.forEach((want, t) => assert.ok(Math.abs(got[t]! - want) < 1e-14));
  });
});

Deno.test("similarTexts() gives the cosines of all pairs at or above the least", () => {
  const vectors = wordVectors([...golden.texts, null]);
  const dense = golden.weights;
  for (const least of [1e-9, 0.2, 0.5]) {
    const { a, b, weight } = similarTexts(vectors, least);
    const want = dense.flatMap((x, i) =>
      dense.slice(i + 1).map((y, k) => ({
        pair: [i, i + 1 + k],
        cosine: x.reduce((sum, value, t) => sum + value * y[t]!, 0),
      }))
    ).filter(({ cosine }) => cosine >= least);
    assert.deepEqual([...a].map((i, e) => [i, b[e]]), want.map(({ pair }) => pair));
    want.forEach(({ cosine }, e) => assert.ok(Math.abs(weight[e]! - cosine) < 1e-12));
    assert.ok(want.length > 0);
  }
});

const texts = [
  "Will the Fed cut rates in March?",
  "Will Bitcoin reach $100k by June?",
  "Fed rates cut twice before July?",
  "Will Bitcoin reach $150k in 2026?",
  "Lakers to win on Friday?",
  null,
  "Will the Fed raise rates?",
  "",
];

Deno.test("wordingTopics() groups texts of similar wording", () => {
  const topics = wordingTopics(texts, { minSimilarity: 0.3, random: random() });
  assert.deepEqual([...topics], [0, 1, 0, 1, -1, -1, 0, -1]);
});

Deno.test("wordingTopics() permutes with the texts", () => {
  const options = { minSimilarity: 0.3 };
  const turned = wordingTopics(texts.toReversed(), { ...options, random: random() });
  const topics = wordingTopics(texts, { ...options, random: random() });
  assert.deepEqual([...turned].reverse(), [...topics]);
});

Deno.test("wordingTopics() takes no text, null texts and equal ones", () => {
  const topics = (list: (string | null)[]) => [
    ...wordingTopics(list, { minSimilarity: 0.5, random: random() }),
  ];
  assert.deepEqual(topics([]), []);
  assert.deepEqual(topics([null, null]), [-1, -1]);
  assert.deepEqual(topics(["Fed cut"]), [-1]);
  assert.deepEqual(topics(["Fed cut", "Fed cut", "Fed cut"]), [0, 0, 0]);
});

Deno.test("wordingTopics() refuses a similarity out of range", () => {
  assert.throws(() => wordingTopics(texts, { minSimilarity: 0, random: random() }), {
    name: "RangeError",
    message: "Cannot find topics as minSimilarity must be in (0, 1]: got 0",
  });
});

Deno.test("titleTopics() are the topics of titles at one similarity, the same for a seed", () => {
  const topics = titleTopics(texts, { seed: 7 });
  assert.deepEqual([...topics], [0, 1, 0, 1, -1, -1, 0, -1]);
  const stream = randomStream(7, "topics");
  assert.deepEqual(topics, wordingTopics(texts, { minSimilarity: 0.25, random: stream }));
  assert.deepEqual(titleTopics(texts, { seed: 7 }), topics);
  assert.deepEqual([...titleTopics([], { seed: 7 })], []);
  assert.deepEqual([...titleTopics([null, "Fed cut"], { seed: 7 })], [-1, -1]);
});
