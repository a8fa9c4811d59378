import assert from "node:assert/strict";
import fc from "fast-check";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { grangerTest } from "lib/stats/granger.ts";
// golden: statsmodels, made by tests/golden/stats/granger.py
import golden from "../golden/stats/granger.json" with { type: "json" };

const noise = (n: number, name: string) => {
  const draw = normalDraws(randomStream(7, name));
  return Float64Array.from({ length: n }, draw);
};

/** The same numbers with most of them zero, a few of them large. */
const still = (n: number, name: string) => {
  const random = randomStream(7, name);
  return noise(n, `${name} sizes`).map((x) => random() < 0.6 ? 0 : x ** 3);
};

Deno.test("grangerTest() matches statsmodels' ssr_ftest", () => {
  assert.equal(golden.cases.length, 24);
  for (const { series, lags, n, f, p } of golden.cases) {
    const { cause, effect } = golden.series[series as keyof typeof golden.series];
    const [x, y] = [Float64Array.from(cause), Float64Array.from(effect)];
    const [before, after] = [x.slice(), y.slice()];
    const found = grangerTest(x, y, { lags, minRows: 1 });
    const where = `${series}, ${lags} lags`;
    assert.equal(found.n, n, where);
    assert.ok(Math.abs(found.f / f - 1) < 1e-9, `${where}: ${found.f} for ${f}`);
    assert.ok(Math.abs(found.pValue / p - 1) < 1e-9, `${where}: ${found.pValue} for ${p}`);
    assert.deepEqual([x, y], [before, after]);
  }
});

Deno.test("grangerTest() finds who leads, not who follows", () => {
  const cause = still(300, "leader");
  const own = noise(300, "follower");
  const effect = own.map((x, t) => x + (t === 0 ? 0 : 0.8 * cause[t - 1]!));
  const leads = grangerTest(cause, effect, { lags: 2 });
  const follows = grangerTest(effect, cause, { lags: 2 });
  assert.ok(leads.pValue < 1e-10, `${leads.pValue}`);
  assert.equal(leads.shiftPValue, 1 / 201);
  assert.ok(follows.pValue > 0.05 && follows.shiftPValue > 0.05);
});

Deno.test("grangerTest() does not take what is shared at one time for a lead", () => {
  const draw = normalDraws(randomStream(7, "shared at one time"));
  let byF = 0, byTurns = 0;
  for (let k = 0; k < 200; ++k) {
    const shared = Float64Array.from({ length: 120 }, draw);
    const x = shared.map((both) => 2 * both + draw()), y = shared.map((both) => 2 * both + draw());
    const { pValue, shiftPValue } = grangerTest(x, y, { lags: 2, maxShifts: 99 });
    if (pValue <= 0.05) ++byF;
    if (shiftPValue <= 0.05) ++byTurns;
  }
  // 5 % and three standard errors of it
  assert.ok(byF <= 19 && byTurns <= 19, `${byF} ${byTurns}`);
});

Deno.test("grangerTest() of series without a lead rejects one in twenty, by F and by turns", () => {
  let byF = 0, byTurns = 0;
  const nTests = 400;
  for (let k = 0; k < nTests; ++k) {
    const found = grangerTest(still(120, `x ${k}`), still(120, `y ${k}`), {
      lags: 2,
      maxShifts: 99,
    });
    if (found.pValue <= 0.05) ++byF;
    if (found.shiftPValue <= 0.05) ++byTurns;
  }
  // three standard errors of a share of 5 % over 400 tests: 1.7 to 8.3 %
  assert.ok(byTurns >= 7 && byTurns <= 33, `by turns ${byTurns}`);
  assert.ok(byF <= 40, `by F ${byF}`);
});

Deno.test("grangerTest() fits a step where all it needs is known", () => {
  const cause = noise(40, "c"), effect = noise(40, "e");
  cause[10] = NaN;
  effect[20] = NaN;
  cause[39] = NaN;
  // of 38 steps with two before them: cause unknown on 10 loses 11 and 12, effect on 20 loses 20 to 22
  assert.equal(grangerTest(cause, effect, { lags: 2 }).n, 38 - 2 - 3);
});

Deno.test("grangerTest() does not change with unit, level or direction of either series", () => {
  const series = fc.array(fc.double({ min: -1, max: 1, noNaN: true, noDefaultInfinity: true }), {
    minLength: 40,
    maxLength: 60,
  });
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10_000 }),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom(-3, 0.01, 250),
      (seed, lags, unit) => {
        const [x, y] = [noise(60, `x${seed}`), noise(60, `y${seed}`)];
        const one = grangerTest(x, y, { lags, maxShifts: 0 });
        const other = grangerTest(x.map((v) => 1 + unit * v), y.map((v) => unit * v - 2), {
          lags,
          maxShifts: 0,
        });
        assert.ok(Math.abs(one.f - other.f) <= 1e-8 * (1 + one.f));
        assert.ok(one.pValue >= 0 && one.pValue <= 1 && Number.isNaN(one.shiftPValue));
      },
    ),
    { seed: 3, numRuns: 100 },
  );
  fc.assert(
    fc.property(series, series, (x, y) => {
      const n = Math.min(x.length, y.length);
      const { f, pValue } = grangerTest(
        Float64Array.from(x.slice(0, n)),
        Float64Array.from(y.slice(0, n)),
        { lags: 1, maxShifts: 0 },
      );
      assert.ok(Number.isNaN(f) ? Number.isNaN(pValue) : f >= 0 && pValue >= 0 && pValue <= 1);
    }),
    { seed: 3, numRuns: 100 },
  );
});

Deno.test("grangerTest() is not estimable with few steps, a constant or a copy", () => {
  const x = noise(60, "x"), y = noise(60, "y"), flat = new Float64Array(60).fill(0.3);
  const isUnknown = ({ f, pValue, shiftPValue, nShifts }: ReturnType<typeof grangerTest>) =>
    [f, pValue, shiftPValue].every(Number.isNaN) && nShifts === 0;
  assert.ok(isUnknown(grangerTest(flat, y, { lags: 2 })));
  assert.ok(isUnknown(grangerTest(x, flat, { lags: 2 })));
  assert.ok(isUnknown(grangerTest(x, x, { lags: 2 })));
  assert.ok(isUnknown(grangerTest(x.subarray(0, 26), y.subarray(0, 26), { lags: 2 })));
  assert.ok(!isUnknown(grangerTest(x.subarray(0, 27), y.subarray(0, 27), { lags: 2 })));
  assert.equal(grangerTest(new Float64Array(0), new Float64Array(0), { lags: 1 }).n, 0);
});

Deno.test("grangerTest() refuses series of different steps and senseless options", () => {
  const x = new Float64Array(3), y = new Float64Array(4);
  const refused = (run: () => void, message: string) =>
    assert.throws(run, { name: "RangeError", message });
  refused(
    () => grangerTest(x, y, { lags: 1 }),
    "Cannot test causality as both series must have the same steps: got 3 and 4",
  );
  refused(
    () => grangerTest(x, x, { lags: 0 }),
    "Cannot test causality as lags must be a whole number >= 1: got 0",
  );
  refused(
    () => grangerTest(x, x, { lags: 1, minRows: 0 }),
    "Cannot test causality as minRows must be at least 1: got 0",
  );
  refused(
    () => grangerTest(x, x, { lags: 1, maxShifts: NaN }),
    "Cannot test causality as maxShifts must be at least 0: got NaN",
  );
});
