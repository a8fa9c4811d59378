import assert from "node:assert/strict";
import { randomStream } from "lib/core/random.ts";
import { cellAt } from "lib/core/table.ts";
import { factorFindings, type FactorStudy } from "lib/factors/factor_findings.ts";
import { themeLine } from "lib/factors/fit_lines.ts";
import type { MacroFit } from "lib/factors/macro_fit.ts";
import { macroFits } from "lib/factors/macro_fits.ts";
import { type ThemeFit, themeFits, themeFitTable } from "lib/factors/theme_fits.ts";
import { madeContracts, noisePanel } from "./made_factors.ts";

const NONE = new Float64Array(0);

/** A fit with what matters for shares. */
function fit(marketId: string, part: Partial<MacroFit>): MacroFit {
  return {
    ...{ marketId, n: 40, alpha: 1, df: 9, r2: 0.5, r2Adjusted: 0.3, r2Oos: -1 },
    ...{ nullR2: NaN, nullR2Draws: NONE, nullPercentile: 1, nullR2Oos: NONE },
    ...{ signR2: NaN, signR2Draws: NONE, signPercentile: 1, signR2Oos: NONE },
    ...{ residualAutocorrelation: 0, beta: NONE, predicted: NONE },
    ...part,
  };
}

/** Twenty draws of which only the given one is above 95 % of them. */
const highAt = (at: number) => Float64Array.from({ length: 20 }, (_, d) => d === at ? 1 : d / 100);
const LABELS = {
  themeOf: (id: string) => id.startsWith("n") ? null : id[0]!,
  eventOf: (id: string) => id.slice(0, 2),
};

Deno.test("themeFits() ranks each draw of signs among the contract's own, draw by draw", () => {
  // draw 3 is high for three of five contracts, draw 5 for the others
  const fits = [
    ...[["a1x", 1], ["a1y", 0.96], ["a2x", 0.95], ["a3x", 0.5], ["a3y", 1]].map(([id, above], i) =>
      fit(id as string, {
        ...{ signPercentile: above as number, signR2Draws: highAt(i < 3 ? 3 : 5), r2: i / 10 },
        ...{ r2Oos: [0.1, -0.1, 0.2, NaN, 0][i]!, signR2Oos: Float64Array.of(i - 1, NaN, -1) },
        ...{ nullPercentile: i === 4 ? 0.9 : 1 },
      })
    ),
    fit("b1x", { signR2Draws: highAt(3) }),
    fit("n1x", { signR2Draws: highAt(3), signPercentile: 0 }),
    fit("a9x", { r2: NaN }),
  ];
  const { all, themes, nOther } = themeFits(fits, LABELS);
  assert.deepEqual([themes.length, nOther, all.nContracts, all.nEvents], [1, 2, 7, 5]);
  const { pValue, qValue, meanR2, nullHigh, ...rest } = themes[0]!;
  assert.deepEqual(rest, {
    ...{ theme: "a", nContracts: 5, nEvents: 3, aboveShare: 0.4, nullLow: 0, nullMid: 0 },
    // of the signs, draw 0 has contracts 3 to 5 above 0, draw 2 none
    ...{ oosPositiveShare: 0.5, nullOosPositiveShare: 0.3 },
  });
  assert.ok(Math.abs(meanR2 - 0.2) < 1e-12);
  // 18 draws of none, one of 2/5 and one of 3/5: the 95th percentile lies 0.05 above the 19th
  assert.ok(Math.abs(nullHigh - 0.41) < 1e-12);
  // both draws with a share reach 2/5
  assert.deepEqual([pValue, qValue], [3 / 21, 3 / 21]);
  assert.ok(Math.abs(all.aboveShare - 3 / 7) < 1e-12 && Number.isNaN(all.qValue));
  assert.equal(all.pValue, 2 / 21);
});

Deno.test("themeFits() adjusts over themes, and keeps a draw that some do not know", () => {
  const high = ["a", "b"].flatMap((theme) =>
    Array.from({ length: 5 }, (_, i) =>
      fit(`${theme}${i}`, {
        signPercentile: theme === "a" ? 1 : 0,
        signR2Draws: i === 0 ? Float64Array.of(NaN, 0, 0) : Float64Array.of(0.1, 0.2, 0.3),
      }))
  );
  const { themes } = themeFits(high, LABELS);
  assert.deepEqual(themes.map(({ theme }) => theme), ["a", "b"]);
  assert.deepEqual(themes.map(({ pValue }) => pValue), [1 / 4, 1]);
  assert.deepEqual(themes.map(({ qValue }) => qValue), [1 / 2, 1]);
});

Deno.test("themeFits() of nothing, and of fits without draws, know nothing", () => {
  const none = themeFits([], LABELS);
  assert.deepEqual([none.themes, none.nOther, none.all.nContracts], [[], 0, 0]);
  assert.ok(Number.isNaN(none.all.aboveShare) && Number.isNaN(none.all.pValue));
  const bare = themeFits([1, 2, 3, 4, 5].map((i) => fit(`a${i}`, { r2Oos: NaN })), LABELS);
  const { aboveShare, pValue, nullHigh, oosPositiveShare } = bare.themes[0]!;
  assert.equal(aboveShare, 1);
  assert.ok([pValue, nullHigh, oosPositiveShare].every(Number.isNaN));
});

const PANEL = noisePanel(200, 4, 11);
const OPTIONS = { folds: 4, seed: 7, shifts: 60, oosShifts: 4, alphas: [0.1, 1, 10] } as const;

Deno.test("themeFits() finds the theme that follows a factor, and not the one that does not", () => {
  const [noise, driven] = [0, 0.6].map((beta, t) =>
    madeContracts(PANEL, { count: 20, n: 90, beta, seed: 5 + t })
      .map((one) => ({ ...one, marketId: `${t === 0 ? "noise" : "driven"} ${one.market}` }))
  );
  const labels = { themeOf: (id: string) => id.split(" ")[0]!, eventOf: (id: string) => id };
  const { themes } = themeFits(macroFits(PANEL, [...noise!, ...driven!], OPTIONS), labels);
  const [real, none] = themes as [ThemeFit, ThemeFit];
  assert.deepEqual([real.theme, none.theme, real.nContracts], ["driven", "noise", 20]);
  assert.ok(real.qValue <= 0.05 && real.aboveShare > 0.7, `${real.qValue} ${real.aboveShare}`);
  assert.ok(real.oosPositiveShare > real.nullOosPositiveShare + 0.3);
  assert.ok(none.qValue > 0.05 && none.aboveShare <= 0.2, `${none.qValue} ${none.aboveShare}`);
});

Deno.test("themeFits() knows that contracts which are one find company by luck", () => {
  // twenty copies of one contract of noise: all above or none, and one draw in 20 has all of them above
  const random = randomStream(3, "copies");
  const draws = Float64Array.from({ length: 200 }, () => random());
  const copies = (signPercentile: number) =>
    Array.from({ length: 20 }, (_, i) => fit(`a${i}`, { signPercentile, signR2Draws: draws }));
  const { themes: [lucky] } = themeFits(copies(0.96), LABELS);
  assert.deepEqual([lucky!.aboveShare, lucky!.nullMid], [1, 0]);
  assert.ok(Math.abs(lucky!.pValue - 11 / 201) < 1e-12, "a binomial test would say 1e-26");
});

Deno.test("themeFitTable() begins with all contracts", () => {
  const fits = [1, 2, 3, 4, 5].map((i) => fit(`a${i}`, { signR2Draws: highAt(i) }));
  const made = themeFitTable(themeFits(fits, LABELS));
  assert.equal(
    Object.keys(made.columns).join(" "),
    "theme n_contracts n_events mean_r2 above_share null_low null_mid null_high p_value q_value " +
      "oos_positive_share null_oos_positive_share",
  );
  assert.deepEqual([0, 1].map((row) => cellAt(made.columns.theme!, row)), ["", "a"]);
  assert.deepEqual([0, 1].map((row) => cellAt(made.columns.q_value!, row)), [null, 1 / 21]);
});

const one = (theme: string, qValue: number, aboveShare: number): ThemeFit => ({
  ...{ theme, nContracts: 92, nEvents: 30, meanR2: 0.2, aboveShare, pValue: qValue, qValue },
  ...{ nullLow: 0, nullMid: 0.05, nullHigh: 0.12, oosPositiveShare: 0.49 },
  nullOosPositiveShare: 0.2,
});
const ALL = { ...one("", NaN, 0.11), nContracts: 1787 };
const END =
  "All 1,787 contracts together: 11% above both nulls of their own, where signs give 5% " +
  "(up to 12% in 19 of 20 draws).";

Deno.test("themeLine() names the themes that stand, the largest share first", () => {
  const line = (...themes: ThemeFit[]) =>
    themeLine({ all: ALL, themes, nOther: 0 }, { rate: 0.05 });
  assert.equal(
    line(one("crypto_digital", 0.05, 0.43), one("sports", 0.5, 0.04), one("war*", 0.6, 0.03)),
    "**For whom?** More than with random signs at a false discovery rate of 5% for 1 of 3 themes: crypto " +
      "digital (92 contracts of 30 events), 43% above both nulls of their own, where signs give 5% (up to " +
      "12% in 19 of 20 draws) and 49% with an R² above 0 on later sessions, where signs give 20%. For the " +
      `other 2 it is no more than noise. ${END}`,
  );
  const five = [0.1, 0.2, 0.3, 0.4, 0.5].map((share) => one(`t${10 * share}`, 0.01, share));
  const text = line(...five);
  assert.match(text, /for 5 of 5 themes: t5 .+; t4 .+; t3 .+; t2 .+; and 1 more\. All 1,787/);
  assert.doesNotMatch(text, /noise/);
  assert.ok(
    line(one("war*", 0.6, 0.03), one("sports", NaN, 0.04)).startsWith(
      "**For whom?** For none of 2 themes at a false discovery rate of 5%: the most is sports (92 contracts",
    ),
  );
  assert.equal(line(), "**For whom?** No theme has enough contracts to be asked.");
});

Deno.test("factorFindings() ask for whom right after what R² is worth", () => {
  const study = {
    ...{ set: "3 factors", rate: 0.05, periods: [], signs: [], causality: [] },
    ...{ seed: { nContracts: 1, nullMeanR2: NONE, signMeanR2: NONE }, ours: {} },
    ...{ themeFits: { all: ALL, themes: [], nOther: 0 }, clusters: { set: { marketIds: [] } } },
    block: { vif: [], participationRank: 1, entropyRank: 1, condition: 1 },
    ...{ loadings: { nTests: 0 }, stability: { all: { correlation: NaN } } },
    components: { components: [] },
  } as unknown as FactorStudy;
  assert.match(
    factorFindings(study).split("\n")[1]!,
    /^- \*\*For whom\?\*\* .+\(`06_theme_fits`\)$/,
  );
});
