import assert from "node:assert/strict";
import { formatDay } from "lib/core/day.ts";
import { assetsFrom, portfolioAssets } from "lib/portfolio/asset_navs.ts";
import { mixtureNav } from "lib/portfolio/mixtures.ts";
import { wholeMeasures } from "lib/portfolio/session_measures.ts";
import { portfolioSeries } from "lib/portfolio/session_series.ts";
import { sleeveStudy } from "lib/portfolio/sleeve_study.ts";
import { studyStarts } from "lib/portfolio/study_starts.ts";
import { comparison } from "lib/portfolio/value_study.ts";
import {
  goldenAssets,
  goldenBenchmarks,
  goldenSleeve,
  isNear,
  madeAssets,
  OPTIONS,
  SHARES,
  STUDY,
} from "./made_assets.ts";

const PLAN = { ...OPTIONS, ...SHARES, ...STUDY };
const MADE = madeAssets({ nDays: 760 });
const study = sleeveStudy({ benchmarks: MADE.benchmarks, sleeve: MADE.sleeves[0]! }, PLAN);

Deno.test("sleeveStudy() begins before its own sleeve's purchase, whatever another one does", () => {
  const { benchmarks, sleeves: [sleeve] } = MADE;
  const firstDay = sleeve!.firstDay + 200;
  const late = { ...sleeve!, key: "late", firstDay, nav: sleeve!.nav.slice(200) };
  const other = sleeveStudy({ benchmarks, sleeve: late }, PLAN);
  assert.equal(formatDay(study.assets.firstDay), "2024-01-01");
  assert.equal(formatDay(other.assets.firstDay), formatDay(firstDay - 1));
  const both = portfolioAssets({ benchmarks, sleeves: [sleeve!, late] }, OPTIONS);
  assert.equal(both.firstDay, other.assets.firstDay);
  assert.deepEqual([study.sleeve, other.sleeve], ["baskets", "late"]);
  assert.ok(comparison(other, "base_late", "base_cash") !== undefined);
  assert.ok(comparison(other, "base_baskets", "base_cash") === undefined);
});

Deno.test("sleeveStudy() is what its parts give", () => {
  const golden = sleeveStudy({ benchmarks: goldenBenchmarks(), sleeve: goldenSleeve() }, PLAN);
  assert.deepEqual(golden.assets, goldenAssets());
  assert.deepEqual([golden.sleeveShare, golden.costRate], [0.1, 0.001]);
  assert.equal(golden.differences.length, 11);
});

Deno.test("assetsFrom() a session has the values, rates and sessions from it on", () => {
  const whole = study.assets, at = 150, part = assetsFrom(whole, at), first = whole.session[at]!;
  assert.equal(part.firstDay, whole.firstDay + first);
  assert.deepEqual(part.session, whole.session.slice(at).map((day) => day - first));
  part.assets.forEach(({ nav }, k) => assert.deepEqual(nav, whole.assets[k]!.nav.slice(first)));
  assert.deepEqual(part.rates, whole.rates.slice(first));
  assert.equal(part.longestGapDays, 3);
  const years = (part.session.at(-1)! - part.session[0]!) / 365.25;
  assert.ok(isNear(part.sessionsPerYear, (part.session.length - 1) / years, 1e-12));
  assert.deepEqual(assetsFrom(whole, 0), whole);
  const end = assetsFrom(whole, whole.session.length - 1);
  assert.deepEqual([end.session.length, end.sessionsPerYear, end.longestGapDays], [1, NaN, 0]);
  assert.throws(() => assetsFrom(whole, whole.session.length), {
    name: "RangeError",
    message: "Cannot begin at a session as it must be one of the 544: got 544",
  });
});

Deno.test("studyStarts() are the study's own and the last sessions before quarters that leave a year", () => {
  const starts = studyStarts(study, STUDY);
  // every weekday is a session from 1 January 2024 to 29 January 2026
  assert.deepEqual(starts.map(({ firstDay }) => formatDay(firstDay)), [
    ...["2024-01-01", "2024-03-29", "2024-06-28", "2024-09-30", "2024-12-31"],
  ]);
  const { annual_return, sharpe } = comparison(study, "base_baskets", "base_cash")!.differences;
  assert.deepEqual([starts[0]!.annualReturn, starts[0]!.sharpe], [annual_return, sharpe]);
  assert.equal(starts[0]!.nSessions, study.assets.session.length - 1);
});

Deno.test("studyStarts() are differences of portfolios that are bought on that day", () => {
  const start = studyStarts(study, STUDY)[2]!;
  const at = study.assets.session.indexOf(start.firstDay - study.assets.firstDay);
  const from = assetsFrom(study.assets, at);
  const [own, cash] = ["base_baskets", "base_cash"].map((key) => {
    const { mixture } = study.measured.find((one) => one.portfolio.mixture.key === key)!.portfolio;
    const made = mixtureNav(mixture, from, { costRate: 0.001 });
    return wholeMeasures(portfolioSeries(made, from), { perYear: from.sessionsPerYear });
  });
  assert.ok(isNear(start.annualReturn.value, own!.annual_return - cash!.annual_return, 1e-12));
  assert.ok(isNear(start.sharpe.value, own!.sharpe - cash!.sharpe, 1e-12));
  assert.ok(start.sharpe.low < start.sharpe.value && start.sharpe.value < start.sharpe.high);
});

Deno.test("studyStarts() of a short study are its own, and none without a sleeve", () => {
  const { benchmarks, sleeves: [sleeve] } = madeAssets({ nDays: 200 });
  assert.equal(studyStarts(sleeveStudy({ benchmarks, sleeve: sleeve! }, PLAN), STUDY).length, 1);
  const never = { ...sleeve!, nav: new Float64Array(0) };
  assert.deepEqual(studyStarts(sleeveStudy({ benchmarks, sleeve: never }, PLAN), STUDY), []);
  const few = madeAssets({ nDays: 30 });
  const [start] = studyStarts(
    sleeveStudy({ benchmarks: few.benchmarks, sleeve: few.sleeves[0]! }, PLAN),
    STUDY,
  );
  assert.ok(Number.isNaN(start!.annualReturn.value) && Number.isNaN(start!.sharpe.high));
});
