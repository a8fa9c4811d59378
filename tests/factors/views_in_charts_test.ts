import assert from "node:assert/strict";
import { factorClusterEvidenceChart } from "lib/charts/factor_cluster_evidence.ts";
import { factorClusterProfilesChart } from "lib/charts/factor_cluster_profiles.ts";
import type { Figure } from "lib/charts/figure.ts";
import { loadingsHeatMapChart } from "lib/charts/loadings_heat_map.ts";
import { moveComponentsChart } from "lib/charts/move_components.ts";
import { r2NullChart } from "lib/charts/r2_null.ts";
import { themeCausalityChart } from "lib/charts/theme_causality.ts";
import { randomStream } from "lib/core/random.ts";
import { signAgreements } from "lib/factors/exposure_signs.ts";
import { factorBlock } from "lib/factors/factor_block.ts";
import { factorClusterStudy } from "lib/factors/factor_cluster_study.ts";
import { periodAgreements } from "lib/factors/factor_cluster_time.ts";
import { factorFindings } from "lib/factors/factor_findings.ts";
import type { FactorPanel } from "lib/factors/factor_panel.ts";
import {
  clusterEvidenceView,
  clusterProfileView,
  loadingsView,
  r2View,
} from "lib/factors/factor_views.ts";
import { fitEvidence, turnedMeanR2 } from "lib/factors/fit_evidence.ts";
import { loadingDiscoveries } from "lib/factors/loading_discoveries.ts";
import { halfYears } from "lib/factors/loading_periods.ts";
import { loadingStability } from "lib/factors/loading_stability.ts";
import { contractLoadings } from "lib/factors/loadings.ts";
import { macroFits } from "lib/factors/macro_fits.ts";
import { loadingSet } from "lib/factors/marginal_loadings.ts";
import { moveComponents } from "lib/factors/move_components.ts";
import type { SessionMoves } from "lib/factors/session_moves.ts";
import { sessionPanel } from "lib/factors/session_panel.ts";
import { themeCausality } from "lib/factors/theme_causality.ts";
import { themeFits } from "lib/factors/theme_fits.ts";
import { themeIndices } from "lib/factors/theme_indices.ts";
import { turnedLoadings } from "lib/factors/turned_loadings.ts";
import { assertReadable } from "../charts/readable.ts";
import { FOLDER } from "../charts/synthetic.ts";
import { madeContract, madeContracts, madePanel, noisePanel } from "./made_factors.ts";

const OLS = { estimator: "ols", coverage: 0.9, minObservationsPerFactor: 5 } as const;
const DIVISION = { k: 3, starts: 2, seed: 7 };
const THEMES = [
  { id: "rates", name: "Rates & more", short: "Rates", hue: "blue", isExcluded: false },
];

/** The charts and the findings of notebook 06, as it joins them, without those of words and of drift. */
function pages(
  panel: FactorPanel,
  contracts: readonly SessionMoves[],
): { readonly figures: Figure[]; readonly findings: string } {
  const eventOf = (marketId: string) => `event of ${marketId}`, themeOf = () => "rates";
  const nulls = { folds: 4, seed: 7, shifts: 5, oosShifts: 2 };
  const seedFits = macroFits(panel, contracts, { ...nulls, fixedAlpha: 1 });
  const fits = macroFits(panel, contracts, { ...nulls, alphas: [0.1, 10] });
  const loadings = contractLoadings(panel, contracts, OLS);
  const eventIds = loadings.marketIds.map(eventOf);
  const found = loadingDiscoveries(loadings, { rate: 0.05, eventOf: eventIds });
  const turned = turnedLoadings(panel, contracts, { ...OLS, seed: 7, from: 0, to: 19 });
  const turnedDiscoveries = Float64Array.from(
    turned,
    ({ pValue }) =>
      loadingDiscoveries({ ...loadings, pValue }, { rate: 0.05, eventOf: eventIds }).nLoadings,
  );
  const clusters = factorClusterStudy(
    loadingSet(loadings, eventIds),
    turned.map((one) => loadingSet({ ...loadings, ...one }, eventIds)),
    { ...DIVISION, seeds: 1, resamples: 2 },
  );
  const periods = periodAgreements(halfYears(panel, contracts, { ...OLS, eventOf }), {
    ...{ ...DIVISION, permutations: 19 },
  });
  const window = sessionPanel(panel, contracts, { sessions: 60, minShare: 0.9, eventOf });
  const components = moveComponents(window, {
    ...{ nShifts: 19, random: randomStream(7, "components") },
    themeOf: new Map(window.markets.map((id) => [id, "rates"])),
  });
  const places = contracts.map(({ marketId }) =>
    [marketId, { theme: "rates", event: eventOf(marketId), side: 1 }] as const
  );
  const indices = themeIndices(contracts, new Map(places), { nSessions: panel.day.length });
  const causality = themeCausality(indices, { label: panel, overlap: panel }, { lags: 1 });
  const unit = "log-odds";
  return {
    figures: [
      r2NullChart(
        r2View({ model: "seed", name: "The first engine's", fits: seedFits }, {
          ...{ model: "ridge", name: "Ours", fits },
        }, { set: "3 factors", shifts: 5 }),
        FOLDER,
      ),
      loadingsHeatMapChart(
        loadingsView(panel, {
          ...{ loadings, found, rate: 0.05, unit, nNull: 0.5, coverage: "90% held 90%" },
        }, { titleOf: (id) => `<b>${id}</b>`, hueOf: (id) => id === "poly:1" ? null : "blue" }),
        FOLDER,
      ),
      factorClusterEvidenceChart(
        clusterEvidenceView(clusters, periods, { method: "kmeans_score" }),
        FOLDER,
      ),
      factorClusterProfilesChart(
        clusterProfileView(clusters, panel, { method: "kmeans_raw", unit }),
        FOLDER,
      ),
      moveComponentsChart({ found: components, themes: THEMES }, FOLDER),
      themeCausalityChart({ rows: causality, themes: THEMES }, FOLDER),
    ],
    findings: factorFindings({
      ...{ set: "3 factors", block: factorBlock(panel), rate: 0.05 },
      seed: fitEvidence(
        seedFits,
        turnedMeanR2(panel, contracts, { alpha: 1, seed: 7, from: 0, to: 5 }),
      ),
      ours: fitEvidence(fits, new Float64Array(0)),
      themeFits: themeFits(fits, { themeOf, eventOf }),
      ...{ loadings: found, turnedDiscoveries, clusters, periods, components, causality },
      stability: loadingStability(panel, contracts, {
        ...{ estimator: "ols", minObservationsPerFactor: 5, nShifts: 5, seed: 7, themeOf },
      }),
      nBuckets: 0,
      signs: signAgreements([], { permutations: 9, random: randomStream(7, "signs") }),
    }),
  };
}

const panel = noisePanel(160, 3, 1);
const whole = madeContracts(panel, { count: 30, n: 120, beta: 0.8, seed: 2 });
const session = Array.from({ length: 160 }, (_, t) => t);
const UNIVERSES: Readonly<Record<string, readonly [FactorPanel, readonly SessionMoves[]]>> = {
  "with everything": [panel, whole],
  "whose contracts live for ever": [
    panel,
    madeContracts(panel, { count: 6, n: 160, beta: 0, seed: 3 }),
  ],
  "of one contract": [panel, whole.slice(0, 1)],
  "of contracts too short for least squares": [
    panel,
    madeContracts(panel, { count: 5, n: 12, beta: 0.5, seed: 4 }),
  ],
  "whose contracts stand still": [
    panel,
    [0, 1, 2].map((market) => madeContract(market, session, session.map(() => 0))),
  ],
  "whose factors stand still": [madePanel(new Float64Array(480), 3), whole],
  "without contracts": [panel, []],
  "without factors": [madePanel([], 0), []],
};

for (const [what, [own, contracts]] of Object.entries(UNIVERSES)) {
  Deno.test(`views of a universe ${what} are what the charts of notebook 06 draw`, () => {
    const { figures, findings } = pages(own, contracts);
    for (const figure of figures) assertReadable(figure);
    assert.equal(figures.length, 6);
    assert.doesNotMatch(findings, /NaN|undefined|Infinity/);
    assert.ok(
      findings.split("\n").every((line) => /^- \*\*.+\(`06_\w+`(, `06_\w+`)*\)$/.test(line)),
    );
  });
}
