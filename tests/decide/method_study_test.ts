import assert from "node:assert/strict";
import { METRICS, metricTable } from "lib/backtest/metric_table.ts";
import type { Ledger } from "lib/backtest/ledger.ts";
import { dayStartMs, parseDay } from "lib/core/day.ts";
import { METHODS, SLEEVE } from "lib/decide/method_list.ts";
import {
  methodOverfitting,
  methodStudies,
  methodTrials,
  sleevesOf,
} from "lib/decide/method_study.ts";
import { metricRows } from "lib/decide/metric_rows.ts";
import { comparisonTable } from "lib/decide/backtest_tables.ts";
import { analysed, viewsOf } from "./analysed.ts";
import { decisionDays, simulated } from "./replayed.ts";
import { dailyCloses } from "../fixtures/data_set.ts";
import { FIRST_DATE, MONTH_ENDS, N_DAYS, twoThemes } from "./two_themes.ts";

const { data: DATA } = simulated("default", "full", 7);
const ALL = analysed(DATA, {
  days: decisionDays(DATA, 4),
  methods: ["words_equal", "hybrid_risk", "all_equal"],
});
const { studies: STUDIES, replays: REPLAYS, measured: MEASURED } = ALL;

function near(value: number, expected: number, message = ""): void {
  assert.ok(Math.abs(value - expected) < 1e-9, `${message} ${value}, not ${expected}`);
}

function costsOf({ rebalances }: Ledger): number[] {
  return rebalances.map(({ spreadCost, feeCost }) => spreadCost + feeCost);
}

Deno.test("sleevesOf() gives the sleeves of one policy in the order of the methods", () => {
  const mixed = [...REPLAYS].reverse();
  for (const policy of ["cash", "redistribute"] as const) {
    const found = sleevesOf(mixed, policy);
    assert.deepEqual(found.map(({ method }) => method), [
      "words_equal",
      "hybrid_risk",
      "all_equal",
    ]);
    assert.ok(found.every((one) => one.basket === SLEEVE && one.policy === policy));
  }
});

Deno.test("methodStudies() measures the sleeve's own net value, gross value and costs", () => {
  assert.deepEqual(
    STUDIES.map(({ method }) => method.key),
    ALL.sleeves.map(({ method }) => method),
  );
  STUDIES.forEach((study, k) => {
    const { replay, performance, grossReturn, annualTraded, annualCost } = study;
    const { ledger } = replay, years = ledger.nav.length / 365.25;
    assert.equal(replay, ALL.sleeves[k]);
    near(performance.cumulativeReturn, ledger.nav.at(-1)! / 100 - 1);
    near((1 + performance.annualizedReturn) ** years, ledger.nav.at(-1)! / 100);
    near((1 + grossReturn) ** years, ledger.navGross.at(-1)! / 100);
    assert.ok(grossReturn > performance.annualizedReturn);
    near(annualCost * years, costsOf(ledger).reduce((sum, x) => sum + x, 0));
    near(annualTraded * years, ledger.rebalances.reduce((sum, { traded }) => sum + traded, 0));
    assert.ok(annualTraded > annualCost && annualCost > 0);
  });
});

Deno.test("methodStudies() finds the multiple of the costs at which nothing is left of the gain", () => {
  const gains = STUDIES.filter(({ replay }) => replay.ledger.navGross.at(-1)! > 100);
  assert.ok(gains.length > 0);
  for (const { breakEvenCost, replay: { ledger } } of gains) {
    assert.ok(breakEvenCost > 0 && breakEvenCost < 100);
    const left = costsOf(ledger).reduce(
      (v, c) => v * (1 - breakEvenCost * c),
      ledger.navGross.at(-1)!,
    );
    near(left, 100);
    // at once the costs the net value is left
    const net = costsOf(ledger).reduce((v, c) => v * (1 - c), ledger.navGross.at(-1)!);
    near(net, ledger.nav.at(-1)!);
  }
  for (const { breakEvenCost, replay: { ledger } } of STUDIES) {
    assert.equal(breakEvenCost === 0, !(ledger.navGross.at(-1)! > 100));
  }
});

Deno.test("methodStudies() says which points came from settlements, and counts what was settled", () => {
  for (const { grossPoints, resolutionPoints, nBets, bets, replay: { ledger } } of STUDIES) {
    const costs = ledger.contributions.reduce((sum, c) => sum + c.spread + c.fees + c.roll, 0);
    near(grossPoints + costs + ledger.interest, ledger.nav.at(-1)! - 100);
    near(resolutionPoints, ledger.contributions.reduce((sum, c) => sum + c.resolution, 0));
    assert.ok(nBets > 10 && bets !== null);
  }
});

Deno.test("methodStudies() places a method among its random portfolios, above all or below all", () => {
  const [study] = STUDIES, { replay } = study!, { ledger } = replay;
  const { firstDay, nDays } = ALL.randomOf.get(replay.method)!;
  assert.ok(study!.random!.percentile >= 0 && study!.random!.percentile <= 1);
  assert.equal(study!.random!.nDraws, 12);
  for (const [factor, percentile] of [[0.5, 1], [2, 0], [1, 0.5]] as const) {
    const draws = (nav: Float64Array) =>
      Float64Array.from({ length: 4 * nDays }, (_, i) => factor * nav[i % nDays]!);
    const random = new Map([[replay.method as string, {
      ...{ firstDay, nDays, nav: draws(ledger.nav), navGross: draws(ledger.navGross) },
    }]]);
    const [again] = methodStudies({
      ...{
        sleeves: [replay],
        measured: [study!],
        measuredGross: [study!],
        trialSharpes: ALL.trialSharpes,
        random,
      },
      ...{ paths: ALL.paths, eventOf: ALL.eventOf, settings: ALL.config.settings },
    });
    assert.equal(again!.random!.percentile, percentile);
    assert.equal(again!.random!.percentileGross, percentile);
    near((1 + again!.random!.mid) ** (nDays / 365.25), factor * ledger.nav.at(-1)! / 100);
  }
  assert.ok(ALL.redistributed.every(({ random }) => random === null));
});

Deno.test("methodStudies() deflates by every configuration tried", () => {
  assert.equal(ALL.trialSharpes.length, 6);
  const [replay] = ALL.sleeves, measured = [STUDIES[0]!];
  const shared = { paths: ALL.paths, eventOf: ALL.eventOf, settings: ALL.config.settings };
  const deflated = (trialSharpes: readonly number[]) =>
    methodStudies({
      ...shared,
      sleeves: [replay!],
      measured,
      measuredGross: measured,
      trialSharpes,
      random: new Map(),
    })[0]!
      .deflated.probability;
  const own = STUDIES[0]!.sample.sharpe;
  assert.ok(deflated([own, own + 0.1, own - 0.1]) < deflated([own, own + 0.01, own - 0.01]));
});

Deno.test("methodStudies() leaves out a method that never held anything, or only on the last day", () => {
  for (const days of [[], [parseDay("2025-05-30")]]) {
    const { studies, replays } = analysed(twoThemes(), { days, methods: ["words_equal"] });
    assert.deepEqual([studies, replays.length > 0], [[], true]);
  }
});

Deno.test("methodStudies() of a method whose every contract pays nothing is a total loss, not NaN", () => {
  const paid = { payout: 0, atMs: dayStartMs(parseDay("2025-04-10")) };
  const never = dailyCloses(FIRST_DATE, Array.from({ length: N_DAYS }, () => 0.99));
  const { studies } = analysed(twoThemes((k) => k < 6 ? { paid } : { closes: never }), {
    ...{ days: MONTH_ENDS, methods: ["words_equal"] },
  });
  const [{ performance, breakEvenCost, nBets, grossReturn }] = studies as [typeof studies[0]];
  near(performance.cumulativeReturn, -1);
  near(grossReturn, -1);
  assert.deepEqual([breakEvenCost, nBets], [0, 6]);
});

Deno.test("methodTrials() gives the excess returns of all methods over the days of all, in cash before the first purchase", () => {
  const { lastDay, ratesFrom } = ALL,
    [first, second] = STUDIES as [typeof STUDIES[0], typeof STUDIES[0]];
  const { ledger } = second.replay, nLater = 40, from = ledger.firstDay + nLater;
  const later = {
    ...second,
    replay: {
      ...second.replay,
      ledger: {
        ...ledger,
        firstDay: from,
        nav: ledger.nav.subarray(0, ledger.nav.length - nLater),
      },
    },
  };
  const rates = (day: number) => ratesFrom(day).fill(0.001);
  const [own, other] = methodTrials([first, later], { lastDay, ratesFrom: rates });
  assert.equal(own!.length, lastDay - first.replay.ledger.firstDay + 1);
  assert.equal(other!.length, own!.length);
  near(own![0]!, first.replay.ledger.nav[0]! / 100 - 1 - 0.001);
  near(own![9]!, first.replay.ledger.nav[9]! / first.replay.ledger.nav[8]! - 1 - 0.001);
  const start = from - first.replay.ledger.firstDay;
  assert.ok(other!.subarray(0, start).every((x) => x === -0.001));
  near(other![start]!, ledger.nav[0]! / 100 - 1 - 0.001);
  assert.deepEqual(methodTrials([], ALL), []);
});

Deno.test("methodOverfitting() needs two trials and known days enough", () => {
  const { config: { settings } } = ALL, trials = methodTrials(STUDIES, ALL);
  const { probability } = methodOverfitting(trials, settings)!;
  assert.ok(probability >= 0 && probability <= 1);
  assert.equal(methodOverfitting(trials.slice(1, 2), settings), null);
  assert.equal(methodOverfitting([], settings), null);
  assert.equal(methodOverfitting(trials.map((one) => one.slice(0, 20)), settings), null);
  assert.equal(methodOverfitting(trials.map((one) => one.with(5, NaN)), settings), null);
});

function rowsOf(all: typeof ALL) {
  const { correlation } = viewsOf(all, "hybrid_risk");
  return metricRows(all.replays, all.measured, {
    ...{ studies: [...all.studies, ...all.redistributed], differences: [] },
    ...{ overfitting: all.overfit, nTrials: all.trialSharpes.length },
    correlation: { method: "hybrid_risk", of: correlation },
  });
}

Deno.test("metricRows() has each metric once for each basket, as its table demands", () => {
  const rows = rowsOf(ALL);
  assert.equal(metricTable(rows).nRows, rows.length);
  const known = new Set(METRICS.map(({ key }) => key as string));
  assert.ok(rows.every(({ metric }) => known.has(metric)));
  const value = (metric: string, method: string, basket = SLEEVE as string) =>
    rows.find((row) =>
      row.metric === metric && row.method === method && row.basket === basket &&
      row.policy === "cash"
    );
  STUDIES.forEach(({ method, performance, intervals, turnover, effectiveEvents, nBets }) => {
    assert.equal(value("annualized_return", method.key)!.value, performance.annualizedReturn);
    assert.equal(value("sharpe", method.key)!.ciLow, intervals.sharpe.low);
    assert.equal(value("mean_turnover", method.key)!.value, turnover.mean);
    assert.equal(value("effective_events", method.key)!.value, effectiveEvents);
    assert.equal(value("settled_bets", method.key)!.value, nBets);
    assert.equal(value("trials", method.key)!.value, 6);
    assert.equal(value("overfitting_probability", method.key)!.value, ALL.overfit!.probability);
  });
  REPLAYS.forEach(({ method, basket, policy, ledger }, k) => {
    if (policy !== "cash") return;
    const row = value("cumulative_return", method, basket);
    if (ledger.nav.length === 0) assert.equal(row, undefined);
    else assert.equal(row!.value, MEASURED[k]!.performance.cumulativeReturn);
  });
});

Deno.test("metricRows() of nothing has no rows, and baskets that were never held have none", () => {
  const { replays, measured, ...rest } = analysed(twoThemes(), {
    days: [],
    methods: ["words_equal"],
  });
  assert.ok(replays.length > 0);
  assert.deepEqual(rowsOf({ ...rest, replays, measured } as typeof ALL), []);
});

Deno.test("comparisonTable() has a row a method, unknown where no random portfolio was drawn", () => {
  const { nRows, columns } = comparisonTable(ALL.redistributed);
  assert.equal(nRows, 3);
  assert.ok([...(columns["among_random"] as { values: Float64Array }).values].every(Number.isNaN));
  assert.equal(comparisonTable([]).nRows, 0);
  assert.ok(METHODS.length > nRows);
});
