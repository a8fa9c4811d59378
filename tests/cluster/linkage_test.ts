import assert from "node:assert/strict";
import fc from "fast-check";
import { pairAt, type PairMatrix, selectPairs } from "lib/core/pair_matrix.ts";
import { randomStream, shuffled } from "lib/core/random.ts";
import { copheneticDistances } from "lib/cluster/cophenetic.ts";
import { nearestNeighbourChain } from "lib/cluster/linkage_chain.ts";
import { greedyMerges } from "lib/cluster/linkage_greedy.ts";
import { joinWard } from "lib/cluster/linkage_rules.ts";
import { emptyMerges, linkageWork } from "lib/cluster/linkage_work.ts";
import { type Linkage, linkage, type LinkageMethod } from "lib/cluster/linkage.ts";
import golden from "../golden/cluster/trees.json" with { type: "json" };
import { anyDistances, distancesOf } from "./made_distances.ts";

const METHODS = ["ward", "average", "complete", "single"] as const;

function assertClose(found: ArrayLike<number>, want: ArrayLike<number>, tolerance = 1e-12): void {
  assert.equal(found.length, want.length);
  for (let at = 0; at < found.length; ++at) {
    const off = Math.abs(found[at]! - want[at]!);
    assert.ok(
      found[at] === want[at] || off <= tolerance * Math.max(1, want[at]!),
      `at ${at}: got ${found[at]}, want ${want[at]}`,
    );
  }
}

/** The definition: always join the nearest two clusters, distances by looking at every item pair. */
function byDefinition(
  distance: PairMatrix,
  between: (known: readonly number[]) => number,
): number[] {
  let clusters = distance.ids.map((_, i) => [i]);
  const heights: number[] = [];
  while (clusters.length > 1) {
    let best = { a: 0, b: 1, d: Infinity };
    for (let a = 0; a < clusters.length; ++a) {
      for (let b = a + 1; b < clusters.length; ++b) {
        const known = clusters[a]!.flatMap((i) => clusters[b]!.map((j) => pairAt(distance, i, j)))
          .filter((d) => !Number.isNaN(d));
        const d = known.length === 0 ? Infinity : between(known);
        if (d < best.d) best = { a, b, d };
      }
    }
    heights.push(best.d);
    const joined = [...clusters[best.a]!, ...clusters[best.b]!];
    clusters = [...clusters.filter((_, c) => c !== best.a && c !== best.b), joined];
  }
  return heights;
}

const BETWEEN = {
  average: (known: readonly number[]) => known.reduce((sum, d) => sum + d) / known.length,
  complete: (known: readonly number[]) => Math.max(...known),
  single: (known: readonly number[]) => Math.min(...known),
};

for (const { n, distances, trees } of golden.cases) {
  Deno.test(`linkage() gives scipy's ${n - 1} merges and heights by every method`, () => {
    // golden: tests/golden/cluster/trees.py
    for (const want of trees) {
      const found = linkage(distancesOf(distances), { method: want.method as LinkageMethod });
      assert.deepEqual(Array.from(found.left), want.left, want.method);
      assert.deepEqual(Array.from(found.right), want.right, want.method);
      assert.deepEqual(Array.from(found.size), want.size, want.method);
      assertClose(found.height, want.height);
    }
  });
}

Deno.test("linkage() gives the Ward tree of six points", () => {
  const points = [[0, 0], [1, 0], [0, 1], [5, 5], [6, 5], [10, 0.5]] as const;
  const values = points.flatMap(([x, y], i) =>
    points.slice(i + 1).map(([u, v]) => Math.hypot(u - x, v - y))
  );
  const { left, right, height, size } = linkage(distancesOf(values), { method: "ward" });
  // golden: scipy 1.17.1 linkage
  assert.deepEqual(Array.from(left), [0, 3, 2, 5, 8]);
  assert.deepEqual(Array.from(right), [1, 4, 6, 7, 9]);
  assert.deepEqual(Array.from(size), [2, 2, 3, 3, 6]);
  assertClose(height, [1, 1, 1.290994, 7.348469, 12.783453], 1e-6);
});

Deno.test("linkage() average, complete and single follow their definition over known pairs", () => {
  const any = anyDistances({ min: 2, max: 9, kinds: ["any", "any", "unknown"] });
  for (const method of ["average", "complete", "single"] as const) {
    fc.assert(
      fc.property(any, (distance) => {
        const { height } = linkage(distance, { method });
        assertClose(height, byDefinition(distance, BETWEEN[method]));
      }),
      { seed: 7, numRuns: 150 },
    );
  }
});

Deno.test("linkage() ward is the growth of the sum of squares", () => {
  const random = randomStream(7, "ward");
  const points = Array.from({ length: 12 }, () => [random(), random(), random()]);
  const squared = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, x, axis) => sum + (x - b[axis]!) ** 2, 0);
  const distance = distancesOf(
    points.flatMap((p, i) => points.slice(i + 1).map((q) => Math.sqrt(squared(p, q)))),
  );
  const { left, right, height } = linkage(distance, { method: "ward" });
  const below = points.map((point) => [point]);
  const spread = (cluster: readonly number[][]) => {
    const centre = cluster[0]!.map((_, axis) =>
      cluster.reduce((sum, point) => sum + point[axis]!, 0) / cluster.length
    );
    return cluster.reduce((sum, point) => sum + squared(point, centre), 0);
  };
  height.forEach((h, m) => {
    const a = below[left[m]!]!, b = below[right[m]!]!, both = [...a, ...b];
    below.push(both);
    assert.ok(Math.abs(h - Math.sqrt(2 * (spread(both) - spread(a) - spread(b)))) < 1e-12);
  });
});

Deno.test("linkage() ward lets an unknown distance take the known one's value", () => {
  // 0 and 1 join at 1; to 2 only the distance 3 of item 0 is known
  const { height } = linkage(distancesOf([1, 3, null]), { method: "ward" });
  assertClose(height, [1, Math.sqrt((2 * 9 + 2 * 9 - 1) / 3)]);
});

Deno.test("linkage() always gives a tree whose heights do not fall towards the root", () => {
  const any = anyDistances({ min: 1, max: 14, kinds: ["any", "tied", "unknown"] });
  for (const method of METHODS) {
    fc.assert(
      fc.property(any, (distance) => {
        const { ids, left, right, height, size } = linkage(distance, { method });
        const n = ids.length;
        assert.equal(height.length, n - 1);
        assert.deepEqual(
          [...left, ...right].sort((a, b) => a - b),
          Array.from({ length: 2 * n - 2 }, (_, node) => node),
        );
        const sizeOf = (node: number) => node < n ? 1 : size[node - n]!;
        for (let m = 0; m < n - 1; ++m) {
          assert.ok(left[m]! < right[m]! && right[m]! < n + m);
          assert.equal(size[m], sizeOf(left[m]!) + sizeOf(right[m]!));
          for (const child of [left[m]!, right[m]!]) {
            if (child >= n) assert.ok(height[child - n]! <= height[m]!);
          }
          assert.ok(m === 0 || height[m]! >= height[m - 1]!);
        }
      }),
      { seed: 7, numRuns: 150 },
    );
  }
});

Deno.test("linkage() joins at Infinity exactly the parts that no known pair connects", () => {
  const any = anyDistances({ min: 2, max: 12, kinds: ["any", "unknown", "unknown", "unknown"] });
  for (const method of METHODS) {
    fc.assert(
      fc.property(any, (distance) => {
        const part = distance.ids.map((_, i) => i);
        for (let i = 0; i < part.length; ++i) {
          for (let j = i + 1; j < part.length; ++j) {
            const old = part[j]!;
            if (Number.isNaN(pairAt(distance, i, j))) continue;
            part.forEach((p, k) => part[k] = p === old ? part[i]! : p);
          }
        }
        const { height } = linkage(distance, { method });
        const nInfinite = height.filter((h) => h === Infinity).length;
        assert.equal(nInfinite, new Set(part).size - 1);
      }),
      { seed: 7, numRuns: 100 },
    );
  }
});

Deno.test("linkage() of permuted items is the permuted tree", () => {
  for (const method of METHODS) {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 14 }),
        fc.double({ min: 0, max: 0.8, noNaN: true }),
        fc.integer({ min: 0, max: 1e6 }),
        (n, unknown, seed) => {
          const random = randomStream(seed, "distances");
          const distance = distancesOf(
            Array.from({ length: n * (n - 1) / 2 }, () => random() < unknown ? null : random()),
          );
          const order = shuffled(distance.ids.map((_, i) => i), randomStream(seed, "items"));
          const one = copheneticDistances(linkage(distance, { method }));
          const other = copheneticDistances(linkage(selectPairs(distance, order), { method }));
          assertClose(other.values, selectPairs(one, order).values, 1e-12);
        },
      ),
      { seed: 7, numRuns: 150 },
    );
  }
});

Deno.test("linkage() decides ties by the order of items, as scipy does", () => {
  for (const method of METHODS) {
    // golden: scipy 1.17.1 linkage(ones(10), method)
    const { left, right } = linkage(distancesOf(new Array(10).fill(1)), { method });
    assert.deepEqual(Array.from(left, (a, m) => [a, right[m]]), [[0, 1], [2, 5], [3, 6], [4, 7]]);
  }
});

Deno.test("greedyMerges() may stop anywhere and nearestNeighbourChain() go on to the same tree", () => {
  for (const { distances } of golden.cases) {
    const distance = distancesOf(distances), n = distance.ids.length;
    const want = linkage(distance, { method: "ward" }).height;
    const stops = [-1, 0, n, 5 * n, n * n].map((maxReads) => {
      const work = linkageWork(distance, { squared: true }), merges = emptyMerges(n);
      const nMade = greedyMerges(work, merges, { join: joinWard, maxReads });
      nearestNeighbourChain(work, merges, { join: joinWard, nMade });
      assertClose(merges.height.map(Math.sqrt).sort(), want);
      return nMade;
    });
    assert.equal(stops[0], 0);
    assert.ok(stops.every((nMade, at) => at === 0 || nMade >= stops[at - 1]!));
    assert.equal(stops.at(-1), n - 1);
  }
});

/**
 * A hub, the last of 60 items, that stays everybody's nearest while each merge moves it away from
 * all that are left; before them `nFar` items farther off, half of their distances unknown.
 */
function hub(nFar: number): PairMatrix {
  const random = randomStream(7, "hub");
  const n = 60 + nFar;
  const values: (number | null)[] = [];
  for (let i = 0; i < n; ++i) {
    for (let j = i + 1; j < n; ++j) {
      if (i < nFar) values.push(random() < 0.5 ? null : 10 + 10 * random());
      else values.push(j === n - 1 ? 1 + (n - i) / 1e7 : 1.5 + random() / 1e6);
    }
  }
  return distancesOf(values);
}

/** Ward by the greedy way as far as `maxReads` goes, then by the chain. */
function wardInTwo(distance: PairMatrix, maxReads: number) {
  const work = linkageWork(distance, { squared: true }), merges = emptyMerges(distance.ids.length);
  const nMade = greedyMerges(work, merges, { join: joinWard, maxReads });
  nearestNeighbourChain(work, merges, { join: joinWard, nMade });
  return { nMade, height: merges.height.map(Math.sqrt).sort() };
}

Deno.test("linkage() stays right where bounds go stale at every merge", () => {
  const distance = hub(0), n = distance.ids.length;
  assert.ok(wardInTwo(distance, 1.5 * n * n).nMade < n - 1, "the data were to stop the greedy way");
  for (const maxReads of [-1, Infinity]) {
    assertClose(linkage(distance, { method: "ward" }).height, wardInTwo(distance, maxReads).height);
  }
});

Deno.test("linkage() ward with unknown pairs joins the nearest first to the end", () => {
  const distance = hub(20), n = distance.ids.length;
  const { height } = linkage(distance, { method: "ward" });
  assertClose(height, wardInTwo(distance, Infinity).height);
  const stopped = wardInTwo(distance, 1.5 * n * n);
  assert.ok(stopped.nMade < n - 1, "the data were to stop the greedy way");
  assert.notDeepEqual(stopped.height, height);
});

Deno.test("linkage() of one item, of equal items and of strangers", () => {
  for (const method of METHODS) {
    const one = linkage(distancesOf([]), { method });
    assert.deepEqual([one.ids.length, one.height.length], [1, 0]);
    assert.deepEqual(Array.from(linkage(distancesOf([0, 0, 0]), { method }).height), [0, 0]);
    const strangers = linkage(distancesOf([null, null, null]), { method });
    assert.deepEqual(Array.from(strangers.height), [Infinity, Infinity]);
  }
});

Deno.test("linkage() refuses what it cannot link", () => {
  const refused = (run: () => Linkage, message: string) =>
    assert.throws(run, { name: "RangeError", message });
  refused(
    () => linkage({ ids: [], values: new Float64Array(0) }, { method: "ward" }),
    "Cannot link items as there must be at least one: got none",
  );
  refused(
    () => linkage(distancesOf([1, 1, -0.5]), { method: "single" }),
    `Cannot link items as distances must be NaN or in [0, ${Number.MAX_VALUE}]: got -0.5 for "1" and "2"`,
  );
  refused(
    () => linkage(distancesOf([1e200]), { method: "ward" }),
    'Cannot link items as distances must be NaN or in [0, 1e+150]: got 1e+200 for "0" and "1"',
  );
  refused(
    () => linkage(distancesOf([1]), { method: "median" as LinkageMethod }),
    'Cannot link items as method must be "ward", "average", "complete" or "single": got "median"',
  );
});
