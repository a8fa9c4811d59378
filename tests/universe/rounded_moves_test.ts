import assert from "node:assert/strict";
import fc from "fast-check";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { roundedMoves, zeroShareOfSpread } from "lib/universe/rounded_moves.ts";
// golden: scipy's integrate.quad and optimize.brentq, made by tests/golden/universe/price_nulls.py
import golden from "../golden/universe/price_nulls.json" with { type: "json" };

Deno.test("zeroShareOfSpread() matches scipy's integral", () => {
  for (const [s, share] of golden.rounded.of_spread as [number, number][]) {
    assert.ok(Math.abs(zeroShareOfSpread(s) - share) < 1e-11, `s = ${s}`);
  }
});

Deno.test("roundedMoves() matches scipy's root of the mean size", () => {
  const { zeroShare } = roundedMoves();
  // the table interpolates: 1e-5 of a share
  for (const [m, share] of golden.rounded.of_mean_size as [number, number][]) {
    assert.ok(Math.abs(zeroShare(m) - share) < 1e-5, `m = ${m}: ${zeroShare(m)} and ${share}`);
  }
});

Deno.test("roundedMoves() finds the share of zeros of moves that really were rounded", () => {
  const random = randomStream(7, "rounded moves"), normal = normalDraws(random);
  for (const s of [0.6, 1.5, 4]) {
    let zeros = 0, path = 0;
    const n = 60_000;
    for (let i = 0; i < n; ++i) {
      const from = 50 + random();
      const move = Math.abs(Math.round(from + s * normal()) - Math.round(from));
      path += move;
      if (move === 0) ++zeros;
    }
    // four standard errors of a share of 60,000 draws
    assert.ok(Math.abs(roundedMoves().zeroShare(path / (n - zeros)) - zeros / n) < 0.0082, `${s}`);
  }
});

Deno.test("roundedMoves() falls with the size of the moves and joins its far end smoothly", () => {
  const { zeroShare } = roundedMoves();
  fc.assert(
    fc.property(
      fc.double({ min: 1.0001, max: 9000, noNaN: true }),
      fc.double({ min: 1, max: 3, noNaN: true }),
      (m, factor) => {
        const share = zeroShare(m);
        assert.ok(share > 0 && share < 1);
        assert.ok(zeroShare(m * factor) <= share + 1e-12);
      },
    ),
    { seed: 7 },
  );
  assert.ok(Math.abs(zeroShare(1e6) * Math.PI * 1e6 - 1) < 1e-12);
});

Deno.test("roundedMoves() gives NaN at one step or less", () => {
  const { zeroShare } = roundedMoves();
  assert.deepEqual([1, 0.5, 0, NaN].map(zeroShare), [NaN, NaN, NaN, NaN]);
});
