import assert from "node:assert/strict";
import fc from "fast-check";
import { randomStream } from "lib/core/random.ts";
import { roundedZeroShare } from "lib/universe/rounded_moves.ts";
// golden: scipy's integrate.quad and optimize.brentq, made by tests/golden/universe/price_nulls.py
import golden from "../golden/universe/price_nulls.json" with { type: "json" };

Deno.test("roundedZeroShare() matches scipy's integral at the root of the mean size", () => {
  for (const [m, share] of golden.rounded.of_mean_size as [number, number][]) {
    assert.ok(Math.abs(roundedZeroShare(m) - share) < 1e-10, `m = ${m}`);
  }
});

Deno.test("roundedZeroShare() finds the share of zeros of moves that really were rounded", () => {
  const random = randomStream(7, "rounded moves");
  for (const size of [0.6, 1.5, 4]) {
    let zeros = 0, path = 0;
    const n = 60_000;
    for (let i = 0; i < n; ++i) {
      const from = 50 + random();
      const laplace = (random() < 0.5 ? -size : size) * Math.log(1 - random());
      const move = Math.abs(Math.round(from + laplace) - Math.round(from));
      path += move;
      if (move === 0) ++zeros;
    }
    // four standard errors of a share of 60,000 draws
    assert.ok(Math.abs(roundedZeroShare(path / (n - zeros)) - zeros / n) < 0.0082, `${size}`);
  }
});

Deno.test("roundedZeroShare() falls with the size of the moves and joins its far end smoothly", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1.0001, max: 9000, noNaN: true }),
      fc.double({ min: 1, max: 3, noNaN: true }),
      (m, factor) => {
        const share = roundedZeroShare(m);
        assert.ok(share > 0 && share < 1);
        assert.ok(roundedZeroShare(m * factor) <= share + 1e-12);
      },
    ),
    { seed: 7 },
  );
  assert.ok(Math.abs(roundedZeroShare(1e6) / roundedZeroShare(1e6 + 1) - 1) < 1e-4);
});

Deno.test("roundedZeroShare() gives NaN at one step or less", () => {
  assert.deepEqual([1, 0.5, 0, NaN].map(roundedZeroShare), [NaN, NaN, NaN, NaN]);
});
