import { nullPercentile, nullQuantiles } from "../core/null_percentile.ts";
import { randomStream } from "../core/random.ts";
import { integerColumn, numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import type { FactorPanel } from "./factor_panel.ts";
import { halfDesign, halfScores } from "./half_scores.ts";
import type { SessionMoves } from "./session_moves.ts";
import { FEWEST_CONTRACTS } from "./theme_fits.ts";

/** How well t-scores of the first halves of some contracts come back in the second. */
export interface HalvesAgreement {
  /** Id of the theme; empty for all contracts. */
  readonly theme: string;
  /** Symbol of the factor; empty for all factors. */
  readonly factor: string;
  /** Contracts both of whose halves could be fitted. */
  readonly nContracts: number;
  /** Pearson correlation of t-scores over contracts and factors. */
  readonly correlation: number;
  /** Correlation that one in 20 draws of turned moves reaches. */
  readonly nullHigh: number;
  /** Share of draws below, ties counted half. */
  readonly percentile: number;
}

/** How well loadings of the first half of each contract's sessions come back in the second. */
export interface LoadingStability {
  readonly all: HalvesAgreement;
  /** Share of pairs with one sign in both halves. */
  readonly signAgreement: number;
  /** The same of each draw of turned moves. */
  readonly nullCorrelation: Float64Array;
  readonly nullSignAgreement: Float64Array;
  readonly signPercentile: number;
  /** Themes with enough contracts, by id, all factors together; each is judged by itself. */
  readonly themes: readonly HalvesAgreement[];
  /**
   * The theme and factor farthest above their own draws, in their standard deviations; `null` without a draw
   * or a theme. It was picked, so its percentile is that among the farthest of each draw, and `nullHigh` the
   * correlation that this pair would have to reach to be above 95 % of them.
   */
  readonly strongest: HalvesAgreement | null;
}

/** How halves are fitted, how often the null is drawn, and who belongs together. */
export type StabilityOptions =
  & {
    readonly nShifts: number;
    readonly seed: number;
    /** Theme of a contract; `null` without one. */
    readonly themeOf: (marketId: string) => string | null;
  }
  & (
    | { readonly estimator: "ols"; readonly minObservationsPerFactor: number }
    /** Penalties of whole contracts; a half has half of it. */
    | { readonly estimator: "ridge"; readonly alphas: ArrayLike<number> }
  );

/**
 * Agreement of t-scores of loadings between the halves of each contract's sessions, beside turned moves.
 *
 * Loadings that are real come back; what fits noise does not. Loadings themselves would be ruled by those
 * that are known worst, so each is divided by its error. Each draw of the null turns all contracts' moves
 * along their own sessions by one common share of their length, so that contracts on the same days turn
 * together and their dependence stays in the null.
 *
 * Shape: N contracts → one pooled answer, one a theme, and the strongest of theme and factor (by the largest of
 * each draw, Westfall & Young 1993). NaN: no contract, or t-scores that do not vary; halves that stand still or
 * are fitted without a rest do not count. Cost: O(N n K² + N n K shifts).
 *
 * @throws {RangeError} If a contract has no penalty.
 */
export function loadingStability(
  panel: FactorPanel,
  contracts: readonly SessionMoves[],
  options: StabilityOptions,
): LoadingStability {
  if (options.estimator === "ridge" && options.alphas.length !== contracts.length) {
    throw new RangeError(
      `Cannot compare halves as each of ${contracts.length} contracts must have a penalty: got ${options.alphas.length}`,
    );
  }
  const { marketIds, draws } = pooled(panel, contracts, options);
  const symbols = panel.factors.map(({ symbol }) => symbol), k = symbols.length;
  const themes = [...Map.groupBy(marketIds.keys(), (i) => options.themeOf(marketIds[i]!))]
    .filter(([theme, own]) => theme !== null && own.length >= FEWEST_CONTRACTS)
    .map(([theme, own]) => ({ theme: theme!, own }))
    .sort((a, b) => a.theme < b.theme ? -1 : 1);
  const correlations = (own: readonly number[], factors: readonly number[]) =>
    Float64Array.from(draws, (scores) => correlationOf(scores, { own, factors, k }));
  const everyone = [...marketIds.keys()], everything = [...symbols.keys()];
  const whole = correlations(everyone, everything);
  const agreements = Float64Array.from(draws, (scores) => signAgreementOf(scores, k));
  return {
    all: agreement(whole, { theme: "", factor: "", nContracts: marketIds.length }),
    signAgreement: agreements[0]!,
    nullCorrelation: whole.slice(1),
    nullSignAgreement: agreements.slice(1),
    signPercentile: nullPercentile(agreements[0]!, agreements.subarray(1)),
    themes: themes.map(({ theme, own }) =>
      agreement(correlations(own, everything), { theme, factor: "", nContracts: own.length })
    ),
    strongest: strongestOf(themes.flatMap(({ theme, own }) =>
      symbols.map((factor, f) => ({
        place: { theme, factor, nContracts: own.length },
        correlations: correlations(own, [f]),
      }))
    )),
  };
}

/**
 * `06_loading_stability`: theme (empty for all), factor (empty for all), n_contracts, correlation, null_high,
 * percentile; all first, then themes by id, then the strongest theme and factor, judged as picked.
 */
export function loadingStabilityTable({ all, themes, strongest }: LoadingStability): Table {
  const rows = [all, ...themes, ...strongest === null ? [] : [strongest]];
  return table({
    theme: stringColumn(rows.map(({ theme }) => theme)),
    factor: stringColumn(rows.map(({ factor }) => factor)),
    n_contracts: integerColumn(rows.map(({ nContracts }) => nContracts)),
    correlation: numberColumn(rows.map(({ correlation }) => correlation)),
    null_high: numberColumn(rows.map(({ nullHigh }) => nullHigh)),
    percentile: numberColumn(rows.map(({ percentile }) => percentile)),
  });
}

/** T-scores of both halves: the first of a contract's K, then the second of them; NaN not known. */
interface HalvesDrawn {
  /** Contracts whose own moves can be scored in both halves. */
  readonly marketIds: readonly string[];
  /** The moves as they are, then each turn: M × 2 K by rows. */
  readonly draws: readonly Float64Array[];
}

function pooled(
  panel: FactorPanel,
  contracts: readonly SessionMoves[],
  options: StabilityOptions,
): HalvesDrawn {
  const { nShifts, seed } = options, k = panel.factors.length;
  const random = randomStream(seed, "loading stability");
  const shares = Float64Array.from({ length: nShifts }, () => random());
  const marketIds: string[] = [];
  const draws = Array.from(
    { length: nShifts + 1 },
    () => new Float64Array(contracts.length * 2 * k).fill(NaN),
  );
  contracts.forEach(({ marketId, session, move }, j) => {
    const n = move.length, middle = n >> 1;
    const fit = options.estimator === "ols"
      ? options
      : { estimator: "ridge" as const, alpha: options.alphas[j]! / 2 };
    const first = halfDesign(panel, session.subarray(0, middle), fit);
    const second = first && halfDesign(panel, session.subarray(middle), fit);
    if (first === null || second === null) return;
    const twice = new Float64Array(2 * n);
    twice.set(move);
    twice.set(move, n);
    const row = marketIds.length * 2 * k;
    for (let d = 0; d <= nShifts; ++d) {
      const offset = d === 0 ? 0 : 1 + Math.floor(shares[d - 1]! * (n - 1));
      const scores = draws[d]!.subarray(row, row + 2 * k);
      const isKnown =
        halfScores(first, twice.subarray(offset, offset + middle), scores.subarray(0, k)) &&
        halfScores(second, twice.subarray(offset + middle, offset + n), scores.subarray(k));
      if (isKnown) continue;
      scores.fill(NaN);
      if (d === 0) return;
    }
    marketIds.push(marketId);
  });
  return { marketIds, draws: draws.map((scores) => scores.subarray(0, marketIds.length * 2 * k)) };
}

function correlationOf(
  scores: Float64Array,
  { own, factors, k }: {
    readonly own: readonly number[];
    readonly factors: readonly number[];
    readonly k: number;
  },
): number {
  let n = 0, sumA = 0, sumB = 0, aa = 0, bb = 0, ab = 0;
  for (const i of own) {
    for (const f of factors) {
      const a = scores[2 * i * k + f]!, b = scores[(2 * i + 1) * k + f]!;
      if (Number.isNaN(a) || Number.isNaN(b)) continue;
      ++n;
      sumA += a;
      sumB += b;
      aa += a * a;
      bb += b * b;
      ab += a * b;
    }
  }
  const variance = (aa - sumA * sumA / n) * (bb - sumB * sumB / n);
  return variance > 0 ? (ab - sumA * sumB / n) / Math.sqrt(variance) : NaN;
}

/** Share of contracts and factors with one sign in both halves. */
function signAgreementOf(scores: Float64Array, k: number): number {
  let same = 0, signed = 0;
  for (let row = 0; row < scores.length; row += 2 * k) {
    for (let f = 0; f < k; ++f) {
      const product = scores[row + f]! * scores[row + k + f]!;
      if (Number.isNaN(product) || product === 0) continue;
      ++signed;
      if (product > 0) ++same;
    }
  }
  return same / signed;
}

/** Whose halves, and on which factors. */
type Place = Pick<HalvesAgreement, "theme" | "factor" | "nContracts">;

/** @param correlations Of the moves as they are, then of each turn. */
function agreement([correlation, ...draws]: Float64Array, place: Place): HalvesAgreement {
  return {
    ...place,
    correlation: correlation!,
    nullHigh: nullQuantiles(draws, [0.95])[0]!,
    percentile: nullPercentile(correlation!, draws),
  };
}

/** The pair farthest above its own draws, beside the farthest of each draw. */
function strongestOf(
  pairs: readonly { readonly place: Place; readonly correlations: Float64Array }[],
): HalvesAgreement | null {
  const judged = pairs.map(({ place, correlations }) => {
    const heights = correlations.map(fisher),
      draws = heights.slice(1).filter((z) => !Number.isNaN(z));
    const mean = draws.reduce((sum, z) => sum + z, 0) / draws.length;
    const deviation = Math.sqrt(draws.reduce((sum, z) => sum + (z - mean) ** 2, 0) / draws.length);
    return { place, correlation: correlations[0]!, mean, deviation, heights };
  }).filter(({ heights, deviation }) => !Number.isNaN(heights[0]!) && deviation > 0);
  if (judged.length === 0) return null;
  const distances = judged.map(({ heights, mean, deviation }) =>
    heights.map((z) => (z - mean) / deviation)
  );
  const farthest = distances[0]!.map((_, d) =>
    distances.reduce((most, own) => own[d]! > most ? own[d]! : most, -Infinity)
  );
  const largest = farthest.slice(1), at = distances.findIndex((own) => own[0] === farthest[0]);
  const { place, correlation, mean, deviation } = judged[at]!;
  return {
    ...place,
    correlation,
    nullHigh: Math.tanh(mean + deviation * nullQuantiles(largest, [0.95])[0]!),
    percentile: nullPercentile(farthest[0]!, largest),
  };
}

/** Fisher's transform, in which correlations of few contracts spread evenly. */
function fisher(correlation: number): number {
  return Math.atanh(Math.max(-LARGEST, Math.min(LARGEST, correlation)));
}

/** Correlation up to which it can be transformed. */
const LARGEST = 1 - 1e-12;
