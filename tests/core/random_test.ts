import assert from "node:assert/strict";
import { normalDraws, philox, randomIndex, randomStream, shuffled } from "lib/core/random.ts";
import knownAnswers from "../golden/core/philox.json" with { type: "json" };

Deno.test("philox() gives the known answers of Random123", () => {
  // golden: tests/golden/core/philox.c
  const out = new Uint32Array(4);
  for (const row of knownAnswers) {
    philox(Uint32Array.from(row.slice(0, 4)), Uint32Array.from(row.slice(4, 6)), out);
    assert.deepEqual([...out], row.slice(6));
  }
});

Deno.test("randomStream() gives the same draws for the same seed and name, others otherwise", () => {
  const draws = (seed: number, name: string) => {
    const random = randomStream(seed, name);
    return Array.from({ length: 9 }, random);
  };
  assert.deepEqual(draws(7, "market 1"), draws(7, "market 1"));
  assert.notDeepEqual(draws(7, "market 1"), draws(8, "market 1"));
  assert.notDeepEqual(draws(7, "market 1"), draws(7, "market 2"));
  // pinned: our own output, so that a change of the stream is noticed
  assert.deepEqual(draws(7, "pinned").slice(0, 2), PINNED);
});

Deno.test("randomStream() is uniform: mean, variance and neighbours' correlation within error", () => {
  const n = 200_000;
  const random = randomStream(11, "uniform");
  let sum = 0, squares = 0, products = 0, last = 0.5;
  for (let i = 0; i < n; ++i) {
    const u = random() - 0.5;
    sum += u;
    squares += u * u;
    products += u * last;
    last = u;
  }
  // five standard errors
  assert.ok(Math.abs(sum / n) < 5 * Math.sqrt(1 / 12 / n));
  assert.ok(Math.abs(squares / n - 1 / 12) < 5 * Math.sqrt(1 / 180 / n));
  assert.ok(Math.abs(products / n) < 5 * (1 / 12) / Math.sqrt(n));
});

Deno.test("normalDraws() has mean 0, variance 1, no skew and normal tails", () => {
  const n = 200_000;
  const normal = normalDraws(randomStream(3, "normal"));
  let sum = 0, squares = 0, cubes = 0, beyond = 0;
  for (let i = 0; i < n; ++i) {
    const z = normal();
    sum += z;
    squares += z * z;
    cubes += z ** 3;
    if (Math.abs(z) > 1.959963984540054) ++beyond;
  }
  assert.ok(Math.abs(sum / n) < 5 / Math.sqrt(n));
  assert.ok(Math.abs(squares / n - 1) < 5 * Math.sqrt(2 / n));
  assert.ok(Math.abs(cubes / n) < 5 * Math.sqrt(15 / n));
  assert.ok(Math.abs(beyond / n - 0.05) < 5 * Math.sqrt(0.05 * 0.95 / n));
});

Deno.test("shuffled() keeps the items, leaves its argument alone and reaches every order", () => {
  const items = Object.freeze(["a", "b", "c"]);
  const random = randomStream(5, "shuffle");
  const seen = new Map<string, number>();
  for (let i = 0; i < 6000; ++i) {
    const order = shuffled(items, random).join("");
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  assert.deepEqual([...seen.keys()].sort(), ["abc", "acb", "bac", "bca", "cab", "cba"]);
  for (const count of seen.values()) assert.ok(Math.abs(count - 1000) < 5 * Math.sqrt(1000));
});

Deno.test("randomIndex() stays in its range and refuses an empty one", () => {
  assert.equal(randomIndex(() => 0.999999999, 4), 3);
  assert.throws(() => randomIndex(() => 0, 0), {
    name: "RangeError",
    message: "Cannot draw an index as n must be in [1, 2^32]: got 0",
  });
});

Deno.test("randomStream() refuses a seed that is no whole number in range", () => {
  assert.throws(() => randomStream(-1, "x"), {
    name: "RangeError",
    message: "Cannot seed a stream as the seed must be in [0, 2^32): got -1",
  });
});

const PINNED = [0.027081684209406376, 0.4178813649341464];
