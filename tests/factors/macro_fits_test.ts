import assert from "node:assert/strict";
import fc from "fast-check";
import type { FactorPanel } from "lib/factors/factor_panel.ts";
import type { MacroFit } from "lib/factors/macro_fit.ts";
import { macroFits, type MacroOptions } from "lib/factors/macro_fits.ts";
import type { SessionMoves } from "lib/factors/session_moves.ts";
// golden: scikit-learn and statsmodels, made by tests/golden/factors/macro_fits.py
import golden from "../golden/factors/macro_fits.json" with { type: "json" };
import { madeContract, madePanel } from "./made_factors.ts";

const ALPHAS = [0.0001, 0.001, 0.01, 0.1, 1, 10, 100, 1000];
const GRID: MacroOptions = { alphas: ALPHAS, folds: 5, shifts: 30, oosShifts: 10, seed: 1 };
const FIXED: MacroOptions = { fixedAlpha: 1, folds: 5, shifts: 30, oosShifts: 10, seed: 1 };
const SINGLE: MacroOptions = { fixedAlpha: 1, folds: 0, shifts: 0, oosShifts: 0, seed: 1 };

type Numbers = Exclude<keyof MacroFit, "marketId">;
type Expected = Readonly<Partial<Record<Numbers, number | null | readonly number[]>>>;

/** Each number within a share of the larger, or of 1 where both are small. */
function assertNear(fit: MacroFit, expected: Expected, tolerance: number): void {
  for (const [key, value] of Object.entries(expected)) {
    const found = fit[key as Numbers];
    const theirs = Array.isArray(value) ? value : [value ?? NaN];
    const ours = typeof found === "number" ? [found] : [...found];
    assert.equal(ours.length, theirs.length, key);
    theirs.forEach((x, i) => {
      const isNear = Number.isNaN(x)
        ? Number.isNaN(ours[i]!)
        : Math.abs(ours[i]! - x) <= tolerance * Math.max(1, Math.abs(x));
      assert.ok(isNear, `${fit.marketId} ${key} ${i}: ${ours[i]} against ${x}`);
    });
  }
}

/** The numbers of a fit but its name. */
function numbersOf({ marketId: _, ...numbers }: MacroFit): Expected {
  return Object.fromEntries(
    Object.entries(numbers).map(([key, x]) => [key, typeof x === "number" ? x : [...x]]),
  );
}

function goldenCase(c: number): { panel: FactorPanel; contracts: SessionMoves[] } {
  const { k, moves, contracts } = golden.cases[c]!;
  return {
    panel: madePanel(moves, k),
    contracts: contracts.map(({ session, move }, m) => madeContract(m, session, move)),
  };
}

for (const [c, { contracts: theirs, k }] of golden.cases.entries()) {
  for (const kind of ["chosen", "fixed"] as const) {
    Deno.test(`macroFits() matches scikit-learn, ${k} factors, penalty ${kind}`, () => {
      const { panel, contracts } = goldenCase(c);
      const penalty = kind === "chosen" ? { alphas: golden.alphas } : { fixedAlpha: 1 };
      // so many shifts are all there are, in whatever order
      const all = { folds: golden.folds, shifts: 1000, oosShifts: 1000, seed: 1 };
      macroFits(panel, contracts, { ...penalty, ...all }).forEach((fit, m) => {
        const { predicted, ...expected } = theirs[m]![kind];
        const first = fit.n - predicted.length;
        assert.equal(first, Math.floor(fit.n / golden.folds));
        const sorted = { ...fit, nullR2Oos: fit.nullR2Oos.toSorted() };
        const padded = [...new Array<number>(first).fill(NaN), ...predicted];
        assertNear(sorted, { ...expected, predicted: padded }, 1e-9);
      });
    });
  }
}

Deno.test("macroFits() chooses the penalty that scikit-learn's GridSearchCV does", () => {
  let nSearched = 0;
  golden.cases.forEach(({ contracts: theirs }, c) => {
    const { panel, contracts } = goldenCase(c);
    macroFits(panel, contracts, GRID).forEach(({ alpha, n }, m) => {
      if (theirs[m]!.searched === null) return;
      assert.ok(Math.abs(alpha / n / theirs[m]!.searched! - 1) < 1e-12);
      ++nSearched;
    });
  });
  assert.equal(nSearched, 4);
});

Deno.test("macroFits() fits once by Cholesky what it fits with folds by eigenvectors", () => {
  for (const fixedAlpha of [0, 0.01, 1, 100]) {
    for (const c of [0, 1]) {
      const { panel, contracts } = goldenCase(c);
      const planned = macroFits(panel, contracts, { ...FIXED, fixedAlpha });
      macroFits(panel, contracts, { ...SINGLE, fixedAlpha }).forEach((fit, m) => {
        const { n, alpha, df, r2, r2Adjusted, residualAutocorrelation, beta } = planned[m]!;
        // without a penalty near copies of a factor share what they explain at random
        const sure = fixedAlpha === 0 ? {} : { beta: [...beta], residualAutocorrelation };
        assertNear(fit, { n, alpha, df, r2, r2Adjusted, ...sure }, 1e-9);
        assert.ok([fit.r2Oos, fit.nullR2, fit.nullPercentile].every(Number.isNaN));
      });
    }
  }
});

const { panel: PANEL, contracts: CONTRACTS } = goldenCase(0);

Deno.test("macroFits() does not depend on a factor's unit", () => {
  const fits = macroFits(PANEL, CONTRACTS, GRID), k = PANEL.factors.length;
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: k - 1 }),
      fc.double({ min: 1e-4, max: 1e4, noNaN: true }),
      (f, scale) => {
        const moves = PANEL.moves.map((x, at) => at % k === f ? x * scale : x);
        macroFits({ ...PANEL, moves }, CONTRACTS, GRID).forEach((fit, m) =>
          assertNear(fit, numbersOf(fits[m]!), 1e-9)
        );
      },
    ),
    { seed: 7, numRuns: 20 },
  );
});

Deno.test("macroFits() turns loadings and predictions of a complement, and nothing else", () => {
  for (const options of [GRID, FIXED, SINGLE]) {
    const complements = CONTRACTS.map((one) => ({ ...one, move: one.move.map((y) => -y) }));
    const fits = macroFits(PANEL, CONTRACTS, options);
    macroFits(PANEL, complements, options).forEach((fit, m) => {
      const { beta, predicted, ...rest } = numbersOf(fits[m]!);
      const turned = (values: unknown) => (values as number[]).map((x) => -x);
      const expected = { ...rest, beta: turned(beta), predicted: turned(predicted) };
      assert.deepEqual(numbersOf(fit), expected);
    });
  }
});

Deno.test("macroFits() fits each contract by itself", () => {
  for (const options of [GRID, FIXED, SINGLE]) {
    const { session, move } = CONTRACTS[0]!;
    const sharing = madeContract(8, session, move.toReversed());
    const isKept = (_: number, t: number) => t !== 20;
    const ends = madeContract(9, session.filter(isKept), move.filter(isKept));
    const all = [...CONTRACTS, sharing, ends];
    const apart = all.toReversed().map((contract) => macroFits(PANEL, [contract], options)[0]!);
    assert.deepEqual(macroFits(PANEL, all, options), apart.toReversed());
  }
});

Deno.test("macroFits() predicts no fold from moves or factors of it or after it", () => {
  const contract = CONTRACTS[0]!, n = contract.move.length, k = PANEL.factors.length;
  for (const options of [GRID, FIXED]) {
    const [fit] = macroFits(PANEL, [contract], options);
    for (let j = 1; j < 5; ++j) {
      const from = j * n / 5, to = (j + 1) * n / 5;
      const before = [...fit!.predicted.subarray(n / 5, from)];
      const own = [...fit!.predicted.subarray(from, to)];
      const later = contract.move.map((y, t) => t < from ? y : 7 - 3 * y);
      const [moved] = macroFits(PANEL, [{ ...contract, move: later }], options);
      // the fold itself is predicted from factors of its own days, never from its moves
      [...before, ...own].forEach((y, t) =>
        assert.ok(Math.abs(moved!.predicted[n / 5 + t]! - y) < 1e-9)
      );
      const poisoned = PANEL.moves.map((x, at) =>
        Math.floor(at / k) < contract.session[from]! ? x : -5 * x + 1
      );
      const [strange] = macroFits({ ...PANEL, moves: poisoned }, [contract], options);
      before.forEach((y, t) => assert.ok(Math.abs(strange!.predicted[n / 5 + t]! - y) < 1e-9));
      assert.ok(own.some((y, t) => Math.abs(strange!.predicted[from + t]! - y) > 1e-6));
    }
  }
});

Deno.test("macroFits() scores its predictions against the mean of the moves before each fold", () => {
  const [{ predicted, r2Oos, n }] = macroFits(PANEL, CONTRACTS, GRID) as [MacroFit];
  const { move } = CONTRACTS[0]!;
  let errors = 0, benchmark = 0;
  for (let t = n / 5; t < n; ++t) {
    const seen = move.subarray(0, Math.floor(t / (n / 5)) * n / 5);
    errors += (move[t]! - predicted[t]!) ** 2;
    benchmark += (move[t]! - seen.reduce((sum, y) => sum + y, 0) / seen.length) ** 2;
  }
  assert.ok(Math.abs(1 - errors / benchmark - r2Oos) < 1e-12);
});

Deno.test("macroFits() scores an overwhelming penalty 0 out of sample", () => {
  const [fit] = macroFits(PANEL, CONTRACTS, { ...GRID, alphas: [1e15] });
  assertNear(fit!, { r2: 0, r2Oos: 0, df: 0, beta: [0, 0, 0, 0, 0, 0, 0] }, 1e-9);
});

Deno.test("macroFits() gives a factor that stands still no loading", () => {
  const k = PANEL.factors.length;
  const moves = PANEL.moves.map((x, at) => at % k === 2 ? 0.1 : x);
  const without = madePanel(PANEL.moves.filter((_, at) => at % k !== 2), k - 1);
  for (const options of [GRID, FIXED, SINGLE]) {
    const expected = macroFits(without, CONTRACTS, options);
    macroFits({ ...PANEL, moves }, CONTRACTS, options).forEach((fit, m) => {
      assert.equal(fit.beta[2], 0);
      const beta = fit.beta.filter((_, f) => f !== 2);
      assertNear({ ...fit, beta }, numbersOf(expected[m]!), 1e-9);
    });
  }
});

Deno.test("macroFits() says NaN of moves that never vary and of contracts too short", () => {
  const flat = madeContract(0, CONTRACTS[0]!.session, new Float64Array(50).fill(0.1));
  const single = madeContract(1, [4], [0.2]), none = madeContract(2, [], []);
  const short = madeContract(3, [4, 5, 6, 7, 8], [1, 2, 0, 3, 1]);
  for (const options of [GRID, FIXED, SINGLE]) {
    const fits = macroFits(PANEL, [flat, single, none, short], options);
    for (const { r2, r2Adjusted, r2Oos, nullR2, nullPercentile } of fits.slice(0, 3)) {
      assert.ok([r2, r2Adjusted, r2Oos, nullR2, nullPercentile].every(Number.isNaN));
    }
    assert.ok(fits[0]!.beta.every((b) => b === 0));
    assert.ok(fits[1]!.beta.every(Number.isNaN) && fits[2]!.n === 0);
    // five moves cannot fill five folds twice, so nothing is chosen
    assert.ok(Number.isNaN(fits[3]!.r2Oos) && fits[3]!.r2 >= 0);
    assert.equal(fits[3]!.alpha, "alphas" in options ? 5000 : 1);
  }
  assert.deepEqual(macroFits(PANEL, [], GRID), []);
});

Deno.test("macroFits() refuses options and moves that it cannot use", () => {
  const { session, move } = CONTRACTS[0]!;
  const fails = (options: object, contract: object, message: string) =>
    assert.throws(
      () => macroFits(PANEL, [{ ...CONTRACTS[0]!, ...contract }], { ...GRID, ...options }),
      { name: "RangeError", message: `Cannot fit macro factors ${message}` },
    );
  fails({ alphas: [] }, {}, "as alphas must name a penalty: got none");
  fails({ alphas: [1, 0] }, {}, "as alphas must be numbers > 0: got 1, 0");
  fails({ fixedAlpha: -1 }, {}, "as fixedAlpha must be a number >= 0: got -1");
  fails({ folds: 1 }, {}, "as folds must be 0 or a whole number >= 2: got 1");
  fails({ shifts: 0.5 }, {}, "as shifts must be a whole number >= 0: got 0.5");
  fails({ oosShifts: -1 }, {}, "as oosShifts must be a whole number >= 0: got -1");
  fails({}, { move: move.slice(1) }, 'of "poly:0" as each session must have a move: got 50 and 49');
  fails(
    {},
    { session: session.toReversed() },
    'of "poly:0" as sessions must be increasing intervals of 100: got others',
  );
  fails(
    {},
    { session: session.map((s) => s + 21) },
    'of "poly:0" as sessions must be increasing intervals of 100: got others',
  );
  fails({}, { move: move.with(3, NaN) }, 'of "poly:0" as moves must be known: got NaN');
});
