import assert from "node:assert/strict";
import { principalCoordinates } from "lib/cluster/principal_coordinates.ts";
import { pairCount, pairMatrix } from "lib/core/pair_matrix.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import golden from "../golden/cluster/spectral.json" with { type: "json" };

const random = () => randomStream(1, "axes");

function distances(points: readonly (readonly number[])[]) {
  const values: number[] = [];
  points.forEach((p, i) => {
    for (const q of points.slice(i + 1)) values.push(Math.hypot(...p.map((x, d) => x - q[d]!)));
  });
  return pairMatrix(points.map((_, i) => `m${i}`), Float64Array.from(values));
}

for (const { name, n, distance, ...want } of golden.scaling) {
  Deno.test(`principalCoordinates() gives numpy's axes, ${name}`, () => {
    // golden: tests/golden/cluster/spectral.py
    const ids = Array.from({ length: n }, (_, i) => String(i));
    const found = principalCoordinates(pairMatrix(ids, Float64Array.from(distance)), {
      dimension: 3,
      random: random(),
    });
    found.eigenvalues.forEach((value, d) =>
      assert.ok(Math.abs(value / want.eigenvalues[d]! - 1) < 1e-10)
    );
    for (let d = 0; d < 3; ++d) {
      let sameSign = 0;
      for (let i = 0; i < n; ++i) {
        sameSign += found.coordinates[3 * i + d]! * want.coordinates[3 * i + d]!;
      }
      for (let i = 0; i < n; ++i) {
        const got = found.coordinates[3 * i + d]! * Math.sign(sameSign);
        assert.ok(Math.abs(got - want.coordinates[3 * i + d]!) < 1e-7, `${i}, ${d}: got ${got}`);
      }
    }
    assert.ok(Math.abs(found.negativeShare - want.negativeShare) < 1e-10);
  });
}

Deno.test("principalCoordinates() gives back the distances of points in the plane", () => {
  const normal = normalDraws(randomStream(1, "plane"));
  const given = distances(Array.from({ length: 25 }, () => [normal(), 3 * normal()]));
  const { coordinates, negativeShare } = principalCoordinates(given, {
    dimension: 2,
    random: random(),
  });
  const rows = given.ids.map((_, i) => [...coordinates.subarray(2 * i, 2 * i + 2)]);
  distances(rows).values.forEach((d, at) => assert.ok(Math.abs(d - given.values[at]!) < 1e-9));
  assert.equal(negativeShare, 0);
});

Deno.test("principalCoordinates() places two items at half their distance from the middle", () => {
  const { coordinates } = principalCoordinates(pairMatrix(["a", "b"], Float64Array.of(3)), {
    dimension: 1,
    random: random(),
  });
  const sorted = [...coordinates].sort((a, b) => a - b);
  assert.ok(Math.abs(sorted[0]! + 1.5) < 1e-12 && Math.abs(sorted[1]! - 1.5) < 1e-12);
});

Deno.test("principalCoordinates() measures how far distances are from Euclidean", () => {
  // a-b and b-c are 1 apart, a-c is 4: no triangle; the eigenvalues are 8, 0 and (1 + 16 + 1) / 3 - 8
  const given = pairMatrix(["a", "b", "c"], Float64Array.of(1, 4, 1));
  const found = principalCoordinates(given, { dimension: 2, random: random() });
  assert.ok(Math.abs(found.eigenvalues[0]! - 8) < 1e-12);
  assert.ok(Math.abs(found.negativeShare - 2 / 8) < 1e-12);
});

Deno.test("principalCoordinates() puts identical items on one spot", () => {
  const given = pairMatrix(["a", "b", "c"], new Float64Array(3));
  const found = principalCoordinates(given, { dimension: 2, random: random() });
  assert.ok(found.coordinates.every((x) => x === 0));
  assert.equal(found.negativeShare, 0);
});

Deno.test("principalCoordinates() refuses unknown pairs and too many axes", () => {
  const unknown = pairMatrix(["a", "b", "c"], Float64Array.of(1, NaN, 1));
  assert.throws(() => principalCoordinates(unknown, { dimension: 1, random: random() }), {
    name: "RangeError",
    message: "Cannot place items as every pair must be known: got 1 of 3 unknown",
  });
  for (const n of [0, 1, 2]) {
    const ids = ["a", "b"].slice(0, n);
    const given = pairMatrix(ids, new Float64Array(pairCount(n)).fill(1));
    assert.throws(() => principalCoordinates(given, { dimension: 2, random: random() }), {
      name: "RangeError",
      message: `Cannot place ${n} items as dimension must be a whole number in [1, ${
        n - 1
      }]: got 2`,
    });
  }
});
