import assert from "node:assert/strict";
import fc from "fast-check";
import { factorBlock } from "lib/factors/factor_block.ts";
import type { FactorPanel } from "lib/factors/factor_panel.ts";
// golden: statsmodels and numpy, made by tests/golden/factors/loadings.py
import golden from "../golden/factors/loadings.json" with { type: "json" };

function panelOf(moves: ArrayLike<number>, k: number): FactorPanel {
  const n = moves.length / k;
  return {
    factors: Array.from({ length: k }, (_, f) => ({
      symbol: `F${f}`,
      name: `Factor ${f}`,
      group: "rates",
      kind: "price",
    })),
    fromDay: Int32Array.from({ length: n }, (_, s) => s),
    day: Int32Array.from({ length: n }, (_, s) => s + 1),
    moves: Float64Array.from(moves),
  };
}

Deno.test("factorBlock() matches numpy and statsmodels", () => {
  const block = factorBlock(panelOf(golden.moves, 4)), { factorBlock: wanted } = golden;
  const near = (value: number, want: number) =>
    assert.ok(Math.abs(value - want) < 1e-9 * Math.max(1, Math.abs(want)), `${value} for ${want}`);
  wanted.correlation.forEach((want, at) => near(block.correlation[at]!, want));
  wanted.eigenvalues.forEach((want, i) => near(block.eigenvalues[i]!, want));
  wanted.vif.forEach((want, f) => near(block.vif[f]!, want));
  near(block.participationRank, wanted.participationRank);
  near(block.entropyRank, wanted.entropyRank);
  near(block.condition, wanted.condition);
});

Deno.test("factorBlock() of factors at right angles counts each", () => {
  const block = factorBlock(panelOf([1, 1, 1, -1, -1, 1, -1, -1], 2));
  assert.deepEqual([...block.correlation], [1, 0, 0, 1]);
  assert.deepEqual([...block.vif], [1, 1]);
  assert.deepEqual([block.participationRank, block.entropyRank, block.condition], [2, 2, 1]);
  assert.deepEqual([...block.deviation, ...block.mean, block.nSessions], [1, 1, 0, 0, 4]);
});

Deno.test("factorBlock() counts a copy once and inflates the copies alone", () => {
  const own = [1, 1, 2, -1, -1, 1, -2, -1].flatMap((x, at) => at % 2 === 0 ? [x, 3 - 2 * x] : [x]);
  const block = factorBlock(panelOf(own, 3));
  assert.deepEqual([block.vif[0], block.vif[1], block.condition], [Infinity, Infinity, Infinity]);
  assert.ok(block.vif[2]! >= 1 && block.vif[2]! < 10);
  assert.equal(block.eigenvalues[2], 0);
  assert.ok(block.participationRank < 2 && block.entropyRank < 2);
});

Deno.test("factorBlock() gives a factor that stands still no part in anything", () => {
  const block = factorBlock(panelOf([1, 5, 1, 1, 5, -1, -1, 5, 1, -1, 5, -1], 3));
  assert.deepEqual([...block.correlation], [1, 0, 0, 0, 0, 0, 0, 0, 1]);
  assert.deepEqual([...block.vif], [1, Infinity, 1]);
  assert.deepEqual([block.participationRank, block.condition], [2, Infinity]);
  assert.ok(Number.isNaN(factorBlock(panelOf([5, 5, 5], 1)).entropyRank));
});

const blocks = fc.integer({ min: 2, max: 5 }).chain((k) =>
  fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 12 * k, maxLength: 12 * k })
    .map((moves) => panelOf(moves, k))
);

Deno.test("factorBlock() has ranks within its factors, entropy's above, and axes that rebuild it", () => {
  fc.assert(
    fc.property(blocks, (panel) => {
      const k = panel.factors.length, block = factorBlock(panel);
      fc.pre(block.deviation.every((sd) => sd > 0.1));
      const { participationRank, entropyRank, eigenvalues, axes, correlation, vif } = block;
      assert.ok(participationRank >= 1 - 1e-9 && entropyRank <= k + 1e-9);
      assert.ok(entropyRank >= participationRank - 1e-9);
      assert.ok(vif.every((one) => one >= 1 - 1e-9));
      for (let f = 0; f < k; ++f) {
        for (let g = 0; g < k; ++g) {
          let sum = 0;
          for (let i = 0; i < k; ++i) {
            sum += eigenvalues[i]! * axes[i * k + f]! * axes[i * k + g]!;
          }
          assert.ok(Math.abs(sum - correlation[f * k + g]!) < 1e-9);
        }
        const axis = [...axes.subarray(f * k, (f + 1) * k)];
        assert.ok(Math.max(...axis) >= Math.max(...axis.map(Math.abs)) * (1 - 1e-6));
      }
    }),
    { seed: 3, numRuns: 100 },
  );
});

Deno.test("factorBlock() of fewer than two intervals is unknown throughout", () => {
  const block = factorBlock(panelOf([1, 2], 2));
  assert.equal(block.symbols.length, 2);
  assert.equal(block.nSessions, 1);
  const { mean, deviation, eigenvalues, vif, correlation, axes } = block;
  for (const values of [mean, deviation, eigenvalues, vif]) {
    assert.deepEqual([...values], [NaN, NaN]);
  }
  for (const values of [correlation, axes]) assert.deepEqual([...values], [NaN, NaN, NaN, NaN]);
  const { participationRank, entropyRank, condition } = block;
  assert.deepEqual([participationRank, entropyRank, condition], [NaN, NaN, NaN]);
});

Deno.test("factorBlock() of a source without factors has no factor and no rank", () => {
  const block = factorBlock({
    ...{ factors: [], fromDay: new Int32Array(0), day: new Int32Array(0) },
    moves: new Float64Array(0),
  });
  assert.deepEqual(block.symbols, []);
  assert.deepEqual([block.vif.length, block.participationRank], [0, NaN]);
});
