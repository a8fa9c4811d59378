import { periodReturns } from "../backtest/period_returns.ts";
import { type ResampledDays, resampledDays } from "../backtest/resampled_days.ts";
import { MISSING_DAY } from "../core/day.ts";
import { randomStream } from "../core/random.ts";
import type { PortfolioAssets } from "./asset_navs.ts";
import { type DrawdownComparison, drawdownComparison } from "./drawdown_comparison.ts";
import { drawnInterval, type Interval } from "./drawn_intervals.ts";
import { type MixtureNav, mixtureNav, PORTFOLIO_START } from "./mixtures.ts";
import { BASE, type Mixture } from "./portfolio_list.ts";
import {
  drawnMeasures,
  SESSION_MEASURES,
  type SessionMeasure,
  wholeMeasures,
} from "./session_measures.ts";
import {
  MIN_SESSIONS,
  portfolioAtSessions,
  portfolioSeries,
  type SessionSeries,
} from "./session_series.ts";

/** A portfolio with its measures; NaN throughout where the sessions are too few. */
export interface MeasuredPortfolio {
  readonly portfolio: MixtureNav;
  /** Net returns between sessions. */
  readonly series: SessionSeries;
  readonly measures: Readonly<Record<SessionMeasure, Interval>>;
  /** Measures of every resampled draw, paired between portfolios. */
  readonly draws: Readonly<Record<SessionMeasure, Float64Array>>;
  /** Growth a year free of costs. */
  readonly grossReturn: number;
  /** Least return of a whole calendar month, and its first day; NaN and `MISSING_DAY` without one. */
  readonly worstMonth: number;
  readonly worstMonthDay: number;
  readonly drawdown: DrawdownComparison;
  /** What was traded a year, as a multiple of the value at each trade. */
  readonly annualTraded: number;
}

/**
 * Every portfolio through time with its measures, all resampled on the same blocks of sessions.
 *
 * Each portfolio bears the cost of its own first purchase. Where the sessions are too few, the
 * values are there and no measure is.
 *
 * Cost: O(portfolios · (days + draws · sessions)).
 *
 * @param mixtures From `portfolioList`; drawdowns are held against that of stocks and bonds.
 * @param options.costRate Share of what is traded.
 * @param options.meanBlockSessions Mean length of a block, sessions.
 * @param options.minSessions Fewest returns between sessions that anything is estimated from.
 */
export function portfolioStudy(
  mixtures: readonly Mixture[],
  from: PortfolioAssets,
  { costRate, nDraws, meanBlockSessions, seed, minSessions = MIN_SESSIONS }: {
    readonly costRate: number;
    readonly nDraws: number;
    readonly meanBlockSessions: number;
    readonly seed: number;
    readonly minSessions?: number;
  },
): MeasuredPortfolio[] {
  const nReturns = Math.max(from.session.length - 1, 0), isEnough = nReturns >= minSessions;
  const random = randomStream(seed, `portfolio sessions ${nReturns}`);
  const days: ResampledDays = isEnough
    ? resampledDays(nReturns, { nDraws, meanBlockDays: meanBlockSessions, random })
    : { nDays: nReturns, nDraws: 0, rows: new Int32Array(0) };
  const walked = mixtures.map((mixture) => mixtureNav(mixture, from, { costRate }));
  const day = from.session.map((at) => from.firstDay + at);
  const navs = walked.map((one) => portfolioAtSessions(one, from.session));
  const baseAt = mixtures.findIndex(({ key }) => key === BASE);
  const base = isEnough && baseAt >= 0 ? navs[baseAt]! : new Float64Array(0);
  return walked.map((portfolio, p): MeasuredPortfolio => {
    const series = portfolioSeries(portfolio, from);
    const draws = drawnMeasures(series, days, { perYear: from.sessionsPerYear });
    const nav = isEnough ? navs[p]! : new Float64Array(0);
    return {
      ...{ portfolio, series, draws },
      measures: measuresOf(series, { draws, perYear: from.sessionsPerYear, isEnough }),
      grossReturn: isEnough
        ? (portfolio.navGross.at(-1)! / PORTFOLIO_START) ** (from.sessionsPerYear / nReturns) - 1
        : NaN,
      ...worstMonth(isEnough ? portfolio.nav : nav, from.firstDay),
      drawdown: drawdownComparison(nav, { base, day }),
      annualTraded: isEnough
        ? portfolio.trades.reduce((sum, { traded, before }) => sum + traded / before, 0) /
          (nReturns / from.sessionsPerYear)
        : NaN,
    };
  });
}

function measuresOf(
  series: SessionSeries,
  { draws, perYear, isEnough }: {
    readonly draws: Readonly<Record<SessionMeasure, Float64Array>>;
    readonly perYear: number;
    readonly isEnough: boolean;
  },
): Record<SessionMeasure, Interval> {
  const whole = isEnough ? wholeMeasures(series, { perYear }) : undefined;
  return Object.fromEntries(
    SESSION_MEASURES.map((name) => [name, drawnInterval(whole?.[name] ?? NaN, draws[name])]),
  ) as Record<SessionMeasure, Interval>;
}

/** The worst whole month; the first purchase's cost is part of the first month. */
function worstMonth(
  nav: Float64Array,
  firstDay: number,
): Pick<MeasuredPortfolio, "worstMonth" | "worstMonthDay"> {
  const whole = nav.slice();
  if (whole.length > 0) whole[0] = PORTFOLIO_START;
  const months = periodReturns(whole, { firstDay, by: "month" }).filter(({ isWhole }) => isWhole);
  const worst = months.toSorted((a, b) => a.value - b.value || a.startDay - b.startDay)[0];
  return {
    worstMonth: worst?.value ?? NaN,
    worstMonthDay: worst?.startDay ?? MISSING_DAY,
  };
}
