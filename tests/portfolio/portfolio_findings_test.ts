import assert from "node:assert/strict";
import { type PortfolioAssets, portfolioAssets } from "lib/portfolio/asset_navs.ts";
import { portfolioDifferences } from "lib/portfolio/portfolio_differences.ts";
import { portfolioFindings } from "lib/portfolio/portfolio_findings.ts";
import { sleeveEvidence } from "lib/portfolio/sleeve_evidence.ts";
import { goldenAssets, madeAssets, OPTIONS, stillSleeve, studied, STUDY } from "./made_assets.ts";

function findings(assets: PortfolioAssets): string[] {
  const measured = studied(assets);
  return portfolioFindings({
    assets,
    measured,
    differences: portfolioDifferences(measured, { perYear: assets.sessionsPerYear }),
    evidence: sleeveEvidence(assets, measured, STUDY),
    ...{ sleeve: "baskets", sleeveShare: 0.1, costRate: 0.001 },
  }).split("\n");
}

/** The made assets, the sleeve changed. */
function withSleeve(change: (nav: Float64Array) => Float64Array, annualYield = 5) {
  const { benchmarks, sleeves: [sleeve] } = madeAssets({ annualYield });
  const changed = { ...sleeve!, nav: change(sleeve!.nav) };
  return portfolioAssets({ benchmarks, sleeves: [changed] }, OPTIONS);
}

Deno.test("portfolioFindings() answers in nine bullets, each with its checkpoint", () => {
  const lines = findings(goldenAssets());
  assert.equal(lines.length, 9);
  for (const line of lines) {
    assert.match(line, /^- \*\*[^*]+[.?]\*\* .+ \(`07_\w+`(, `07_\w+`)?\)$/);
    assert.doesNotMatch(line, /NaN|undefined|Infinity|unknown/);
  }
  assert.match(
    lines[0]!,
    /12 portfolios over 2 Feb 2024 – 7 Mar 2025: 280 returns .+ 256\.3 a year/,
  );
});

Deno.test("portfolioFindings() puts cash beside every claim of less risk", () => {
  const [, answer, risk, back] = findings(goldenAssets());
  assert.match(
    answer!,
    /Nothing that can be told from cash.+10% cash by \+0\.14 \(95 % interval −/,
  );
  assert.match(answer!, /by formula the standard error is 0\.21, p 0\.50/);
  assert.match(risk!, /the seed claims about −10 % of each. Cash changes them by −1\d\.\d %/);
  assert.match(back!, /with cash that is 0\.0 points \(95 % interval −/);
});

Deno.test("portfolioFindings() says yes to a sleeve that earns, and no to one that loses", () => {
  const steady = (rate: number) =>
    withSleeve((nav) => nav.map((_, i) => 100 * (1 + rate) ** i * (1 + 0.001 * (i % 3))));
  const [, good, , , spanned] = findings(steady(0.003));
  assert.match(good!, /They add something that cash does not\./);
  assert.match(spanned!, /No, the baskets earned what no mixture/);
  const [, bad, , , lost] = findings(steady(-0.006));
  assert.match(bad!, /They are worse than the same share of cash\./);
  assert.match(lost!, /The baskets lost what no mixture/);
});

Deno.test("portfolioFindings() of a sleeve that is cash find no difference and no correlation", () => {
  const { benchmarks, sleeves } = madeAssets({ annualYield: 0 });
  const lines = findings(
    portfolioAssets({ benchmarks, sleeves: sleeves.map(stillSleeve) }, OPTIONS),
  );
  assert.match(lines[1]!, /Nothing: they are the same as cash to two decimals\./);
  assert.match(lines[4]!, /alpha cannot be told from zero\. Alpha a year is 0\.0 %/);
  assert.match(lines[5]!, /do not move, so they have no correlation/);
  assert.ok(lines.every((line) => !/NaN|undefined|Infinity/.test(line)));
});

Deno.test("portfolioFindings() without the bills' rate say that no Sharpe ratio is known", () => {
  const { benchmarks, sleeves } = madeAssets();
  const few = benchmarks.filter(({ symbol }) => symbol !== "^IRX");
  const lines = findings(portfolioAssets({ benchmarks: few, sleeves }, OPTIONS));
  assert.match(lines[1]!, /not estimable, as the bill's rate is not known/);
  assert.match(lines[4]!, /Not estimable: the bill's rate is not known/);
  assert.match(lines[8]!, /Neither gold nor bitcoin could be held against cash/);
  assert.ok(lines.every((line) => !/NaN|undefined|Infinity/.test(line)));
});

Deno.test("portfolioFindings() say what lacks: sessions, an asset, everything", () => {
  const short = findings(portfolioAssets(madeAssets({ nDays: 60 }), OPTIONS));
  assert.equal(short.length, 1);
  assert.match(short[0]!, /\*\*Too few sessions\.\*\* 4\d sessions/);
  const { benchmarks, sleeves } = madeAssets();
  const few = benchmarks.filter(({ symbol }) => symbol !== "TLT");
  assert.deepEqual(findings(portfolioAssets({ benchmarks: few, sleeves }, OPTIONS)), [
    "- **No portfolio could be made.** There is nothing to hold of TLT. (`07_portfolios`)",
  ]);
  assert.match(
    findings(portfolioAssets({ benchmarks: [], sleeves: [] }, OPTIONS))[0]!,
    /nothing to hold of SPY, TLT, GLD, BTC-USD/,
  );
  assert.match(findings(portfolioAssets({ benchmarks, sleeves: [] }, OPTIONS))[0]!, /No portfolio/);
});
