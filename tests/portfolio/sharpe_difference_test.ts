import assert from "node:assert/strict";
import fc from "fast-check";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { sharpeDifference } from "lib/portfolio/sharpe_difference.ts";
import { goldenAssets, isNear, studied } from "./made_assets.ts";
// golden: numpy and scipy after Ledoit & Wolf 2008, made by tests/golden/portfolio/portfolios.py
import golden from "../golden/portfolio/portfolios.json" with { type: "json" };

Deno.test("sharpeDifference() has the error of Ledoit & Wolf's four moments", () => {
  const assets = goldenAssets(), measured = studied(assets);
  const excess = (key: string) =>
    measured.find(({ portfolio }) => portfolio.mixture.key === key)!.series.excess;
  const seen = sharpeDifference(excess("base_baskets"), excess("base_cash"), {
    perYear: assets.sessionsPerYear,
  });
  const { value, error, normalError, pValue, lag } = golden.difference;
  assert.equal(seen.lag, lag);
  assert.ok(isNear(seen.value, value, 1e-10));
  assert.ok(isNear(seen.error, error, 1e-9));
  assert.ok(isNear(seen.normalError, normalError, 1e-9));
  assert.ok(isNear(seen.pValue, pValue, 1e-9));
});

const series = (seed: number, n: number) => {
  const draw = normalDraws(randomStream(seed, "excess"));
  return Float64Array.from({ length: n }, () => 0.01 * draw());
};

Deno.test("sharpeDifference() changes its sign and nothing else when the two change places", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 10, max: 90 }), (seed, n) => {
      const [a, b] = [series(seed, n), series(seed + 1, n)];
      const one = sharpeDifference(a, b, { perYear: 250 });
      const other = sharpeDifference(b, a, { perYear: 250 });
      assert.ok(isNear(one.value, -other.value, 1e-12) && isNear(one.error, other.error, 1e-12));
      assert.ok(isNear(one.pValue, other.pValue, 1e-12));
      // a ratio does not know the scale
      const scaled = sharpeDifference(a.map((x) => 3 * x), b, { perYear: 250 });
      assert.ok(isNear(scaled.value, one.value, 1e-11) && isNear(scaled.error, one.error, 1e-11));
    }),
    { seed: 7, numRuns: 50 },
  );
});

Deno.test("sharpeDifference() rejects a true zero about one time in twenty", () => {
  let rejected = 0;
  for (let k = 0; k < 400; ++k) {
    const { pValue } = sharpeDifference(series(k, 250), series(k + 1000, 250), { perYear: 250 });
    if (pValue < 0.05) ++rejected;
  }
  assert.ok(rejected >= 8 && rejected <= 36, String(rejected));
});

Deno.test("sharpeDifference() of cash, of unknown rates and of two sessions is unknown", () => {
  const cases = [
    [new Float64Array(30), series(1, 30)],
    [series(1, 30), new Float64Array(30).fill(NaN)],
    [series(1, 2), series(2, 2)],
  ] as const;
  for (const [a, b] of cases) {
    const { value, error, pValue } = sharpeDifference(a, b, { perYear: 250 });
    assert.deepEqual([value, error, pValue], [NaN, NaN, NaN]);
  }
});

Deno.test("sharpeDifference() refuses series of different sessions", () => {
  assert.throws(() => sharpeDifference(series(1, 5), series(1, 6), { perYear: 250 }), {
    name: "RangeError",
    message:
      "Cannot compare Sharpe ratios as both series must have the same sessions: got 5 and 6 returns",
  });
});
