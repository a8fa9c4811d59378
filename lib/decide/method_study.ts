import type { BasketReplay } from "../backtest/basket_replay.ts";
import { concentration } from "../backtest/concentration.ts";
import type { DrawnInterval } from "../backtest/bootstrap_intervals.ts";
import { dailySeries, DAYS_PER_YEAR, navFromPurchase } from "../backtest/daily_returns.ts";
import type { Ledger } from "../backtest/ledger.ts";
import type { MeasuredNav } from "../backtest/measured_navs.ts";
import { type Overfitting, overfitting } from "../backtest/overfitting.ts";
import type { PricePaths } from "../backtest/price_paths.ts";
import type { RandomPortfolios } from "../backtest/random_portfolios.ts";
import { type SettledBets, settledBets } from "../backtest/settled_bets.ts";
import { settledPositions } from "../backtest/settled_positions.ts";
import { type DeflatedSharpe, deflatedSharpe } from "../backtest/sharpe_evidence.ts";
import { type MonthlyTurnover, monthlyTurnover } from "../backtest/turnover.ts";
import { nullPercentile, nullQuantiles } from "../core/null_percentile.ts";
import type { Settings } from "../core/settings.ts";
import { type BasketMethod, METHODS, SLEEVE } from "./method_list.ts";

/** Where a method stands among random portfolios with as many contracts on the same dates. */
export interface AmongRandom {
  /** Share of the draws with a lower return a year, in [0, 1]; ties count half. */
  readonly percentile: number;
  /** The same free of cost. */
  readonly percentileGross: number;
  /** 5th, 50th and 95th percentile of the draws' return a year after costs. */
  readonly low: number;
  readonly mid: number;
  readonly high: number;
  /** 95th percentile of the draws' net value on the last day, 100 at the start. */
  readonly highEnd: number;
  readonly nDraws: number;
}

/** What the replay of a method's sleeve says, under one policy. */
export interface MethodStudy extends MeasuredNav {
  readonly method: BasketMethod;
  readonly replay: BasketReplay;
  /** Return a year free of cost, with its bootstrap interval. */
  readonly grossReturn: number;
  readonly grossInterval: DrawnInterval;
  readonly deflated: DeflatedSharpe;
  readonly random: AmongRandom | null;
  /**
   * Times the costs at which the net value would end where it began; 0 where it loses free of costs
   * already. Exact where proceeds wait in cash, as each trade takes its share of the whole.
   */
  readonly breakEvenCost: number;
  readonly turnover: MonthlyTurnover;
  /** Value traded in a year, as a multiple of the value held. */
  readonly annualTraded: number;
  /** Spread and fees, share of the value a year. */
  readonly annualCost: number;
  /** Points of change before costs, and those of them that came on days of settlement. */
  readonly grossPoints: number;
  readonly resolutionPoints: number;
  readonly bets: SettledBets | null;
  readonly nBets: number;
  /** Mean over trade dates of the effective number of contracts and events. */
  readonly effectiveContracts: number;
  readonly effectiveEvents: number;
  /** Mean over trade dates of the Herfindahl concentration of what is invested. */
  readonly herfindahl: number;
}

/** What {@link methodStudies} joins. */
export interface StudyInputs {
  /** Sleeves of all methods under one policy. */
  readonly sleeves: readonly BasketReplay[];
  /** One a sleeve. */
  readonly measured: readonly MeasuredNav[];
  /** The same free of cost. */
  readonly measuredGross: readonly MeasuredNav[];
  /** Sharpe ratio of a day of every configuration tried; NaN where it has none. */
  readonly trialSharpes: readonly number[];
  /** By method; missing where none were drawn. */
  readonly random: ReadonlyMap<string, RandomPortfolios>;
  readonly paths: PricePaths;
  readonly eventOf: (marketId: string) => string;
  readonly settings: Settings;
}

/**
 * The studies of all methods. Sharpe ratios are deflated by the number of all configurations tried
 * and the spread of their ratios. Methods that never held anything are left out.
 */
export function methodStudies(inputs: StudyInputs): MethodStudy[] {
  const { sleeves, measured, measuredGross, trialSharpes, random, paths, eventOf, settings } =
    inputs;
  const used = [...sleeves.keys()].filter((k) => sleeves[k]!.ledger.nav.length > 1);
  return used.map((k): MethodStudy => {
    const replay = sleeves[k]!, own = measured[k]!, { ledger } = replay;
    const years = ledger.nav.length / DAYS_PER_YEAR;
    const sum = (of: (one: Ledger["rebalances"][number]) => number) =>
      ledger.rebalances.reduce((total, one) => total + of(one), 0);
    const points = pointsOf(ledger);
    const bets = settledPositions(ledger, { paths, eventOf });
    const drawn = random.get(replay.method);
    return {
      ...{ ...own, replay, method: METHODS.find(({ key }) => key === replay.method)! },
      grossReturn: annualized(ledger.navGross.at(-1)! / 100, ledger.nav.length),
      deflated: deflatedSharpe(own.sample, { trialSharpes }),
      random: drawn === undefined ? null : amongRandom(ledger, drawn),
      breakEvenCost: breakEvenCost(ledger),
      turnover: monthlyTurnover(ledger.rebalances, {
        unstableTurnover: settings.baskets.unstable_turnover.value,
      }),
      annualTraded: sum(({ traded }) => traded) / years,
      annualCost: sum(({ spreadCost, feeCost }) => spreadCost + feeCost) / years,
      grossInterval: measuredGross[k]!.intervals.annualizedReturn,
      ...points,
      bets: bets.length === 0 ? null : settledBets(bets, { nBins: 10 }),
      nBets: bets.length,
      ...meanConcentration(ledger, eventOf),
    };
  });
}

/** Daily excess returns of methods over the days of all; empty without a method. */
export function methodTrials(
  studies: readonly MethodStudy[],
  { lastDay, ratesFrom }: {
    readonly lastDay: number;
    /** The bill's rates from a day on to `lastDay`; a day earlier than the values. */
    readonly ratesFrom: (firstDay: number) => Float64Array;
  },
): Float64Array[] {
  if (studies.length === 0) return [];
  const firstDay = Math.min(...studies.map(({ replay }) => replay.ledger.firstDay));
  const rates = ratesFrom(firstDay - 1), nDays = lastDay - firstDay + 1;
  // before its first purchase a method is cash
  return studies.map(({ replay: { ledger } }) => {
    const nav = new Float64Array(nDays).fill(100);
    nav.set(ledger.nav, ledger.firstDay - firstDay);
    return dailySeries(navFromPurchase(nav), rates).excess;
  });
}

/** Probability of overfitting; `null` with fewer than two trials, or too few or unknown days. */
export function methodOverfitting(
  trials: readonly Float64Array[],
  { backtest }: Settings,
): Overfitting | null {
  const nBlocks = backtest.overfitting_blocks.value;
  const isShort = trials.length < 2 || trials[0]!.length < 2 * nBlocks;
  if (isShort || trials.some((values) => values.some(Number.isNaN))) return null;
  return overfitting(trials, { nBlocks });
}

/** Return a year that a growth over some days is. */
function annualized(growth: number, nDays: number): number {
  return growth ** (DAYS_PER_YEAR / nDays) - 1;
}

function pointsOf(
  { contributions }: Pick<Ledger, "contributions">,
): { readonly grossPoints: number; readonly resolutionPoints: number } {
  let drift = 0, resolution = 0;
  for (const one of contributions) {
    drift += one.drift;
    resolution += one.resolution;
  }
  return { grossPoints: drift + resolution, resolutionPoints: resolution };
}

function amongRandom(
  { nav, navGross }: Pick<Ledger, "nav" | "navGross">,
  drawn: RandomPortfolios,
): AmongRandom {
  const nDraws = drawn.nav.length / drawn.nDays;
  const endOf = (values: Float64Array, b: number) => values[(b + 1) * drawn.nDays - 1]! / 100;
  const ends = (values: Float64Array) =>
    Float64Array.from({ length: nDraws }, (_, b) => annualized(endOf(values, b), drawn.nDays));
  const net = ends(drawn.nav);
  const [low, mid, high] = nullQuantiles(net, [0.05, 0.5, 0.95]);
  // of the values, as interpolation between them is not that between returns a year
  const values = Float64Array.from({ length: nDraws }, (_, b) => 100 * endOf(drawn.nav, b));
  const [highEnd] = nullQuantiles(values, [0.95]);
  return {
    percentile: nullPercentile(annualized(nav.at(-1)! / 100, nav.length), net),
    percentileGross: nullPercentile(
      annualized(navGross.at(-1)! / 100, navGross.length),
      ends(drawn.navGross),
    ),
    ...{ low: low!, mid: mid!, high: high!, highEnd: highEnd!, nDraws },
  };
}

function breakEvenCost({ navGross, rebalances }: Ledger): number {
  const end = navGross.at(-1)! / 100;
  if (!(end > 1)) return 0;
  const costs = rebalances.map(({ spreadCost, feeCost }) => spreadCost + feeCost);
  const valueAt = (times: number) =>
    costs.reduce((value, cost) => value * Math.max(1 - times * cost, 0), end);
  let low = 0, high = MOST_COST;
  if (valueAt(high) > 1) return Infinity;
  for (let step = 0; step < 60; ++step) {
    const middle = (low + high) / 2;
    if (valueAt(middle) > 1) low = middle;
    else high = middle;
  }
  return low;
}

/** Times the costs beyond which no one would call it a cost. */
const MOST_COST = 100;

function meanConcentration(
  { held }: Pick<Ledger, "held">,
  eventOf: (marketId: string) => string,
): Pick<MethodStudy, "effectiveContracts" | "effectiveEvents" | "herfindahl"> {
  const rows = held.filter(({ weight }) => weight > 0);
  const dates = [...Map.groupBy(rows, ({ date }) => date).values()];
  const found = dates.map((own) =>
    concentration(own.map(({ weight }) => weight), own.map(({ marketId }) => eventOf(marketId)))
  );
  const mean = (values: readonly number[]) =>
    values.length === 0 ? NaN : values.reduce((sum, x) => sum + x, 0) / values.length;
  return {
    effectiveContracts: mean(found.map((one) => one.effectiveContracts)),
    effectiveEvents: mean(found.map((one) => one.effectiveEvents)),
    herfindahl: mean(found.map((one) => one.herfindahl)),
  };
}

/** The sleeves among replays, under one policy, in the order of the methods. */
export function sleevesOf(
  replays: readonly BasketReplay[],
  policy: BasketReplay["policy"],
): BasketReplay[] {
  return METHODS.flatMap(({ key }) =>
    replays.filter((one) => one.method === key && one.policy === policy && one.basket === SLEEVE)
  );
}
