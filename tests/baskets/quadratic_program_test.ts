import assert from "node:assert/strict";
import fc from "fast-check";
import { type LinearRule, quadraticProgram } from "lib/baskets/quadratic_program.ts";
import { randomStream } from "lib/core/random.ts";
import { assertNear, madeCovariance, varianceOf } from "./made_covariance.ts";

const rule = (normal: readonly number[], bound: number): LinearRule => ({
  normal: Float64Array.from(normal),
  bound,
});

Deno.test("quadraticProgram() gives the solution of Goldfarb & Idnani's example in R's quadprog", () => {
  // the example of ?solve.QP in R: solution 0.4761905 1.0476190 2.0952381
  const found = quadraticProgram({
    quadratic: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
    linear: Float64Array.of(0, 5, 0),
    equal: [],
    atLeast: [rule([-4, -3, 0], -8), rule([2, 1, 0], 2), rule([0, -2, 1], 0)],
  });
  assertNear(found, [10 / 21, 22 / 21, 44 / 21], 1e-14);
});

Deno.test("quadraticProgram() finds the nearest point on a line and in a corner", () => {
  const unit = Float64Array.of(1, 0, 0, 1), origin = new Float64Array(2);
  assertNear(
    quadraticProgram({
      quadratic: unit,
      linear: origin,
      equal: [rule([1, 2], 5)],
      atLeast: [],
    }),
    [1, 2],
    1e-15,
  );
  assertNear(
    quadraticProgram({
      quadratic: unit,
      linear: Float64Array.of(-3, 7),
      equal: [],
      atLeast: [rule([1, 0], 0), rule([0, -1], -2)],
    }),
    [0, 2],
    1e-15,
  );
  assertNear(
    quadraticProgram({
      quadratic: Float64Array.of(2, 1, 1, 4),
      linear: Float64Array.of(3, 5),
      equal: [],
      atLeast: [],
    }),
    [1, 1],
    1e-15,
  );
  const nothing = { quadratic: new Float64Array(0), linear: new Float64Array(0) };
  assert.deepEqual([...quadraticProgram({ ...nothing, equal: [], atLeast: [] })], []);
});

Deno.test("quadraticProgram() meets the conditions of a minimum to 1e-8", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 20 }),
      fc.integer({ min: 1, max: 1e6 }),
      fc.constantFrom(1e-6, 1, 1e4),
      (n, seed, scale) => {
        const random = randomStream(seed, "program");
        const quadratic = madeCovariance(n, seed, 0.1).map((c) => scale * c);
        const size = quadratic.reduce((sum, c) => sum + Math.abs(c), 0) / (n * n);
        const linear = Float64Array.from({ length: n }, () => (random() - 0.5) * size);
        const axis = (i: number, sign: number) =>
          Array.from({ length: n }, (_, j) => j === i ? sign : 0);
        const upper = Array.from({ length: n }, () => (1 + random()) / n);
        const before = [quadratic.slice(), linear.slice()];
        const x = quadraticProgram({
          quadratic,
          linear,
          equal: [rule(new Array(n).fill(1), 1)],
          atLeast: upper.flatMap((u, i) => [rule(axis(i, 1), 0), rule(axis(i, -1), -u)]),
        });
        assert.deepEqual([quadratic, linear], before);
        assert.ok(Math.abs(x.reduce((sum, v) => sum + v, 0) - 1) < 1e-10);
        x.forEach((v, i) => assert.ok(v > -1e-10 && v < upper[i]! + 1e-10));
        // what can still grow must not have a lower slope than what can still shrink
        const slope = linear.map((d, i) =>
          x.reduce((sum, v, j) => sum + quadratic[i * n + j]! * v, -d)
        );
        const largest = slope.reduce((top, s) => Math.max(top, Math.abs(s)), 0);
        const growing = slope.filter((_, i) => x[i]! < upper[i]! - 1e-9);
        const shrinking = slope.filter((_, i) => x[i]! > 1e-9);
        assert.ok(Math.max(...shrinking) - Math.min(...growing) <= 1e-8 * largest);
      },
    ),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("quadraticProgram() stands variances from 1e-6 to 1e-1 in one program", () => {
  const variances = [1e-6, 1e-4, 1e-1];
  const quadratic = new Float64Array(9);
  variances.forEach((v, i) => quadratic[4 * i] = v);
  const axis = (i: number) => [0, 1, 2].map((j) => j === i ? 1 : 0);
  const found = quadraticProgram({
    quadratic,
    linear: new Float64Array(3),
    equal: [rule([1, 1, 1], 1)],
    atLeast: [0, 1, 2].map((i) => rule(axis(i), 0)),
  });
  const total = variances.reduce((sum, v) => sum + 1 / v, 0);
  variances.forEach((v, i) => assert.ok(Math.abs(found[i]! * v * total - 1) < 1e-12));
  assert.ok(varianceOf(found, quadratic) <= 1 / total * (1 + 1e-12));
});

Deno.test("quadraticProgram() refuses what has no answer", () => {
  const program = {
    quadratic: Float64Array.of(1, 0, 0, 1),
    linear: new Float64Array(2),
    equal: [],
    atLeast: [],
  };
  const refuses = (change: Partial<Parameters<typeof quadraticProgram>[0]>, message: string) =>
    assert.throws(() => quadraticProgram({ ...program, ...change }), {
      name: "RangeError",
      message: `Cannot solve the quadratic program as ${message}`,
    });
  refuses(
    { atLeast: [rule([1, 0], 2), rule([-1, 0], -1)] },
    "some point must keep its 2 rules: got none",
  );
  refuses(
    { quadratic: Float64Array.of(1, 2, 2, 1) },
    "its matrix must be positive definite: got one that is not",
  );
  refuses(
    { quadratic: Float64Array.of(1, 0, 0, 0) },
    "its matrix must have a diagonal above 0: got 0",
  );
  refuses({ quadratic: Float64Array.of(1) }, "2 unknowns must have 4 quadratic terms: got 1");
  refuses({ linear: Float64Array.of(1, NaN) }, "its numbers must be finite: got NaN");
  refuses({ equal: [rule([1], 1)] }, "each rule must have 2 coefficients: got 1");
  refuses({ equal: [rule([0, 0], 1)] }, "each rule must have a coefficient other than 0: got 0");
  refuses({ atLeast: [rule([1, 0], Infinity)] }, "each bound must be finite: got Infinity");
});
