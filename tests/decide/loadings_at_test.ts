import assert from "node:assert/strict";
import { normalDraws, randomStream } from "lib/core/random.ts";
import type { FactorPanel } from "lib/factors/factor_panel.ts";
import type { SessionMoves } from "lib/factors/session_moves.ts";
import { loadingsAt } from "lib/decide/loadings_at.ts";
import { standardErrors } from "lib/stats/coefficient_errors.ts";
import { leastSquares } from "lib/stats/least_squares.ts";
import { ridge } from "lib/stats/ridge.ts";

const S = 80, K = 4;

/** Factors of different size, the last two nearly alike. */
function panelOf(seed: number): FactorPanel {
  const next = normalDraws(randomStream(seed, "factors")), moves = new Float64Array(S * K);
  for (let s = 0; s < S; ++s) {
    for (let f = 0; f < K; ++f) moves[s * K + f] = 10 ** -f * next();
    moves[s * K + 3] = moves[s * K + 2]! + 0.002 * next();
  }
  return {
    factors: Array.from({ length: K }, (_, f) => ({
      ...{ symbol: `F${f}`, name: `Factor ${f}`, group: "rates", kind: "price" as const },
    })),
    fromDay: Int32Array.from({ length: S }, (_, s) => s),
    day: Int32Array.from({ length: S }, (_, s) => s + 1),
    moves,
  };
}

/** A contract that follows the first factor with `slope` per unit, on every session but each seventh. */
function contract(panel: FactorPanel, { slope, noise, market = 0 }: {
  readonly slope: number;
  readonly noise: number;
  readonly market?: number;
}): SessionMoves {
  const next = normalDraws(randomStream(market, "own"));
  const session = Int32Array.from({ length: S }, (_, s) => s).filter((s) => s % 7 !== 3);
  return {
    ...{ marketId: `poly:${market}`, market, session },
    move: Float64Array.from(session, (s) => slope * panel.moves[s * K]! + noise * next()),
  };
}

const eventOf = (market: number) => `event ${market}`;

Deno.test("loadingsAt() with hardly a penalty is least squares with its classical errors", () => {
  const panel = panelOf(1), own = contract(panel, { slope: 0.5, noise: 0.3 });
  const { beta, error, symbols, marketIds, eventIds } = loadingsAt(panel, [own], {
    ...{ alpha: 1e-9, eventOf },
  });
  assert.deepEqual([symbols, marketIds, eventIds], [["F0", "F1", "F2", "F3"], ["poly:0"], [
    "event 0",
  ]]);
  const n = own.session.length;
  const rows = Array.from(own.session, (s) => [...panel.moves.slice(s * K, (s + 1) * K)]);
  const fit = leastSquares(own.move, rows.flat());
  const errors = standardErrors(fit, { kind: "classical" });
  for (let f = 0; f < K; ++f) {
    const column = rows.map((row) => row[f]!), mean = column.reduce((sum, x) => sum + x, 0) / n;
    const sd = Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n);
    assert.ok(Math.abs(beta[f]! / (fit.coefficients[f + 1]! * sd) - 1) < 1e-6);
    assert.ok(Math.abs(error[f]! / (errors[f + 1]! * sd) - 1) < 1e-6);
  }
});

Deno.test("loadingsAt() has the errors that ridge estimates have over many draws of the moves", () => {
  const panel = panelOf(2), nDraws = 600, alpha = 20;
  const moves = Array.from(
    { length: nDraws },
    (_, market) => contract(panel, { slope: 0.5, noise: 1, market: market + 1 }),
  );
  const { beta, error } = loadingsAt(panel, moves, { alpha, eventOf });
  for (let f = 0; f < K; ++f) {
    const column = moves.map((_, i) => beta[i * K + f]!);
    const mean = column.reduce((sum, b) => sum + b, 0) / nDraws;
    const spread = Math.sqrt(column.reduce((sum, b) => sum + (b - mean) ** 2, 0) / (nDraws - 1));
    const said = moves.reduce((sum, _, i) => sum + error[i * K + f]!, 0) / nDraws;
    assert.ok(Math.abs(said / spread - 1) < 0.1, `${f}: ${said} for ${spread}`);
  }
});

Deno.test("loadingsAt() gives the coefficients of the ridge, each contract by itself", () => {
  const panel = panelOf(3);
  const both = [0, 1].map((market) => contract(panel, { slope: market, noise: 0.1, market }));
  const { beta, error } = loadingsAt(panel, both, { alpha: 1, eventOf });
  both.forEach((own, i) => {
    const x = Array.from(own.session, (s) => [...panel.moves.slice(s * K, (s + 1) * K)]).flat();
    const { coefficients } = ridge(Float64Array.from(x), own.move, {
      alpha: 1,
      isStandardised: true,
    });
    assert.deepEqual(beta.slice(i * K, (i + 1) * K), coefficients);
    const alone = loadingsAt(panel, [own], { alpha: 1, eventOf });
    assert.deepEqual(alone.error, error.slice(i * K, (i + 1) * K));
  });
});

Deno.test("loadingsAt() knows nothing of a factor that stands still, or of a contract that does", () => {
  const panel = panelOf(4), own = contract(panel, { slope: 1, noise: 0.1 });
  const moves = panel.moves.map((move, at) => at % K === 1 ? 0 : move);
  const { beta, error } = loadingsAt({ ...panel, moves }, [own], { alpha: 1, eventOf });
  for (const values of [beta, error]) {
    assert.deepEqual([...values].map(Number.isNaN), [false, true, false, false]);
  }
  const still = { ...own, move: own.move.map(() => 0) };
  assert.ok(loadingsAt(panel, [still], { alpha: 1, eventOf }).beta.every(Number.isNaN));
  assert.equal(loadingsAt(panel, [], { alpha: 1, eventOf }).beta.length, 0);
});
