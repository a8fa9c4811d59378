import assert from "node:assert/strict";
import fc from "fast-check";
import { fitMethods } from "lib/cluster/fit_methods.ts";
import { METHODS } from "lib/cluster/method_list.ts";
import { type Partition, partition } from "lib/cluster/partition.ts";
import {
  clusterPValues,
  meanWithin,
  type ShiftedFit,
  shiftedFits,
} from "lib/cluster/shifted_fits.ts";
import { normalDraws, type Random, randomStream } from "lib/core/random.ts";
import { chosenOf, FIT, marketNames, planted, windowOf } from "./planted.ts";

const { moves, cluster } = planted({ sizes: [9, 8], days: 60, loading: 0.7, nLoose: 4, seed: 7 });
const window = windowOf(moves, cluster);
const job = { window, fits: fitMethods(window, FIT), fit: FIT, seed: 7, from: 0, to: 6 };

const NONE = new Float64Array(0);

function shift(...clusters: [size: number, within: number][]): ShiftedFit {
  return {
    silhouette: 0,
    sizes: Int32Array.from(clusters, ([size]) => size),
    within: Float64Array.from(clusters, ([, within]) => within),
  };
}

/** A partition that has clusters of these sizes, in order. */
function sized(sizes: ArrayLike<number>): Partition {
  const labels = Array.from(sizes).flatMap((size, c) => new Array<number>(size).fill(c));
  return partition(marketNames(labels.length), labels);
}

Deno.test("clusterPValues() holds each cluster against the least raw p of every shift", () => {
  const within = Float64Array.of(0.3, 0.5, NaN);
  const shifted = [
    shift([4, 0.3], [3, 0.1]), // reached by the first, by itself and by the next: 3
    shift([5, 0.6]), // by itself: 1
    shift([2, 0.9], [4, 0.29]), // its small one by itself: 1
    shift(), // places nobody
    shift([1, NaN]), // nor anybody together
  ];
  // the first is reached by itself and two shifts: 3, as or more than three shifts have at least;
  // the second by itself and one: 2, more than two have
  assert.deepEqual([...clusterPValues({ partition: sized([4, 3, 1]), within }, shifted)], [
    ...[4 / 6, 3 / 6, NaN],
  ]);
  assert.deepEqual([...clusterPValues({ partition: sized([4, 3, 1]), within }, [])], [1, 1, NaN]);
  // two that none reaches: a pair of 0.8 · √2 against four of 0.5 · √12
  const pair = [shift([2, 0.8])];
  const four = { partition: sized([4]), within: Float64Array.of(0.5) };
  assert.deepEqual([...clusterPValues(four, pair)], [1 / 2]);
  assert.deepEqual([...clusterPValues({ ...four, within: Float64Array.of(0.3) }, pair)], [1]);
  assert.deepEqual([...clusterPValues({ partition: sized([]), within: NONE }, shifted)], []);
});

/** Clusters of noise: any sizes, and correlations that spread the more the smaller a cluster is. */
function noise(random: Random, nClusters: number): ShiftedFit {
  const normal = normalDraws(random);
  const sizes = Array.from({ length: nClusters }, () => 2 + Math.floor(12 * random() ** 2))
    .sort((x, y) => y - x);
  return shift(
    ...sizes.map((size): [number, number] => [size, 0.1 + (0.3 + 0.4 * normal()) / size]),
  );
}

Deno.test("clusterPValues() calls some cluster of noise significant in about one panel of twenty", () => {
  for (const nClusters of [1, 6]) {
    let some = 0, raw = 0;
    for (let panel = 0; panel < 300; ++panel) {
      const random = randomStream(panel, `${nClusters} clusters of noise`);
      const [{ sizes, within }, ...shifted] = [
        noise(random, nClusters),
        ...Array.from(
          { length: 199 },
          () => noise(random, nClusters),
        ),
      ];
      const found = clusterPValues({ partition: sized(sizes), within }, shifted);
      if (found.some((p) => p <= 0.05)) ++some;
      if (sizes.some((size, c) => rawP({ size, within: within[c]! }, shifted) <= 0.05)) ++raw;
    }
    assert.ok(some / 300 > 0.015 && some / 300 < 0.085, `${nClusters}: ${some / 300}`);
    // the share of panels alone does not hold even for one cluster, since it has two measures
    assert.ok(raw / 300 > 0.2, `${nClusters}: ${raw / 300}`);
  }
});

/** Share of the panels with a cluster as large and as tight, the observed one counted. */
function rawP(one: { size: number; within: number }, shifted: readonly ShiftedFit[]): number {
  const reached = shifted.filter(({ sizes, within }) =>
    sizes.some((size, k) => size >= one.size && within[k]! >= one.within)
  );
  return (1 + reached.length) / (1 + shifted.length);
}

Deno.test("clusterPValues() is never below the share of panels, and small where noise does not reach", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 1, max: 8 }), (seed, k) => {
      const random = randomStream(seed, "noise");
      const { sizes, within } = noise(random, k);
      const shifted = Array.from({ length: 39 }, () => noise(random, k));
      const found = clusterPValues({ partition: sized(sizes), within }, shifted);
      found.forEach((p, c) => {
        const raw = rawP({ size: sizes[c]!, within: within[c]! }, shifted);
        assert.ok(p >= 1 / 40 && p <= 1);
        assert.ok(p >= raw, `${p} ${raw}`);
        // a cluster that is as large and as tight has no larger p
        found.forEach((q, d) => {
          if (sizes[d]! >= sizes[c]! && within[d]! >= within[c]!) assert.ok(q <= p);
        });
      });
      const reversed = clusterPValues({ partition: sized(sizes), within }, shifted.toReversed());
      assert.deepEqual(reversed, found);
    }),
    { seed: 7, numRuns: 60 },
  );
  const random = randomStream(7, "strong");
  const shifted = Array.from({ length: 199 }, () => noise(random, 6));
  const strong = clusterPValues(
    { partition: sized([13, 3]), within: Float64Array.of(0.6, 0.1) },
    shifted,
  );
  assert.ok(strong[0] === 0.005 && strong[1]! > 0.5, strong.join());
});

Deno.test("shiftedFits() gives for each method and shift what it finds in noise", () => {
  const found = shiftedFits(job);
  assert.deepEqual(found.map((one) => one.length), METHODS.map(() => 6));
  for (const { sizes, within } of found[1]!) {
    assert.equal(sizes.length, 3);
    assert.equal(sizes.reduce((sum, size) => sum + size, 0), 21);
    assert.equal(within.length, 3);
  }
  // the planted clusters are tighter than anything there
  const real = job.fits[1]!;
  assert.ok(found[1]!.every((one) => one.silhouette < real.silhouette));
  const many = shiftedFits({ ...job, to: 99 })[1]!;
  const [first, second] = clusterPValues(real, many);
  assert.deepEqual([first, second], [0.01, 0.01]);
});

Deno.test("shiftedFits() does not depend on how the shifts are split", () => {
  const parts = [[0, 2], [2, 2], [2, 6]].map(([from, to]) =>
    shiftedFits({ ...job, from: from!, to: to! })
  );
  const whole = shiftedFits(job);
  assert.deepEqual(METHODS.map((_, m) => parts.flatMap((part) => part[m]!)), whole);
});

Deno.test("shiftedFits() gives the chosen methods what it gives them among all", () => {
  const all = shiftedFits(job);
  const fit = { ...FIT, methods: ["louvain", "seed_ward"] as const };
  const chosen = shiftedFits({ ...job, fit, fits: fitMethods(window, fit) });
  const at = fit.methods.map((key) => METHODS.findIndex((one) => one.key === key));
  assert.deepEqual(chosen, at.map((m) => all[m]));
});

Deno.test("shiftedFits() of no market and of one finds no cluster", () => {
  for (const n of [0, 1]) {
    const few = windowOf(chosenOf(moves, [...Array(n).keys()]));
    const found = shiftedFits({ ...job, window: few, fits: fitMethods(few, FIT) });
    assert.ok(found.flat().every((one) => one.sizes.length === 0));
  }
});

Deno.test("meanWithin() weighs clusters by their pairs", () => {
  const sizes = Int32Array.of(3, 2, 1), within = Float64Array.of(0.4, 0.8, NaN);
  assert.ok(Math.abs(meanWithin({ sizes, within }) - (3 * 0.4 + 0.8) / 4) < 1e-15);
  assert.ok(Number.isNaN(meanWithin({ sizes: Int32Array.of(1), within: Float64Array.of(NaN) })));
});
