import assert from "node:assert/strict";
import { normalDraws, randomStream } from "lib/core/random.ts";
import type { FactorPanel } from "lib/factors/factor_panel.ts";
import { loadingStability } from "lib/factors/loading_stability.ts";
import type { SessionMoves } from "lib/factors/session_moves.ts";

const N = 60, K = 2;
const draw = normalDraws(randomStream(7, "panel"));
const PANEL: FactorPanel = {
  factors: Array.from({ length: K }, (_, f) => ({
    symbol: `F${f}`,
    name: `Factor ${f}`,
    group: "rates",
    kind: "price",
  })),
  fromDay: Int32Array.from({ length: N }, (_, s) => s),
  day: Int32Array.from({ length: N }, (_, s) => s + 1),
  moves: Float64Array.from({ length: N * K }, draw),
};
const OPTIONS = { estimator: "ols", minObservationsPerFactor: 5, nShifts: 40, seed: 3 } as const;

/** A contract that is a sum of the factors, with another weight in its second half. */
function contractOf(name: string, first: readonly number[], second = first): SessionMoves {
  const move = Float64Array.from({ length: N }, (_, s) => {
    const weights = s < N / 2 ? first : second;
    return weights.reduce((sum, w, f) => sum + w * PANEL.moves[s * K + f]!, 0);
  });
  return { marketId: name, market: 0, session: Int32Array.from({ length: N }, (_, s) => s), move };
}

Deno.test("loadingStability() is whole for loadings that stay, and turned for those that turn", () => {
  const stay = [contractOf("a", [1, -1]), contractOf("b", [0.2, 3]), contractOf("c", [-2, 1])];
  const same = loadingStability(PANEL, stay, OPTIONS);
  // the factors' deviations differ a little between the halves
  assert.ok(same.correlation > 0.95 && same.signAgreement === 1, `${same.correlation}`);
  assert.deepEqual([same.nContracts, same.nPairs], [3, 6]);
  assert.deepEqual([same.correlationPercentile, same.nullCorrelation.length], [1, 40]);
  const turn = [contractOf("a", [1, -1], [-1, 1]), contractOf("b", [0.2, 3], [-0.2, -3])];
  const other = loadingStability(PANEL, turn, OPTIONS);
  assert.ok(other.correlation < -0.95 && other.signAgreement === 0);
  assert.equal(other.correlationPercentile, 0);
});

Deno.test("loadingStability() by ridge gives the same draws for the same seed", () => {
  const contracts = [contractOf("a", [1, -1]), contractOf("b", [0.2, 3])];
  const ridge = { estimator: "ridge", alphas: [60, 60], nShifts: 10, seed: 1 } as const;
  const once = loadingStability(PANEL, contracts, ridge);
  assert.deepEqual(loadingStability(PANEL, contracts, ridge), once);
  assert.ok(once.correlation > 0.95);
  const reseeded = loadingStability(PANEL, contracts, { ...ridge, seed: 2 });
  assert.notDeepEqual(reseeded.nullCorrelation, once.nullCorrelation);
  assert.equal(reseeded.correlation, once.correlation);
});

Deno.test("loadingStability() does not weigh contracts by how much they move", () => {
  const contracts = [contractOf("a", [1, -1], [1, 0]), contractOf("b", [0.2, 3], [1, 1])];
  const plain = loadingStability(PANEL, contracts, OPTIONS);
  const louder = loadingStability(
    PANEL,
    contracts.map((one, j) => ({ ...one, move: one.move.map((y) => y * 100 ** j) })),
    OPTIONS,
  );
  assert.ok(Math.abs(louder.correlation - plain.correlation) < 1e-12);
});

Deno.test("loadingStability() leaves out contracts of too few or still moves", () => {
  const short = contractOf("a", [1, 1]);
  const cut = { ...short, session: short.session.slice(0, 18), move: short.move.slice(0, 18) };
  const still = { ...short, move: short.move.map(() => 0) };
  const none = loadingStability(PANEL, [cut, still], OPTIONS);
  assert.deepEqual([none.nContracts, none.nPairs], [0, 0]);
  assert.ok([none.correlation, none.signAgreement, none.signPercentile].every(Number.isNaN));
});

Deno.test("loadingStability() refuses a contract without a penalty", () => {
  const act = () =>
    loadingStability(PANEL, [contractOf("a", [1, 1])], {
      estimator: "ridge",
      alphas: [],
      nShifts: 1,
      seed: 1,
    });
  assert.throws(act, {
    name: "RangeError",
    message: "Cannot compare halves as each of 1 contracts must have a penalty: got 0",
  });
});
