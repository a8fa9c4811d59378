import { nullQuantiles } from "../core/null_percentile.ts";
import { type ShareInterval, wilsonInterval } from "./wilson.ts";

/**
 * Forecasts of about the same probability, and how often they came true, with Wilson's 95 %
 * interval of that share.
 */
export interface ReliabilityBin extends ShareInterval {
  /** Probabilities above `from`, up to and with `to`; the first bin holds its `from` too. */
  readonly from: number;
  readonly to: number;
  readonly nItems: number;
  readonly meanProbability: number;
  readonly shareRight: number;
}

/**
 * How often forecasts come true, by the probability that they gave.
 *
 * Bins without an item are left out. Bins of equal width are easy to read; bins of equal count
 * are quantiles of the probabilities, so that none rests on a few items, and those that ties
 * leave empty are left out.
 *
 * Cost: O(n · nBins). Source: sklearn's `calibration_curve`, whose bins these are.
 *
 * @param probabilities One an item, in [0, 1].
 * @param isRight Whether the item's forecast came true.
 * @param options.nBins Bins before empty ones are left out.
 * @throws {RangeError} If the lengths differ, a probability is outside [0, 1] or `nBins` is not a
 *   whole number >= 1.
 */
export function reliabilityBins(
  probabilities: ArrayLike<number>,
  isRight: ArrayLike<boolean>,
  { nBins, by }: { readonly nBins: number; readonly by: "width" | "count" },
): ReliabilityBin[] {
  checkForecasts(probabilities, isRight);
  if (!(Number.isInteger(nBins) && nBins >= 1)) {
    throw new RangeError(`Cannot bin forecasts as nBins must be a whole number >= 1: got ${nBins}`);
  }
  const shares = Array.from({ length: nBins + 1 }, (_, k) => k / nBins);
  const edges = by === "width" ? shares : nullQuantiles(probabilities, shares);
  const sums = edges.slice(1).map(() => ({ nItems: 0, probability: 0, right: 0 }));
  for (let i = 0; i < probabilities.length; ++i) {
    let bin = 0;
    while (bin < nBins - 1 && probabilities[i]! > edges[bin + 1]!) ++bin;
    const sum = sums[bin]!;
    sum.nItems += 1;
    sum.probability += probabilities[i]!;
    sum.right += Number(isRight[i]!);
  }
  return sums.flatMap(({ nItems, probability, right }, bin) =>
    nItems === 0 ? [] : [{
      ...{ from: edges[bin]!, to: edges[bin + 1]!, nItems },
      ...{ meanProbability: probability / nItems, shareRight: right / nItems },
      ...wilsonInterval(right, nItems),
    }]
  );
}

/**
 * Expected calibration error: the mean distance between what forecasts said and how often they came
 * true, bins weighed by their items.
 *
 * It grows with the number of bins by chance alone, so it compares only under equal bins and items.
 *
 * NaN: no item. Source: Naeini, Cooper & Hauskrecht 2015.
 */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  let sum = 0, nItems = 0;
  for (const bin of bins) {
    sum += bin.nItems * Math.abs(bin.shareRight - bin.meanProbability);
    nItems += bin.nItems;
  }
  return sum / nItems;
}

/**
 * Mean squared distance of the probability from the outcome, 0 best; always saying ½ gives 0.25.
 *
 * NaN: no item. Cost: O(n). Source: Brier 1950, in its form for two outcomes.
 *
 * @throws {RangeError} If the lengths differ or a probability is outside [0, 1].
 */
export function brierScore(
  probabilities: ArrayLike<number>,
  isRight: ArrayLike<boolean>,
): number {
  checkForecasts(probabilities, isRight);
  let sum = 0;
  for (let i = 0; i < probabilities.length; ++i) {
    sum += (probabilities[i]! - Number(isRight[i]!)) ** 2;
  }
  return sum / probabilities.length;
}

/**
 * Mean surprise at the outcomes, −ln of the probability that each was given, in nats; 0 best, always
 * saying ½ gives ln 2.
 *
 * Probabilities are kept 2⁻⁵² away from 0 and 1, so one certain error costs 36 nats and not
 * everything, as in sklearn's `log_loss`.
 *
 * NaN: no item. Cost: O(n). Source: Good 1952.
 *
 * @throws {RangeError} If the lengths differ or a probability is outside [0, 1].
 */
export function logScore(probabilities: ArrayLike<number>, isRight: ArrayLike<boolean>): number {
  checkForecasts(probabilities, isRight);
  let sum = 0;
  for (let i = 0; i < probabilities.length; ++i) {
    const p = Math.min(Math.max(probabilities[i]!, Number.EPSILON), 1 - Number.EPSILON);
    sum -= isRight[i]! ? Math.log(p) : Math.log1p(-p);
  }
  return sum / probabilities.length;
}

function checkForecasts(probabilities: ArrayLike<number>, isRight: ArrayLike<boolean>): void {
  if (probabilities.length !== isRight.length) {
    throw new RangeError(
      `Cannot score forecasts as each must have an outcome: got ${probabilities.length} and ${isRight.length}`,
    );
  }
  for (let i = 0; i < probabilities.length; ++i) {
    const p = probabilities[i]!;
    if (p >= 0 && p <= 1) continue;
    throw new RangeError(`Cannot score forecasts as each must be in [0, 1]: got ${p} at ${i}`);
  }
}
