import assert from "node:assert/strict";
import fc from "fast-check";
import { cutByCount } from "lib/cluster/cut.ts";
import { correlationDistance } from "lib/cluster/distance.ts";
import {
  fitMethods,
  fitWindow,
  type MethodFit,
  windowCorrelation,
} from "lib/cluster/fit_methods.ts";
import { linkage } from "lib/cluster/linkage.ts";
import { METHODS } from "lib/cluster/method_list.ts";
import { members } from "lib/cluster/partition.ts";
import { heldCorrelation } from "lib/cluster/sides.ts";
import { pairIndex } from "lib/core/pair_matrix.ts";
import { dayRange, type Panel, panel } from "lib/core/panel.ts";
import { randomStream, shuffled } from "lib/core/random.ts";
import { correlationMatrix } from "lib/stats/correlation_matrix.ts";
import { adjustedRandIndex } from "lib/stats/label_agreement.ts";
import { cleanedCorrelation } from "lib/stats/random_matrix.ts";
import { chosenOf, FIT, marketNames, type Plan, planted, quotedAs, windowOf } from "./planted.ts";

const PLAN: Plan = { sizes: [12, 10, 8], days: 90, loading: 0.85, missing: 0.1, seed: 7 };

function agreement(fits: readonly MethodFit[], cluster: Int32Array): Map<string, number> {
  return new Map(
    fits.map((one) => [one.method, adjustedRandIndex(cluster, one.partition.cluster)]),
  );
}

function fitOf(fits: readonly MethodFit[], method: string): MethodFit {
  return fits.find((one) => one.method === method)!;
}

Deno.test("fitMethods() finds planted clusters with every method that looks at prices", () => {
  for (const seed of [1, 2, 3]) {
    const { moves, cluster } = planted({ ...PLAN, turned: false, seed });
    const found = agreement(fitMethods(windowOf(moves, cluster), FIT), cluster);
    for (const { key, isCounted } of METHODS) {
      assert.ok(found.get(key)! > (isCounted ? 0.99 : 0.9), `${key}, seed ${seed}`);
    }
  }
});

Deno.test("fitMethods() finds them on any side but by the seed recipe", () => {
  for (const seed of [1, 2, 3]) {
    const { moves, cluster } = planted({ ...PLAN, seed });
    const found = agreement(fitMethods(windowOf(moves), FIT), cluster);
    for (const { key, isCounted } of METHODS) {
      if (!isCounted) continue;
      if (key === "seed_ward") assert.ok(found.get(key)! < 0.5, `${key}: ${found.get(key)}`);
      else assert.ok(found.get(key)! > 0.9, `${key}, seed ${seed}`);
    }
  }
});

Deno.test("fitMethods() fits the chosen methods alone, in the order chosen", () => {
  const window = windowOf(planted({ ...PLAN, missing: 0.3, seed: 2 }).moves);
  const all = fitMethods(window, { ...FIT, minOverlap: 44 });
  const methods = METHODS.map(({ key }) => key).toReversed();
  assert.deepEqual(fitMethods(window, { ...FIT, minOverlap: 44, methods }), all.toReversed());
  for (const [m, key] of METHODS.map(({ key }) => key).entries()) {
    const alone = fitWindow(window, { ...FIT, minOverlap: 44, methods: [key] });
    assert.deepEqual(alone.fits, [all[m]], key);
    assert.deepEqual(alone.kept, windowCorrelation(window.moves, 44).kept);
  }
});

Deno.test("fitMethods() changes nothing but the distance between its two Wards", () => {
  const { moves } = planted({ ...PLAN, loading: 0.4, missing: 0, seed: 1 });
  const fits = fitMethods(windowOf(moves), FIT);
  const plain = fitOf(fits, "ward"), other = fitOf(fits, "ward_one_minus");
  const { held } = windowCorrelation(moves, FIT.minOverlap);
  const tree = linkage(correlationDistance(held, { form: "one_minus" }), { method: "ward" });
  assert.deepEqual(other.partition, cutByCount(tree, FIT.nClusters));
  assert.deepEqual(other.side, plain.side);
  assert.notDeepEqual(other.partition.cluster, plain.partition.cluster);
});

Deno.test("fitMethods() shows how single linkage chains clusters past loose markets", () => {
  const { moves, cluster } = planted({ ...PLAN, loading: 0.7, nLoose: 6 });
  const found = agreement(fitMethods(windowOf(moves), { ...FIT, nClusters: 6 }), cluster);
  assert.ok(found.get("ward")! > 0.9 && found.get("average")! > 0.9);
  assert.ok(found.get("single")! > 0.4 && found.get("single")! < 0.6);
});

Deno.test("fitMethods() gives the clusters, sides and correlations that were planted", () => {
  const { moves, cluster, side } = planted(PLAN);
  const ward = fitOf(fitMethods(windowOf(moves), FIT), "ward");
  assert.deepEqual(ward.partition.cluster, cluster);
  for (const list of members(ward.partition)) {
    const turns = new Set(list.map((j) => side[j]! * ward.side[j]!));
    assert.equal(turns.size, 1);
  }
  // a pair correlates by the square of the loading, 0.72; ranks give a little less
  assert.ok(ward.within.every((r) => r > 0.6 && r < 0.8), ward.within.join());
});

Deno.test("fitMethods() takes within and silhouette from the correlations that it clustered", () => {
  const { moves } = planted({ ...PLAN, missing: 0 });
  const fits = fitMethods(windowOf(moves), FIT);
  const { rho } = correlationMatrix(moves, { kind: "spearman", minOverlap: FIT.minOverlap });
  for (const { method, partition, side, within, silhouette, silhouettes } of fits) {
    const held = heldCorrelation(rho, side), n = rho.ids.length;
    members(partition).forEach((list, c) => {
      const pairs = list.flatMap((i) => list.filter((j) => j > i).map((j) => pairIndex(n, i, j)));
      const mean = pairs.reduce((sum, at) => sum + held.values[at]!, 0) / pairs.length;
      if (pairs.length === 0) assert.ok(Number.isNaN(within[c]!));
      else assert.ok(Math.abs(within[c]! - mean) < 1e-12, method);
    });
    if (partition.nClusters < 2) continue;
    const known = silhouettes.filter((s) => !Number.isNaN(s));
    assert.equal(known.length, partition.cluster.filter((c) => c >= 0).length, method);
    assert.ok(Math.abs(silhouette - known.reduce((sum, s) => sum + s, 0) / known.length) < 1e-12);
    if (method === "seed_ward") assert.ok(side.every((s) => s === 1));
  }
});

Deno.test("fitMethods() gives the same clusters to the markets in another order", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99 }), (seed) => {
      const { moves, cluster } = planted({ ...PLAN, seed: 3 });
      const order = shuffled(Array.from(cluster.keys()), randomStream(seed, "order"));
      const plain = fitMethods(windowOf(moves, cluster), FIT);
      const topics = Int32Array.from(order, (j) => cluster[j]!);
      const turned = fitMethods(windowOf(chosenOf(moves, order), topics), FIT);
      plain.forEach(({ method, partition }, m) => {
        const there = turned[m]!.partition;
        assert.equal(there.nClusters, partition.nClusters, method);
        const pairs = new Set(order.map((j, k) => `${partition.cluster[j]},${there.cluster[k]}`));
        const none = partition.cluster.includes(-1) ? 1 : 0;
        assert.equal(pairs.size, partition.nClusters + none, method);
      });
    }),
    { seed: 7, numRuns: 8 },
  );
});

Deno.test("fitMethods() does not care which side of a market is quoted", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }), (isTurned) => {
      const { moves } = planted({ ...PLAN, loading: 0.6, seed: 5 });
      const turn = Int8Array.from(isTurned, (yes) => yes ? -1 : 1);
      const plain = fitMethods(windowOf(moves), FIT);
      const other = fitMethods(windowOf(quotedAs(moves, turn)), FIT);
      plain.forEach((one, m) => {
        // the seed recipe takes sides as they are quoted
        if (one.method === "seed_ward") return;
        const there = other[m]!;
        assert.deepEqual(there.partition, one.partition, one.method);
        const turns = new Set(one.side.map((s, j) => s * there.side[j]! * turn[j]!));
        assert.equal(turns.size, 1, one.method);
        one.within.forEach((r, c) => assert.ok(Math.abs(r - there.within[c]!) < 1e-12));
        one.silhouettes.forEach((s, j) =>
          assert.ok(Math.abs(s - there.silhouettes[j]!) < 1e-12 || s !== s)
        );
      });
      const held = windowCorrelation(moves, 20).held.values;
      windowCorrelation(quotedAs(moves, turn), 20).held.values
        .forEach((r, at) => assert.ok(Math.abs(r - held[at]!) < 1e-12));
    }),
    { seed: 7, numRuns: 8 },
  );
});

Deno.test("fitMethods() is the same each time", () => {
  const { moves, cluster } = planted({ ...PLAN, loading: 0.4 });
  assert.deepEqual(
    fitMethods(windowOf(moves, cluster), FIT),
    fitMethods(windowOf(moves, cluster), FIT),
  );
});

Deno.test("fitMethods() places what has known correlations and leaves the rest out", () => {
  const { moves } = planted({ ...PLAN, missing: 0 });
  const values = moves.values.map((x, cell) => cell % 30 === 4 ? NaN : cell % 30 === 9 ? 0 : x);
  const topics = new Int32Array(30).map((_, j) => j % 3);
  for (const fit of fitMethods(windowOf({ ...moves, values }, topics), FIT)) {
    for (const j of [4, 9]) {
      assert.equal(fit.partition.cluster[j], -1, fit.method);
      assert.equal(fit.side[j], 1);
      assert.ok(Number.isNaN(fit.silhouettes[j]!));
    }
    if (fit.method !== "dbscan") assert.equal(fit.partition.cluster.filter((c) => c < 0).length, 2);
  }
});

Deno.test("fitMethods() gives wording alone the topics as they are", () => {
  const { moves } = planted(PLAN);
  const topics = Int32Array.from({ length: 30 }, (_, j) => j < 18 ? 5 : j < 25 ? 0 : -1);
  const { partition } = fitOf(fitMethods(windowOf(moves, topics), FIT), "wording");
  assert.deepEqual([...partition.cluster], [...topics].map((t) => t === 5 ? 0 : t === 0 ? 1 : -1));
});

Deno.test("fitMethods() lets a boost put more weight within topics", () => {
  const { moves } = planted({ ...PLAN, loading: 0.3, days: 60 });
  const topics = Int32Array.from({ length: 30 }, (_, j) => j % 3);
  const found = (topicBoost: number) => {
    const fits = fitMethods(windowOf(moves, topics), { ...FIT, minEdge: 0.01, topicBoost });
    return adjustedRandIndex(topics, fitOf(fits, "hybrid").partition.cluster);
  };
  assert.ok(found(50) > 0.9 && found(0) < 0.3, `${found(0)} ${found(50)}`);
});

function same(n: number, move: (i: number, j: number) => number, days = 40): Panel {
  const values = Float64Array.from(
    { length: days * n },
    (_, at) => move(Math.floor(at / n), at % n),
  );
  return panel(dayRange(0, days), marketNames(n), values);
}

Deno.test("fitMethods() places nobody where nothing can be known", () => {
  const odd: [string, Panel][] = [
    ["no market", same(0, () => 0)],
    ["one market", same(1, (i) => i % 5)],
    ["no day", panel(new Int32Array(0), marketNames(4), new Float64Array(0))],
    ["all unknown", same(6, () => NaN)],
    ["still", same(6, () => 0)],
  ];
  for (const [name, moves] of odd) {
    for (const fit of fitMethods(windowOf(moves), FIT)) {
      assert.equal(fit.partition.nClusters, 0, `${name}, ${fit.method}`);
      assert.equal(fit.partition.cluster.length, moves.markets.length);
      assert.ok(Number.isNaN(fit.silhouette));
      assert.ok(fit.side.every((s) => s === 1));
    }
  }
});

Deno.test("fitMethods() takes two markets, equal markets and clusters of equal markets", () => {
  const rise = (i: number) => Math.sin(i * 1.7);
  const two = fitMethods(windowOf(same(2, (i, j) => rise(i + j))), FIT);
  assert.equal(fitOf(two, "ward").partition.nClusters, 2);
  const equal = fitMethods(windowOf(same(2, rise)), { ...FIT, nClusters: 1 });
  assert.deepEqual(fitOf(equal, "ward").partition.cluster, Int32Array.of(0, 0));
  assert.ok(Math.abs(fitOf(equal, "ward").within[0]! - 1) < 1e-12);
  for (const n of [2, 5, 12]) {
    const fits = fitMethods(windowOf(same(n, rise)), FIT);
    assert.equal(fitOf(fits, "ward").partition.nClusters, Math.min(n, 3));
  }
  // two kinds of markets, five asked of k-means: only two points differ
  const kinds = fitMethods(
    windowOf(same(8, (i, j) => j < 5 ? rise(i) : Math.cos(i * 0.9))),
    { ...FIT, nClusters: 5 },
  );
  const { cluster } = fitOf(kinds, "k_means").partition;
  assert.ok([5, 6, 7].every((j) => !cluster.subarray(0, 5).includes(cluster[j]!)));
});

Deno.test("fitMethods() never fails on strange panels", () => {
  const cell = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constant(NaN), fc.constant(0));
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 9 }).chain((n) =>
        fc.array(cell, { minLength: n * 12, maxLength: n * 12 }).map((values) => ({ n, values }))
      ),
      fc.integer({ min: 1, max: 10 }),
      ({ n, values }, nClusters) => {
        const moves = panel(dayRange(0, 12), marketNames(n), Float64Array.from(values));
        for (const fit of fitMethods(windowOf(moves), { ...FIT, minOverlap: 3, nClusters })) {
          assert.equal(fit.partition.ids.length, n);
          assert.equal(fit.within.length, fit.partition.nClusters);
        }
      },
    ),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("fitMethods() lets a seed recipe without known pairs fall into parts", () => {
  // each market was observed every other day, so only its moves over two days are known
  const { moves } = planted({ ...PLAN, sizes: [5, 4], missing: 0 });
  const seedMoves = { ...moves, values: moves.values.map(() => NaN) };
  const fits = fitMethods({ ...windowOf(moves), seedMoves }, FIT);
  assert.equal(fitOf(fits, "seed_ward").partition.nClusters, 9);
  assert.equal(fitOf(fits, "ward").partition.nClusters, 3);
});

/** Moves of which each pair shares thirty days of its own, and goes there together or apart. */
function pairwise(n: number, together: (i: number, j: number) => boolean): Panel {
  const rows: number[] = [];
  for (let i = 0; i < n; ++i) {
    for (let j = i + 1; j < n; ++j) {
      const sign = together(i, j) ? 1 : -1;
      for (let day = 0; day < 30; ++day) {
        const row = new Array<number>(n).fill(NaN);
        row[i] = day;
        row[j] = sign * day;
        rows.push(...row);
      }
    }
  }
  return panel(dayRange(0, rows.length / n), marketNames(n), Float64Array.from(rows));
}

Deno.test("fitMethods() cleans no matrix that is far from any correlation matrix, and goes on", () => {
  const random = randomStream(7, "signs");
  const moves = pairwise(12, () => random() < 0.5);
  const { held } = windowCorrelation(moves, FIT.minOverlap);
  assert.throws(() => cleanedCorrelation(held, { nDays: 30 }), /must have a mean >= 0/);
  const fits = fitMethods(windowOf(moves), FIT);
  const cleaned = fitOf(fits, "ward_cleaned");
  assert.deepEqual(cleaned.partition.cluster, new Int32Array(12).fill(-1));
  assert.equal(cleaned.within.length, 0);
  assert.equal(fitOf(fits, "ward").partition.nClusters, 3);
});

Deno.test("windowCorrelation() keeps the markets that all know each other", () => {
  const { moves } = planted({ ...PLAN, sizes: [3, 2], days: 40, missing: 0 });
  const values = moves.values.map((x, cell) => cell % 5 === 1 && cell >= 5 * 15 ? NaN : x);
  const found = windowCorrelation({ ...moves, values }, 20);
  assert.deepEqual([...found.kept], [0, 2, 3, 4]);
  assert.deepEqual(found.held.ids, ["poly:00", "poly:02", "poly:03", "poly:04"]);
  assert.equal(found.side.length, 4);
  // the market left out does not count: all others share every day
  assert.equal(found.meanOverlap, 40);
  assert.deepEqual(found.held, heldCorrelation(found.rho, found.side));
  assert.equal(windowCorrelation({ ...moves, values }, 41).meanOverlap, 0);
});

Deno.test("windowCorrelation() refuses an overlap below 3", () => {
  assert.throws(() => windowCorrelation(planted(PLAN).moves, 2), {
    name: "RangeError",
    message: "Cannot correlate markets as minOverlap must be a whole number >= 3: got 2",
  });
});
