import type { BasketDecision } from "../baskets/basket_decision.ts";
import { sleeveDecision } from "../baskets/sleeve.ts";
import type { BasketReplay } from "../backtest/basket_replay.ts";
import { tbillRates } from "../backtest/daily_returns.ts";
import { type Ledger, POLICIES, type Policy } from "../backtest/ledger.ts";
import type { Fees } from "../backtest/parse_fees.ts";
import { pricePaths } from "../backtest/price_paths.ts";
import { replayBasket } from "../backtest/replay_basket.ts";
import { venueCosts } from "../backtest/venue_costs.ts";
import type { DataSet } from "../core/data_set.ts";
import type { Settings } from "../core/settings.ts";
import type { CandidatePool } from "./candidate_pool.ts";
import type { MethodDecision } from "./decide_at.ts";
import { type DecideConfig, type DecideTools, decideTools } from "./decide_tools.ts";
import { type BasketMethod, type MethodKey, METHODS, SLEEVE } from "./method_list.ts";
import { type BasketCandidates, basketCandidates, reconsidered } from "./reconsidered.ts";

/** What trading costs: plain data, so that it can be sent to a worker. */
export interface CostConfig {
  readonly fees: Fees;
  /** Theme of each market, in the order of the markets; `null` where it has none. */
  readonly themes: readonly (string | null)[];
}

/** The scheduled decisions of one method on one day, with the pool for emergencies. */
export interface MethodDate extends Pick<MethodDecision, "baskets"> {
  readonly day: number;
  readonly pool: CandidatePool;
}

/** One method to replay. */
export interface MethodJob {
  readonly method: MethodKey;
  /** By day. */
  readonly dates: readonly MethodDate[];
  readonly config: DecideConfig;
  readonly costs: CostConfig;
  /** Whether only the sleeve is wanted, and only under the default policy. */
  readonly isSleeveAlone?: boolean;
  /** Both by default. */
  readonly policies?: readonly Policy[];
}

/**
 * Replays a method: each of its baskets and the sleeve of all of them, under both policies.
 *
 * A basket lives from the first date at which it is held. On a date without it, because its theme has
 * too few contracts or is joined with others, it is all cash.
 *
 * Cost: O(baskets × days × contracts held), and a small decision for every emergency.
 *
 * @returns By basket, then policy; the sleeve last.
 */
export function replayMethod(data: DataSet, job: MethodJob): BasketReplay[] {
  const { settings } = job.config;
  const method = METHODS.find(({ key }) => key === job.method)!;
  const paths = pricePaths(data);
  const cost = venueCosts(paths, {
    ...{ fees: job.costs.fees, themeOf: (j) => job.costs.themes[j]! },
    ...{
      capitalUsd: settings.backtest.capital_usd.value,
      feeModel: settings.backtest.fee_model.value,
    },
    halfSpread: settings.backtest.half_spread.value,
  });
  const again = reconsiderer(data, method, job.dates, decideTools(job.config));
  const names = basketNames(job.dates);
  const { isSleeveAlone = false } = job;
  const policies = job.policies ?? (isSleeveAlone ? POLICIES.slice(0, 1) : POLICIES);
  const replay = (
    basket: string,
    name: string,
    decisions: readonly BasketDecision[],
    reconsider: (day: number) => BasketDecision | null,
  ): BasketReplay[] =>
    policies.map((policy) => ({
      ...{ method: job.method, policy, basket, name },
      ledger: replayed(data, { paths, cost, policy, settings }, decisions, reconsider),
    }));
  const own = isSleeveAlone || method.grouping === "everything"
    ? []
    : [...names].flatMap(([basket, name]) => {
      const decisions = job.dates.map(({ day, baskets }) =>
        baskets.find((one) => one.basket === basket) ?? emptyDecision({ basket, name, day })
      );
      return replay(basket, name, decisions, (day) => again.basket(basket, day));
    });
  const sleeve = { basket: SLEEVE, name: method.name };
  const joined = job.dates.map(({ day, baskets }) =>
    sleeveDecision(baskets, { ...sleeve, decidedOn: day })
  );
  return [...own, ...replay(SLEEVE, method.name, joined, (day) => again.sleeve(sleeve, day))];
}

/** Ids and names of all baskets that are ever decided, by id; the last name stands. */
function basketNames(dates: readonly MethodDate[]): ReadonlyMap<string, string> {
  const names = new Map(
    dates.flatMap(({ baskets }) => baskets.map(({ basket, name }) => [basket, name] as const)),
  );
  return new Map([...names].sort(([a], [b]) => a < b ? -1 : 1));
}

function emptyDecision(
  { basket, name, day }: { readonly basket: string; readonly name: string; readonly day: number },
): BasketDecision {
  return {
    ...{ basket, name, decidedOn: day, status: "infeasible", targets: [], cash: 1 },
    ...{ rules: ["min_markets"], unheld: [], mergedFrom: [] },
  };
}

function replayed(
  data: DataSet,
  { paths, cost, policy, settings }: {
    readonly paths: ReturnType<typeof pricePaths>;
    readonly cost: ReturnType<typeof venueCosts>;
    readonly policy: Policy;
    readonly settings: Settings;
  },
  decisions: readonly BasketDecision[],
  reconsider: (day: number) => BasketDecision | null,
): Ledger {
  const first = decisions.findIndex(({ status }) => status === "held");
  const used = first < 0 ? [] : decisions.slice(first);
  const firstDay = (used[0]?.decidedOn ?? 0) + 1;
  const { cash_rate, tbill_symbol } = settings.backtest;
  const rates = cash_rate.value === "zero" || used.length === 0
    ? null
    : tbillRates(data.benchmarks, tbill_symbol.value, {
      ...{ firstDay, nDays: paths.lastDay - firstDay + 1 },
    });
  return replayBasket(paths, used, {
    ...{ policy, cost, reconsider },
    maxPriceAgeDays: settings.baskets.max_price_age_days.value,
    minMarkets: settings.baskets.min_markets.value,
    ...rates && { cashRate: { firstDay, rates } },
  });
}

interface Reconsiderer {
  basket(basket: string, day: number): BasketDecision | null;
  sleeve(
    names: { readonly basket: string; readonly name: string },
    day: number,
  ): BasketDecision | null;
}

/** Answers emergencies, each day and basket once; both policies ask for mostly the same ones. */
function reconsiderer(
  data: DataSet,
  method: BasketMethod,
  dates: readonly MethodDate[],
  tools: DecideTools,
): Reconsiderer {
  const candidates = new Map<string, BasketCandidates | null>();
  const answers = new Map<string, BasketDecision | null>();
  const lastBefore = (day: number) => dates.findLast((date) => date.day <= day);
  const basket = (id: string, day: number): BasketDecision | null => {
    const date = lastBefore(day);
    if (date === undefined) return null;
    const place = `${date.day} ${id}`, question = `${day} ${id}`;
    let own = candidates.get(place);
    if (own === undefined) {
      own = basketCandidates(data, date.pool, { grouping: method.grouping, basket: id });
      candidates.set(place, own);
    }
    let answer = answers.get(question);
    if (answer === undefined) {
      answer = own === null ? null : reconsidered(own, day, { method, tools });
      answers.set(question, answer);
    }
    return answer;
  };
  return {
    basket,
    sleeve: (names, day) => {
      const baskets = (lastBefore(day)?.baskets ?? [])
        .map((one) => basket(one.basket, day)).filter((one) => one !== null);
      return baskets.length === 0 ? null : sleeveDecision(baskets, { ...names, decidedOn: day });
    },
  };
}
