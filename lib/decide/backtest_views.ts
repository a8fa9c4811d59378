import type { BasketReplay } from "../backtest/basket_replay.ts";
import type { Contribution } from "../backtest/ledger.ts";
import type { Overfitting } from "../backtest/overfitting.ts";
import type { RandomPortfolios } from "../backtest/random_portfolios.ts";
import { FILTERS } from "../baskets/eligibility.ts";
import { nullQuantiles } from "../core/null_percentile.ts";
import { countOf, periodText } from "../core/number_text.ts";
import { DAYS_PER_YEAR } from "../backtest/daily_returns.ts";
import type { DatedDecisions } from "./decide_at.ts";
import type { BasketHues } from "./basket_hues.ts";
import { type BasketMethod, type MethodKey, METHODS, SLEEVE } from "./method_list.ts";
import type { MethodStudy } from "./method_study.ts";

/** The 5th, 50th and 95th percentile of random portfolios after costs on each day. */
export function randomBand(
  { nav, nDays }: RandomPortfolios,
): { readonly low: Float64Array; readonly mid: Float64Array; readonly high: Float64Array } {
  const low = new Float64Array(nDays), mid = low.slice(), high = low.slice();
  const nDraws = nav.length / nDays, column = new Float64Array(nDraws);
  for (let t = 0; t < nDays; ++t) {
    for (let b = 0; b < nDraws; ++b) column[b] = nav[b * nDays + t]!;
    [low[t], mid[t], high[t]] = nullQuantiles(column, [0.05, 0.5, 0.95]) as [
      number,
      number,
      number,
    ];
  }
  return { low, mid, high };
}

/** A series over the days from `firstDay` to its end; before its own first day it is 100. */
function over(
  { firstDay, nDays }: { readonly firstDay: number; readonly nDays: number },
  from: number,
  values: Float64Array,
): Float64Array {
  const whole = new Float64Array(nDays).fill(100);
  whole.set(values.subarray(0, nDays - (from - firstDay)), from - firstDay);
  return whole;
}

/** What the charts of NAV and drawdown show: methods that start later are cash until then. */
export function navView(
  studies: readonly MethodStudy[],
  { cash, tbill, random, bandName = "", lastDay }: {
    /** Value of cash and of bills over some days, 100 on the first; `null` unknown. */
    readonly cash: (firstDay: number) => Float64Array;
    readonly tbill: (firstDay: number) => Float64Array | null;
    /** Random portfolios of the method that the band is drawn for. */
    readonly random: RandomPortfolios | null;
    /** Name of that method. */
    readonly bandName?: string;
    readonly lastDay: number;
  },
) {
  // a day before the first trade, so that the cost of the first purchase is seen
  const firstDay = Math.min(...studies.map(({ replay }) => replay.ledger.firstDay)) - 1;
  const nDays = studies.length === 0 ? 0 : lastDay - firstDay + 1;
  const range = { firstDay, nDays };
  const band = random === null || nDays === 0 ? null : randomBand(random);
  const nTrades = new Set(
    studies.flatMap(({ replay }) => replay.ledger.rebalances.map(({ date }) => date)),
  ).size;
  return {
    days: Int32Array.from({ length: nDays }, (_, t) => firstDay + t),
    series: studies.map(({ method, replay: { ledger }, random: own }) => ({
      ...{ key: method.key, name: method.name, isMain: isEngine(method) },
      nav: over(range, ledger.firstDay, ledger.nav),
      randomHigh: own?.highEnd ?? NaN,
    })),
    cash: nDays === 0 ? new Float64Array(0) : cash(firstDay),
    tbill: nDays === 0 ? null : tbill(firstDay),
    band: band && {
      low: over(range, random!.firstDay, band.low),
      mid: over(range, random!.firstDay, band.mid),
      high: over(range, random!.firstDay, band.high),
    },
    bandName,
    nRandom: random === null ? drawsOf(studies) : random.nav.length / random.nDays,
    period: nDays === 0
      ? ""
      : `${periodText(firstDay, lastDay)}, ${countOf(nTrades, "trade date")}`,
  };
}

/** Random portfolios of each method that has any. */
function drawsOf(studies: readonly MethodStudy[]): number {
  return Math.max(0, ...studies.map(({ random }) => random?.nDraws ?? 0));
}

/**
 * What the chart of turnover shows, without the first purchase: by month, or by trade date where
 * rebalances are more than a month apart and most months would be empty.
 */
export function turnoverView(
  studies: readonly MethodStudy[],
  { by = "month" }: { readonly by?: "month" | "trade date" } = {},
) {
  return studies.map(({ method, turnover, annualCost, replay: { ledger } }) => ({
    ...{ key: method.key, name: method.name, costPerYear: annualCost },
    trades: by === "month"
      ? Array.from(turnover.months, (day, m) => ({ day, turnover: turnover.values[m]! }))
      : ledger.rebalances.slice(1).map(({ date, turnover }) => ({ day: date, turnover })),
  }));
}

/**
 * What the attribution chart shows of a method: the sleeve in parts, and the parts of its contracts by the basket
 * that they were last held in.
 */
export function attributionView(
  study: MethodStudy | undefined,
  { name, hues, lastDay }: {
    readonly name: string;
    readonly hues: BasketHues;
    readonly lastDay: number;
  },
) {
  if (study === undefined) {
    return {
      ...{ method: name, change: 0, ...partsOf([]), cash: 0, nContracts: 0, nResolved: 0 },
      ...{ baskets: [], firstDay: lastDay, lastDay },
    };
  }
  const { replay: { ledger } } = study;
  // a row of what could not be traded names no basket: that of the trade before it stands
  const basketOf = new Map(
    ledger.held.flatMap(({ marketId, reason }) => {
      const basket = /^basket=([^;]+)/.exec(reason)?.[1];
      return basket === undefined ? [] : [[marketId, basket] as const];
    }),
  );
  const byBasket = Map.groupBy(
    ledger.contributions,
    ({ marketId }) => basketOf.get(marketId) ?? "",
  );
  return {
    ...{ method: name, change: (ledger.nav.at(-1) ?? 100) - 100 },
    ...partsOf(ledger.contributions),
    cash: ledger.interest,
    nContracts: new Set(ledger.contributions.map(({ marketId }) => marketId)).size,
    nResolved: ledger.contributions.filter(({ resolution }) => resolution !== 0).length,
    baskets: [...byBasket].filter(([id]) => id !== "").map(([id, own]) => ({
      ...{ id, name: hues.shortOf(id) ?? id, ...partsOf(own), cash: 0 },
      nContracts: new Set(own.map(({ marketId }) => marketId)).size,
    })),
    ...{ firstDay: ledger.firstDay, lastDay: ledger.firstDay + ledger.nav.length - 1 },
  };
}

function partsOf(list: readonly Contribution[]) {
  const sum = (name: "drift" | "resolution" | "spread" | "fees" | "roll") =>
    list.reduce((total, one) => total + one[name], 0);
  return {
    ...{ drift: sum("drift"), resolution: sum("resolution"), spread: sum("spread") },
    ...{ fees: sum("fees"), rolls: sum("roll") },
  };
}

/** Whether a method is the seed plan's or the first engine's; benchmarks and other weightings are grey. */
function isEngine({ origin }: BasketMethod): boolean {
  return origin === "seed" || origin === "factors";
}

function isOfThemes(key: string | undefined): boolean {
  const grouping = METHODS.find((one) => one.key === key)?.grouping;
  return grouping !== "clusters" && grouping !== "factors";
}

/**
 * What the chart of weights shows: the share of each basket in the sleeve as traded at each scheduled
 * date, what had to be carried with the basket that it was bought for.
 */
export function weightsView(
  sleeve: BasketReplay | undefined,
  { hues, name }: { readonly hues: BasketHues; readonly name: string },
) {
  const ledger = sleeve?.ledger;
  const dates = ledger?.rebalances.filter(({ kind }) => kind === "scheduled") ?? [];
  const basketOf = new Map<string, string>();
  const shares = dates.map(({ date }) => {
    const byBasket = new Map<string, number>();
    for (const { marketId, weight, reason } of ledger!.held.filter((row) => row.date === date)) {
      const basket = /^basket=([^;]+)/.exec(reason)?.[1] ?? basketOf.get(marketId);
      if (basket === undefined || weight === 0) continue;
      basketOf.set(marketId, basket);
      byBasket.set(basket, (byBasket.get(basket) ?? 0) + weight);
    }
    return byBasket;
  });
  const ids = [...new Set(shares.flatMap((own) => [...own.keys()]))].sort();
  return {
    ...{ name, noun: isOfThemes(sleeve?.method) ? "theme" : "cluster", kind: "traded" as const },
    days: dates.map(({ date }) => date),
    bands: ids.map((id) => ({
      ...{ id, name: hues.shortOf(id) ?? id, hue: hues.hueOf(id) },
      weights: shares.map((own) => own.get(id) ?? 0),
    })),
  };
}

/** What the comparison of methods shows. */
export function evidenceView(
  studies: readonly MethodStudy[],
  { cashReturn, cashName, nTrials, overfitting, lastDay }: {
    readonly cashReturn: number;
    readonly cashName: string;
    readonly nTrials: number;
    readonly overfitting: Overfitting | null;
    readonly lastDay: number;
  },
) {
  return {
    methods: studies.map((study) => ({
      ...{ key: study.method.key, name: study.method.name },
      annualReturn: study.performance.annualizedReturn,
      returnLow: study.intervals.annualizedReturn.low,
      returnHigh: study.intervals.annualizedReturn.high,
      randomLow: study.random?.low ?? NaN,
      randomMid: study.random?.mid ?? NaN,
      randomHigh: study.random?.high ?? NaN,
      percentile: study.random?.percentile ?? NaN,
      percentileGross: study.random?.percentileGross ?? NaN,
      sharpe: study.performance.sharpe,
      ...{ sharpeLow: study.intervals.sharpe.low, sharpeHigh: study.intervals.sharpe.high },
      deflatedSharpe: study.deflated.probability,
      annualTurnover: study.annualTraded,
      ...{ grossPoints: study.grossPoints, resolutionPoints: study.resolutionPoints },
    })),
    ...{ cashReturn, cashName, nTrials },
    nRandom: drawsOf(studies),
    overfitting: overfitting?.probability ?? NaN,
    firstDay: Math.min(...studies.map(({ replay }) => replay.ledger.firstDay), lastDay),
    lastDay,
  };
}

/** The step of people's exclusions, where there is one. */
function exclusionSteps(decisions: readonly DatedDecisions[]) {
  const steps = decisions.map(({ funnel }) => funnel.find(({ filter }) => filter === "person"));
  if (steps.every((step) => step === undefined)) return [];
  return [{
    ...{ name: "Not excluded by a person", kind: "filter" as const },
    ...{ nLeft: steps.map((step) => step?.nLeft ?? NaN), nUnknown: steps.map(() => 0) },
  }];
}

/** What the chart of eligibility shows: the filters, one contract an event, held in a basket. */
export function funnelView(decisions: readonly DatedDecisions[], key: MethodKey) {
  const count = (of: (one: DatedDecisions) => number) => decisions.map(of);
  const heldIn = (one: DatedDecisions) =>
    one.methods.find(({ method }) => method === key)!.baskets
      .reduce((sum, { targets }) => sum + targets.length, 0);
  const none = decisions.map(() => 0);
  return {
    days: decisions.map(({ day }) => day),
    steps: [
      ...FILTERS.map(({ key: filter, name }) => ({
        ...{ name, kind: filter === "active" ? "active" as const : "filter" as const },
        nLeft: count(({ funnel }) => funnel.find((step) => step.filter === filter)!.nLeft),
        nUnknown: count(({ funnel }) => {
          const step = funnel.find((one) => one.filter === filter)!;
          return Math.min(step.nUnknown, step.nLeft);
        }),
      })),
      ...exclusionSteps(decisions),
      {
        ...{ name: "One an event", kind: "event" as const, nUnknown: none },
        nLeft: count(({ offered }) => offered.length),
      },
      {
        ...{ name: "Held in a basket", kind: "held" as const, nUnknown: none },
        nLeft: count(heldIn),
      },
    ],
  };
}

/** Return a year of a value that starts at 100. */
export function annualReturn(nav: Float64Array): number {
  return nav.length < 2 ? NaN : (nav.at(-1)! / 100) ** (DAYS_PER_YEAR / (nav.length - 1)) - 1;
}

/** The baskets of a method under a policy, without its sleeve. */
export function basketsOf(
  replays: readonly BasketReplay[],
  { method, policy }: Pick<BasketReplay, "method" | "policy">,
): BasketReplay[] {
  return replays.filter((one) =>
    one.method === method && one.policy === policy && one.basket !== SLEEVE
  );
}
