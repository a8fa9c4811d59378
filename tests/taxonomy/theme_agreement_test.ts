import assert from "node:assert/strict";
import { randomStream, shuffled } from "lib/core/random.ts";
import { adjustedRandIndex } from "lib/stats/label_agreement.ts";
import { themeAgreement } from "lib/taxonomy/theme_agreement.ts";
import { fourClusters, inCluster, unrelated, witness } from "./made_witnesses.ts";

const OPTIONS = { permutations: 199, seed: 7 };

Deno.test("themeAgreement() compares the events that have both and counts the others", () => {
  const found = themeAgreement(fourClusters(), OPTIONS);
  assert.deepEqual([found.nBoth, found.nUncategorized, found.nPlaced, found.nStudied], [
    36,
    4,
    40,
    40,
  ]);
  assert.deepEqual([found.nClusters, found.nThemes, found.cells.length], [4, 4, 16]);
  const cell = found.cells.find(({ clusterId, theme }) =>
    clusterId === 2 && theme === "us_elections"
  )!;
  assert.deepEqual(
    [cell.nEvents, cell.nCluster, cell.nTheme, cell.expected, cell.clusterLabel],
    [1, 9, 9, 9 * 9 / 36, "cluster 2"],
  );
});

Deno.test("themeAgreement() finds a tie of clusters and themes beyond every random order", () => {
  const { adjustedRand, adjustedMutualInformation, purity, balancedPurity, largestThemeShare } =
    themeAgreement(fourClusters(), OPTIONS);
  for (const one of [adjustedRand, adjustedMutualInformation, purity, balancedPurity]) {
    assert.deepEqual([one.percentile, one.pValue], [1, 1 / 200]);
  }
  assert.equal(purity.value, 32 / 36);
  assert.ok(Math.abs(balancedPurity.value - 8 / 9) < 1e-12);
  assert.equal(largestThemeShare, 0.25);
  const clusters = Array.from({ length: 36 }, (_, i) => Math.floor(i / 9));
  const themes = clusters.map((c, i) => i % 9 === 8 ? (c + 1) % 4 : c);
  assert.ok(Math.abs(adjustedRand.value - adjustedRandIndex(clusters, themes)) < 1e-12);
});

Deno.test("themeAgreement() finds none where themes have nothing to do with clusters", () => {
  const found = themeAgreement(unrelated(300, 7), OPTIONS);
  assert.ok(found.purity.value > 0.6, "one theme has most of the markets");
  for (const one of [found.adjustedRand, found.adjustedMutualInformation, found.balancedPurity]) {
    assert.ok(one.pValue > 0.05, `${one.pValue}`);
  }
  assert.ok(found.cells.every(({ qValue }) => qValue > 0.05));
});

Deno.test("themeAgreement() minds neither the order of the markets nor the numbers of clusters", () => {
  const markets = fourClusters();
  const found = themeAgreement(markets, OPTIONS);
  const other = themeAgreement(shuffled(markets, randomStream(3, "order")), OPTIONS);
  assert.deepEqual(other, found);
  const renamed = markets.map((one) =>
    one.clusterId < 0 ? one : { ...one, clusterId: 90 - one.clusterId }
  );
  const again = themeAgreement(renamed, OPTIONS);
  assert.ok(Math.abs(again.adjustedRand.value - found.adjustedRand.value) < 1e-12);
  assert.deepEqual(again.adjustedRand.pValue, found.adjustedRand.pValue);
});

Deno.test("themeAgreement() of markets with one witness each knows nothing", () => {
  const found = themeAgreement([witness("poly:a")], OPTIONS);
  assert.deepEqual([found.cells, found.nBoth, found.nStudied], [[], 0, 0]);
  assert.deepEqual([found.adjustedRand.value, found.largestThemeShare], [NaN, NaN]);
});

Deno.test("themeAgreement() counts what is studied and in no cluster as clusters of their own", () => {
  const studied = ["us_elections", "crypto_digital", "crypto_digital", "uncategorized"]
    .map((theme, i) => witness(`poly:y${i}`, { theme, isStudied: true }));
  const found = themeAgreement([...fourClusters(), ...studied], OPTIONS);
  const plain = themeAgreement(fourClusters(), OPTIONS);
  assert.deepEqual([found.nPlaced, found.nStudied, found.nBoth], [40, 44, 36]);
  assert.deepEqual(found.adjustedRand, plain.adjustedRand);
  assert.deepEqual(plain.unplacedRand.value, plain.adjustedRand.value);
  const both = Array.from({ length: 36 }, (_, i) => Math.floor(i / 9));
  const themes = both.map((c, i) => i % 9 === 8 ? (c + 1) % 4 : c);
  const expected = adjustedRandIndex([...both, 90, 91, 92], [...themes, 3, 0, 0]);
  assert.ok(Math.abs(found.unplacedRand.value - expected) < 1e-12);
  assert.ok(found.unplacedRand.value < found.adjustedRand.value);
  assert.equal(found.unplacedRand.pValue, 1 / 200);
});

Deno.test("themeAgreement() measures nothing of one cluster or of one theme", () => {
  const one = fourClusters().map((event) => ({ ...event, ...inCluster(0) }));
  const same = fourClusters().map((event) => ({ ...event, theme: "sports" }));
  for (const events of [one, same]) {
    const found = themeAgreement(events, OPTIONS);
    assert.ok(found.nBoth > 30);
    for (const { value, pValue } of [found.adjustedRand, found.purity, found.unplacedRand]) {
      assert.deepEqual([value, pValue], [NaN, NaN]);
    }
  }
});

Deno.test("themeAgreement() refuses a second contract of an event", () => {
  const [first] = fourClusters();
  assert.throws(() => themeAgreement([...fourClusters(), { ...first!, marketId: "z" }], OPTIONS), {
    name: "RangeError",
    message: 'Cannot compare witnesses as each event must have one: got "event of poly:00" twice',
  });
});
