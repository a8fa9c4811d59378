import { nullPercentile, nullQuantiles } from "../core/null_percentile.ts";
import { type Random, shuffled } from "../core/random.ts";
import { wilsonInterval } from "../stats/wilson.ts";
import type { ExposureFactor } from "../exposures/exposure_factors.ts";
import type { ScoredLoading } from "./exposure_sign_table.ts";
import { type ExposureCells, exposureCells, permutedScores } from "./exposure_cells.ts";
import { weightedCorrelation, weightedRanks } from "./weighted_ranks.ts";

/**
 * Mean over events of the share of their loadings that have the sign that words say, with its 95% interval.
 * It is no share of events: an event with two of three loadings right adds two thirds.
 */
export interface SignShare {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly nEvents: number;
  readonly nContracts: number;
  /** Events with more than half of their loadings right, and with as many right as wrong. */
  readonly nRight: number;
  readonly nTied: number;
}

/** What a null gives for a number, and where the number stands. */
export interface SignNull {
  /** 5th, 50th and 95th percentile. */
  readonly low: number;
  readonly mid: number;
  readonly high: number;
  /** Share of the draws below the number, ties counted half. */
  readonly percentile: number;
  /** Share of the draws that reach it, itself counted with them. */
  readonly pValue: number;
  readonly nDraws: number;
}

/** How far loadings have the signs that words say, on one factor or on all together. */
export interface SignAgreement {
  readonly factor: ExposureFactor | "all";
  /** Series of the factor; `null` for all together. */
  readonly symbol: string | null;
  /** One vote an event: the mean over its contracts (and factors, where all are together). */
  readonly equal: SignShare;
  /** The same weighted by the size of the score. */
  readonly weighted: SignShare;
  /** The first share when whole sets of scores are dealt out to other events. */
  readonly permuted: SignNull;
  /** The first share with loadings on shifted moves. */
  readonly shifted: SignNull;
  /** Over loadings that survive the false discovery rate. */
  readonly survivors: SignShare;
  readonly survivorsPermuted: SignNull;
  /** Spearman's ρ of score and loading, scores of 0 with them, an event one weight. */
  readonly rankCorrelation: number;
  readonly rankPermuted: SignNull;
}

/**
 * Whether prices load on the factors in the direction that words say.
 *
 * Outcomes of one event are one piece of evidence, so an event has one vote however many contracts it
 * has: the share of its pairs of a contract and a factor that agree. The number is the mean of votes, not how many
 * events agree, which `nRight` and `nTied` count. Half is not the null where most scores and most loadings have one sign: the null deals whole
 * sets of scores out to other events, which keeps how often words say up, and asks whether the own words
 * fit better.
 *
 * Intervals are Wilson's at the effective number of events; votes between 0 and 1 vary less than it
 * assumes, so they are wide rather than narrow. NaN: a factor without a vote.
 * Cost: O(permutations · rows). Source: Phipson & Smyth 2010 for p; Kish 1965 for the effective number.
 *
 * @param rows From `scoredLoadings`.
 * @param options.shifted For each shift one loading a row, in the order of the rows.
 * @returns Factors in the order of their first row, then all together.
 * @throws {RangeError} If a contract lacks a row for a factor, or a shift has not one loading a row.
 */
export function signAgreements(
  rows: readonly ScoredLoading[],
  { shifted = [], permutations, falseDiscoveryRate = 0.05, random }: {
    readonly shifted?: readonly Float64Array[];
    readonly permutations: number;
    readonly falseDiscoveryRate?: number;
    readonly random: Random;
  },
): SignAgreement[] {
  const cells = exposureCells(rows, falseDiscoveryRate);
  for (const one of shifted) {
    if (one.length !== rows.length) {
      throw new RangeError(
        `Cannot compare signs as a shift must have one loading for each of ${rows.length} rows: got ${one.length}`,
      );
    }
  }
  if (rows.length === 0) return [];
  const scopes = [...cells.factors.keys(), -1];
  const ranks = scopes.map((f) => betaRanks(cells, f));
  const own = scopes.map((f) => ({
    equal: shareOf(cells, f, {}),
    weighted: shareOf(cells, f, { isWeighted: true }),
    survivors: shareOf(cells, f, { isSurvivor: true }),
    rank: rankOf(ranks[scopes.indexOf(f)]!, cells.score),
  }));
  const draws = scopes.map(() => ({
    equal: new Float64Array(permutations),
    survivors: new Float64Array(permutations),
    rank: new Float64Array(permutations),
  }));
  const events = [...cells.events.keys()];
  for (let draw = 0; draw < permutations; ++draw) {
    const score = permutedScores(cells, shuffled(events, random));
    scopes.forEach((f, s) => {
      draws[s]!.equal[draw] = shareOf({ ...cells, score }, f, {}).share;
      draws[s]!.survivors[draw] = shareOf({ ...cells, score }, f, { isSurvivor: true }).share;
      draws[s]!.rank[draw] = rankOf(ranks[s]!, score);
    });
  }
  return scopes.map((f, s) => {
    const { equal, weighted, survivors, rank } = own[s]!;
    const shares = shifted.map((beta) =>
      shareOf({ ...cells, beta: Float64Array.from(cells.rowOf, (row) => beta[row]!) }, f, {}).share
    );
    return {
      factor: f < 0 ? "all" : cells.factors[f]!.factor,
      symbol: f < 0 ? null : cells.factors[f]!.symbol,
      ...{ equal, weighted, survivors },
      permuted: nullOf(equal.share, draws[s]!.equal),
      shifted: nullOf(equal.share, Float64Array.from(shares)),
      survivorsPermuted: nullOf(survivors.share, draws[s]!.survivors),
      rankCorrelation: rank,
      rankPermuted: nullOf(rank, draws[s]!.rank),
    };
  });
}

/** Share of the votes that agree on factor `f`, on all where it is −1. */
function shareOf(
  { factors, events, score, beta, survives }: ExposureCells,
  f: number,
  { isWeighted = false, isSurvivor = false }: {
    readonly isWeighted?: boolean;
    readonly isSurvivor?: boolean;
  },
): SignShare {
  const nFactors = factors.length, from = f < 0 ? 0 : f, to = f < 0 ? nFactors : f + 1;
  let agree = 0, total = 0, squares = 0, nEvents = 0, nContracts = 0, nRight = 0, nTied = 0;
  for (const contracts of events) {
    let own = 0, all = 0, count = 0;
    for (const c of contracts) {
      let isCounted = false;
      for (let at = c * nFactors + from; at < c * nFactors + to; ++at) {
        const product = score[at]! * beta[at]!;
        if (!(product < 0 || product > 0) || isSurvivor && survives[at] === 0) continue;
        const weight = isWeighted ? Math.abs(score[at]!) : 1;
        if (product > 0) own += weight;
        all += weight;
        ++count;
        isCounted = true;
      }
      if (isCounted) ++nContracts;
    }
    if (count === 0) continue;
    const vote = isWeighted ? all / count : 1;
    agree += vote * own / all;
    total += vote;
    squares += vote * vote;
    ++nEvents;
    if (2 * own > all) ++nRight;
    if (2 * own === all) ++nTied;
  }
  const counts = { nEvents, nContracts, nRight, nTied };
  if (nEvents === 0) return { share: NaN, low: NaN, high: NaN, ...counts };
  const share = agree / total, effective = total * total / squares;
  return { share, ...wilsonInterval(share * effective, effective), ...counts };
}

/** Cells of a scope with a known loading, their loadings' ranks and weights. */
interface RankedCells {
  readonly cells: Int32Array;
  readonly ranks: Float64Array;
  readonly weights: Float64Array;
}

function betaRanks({ factors, events, beta }: ExposureCells, f: number): RankedCells {
  const nFactors = factors.length, cells: number[] = [], weights: number[] = [];
  for (const contracts of events) {
    const own = contracts.flatMap((c) =>
      f < 0 ? factors.map((_, g) => c * nFactors + g) : [c * nFactors + f]
    ).filter((at) => !Number.isNaN(beta[at]!));
    for (const at of own) {
      cells.push(at);
      weights.push(1 / own.length);
    }
  }
  const known = Float64Array.from(weights);
  return {
    cells: Int32Array.from(cells),
    ranks: weightedRanks(cells.map((at) => beta[at]!), known),
    weights: known,
  };
}

function rankOf({ cells, ranks, weights }: RankedCells, score: Float64Array): number {
  const own = Float64Array.from(cells, (at) => score[at]!);
  return weightedCorrelation(weightedRanks(own, weights), ranks, weights);
}

function nullOf(value: number, draws: Float64Array): SignNull {
  const known = draws.filter((draw) => !Number.isNaN(draw));
  const [low, mid, high] = nullQuantiles(known, [0.05, 0.5, 0.95]);
  // sums of the same terms in another order may differ in the last digits
  const nReach = known.filter((draw) => draw >= value - 1e-12).length;
  const isKnown = !Number.isNaN(value) && known.length > 0;
  return {
    ...{ low: low!, mid: mid!, high: high! },
    percentile: nullPercentile(value, known),
    pValue: isKnown ? (1 + nReach) / (1 + known.length) : NaN,
    nDraws: known.length,
  };
}
