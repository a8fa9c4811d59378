import assert from "node:assert/strict";
import { assetCorrelationChart } from "lib/charts/asset_correlation.ts";
import type { Figure } from "lib/charts/figure.ts";
import { portfolioDrawdownChart } from "lib/charts/portfolio_drawdown.ts";
import { portfolioNavChart } from "lib/charts/portfolio_nav.ts";
import { regimeBandsChart } from "lib/charts/regime_bands.ts";
import { riskReturnChart } from "lib/charts/risk_return.ts";
import { sleeveAgainstCashChart } from "lib/charts/sleeve_against_cash.ts";
import type { BenchmarkSeries } from "lib/core/data_set.ts";
import { randomStream } from "lib/core/random.ts";
import { portfolioAssets, type SleeveNav } from "lib/portfolio/asset_navs.ts";
import { portfolioDifferences } from "lib/portfolio/portfolio_differences.ts";
import {
  assetRelationView,
  portfolioFallView,
  portfolioNavView,
  riskReturnView,
  sleeveDifferenceView,
} from "lib/portfolio/portfolio_views.ts";
import { regimeEvidence } from "lib/portfolio/regime_table.ts";
import { regimeView, sessionsByRegime, sessionsForRegimes } from "lib/portfolio/regime_view.ts";
import { marketRegimes } from "lib/portfolio/regimes.ts";
import { sleeveEvidence } from "lib/portfolio/sleeve_evidence.ts";
import { assertReadable } from "../charts/readable.ts";
import { FOLDER } from "../charts/synthetic.ts";
import { madeAssets, OPTIONS, stillSleeve, studied, STUDY } from "./made_assets.ts";

interface Made {
  readonly benchmarks: readonly BenchmarkSeries[];
  readonly sleeves: readonly SleeveNav[];
}

/** The charts of notebook 07, as it joins them. */
function figuresOf(made: Made): Figure[] {
  const assets = portfolioAssets(made, OPTIONS);
  const measured = studied(assets);
  const study = {
    ...{ assets, measured, sleeve: "baskets", sleeveShare: 0.1, costRate: 0.001 },
    differences: portfolioDifferences(measured, { perYear: assets.sessionsPerYear }),
    evidence: sleeveEvidence(assets, measured, STUDY),
  };
  const market = sessionsForRegimes(made.benchmarks, { stocks: "SPY", level: "GLD" });
  const inRegimes = sessionsByRegime(study, marketRegimes(market, { window: 20 }));
  const evidence = regimeEvidence(inRegimes.regimes, inRegimes.navs, {
    ...{ random: randomStream(7, "regimes"), nDraws: 99 },
  });
  return [
    portfolioNavChart(portfolioNavView(study), FOLDER),
    sleeveAgainstCashChart(sleeveDifferenceView(study), FOLDER),
    riskReturnChart(riskReturnView(study), FOLDER),
    portfolioDrawdownChart(portfolioFallView(study), FOLDER),
    assetCorrelationChart(assetRelationView(study), FOLDER),
    regimeBandsChart(regimeView(inRegimes, { evidence, window: 20 }), FOLDER),
  ];
}

const whole = madeAssets();
const without = (symbol: string): Made => ({
  ...whole,
  benchmarks: whole.benchmarks.filter((one) => one.symbol !== symbol),
});
const never: SleeveNav = { key: "factors", name: "factors", firstDay: 0, nav: new Float64Array(0) };
const UNIVERSES: Readonly<Record<string, Made>> = {
  "with everything": whole,
  "with a sleeve that never held anything": { ...whole, sleeves: [...whole.sleeves, never] },
  "where no sleeve ever held anything": { ...whole, sleeves: [{ ...never, key: "baskets" }] },
  "with a sleeve that stands still": { ...whole, sleeves: whole.sleeves.map(stillSleeve) },
  "without stocks": without("SPY"),
  "without bonds": without("TLT"),
  "without gold": without("GLD"),
  "without bills": without("^IRX"),
  "of too few sessions": madeAssets({ nDays: 40 }),
  "of one session": madeAssets({ nDays: 1 }),
  "without series": { ...whole, benchmarks: [] },
  "without anything": { benchmarks: [], sleeves: [] },
  "with a hostile name": {
    ...whole,
    sleeves: whole.sleeves.map((one) => ({ ...one, name: `<script>*a*</script> & \u202E` })),
  },
};

for (const [what, made] of Object.entries(UNIVERSES)) {
  Deno.test(`views of a universe ${what} are what the charts of notebook 07 draw`, () => {
    const figures = figuresOf(made);
    for (const figure of figures) assertReadable(figure);
    assert.equal(new Set(figures.map(({ name }) => name)).size, 6);
  });
}
