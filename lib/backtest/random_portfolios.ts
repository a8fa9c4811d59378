import { randomStream } from "../core/random.ts";
import { type GrowthPaths, growthPaths, type Offered } from "./growth_paths.ts";
import { fillPlan, matchedPlan, type MatchedWeight, type WeightPlan } from "./matched_weights.ts";
import type { PricePaths } from "./price_paths.ts";
import type { TradeCost } from "./trade_cost.ts";

/** What a random portfolio may choose from at one trade date, and how much it takes of what. */
export interface RandomDate {
  readonly tradedOn: number;
  /** One contract an event, those that every method may hold. */
  readonly contracts: readonly Offered[];
  /** Weights that the method held, with the prices of their sides; the rest is cash. */
  readonly held: readonly MatchedWeight[];
}

/** How the draws are made. */
export interface RandomOptions {
  readonly seed: number;
  /** Draws number `from` to `to` − 1, so that workers can share them. */
  readonly from: number;
  readonly to: number;
  /** Last day of the replay. */
  readonly lastDay: number;
  readonly maxPriceAgeDays: number;
  readonly cost: TradeCost;
}

/** Random portfolios with daily values; every series starts at 100 on the first trade date. */
export interface RandomPortfolios {
  readonly firstDay: number;
  readonly nDays: number;
  /** nDraws × nDays net values, row-major. */
  readonly nav: Float64Array;
  /** nDraws × nDays values free of cost. */
  readonly navGross: Float64Array;
}

/**
 * Portfolios of randomly chosen contracts, the null of a method: what anyone holds who takes the
 * same weights of contracts at about the same prices, trades on the same dates, pays the same costs,
 * and knows nothing.
 *
 * Prices are matched in bins, since a dollar of a cheap side costs most to trade and swings most: a
 * null of other prices would call a method good that merely holds favourites. Weights are matched,
 * since a concentrated portfolio is spread wider. A draw gives each event a random rank for good and
 * fills each bin with the first of those on offer. Ranks that last give a random portfolio the
 * turnover of a patient holder. Settled contracts wait in cash, as in the ledger's default policy.
 * One simplification: at a trade date everything can be sold at its last mark, however old.
 *
 * Cost: O(draws × dates × (contracts log contracts + days × held)).
 *
 * @param dates By trade date. Dates before the first with a contract to hold are left out.
 */
export function randomPortfolios(
  paths: PricePaths,
  dates: readonly RandomDate[],
  options: RandomOptions,
): RandomPortfolios {
  const first = dates.findIndex(({ held }) => held.length > 0);
  const used = first < 0 ? [] : dates.slice(first);
  const firstDay = used[0]?.tradedOn ?? options.lastDay;
  const nDays = options.lastDay - firstDay + 1, nDraws = options.to - options.from;
  const navs = {
    nav: new Float64Array(nDraws * nDays).fill(100),
    navGross: new Float64Array(nDraws * nDays).fill(100),
  };
  const events = new Map<string, number>();
  for (const { contracts } of used) {
    for (const { eventId } of contracts) if (!events.has(eventId)) events.set(eventId, events.size);
  }
  const offers = used.map((date, d) => {
    // what is sold for cash is sold in the sizes of the date before
    const { held } = used.slice(0, d + 1).findLast((one) => one.held.length > 0)!;
    const invested = held.reduce((sum, { weight }) => sum + weight, 0);
    const growth = growthPaths(paths, date.contracts, {
      ...{ from: date.tradedOn, to: used[d + 1]?.tradedOn ?? options.lastDay },
      ...{ maxPriceAgeDays: options.maxPriceAgeDays, cost: options.cost },
      notional: 100 * invested / held.length,
    });
    const contracts = Array.from(growth.offered, (k) => date.contracts[k]!);
    return {
      ...{ date, paths: growth, plan: matchedPlan(date.held, growth.sidePrice) },
      names: contracts.map(({ marketId, side }) => `${side} ${marketId}`),
      event: Int32Array.from(contracts, ({ eventId }) => events.get(eventId)!),
    };
  });
  const periods = offers.map(({ names, ...own }, d): Period => {
    const places = new Map(offers[d + 1]?.names.map((name, i) => [name, i]));
    return { ...own, next: Int32Array.from(names, (name) => places.get(name) ?? -1) };
  });
  for (let draw = 0; draw < nDraws; ++draw) {
    const random = randomStream(options.seed, `random portfolio ${options.from + draw}`);
    drawPortfolio(periods, Float64Array.from({ length: events.size }, random), {
      nav: navs.nav.subarray(draw * nDays, (draw + 1) * nDays),
      navGross: navs.navGross.subarray(draw * nDays, (draw + 1) * nDays),
    }, firstDay);
  }
  return { firstDay, nDays, ...navs };
}

interface Period {
  readonly date: RandomDate;
  readonly paths: GrowthPaths;
  readonly plan: WeightPlan;
  /** Event of each contract on offer, as a place among the ranks. */
  readonly event: Int32Array;
  /** Place of each contract and side at the next date; −1 where it is not on offer then. */
  readonly next: Int32Array;
}

/** What a draw still holds at a trade date. */
interface Kept {
  /** Place among the contracts on offer; −1 where it is none of them. */
  readonly place: number;
  readonly weight: number;
  /** Cost of trading a dollar when it was bought. */
  readonly rate: number;
}

/** Fills the two series of one draw. */
function drawPortfolio(
  periods: readonly Period[],
  rank: Float64Array,
  { nav, navGross }: { readonly nav: Float64Array; readonly navGross: Float64Array },
  firstDay: number,
): void {
  let value = 100, kept = 1;
  let before: readonly Kept[] = [];
  for (const { date, paths, plan, event, next } of periods) {
    const n = paths.offered.length, last = (paths.nDays - 1) * n;
    const { places, weights } = fillPlan(plan, (i) => rank[event[i]!]!);
    const old = new Float64Array(n);
    for (const { place, weight } of before) if (place >= 0) old[place] = weight;
    let cost = 0, cash = 1;
    places.forEach((i, h) => {
      cost += Math.abs(weights[h]! - old[i]!) * paths.costRate[i]!;
      cash -= weights[h]!;
      old[i] = NaN;
    });
    for (const { place, weight, rate } of before) {
      if (place < 0) cost += weight * rate;
      else if (!Number.isNaN(old[place]!)) cost += weight * paths.costRate[place]!;
    }
    kept *= Math.max(1 - cost, 0);
    const offset = date.tradedOn - firstDay;
    let grown = 1;
    for (let t = 0; t < paths.nDays; ++t) {
      let sum = cash;
      for (let h = 0; h < places.length; ++h) {
        sum += weights[h]! * paths.growth[t * n + places[h]!]!;
      }
      grown = sum;
      // the day of the next trade date is written again after its trade
      navGross[offset + t] = value * grown;
      nav[offset + t] = value * grown * kept;
    }
    value *= grown;
    const left: Kept[] = [];
    places.forEach((i, h) => {
      if (paths.isSettled[i] === 1 || !(grown > 0)) return;
      const drifted = weights[h]! * paths.growth[last + i]! / grown;
      left.push({ place: next[i]!, weight: drifted, rate: paths.costRate[i]! });
    });
    before = left;
  }
}
