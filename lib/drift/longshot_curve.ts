import type { DataSet } from "../core/data_set.ts";
import { normalQuantile } from "../core/normal.ts";
import { wilsonInterval } from "../stats/wilson.ts";
import { type ClusteredRatio, clusteredRatio } from "./clustered_ratio.ts";
import { type ClusteredSlope, clusteredSlope } from "./clustered_slope.ts";
import { contractLives, type EventLabels } from "./contract_lives.ts";
import { PRICE_EDGES, priceBin } from "./drift_bins.ts";
import {
  LONGSHOT_RULES,
  type LongshotRule,
  type LongshotSamples,
  longshotSamples,
  peeks,
} from "./longshot_samples.ts";

/** Prices of one bin and what they paid. */
export interface LongshotBin {
  /** Ends of the bin: of the price a week before the sampled one. */
  readonly priceLow: number;
  readonly priceHigh: number;
  /** Mean of the sampled prices. */
  readonly meanPrice: number;
  /** Mean payout, the share that paid. */
  readonly paidShare: number;
  /** Its 95% interval, Wilson's at the effective n. */
  readonly low: number;
  readonly high: number;
  /** What fair prices give for this n in 95% of cases. */
  readonly fairLow: number;
  readonly fairHigh: number;
  readonly nSamples: number;
  readonly nContracts: number;
  readonly nEvents: number;
  /** Independent samples that would tell as much, at most nSamples. */
  readonly effectiveN: number;
}

/** Murphy's parts of a Brier score: score = reliability − resolution + uncertainty + within. */
export interface BrierParts {
  /** Mean squared distance of price and payout, with its interval by events. */
  readonly score: ClusteredRatio;
  /** Squared distance of mean price and share paid, mean over samples; 0 is calibrated. */
  readonly reliability: number;
  /** What fair prices give for it by chance alone. */
  readonly fairReliability: number;
  readonly resolution: number;
  readonly uncertainty: number;
  /** What is left because prices vary within bins (Stephenson et al. 2008). */
  readonly within: number;
}

/** Prices under one rule against what they paid. */
export interface LongshotCurve {
  readonly rule: string;
  /** Whether the days of the rule are known only afterwards. */
  readonly peeks: boolean;
  /** Bins with a sample, by price. */
  readonly bins: readonly LongshotBin[];
  /** Payout less price, in points: what buying the quoted outcome at every sampled price earned. */
  readonly gain: ClusteredRatio;
  /**
   * Line of payout less price over the price a week before, in points a point: above zero long shots
   * cost too much and favourites too little.
   */
  readonly slope: ClusteredSlope;
  readonly brier: BrierParts;
  /** Correlation of two payouts of one event in one bin, given their prices, in [0, 1]. */
  readonly withinEvent: number;
  readonly nSamples: number;
  readonly nContracts: number;
  readonly nEvents: number;
  /** Due contracts without a payout. */
  readonly nUnsettled: number;
}

/** How {@link longshotCurves} looks at prices. */
export interface LongshotOptions extends EventLabels {
  readonly rules?: readonly LongshotRule[];
  /** The quoted outcome, or whichever side cost more a week before: the other side is its mirror. */
  readonly side?: "quoted" | "favourite";
}

/**
 * The favourite–longshot curve: prices against the share that paid.
 *
 * Samples are binned by the price of a week before, for the reason that {@link driftBinnings} gives: by
 * its own price a stale or bounced quote stands in a bin that its contract does not belong to. Contracts
 * of one event are not independent trials: the interval of a bin is Wilson's with the number of samples
 * over 1 + (m − 1)ρ, ρ being the correlation within events over all bins of the rule (Rao & Scott
 * 1992). A bootstrap over events would give no width at all to a bin in which nothing paid.
 *
 * NaN: as in {@link clusteredRatio}; a rule without samples has no bins. Cost: O(prices × rules).
 */
export function longshotCurves(
  data: DataSet,
  { eventOf, rules = LONGSHOT_RULES, side = "quoted" }: LongshotOptions = {},
): LongshotCurve[] {
  const lives = contractLives(data, { eventOf });
  return rules.map((rule) => {
    const taken = longshotSamples(rule, { lives, prices: data.prices });
    const samples = side === "favourite" ? favourites(taken) : taken;
    return curve(rule, samples, {
      event: Int32Array.from(samples.contract, (c) => lives.event[c]!),
      nEvents: lives.nEvents,
    });
  });
}

/** The same samples seen from the side that cost more a week before. */
function favourites(samples: LongshotSamples): LongshotSamples {
  const turned = (values: Float64Array) =>
    values.map((x, i) => samples.earlierPrice[i]! < 0.5 ? 1 - x : x);
  return {
    ...samples,
    price: turned(samples.price),
    earlierPrice: turned(samples.earlierPrice),
    payout: turned(samples.payout),
  };
}

interface Clusters {
  readonly event: Int32Array;
  readonly nEvents: number;
}

function curve(rule: LongshotRule, samples: LongshotSamples, clusters: Clusters): LongshotCurve {
  const { price, payout, earlierPrice, contract, nUnsettled } = samples;
  const n = price.length, { event, nEvents } = clusters;
  const bin = Int8Array.from(earlierPrice, priceBin);
  const gains = payout.map((paid, i) => 100 * (paid - price[i]!));
  const ones = new Float64Array(n).fill(1);
  const pairs = eventPairs(samples, clusters, bin);
  const bins = PRICE_EDGES.flatMap((_, k) => {
    const rows = rowsOfBin(bin, k);
    return rows.length === 0 ? [] : [longshotBin(k, rows, { samples, clusters, pairs })];
  });
  const perEvent = (values: Float64Array) => {
    const sums = new Float64Array(nEvents);
    values.forEach((value, i) => sums[event[i]!]! += value);
    return sums;
  };
  const sizes = perEvent(ones);
  const score = clusteredRatio(perEvent(gains.map((gain) => (gain / 100) ** 2)), sizes);
  return {
    ...{ rule: rule.key, peeks: peeks(rule), bins },
    gain: clusteredRatio(perEvent(gains), sizes),
    slope: clusteredSlope(earlierPrice.map((x) => 100 * x), gains, {
      ...{ cluster: event, nClusters: nEvents, centre: 50 },
    }),
    brier: { score, ...murphyParts(score.value, bins, payout) },
    withinEvent: pairs.correlation,
    ...{ nSamples: n, nContracts: new Set(contract).size, nEvents: new Set(event).size },
    nUnsettled,
  };
}

/** Sums that say how dependent the payouts of one event in one bin are. */
interface EventPairs {
  /** In [0, 1]; a negative estimate, as of outcomes that exclude each other, counts as 0. */
  readonly correlation: number;
  /** Σ s² and Σ over events (Σ s)² of each bin, s being the deviation of a fair payout. */
  readonly own: Float64Array;
  readonly joint: Float64Array;
}

function eventPairs(
  { price, payout }: LongshotSamples,
  { event, nEvents }: Clusters,
  bin: Int8Array,
): EventPairs {
  const nBins = PRICE_EDGES.length, cells = nBins * nEvents;
  const misses = new Float64Array(cells), spreads = new Float64Array(cells);
  const own = new Float64Array(nBins), joint = new Float64Array(nBins);
  let missSquares = 0, together = 0, possible = 0;
  price.forEach((p, i) => {
    const cell = bin[i]! * nEvents + event[i]!, miss = payout[i]! - p, spread = p * (1 - p);
    misses[cell]! += miss;
    spreads[cell]! += Math.sqrt(spread);
    own[bin[i]!]! += spread;
    missSquares += miss * miss;
  });
  misses.forEach((miss, cell) => {
    together += miss * miss;
    joint[Math.floor(cell / nEvents)]! += spreads[cell]! ** 2;
  });
  joint.forEach((sum, k) => possible += sum - own[k]!);
  const correlation = possible > 0 ? (together - missSquares) / possible : 0;
  return { correlation: Math.min(Math.max(correlation, 0), 1), own, joint };
}

const Z = normalQuantile(0.975);

function longshotBin(
  k: number,
  rows: readonly number[],
  { samples, clusters, pairs }: {
    readonly samples: LongshotSamples;
    readonly clusters: Clusters;
    readonly pairs: EventPairs;
  },
): LongshotBin {
  const n = rows.length;
  const mean = (values: Float64Array) => rows.reduce((sum, i) => sum + values[i]!, 0) / n;
  const meanPrice = mean(samples.price), paidShare = mean(samples.payout);
  const own = pairs.own[k]!, more = pairs.correlation * (pairs.joint[k]! - own);
  const effectiveN = own > 0 ? n * own / (own + more) : n;
  const { low, high } = wilsonInterval(paidShare * effectiveN, effectiveN);
  // prices differ within a bin, which leaves a little less to chance than their mean alone would
  const reach = Z * Math.sqrt(own + more) / n;
  return {
    ...{ priceLow: PRICE_EDGES[k - 1] ?? 0, priceHigh: PRICE_EDGES[k]!, meanPrice, paidShare },
    ...{
      low,
      high,
      fairLow: Math.max(meanPrice - reach, 0),
      fairHigh: Math.min(meanPrice + reach, 1),
    },
    nSamples: n,
    nContracts: new Set(rows.map((i) => samples.contract[i])).size,
    nEvents: new Set(rows.map((i) => clusters.event[i])).size,
    effectiveN,
  };
}

function murphyParts(
  score: number,
  bins: readonly LongshotBin[],
  payout: Float64Array,
): Omit<BrierParts, "score"> {
  const n = payout.length, base = payout.reduce((sum, paid) => sum + paid, 0) / n;
  const over = (part: (bin: LongshotBin) => number) =>
    bins.reduce((sum, bin) => sum + bin.nSamples * part(bin), 0) / n;
  const reliability = over(({ meanPrice, paidShare }) => (meanPrice - paidShare) ** 2);
  const resolution = over(({ paidShare }) => (paidShare - base) ** 2);
  const uncertainty = payout.reduce((sum, paid) => sum + (paid - base) ** 2, 0) / n;
  return {
    ...{ reliability, resolution, uncertainty },
    fairReliability: over(({ meanPrice, effectiveN }) => meanPrice * (1 - meanPrice) / effectiveN),
    within: score - (reliability - resolution + uncertainty),
  };
}

function rowsOfBin(bin: Int8Array, k: number): number[] {
  const rows: number[] = [];
  bin.forEach((own, i) => {
    if (own === k) rows.push(i);
  });
  return rows;
}
