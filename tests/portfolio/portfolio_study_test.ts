import assert from "node:assert/strict";
import { formatDay, MISSING_DAY, parseDay } from "lib/core/day.ts";
import { portfolioAssets } from "lib/portfolio/asset_navs.ts";
import { portfolioDifferences } from "lib/portfolio/portfolio_differences.ts";
import { portfolioList } from "lib/portfolio/portfolio_list.ts";
import { portfolioStudy } from "lib/portfolio/portfolio_study.ts";
import { SESSION_MEASURES } from "lib/portfolio/session_measures.ts";
import {
  goldenAssets,
  isNear,
  madeAssets,
  OPTIONS,
  SHARES,
  stillSleeve,
  studied,
  STUDY,
} from "./made_assets.ts";
// golden: pandas, made by tests/golden/portfolio/portfolios.py
import golden from "../golden/portfolio/portfolios.json" with { type: "json" };

const assets = goldenAssets();
const measured = studied(assets);
const keyed = (key: string, from = measured) =>
  from.find(({ portfolio }) => portfolio.mixture.key === key)!;

Deno.test("portfolioStudy() finds the worst month and the trough that pandas finds", () => {
  for (const [key, expected] of Object.entries(golden.portfolios)) {
    const { worstMonth, drawdown } = keyed(key);
    assert.ok(isNear(worstMonth, expected.worstMonth, 1e-9), key);
    assert.equal(formatDay(drawdown.troughDay), expected.trough, key);
    assert.ok(isNear(drawdown.depth, expected.max_drawdown, 1e-12), key);
  }
});

Deno.test("portfolioStudy() counts the first purchase's cost in the first month", () => {
  const { benchmarks, sleeves: [sleeve] } = madeAssets({ nDays: 200 });
  const firstDay = parseDay("2024-02-01");
  const from = portfolioAssets(
    { benchmarks, sleeves: [{ ...stillSleeve(sleeve!), firstDay }] },
    OPTIONS,
  );
  const { worstMonth, worstMonthDay } = keyed("baskets", studied(from, { costRate: 0.01 }));
  assert.ok(isNear(worstMonth, 1 / 1.01 - 1, 1e-14));
  assert.equal(worstMonthDay, firstDay);
});

Deno.test("portfolioStudy() gives intervals around what was measured", () => {
  for (const { measures, portfolio } of measured) {
    for (const name of ["annual_return", "volatility", "sharpe"] as const) {
      const { value, low, high } = measures[name];
      // bills have no Sharpe ratio
      if (Number.isNaN(value)) assert.ok(Number.isNaN(low) && portfolio.mixture.key === "tbills");
      else assert.ok(low <= value && value <= high, `${portfolio.mixture.key} ${name}`);
    }
  }
  assert.ok(measured.every(({ draws }) => draws.sharpe.length === STUDY.nDraws));
});

Deno.test("portfolioStudy() costs money: gross is above net, and what is traded is counted", () => {
  for (const { portfolio, measures, grossReturn, annualTraded } of measured) {
    if (portfolio.mixture.key === "tbills") continue;
    assert.ok(grossReturn > measures.annual_return.value, portfolio.mixture.key);
    assert.ok(annualTraded > 0.5);
  }
  assert.ok(keyed("base").annualTraded > keyed("stocks").annualTraded);
});

Deno.test("portfolioStudy() does not depend on the order of the portfolios", () => {
  const list = portfolioList(assets, SHARES);
  const turned = portfolioStudy(list.toReversed(), assets, STUDY);
  assert.deepEqual(turned.toReversed(), measured);
});

Deno.test("portfolioStudy() of too few sessions has values and no measure", () => {
  const short = portfolioAssets(madeAssets({ nDays: 80 }), OPTIONS);
  const few = studied(short);
  assert.ok(short.session.length - 1 < 60);
  for (const one of few) {
    assert.equal(one.portfolio.nav.length, short.session.at(-1)! + 1);
    for (const name of SESSION_MEASURES) assert.ok(Number.isNaN(one.measures[name].value));
    assert.ok(Number.isNaN(one.grossReturn) && Number.isNaN(one.worstMonth));
    assert.ok(Number.isNaN(one.drawdown.depth) && one.drawdown.peakDay === MISSING_DAY);
  }
  const differences = portfolioDifferences(few, { perYear: short.sessionsPerYear });
  for (const { differences: each, check } of differences) {
    assert.ok(Object.values(each).every(({ value, pValue }) => Number.isNaN(value + pValue)));
    assert.ok(Number.isNaN(check.value));
  }
  const none = portfolioAssets({ benchmarks: [], sleeves: [] }, OPTIONS);
  assert.deepEqual(studied(none), []);
});

Deno.test("portfolioDifferences() hold each mixture against cash, bills and stocks and bonds", () => {
  const differences = portfolioDifferences(measured, { perYear: assets.sessionsPerYear });
  assert.deepEqual(
    differences.map(({ portfolio, against }) => `${portfolio} ${against}`),
    [
      ...["gold", "crypto"].flatMap((key) =>
        ["base_cash", "base_tbills", "base"].map((other) => `base_${key} ${other}`)
      ),
      "base_cash base",
      "base_tbills base",
      ...["base_cash", "base_tbills", "base"].map((other) => `base_baskets ${other}`),
    ],
  );
  const own = differences.at(-3)!;
  const [mixed, cash] = [keyed("base_baskets"), keyed("base_cash")];
  const { sharpe, volatility_change } = own.differences;
  assert.equal(sharpe.value, mixed.measures.sharpe.value - cash.measures.sharpe.value);
  assert.ok(isNear(sharpe.value, own.check.value, 1e-12));
  assert.equal(
    volatility_change.value,
    mixed.measures.volatility.value / cash.measures.volatility.value - 1,
  );
  assert.ok(sharpe.low < sharpe.value && sharpe.value < sharpe.high && sharpe.pValue > 0.05);
});

Deno.test("the bootstrap and the formula agree on the error of a Sharpe difference", () => {
  const many = studied(assets, { nDraws: 1000, meanBlockSessions: 5 });
  const [own] = portfolioDifferences(many, { perYear: assets.sessionsPerYear })
    .filter(({ portfolio, against }) => portfolio === "base_baskets" && against === "base_cash");
  const { low, high } = own!.differences.sharpe;
  const ratio = (high - low) / (2 * 1.96 * own!.check.error);
  assert.ok(ratio > 0.85 && ratio < 1.15, String(ratio));
});

Deno.test("a sleeve that is cash differs from cash in nothing, draw by draw", () => {
  const given = madeAssets();
  const still = portfolioAssets({
    benchmarks: given.benchmarks,
    sleeves: given.sleeves.map(stillSleeve),
  }, OPTIONS);
  const free = studied(still, { costRate: 0 });
  const [same] = portfolioDifferences(free, { perYear: still.sessionsPerYear })
    .filter(({ portfolio, against }) => portfolio === "base_baskets" && against === "base_cash");
  for (const { value, low, high, pValue } of Object.values(same!.differences)) {
    assert.deepEqual([value, low, high, pValue], [0, 0, 0, 1]);
  }
  assert.equal(same!.check.value, 0);
});

Deno.test("a tenth of cash cuts volatility by a tenth, which no sleeve may claim for itself", () => {
  const [cash] = portfolioDifferences(measured, { perYear: assets.sessionsPerYear })
    .filter(({ portfolio }) => portfolio === "base_cash");
  const { volatility_change: change } = cash!.differences;
  assert.ok(Math.abs(change.value + 0.1) < 0.01 && change.high < -0.09 && change.pValue < 0.05);
});
