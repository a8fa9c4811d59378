import { normalDraws, randomStream } from "lib/core/random.ts";
import type { FactorPanel } from "lib/factors/factor_panel.ts";
import { macroFits } from "lib/factors/macro_fits.ts";
import type { SessionMoves } from "lib/factors/session_moves.ts";
import { ridge } from "lib/stats/ridge.ts";
import { centredMoments, deviations } from "lib/stats/ridge_path.ts";

const SESSIONS = 800, ALPHAS = [0.0001, 0.001, 0.01, 0.1, 1, 10, 100, 1000], FOLDS = 5;
const SINGLE = { fixedAlpha: 1, folds: 0, shifts: 0, oosShifts: 0, seed: 1 };

/** Normal factors, and contracts on runs of 30 to 400 sessions, about 100 in the middle. */
function made(count: number, k: number): { panel: FactorPanel; contracts: SessionMoves[] } {
  const normal = normalDraws(randomStream(1, `bench ${count} × ${k}`));
  const random = randomStream(1, "starts");
  const days = Int32Array.from({ length: SESSIONS }, (_, s) => s);
  const panel: FactorPanel = {
    factors: Array.from({ length: k }, (_, f) => ({
      symbol: `F${f}`,
      name: `Factor ${f}`,
      group: "US equity",
      kind: "price",
    })),
    fromDay: days,
    day: days.map((s) => s + 1),
    moves: Float64Array.from({ length: SESSIONS * k }, () => 0.01 * normal()),
  };
  const contracts = Array.from({ length: count }, (_, market): SessionMoves => {
    const n = Math.round(Math.max(30, Math.min(400, 100 * Math.exp(0.6 * normal()))));
    const from = Math.floor(random() * (SESSIONS - n + 1));
    return {
      marketId: `poly:${market}`,
      market,
      session: Int32Array.from({ length: n }, (_, t) => from + t),
      move: Float64Array.from({ length: n }, () => 0.1 * normal()),
    };
  });
  return { panel, contracts };
}

function rowsOf({ moves }: FactorPanel, { session }: SessionMoves, k: number): Float64Array {
  return moves.slice(session[0]! * k, (session.at(-1)! + 1) * k);
}

for (const [count, k] of [[300, 9], [2205, 9], [2205, 41]] as const) {
  const { panel, contracts } = made(count, k);
  const group = `macro model ${count} × ${k}, one penalty`;
  Deno.bench({ name: `${group}, ridge() each`, group, baseline: true }, () => {
    for (const contract of contracts) {
      ridge(rowsOf(panel, contract, k), contract.move, { alpha: 1, isStandardised: true });
    }
  });
  Deno.bench({ name: `${group}, macroFits()`, group }, () => {
    macroFits(panel, contracts, SINGLE);
  });
}

/** Every penalty on every fold, each by a regression of its own; returns the R² of the best. */
function searchedR2(x: Float64Array, y: Float64Array, k: number): number {
  const n = y.length, errors = new Float64Array(ALPHAS.length);
  for (let j = 1; j < FOLDS; ++j) {
    const from = Math.floor(j * n / FOLDS), to = Math.floor((j + 1) * n / FOLDS);
    const moments = centredMoments(x.subarray(0, from * k), k), deviation = deviations(moments);
    const z = x.map((value, at) => (value - moments.mean[at % k]!) / deviation[at % k]!);
    ALPHAS.forEach((perMove, a) => {
      const options = { alpha: perMove * from, isStandardised: false };
      const before = ridge(z.subarray(0, from * k), y.subarray(0, from), options);
      for (let t = from; t < to; ++t) {
        let error = y[t]! - before.intercept;
        for (let f = 0; f < k; ++f) error -= before.coefficients[f]! * z[t * k + f]!;
        errors[a]! += error * error;
      }
    });
  }
  const best = ALPHAS[errors.indexOf(Math.min(...errors))]!;
  return ridge(x, y, { alpha: best * n, isStandardised: true }).r2;
}

for (const [count, k, shifts] of [[4, 9, 10], [4, 41, 10], [8, 41, 10]] as const) {
  const { panel, contracts } = made(count, k);
  const group = `macro model ${count} × ${k}, ${ALPHAS.length} penalties, ${shifts} shifts`;
  Deno.bench({ name: `${group}, ridge() each`, group, baseline: true, n: 3, warmup: 1 }, () => {
    for (const contract of contracts) {
      const x = rowsOf(panel, contract, k), { move } = contract;
      for (let shift = 0; shift <= shifts; ++shift) {
        const turned = move.map((_, t) => move[(t + shift) % move.length]!);
        searchedR2(x, turned, k);
      }
    }
  });
  Deno.bench({ name: `${group}, macroFits()`, group }, () => {
    macroFits(panel, contracts, {
      alphas: ALPHAS,
      folds: FOLDS,
      shifts,
      oosShifts: shifts,
      seed: 1,
    });
  });
}
