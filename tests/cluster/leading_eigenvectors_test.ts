import assert from "node:assert/strict";
import { leadingEigenvectors, type SymmetricProduct } from "lib/cluster/leading_eigenvectors.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";

const random = () => randomStream(2, "first");

function diagonal(values: ArrayLike<number>): SymmetricProduct {
  return (x, out) => x.forEach((value, i) => out[i] = values[i]! * value);
}

/** H · diag · H of a Householder matrix H: known eigenvectors that are no unit vectors. */
function reflected(values: Float64Array): { product: SymmetricProduct; normal: Float64Array } {
  const normal = Float64Array.from(values, normalDraws(randomStream(1, "mirror")));
  const length = Math.hypot(...normal);
  normal.forEach((x, i) => normal[i] = x / length);
  const mirror = (x: Float64Array) => {
    const along = 2 * x.reduce((sum, value, i) => sum + value * normal[i]!, 0);
    return x.map((value, i) => value - along * normal[i]!);
  };
  return {
    product: (x, out) => out.set(mirror(mirror(x).map((value, i) => value * values[i]!))),
    normal,
  };
}

/** Keeps small matrices from being decomposed as a whole. */
const ITERATED = { directSize: 0 };

Deno.test("leadingEigenvectors() finds known vectors beyond the size of its basis", () => {
  const values = Float64Array.from({ length: 400 }, (_, i) => i < 4 ? 10 - i : 5 * Math.cos(i));
  const { product, normal } = reflected(values);
  const found = leadingEigenvectors(400, product, { count: 4, random: random(), ...ITERATED });
  for (let v = 0; v < 4; ++v) {
    assert.ok(Math.abs(found.values[v]! - (10 - v)) < 1e-12);
    const want = normal.map((x, i) => (i === v ? 1 : 0) - 2 * normal[v]! * x);
    const got = found.vectors.subarray(400 * v, 400 * (v + 1));
    const sign = Math.sign(got.reduce((sum, x, i) => sum + x * want[i]!, 0));
    got.forEach((x, i) => assert.ok(Math.abs(sign * x - want[i]!) < 1e-8));
  }
});

Deno.test("leadingEigenvectors() finds an eigenvalue as often as it occurs", () => {
  for (const n of [6, 300]) {
    const values = Float64Array.from({ length: n }, (_, i) => i < 4 ? 1 : 0.9 - i / n);
    const { product } = reflected(values);
    const found = leadingEigenvectors(n, product, { count: 5, random: random(), ...ITERATED });
    for (let v = 0; v < 4; ++v) assert.ok(Math.abs(found.values[v]! - 1) < 1e-10, `n = ${n}`);
    assert.ok(Math.abs(found.values[4]! - (0.9 - 4 / n)) < 1e-10);
  }
});

Deno.test("leadingEigenvectors() looks at the sign: the largest, not the longest", () => {
  const found = leadingEigenvectors(
    200,
    diagonal(Float64Array.from({ length: 200 }, (_, i) => -i)),
    {
      count: 2,
      ...ITERATED,
      random: random(),
    },
  );
  assert.ok(Math.abs(found.values[0]!) < 1e-9 && Math.abs(found.values[1]! + 1) < 1e-9);
});

Deno.test("leadingEigenvectors() gives orthogonal unit vectors, largest entry positive", () => {
  const values = Float64Array.from({ length: 250 }, (_, i) => Math.sin(i));
  const { vectors } = leadingEigenvectors(250, reflected(values).product, {
    count: 6,
    ...ITERATED,
    random: random(),
  });
  for (let a = 0; a < 6; ++a) {
    const first = vectors.subarray(250 * a, 250 * (a + 1));
    const longest = first.reduce((most, x) => Math.abs(x) > Math.abs(most) ? x : most);
    assert.ok(longest > 0);
    for (let b = a; b < 6; ++b) {
      const second = vectors.subarray(250 * b, 250 * (b + 1));
      const product = first.reduce((sum, x, i) => sum + x * second[i]!, 0);
      assert.ok(Math.abs(product - (a === b ? 1 : 0)) < 1e-12);
    }
  }
});

Deno.test("leadingEigenvectors() takes the zero matrix and a single item", () => {
  const zero = leadingEigenvectors(120, (_, out) => out.fill(0), {
    count: 3,
    random: random(),
    ...ITERATED,
  });
  assert.deepEqual([...zero.values], [0, 0, 0]);
  const one = leadingEigenvectors(1, diagonal([-7]), { count: 1, random: random(), ...ITERATED });
  assert.deepEqual([one.values[0], one.vectors[0]], [-7, 1]);
});

Deno.test("leadingEigenvectors() refuses a wrong count, products of NaN and too few products", () => {
  const options = { count: 3, random: random(), ...ITERATED };
  assert.throws(() => leadingEigenvectors(2, diagonal([1, 2]), options), {
    name: "RangeError",
    message: "Cannot find eigenvectors as count must be a whole number in [1, 2]: got 3",
  });
  assert.throws(() => leadingEigenvectors(5, (_, out) => out.fill(NaN), options), {
    name: "RangeError",
    message: "Cannot find eigenvectors as products must be finite: got NaN",
  });
  const close = diagonal(Float64Array.from({ length: 2000 }, (_, i) => 1 - i * 1e-6));
  assert.throws(() => leadingEigenvectors(2000, close, { ...options, maxProducts: 80 }), {
    name: "Error",
    message: /^Cannot find 3 eigenvectors as 80 products must suffice: got a residual of /,
  });
});

Deno.test("leadingEigenvectors() finds the same whether it decomposes the whole or iterates", () => {
  const values = Array.from({ length: 150 }, (_, i) => 200 - i * i / 100);
  const iterated = leadingEigenvectors(150, diagonal(values), {
    count: 4,
    random: random(),
    ...ITERATED,
  });
  const whole = leadingEigenvectors(150, diagonal(values), { count: 4, random: random() });
  iterated.values.forEach((value, k) => assert.ok(Math.abs(value - whole.values[k]!) < 1e-8));
  iterated.vectors.forEach((x, k) => assert.ok(Math.abs(x - whole.vectors[k]!) < 1e-6));
  assert.throws(
    () => leadingEigenvectors(5, (_, out) => out.fill(NaN), { count: 1, random: random() }),
    {
      name: "RangeError",
      message: "Cannot find eigenvectors as products must be finite: got NaN",
    },
  );
});
