import { PRICE_BINS } from "lib/backtest/matched_weights.ts";
import { type PricePaths, pricePaths } from "lib/backtest/price_paths.ts";
import type { RandomDate } from "lib/backtest/random_portfolios.ts";
import type { TradeCost } from "lib/backtest/trade_cost.ts";
import { venueCosts } from "lib/backtest/venue_costs.ts";
import { sidePrice } from "lib/baskets/side.ts";
import { rowsOf } from "lib/core/data_set.ts";
import { randomStream } from "lib/core/random.ts";
import { decideDates } from "lib/decide/decide_dates.ts";
import { sleevesOf } from "lib/decide/method_study.ts";
import { type RandomJob, randomNull } from "lib/decide/random_null.ts";
import { methodJobs, randomJobs } from "lib/decide/replay_jobs.ts";
import { replayMethod } from "lib/decide/replay_method.ts";
import { assertSame, kept, simulatedMarkets } from "./made_replay.ts";

const N_MARKETS = 2700;

/** What random portfolios are drawn for: the main method's sleeve. */
const drawn = kept(async () => {
  const { data, config, costs, days } = await simulatedMarkets(N_MARKETS);
  const decisions = decideDates(data, days, { config });
  const main = methodJobs(decisions, { config, costs })
    .find(({ method }) => method === "hybrid_risk")!;
  const sleeves = sleevesOf(replayMethod(data, { ...main, isSleeveAlone: true }), "cash");
  const paths = pricePaths(data), { backtest } = config.settings;
  const [job] = randomJobs(decisions, sleeves, { config, costs, paths });
  const cost = venueCosts(paths, {
    ...{ fees: costs.fees, themeOf: (j) => costs.themes[j]!, feeModel: backtest.fee_model.value },
    ...{ capitalUsd: backtest.capital_usd.value, halfSpread: backtest.half_spread.value },
  });
  const closes = new Map(paths.ids.map((id, j) => {
    const { from, to } = rowsOf(paths.prices, j);
    const own = Array.from({ length: to - from }, (_, k) => from + k);
    return [id, new Map(own.map((row) => [paths.prices.day[row]!, paths.prices.close[row]!]))];
  }));
  const checked = { ...job!, to: 20 };
  assertSame(naiveDraws(checked, { paths, cost, closes }), randomNull(data, checked).nav);
  return { data, job: job!, naive: { paths, cost, closes } };
});

interface NaiveMarkets {
  readonly paths: PricePaths;
  readonly cost: TradeCost;
  readonly closes: ReadonlyMap<string, ReadonlyMap<number, number>>;
}

/** Weights by name: bin by bin those of the lowest ranks, then the weights that are left over. */
function naiveWeights(
  held: RandomDate["held"],
  offered: readonly { readonly name: string; readonly price: number; readonly rank: number }[],
): Map<string, number> {
  const out = new Map<string, number>(), rest: number[] = [];
  const byRank = offered.toSorted((a, b) => a.rank - b.rank);
  const inBin = (price: number, b: number) =>
    price <= PRICE_BINS[b]! && (b === 0 || price > PRICE_BINS[b - 1]!);
  PRICE_BINS.forEach((_, b) => {
    const own = byRank.filter(({ price }) => inBin(price, b));
    held.filter((one) => inBin(one.sidePrice, b)).sort((a, z) => z.weight - a.weight)
      .forEach(({ weight }, k) =>
        k < own.length ? out.set(own[k]!.name, weight) : rest.push(weight)
      );
  });
  const left = byRank.filter(({ name }) => !out.has(name));
  rest.sort((a, b) => b - a).slice(0, left.length)
    .forEach((weight, k) => out.set(left[k]!.name, weight));
  return out;
}

/** The plain way: each draw, date, day and contract in turn, closes looked up by id and day. */
function naiveDraws(job: RandomJob, { paths, cost, closes }: NaiveMarkets): number[] {
  const out: number[] = [], maxAge = job.settings.baskets.max_price_age_days.value;
  const lastClose = (id: string, day: number, oldest: number) => {
    const own = closes.get(id)!;
    for (let age = 0; age <= oldest; ++age) if (own.has(day - age)) return own.get(day - age)!;
    return NaN;
  };
  const events = new Set(job.dates.flatMap(({ contracts }) => contracts.map((c) => c.eventId)));
  for (let draw = job.from; draw < job.to; ++draw) {
    const random = randomStream(job.seed, `random portfolio ${draw}`);
    const rank = new Map(Array.from(events, (event) => [event, random()]));
    let value = 100, net = 1;
    let before = new Map<string, { weight: number; rate: number }>();
    let notional = 0;
    job.dates.forEach(({ contracts, tradedOn, held }, d) => {
      const rates = new Map<string, number>(), prices = new Map<string, number>();
      const invested = held.reduce((sum, { weight }) => sum + weight, 0);
      if (held.length > 0) notional = 100 * invested / held.length;
      const offered = contracts.flatMap(({ marketId, side, eventId }) => {
        const market = paths.indexOf.get(marketId)!, settled = paths.resolvedOn[market]!;
        const price = sidePrice(lastClose(marketId, tradedOn, maxAge), side);
        if (!(price > 0 && price < 1) || settled > 0 && settled <= tradedOn) return [];
        const { spread, fee } = cost({ market, sidePrice: price, notional, day: tradedOn });
        const name = `${side} ${marketId}`;
        rates.set(name, spread + fee);
        prices.set(name, price);
        return [{ name, market, side, marketId, price, rank: rank.get(eventId)! }];
      });
      const weights = naiveWeights(held, offered);
      const bought = offered.filter(({ name }) => weights.has(name));
      let paid = 0, cash = 1;
      for (const name of new Set([...weights.keys(), ...before.keys()])) {
        const old = before.get(name);
        const traded = Math.abs((weights.get(name) ?? 0) - (old?.weight ?? 0));
        paid += traded * (rates.get(name) ?? old!.rate);
        cash -= weights.get(name) ?? 0;
      }
      net *= 1 - paid;
      const to = job.dates[d + 1]?.tradedOn ?? paths.lastDay;
      out.length -= d === 0 ? 0 : 1;
      let grown = 1;
      const worth = new Map<string, number>();
      for (let day = tradedOn; day <= to; ++day) {
        grown = cash;
        for (const { name, market, side, marketId } of bought) {
          const settled = paths.resolvedOn[market]!;
          const price = settled > 0 && settled <= day
            ? paths.payout[market]!
            : lastClose(marketId, day, day);
          worth.set(name, weights.get(name)! * sidePrice(price, side) / prices.get(name)!);
          grown += worth.get(name)!;
        }
        out.push(value * grown * net);
      }
      value *= grown;
      before = new Map(
        bought.filter(({ market }) => {
          const settled = paths.resolvedOn[market]!;
          return !(settled > 0 && settled <= to);
        }).map(({ name }) =>
          [name, { weight: worth.get(name)! / grown, rate: rates.get(name)! }] as const
        ),
      );
    });
  }
  return out;
}

for (const nDraws of [100, 300, 1000]) {
  const group = `${nDraws} random portfolios`;
  const few = { group, n: 3, warmup: 1 };
  Deno.bench({ name: `${group}, draws and maps`, ...few, baseline: true }, async (b) => {
    const { job, naive } = await drawn();
    b.start();
    naiveDraws({ ...job, to: nDraws }, naive);
    b.end();
  });
  Deno.bench({ name: `${group}, randomPortfolios()`, ...few }, async (b) => {
    const { data, job } = await drawn();
    b.start();
    randomNull(data, { ...job, to: nDraws });
    b.end();
  });
}
