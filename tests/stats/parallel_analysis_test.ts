import assert from "node:assert/strict";
import fc from "fast-check";
import { dayRange, panel } from "lib/core/panel.ts";
import { normalDraws, type Random, randomStream } from "lib/core/random.ts";
import { parallelAnalysis } from "lib/stats/parallel_analysis.ts";
// golden: numpy, made by tests/golden/stats/parallel_analysis.py
import golden from "../golden/stats/parallel_analysis.json" with { type: "json" };

const names = (n: number) => Array.from({ length: n }, (_, j) => `m${j}`);
const close = (found: ArrayLike<number>, wanted: readonly number[], tolerance = 1e-10) => {
  assert.equal(found.length, wanted.length);
  wanted.forEach((x, k) =>
    assert.ok(Math.abs(found[k]! - x) < tolerance, `${k}: ${found[k]} ${x}`)
  );
};

/** Normal moves, each with `loading` of one common factor. */
function made(nDays: number, n: number, { loading, name }: { loading: number; name: string }) {
  const draw = normalDraws(randomStream(7, name)), values = new Float64Array(nDays * n);
  for (let t = 0; t < nDays; ++t) {
    const common = draw();
    for (let j = 0; j < n; ++j) values[t * n + j] = loading * common + draw();
  }
  return panel(dayRange(0, nDays), names(n), values);
}

for (const shape of ["long", "wide"] as const) {
  Deno.test(`parallelAnalysis() of a ${shape} panel matches numpy`, () => {
    const { nDays, n, nShifts, moves, draws, ...wanted } = golden[shape];
    const given = panel(dayRange(0, nDays), names(n), Float64Array.from(moves));
    const before = given.values.slice();
    let next = 0;
    const random: Random = () => draws[next++]!;
    const found = parallelAnalysis(given, { nShifts, random });
    assert.equal(next, draws.length);
    close(found.eigenvalues, wanted.eigenvalues);
    close(found.nullLow, wanted.nullLow);
    close(found.nullMid, wanted.nullMid);
    close(found.nullHigh, wanted.nullHigh);
    close(found.vectors.subarray(0, n), wanted.first, 1e-8);
    close([found.effectiveNumber, found.pValue], [wanted.effectiveNumber, wanted.pValue]);
    assert.equal(found.nAbove, wanted.nAbove);
    let flip = 0;
    const signed = parallelAnalysis(given, {
      nShifts,
      null: "signed",
      random: () => wanted.flips[flip++] === "1" ? 0 : 0.9,
    });
    assert.equal(flip, nShifts * nDays * n);
    close(signed.nullHigh, wanted.signedHigh);
    close(signed.eigenvalues, wanted.eigenvalues);
    assert.deepEqual(given.values, before);
  });
}

Deno.test("parallelAnalysis() of two equal series and a third by hand", () => {
  const moves = panel(
    dayRange(0, 4),
    names(3),
    // both first are 1, 1, −1, −1 in their own units, the third 1, −1, 1, −1
    Float64Array.of(1, 10, 1, 1, 10, -1, -1, -10, 1, -1, -10, -1),
  );
  const { eigenvalues, vectors, effectiveNumber } = parallelAnalysis(moves, {
    nShifts: 3,
    random: randomStream(7, "three"),
  });
  close(eigenvalues, [2, 1, 0]);
  close(vectors.subarray(0, 3), [Math.SQRT1_2, Math.SQRT1_2, 0]);
  assert.ok(Math.abs(effectiveNumber - 9 / 5) < 1e-12);
});

Deno.test("parallelAnalysis() finds one planted factor and nothing after it", () => {
  for (const [nDays, n] of [[60, 90], [150, 40]] as const) {
    const moves = made(nDays, n, { loading: 0.7, name: `planted ${n}` });
    const found = parallelAnalysis(moves, { nShifts: 49, random: randomStream(7, `shifts ${n}`) });
    assert.equal(found.nAbove, 1, `${n}`);
    assert.equal(found.pValue, 1 / 50);
    assert.ok(found.effectiveNumber < Math.min(...found.nullEffectiveNumber));
  }
});

Deno.test("parallelAnalysis() of pure noise finds something in a twentieth of panels", () => {
  let nFound = 0;
  for (let k = 0; k < 60; ++k) {
    const moves = made(40, 30, { loading: 0, name: `noise ${k}` });
    const { nAbove } = parallelAnalysis(moves, {
      nShifts: 39,
      random: randomStream(7, `turn ${k}`),
    });
    if (nAbove > 0) ++nFound;
  }
  // 5 % of 60 and three standard errors
  assert.ok(nFound <= 8, `${nFound}`);
});

Deno.test("parallelAnalysis() takes days on which all move much for a component unless sizes stay on their days", () => {
  let nTurned = 0, nSigned = 0;
  for (let k = 0; k < 20; ++k) {
    const moves = made(60, 50, { loading: 0, name: `mondays ${k}` });
    const values = moves.values.map((x, cell) => Math.floor(cell / 50) % 5 === 0 ? 4 * x : x);
    const count = (kept: "turned" | "signed") =>
      parallelAnalysis({ ...moves, values }, {
        ...{ nShifts: 39, null: kept, random: randomStream(7, `null ${k}`) },
      }).nAbove;
    nTurned += Number(count("turned") > 0);
    nSigned += Number(count("signed") > 0);
  }
  assert.ok(nTurned >= 15, `${nTurned}`);
  // 5 % of 20 and three standard errors
  assert.ok(nSigned <= 4, `${nSigned}`);
});

Deno.test("parallelAnalysis() does not change with the unit of a series or the order of all", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999 }),
      fc.integer({ min: 4, max: 12 }),
      fc.integer({ min: 1, max: 12 }),
      (seed, nDays, n) => {
        const moves = made(nDays, n, { loading: 0.5, name: `any ${seed}` });
        const turned = panel(
          moves.days,
          moves.markets,
          moves.values.map((_, cell) => {
            const row = Math.floor(cell / n), j = n - 1 - cell % n;
            return (j % 2 === 0 ? 3 : -0.2) * moves.values[row * n + j]! + j;
          }),
        );
        const options = () => ({ nShifts: 2, random: randomStream(seed, "shift") });
        const one = parallelAnalysis(moves, options()), other = parallelAnalysis(turned, options());
        close(other.eigenvalues, [...one.eigenvalues], 1e-9);
        const sum = one.eigenvalues.reduce((total, x) => total + x, 0);
        assert.ok(Math.abs(sum - n) < 1e-9);
        assert.ok(one.effectiveNumber >= 1 - 1e-9 && one.effectiveNumber <= n + 1e-9);
        for (let k = 0; k < one.nullLow.length; ++k) {
          assert.ok(one.nullLow[k]! <= one.nullMid[k]! && one.nullMid[k]! <= one.nullHigh[k]!);
        }
      },
    ),
    { seed: 5, numRuns: 60 },
  );
});

Deno.test("parallelAnalysis() of no series has no component", () => {
  const none = parallelAnalysis(panel(dayRange(0, 5), [], new Float64Array(0)), {
    nShifts: 2,
    random: randomStream(7, "none"),
  });
  assert.deepEqual([none.eigenvalues.length, none.nAbove], [0, 0]);
  assert.ok(Number.isNaN(none.pValue) && Number.isNaN(none.effectiveNumber));
});

Deno.test("parallelAnalysis() refuses unknown moves, constants, few days and no shifts", () => {
  const random = randomStream(7, "refused");
  const of = (values: number[]) =>
    panel(dayRange(0, values.length / 2), names(2), Float64Array.from(values));
  const refused = (values: number[], message: string, nShifts = 3) =>
    assert.throws(() => parallelAnalysis(of(values), { nShifts, random }), {
      name: "RangeError",
      message,
    });
  refused(
    [1, 2, 3, NaN, 5, 6],
    'Cannot compare components as each series must be known and vary: got an unknown move of "m1"',
  );
  refused(
    [0.1, 2, 0.1, 4, 0.1, 6],
    'Cannot compare components as each series must be known and vary: got a constant of "m0"',
  );
  refused([1, 2, 3, 4], "Cannot compare components as there must be at least 3 days: got 2");
  refused(
    [1, 2, 3, 5, 5, 6],
    "Cannot compare components as nShifts must be a whole number >= 1: got 0",
    0,
  );
});
