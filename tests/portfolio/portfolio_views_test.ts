import assert from "node:assert/strict";
import { type PortfolioAssets, portfolioAssets } from "lib/portfolio/asset_navs.ts";
import { portfolioDifferences } from "lib/portfolio/portfolio_differences.ts";
import {
  assetRelationView,
  portfolioFallView,
  portfolioNavView,
  riskReturnView,
  sleeveDifferenceView,
} from "lib/portfolio/portfolio_views.ts";
import { portfolioAtSessions } from "lib/portfolio/session_series.ts";
import { sleeveEvidence } from "lib/portfolio/sleeve_evidence.ts";
import { comparison, type ValueStudy } from "lib/portfolio/value_study.ts";
import { madeAssets, OPTIONS, studied, STUDY } from "./made_assets.ts";

function studyOf(assets: PortfolioAssets): ValueStudy {
  const measured = studied(assets);
  return {
    ...{ assets, measured, sleeve: "baskets", sleeveShare: 0.1, costRate: 0.001 },
    differences: portfolioDifferences(measured, { perYear: assets.sessionsPerYear }),
    evidence: sleeveEvidence(assets, measured, STUDY),
  };
}

const MADE = madeAssets({ sleeves: 2 });
const from = studyOf(portfolioAssets(MADE, OPTIONS));
const { assets, measured } = from;
const MAIN = ["base", "base_baskets", "base_cash", "base_tbills"];
const sessionDays = assets.session.map((at) => assets.firstDay + at);
const keys = measured.map(({ portfolio }) => portfolio.mixture.key);
const differenceOf = (key: string, against: string) => comparison(from, key, against)!.differences;

/** A universe without a closing asset, without bills, without sleeves or without sessions. */
const LACKING: [string, PortfolioAssets][] = [
  [
    "bonds",
    portfolioAssets({
      ...MADE,
      benchmarks: MADE.benchmarks.filter(({ symbol }) => symbol !== "TLT"),
    }, OPTIONS),
  ],
  [
    "bills",
    portfolioAssets({
      ...MADE,
      benchmarks: MADE.benchmarks.filter(({ symbol }) => symbol !== "^IRX"),
    }, OPTIONS),
  ],
  ["sleeves", portfolioAssets({ ...MADE, sleeves: [] }, OPTIONS)],
  ["days", portfolioAssets({ benchmarks: [], sleeves: [] }, OPTIONS)],
];

Deno.test("portfolioNavView() has every portfolio on every day, the four of the question marked", () => {
  const view = portfolioNavView(from);
  assert.deepEqual(view.series.map(({ key }) => key), keys);
  assert.deepEqual(view.series.filter(({ isMain }) => isMain).map(({ key }) => key).sort(), MAIN);
  view.series.forEach(({ name, nav }, p) => {
    const { portfolio } = measured[p]!;
    assert.deepEqual([name, nav], [portfolio.mixture.name, portfolio.nav]);
    assert.equal(nav.length, view.days.length);
  });
  assert.deepEqual([view.days[0], view.days.at(-1)], [sessionDays[0], sessionDays.at(-1)]);
  assert.deepEqual(view.days.length, sessionDays.at(-1)! - sessionDays[0]! + 1);
  assert.deepEqual(view.compared, {
    ...{ key: "base_baskets", against: "base_cash" },
    difference: differenceOf("base_baskets", "base_cash").annual_return,
  });
  assert.deepEqual([view.nSessions, view.costBps], [sessionDays.length - 1, 10]);
});

Deno.test("portfolioFallView() has values at the sessions and the depths with their intervals", () => {
  const view = portfolioFallView(from);
  assert.deepEqual(view.days, sessionDays);
  view.series.forEach(({ key, isMain, nav, depthLow, depthHigh }, p) => {
    const { portfolio, measures } = measured[p]!;
    assert.deepEqual([key, isMain], [keys[p], MAIN.includes(keys[p]!)]);
    assert.deepEqual(nav, portfolioAtSessions(portfolio, assets.session));
    assert.deepEqual([depthLow, depthHigh], [
      measures.max_drawdown.low,
      measures.max_drawdown.high,
    ]);
  });
  assert.deepEqual(view.compared, {
    ...{ key: "base_baskets", against: "base_cash" },
    difference: differenceOf("base_baskets", "base_cash").max_drawdown,
  });
  assert.deepEqual([view.nSessions, view.costBps], [sessionDays.length - 1, 10]);
});

Deno.test("riskReturnView() holds every mixture but those with cash and bills against stocks and bonds", () => {
  const view = riskReturnView(from);
  view.portfolios.forEach((one, p) => {
    const { portfolio: { mixture }, measures } = measured[p]!;
    assert.deepEqual(
      [one.key, one.name, one.role, one.isMain],
      [mixture.key, mixture.name, mixture.role, MAIN.includes(mixture.key)],
    );
    assert.deepEqual(
      [one.annualReturn, one.volatility, one.sharpe],
      [measures.annual_return, measures.volatility, measures.sharpe.value],
    );
    const isIdle = ["base_cash", "base_tbills"].includes(mixture.key);
    const wanted = mixture.role === "mixture" && !isIdle
      ? differenceOf(mixture.key, "base").sharpe
      : null;
    assert.deepEqual(one.sharpeDifference, wanted);
  });
  assert.deepEqual(
    [view.nSessions, view.firstDay, view.lastDay],
    [sessionDays.length - 1, sessionDays[0], sessionDays.at(-1)],
  );
});

Deno.test("sleeveDifferenceView() holds the baskets against cash, bills and neither", () => {
  const view = sleeveDifferenceView(from);
  assert.equal(view.name, "60/40 + 10 % baskets 0");
  assert.deepEqual(view.differences.map(({ against }) => against), [
    "60/40 + 10 % cash",
    "60/40 + 10 % Treasury bills",
    "60/40",
  ]);
  ["base_cash", "base_tbills", "base"].forEach((against, i) => {
    const wanted = differenceOf("base_baskets", against);
    const { annualReturn, volatility, sharpe, maxDrawdown } = view.differences[i]!;
    assert.deepEqual(
      [annualReturn, volatility, sharpe, maxDrawdown],
      [wanted.annual_return, wanted.volatility, wanted.sharpe, wanted.max_drawdown],
    );
  });
  MAIN.forEach((key, i) => {
    const found = view
      .volatilities[["base", "base_baskets", "base_cash", "base_tbills"].indexOf(key)]!;
    const one = measured[keys.indexOf(key)]!;
    assert.deepEqual([found.name, found.volatility], [
      one.portfolio.mixture.name,
      one.measures.volatility,
    ]);
    const change = i === 0 ? NaN : differenceOf(key, "base").volatility_change.value;
    assert.equal(found.change, change);
  });
  // a tenth of cash is a tenth less of everything
  assert.ok(Math.abs(view.volatilities[2]!.change + 0.1) < 0.01, `${view.volatilities[2]!.change}`);
});

Deno.test("assetRelationView() has each asset and the mixture, of the sleeve that is asked about", () => {
  const of = (sleeve: string) => assetRelationView({ ...from, sleeve });
  for (const sleeve of ["baskets", "baskets_1"]) {
    const view = of(sleeve);
    assert.deepEqual(view.assets.map(({ name }) => name), [
      "SPY",
      "TLT",
      "GLD",
      "BTC-USD",
      "60/40",
    ]);
    ["stocks", "bonds", "gold", "crypto", "base"].forEach((key, i) => {
      const own = from.evidence.measures.filter((one) => one.sleeve === sleeve && one.with === key);
      const measure = (name: string) => own.find((one) => one.measure === name);
      const { daily, weekly, tail5, tail10 } = view.assets[i]!;
      assert.deepEqual([daily, weekly, tail5, tail10], [
        measure("pearson"),
        measure("pearson_5_sessions"),
        measure("tail_share_5"),
        measure("tail_share_10"),
      ]);
      assert.equal(new Set([daily.value, weekly.value]).size, 2);
    });
  }
  assert.deepEqual([of("baskets").sleeve, of("baskets_1").sleeve], ["baskets 0", "baskets 1"]);
  assert.deepEqual(of("unheard of").assets, []);
  assert.equal(of("unheard of").sleeve, "unheard of");
});

for (const [what, lacking] of LACKING) {
  Deno.test(`portfolio views without ${what} show what there is`, () => {
    const few = studyOf(lacking);
    const isMixed = what === "bills";
    assert.equal(portfolioNavView(few).compared === null, !isMixed);
    assert.equal(portfolioFallView(few).compared === null, !isMixed);
    assert.equal(portfolioNavView(few).series.length, few.measured.length);
    assert.ok(riskReturnView(few).nSessions >= 0);
    const { differences, volatilities } = sleeveDifferenceView(few);
    assert.equal(differences.length, isMixed ? 2 : 0);
    // of the four portfolios: without bills three, without a sleeve those with cash and bills
    assert.equal(volatilities.length, { bonds: 0, bills: 3, sleeves: 3, days: 0 }[what]);
    assert.equal(
      assetRelationView(few).assets.length,
      { bonds: 3, bills: 5, sleeves: 0, days: 0 }[what],
    );
  });
}
