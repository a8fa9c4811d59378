import type { Side } from "../baskets/side.ts";
import { normalQuantile } from "../core/normal.ts";
import { type ClusteredShare, clusteredShare } from "../stats/clustered_share.ts";
import { type ShareInterval, wilsonInterval } from "../stats/wilson.ts";

/** A side of a contract that was bought and held until it paid. */
export interface SettledBet {
  readonly marketId: string;
  readonly eventId: string;
  readonly side: Side;
  /** Price of the side when it was bought, in (0, 1). */
  readonly entryPrice: number;
  /** What the side paid, in [0, 1]. */
  readonly payout: number;
}

/** Bets of about the same price, and what they paid. */
export interface CalibrationBin extends ShareInterval {
  /** Prices above `from`, up to and with `to`. */
  readonly from: number;
  readonly to: number;
  readonly nBets: number;
  /** Events among them; the interval takes each as one item. */
  readonly nEvents: number;
  readonly meanPrice: number;
  readonly meanPayout: number;
}

/**
 * Brier score of the prices and its parts:
 * `brier = reliability − resolution + uncertainty + withinBins`.
 */
export interface BrierParts {
  /** Mean squared distance of price and payout; 0 best. */
  readonly brier: number;
  /** Distance of the bins' payouts from their prices; 0 where prices are calibrated. */
  readonly reliability: number;
  /** How far the bins' payouts lie apart; the more the prices tell, the larger. */
  readonly resolution: number;
  /** Variance of the payouts, which no price can help. */
  readonly uncertainty: number;
  /** What the bins blur: spread of the prices within them, less twice their covariance with payouts. */
  readonly withinBins: number;
}

/** What settled bets say about the prices that were paid. */
export interface SettledBets extends BrierParts {
  /** Share of bets that paid more than they cost, its interval clustered by event. */
  readonly hits: ClusteredShare;
  /** The hit rate that fair prices would have given, and 95 % of what they might give by chance. */
  readonly fairRate: number;
  readonly fairLow: number;
  readonly fairHigh: number;
  readonly meanPayout: number;
  /** Mean surprise at the payouts, nats. */
  readonly logScore: number;
  readonly calibration: readonly CalibrationBin[];
}

/**
 * Hit rate, calibration and scores of the bets that a basket held until they settled.
 *
 * A hit rate alone says nothing: whoever buys favourites at 0.9 is right nine times in ten without an
 * edge. Beside it stands what fair prices would give, the mean price paid. Outcomes of one event
 * depend on each other, so every interval counts events: hits by their design effect, bins by their
 * number of events. A fractional payout is a hit where it is above the price, and enters the scores
 * as it is.
 *
 * NaN: no bet. Cost: O(n · nBins).
 * Source: Murphy 1973, with the two terms within bins of Stephenson, Coelho & Jolliffe 2008; the
 * fair interval is the normal limit of a sum of unequal coins (Poisson's binomial) with each event
 * won or lost whole, the widest that dependence can make it.
 *
 * @param bets One for each position; several of one event are allowed.
 * @param options.nBins Bins of equal width; empty ones are left out.
 * @throws {RangeError} If a price is not in (0, 1), a payout not in [0, 1] or `nBins` not a whole number
 *   of at least 1.
 */
export function settledBets(
  bets: readonly SettledBet[],
  { nBins }: { readonly nBins: number },
): SettledBets {
  requireBets(bets, nBins);
  const n = bets.length,
    mean = (value: (bet: SettledBet) => number) =>
      bets.reduce((sum, bet) => sum + value(bet), 0) / n;
  const hits = clusteredShare(
    bets.map(({ payout, entryPrice }) => payout > entryPrice),
    bets.map(({ eventId }) => eventId),
  );
  const fairRate = mean(({ entryPrice }) => entryPrice);
  const variance = mean(({ entryPrice }) => entryPrice * (1 - entryPrice)) / n;
  const half = normalQuantile(0.975) * Math.sqrt(variance * fairEffect(bets));
  const bins = binned(bets, nBins);
  return {
    ...{ hits, fairRate, meanPayout: mean(({ payout }) => payout) },
    fairLow: Math.max(fairRate - half, 0),
    fairHigh: Math.min(fairRate + half, 1),
    logScore: -mean(({ entryPrice, payout }) =>
      payout * Math.log(entryPrice) + (1 - payout) * Math.log1p(-entryPrice)
    ),
    ...brierParts(bets, bins),
    calibration: bins.map(calibrationBin),
  };
}

/** Bets an event, weighed by its bets: how much wider an interval is if an event is won or lost whole. */
function fairEffect(bets: readonly SettledBet[]): number {
  const sizes = new Map<string, number>();
  for (const { eventId } of bets) sizes.set(eventId, (sizes.get(eventId) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum + size * size, 0) / bets.length;
}

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly bets: readonly SettledBet[];
}

function binned(bets: readonly SettledBet[], nBins: number): Bin[] {
  const groups = Array.from({ length: nBins }, (): SettledBet[] => []);
  for (const bet of bets) {
    let bin = 0;
    while (bin < nBins - 1 && bet.entryPrice > (bin + 1) / nBins) ++bin;
    groups[bin]!.push(bet);
  }
  return groups.flatMap((own, bin) =>
    own.length === 0 ? [] : [{ from: bin / nBins, to: (bin + 1) / nBins, bets: own }]
  );
}

function means(bets: readonly SettledBet[]): { price: number; payout: number } {
  let price = 0, payout = 0;
  for (const bet of bets) {
    price += bet.entryPrice;
    payout += bet.payout;
  }
  return { price: price / bets.length, payout: payout / bets.length };
}

function calibrationBin({ from, to, bets }: Bin): CalibrationBin {
  const { price, payout } = means(bets);
  const nEvents = new Set(bets.map(({ eventId }) => eventId)).size;
  return {
    ...{ from, to, nBets: bets.length, nEvents, meanPrice: price, meanPayout: payout },
    ...wilsonInterval(Math.min(payout * nEvents, nEvents), nEvents),
  };
}

function brierParts(bets: readonly SettledBet[], bins: readonly Bin[]): BrierParts {
  const n = bets.length, overall = means(bets).payout;
  let brier = 0, reliability = 0, resolution = 0, uncertainty = 0, withinBins = 0;
  for (const bin of bins) {
    const { price, payout } = means(bin.bets);
    reliability += bin.bets.length * (price - payout) ** 2 / n;
    resolution += bin.bets.length * (payout - overall) ** 2 / n;
    for (const bet of bin.bets) {
      const above = bet.entryPrice - price;
      brier += (bet.entryPrice - bet.payout) ** 2 / n;
      uncertainty += (bet.payout - overall) ** 2 / n;
      withinBins += above * (above - 2 * (bet.payout - payout)) / n;
    }
  }
  return n === 0
    ? { brier: NaN, reliability: NaN, resolution: NaN, uncertainty: NaN, withinBins: NaN }
    : { brier, reliability, resolution, uncertainty, withinBins };
}

function requireBets(bets: readonly SettledBet[], nBins: number): void {
  for (const { marketId, entryPrice, payout } of bets) {
    if (!(entryPrice > 0 && entryPrice < 1)) {
      throw new RangeError(
        `Cannot judge bets as each must have cost between 0 and 1: got ${entryPrice} for "${marketId}"`,
      );
    }
    if (!(payout >= 0 && payout <= 1)) {
      throw new RangeError(
        `Cannot judge bets as each must have paid 0 to 1: got ${payout} for "${marketId}"`,
      );
    }
  }
  if (!(Number.isInteger(nBins) && nBins >= 1)) {
    throw new RangeError(`Cannot judge bets as nBins must be a whole number >= 1: got ${nBins}`);
  }
}
