import { countText } from "../core/number_text.ts";
import { basketHue } from "./basket_hue.ts";
import type { BasketWeights, WeightBand } from "./basket_weights.ts";
import { GRID, MUTED } from "./palette.ts";
import { cleanText } from "./text_lines.ts";
import { tint } from "./theme_hues.ts";

const MAX_BANDS = 18;
const SHADES = [1, 0.6, 0.36];
/** A sum of weights may exceed 1 by rounding. */
const ROUNDING = 1e-9;

/** One layer of a stack of weights. */
export interface StackedBand {
  readonly name: string;
  readonly fill: string;
  readonly weights: Float64Array;
  readonly mean: number;
}

/** Weights as layers over the days. */
export interface Stack {
  /** The largest mean first; the last may hold many. */
  readonly bands: readonly StackedBand[];
  readonly cash: Float64Array;
  readonly cashMean: number;
  /** Indices of the days without an unknown weight. */
  readonly known: readonly number[];
  /** Parts held on each day. */
  readonly nHeld: Float64Array;
}

/**
 * Weights as layers, the largest mean first; beyond 18 the smallest are one, cash is what is left.
 *
 * NaN: a day with an unknown weight has unknown cash and stays out of the means.
 *
 * @throws {RangeError} If weights are negative, exceed 1 together, or are not one for each day.
 */
export function weightStack({ days, bands }: BasketWeights): Stack {
  const cash = new Float64Array(days.length).fill(1), nHeld = new Float64Array(days.length);
  for (const { id, weights } of bands) {
    if (weights.length !== days.length) {
      throw new RangeError(
        `Cannot draw the weights of "${id}" as there must be one for each of ${days.length} days: got ${weights.length}`,
      );
    }
    for (let i = 0; i < days.length; ++i) {
      const weight = weights[i]!;
      if (weight < 0 || weight > 1 + ROUNDING) {
        throw new RangeError(
          `Cannot draw the weight of "${id}" as it must be in [0, 1] or NaN: got ${weight}`,
        );
      }
      cash[i]! -= weight;
      nHeld[i]! += Number.isNaN(weight) ? NaN : Number(weight > 0);
    }
  }
  const over = cash.findIndex((share) => share < -ROUNDING);
  if (over >= 0) {
    throw new RangeError(
      `Cannot draw the weights of a day as they must add up to 1 at most: got ${1 - cash[over]!}`,
    );
  }
  const known = days.map((_, i) => i).filter((i) => !Number.isNaN(cash[i]!));
  const mean = (values: ArrayLike<number>) =>
    known.reduce((sum, i) => sum + values[i]!, 0) / known.length;
  const sorted = bands.map((band) => ({ band, mean: mean(band.weights) })).sort((a, b) =>
    b.mean - a.mean || (a.band.id < b.band.id ? -1 : 1)
  );
  const own = sorted.length > MAX_BANDS ? sorted.slice(0, MAX_BANDS - 1) : sorted;
  const rest = sorted.slice(own.length);
  const sum = new Float64Array(days.length);
  for (const { band } of rest) sum.forEach((value, i) => sum[i] = value + band.weights[i]!);
  return {
    bands: [
      ...own.map(({ band, mean }, k): StackedBand => ({
        name: cleanText(band.name),
        fill: shade(band, k, bands),
        weights: Float64Array.from(band.weights),
        mean,
      })),
      ...(rest.length === 0 ? [] : [{
        name: `${countText(rest.length)} others`,
        fill: GRID,
        weights: sum,
        mean: mean(sum),
      }]),
    ],
    cash: cash.map((share) => Math.max(share, 0)),
    cashMean: mean(cash.map((share) => Math.max(share, 0))),
    known,
    nHeld,
  };
}

/**
 * A theme's colour where it is the first of its hue by id, a lighter one where it is the second or
 * third: names are not beside the colours in a stack. Bands without a hue differ by their place.
 */
function shade(band: WeightBand, place: number, bands: readonly WeightBand[]): string {
  const rank = band.hue === null
    ? place
    : bands.filter(({ hue, id }) => hue === band.hue && id < band.id).length;
  return tint(band.hue === null ? MUTED : basketHue(band).fill, SHADES[rank % SHADES.length]!);
}
