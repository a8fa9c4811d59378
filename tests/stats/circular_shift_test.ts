import assert from "node:assert/strict";
import fc from "fast-check";
import { dayRange, type Panel, panel } from "lib/core/panel.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { blockPermutation, circularShift } from "lib/stats/circular_shift.ts";
import { pairCorrelation } from "lib/stats/pair_correlation.ts";

const cell = fc.option(fc.integer({ min: -9, max: 9 }), { nil: NaN });
const grid = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 })).chain((
  [nDays, nMarkets],
) =>
  fc.array(cell, { minLength: nDays * nMarkets, maxLength: nDays * nMarkets }).map((cells) =>
    panel(
      dayRange(0, nDays),
      Array.from({ length: nMarkets }, (_, j) => `poly:${j}`),
      Float64Array.from(cells),
    )
  )
);

const column = ({ values, markets }: Panel, j: number) =>
  [...values].filter((_, i) => i % markets.length === j);
const observed = (values: readonly number[]) => values.filter((x) => !Number.isNaN(x));

for (
  const [name, surrogate] of Object.entries({
    circularShift: (moves: Panel) => circularShift(moves, randomStream(1, "shift")),
    blockPermutation: (moves: Panel) =>
      blockPermutation(moves, { blockDays: 3, random: randomStream(1, "blocks") }),
  })
) {
  Deno.test(`${name}() keeps each market's moves and its unobserved days`, () => {
    fc.assert(
      fc.property(grid, (moves) => {
        const before = moves.values.slice();
        const other = surrogate(moves);
        assert.deepEqual(moves.values, before);
        moves.markets.forEach((_, j) => {
          const from = column(moves, j), to = column(other, j);
          assert.deepEqual(from.map(Number.isNaN), to.map(Number.isNaN));
          assert.deepEqual(
            observed(to).sort((a, b) => a - b),
            observed(from).sort((a, b) => a - b),
          );
        });
      }),
      { seed: 7 },
    );
  });

  Deno.test(`${name}() takes the correlation between markets away`, () => {
    const normal = normalDraws(randomStream(2, "common")), n = 2000;
    const values = new Float64Array(2 * n);
    for (let i = 0; i < n; ++i) {
      const common = normal();
      values[2 * i] = common + 0.3 * normal();
      values[2 * i + 1] = common + 0.3 * normal();
    }
    const moves = panel(dayRange(0, n), ["poly:a", "poly:b"], values);
    const rho = (p: Panel) => pairCorrelation(p, { kind: "pearson", minOverlap: 30 }).rho[0]!;
    assert.ok(rho(moves) > 0.85);
    assert.ok(Math.abs(rho(surrogate(moves))) < 5 / Math.sqrt(n));
  });
}

Deno.test("circularShift() only turns: neighbours stay neighbours but for one seam", () => {
  const n = 50;
  const moves = panel(dayRange(0, n), ["poly:a"], Float64Array.from({ length: n }, (_, i) => i));
  const { values } = circularShift(moves, randomStream(4, "turn"));
  assert.notEqual(values[0], 0);
  values.forEach((x, i) => i > 0 && assert.equal(x, (values[i - 1]! + 1) % n));
});

Deno.test("blockPermutation() keeps blocks whole and reaches different orders", () => {
  const moves = panel(dayRange(0, 9), ["poly:a"], Float64Array.from({ length: 9 }, (_, i) => i));
  const random = randomStream(5, "blocks");
  const orders = new Set<string>();
  for (let k = 0; k < 200; ++k) {
    const { values } = blockPermutation(moves, { blockDays: 3, random });
    for (const start of [0, 3, 6]) {
      assert.deepEqual([values[start + 1]! - values[start]!, values[start + 2]! - values[start]!], [
        1,
        2,
      ]);
    }
    orders.add(values.join());
  }
  assert.equal(orders.size, 6);
});

Deno.test("blockPermutation() refuses an empty block", () => {
  const moves = panel(dayRange(0, 1), ["poly:a"], Float64Array.of(1));
  assert.throws(() => blockPermutation(moves, { blockDays: 0, random: () => 0 }), {
    name: "RangeError",
    message: "Cannot permute blocks as blockDays must be a whole number >= 1: got 0",
  });
});
