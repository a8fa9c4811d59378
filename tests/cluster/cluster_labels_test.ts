import assert from "node:assert/strict";
import fc from "fast-check";
import { clusterKey } from "lib/cluster/cluster_key.ts";
import { clusterLabels, withPersonLabels } from "lib/cluster/cluster_labels.ts";
import { partition } from "lib/cluster/partition.ts";

const texts = [
  "Will the Fed announce a rate cut in March?",
  "Fed rate cut in June?",
  "Will Powell leave the Fed?",
  "Powell out before a rate cut?",
  "Will BTC reach $100k?",
  "BTC above $150k in 2026?",
  "BTC or ETH first to double?",
  "Lakers win?",
];
const labels = [0, 0, 0, 0, 1, 1, 1, -1];
const ids = texts.map((_, i) => `poly:${i}`);
const found = partition(ids, labels);

Deno.test("clusterLabels() names clusters by what sets them apart, as it is written", () => {
  const [fed, btc] = clusterLabels(found, texts);
  // "Fed" and "rate cut" are in three texts each and in none of the others: the pair goes first
  assert.equal(fed!.label, "rate cut · Fed · Powell");
  assert.equal(fed!.terms[0]!.score, fed!.terms[1]!.score);
  assert.equal(btc!.label, "BTC");
  assert.ok(fed!.terms.every(({ score }, i) => i === 0 || score <= fed!.terms[i - 1]!.score));
});

Deno.test("clusterLabels() gives the log-odds score that one works out by hand", () => {
  // four terms in all, two a cluster; prior 2 × 2/4 = 1 for each of "oil" and "gas"
  const two = partition(["a", "b", "c", "d"], [0, 0, 1, 1]);
  const [first] = clusterLabels(two, ["oil", "oil", "gas", "gas"]);
  const here = 2 + 1, there = 0 + 1;
  const ratio = Math.log(here / (2 + 2 - here)) - Math.log(there / (2 + 2 - there));
  assert.equal(first!.terms[0]!.term, "oil");
  assert.ok(Math.abs(first!.terms[0]!.score - ratio / Math.sqrt(1 / here + 1 / there)) < 1e-9);
});

Deno.test("clusterLabels() takes no term that few of the members' titles have", () => {
  // eleven titles ask for three of them with a term: oil has three, gas two, each other word one
  const alone = ["Fed", "Gold", "Snow", "Lakers", "Mars", "Paris"];
  const titles = ["Oil", "Oil", "Oil", "Gas", "Gas", ...alone, "Rain", "Rain"];
  const groups = partition(titles.map((_, i) => `poly:${i}`), [
    ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1],
  ]);
  const named = (list: (string | null)[]) =>
    clusterLabels(groups, list)[0]!.terms.map(({ term, share }) => [term, share]);
  assert.deepEqual(named(titles), [["Oil", 3 / 11]]);
  // ten titles ask for two
  assert.deepEqual(named(titles.map((title, i) => i === 10 ? null : title)), [["Oil", 0.3], [
    "Gas",
    0.2,
  ]]);
  // a cluster of two speaks through either title, one of three does not
  const two = clusterLabels(partition(["a", "b"], [0, 0]), ["Oil", "Gas"])[0]!;
  assert.deepEqual(two.terms.map(({ term, share }) => [term, share]), [["Gas", 0.5], ["Oil", 0.5]]);
  assert.equal(
    clusterLabels(partition(["a", "b", "c"], [0, 0, 0]), ["Oil", "Gas", "Fed"])[0]!.label,
    "mixed",
  );
});

Deno.test("clusterLabels() shows no word twice and no more terms than asked", () => {
  const words = ["Fed", "rate", "cut", "Powell", "out", "BTC", "up"];
  const text = fc.array(fc.constantFrom(...words), { maxLength: 6 }).map((list) => list.join(" "));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(text, fc.integer({ min: -1, max: 3 })), { maxLength: 20 }),
      fc.integer({ min: 1, max: 4 }),
      (items, nWords) => {
        const groups = partition(items.map((_, i) => String(i)), items.map(([, label]) => label));
        const made = clusterLabels(groups, items.map(([one]) => one), { words: nWords });
        assert.equal(made.length, groups.nClusters);
        assert.equal(new Set(made.map(({ label }) => label)).size, made.length);
        for (const { terms } of made) {
          assert.ok(terms.length <= nWords);
          const shown = terms.flatMap(({ term }) => term.toLowerCase().split(" "));
          assert.equal(new Set(shown).size, shown.length);
        }
      },
    ),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("clusterLabels() does not depend on the order of the items", () => {
  const turned = partition(ids.toReversed(), labels.toReversed());
  assert.deepEqual(clusterLabels(turned, texts.toReversed()), clusterLabels(found, texts));
});

Deno.test("clusterLabels() numbers mixed clusters and equal labels", () => {
  const groups = partition(["a", "b", "c", "d", "e", "f"], [0, 0, 1, 1, 2, 2]);
  const made = clusterLabels(groups, [null, "will the 2026", "Oil", "Oil", "Oil", "Oil"]);
  assert.deepEqual(made.map(({ label }) => label), ["mixed", "Oil", "Oil (2)"]);
  assert.deepEqual(made[0]!.terms, []);
  const strewn = partition(["a", "b", "c", "d", "e", "f"], [0, 0, 0, 1, 1, 1]);
  assert.deepEqual(
    clusterLabels(strewn, ["Oil", "Gas", null, "Fed", "Gold", "Snow"]).map(({ label }) => label),
    ["mixed", "mixed (2)"],
  );
});

Deno.test("clusterLabels() falls back on the most frequent words of a lone cluster", () => {
  const lone = partition(["a", "b", "c"], [0, 0, 0]);
  const [only] = clusterLabels(lone, ["oil falls", "oil rises", "gas falls"], { words: 2 });
  assert.equal(only!.label, "falls · oil");
});

Deno.test("clusterLabels() takes no cluster", () => {
  assert.deepEqual(clusterLabels(partition([], []), []), []);
  assert.deepEqual(clusterLabels(partition(["a"], [-1]), ["Oil"]), []);
});

Deno.test("clusterLabels() gives one short printable line whatever the texts hold", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { maxLength: 5 }), (list) => {
      const groups = partition(list.map((_, i) => String(i)), list.map(() => 0));
      for (const { label } of clusterLabels(groups, list)) {
        assert.doesNotMatch(label, /[\p{Cc}\p{Cf}\p{Cs}]|\s{2}/u);
        assert.ok(Array.from(label).length <= 60 && label.trim() === label && label !== "");
      }
    }),
    { seed: 7, numRuns: 200 },
  );
  const long = clusterLabels(partition(["a"], [0]), ["x".repeat(200)])[0]!.label;
  assert.equal(long, `${"x".repeat(59)}…`);
});

Deno.test("clusterLabels() refuses texts that do not fit and no words", () => {
  assert.throws(() => clusterLabels(found, []), {
    name: "RangeError",
    message: "Cannot label clusters as each of 8 items must have one text or null: got 0",
  });
  assert.throws(() => clusterLabels(found, texts, { words: 0 }), {
    name: "RangeError",
    message: "Cannot label clusters as words must be a whole number >= 1: got 0",
  });
});

Deno.test("withPersonLabels() puts a person's label in its place and keeps labels different", () => {
  const made = clusterLabels(found, texts);
  const persons = new Map([
    [made[0]!.key, "BTC"],
    [clusterKey(["gone"]), "Never shown"],
  ]);
  const named = withPersonLabels(made, persons);
  assert.deepEqual(named.map(({ label }) => label), ["BTC", "BTC (2)"]);
  assert.deepEqual(named.map(({ terms }) => terms), made.map(({ terms }) => terms));
  assert.deepEqual(withPersonLabels(made, new Map()), made);
});

Deno.test("withPersonLabels() cleans what a person typed", () => {
  const made = clusterLabels(found, texts);
  const typed = (label: string) =>
    withPersonLabels(made, new Map([[made[0]!.key, label]]))[0]!.label;
  assert.equal(typed("  Fed\n\tfunds\u202e "), "Fed funds");
  assert.equal(typed("\u0000 \u200b"), made[0]!.label);
});

Deno.test("clusterLabels() names no cluster by a word that any market may hold", () => {
  const texts = [
    ...["Will Alice win?", "Bob to win", "Win for Carol", "Dora wins"],
    ...["Rain in Oslo", "Rain in Rome", "Rain in Lima", "Rain in Bonn"],
  ];
  const found = partition(texts.map((_, i) => `m${i}`), [0, 0, 0, 0, 1, 1, 1, 1]);
  assert.deepEqual(clusterLabels(found, texts).map(({ label }) => label), ["mixed", "Rain"]);
});
