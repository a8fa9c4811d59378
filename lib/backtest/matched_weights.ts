/** A weight that a method held, and the price of the side that it held with it. */
export interface MatchedWeight {
  /** Price of the side, probability. */
  readonly sidePrice: number;
  /** Share of the value. */
  readonly weight: number;
}

/** Which weights go to contracts of which prices. */
export interface WeightPlan {
  readonly bins: readonly {
    /** Places of the contracts on offer at these prices. */
    readonly candidates: Int32Array;
    /** Weights to give to some of them, the largest first. */
    readonly weights: Float64Array;
  }[];
  /** Weights for which there was no contract left at their price, the largest first. */
  readonly rest: Float64Array;
  readonly nOffered: number;
}

/** Upper ends of the bins of side prices: finer where a cent is a large part of the price. */
export const PRICE_BINS = [0.1, 0.2, 0.35, 0.5, 0.7, 1] as const;

function binOf(price: number): number {
  const bin = PRICE_BINS.findIndex((end) => price <= end);
  return bin < 0 ? PRICE_BINS.length - 1 : bin;
}

/**
 * Puts weights and contracts on offer into bins of prices.
 *
 * A bin with more weights than contracts gives its smallest ones to the rest, which goes to whatever is
 * left at any price; what finds no contract at all stays cash.
 *
 * Cost: O((held + offered) log).
 *
 * @param offered Price of the side of each contract on offer.
 */
export function matchedPlan(
  held: readonly MatchedWeight[],
  offered: Float64Array,
): WeightPlan {
  const weightsIn = PRICE_BINS.map((): number[] => []);
  for (const { sidePrice, weight } of held) weightsIn[binOf(sidePrice)]!.push(weight);
  const candidatesIn = PRICE_BINS.map((): number[] => []);
  offered.forEach((price, i) => candidatesIn[binOf(price)]!.push(i));
  const rest: number[] = [];
  const bins = weightsIn.map((weights, b) => {
    const sorted = Float64Array.from(weights).sort().reverse();
    const candidates = Int32Array.from(candidatesIn[b]!);
    rest.push(...sorted.subarray(candidates.length));
    return { candidates, weights: sorted.subarray(0, candidates.length) };
  });
  return { bins, rest: Float64Array.from(rest).sort().reverse(), nOffered: offered.length };
}

/** Ranks are 32-bit draws; below them in a key stands the contract's place. */
const RANK_STEPS = 2 ** 32, PLACES = 2 ** 20;

/**
 * Gives the weights of a plan to the contracts of the lowest ranks in each bin, the largest weight to
 * the lowest rank.
 *
 * Ranks and places are sorted as one number, as a comparison that is called back costs more than all
 * the rest of a draw.
 *
 * @param rankOf Rank of a place on offer, in [0, 1) with 32 bits.
 */
export function fillPlan(
  { bins, rest, nOffered }: WeightPlan,
  rankOf: (place: number) => number,
): { readonly places: Int32Array; readonly weights: Float64Array } {
  const places: number[] = [], weights: number[] = [];
  const isTaken = new Uint8Array(nOffered);
  const take = (candidates: ArrayLike<number>, own: Float64Array) => {
    const keys = Float64Array.from(
      candidates,
      (place) => Math.floor(rankOf(place) * RANK_STEPS) * PLACES + place,
    ).sort();
    for (let k = 0; k < Math.min(own.length, keys.length); ++k) {
      const place = keys[k]! % PLACES;
      isTaken[place] = 1;
      places.push(place);
      weights.push(own[k]!);
    }
  };
  for (const { candidates, weights: own } of bins) if (own.length > 0) take(candidates, own);
  if (rest.length > 0) {
    take([...isTaken.keys()].filter((place) => isTaken[place] === 0), rest);
  }
  return { places: Int32Array.from(places), weights: Float64Array.from(weights) };
}
