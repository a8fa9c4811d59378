import assert from "node:assert/strict";
import fc from "fast-check";
import { balancedPurity } from "lib/stats/balanced_purity.ts";
// golden: numpy with sample weights, made by tests/golden/stats/contingency_cells.py
import golden from "../golden/stats/contingency_cells.json" with { type: "json" };

Deno.test("balancedPurity() gives the purity of weighted items by numpy", () => {
  for (const { clusters, classes, balancedPurity: value } of golden.cases) {
    assert.ok(Math.abs(balancedPurity(clusters, classes) - value) < 1e-12);
  }
});

Deno.test("balancedPurity() does not rise when a large class gets larger", () => {
  // two clusters that split both classes in half
  const split = (n: number) => {
    const clusters = Array.from({ length: 2 * n + 4 }, (_, i) => i % 2);
    return balancedPurity(clusters, clusters.map((_, i) => i < 2 * n ? 0 : 1));
  };
  assert.equal(split(2), 0.5);
  assert.equal(split(200), 0.5);
});

Deno.test("balancedPurity() is between one class's share and 1, minding neither order nor names", () => {
  const labels = fc.array(
    fc.tuple(fc.integer({ min: -1, max: 4 }), fc.integer({ min: -1, max: 4 })),
    {
      minLength: 1,
      maxLength: 30,
    },
  );
  fc.assert(
    fc.property(labels, (pairs) => {
      const value = balancedPurity(pairs.map(([a]) => a), pairs.map(([, b]) => b));
      const placed = pairs.filter(([a, b]) => a >= 0 && b >= 0);
      if (placed.length === 0) return assert.equal(value, NaN);
      const nClasses = new Set(placed.map(([, b]) => b)).size;
      assert.ok(value >= 1 / nClasses - 1e-12 && value <= 1 + 1e-12);
      const turned = pairs.toReversed().map(([a, b]) => [a < 0 ? -1 : 9 - a, b < 0 ? -1 : 9 - b]);
      const again = balancedPurity(turned.map(([a]) => a!), turned.map(([, b]) => b!));
      assert.ok(Math.abs(again - value) < 1e-12);
    }),
    { seed: 7, numRuns: 200 },
  );
});
