import assert from "node:assert/strict";
import { nullQuantiles } from "lib/core/null_percentile.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { cellAt } from "lib/core/table.ts";
import type { FactorPanel } from "lib/factors/factor_panel.ts";
import { halfDesign, halfScores } from "lib/factors/half_scores.ts";
import { loadingStability, loadingStabilityTable } from "lib/factors/loading_stability.ts";
import type { SessionMoves } from "lib/factors/session_moves.ts";
import { madeContract, madeContracts, madePanel, noisePanel } from "./made_factors.ts";

const N = 60, K = 2;
const PANEL: FactorPanel = noisePanel(N, K, 7);
const SESSION = Int32Array.from({ length: N }, (_, s) => s);
const OPTIONS = {
  estimator: "ols",
  minObservationsPerFactor: 5,
  nShifts: 40,
  seed: 3,
  themeOf: () => "rates",
} as const;

/** A contract that is a sum of the factors and a little noise, with other weights in its second half. */
function contractOf(
  market: number,
  first: readonly number[],
  second = first,
): SessionMoves {
  const normal = normalDraws(randomStream(market, "contract"));
  return madeContract(
    market,
    SESSION,
    Array.from(SESSION, (s) => {
      const weights = s < N / 2 ? first : second;
      return weights.reduce((sum, w, f) => sum + w * PANEL.moves[s * K + f]!, 0.3 * normal());
    }),
  );
}

Deno.test("halfScores() are slopes over their errors, by hand", () => {
  // moves 1, 0, −1, 2 on a factor of 1, −1, −1, 1: slope 1, rests ±0.5, error √(1/2)/√4
  const panel = madePanel([1, -1, -1, 1], 1);
  const half = halfDesign(panel, Int32Array.of(0, 1, 2, 3), {
    ...OPTIONS,
    minObservationsPerFactor: 1,
  })!;
  const scores = new Float64Array(1);
  assert.ok(halfScores(half, Float64Array.of(1, 0, -1, 2), scores));
  assert.ok(Math.abs(scores[0]! - 1 / (Math.sqrt(1 / 2) / 2)) < 1e-12);
  // whatever the size of the moves, and with their mean taken off
  assert.ok(halfScores(half, Float64Array.of(107, 100, 93, 114), scores));
  assert.ok(Math.abs(scores[0]! - 2 * Math.SQRT2) < 1e-9);
  // a ridge of 4 halves the slope: rests 1 and 0 twice, over the spare of 3 less its leverage
  const ridge = halfDesign(panel, Int32Array.of(0, 1, 2, 3), { estimator: "ridge", alpha: 4 })!;
  assert.ok(halfScores(ridge, Float64Array.of(1, 0, -1, 2), scores));
  assert.ok(Math.abs(scores[0]! - 0.5 / (Math.sqrt(2 / ridge.spare) / 4)) < 1e-12);
});

Deno.test("halfScores() are not known for moves that stand still or leave no rest", () => {
  const half = halfDesign(PANEL, SESSION.subarray(0, 30), OPTIONS)!, scores = new Float64Array(K);
  assert.equal(halfScores(half, new Float64Array(30), scores), false);
  assert.equal(halfScores(half, new Float64Array(30).fill(0.1), scores), false);
  const exact = Float64Array.from({ length: 30 }, (_, s) => 1 + 2 * PANEL.moves[s * K]!);
  assert.equal(halfScores(half, exact, scores), false);
});

Deno.test("loadingStability() is whole for loadings that stay, and turned for those that turn", () => {
  const stay = [contractOf(1, [1, -1]), contractOf(2, [0.2, 3]), contractOf(3, [-2, 1])];
  const same = loadingStability(PANEL, stay, OPTIONS);
  assert.ok(same.all.correlation > 0.9 && same.signAgreement === 1, `${same.all.correlation}`);
  assert.deepEqual(
    [same.all.nContracts, same.all.percentile, same.nullCorrelation.length],
    [3, 1, 40],
  );
  assert.equal(same.all.nullHigh, nullQuantiles(same.nullCorrelation, [0.95])[0]);
  // three contracts are no theme
  assert.deepEqual([same.themes, same.strongest], [[], null]);
  const turn = [contractOf(1, [1, -1], [-1, 1]), contractOf(2, [0.2, 3], [-0.2, -3])];
  const other = loadingStability(PANEL, turn, OPTIONS);
  assert.ok(other.all.correlation < -0.9 && other.signAgreement === 0);
  assert.equal(other.all.percentile, 0);
});

Deno.test("loadingStability() by ridge gives the same draws for the same seed", () => {
  const contracts = [contractOf(1, [1, -1]), contractOf(2, [0.2, 3])];
  const ridge = { ...OPTIONS, estimator: "ridge", alphas: [60, 60], nShifts: 10 } as const;
  const once = loadingStability(PANEL, contracts, ridge);
  assert.deepEqual(loadingStability(PANEL, contracts, ridge), once);
  assert.ok(once.all.correlation > 0.9);
  const reseeded = loadingStability(PANEL, contracts, { ...ridge, seed: 2 });
  assert.notDeepEqual(reseeded.nullCorrelation, once.nullCorrelation);
  assert.equal(reseeded.all.correlation, once.all.correlation);
});

Deno.test("loadingStability() does not weigh contracts by how much they move or how badly they are known", () => {
  const contracts = [contractOf(1, [1, -1], [1, 0]), contractOf(2, [0.2, 3], [1, 1])];
  const plain = loadingStability(PANEL, contracts, OPTIONS);
  const louder = loadingStability(
    PANEL,
    contracts.map((one, j) => ({ ...one, move: one.move.map((y) => y * 100 ** j) })),
    OPTIONS,
  );
  assert.ok(Math.abs(louder.all.correlation - plain.all.correlation) < 1e-9);
  // forty contracts of small loadings that stay among four whose noise is fifty times as large
  const clear = madeContracts(PANEL, { count: 40, n: N, beta: 1, seed: 5 })
    .map((one, j) => j % 2 === 0 ? one : { ...one, move: one.move.map((y) => -y) });
  const loud = madeContracts(PANEL, { count: 4, n: N, beta: 0, seed: 6 })
    .map((one) => ({ ...one, move: one.move.map((y) => 50 * y) }));
  assert.ok(loadingStability(PANEL, [...clear, ...loud], OPTIONS).all.correlation > 0.6);
});

const WIDE = noisePanel(200, 5, 13);
/** Contracts of a theme, every other one against the first factor. */
function themed(theme: string, { beta, seed }: { beta: number; seed: number }): SessionMoves[] {
  return madeContracts(WIDE, { count: 24, n: 120, beta, seed }).map((one, j) => ({
    ...{ ...one, marketId: `${theme} ${one.market}` },
    move: one.move.map((y) => j % 2 === 0 ? y : -y),
  }));
}
const themeOf = (id: string) => id.startsWith("none") ? null : id.split(" ")[0]!;

Deno.test("loadingStability() finds the theme and the factor that come back, and nothing in noise", () => {
  const noise = ["a", "b", "c", "none"].flatMap((theme, t) =>
    themed(theme, { beta: 0, seed: 20 + t })
  );
  const options = { ...OPTIONS, nShifts: 100, themeOf } as const;
  const planted = loadingStability(
    WIDE,
    [...noise, ...themed("driven", { beta: 0.5, seed: 30 })],
    options,
  );
  assert.deepEqual(planted.themes.map(({ theme }) => theme), ["a", "b", "c", "driven"]);
  assert.deepEqual([planted.all.nContracts, planted.themes[3]!.nContracts], [120, 24]);
  const { theme, factor, nContracts, correlation, nullHigh, percentile } = planted.strongest!;
  assert.deepEqual([theme, factor, nContracts, percentile], ["driven", "F0", 24, 1]);
  assert.ok(correlation > 0.7 && nullHigh > 0.35 && nullHigh < correlation, `${nullHigh}`);
  assert.equal(planted.themes[3]!.percentile, 1);
  // in noise the strongest of fifteen looks good by itself and is none of the strongest of turns
  const strongest = [0, 1, 2, 3, 4, 5, 6, 7].map((round) =>
    loadingStability(
      WIDE,
      ["a", "b", "c"].flatMap((theme, t) => themed(theme, { beta: 0, seed: 40 + 3 * round + t })),
      { ...options, nShifts: 40 },
    ).strongest!.percentile
  );
  assert.ok(strongest.filter((share) => share > 0.95).length <= 1, strongest.join(" "));
  assert.ok(strongest.some((share) => share < 0.7));
});

Deno.test("loadingStability() leaves out contracts of too few or still moves", () => {
  const short = contractOf(1, [1, 1]);
  const cut = { ...short, session: short.session.slice(0, 18), move: short.move.slice(0, 18) };
  const still = { ...short, move: short.move.map(() => 0) };
  const half = { ...short, move: short.move.map((y, s) => s < N / 2 ? y : 0) };
  const none = loadingStability(PANEL, [cut, still, half], OPTIONS);
  assert.equal(none.all.nContracts, 0);
  assert.ok(
    [none.all.correlation, none.all.nullHigh, none.signAgreement, none.signPercentile]
      .every(Number.isNaN),
  );
  // those left out leave no trace in the others
  const rest = [contractOf(2, [1, 0]), contractOf(3, [0, 1])];
  assert.deepEqual(
    loadingStability(PANEL, [half, rest[0]!, still, rest[1]!, cut], OPTIONS),
    loadingStability(PANEL, rest, OPTIONS),
  );
});

Deno.test("loadingStabilityTable() has all, then themes, then the strongest pair", () => {
  const contracts = [1, 2, 3, 4, 5].map((market) => contractOf(market, [market - 3, 1]));
  const made = loadingStabilityTable(loadingStability(PANEL, contracts, OPTIONS));
  assert.equal(
    Object.keys(made.columns).join(" "),
    "theme factor n_contracts correlation null_high percentile",
  );
  const rows = [0, 1, 2].map((row) =>
    ["theme", "factor", "n_contracts"].map((name) => cellAt(made.columns[name]!, row))
  );
  assert.deepEqual(rows, [["", "", 5], ["rates", "", 5], ["rates", "F0", 5]]);
  assert.equal(loadingStabilityTable(loadingStability(PANEL, [], OPTIONS)).nRows, 1);
});

Deno.test("loadingStability() refuses a contract without a penalty", () => {
  const act = () =>
    loadingStability(PANEL, [contractOf(1, [1, 1])], {
      ...OPTIONS,
      estimator: "ridge",
      alphas: [],
    });
  assert.throws(act, {
    name: "RangeError",
    message: "Cannot compare halves as each of 1 contracts must have a penalty: got 0",
  });
});
