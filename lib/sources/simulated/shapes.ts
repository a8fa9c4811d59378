import { type Random, randomStream } from "../../core/random.ts";
import { normalCdf, normalQuantile } from "../../core/normal.ts";
import { probabilityAbove, type Score } from "./score.ts";

/** The true course of one contract. Days are grid indices. */
export interface ContractPath {
  /** Probability at the end of each day from the listing to the day before it is known. */
  readonly p: Float64Array;
  /** Day during which the outcome becomes known. */
  readonly known: number;
  /** Payout of the quoted outcome: 0 or 1. */
  readonly payout: number;
  /** Direction with respect to the event's score: +1, −1, or 0 for a middle bracket. */
  readonly direction: number;
}

/** YES if the score ends above `cut`. */
export function binaryPath(score: Score, first: number, cut: number): ContractPath {
  return {
    p: probabilityAbove(score, cut),
    known: first + score.x.length,
    payout: score.final > cut ? 1 : 0,
    direction: 1,
  };
}

/** Nested strikes on one score: YES for each cut the score ends above. `cuts` increase. */
export function ladderPaths(score: Score, first: number, cuts: readonly number[]): ContractPath[] {
  return cuts.map((cut) => binaryPath(score, first, cut));
}

/** Buckets of one score between increasing cuts, lowest first: exactly one wins. */
export function bracketPaths(
  score: Score,
  first: number,
  cuts: readonly number[],
): ContractPath[] {
  const above = ladderPaths(score, first, cuts);
  return Array.from({ length: cuts.length + 1 }, (_, k) => {
    const over = above[k - 1], under = above[k];
    const p = new Float64Array(score.x.length);
    for (let i = 0; i < p.length; ++i) {
      p[i] = Math.max((over ? over.p[i]! : 1) - (under ? under.p[i]! : 0), 0);
    }
    return {
      p,
      known: first + score.x.length,
      payout: (over ? over.payout : 1) - (under ? under.payout : 0),
      direction: Math.sign(2 * k - cuts.length),
    };
  });
}

/**
 * One of many wins: a tree of splits, each decided by a score of its own.
 *
 * The scores are independent, so the product along a branch is a martingale, and the leaves sum to
 * one at all times. Only the first split may load on common factors.
 *
 * @param priors Probabilities at listing, summing to one.
 * @param groups +1 or −1 per outcome: the two sides of the first split.
 * @param scoreOf Score of split number `k`; number 0 is the first.
 */
export function treePaths(
  priors: readonly number[],
  groups: readonly number[],
  { first, scoreOf }: { first: number; scoreOf: (split: number) => Score },
): ContractPath[] {
  const paths = new Array<ContractPath>(priors.length);
  let split = 0;
  const mass = (leaves: readonly number[]) => leaves.reduce((sum, k) => sum + priors[k]!, 0);
  const descend = (leaves: readonly number[], p: Float64Array | null, payout: number): void => {
    if (leaves.length === 1 && p !== null) {
      const k = leaves[0]!;
      paths[k] = { p, known: first + p.length, payout, direction: groups[k]! };
      return;
    }
    const half = Math.ceil(leaves.length / 2);
    const top = p === null;
    const left = top ? leaves.filter((k) => groups[k]! > 0) : leaves.slice(0, half);
    const right = top ? leaves.filter((k) => groups[k]! <= 0) : leaves.slice(half);
    const score = scoreOf(split++);
    const cut = -normalQuantile(mass(left) / mass(leaves));
    const upper = probabilityAbove(score, cut), lower = new Float64Array(upper.length);
    for (let i = 0; i < upper.length; ++i) {
      const whole = p === null ? 1 : p[i]!;
      lower[i] = whole * (1 - upper[i]!);
      upper[i] = whole * upper[i]!;
    }
    const up = score.final > cut ? 1 : 0;
    descend(left, upper, payout * up);
    descend(right, lower, payout * (1 - up));
  };
  descend(priors.map((_, k) => k), null, 1);
  return paths;
}

/**
 * "By" contracts: the event happens when the score first touches a barrier, or by surprise.
 *
 * By reflection, P(touch by T) = 2Φ(−(b − x)/√v) with `v` the variance until T; a touch between two
 * ends of day is drawn from the Brownian bridge, so daily prices are exact. The surprise has a
 * constant rate. Nested in the deadline; without news the price decays, as it should.
 *
 * @param options.prior Probability of the last deadline at listing.
 * @param options.deadlines Last days, increasing; the last is the last day of the score.
 */
export function deadlinePaths(
  score: Score,
  { first, deadlines, prior, surpriseShare, random }: {
    first: number;
    deadlines: readonly number[];
    prior: number;
    surpriseShare: number;
    random: Random;
  },
): ContractPath[] {
  const n = score.x.length;
  const hazard = -surpriseShare * Math.log1p(-prior) / n;
  const touch = 1 - (1 - prior) ** (1 - surpriseShare);
  const barrier = -normalQuantile(touch / 2) * Math.sqrt(score.remaining[0]!);
  let happened = Infinity;
  for (let i = 0; i < n && happened === Infinity; ++i) {
    const last = i === n - 1;
    const next = last ? score.final : score.x[i + 1]!;
    const variance = score.remaining[i]! - (last ? 0 : score.remaining[i + 1]!);
    const bridge = Math.exp(-2 * (barrier - score.x[i]!) * (barrier - next) / variance);
    const touched = next >= barrier || random() < bridge;
    if (random() < -Math.expm1(-hazard) || touched) happened = first + 1 + i;
  }
  return deadlines.map((deadline) => {
    const known = Math.min(deadline, happened);
    const after = deadline - first < n ? score.remaining[deadline - first]! : 0;
    const p = new Float64Array(known - first);
    for (let i = 0; i < p.length; ++i) {
      const sd = Math.sqrt(score.remaining[i]! - after);
      const noTouch = 1 - 2 * normalCdf((score.x[i]! - barrier) / sd);
      p[i] = 1 - noTouch * Math.exp(-hazard * (deadline - first - i));
    }
    return { p, known, payout: happened <= deadline ? 1 : 0, direction: 1 };
  });
}

/** Probabilities of `n` outcomes at listing: a few favourites and a tail, largest first. */
export function drawPriors(seed: number, name: string, n: number): number[] {
  const random = randomStream(seed, `priors/${name}`);
  const weights = Array.from({ length: n }, () => (1 - random()) ** -1.1 - 0.7 + 0.6 * random());
  const total = weights.reduce((sum, w) => sum + w, 0);
  return weights.map((w) => w / total).sort((a, b) => b - a);
}
