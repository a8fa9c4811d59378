import assert from "node:assert/strict";
import { randomStream } from "lib/core/random.ts";
import { factorGram } from "lib/factors/factor_gram.ts";
import { macroFits, type MacroOptions } from "lib/factors/macro_fits.ts";
import { sessionSigns, signedNull } from "lib/factors/macro_nulls.ts";
import { macroPlan } from "lib/factors/macro_plan.ts";
import { turnWork } from "lib/factors/macro_turn.ts";
import type { SessionMoves } from "lib/factors/session_moves.ts";
// golden: scikit-learn, made by tests/golden/factors/macro_fits.py
import golden from "../golden/factors/macro_fits.json" with { type: "json" };
import { madeContract, madeContracts, madePanel, noisePanel } from "./made_factors.ts";

const ALPHAS = [0.0001, 0.001, 0.01, 0.1, 1, 10, 100, 1000];
const GRID: MacroOptions = { alphas: ALPHAS, folds: 5, shifts: 12, oosShifts: 5, seed: 1 };
const FIXED: MacroOptions = { fixedAlpha: 1, folds: 5, shifts: 12, oosShifts: 5, seed: 1 };

function assertClose(found: Float64Array, expected: ArrayLike<number>, tolerance: number): void {
  assert.equal(found.length, expected.length);
  found.forEach((x, d) =>
    assert.ok(
      Math.abs(x - expected[d]!) <= tolerance * Math.max(1, Math.abs(expected[d]!)),
      `${d}: ${x} against ${expected[d]}`,
    )
  );
}

function centred(move: Float64Array): Float64Array {
  const mean = move.reduce((sum, y) => sum + y, 0) / move.length;
  return move.map((y) => y - mean);
}

for (const [c, { contracts, k, moves, signs }] of golden.cases.entries()) {
  for (const kind of ["chosen", "fixed"] as const) {
    Deno.test(`signedNull() matches scikit-learn, case ${c}, penalty ${kind}`, () => {
      const panel = madePanel(moves, k), nSessions = panel.day.length, gram = factorGram(panel);
      const sign = Int8Array.from(signs), draws = sign.length / nSessions;
      const penalties = kind === "chosen" ? { alphas: golden.alphas } : { fixedAlpha: 1 };
      for (const { session, move, signed } of contracts) {
        const own = Int32Array.from(session);
        const plan = macroPlan(gram, own, { penalties, folds: golden.folds });
        const found = signedNull({
          ...{ plan, centred: centred(Float64Array.from(move)) },
          ...{ oosShifts: draws, work: turnWork(plan) },
        }, { session: own, signs: { draws, nSessions, sign } });
        assertClose(found.r2, signed[kind].r2, 1e-9);
        assertClose(found.r2Oos, signed[kind].r2Oos, 1e-9);
      }
    });
  }
}

const { k: K, moves: MOVES, contracts: GIVEN } = golden.cases[0]!;
const PANEL = madePanel(MOVES, K);
const CONTRACTS = GIVEN.map(({ session, move }, m) => madeContract(m, session, move));

Deno.test("macroFits() scores each draw of signs as it fits moves that have these signs", () => {
  for (const options of [GRID, FIXED]) {
    const fits = macroFits(PANEL, CONTRACTS, options);
    for (let draw = 0; draw < options.shifts; ++draw) {
      const random = randomStream(options.seed, `signs ${draw}`);
      const sign = Array.from(PANEL.day, () => random() < 0.5 ? -1 : 1);
      const signed = CONTRACTS.map((one): SessionMoves => ({
        ...one,
        move: centred(one.move).map((y, t) => sign[one.session[t]!]! * y),
      }));
      macroFits(PANEL, signed, { ...options, shifts: 0 }).forEach((own, m) => {
        const { signR2Draws, signR2Oos } = fits[m]!;
        assertClose(signR2Draws.subarray(draw, draw + 1), [own.r2], 1e-12);
        if (draw < 5) assertClose(signR2Oos.subarray(draw, draw + 1), [own.r2Oos], 1e-11);
      });
    }
    for (const { r2, signR2, signR2Draws, signR2Oos, signPercentile } of fits) {
      const below = signR2Draws.filter((draw) => draw < r2).length;
      assert.deepEqual([signR2Draws.length, signR2Oos.length], [12, 5]);
      assert.equal(signPercentile, below / 12);
      assert.ok(Math.abs(signR2 - signR2Draws.reduce((sum, x) => sum + x, 0) / 12) < 1e-15);
    }
  }
});

Deno.test("macroFits() gives contracts of the same sessions the same signs, whatever they are called", () => {
  const { session, move } = CONTRACTS[0]!;
  const twin = madeContract(9, session, move.map((y) => 4 * y));
  const [one, other] = macroFits(PANEL, [CONTRACTS[0]!, twin], GRID);
  assert.deepEqual(one!.signR2Draws, other!.signR2Draws);
  assert.notDeepEqual(one!.nullR2Draws, other!.nullR2Draws);
});

Deno.test("macroFits() gives moves with a constant added, and their complement, the same signed null", () => {
  for (const options of [GRID, FIXED]) {
    const fits = macroFits(PANEL, CONTRACTS, options);
    for (const change of [(y: number) => y + 3, (y: number) => 0.5 - y]) {
      const changed = CONTRACTS.map((one) => ({ ...one, move: one.move.map(change) }));
      macroFits(PANEL, changed, options).forEach((fit, m) => {
        assertClose(fit.signR2Draws, fits[m]!.signR2Draws, 1e-9);
        assertClose(fit.signR2Oos, fits[m]!.signR2Oos, 1e-9);
      });
    }
  }
});

Deno.test("sessionSigns() are as often up as down, and the first of many draws are those of few", () => {
  const { sign } = sessionSigns(400, { draws: 50, seed: 3 });
  const sum = sign.reduce((total, one) => total + one, 0);
  assert.ok(sign.every((one) => Math.abs(one) === 1));
  // four standard errors of a sum of 20,000 signs
  assert.ok(Math.abs(sum) < 4 * Math.sqrt(sign.length), `${sum}`);
  assert.deepEqual(sessionSigns(400, { draws: 7, seed: 3 }).sign, sign.slice(0, 2800));
  assert.notDeepEqual(sessionSigns(400, { draws: 50, seed: 4 }).sign, sign);
});

Deno.test("macroFits() does not take busy days that factors and contracts share for a finding", () => {
  const quiet = noisePanel(120, 12, 31);
  const busy = (s: number) => s % 5 === 0 ? 5 : 1;
  const moves = quiet.moves.map((x, at) => busy(Math.floor(at / 12)) * x);
  const contracts = madeContracts(quiet, { count: 200, n: 60, beta: 0, seed: 32 })
    .map((one) => ({ ...one, move: one.move.map((y, t) => busy(one.session[t]!) * y) }));
  const fits = macroFits({ ...quiet, moves }, contracts, { ...FIXED, shifts: 59 });
  const above = (of: "nullPercentile" | "signPercentile") =>
    fits.filter((fit) => fit[of] > 0.95).length / fits.length;
  assert.ok(above("nullPercentile") > 0.2, `${above("nullPercentile")}`);
  // three standard errors of a share of 5 %
  assert.ok(above("signPercentile") < 0.1, `${above("signPercentile")}`);
});

Deno.test("macroFits() has no signs of moves that do not vary, and skips draws that leave none", () => {
  const flat = madeContract(0, CONTRACTS[0]!.session, new Float64Array(50).fill(0.1));
  const pair = madeContract(1, [4, 9], [0.2, 0.6]);
  const [still, two] = macroFits(PANEL, [flat, pair], FIXED);
  assert.deepEqual([still!.signR2Draws.length, still!.signR2Oos.length], [0, 0]);
  assert.ok(Number.isNaN(still!.signR2) && Number.isNaN(still!.signPercentile));
  const known = two!.signR2Draws.filter((r2) => !Number.isNaN(r2));
  assert.ok(known.length > 0 && known.length < 12, `${known.length}`);
  // two moves with unlike signs are the moves again, or their complement
  assertClose(known, new Float64Array(known.length).fill(two!.r2), 1e-12);
  assert.ok(Math.abs(two!.signR2 - two!.r2) < 1e-12);
});
