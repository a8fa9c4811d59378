import { isWeekend } from "../../core/day.ts";
import { normalDraws, type Random, randomStream } from "../../core/random.ts";
import { normalCdf } from "../../core/normal.ts";

/** A factor that several events share: standard normal daily moves and their public variance. */
export interface CommonFactor {
  readonly z: Float64Array;
  readonly variance: Float64Array;
}

/** A common factor with the share of a score that it carries: the squared loading. */
export interface Loading {
  readonly factor: CommonFactor;
  readonly loading: number;
}

/**
 * A latent Gaussian score whose last value decides an outcome: YES if `final > c`.
 *
 * All daily variances are drawn at listing and public, so given the path up to a day the last
 * value is normal with mean `x` and variance `remaining`. A price is that conditional
 * probability, hence exactly a martingale and exactly calibrated, jumps included: a jump is a
 * day with much variance.
 */
export interface Score {
  /** Value at the end of each day from the listing to the day before the last. */
  readonly x: Float64Array;
  /** Variance still to come after each of these days. */
  readonly remaining: Float64Array;
  /** Value at the end of the last day. */
  readonly final: number;
}

/** Probability of ending above `cut`, at the end of each day of a score. */
export function probabilityAbove(score: Score, cut: number): Float64Array {
  const p = new Float64Array(score.x.length);
  for (let i = 0; i < p.length; ++i) {
    p[i] = normalCdf((score.x[i]! - cut) / Math.sqrt(score.remaining[i]!));
  }
  return p;
}

/** Draws a factor: heavy-tailed public variance with mean one, some days five times as busy. */
export function drawCommonFactor(seed: number, name: string, nDays: number): CommonFactor {
  const random = randomStream(seed, `factor/${name}`), draw = normalDraws(random);
  const z = new Float64Array(nDays), variance = new Float64Array(nDays);
  const sd = 0.6, newsRate = 0.04, news = 6;
  const mean = Math.exp(sd * sd / 2) * (1 + newsRate * (news - 1));
  let log = sd * draw();
  for (let i = 0; i < nDays; ++i) {
    z[i] = draw();
    variance[i] = Math.exp(log) * (random() < newsRate ? news : 1) / mean;
    log = 0.8 * log + sd * 0.6 * draw();
  }
  return { z, variance };
}

/** What an event's score is made of. */
export interface ScoreOptions {
  /** UTC day of grid index 0, for weekends. */
  readonly firstDay: number;
  /** Grid index of the listing day: the score is 0 at its end. */
  readonly first: number;
  /** Grid index of the last day. */
  readonly end: number;
  readonly common: readonly Loading[];
  /** Share of the variance that falls on the last day; `null`: what the clock gives it. */
  readonly endShare: number | null;
  readonly random: Random;
}

const SHOCK_RATE = 0.03, MEAN_SHOCK = 1 + SHOCK_RATE * (4 + 40 / 3);

/**
 * Draws an event's score, with total variance one.
 *
 * News runs slowly at first and faster towards the end, at half speed on weekends; the event's own
 * part has rare shocks of 5 to 45 times a day's variance.
 */
export function drawScore(options: ScoreOptions): Score {
  const { firstDay, first, end, common, endShare, random } = options;
  const n = end - first;
  const draw = normalDraws(random);
  const ownShare = 1 - common.reduce((sum, { loading }) => sum + loading * loading, 0);
  const moves = new Float64Array(n), variance = new Float64Array(n);
  let before = 0;
  for (let i = 0; i < n; ++i) {
    const day = first + 1 + i, last = i === n - 1;
    const clock = (1 + 1.5 * ((i + 1) / n) ** 3) * (isWeekend(firstDay + day) ? 0.5 : 1);
    const shock = random() < SHOCK_RATE ? 5 + 40 * random() ** 2 : 1;
    const plain = last && endShare !== null;
    const own = ownShare * (plain ? 1 : shock * clock / MEAN_SHOCK);
    let move = Math.sqrt(own) * draw(), spent = own;
    for (const { factor, loading } of common) {
      const part = plain ? 1 : factor.variance[day]! * clock;
      move += loading * Math.sqrt(part) * factor.z[day]!;
      spent += loading * loading * part;
    }
    moves[i] = move;
    variance[i] = spent;
    if (!last) before += spent;
  }
  const lastVariance = variance[n - 1]!;
  const lastShare = n === 1 ? 1 : endShare ?? lastVariance / (before + lastVariance);
  const x = new Float64Array(n), remaining = new Float64Array(n);
  const early = Math.sqrt((1 - lastShare) / before), late = Math.sqrt(lastShare / lastVariance);
  remaining[n - 1] = lastShare;
  for (let i = n - 2; i >= 0; --i) remaining[i] = remaining[i + 1]! + variance[i]! * early * early;
  for (let i = 1; i < n; ++i) x[i] = x[i - 1]! + moves[i - 1]! * early;
  return { x, remaining, final: x[n - 1]! + moves[n - 1]! * late };
}
