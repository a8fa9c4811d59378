import type { Figure } from "lib/charts/figure.ts";
import { attributionChart } from "lib/charts/attribution.ts";
import { basketCorrelationChart } from "lib/charts/basket_correlation.ts";
import { basketWeightsChart } from "lib/charts/basket_weights.ts";
import type { ChartContext } from "lib/charts/chart_context.ts";
import { compositionCardsChart } from "lib/charts/composition_cards.ts";
import { eligibilityFunnelChart } from "lib/charts/eligibility_funnel.ts";
import { drawdownChart } from "lib/charts/method_drawdown.ts";
import { methodEvidenceChart } from "lib/charts/method_evidence.ts";
import { methodNavChart } from "lib/charts/method_nav.ts";
import { turnoverChart } from "lib/charts/turnover.ts";
import type { BasketReplay } from "lib/backtest/basket_replay.ts";
import { cashNav, tbillRates } from "lib/backtest/daily_returns.ts";
import { measuredNavs } from "lib/backtest/measured_navs.ts";
import { pricePaths } from "lib/backtest/price_paths.ts";
import type { DataSet } from "lib/core/data_set.ts";
import { dayOf } from "lib/core/day.ts";
import {
  annualReturn,
  attributionView,
  basketsOf,
  evidenceView,
  funnelView,
  navView,
  turnoverView,
  weightsView,
} from "lib/decide/backtest_views.ts";
import { basketHues } from "lib/decide/basket_hues.ts";
import { basketPanel, correlationView, panelCorrelation } from "lib/decide/basket_panel.ts";
import { compositionView } from "lib/decide/composition_view.ts";
import { type MethodKey, METHODS } from "lib/decide/method_list.ts";
import {
  methodOverfitting,
  methodStudies,
  methodTrials,
  sleevesOf,
} from "lib/decide/method_study.ts";
import { randomJobs } from "lib/decide/replay_jobs.ts";
import { randomNull } from "lib/decide/random_null.ts";
import type { DecideConfig } from "lib/decide/decide_tools.ts";
import {
  configWith,
  listedCosts,
  type Replayed,
  replayed,
  type SettingValues,
} from "./replayed.ts";
import { TAXONOMY } from "./made_decision.ts";

/** Few draws, as tests look at what is joined and not at the third digit. */
export const FEW = {
  backtest: {
    ...{ cluster_shifts: 19, cluster_bootstraps: 2, bootstrap_draws: 40, random_baskets: 12 },
  },
} satisfies SettingValues;

/** How {@link analysed} is asked. */
export interface AnalysedOptions {
  readonly days: readonly number[];
  readonly methods?: readonly MethodKey[];
  readonly config?: DecideConfig;
}

/** A universe from its prices to the studies of its methods, as notebook 05 joins them. */
export function analysed(
  data: DataSet,
  { days, methods, config = configWith(FEW) }: AnalysedOptions,
) {
  const run: Replayed = replayed(data, { days, config, ...methods && { methods } });
  const { decisions, replays } = run, { settings, seed } = config;
  const lastDay = dayOf(data.asOfMs - 1), paths = pricePaths(data);
  const costs = listedCosts(data);
  const sleeves = sleevesOf(replays, "cash"), others = sleevesOf(replays, "redistribute");
  const jobs = randomJobs(decisions, sleeves, { config, costs, paths });
  const randomOf = new Map(jobs.map((job, k) => [sleeves[k]!.method, randomNull(data, job)]));
  const rates = (firstDay: number) =>
    tbillRates(data.benchmarks, settings.backtest.tbill_symbol.value, {
      ...{ firstDay, nDays: lastDay - firstDay + 1 },
    });
  const hasBills = data.benchmarks.length > 0;
  const ratesFrom = (firstDay: number) => hasBills ? rates(firstDay) : rates(firstDay).fill(0);
  const measuredOn = (track: "nav" | "navGross", list: readonly BasketReplay[]) =>
    measuredNavs(
      list.map(({ ledger }) => ({ nav: ledger[track], rates: ratesFrom(ledger.firstDay - 1) })),
      {
        nDraws: settings.backtest.bootstrap_draws.value,
        ...{ meanBlockDays: settings.backtest.bootstrap_block_days.value, seed },
      },
    );
  const measured = measuredOn("nav", replays);
  const eventIds = new Map(
    decisions.flatMap(({ offered }) => offered.map((one) => [one.marketId, one.eventId] as const)),
  );
  const eventOf = (marketId: string) => eventIds.get(marketId) ?? marketId;
  const measuredOf = new Map(replays.map((one, k) => [one, measured[k]!]));
  const trialSharpes = [...sleeves, ...others].map((one) => measuredOf.get(one)!.sample.sharpe);
  const [studies, redistributed] = [sleeves, others].map((list) =>
    methodStudies({
      ...{ trialSharpes, paths, eventOf, settings, sleeves: list },
      measured: list.map((one) => measuredOf.get(one)!),
      measuredGross: measuredOn("navGross", list),
      random: list === sleeves ? randomOf : new Map(),
    })
  ) as [ReturnType<typeof methodStudies>, ReturnType<typeof methodStudies>];
  const overfit = methodOverfitting(methodTrials(studies, { lastDay, ratesFrom }), settings);
  return {
    ...{ ...run, data, config, costs, lastDay, paths, hasBills, ratesFrom, eventOf, sleeves, jobs },
    ...{ randomOf, measured, trialSharpes, studies, redistributed, overfit, rates },
  };
}

/** What {@link analysed} gives. */
export type Analysed = ReturnType<typeof analysed>;

/** Every view of a method, as notebook 05 asks for them. */
export function viewsOf(one: Analysed, main: MethodKey) {
  const { data, config, lastDay, studies, decisions, replays } = one;
  const hues = basketHues(TAXONOMY), { name } = METHODS.find(({ key }) => key === main)!;
  const own = basketsOf(replays, { method: main, policy: "cash" });
  const returns = basketPanel(own, lastDay);
  const correlation = panelCorrelation(returns, { settings: config.settings, seed: config.seed });
  const mainStudy = studies.find(({ method }) => method.key === main);
  const navs = navView(studies, {
    cash: (firstDay) => cashNav(new Float64Array(lastDay - firstDay + 1)),
    tbill: (firstDay) => one.hasBills ? cashNav(one.rates(firstDay)) : null,
    ...{ random: one.randomOf.get(main) ?? null, lastDay },
  });
  return {
    ...{ navs, returns, correlation, mainStudy },
    turnover: turnoverView(studies),
    attribution: attributionView(mainStudy, { name, hues, lastDay }),
    weights: weightsView(mainStudy?.replay, { hues, name }),
    correlations: correlationView(returns, correlation, { name, hues }),
    composition: compositionView(own, {
      ...{ name, markets: data.markets, paths: one.paths, eventOf: one.eventOf, hues },
    }),
    evidence: evidenceView(studies, {
      ...{ cashReturn: studies.length === 0 ? 0 : annualReturn(navs.cash), cashName: "Cash" },
      ...{ nTrials: one.trialSharpes.length, overfitting: one.overfit, lastDay },
    }),
    funnel: funnelView(decisions, main),
  };
}

/** Every chart of these views. */
export function figuresOf(views: ReturnType<typeof viewsOf>, context: ChartContext): Figure[] {
  const { navs } = views;
  return [
    methodNavChart(navs, context),
    drawdownChart({ ...navs, series: navs.series.filter(({ isMain }) => isMain) }, context),
    turnoverChart(views.turnover, context, { target: 0.3, unstable: 0.7 }),
    attributionChart(views.attribution, context),
    basketWeightsChart(views.weights, context),
    basketCorrelationChart(views.correlations, context, { limit: 0.5 }),
    compositionCardsChart(views.composition, context),
    methodEvidenceChart(views.evidence, context),
    eligibilityFunnelChart(views.funnel, context),
  ];
}
