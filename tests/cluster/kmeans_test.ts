import assert from "node:assert/strict";
import fc from "fast-check";
import { kMeans, type KMeansOptions } from "lib/cluster/kmeans.ts";
import { seedCentres, squaredDistance } from "lib/cluster/kmeans_seeding.ts";
import { partition } from "lib/cluster/partition.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import golden from "../golden/cluster/kmeans.json" with { type: "json" };

const random = () => randomStream(3, "k-means");

/** n × dimension draws around `nGroups` places, far apart where `distance` is large. */
function groupedPoints(seed: number, n: number, dimension: number, nGroups: number, distance = 8) {
  const normal = normalDraws(randomStream(seed, "points"));
  const places = Float64Array.from({ length: nGroups * dimension }, () => distance * normal());
  return Float64Array.from(
    { length: n * dimension },
    (_, at) =>
      places[(Math.floor(at / dimension) % nGroups) * dimension + at % dimension]! + normal(),
  );
}

function canonical(labels: ArrayLike<number>): number[] {
  return [...partition(Array.from(labels, String), labels).cluster];
}

Deno.test("kMeans() ends where scikit-learn does from the same centres", () => {
  // golden: tests/golden/cluster/kmeans.py
  const found = kMeans(Float64Array.from(golden.apart), {
    dimension: 3,
    k: 5,
    initialCentres: Float64Array.from(golden.initial),
    random: random(),
  });
  assert.deepEqual([...found.labels], golden.labels);
  found.centres.forEach((x, at) => assert.ok(Math.abs(x - golden.centres[at]!) < 1e-12));
  assert.ok(Math.abs(found.inertia / golden.inertia - 1) < 1e-12);
  assert.equal(found.starts, 1);
});

Deno.test("kMeans() finds the inertia of scikit-learn's best of 20 starts", () => {
  const found = kMeans(Float64Array.from(golden.mixed), { dimension: 4, k: 4, random: random() });
  assert.ok(Math.abs(found.inertia / golden.bestInertia - 1) < 1e-9, `got ${found.inertia}`);
  assert.deepEqual(canonical(found.labels), canonical(golden.bestLabels));
  assert.equal(found.starts, 20);
});

/** Lloyd's algorithm in its plainest form, from given centres. */
function plainLloyd(points: Float64Array, centres: Float64Array, dimension: number): number[] {
  const n = points.length / dimension, k = centres.length / dimension;
  const at = centres.slice();
  let labels: number[] = [];
  for (;;) {
    const next = Array.from({ length: n }, (_, i) => {
      const d = Array.from({ length: k }, (_, c) => squaredDistance(points, i, at, c, dimension));
      return d.indexOf(Math.min(...d));
    });
    if (next.every((label, i) => label === labels[i])) return next;
    labels = next;
    for (let c = 0; c < k; ++c) {
      const own = labels.flatMap((label, i) => label === c ? [i] : []);
      assert.ok(own.length > 0);
      for (let d = 0; d < dimension; ++d) {
        at[c * dimension + d] = own.reduce((s, i) => s + points[i * dimension + d]!, 0) /
          own.length;
      }
    }
  }
}

Deno.test("kMeans() gives the labels of Lloyd's algorithm without bounds", () => {
  let nTried = 0;
  for (let seed = 1; seed <= 40; ++seed) {
    const dimension = 1 + seed % 5, k = 2 + seed % 7;
    const points = groupedPoints(seed, 120, dimension, k, 1);
    const initialCentres = points.slice(0, k * dimension);
    const found = kMeans(points, { dimension, k, initialCentres, random: random() });
    assert.deepEqual([...found.labels], plainLloyd(points, initialCentres, dimension));
    nTried += found.steps;
  }
  assert.ok(nTried > 200, "the bounds were hardly used");
});

Deno.test("kMeans() gives every point its nearest centre and every centre its mean", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 24, maxLength: 120 }),
      fc.integer({ min: 1, max: 4 }),
      (numbers, k) => {
        const points = Float64Array.from(numbers.slice(0, numbers.length - numbers.length % 2));
        const spots = new Set<string>();
        for (let at = 0; at < points.length; at += 2) spots.add(`${points[at]},${points[at + 1]}`);
        fc.pre(spots.size >= k);
        const found = kMeans(points, { dimension: 2, k, starts: 3, random: random() });
        const sums = new Float64Array(2 * k), sizes = new Float64Array(k);
        let inertia = 0;
        found.labels.forEach((label, i) => {
          const own = squaredDistance(points, i, found.centres, label, 2);
          for (let c = 0; c < k; ++c) {
            assert.ok(own <= squaredDistance(points, i, found.centres, c, 2) + 1e-9);
          }
          inertia += own;
          sums[2 * label]! += points[2 * i]!;
          sums[2 * label + 1]! += points[2 * i + 1]!;
          ++sizes[label]!;
        });
        assert.ok(sizes.every((size) => size > 0));
        sums.forEach((sum, at) =>
          assert.ok(Math.abs(sum / sizes[at >> 1]! - found.centres[at]!) < 1e-9)
        );
        assert.ok(Math.abs(inertia - found.inertia) < 1e-9 * (1 + inertia));
        assert.ok(found.converged);
      },
    ),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("kMeans() gives equal answers for equal draws", () => {
  const points = groupedPoints(1, 200, 3, 6, 1);
  const options = { dimension: 3, k: 6, starts: 5 };
  assert.deepEqual(
    kMeans(points, { ...options, random: random() }),
    kMeans(points, { ...options, random: random() }),
  );
});

Deno.test("kMeans() permutes with the points where the groups are clear", () => {
  const points = groupedPoints(2, 90, 3, 4);
  const options = { dimension: 3, k: 4, random: random() };
  const forwards = kMeans(points, options).labels;
  const back = new Float64Array(points.length);
  for (let i = 0; i < 90; ++i) back.set(points.subarray(3 * i, 3 * i + 3), 3 * (89 - i));
  const backwards = kMeans(back, options).labels;
  assert.deepEqual(canonical(forwards), canonical(backwards.slice().reverse()));
});

Deno.test("kMeans() refills a group that loses its points", () => {
  // the second and third centre are nearest to no point
  const found = kMeans(Float64Array.of(0, 1, 10, 11, 30), {
    dimension: 1,
    k: 3,
    initialCentres: Float64Array.of(5, 1000, -1000),
    random: random(),
  });
  assert.deepEqual(canonical(found.labels), [0, 0, 1, 1, 2]);
  assert.equal(found.inertia, 1);
});

Deno.test("kMeans() stops at maxSteps and says that it did not end by itself", () => {
  const points = groupedPoints(1, 300, 3, 6, 1);
  const found = kMeans(points, { dimension: 3, k: 6, starts: 1, maxSteps: 2, random: random() });
  assert.equal(found.steps, 2);
  assert.equal(found.converged, false);
});

Deno.test("kMeans() takes one group, one point a group and a single point", () => {
  const one = kMeans(Float64Array.of(1, 2, 6), { dimension: 1, k: 1, random: random() });
  assert.deepEqual([...one.centres, one.inertia], [3, 14]);
  const each = kMeans(Float64Array.of(1, 2, 6), { dimension: 1, k: 3, random: random() });
  assert.equal(each.inertia, 0);
  assert.equal(new Set(each.labels).size, 3);
  const single = kMeans(Float64Array.of(4, 2), { dimension: 2, k: 1, random: random() });
  assert.deepEqual([...single.centres], [4, 2]);
});

Deno.test("seedCentres() takes one point of each clear group", () => {
  const points = groupedPoints(4, 60, 2, 5, 40);
  for (let s = 0; s < 20; ++s) {
    const centres = seedCentres(points, { dimension: 2, k: 5, random: randomStream(s, "seeds") });
    const groups = Array.from({ length: 60 }, (_, i) => i)
      .filter((i) => [0, 1, 2, 3, 4].some((c) => squaredDistance(points, i, centres, c, 2) === 0))
      .map((i) => i % 5);
    assert.deepEqual(groups.sort(), [0, 1, 2, 3, 4]);
  }
});

Deno.test("kMeans() refuses what it cannot cluster", () => {
  const refused = (points: number[], options: Partial<KMeansOptions>, message: string) =>
    assert.throws(
      () => kMeans(Float64Array.from(points), { dimension: 1, k: 2, random: random(), ...options }),
      { name: "RangeError", message },
    );
  refused([1, 1, 1], {}, "Cannot make 2 clusters as at least 2 points must differ: got 1 that do");
  refused(
    [1, 1, 1, 2],
    { k: 3, initialCentres: Float64Array.of(1, 1, 1) },
    "Cannot make 3 clusters as at least 3 points must differ: got 2 that do",
  );
  refused([], {}, "Cannot make 2 clusters as at least 2 points must differ: got 0 that do");
  refused([1, 2], { k: 0 }, "Cannot run k-means as k must be a whole number >= 1: got 0");
  refused(
    [1, NaN],
    {},
    "Cannot run k-means as all points must be finite: got NaN in row 1",
  );
  refused(
    [1, 2, 3],
    { dimension: 2, k: 1 },
    "Cannot run k-means as each point must have 2 values: got 3 in all",
  );
  refused(
    [1, 2],
    { initialCentres: Float64Array.of(1) },
    "Cannot run k-means as 2 centres must have 2 values: got 1",
  );
});

Deno.test("kMeans() within a tolerance takes fewer passes and ends close to the full answer", () => {
  const normal = normalDraws(randomStream(7, "tolerance"));
  const points = Float64Array.from({ length: 2000 * 4 }, () => normal());
  const options = { dimension: 4, k: 8, starts: 1 };
  const full = kMeans(points, { ...options, random: randomStream(7, "start") });
  const near = kMeans(points, { ...options, random: randomStream(7, "start"), tolerance: 1e-4 });
  assert.ok(near.converged && near.steps < full.steps, `${near.steps} of ${full.steps}`);
  assert.ok(near.inertia >= full.inertia && near.inertia < 1.01 * full.inertia);
  assert.throws(
    () => kMeans(points, { ...options, random: randomStream(7, "start"), tolerance: -1 }),
    {
      name: "RangeError",
      message: "Cannot run k-means as tolerance must be finite and >= 0: got -1",
    },
  );
});
