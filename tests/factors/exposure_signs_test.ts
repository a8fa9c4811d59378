import assert from "node:assert/strict";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { cellAt } from "lib/core/table.ts";
import { EXPOSURE_FACTORS, type ExposureFactor } from "lib/exposures/exposure_factors.ts";
import { exposureCells, permutedScores } from "lib/factors/exposure_cells.ts";
import {
  outcomeScores,
  type QuotedScores,
  type ScoredLoading,
  scoredLoadings,
  semanticExposureTable,
} from "lib/factors/exposure_sign_table.ts";
import { signAgreements } from "lib/factors/exposure_signs.ts";
import { innerBuckets } from "lib/factors/inner_buckets.ts";
import type { OutcomeExposure } from "lib/exposures/outcome_exposures.ts";
import { weightedSpearman } from "lib/factors/weighted_ranks.ts";
// golden: pandas, scipy and statsmodels, made by tests/golden/factors/exposure_signs.py
import golden from "../golden/factors/exposure_signs.json" with { type: "json" };

const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-12, `${a} ${b}`);

function rowOf(
  [event, market]: readonly [string, string],
  score: number,
  beta: number,
  { factor = "equity", qValue = 1 }: { factor?: ExposureFactor; qValue?: number } = {},
): ScoredLoading {
  const product = Math.sign(score * beta);
  return {
    ...{ marketId: market, eventId: event, factor, symbol: `S ${factor}`, score, beta },
    ...{ low: beta - 1, high: beta + 1, qValue, agrees: product === 0 ? null : product > 0 },
  };
}

/** One event a contract, scores on two factors; loadings follow them by `strength`. */
function planted(nEvents: number, strength: number, seed: number) {
  const random = randomStream(seed, "planted signs"), normal = normalDraws(random);
  const rows = Array.from(
    { length: nEvents },
    (_, e) =>
      (["equity", "oil"] as const).flatMap((factor) => {
        const score = [-2, -1, 0, 1, 1, 2][Math.floor(6 * random())]!;
        return rowOf([`e${e}`, `m${e}`], score, strength * score + normal(), { factor });
      }),
  ).flat();
  return {
    rows,
    shifted: (n: number) => Array.from({ length: n }, () => Float64Array.from(rows, normal)),
  };
}

Deno.test("weightedSpearman() matches scipy on repeated items, and unweighted with equal weights", () => {
  near(weightedSpearman(golden.a, golden.b, golden.weights), golden.weightedSpearman);
  near(weightedSpearman(golden.a, golden.b, golden.a.map(() => 2.5)), golden.plainSpearman);
  assert.ok(Number.isNaN(weightedSpearman([1, 1], [1, 2], [1, 1])));
});

Deno.test("signAgreements() matches pandas and statsmodels", () => {
  const rows = golden.event.map((event, i) =>
    rowOf([`e${event}`, `m${i}`], golden.score[i]!, golden.beta[i]!, { qValue: golden.q[i]! })
  );
  const [equity, all] = signAgreements(rows, { permutations: 1, random: randomStream(1, "x") });
  for (const key of ["equal", "weighted", "survivors"] as const) {
    const { share, low, high, nEvents, nContracts } = equity![key];
    near(share, golden[key].share);
    near(low, golden[key].low);
    near(high, golden[key].high);
    assert.deepEqual([nEvents, nContracts], [golden[key].nEvents, golden[key].nContracts]);
  }
  near(equity!.rankCorrelation, golden.rank);
  assert.deepEqual([all!.factor, all!.symbol, all!.equal], ["all", null, equity!.equal]);
});

Deno.test("signAgreements() gives an event one vote however many contracts it has", () => {
  const rows = [
    rowOf(["a", "a1"], 1, 1),
    rowOf(["a", "a2"], 1, 1),
    rowOf(["a", "a3"], -1, 1),
    rowOf(["a", "a4"], 0, 1),
    rowOf(["b", "b1"], 2, -1),
    rowOf(["c", "c1"], 2, NaN),
  ];
  const [{ equal, weighted }] = signAgreements(
    rows,
    { permutations: 1, random: randomStream(1, "x") },
  ) as [ReturnType<typeof signAgreements>[0]];
  near(equal.share, (2 / 3 + 0) / 2);
  near(weighted.share, (1 * 2 / 3 + 2 * 0) / 3);
  assert.deepEqual([equal.nRight, equal.nTied], [1, 0]);
  assert.deepEqual([equal.nEvents, equal.nContracts], [2, 4]);
});

Deno.test("signAgreements() sees planted signs, by both nulls and by ranks", () => {
  const { rows, shifted } = planted(120, 1, 3);
  const found = signAgreements(
    rows,
    { shifted: shifted(99), permutations: 99, random: randomStream(3, "p") },
  );
  assert.deepEqual(found.map(({ factor }) => factor).sort(), ["all", "equity", "oil"]);
  for (const { equal, permuted, shifted, rankPermuted, rankCorrelation } of found) {
    assert.ok(equal.low > 0.6 && permuted.pValue === 0.01 && shifted.pValue === 0.01);
    assert.ok(permuted.high < equal.share && Math.abs(permuted.mid - 0.55) < 0.1);
    assert.ok(rankCorrelation > 0.4 && rankPermuted.pValue === 0.01);
  }
});

Deno.test("signAgreements() of unrelated signs has p-values that are seldom small", () => {
  const p: number[] = [];
  for (let seed = 1; seed <= 40; ++seed) {
    const { rows } = planted(40, 0, seed);
    const found = signAgreements(rows, { permutations: 59, random: randomStream(seed, "p") });
    p.push(found.at(-1)!.permuted.pValue);
  }
  // 40 at 5%: more than six have a chance below 2%; a mean of uniform ones lies within 0.35 and 0.65
  assert.ok(p.filter((x) => x <= 0.05).length <= 6, p.join());
  const mean = p.reduce((sum, x) => sum + x, 0) / p.length;
  assert.ok(mean > 0.35 && mean < 0.68, `${mean}`);
});

Deno.test("signAgreements() takes common signs for the null and not for agreement", () => {
  // all words say up and nine of ten loadings are positive: half is not what chance gives
  const rows = Array.from(
    { length: 60 },
    (_, e) => rowOf([`e${e}`, `m${e}`], 1, e % 10 === 0 ? -1 : 1),
  );
  const [one] = signAgreements(rows, { permutations: 49, random: randomStream(1, "x") });
  near(one!.equal.share, 0.9);
  assert.ok(one!.equal.low > 0.5);
  assert.deepEqual([one!.permuted.mid, one!.permuted.pValue], [one!.equal.share, 1]);
});

Deno.test("permutedScores() keeps a contract's scores on all factors together", () => {
  const rows = [
    ...[1, 2].map((s, f) => rowOf(["a", "a1"], s, 1, { factor: EXPOSURE_FACTORS[f]! })),
    ...[3, 4].map((s, f) => rowOf(["a", "a2"], s, 1, { factor: EXPOSURE_FACTORS[f]! })),
    ...[5, 6].map((s, f) => rowOf(["b", "b1"], s, 1, { factor: EXPOSURE_FACTORS[f]! })),
  ];
  const cells = exposureCells(rows, 0.05);
  assert.deepEqual([...permutedScores(cells, [1, 0])], [5, 6, 5, 6, 1, 2]);
  assert.deepEqual([...permutedScores(cells, [0, 1])], [...cells.score]);
});

Deno.test("outcomeScores() gives a strike the direction of its side and leaves a bucket out", () => {
  const direction = [0, 0, 2, 0, 0, -1, 0, 0], vector = direction.map((score) => score / -4);
  const outcome = (
    market: number,
    side: "above" | "below" | "between" | null,
    isComplement = false,
  ) => ({
    ...{ event: 0, ticker: 0, market, eventId: "e", tickerId: "t", outcome: "", repetition: "" },
    ...{ isComplement, reason: "", method: "rule", counts: "level" as const },
    vector,
    strike: side === null ? null : { side, low: 1, high: 2 },
    direction: side === null ? null : direction,
  });
  const found = outcomeScores(
    [
      ...[outcome(0, "above"), outcome(1, "below"), outcome(2, "between"), outcome(3, null)],
      ...[outcome(4, "above", true), { ...outcome(5, null), vector: null }],
    ],
    ["m0", "m1", "m2", "m3", "m4", "m5"],
  );
  assert.deepEqual(found.buckets, ["m2"]);
  assert.deepEqual(
    found.scores.map(({ marketId, scores }) => [marketId, scores[2], scores[5], scores[0]]),
    [
      ["m0", 2, -1, 0],
      ["m1", -2, 1, 0],
      ["m3", -0.5, 0.25, 0],
      ["m4", -2, 1, 0],
    ],
  );
});

Deno.test("innerBuckets() are ranges, and exact changes that have a larger one in their direction", () => {
  const outcome = (text: string, toRates: number, more: object = {}) => ({
    ...{ event: 0, ticker: 0, market: 0, eventId: "fed", tickerId: "t", repetition: "march" },
    ...{ isComplement: false, reason: "", method: "rule", counts: "outcome" as const },
    ...{ outcome: text, vector: [toRates, 0, 0, 0, 0, 0, 0, 0], strike: null, direction: null },
    ...more,
  });
  const rows = [
    outcome("Fed decreases interest rates by 25 bps", -1),
    outcome("Fed decreases interest rates by 50+ bps", -2),
    outcome("Fed increases interest rates by 25+ bps", 1),
    outcome("No change in Fed interest rates", 0),
    outcome("Hike by 25 bps", 1, { repetition: "may" }),
    outcome("Cut 25bps", -1, { repetition: "may" }),
    outcome("Cut >25bps", -1, { repetition: "may" }),
    outcome("Gold between $2,800 and $2,900", 0, {
      strike: { side: "between", low: 2800, high: 2900 },
    }),
    outcome("Gold above $3,000", 1, { strike: { side: "above", low: 3000, high: Infinity } }),
    outcome("Somebody says 25 bps", -1, { vector: null }),
  ];
  assert.deepEqual(
    innerBuckets(rows as unknown as OutcomeExposure[]).flatMap((isInner, at) =>
      isInner ? [rows[at]!.outcome] : []
    ),
    ["Fed decreases interest rates by 25 bps", "Cut 25bps", "Gold between $2,800 and $2,900"],
  );
});

Deno.test("scoredLoadings() pairs factors with the series that stand for them", () => {
  const scores: QuotedScores[] = [
    { marketId: "m1", eventId: "e1", scores: Float64Array.of(0, 0, 2, 0, 0, 0, 0, 0) },
    { marketId: "m2", eventId: "e1", scores: Float64Array.of(0, 0, 2, 0, 0, 0, 0, 0) },
    { marketId: "m3", eventId: "e2", scores: Float64Array.of(-3, -2, -1, 0, 1, 2, 3, 4) },
  ];
  const loading = (marketId: string, symbol: string, beta: number) => ({
    ...{ marketId, symbol, beta, low: beta - 1, high: beta + 1, qValue: 0.2 },
  });
  const rows = scoredLoadings(
    scores,
    [loading("m1", "SPY", 1), loading("m1", "XLE", 9), loading("m3", "SPY", 1)],
    { equity: "SPY", gold: "GLD" },
  );
  assert.deepEqual(
    rows.map(({ marketId, factor, beta, agrees }) => [marketId, factor, beta, agrees]),
    [
      ["m1", "equity", 1, true],
      ["m1", "gold", NaN, null],
      ["m3", "equity", 1, false],
      ["m3", "gold", NaN, null],
    ],
  );
  const written = semanticExposureTable(rows);
  assert.deepEqual(Object.keys(written.columns), [
    ...["market_id", "event_id", "factor", "symbol", "score", "beta", "ci_low", "ci_high"],
    ...["q_value", "agrees"],
  ]);
  assert.deepEqual([0, 1, 2, 3].map((r) => cellAt(written.columns.agrees!, r)), [
    ...[true, null, false, null],
  ]);
  assert.throws(
    () =>
      scoredLoadings(scores, [loading("m1", "SPY", 1), loading("m1", "SPY", 2)], { equity: "SPY" }),
    {
      name: "RangeError",
      message: 'Cannot compare the loadings of "m1" as each series must have one: got two on SPY',
    },
  );
});

Deno.test("signAgreements() refuses rows that are no rectangle and shifts of another length", () => {
  const rows = [rowOf(["a", "a1"], 1, 1), rowOf(["b", "b1"], 1, 1, { factor: "oil" })];
  const options = { permutations: 1, random: randomStream(1, "x") };
  assert.throws(() => signAgreements(rows, options), {
    name: "RangeError",
    message:
      "Cannot compare signs as each of 2 contracts must have one row for each of 2 factors: got 2 rows",
  });
  assert.throws(
    () => signAgreements(rows.slice(0, 1), { ...options, shifted: [Float64Array.of(1, 2)] }),
    {
      name: "RangeError",
      message: "Cannot compare signs as a shift must have one loading for each of 1 rows: got 2",
    },
  );
  assert.deepEqual(signAgreements([], options), []);
});
