import assert from "node:assert/strict";
import fc from "fast-check";
import { randomStream } from "lib/core/random.ts";
import {
  blockParts,
  blockSigns,
  effectiveBlocks,
  wildDraws,
  wildErrors,
} from "lib/stats/wild_block_bootstrap.ts";

/** Two coefficients over five observations in blocks 0, 2 and 3. */
const INFLUENCE = Float64Array.of(1, 2, 0, 1, -1, 0, 0, 1, 0, 0);
const RESIDUALS = Float64Array.of(1, -1, 3, 2, 2);
const BLOCK = Int32Array.of(0, 0, 2, 2, 3);

Deno.test("blockParts() sums influence times residual within each block", () => {
  const { block, part, weight } = blockParts(INFLUENCE, RESIDUALS, BLOCK);
  assert.deepEqual([...block], [0, 2, 3]);
  assert.deepEqual([...part], [-1, 2, -2, 0, 3, 0]);
  assert.deepEqual([...weight], [5, 1, 1, 0, 1, 0]);
});

Deno.test("wildErrors() and effectiveBlocks() of a worked case", () => {
  const parts = blockParts(INFLUENCE, RESIDUALS, BLOCK);
  assert.deepEqual([...wildErrors(parts)], [3, 3]);
  assert.deepEqual([...effectiveBlocks(parts)], [49 / 27, 1]);
});

Deno.test("wildDraws() turn the residuals of a block together, through the whole estimator", () => {
  const parts = blockParts(INFLUENCE, RESIDUALS, BLOCK);
  const signs = blockSigns(randomStream(7, "signs"), { nBlocks: 4, draws: 50 });
  const drawn = wildDraws(parts, { signs, nBlocks: 4 });
  for (let d = 0; d < 50; ++d) {
    const turned = RESIDUALS.map((e, t) => e * signs[4 * d + BLOCK[t]!]!);
    for (let f = 0; f < 2; ++f) {
      const whole = turned.reduce((sum, e, t) => sum + e * INFLUENCE[5 * f + t]!, 0);
      assert.equal(drawn[50 * f + d], whole);
    }
  }
});

Deno.test("wildErrors() are what the draws' deviation tends to", () => {
  const random = randomStream(11, "parts"), n = 60;
  const parts = blockParts(
    Float64Array.from({ length: 3 * n }, () => random() - 0.5),
    Float64Array.from({ length: n }, () => random() - 0.5),
    Int32Array.from({ length: n }, (_, t) => Math.floor(t / 5)),
  );
  const draws = 20_000, nBlocks = 12;
  const signs = blockSigns(randomStream(3, "signs"), { nBlocks, draws });
  assert.ok(Math.abs(signs.reduce((sum, s) => sum + s, 0)) < 3 * Math.sqrt(signs.length));
  const drawn = wildDraws(parts, { signs, nBlocks });
  wildErrors(parts).forEach((error, f) => {
    const own = drawn.subarray(f * draws, (f + 1) * draws);
    const found = Math.sqrt(own.reduce((sum, x) => sum + x * x, 0) / draws);
    assert.ok(Math.abs(found / error - 1) < 0.02, `${found} for ${error}`);
  });
});

Deno.test("effectiveBlocks() lie between one and the number of blocks", () => {
  const sizes = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(sizes, (sizes) => {
      const n = sizes.length;
      const parts = blockParts(
        Float64Array.from(sizes),
        new Float64Array(n).fill(1),
        Int32Array.from(sizes.keys()),
      );
      const [blocks] = effectiveBlocks(parts);
      assert.ok(blocks! >= 1 - 1e-9 && blocks! <= n + 1e-9);
    }),
    { seed: 9 },
  );
});

Deno.test("blockParts() refuses blocks that do not fit the residuals", () => {
  const start =
    "Cannot sum over blocks as each of 5 residuals must have one, in order, and a column of influence: got ";
  assert.throws(() => blockParts(INFLUENCE, RESIDUALS, Int32Array.of(0, 0, 2, 1, 3)), {
    name: "RangeError",
    message: `${start}5 blocks, falling at 3, and 10 numbers`,
  });
  assert.throws(() => blockParts(INFLUENCE.subarray(1), RESIDUALS, BLOCK), {
    name: "RangeError",
    message: `${start}5 blocks, and 9 numbers`,
  });
});
