import assert from "node:assert/strict";
import { type PortfolioAssets, portfolioAssets } from "lib/portfolio/asset_navs.ts";
import { portfolioDifferences } from "lib/portfolio/portfolio_differences.ts";
import { portfolioFindings, type ValueChecks } from "lib/portfolio/portfolio_findings.ts";
import { sleeveEvidence, type SleeveMeasure } from "lib/portfolio/sleeve_evidence.ts";
import { sleeveStudy } from "lib/portfolio/sleeve_study.ts";
import type { ValueStudy } from "lib/portfolio/value_study.ts";
import {
  checksOf,
  goldenAssets,
  madeAssets,
  OPTIONS,
  SHARES,
  stillSleeve,
  studied,
  STUDY,
} from "./made_assets.ts";

function findings(assets: PortfolioAssets, checks: Partial<ValueChecks> = {}): string[] {
  const study = studyOf(assets);
  return portfolioFindings(study, { ...checksOf(study), ...checks }).split("\n");
}

function studyOf(assets: PortfolioAssets): ValueStudy {
  const measured = studied(assets);
  return {
    assets,
    measured,
    differences: portfolioDifferences(measured, { perYear: assets.sessionsPerYear }),
    evidence: sleeveEvidence(assets, measured, STUDY),
    ...{ sleeve: "baskets", sleeveShare: 0.1, costRate: 0.001 },
  };
}

/** The line of a heading. */
function lineOf(lines: readonly string[], heading: string): string {
  const found = lines.filter((line) => line.startsWith(`- **${heading}`));
  assert.equal(found.length, 1, heading);
  return found[0]!;
}

/** The made assets, the sleeve changed. */
function withSleeve(change: (nav: Float64Array) => Float64Array, annualYield = 5) {
  const { benchmarks, sleeves: [sleeve] } = madeAssets({ annualYield });
  const changed = { ...sleeve!, nav: change(sleeve!.nav) };
  return portfolioAssets({ benchmarks, sleeves: [changed] }, OPTIONS);
}

Deno.test("portfolioFindings() answers in fourteen bullets of at most ninety words, each with its checkpoint", () => {
  const lines = findings(goldenAssets());
  assert.equal(lines.length, 14);
  for (const line of lines) {
    assert.match(line, /^- \*\*[^*]+[.?]\*\* .+ \(`07_\w+`(, `07_\w+`)?\)$/);
    assert.doesNotMatch(line, /NaN|undefined|Infinity|unknown/);
    assert.ok(line.split(" ").length <= 90, line);
  }
  assert.match(
    lines[0]!,
    /12 portfolios over 2 Feb 2024 – 7 Mar 2025: 280 returns .+ 256\.3 a year/,
  );
});

Deno.test("portfolioFindings() puts cash beside every claim of less risk", () => {
  const lines = findings(goldenAssets()), answer = lines[1], risk = lineOf(lines, "Less risk?");
  const back = lineOf(lines, "Return");
  assert.match(
    answer!,
    /Nothing that the Sharpe ratio can tell from cash.+10% cash by \+0\.14 \(95 % interval −/,
  );
  assert.match(answer!, /by formula the standard error is 0\.21, p 0\.50/);
  assert.match(risk, /the seed claims about −10 % of each. Cash changes them by −1\d\.\d %/);
  assert.match(
    lineOf(lines, "Less risk than with cash?"),
    /change the volatility by \+7\.9 % .+, higher, and the deepest drawdown by −8\.0 % .+, not to be/,
  );
  assert.match(back, /with cash that is 0\.0 points \(95 % interval −/);
});

Deno.test("portfolioFindings() says yes to a sleeve that earns, and no to one that loses", () => {
  const steady = (rate: number) =>
    withSleeve((nav) => nav.map((_, i) => 100 * (1 + rate) ** i * (1 + 0.001 * (i % 3))));
  const good = findings(steady(0.003));
  assert.match(good[1]!, /They add something that cash does not\./);
  assert.match(lineOf(good, "Spanned"), /No, the baskets earned what no mixture/);
  assert.match(lineOf(good, "Factor baskets"), /: they add something that cash does not\. The/);
  const bad = findings(steady(-0.006));
  assert.match(bad[1]!, /They are worse than the same share of cash\./);
  assert.match(lineOf(bad, "Spanned"), /The baskets lost what no mixture/);
  assert.match(lineOf(bad, "Factor baskets"), /: they are worse than the same share of cash\. The/);
});

Deno.test("portfolioFindings() of a sleeve that is cash find no difference and no correlation", () => {
  const { benchmarks, sleeves } = madeAssets({ annualYield: 0 });
  const lines = findings(
    portfolioAssets({ benchmarks, sleeves: sleeves.map(stillSleeve) }, OPTIONS),
  );
  assert.match(lines[1]!, /Nothing: they are the same as cash to two decimals\./);
  assert.match(lineOf(lines, "Spanned"), /alpha cannot be told from zero\. Alpha a year is 0\.0 %/);
  assert.match(lineOf(lines, "Near zero"), /do not move, so they have no correlation/);
  assert.match(lineOf(lines, "Where stale prices"), /Not estimable\./);
  assert.match(lineOf(lines, "On the worst days"), /beside the 100% to 100% of shifted series/);
  assert.ok(lines.every((line) => !/NaN|undefined|Infinity/.test(line)));
});

Deno.test("portfolioFindings() without the bills' rate say that no Sharpe ratio is known", () => {
  const { benchmarks, sleeves } = madeAssets();
  const few = benchmarks.filter(({ symbol }) => symbol !== "^IRX");
  const lines = findings(portfolioAssets({ benchmarks: few, sleeves }, OPTIONS));
  assert.match(lines[1]!, /not estimable, as the bill's rate is not known/);
  assert.match(lineOf(lines, "Spanned"), /Not estimable: the bill's rate is not known/);
  assert.match(lineOf(lines, "Other ways"), /Neither gold nor bitcoin could be held against cash/);
  assert.match(
    lineOf(lines, "Factor baskets"),
    /sessions: no Sharpe ratio, as .+ The difference of Sharpe ratios is not estimable/,
  );
  assert.ok(lines.every((line) => !/NaN|undefined|Infinity/.test(line)));
});

Deno.test("portfolioFindings() say what lacks: sessions, an asset, everything", () => {
  const short = findings(portfolioAssets(madeAssets({ nDays: 60 }), OPTIONS));
  assert.equal(short.length, 1);
  assert.match(short[0]!, /\*\*Too few sessions\.\*\* 4\d sessions/);
  const { benchmarks, sleeves } = madeAssets();
  const few = benchmarks.filter(({ symbol }) => symbol !== "TLT");
  assert.deepEqual(findings(portfolioAssets({ benchmarks: few, sleeves }, OPTIONS)), [
    "- **No portfolio of stocks and bonds with baskets could be made.** There is nothing to hold of TLT. (`07_portfolios`)",
  ]);
  assert.match(
    findings(portfolioAssets({ benchmarks: [], sleeves: [] }, OPTIONS))[0]!,
    /nothing to hold of SPY, TLT, GLD, BTC-USD/,
  );
  assert.match(findings(portfolioAssets({ benchmarks, sleeves: [] }, OPTIONS))[0]!, /No portfolio/);
  const empty = {
    ...sleeves[0]!,
    key: "never_held",
    name: "rare baskets",
    nav: new Float64Array(0),
  };
  const scope = findings(
    portfolioAssets({ benchmarks, sleeves: [...sleeves, empty] }, OPTIONS),
  )[0]!;
  assert.match(scope, /as the source has them\. There is nothing to hold of rare baskets\. \(/);
});

/** The golden study with some of its correlations and tails changed. */
function related(change: Readonly<Record<string, Partial<SleeveMeasure>>>): string[] {
  const study = studyOf(goldenAssets());
  const measures = study.evidence.measures.map((one) => ({
    ...one,
    ...change[`${one.with} ${one.measure}`],
  }));
  const changed = { ...study, evidence: { ...study.evidence, measures } };
  return portfolioFindings(changed, checksOf(study)).split("\n");
}

Deno.test("portfolioFindings() name each asset whose interval leaves zero out, in the band or not", () => {
  const band = { nullLow: -0.12, nullHigh: 0.12 };
  const near = lineOf(
    related({
      "stocks pearson": { value: 0.1, low: 0.03, high: 0.21, ...band },
      "bonds pearson": { value: -0.14, low: -0.22, high: -0.003, ...band },
      "gold pearson": { value: 0.13, low: -0.01, high: 0.2, ...band },
      "crypto pearson": { value: 0.02, low: -0.01, high: 0.2, ...band },
    }),
    "Near zero?",
  );
  assert.match(
    near,
    /\*\* Not with SPY, TLT, by session: SPY \+0\.10 \(.+ \+0\.03 to \+0\.21\), inside; TLT −0\.14 \(95 % interval −0\.220 to −0\.003\), outside; GLD \+0\.13 \(.+\), outside; BTC-USD \+0\.02 \([^)]+\), inside\. /,
  );
  const none = { value: 0.01, low: -0.1, high: 0.1, ...band };
  const silent = related(
    Object.fromEntries(
      ["stocks", "bonds", "gold", "crypto"].map((key) => [`${key} pearson`, none]),
    ),
  );
  assert.match(lineOf(silent, "Near zero?"), /\*\* By session no interval leaves zero out: SPY/);
});

Deno.test("portfolioFindings() give the share of worst days and the mean on them a verdict each", () => {
  const line = (share: number, mean: number) =>
    lineOf(
      related({
        "stocks tail_share_10": { value: share, nullLow: 0.03, nullHigh: 0.184 },
        "stocks tail_mean_10": { value: mean, nullLow: -0.0091, nullHigh: 0.0094 },
      }),
      "On the worst days",
    );
  const edge = line(0.184, -0.0097);
  assert.match(edge, /own worst 10 %, at the upper end of the 3% to 18% of shifted series/);
  assert.match(edge, /Their mean return .+, below the −0\.91 % to \+0\.94 % of shifted series/);
  assert.match(line(0.1, 0), /, inside the 3% to 18% .+, inside the −0\.91 %/);
  assert.match(line(0.2, 0.01), /, more often than the 3% to 18% .+, above the −0\.91 %/);
  assert.match(
    line(0.01, -0.0091),
    /, less often than the 3% .+, at the lower end of the −0\.91 %/,
  );
});

Deno.test("portfolioFindings() tell what the first day and the sleeve's trades make of the answer", () => {
  const start = (value: number, low: number, high: number) => {
    const one = { value, low, high, pValue: 0.5 };
    return {
      firstDay: 19_700 + Math.round(1e4 * value),
      nSessions: 300,
      annualReturn: one,
      sharpe: one,
    };
  };
  const starts = [start(-0.033, -0.1, 0.02), start(0.004, -0.1, 0.1), start(0.01, 0.001, 0.1)];
  const cost = { endValue: 138.81, annualReturn: 0.187, againstCash: 0.003 };
  const paid = { rate: 0.048, endValue: 136.78, annualReturn: 0.178, againstCash: -0.006 };
  const lines = findings(goldenAssets(), { starts, tradeCosts: [{ rate: 0.001, ...cost }, paid] });
  assert.match(
    lineOf(lines, "Does the first day"),
    /\(3 starts, .+ by between −3\.3 points and \+1\.0 points and the Sharpe ratio by between −0\.03 and \+0\.01\. 1 interval of the return leaves zero out;/,
  );
  assert.match(
    lineOf(lines, "What do the sleeve's trades cost?"),
    /Here 10 basis points, .+: 100 became 138\.8, 18\.7 % a year and \+0\.3 points against cash\. The replay paid 4\.8 % .+, 100 became 136\.8, 17\.8 % a year and −0\.6 points against cash\. /,
  );
  const few = findings(goldenAssets(), { starts: starts.slice(0, 1), tradeCosts: [] });
  assert.match(lineOf(few, "Does the first day"), /Not to be told: no later quarter leaves a year/);
  assert.match(lineOf(few, "What do the sleeve's"), /Not known: the replay traded nothing/);
});

Deno.test("portfolioFindings() say that factor baskets never held anything, or too short", () => {
  const { benchmarks, sleeves: [sleeve] } = madeAssets();
  const study = (nav: Float64Array) =>
    sleeveStudy({ benchmarks, sleeve: { ...sleeve!, key: "factor_baskets", nav } }, {
      ...{ ...OPTIONS, ...SHARES, ...STUDY },
    });
  const never = findings(goldenAssets(), { factorBaskets: study(new Float64Array(0)) });
  assert.match(
    lineOf(never, "Factor baskets"),
    /\*\* They never held anything, or an asset is not/,
  );
  const short = findings(goldenAssets(), { factorBaskets: study(sleeve!.nav.slice(0, 40)) });
  assert.match(
    lineOf(short, "Factor baskets"),
    /\*\* From 1 Jan 2024, \d+ returns between sessions: too few to estimate anything from\./,
  );
});
