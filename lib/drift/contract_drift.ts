import type { DataSet } from "../core/data_set.ts";
import { MISSING_DAY } from "../core/day.ts";
import { falseDiscovery } from "../stats/false_discovery.ts";
import { type ClusteredRatio, clusteredRatio } from "./clustered_ratio.ts";
import { type ContractLives, contractLives, type EventLabels } from "./contract_lives.ts";
import {
  DRIFT_SAMPLES,
  type DriftSample,
  type DriftSteps,
  driftSteps,
  sampleWeights,
} from "./drift_steps.ts";
import { type FirstMarks, firstMarks } from "./first_marks.ts";
import { type DriftBinning, driftBinnings, type DriftBy, type DriftLabels } from "./drift_bins.ts";

/** Drift of the contracts of one bin under one sampling. A point is one percent of the payout. */
export interface DriftRow {
  readonly sample: DriftSample;
  readonly by: DriftBy;
  readonly bin: string;
  /** Points a contract changes by in a day, payouts counted where the sample has them. */
  readonly drift: ClusteredRatio;
  /**
   * Benjamini & Hochberg over the bins of the sample by price, age, days to the end, theme and kind;
   * NaN for "all", which is one test, and for "price_same_day", which is no fair one.
   */
  readonly qValue: number;
  /** The part of the drift that comes from prices, points a day. */
  readonly pricePart: number;
  /** The part that comes from payouts, points a day; the two add up to the drift. */
  readonly settlementPart: number;
  /** Payout less last price, points a settled contract, where the last price was in the bin. */
  readonly jump: ClusteredRatio;
  /**
   * Points that a contract earns in the bin over its whole stay. For everything, a theme or a kind:
   * its last value less its first price.
   */
  readonly stay: ClusteredRatio;
  /** Mean simple return of holding the quoted outcome for one day, a share. */
  readonly oneDayReturn: ClusteredRatio;
  /** Change of value a day over money at stake, a share: the return of one piece of each contract. */
  readonly moneyReturn: ClusteredRatio;
  readonly nContracts: number;
  readonly nEvents: number;
  /** Contract days. */
  readonly nDays: number;
  /** Contracts with a payout, still quoted on the last day, and lost before it without a payout. */
  readonly nSettled: number;
  readonly nOpen: number;
  readonly nLost: number;
}

/** What {@link contractDrift} finds. */
export interface ContractDrift {
  /** By sample, then in the order of the binnings and their bins. */
  readonly rows: readonly DriftRow[];
  readonly firstMarks: FirstMarks;
  /** UTC days of the first and last price. */
  readonly firstDay: number;
  readonly lastDay: number;
}

/**
 * What contracts gain or lose by being held, over everything in the source and as samples of what is
 * still open would have it.
 *
 * Everything in the source is not everything ever listed: one that keeps what was settled or much traded in the
 * end was chosen by what became of contracts, and shows the drift of the chosen. Nothing here undoes that.
 *
 * Each step from one price to the next, and the last one to the payout, belongs to the bin of where it
 * began, so no bin knows what came later. Bins by price take the price of a week before, see
 * {@link driftBinnings}. The drift is the sum of the changes over the sum of the days:
 * the steps of a contract telescope, so that bid-ask bounce enters with the first price alone, while a
 * mean of daily returns gains from it every day (Blume & Stambaugh 1983). Contracts that are not
 * settled count at their last price. Events are what is independent, however many contracts they have;
 * drivers that several events share are not seen, so errors are a little small where there are any.
 *
 * Units: points (percent of the payout) a day; returns as shares a day, simple, never winsorised.
 * NaN: a value without data; errors where events are too few, see {@link clusteredRatio}.
 * Cost: O(prices × binnings × samples) time, O(events × bins) memory.
 *
 * @param options.eventOf Event of a market; the venue's own where it is left out.
 * @param options.themeOf Theme of a market; no bins by theme where it is left out.
 * @param options.kindOf Kind of the market's event, such as `time_variant`; likewise.
 */
export function contractDrift(
  data: DataSet,
  { eventOf, ...labels }: DriftLabels & EventLabels = {},
): ContractDrift {
  const lives = contractLives(data, { eventOf });
  const steps = driftSteps(data.prices, lives);
  const binnings = driftBinnings(data.markets, { lives, steps }, labels);
  const places = binnings.map(({ binOf }) => steps.contract.map((_, i) => binOf(i)));
  const rows = DRIFT_SAMPLES.flatMap((sample) => {
    const weights = sampleWeights(sample, steps, { lives, prices: data.prices });
    const found = binnings.flatMap((binning, k) =>
      binRows({ steps, lives, data, weights }, { sample, binning, places: places[k]! })
    );
    const q = falseDiscovery(
      found.map(({ by, drift }) => by === "all" || by === "price_same_day" ? NaN : drift.pValue),
    );
    return found.map((row, at) => ({ ...row, qValue: q[at]! }));
  });
  const { firstDay, lastDay } = lives;
  return { rows, firstMarks: firstMarks(steps, lives), firstDay, lastDay };
}

interface WeighedSteps {
  readonly steps: DriftSteps;
  readonly lives: ContractLives;
  readonly data: DataSet;
  readonly weights: Float64Array;
}

/** Sums over the events of one bin. */
interface BinSums {
  readonly prices: Float64Array;
  readonly payouts: Float64Array;
  readonly days: Float64Array;
  readonly contracts: Float64Array;
  readonly settled: Float64Array;
  readonly jumps: Float64Array;
  readonly returns: Float64Array;
  readonly oneDays: Float64Array;
  readonly money: Float64Array;
  nDays: number;
  nContracts: number;
  nSettled: number;
  nOpen: number;
  lastContract: number;
}

function binRows(
  weighed: WeighedSteps,
  { sample, binning, places }: {
    readonly sample: DriftSample;
    readonly binning: DriftBinning;
    readonly places: Int32Array;
  },
): DriftRow[] {
  const sums = binning.labels.map(() => emptySums(weighed.lives.nEvents));
  addSteps(weighed, { sums, places });
  return binning.labels.flatMap((bin, at) => {
    const one = sums[at]!;
    if (one.nContracts === 0) return [];
    const total = one.prices.map((points, e) => points + one.payouts[e]!);
    const drift = clusteredRatio(total, one.days);
    const days = sum(one.days);
    return [{
      ...{ sample, by: binning.by, bin, drift, qValue: NaN },
      pricePart: sum(one.prices) / days,
      settlementPart: sum(one.payouts) / days,
      jump: clusteredRatio(one.jumps, one.settled),
      stay: clusteredRatio(total, one.contracts),
      oneDayReturn: clusteredRatio(one.returns, one.oneDays),
      moneyReturn: clusteredRatio(total.map((points) => points / 100), one.money),
      ...{ nContracts: one.nContracts, nEvents: drift.nClusters, nDays: one.nDays },
      ...{ nSettled: one.nSettled, nOpen: one.nOpen },
      nLost: one.nContracts - one.nSettled - one.nOpen,
    }];
  });
}

function addSteps(
  { steps, lives, data, weights }: WeighedSteps,
  { sums, places }: { readonly sums: readonly BinSums[]; readonly places: Int32Array },
): void {
  for (let i = 0; i < places.length; ++i) {
    const weight = weights[i]!, bin = places[i]!;
    if (weight === 0 || bin < 0) continue;
    const one = sums[bin]!, c = steps.contract[i]!, event = lives.event[c]!;
    const price = steps.price[i]!, days = steps.days[i]!, change = steps.change[i]!;
    one.days[event]! += weight * days;
    one.money[event]! += weight * days * price;
    one.nDays += days;
    if (steps.isSettlement[i] === 1) {
      one.payouts[event]! += weight * 100 * change;
      one.jumps[event]! += 100 * change;
      ++one.settled[event]!;
    } else one.prices[event]! += weight * 100 * change;
    if (days === 1 && price > 0) {
      one.returns[event]! += weight * change / price;
      one.oneDays[event]! += weight;
    }
    if (one.lastContract === c) continue;
    one.lastContract = c;
    one.contracts[event]! += weight;
    ++one.nContracts;
    if (lives.settledDay[c] !== MISSING_DAY) ++one.nSettled;
    else if (data.prices.day[lives.to[c]! - 1] === lives.lastDay) ++one.nOpen;
  }
}

function emptySums(nEvents: number): BinSums {
  const zeros = () => new Float64Array(nEvents);
  return {
    ...{ prices: zeros(), payouts: zeros(), days: zeros(), contracts: zeros(), settled: zeros() },
    ...{ jumps: zeros(), returns: zeros(), oneDays: zeros(), money: zeros() },
    ...{ nDays: 0, nContracts: 0, nSettled: 0, nOpen: 0, lastContract: -1 },
  };
}

function sum(values: Float64Array): number {
  return values.reduce((total, x) => total + x, 0);
}
