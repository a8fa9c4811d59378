import assert from "node:assert/strict";
import { boostTable } from "lib/cluster/boost_table.ts";
import { fitMethods, windowCorrelation } from "lib/cluster/fit_methods.ts";
import { randomStream, shuffled } from "lib/core/random.ts";
import { cellAt, columnOf } from "lib/core/table.ts";
import { adjustedRandIndex } from "lib/stats/label_agreement.ts";
import { FIT, planted, windowOf } from "./planted.ts";

const OPTIONS = { minEdge: 0.01, seed: 7, boosts: [0, 3, 50] };
const { moves, cluster } = planted({ sizes: [8, 7, 6], days: 60, loading: 0.35, seed: 7 });
const correlation = windowCorrelation(moves, 20);

Deno.test("boostTable() shows that purity comes from the boost where topics say nothing", () => {
  const topics = Int32Array.from({ length: 21 }, (_, j) => j % 3);
  const found = boostTable(correlation, topics, OPTIONS);
  assert.deepEqual(Object.entries(found.columns).map(([name, { type }]) => `${name} ${type}`), [
    ...["boost number", "communities integer", "modularity number", "purity number"],
    ...["purity_of_one_group number", "adjusted_rand number"],
    ...["adjusted_mutual_information number", "permutation_p number"],
  ]);
  const values = (name: string) => [...columnOf(found, name, "number").values];
  assert.deepEqual(values("boost"), [0, 3, 50]);
  const purity = values("purity"), rand = values("adjusted_rand");
  assert.ok(purity[0]! < 0.7 && purity[2]! === 1, purity.join());
  assert.ok(rand[0]! < 0.3 && rand[2]! === 1, rand.join());
  values("purity_of_one_group").forEach((share) => assert.ok(Math.abs(share - 1 / 3) < 1e-12));
});

Deno.test("boostTable() gives agreement with wording a p-value over orders of the topics", () => {
  const values = (topics: Int32Array, name: string, seed = 7) => [
    ...columnOf(boostTable(correlation, topics, { ...OPTIONS, seed }), name, "number").values,
  ];
  // the planted clusters as topics: no order of them agrees as well
  assert.deepEqual(values(cluster, "permutation_p"), [1 / 200, 1 / 200, 1 / 200]);
  const information = values(cluster, "adjusted_mutual_information");
  assert.ok(information[0]! > 0.3 && information[1]! > 0.6, information.join());
  // topics that say nothing: a boost makes the agreement that it is then found to have
  const made = Int32Array.from({ length: 21 }, (_, j) => j % 3);
  const [none, , boosted] = values(made, "permutation_p");
  assert.ok(none! > 0.05 && boosted === 1 / 200, `${none} ${boosted}`);
  assert.ok(Math.abs(values(made, "adjusted_mutual_information")[0]!) < 0.3);
  assert.deepEqual(values(made, "permutation_p"), values(made, "permutation_p"));
  // one topic for all: each order is the same
  assert.deepEqual(values(new Int32Array(21), "permutation_p"), [1, 1, 1]);
});

Deno.test("boostTable() has p-values spread evenly where topics say nothing", () => {
  const all = Array.from({ length: 200 }, (_, draw) => {
    const topics = Int32Array.from(shuffled([...cluster], randomStream(draw, "topics")));
    const found = boostTable(correlation, topics, { ...OPTIONS, boosts: [0], seed: draw });
    return columnOf(found, "permutation_p", "number").values[0]!;
  });
  const share = (level: number) => all.filter((p) => p <= level).length / all.length;
  assert.ok(share(0.05) < 0.1 && Math.abs(share(0.3) - 0.3) < 0.12, `${share(0.05)} ${share(0.3)}`);
});

Deno.test("boostTable() has the communities of the methods at the same boost", () => {
  // in noise another visiting order finds other communities
  const loose = planted({ sizes: [], nLoose: 40, days: 40, loading: 0, seed: 7 }).moves;
  const topics = Int32Array.from({ length: 40 }, (_, j) => j % 5);
  const fits = fitMethods(windowOf(loose, topics), { ...FIT, minEdge: 0.01, topicBoost: 1 });
  const noise = windowCorrelation(loose, 20);
  const found = boostTable(noise, topics, { ...OPTIONS, boosts: [1] });
  const { partition } = fits.find((one) => one.method === "hybrid")!;
  assert.equal(cellAt(found.columns.communities!, 0), partition.nClusters);
  assert.equal(
    cellAt(found.columns.adjusted_rand!, 0),
    adjustedRandIndex(partition.cluster, topics),
  );
});

Deno.test("boostTable() without an edge, a topic or a boost leaves open what it cannot know", () => {
  const still = windowCorrelation({ ...moves, values: moves.values.map(() => 0) }, 20);
  const none = boostTable(still, cluster, OPTIONS);
  assert.deepEqual(Object.values(none.columns).map((column) => cellAt(column, 0)), [
    ...[0, 0, null, null, null, null, null, null],
  ]);
  const topicless = boostTable(correlation, new Int32Array(21).fill(-1), OPTIONS);
  assert.equal(cellAt(topicless.columns.purity!, 1), null);
  assert.equal(boostTable(correlation, cluster, { ...OPTIONS, boosts: [] }).nRows, 0);
});
