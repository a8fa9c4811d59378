import { randomStream } from "../core/random.ts";
import { type GrowthPaths, growthPaths, type Offered } from "./growth_paths.ts";
import type { PricePaths } from "./price_paths.ts";
import type { TradeCost } from "./trade_cost.ts";

/** What a random portfolio may choose from at one trade date, and how much it takes. */
export interface RandomDate {
  readonly tradedOn: number;
  /** One contract an event, those that every method may hold. */
  readonly contracts: readonly Offered[];
  /** Contracts to hold: as many as the method held. */
  readonly nHeld: number;
  /** Share of the value that is invested, as the method's was. */
  readonly invested: number;
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
 * Portfolios of randomly chosen contracts, the null of a method: what anyone holds who takes as many
 * contracts, invests the same share, trades on the same dates, pays the same costs, and knows
 * nothing.
 *
 * A draw gives each event a random rank for good and holds the first of those on offer, each with
 * the same weight. Ranks that last give a random portfolio the turnover of a patient holder; ranks
 * drawn anew each month would make the null pay for its own restlessness. Settled contracts wait in
 * cash, as in the ledger's default policy. One simplification: at a trade date everything can be
 * sold at its last mark, however old.
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
  const first = dates.findIndex(({ nHeld, invested }) => nHeld > 0 && invested > 0);
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
  const periods = used.map((date, d) => {
    const growth = growthPaths(paths, date.contracts, {
      ...{ from: date.tradedOn, to: used[d + 1]?.tradedOn ?? options.lastDay },
      ...{ maxPriceAgeDays: options.maxPriceAgeDays, cost: options.cost },
      notional: 100 * date.invested / Math.max(date.nHeld, 1),
    });
    const names = Array.from(growth.offered, (k) => {
      const { marketId, side } = date.contracts[k]!;
      return `${side} ${marketId}`;
    });
    return { date, paths: growth, names, indexOf: new Map(names.map((name, i) => [name, i])) };
  });
  for (let draw = 0; draw < nDraws; ++draw) {
    const random = randomStream(options.seed, `random portfolio ${options.from + draw}`);
    const rank = Float64Array.from({ length: events.size }, random);
    drawPortfolio(periods, (event) => rank[events.get(event)!]!, {
      nav: navs.nav.subarray(draw * nDays, (draw + 1) * nDays),
      navGross: navs.navGross.subarray(draw * nDays, (draw + 1) * nDays),
    }, firstDay);
  }
  return { firstDay, nDays, ...navs };
}

interface Period {
  readonly date: RandomDate;
  readonly paths: GrowthPaths;
  /** Side and market of each contract on offer, and its place. */
  readonly names: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
}

/** Fills the two series of one draw. */
function drawPortfolio(
  periods: readonly Period[],
  rankOf: (eventId: string) => number,
  { nav, navGross }: { readonly nav: Float64Array; readonly navGross: Float64Array },
  firstDay: number,
): void {
  let value = 100, kept = 1;
  let before = new Map<string, { weight: number; rate: number }>();
  for (const { date, paths, names, indexOf } of periods) {
    const held = chosen(date, paths, rankOf);
    const n = paths.offered.length, last = (paths.nDays - 1) * n;
    const weight = held.length === 0 ? 0 : date.invested / held.length;
    let cost = 0;
    for (const i of held) {
      cost += Math.abs(weight - (before.get(names[i]!)?.weight ?? 0)) * paths.costRate[i]!;
      before.delete(names[i]!);
    }
    for (const [name, { weight: old, rate }] of before) {
      const i = indexOf.get(name);
      cost += old * (i === undefined ? rate : paths.costRate[i]!);
    }
    kept *= 1 - cost;
    const cash = 1 - weight * held.length;
    const offset = date.tradedOn - firstDay;
    let grown = 1;
    for (let t = 0; t < paths.nDays; ++t) {
      let sum = 0;
      for (const i of held) sum += paths.growth[t * n + i]!;
      grown = cash + weight * sum;
      // the day of the next trade date is written again after its trade
      navGross[offset + t] = value * grown;
      nav[offset + t] = value * grown * kept;
    }
    value *= grown;
    before = new Map();
    for (const i of held) {
      if (paths.isSettled[i] === 1) continue;
      const drifted = weight * paths.growth[last + i]! / grown;
      before.set(names[i]!, { weight: drifted, rate: paths.costRate[i]! });
    }
  }
}

/** The contracts of a draw at one date: the first by rank, as many as are held. */
function chosen(
  { contracts, nHeld }: RandomDate,
  { offered }: GrowthPaths,
  rankOf: (eventId: string) => number,
): number[] {
  const order = Array.from(offered, (k, i) => ({ i, rank: rankOf(contracts[k]!.eventId) }));
  order.sort((a, b) => a.rank - b.rank || a.i - b.i);
  return order.slice(0, nHeld).map(({ i }) => i);
}
