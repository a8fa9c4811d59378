import { isWeekend } from "../../core/day.ts";
import { normalDraws, randomStream } from "../../core/random.ts";
import type { FactorList } from "../../core/factor_list.ts";

type Driver = FactorList["drivers"][string];

/**
 * Latent macro drivers: independent Brownian paths on a grid of instants within each UTC day, so
 * that Tokyo's close knows less of the day than New York's.
 *
 * The volatility of a day is drawn beforehand and is public, like a calendar of events: given it,
 * every increment is Gaussian with a known variance, which is what makes prices exact.
 */
export interface Drivers {
  readonly names: readonly string[];
  /** First UTC day of the grid. */
  readonly firstDay: number;
  readonly nDays: number;
  /** Minutes of the day at which paths are known; the last is 1440. */
  readonly minutes: readonly number[];
  /** Per driver: path at (day × minute), in units of one weekday's standard deviation. */
  readonly path: readonly Float64Array[];
  /** Per driver: variance of each UTC day's move, in the same units squared; mean 1 on weekdays. */
  readonly variance: readonly Float64Array[];
  /** Per driver: variance of the day's move up to each minute of the grid (day × minute). */
  readonly varianceTo: readonly Float64Array[];
  /** Per driver: each UTC day's move over its standard deviation, standard normal draws. */
  readonly z: readonly Float64Array[];
}

/**
 * Draws the latent drivers.
 *
 * Cost: O(drivers · days · minutes), each driver from a stream of its own.
 *
 * @param options.minutes Instants of the day that some series needs; 1440 is added.
 */
export function drawDrivers(
  list: FactorList,
  { seed, firstDay, nDays, minutes }: {
    seed: number;
    firstDay: number;
    nDays: number;
    minutes: readonly number[];
  },
): Drivers {
  const grid = [...new Set([...minutes, 1440])].sort((a, b) => a - b);
  const names = Object.keys(list.drivers).sort();
  const path: Float64Array[] = [], variance: Float64Array[] = [];
  const varianceTo: Float64Array[] = [], z: Float64Array[] = [];
  for (const name of names) {
    const driver = list.drivers[name]!;
    const vol = volatilityPath(seed, `driver/${name}/volatility`, nDays);
    const draw = normalDraws(randomStream(seed, `driver/${name}/path`));
    const levels = new Float64Array(nDays * grid.length), upTo = new Float64Array(levels.length);
    const dayVariance = new Float64Array(nDays), standard = new Float64Array(nDays);
    let level = 0;
    for (let i = 0; i < nDays; ++i) {
      const scale = vol[i]! ** 2 * (isWeekend(firstDay + i) ? driver.weekend_share : 1);
      const before = level;
      let spent = 0;
      for (let k = 0; k < grid.length; ++k) {
        const share = shareBy(driver, grid[k]!);
        level += Math.sqrt(scale * (share - spent)) * draw();
        spent = share;
        levels[i * grid.length + k] = level;
        upTo[i * grid.length + k] = scale * share;
      }
      dayVariance[i] = scale;
      standard[i] = (level - before) / Math.sqrt(scale);
    }
    path.push(levels);
    variance.push(dayVariance);
    varianceTo.push(upTo);
    z.push(standard);
  }
  return { names, firstDay, nDays, minutes: grid, path, variance, varianceTo, z };
}

/** Share of a day's variance that has fallen by a minute of the day. */
function shareBy(driver: Driver, minute: number): number {
  const [open, close] = [driver.active_utc[0] * 60, driver.active_utc[1] * 60];
  const active = Math.min(Math.max(minute - open, 0), close - open);
  const quiet = minute - active;
  return driver.active_share * active / (close - open) +
    (1 - driver.active_share) * quiet / (1440 - (close - open));
}

/**
 * Daily volatility with clusters and shocks, scaled so that its mean square is about one.
 *
 * Log volatility is a stationary first-order autoregression (persistence 0.96, sd 0.42); one day in
 * fifty is a shock of 1.8 times. Together: kurtosis of about 6.6 in the moves of one path, less in
 * a series that several paths move.
 */
export function volatilityPath(seed: number, name: string, nDays: number): Float64Array {
  const random = randomStream(seed, name), draw = normalDraws(random);
  const sd = 0.42, persistence = 0.96, shock = 1.8, shockRate = 0.02;
  const meanSquare = Math.exp(2 * sd * sd) * (1 + shockRate * (shock * shock - 1));
  const vol = new Float64Array(nDays);
  let log = sd * draw();
  for (let i = 0; i < nDays; ++i) {
    vol[i] = Math.exp(log) * (random() < shockRate ? shock : 1) / Math.sqrt(meanSquare);
    log = persistence * log + sd * Math.sqrt(1 - persistence * persistence) * draw();
  }
  return vol;
}
