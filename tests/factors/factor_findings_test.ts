import assert from "node:assert/strict";
import { factorFindings, type FactorStudy } from "lib/factors/factor_findings.ts";
import type { FactorClusterEvidence } from "lib/factors/factor_cluster_evidence.ts";
import type { PeriodAgreement } from "lib/factors/factor_cluster_time.ts";
import type { SignAgreement } from "lib/factors/exposure_signs.ts";
import type { ThemeCausality } from "lib/factors/theme_causality.ts";
import { fitEvidence } from "lib/factors/fit_evidence.ts";
import type { HalvesAgreement } from "lib/factors/loading_stability.ts";

const NONE = new Float64Array(0);
const spread = (to: number) => Float64Array.from({ length: 21 }, (_, i) => to * i / 20);
const FITS = { ...fitEvidence([], NONE), nContracts: 12 };

const blob = {
  ...{ size: 69, share: 0.69, distance: 1.02, nullLow: 0.95, nullMid: 1, nullHigh: 1.05 },
  ...{ percentile: 0.7, errorInside: 0.1, errorOutside: 0.23 },
};
const evidence = (
  method: FactorClusterEvidence["method"],
  silhouette: number,
  nullPercentile: number,
) => ({
  ...{ method, silhouette, nullPercentile, nullLow: 0.1, nullMid: 0.2, nullHigh: 0.3 },
  ...{ nullLargestShare: 0.64, largestShare: 0.69 },
});
const agreement = (adjustedRand: number, pValue: number) => ({
  ...{ method: "kmeans_score", from: "2024 H1", to: "2024 H2", adjustedRand, pValue },
} as PeriodAgreement);
const sign = (factor: string, share: number, pValue: number, nEvents = 40) => ({
  factor,
  equal: {
    ...{ share, low: share - 0.1, high: share + 0.1, nEvents, nContracts: 60 },
    ...{ nRight: Math.min(23, nEvents), nTied: 0 },
  },
  permuted: { mid: 0.5, pValue },
} as SignAgreement);
const test = (theme: string, pValue: number, qValue: number, symbol = "^VIX") => ({
  ...{ theme, symbol, direction: "theme leads", pValue, qValue },
  shiftPValue: qValue,
} as unknown as ThemeCausality);

const halves = (
  theme: string,
  factor: string,
  [correlation, nullHigh, percentile]: [number, number, number],
): HalvesAgreement => ({ theme, factor, nContracts: 80, correlation, nullHigh, percentile });

const BASE = {
  ...{ set: "41 global factors", seed: FITS, ours: FITS, rate: 0.05 },
  block: {
    ...{ participationRank: 8.26, entropyRank: 15.04, condition: 1234.4 },
    vif: Float64Array.of(1, 87.6),
  },
  loadings: {
    ...{ nTests: 900, nLoadings: 12, nContractsTested: 100, nContracts: 7 },
    ...{ nEventsTested: 60, nEvents: 5 },
  },
  turnedDiscoveries: spread(20),
  themeFits: { all: {}, themes: [], nOther: 12 },
  stability: {
    ...{ all: halves("", "", [0.3, 0.19, 1]), signAgreement: 0.62 },
    themes: [halves("rates", "", [0.2, 0.1, 0.96]), halves("war", "", [0.1, 0.2, 0.95])],
    strongest: halves("crypto_digital", "BTC-USD", [0.79, 0.41, 0.96]),
  },
  clusters: {
    set: { marketIds: ["a", "b"] },
    evidence: [evidence("kmeans_raw", 0.25, 0.6), evidence("dbscan_score", -0.1, 0.2)],
    blobs: [blob],
  },
  periods: [agreement(0.04, 0.3), agreement(NaN, NaN)],
  nBuckets: 3,
  signs: [sign("rates", 0.7, 0.04), sign("growth", 0.5, 0.5), sign("all", 0.61, 0.02)],
  components: {
    ...{ nAbove: 2, nAboveTurned: 5, nMarkets: 30, nDays: 110, effectiveBets: 20.04 },
    ...{ nullEffectiveBets: spread(25), components: [{}, {}] },
  },
  causality: [test("rates", 0.01, 0.04), test("sports", 0.04, 0.2), test("war", NaN, NaN)],
};
const lines = (changed: object = {}) =>
  factorFindings({ ...BASE, ...changed } as unknown as FactorStudy).split("\n");
/** The finding with this lead, and no unknown number in it unless it says so. */
function line(lead: string, changed: object = {}): string {
  const found = lines(changed).filter((one) => one.includes(`**${lead}.**`));
  assert.equal(found.length, 1, lead);
  assert.doesNotMatch(found[0]!, /NaN|undefined|Infinity/);
  return found[0]!;
}

Deno.test("factorFindings() is a list whose every finding ends with its checkpoints", () => {
  const all = lines();
  assert.equal(all.length, 11);
  for (const one of all) {
    assert.match(one, /^- \*\*[^*]+[.?]\*\* .+ \(`06_\w+`(, `06_\w+`)?\)$/);
    assert.doesNotMatch(one, /NaN|undefined|Infinity/);
  }
});

Deno.test("factorFindings() without a fitted contract say so and nothing else", () => {
  assert.deepEqual(lines({ seed: { ...FITS, nContracts: 0 } }), [
    "- **No contract could be fitted.** The source has no factors, or no contract with enough " +
    "sessions on their days. (`06_fits`)",
  ]);
});

Deno.test("factorFindings() count near copies, infinite and unknown ones too", () => {
  assert.equal(
    line("Near copies"),
    "- **Near copies.** Of 41 global factors there are 8.3 different ones by the participation ratio " +
      "(15.0 by entropy): the condition number is 1,234, the largest variance inflation 88. (`06_factors`)",
  );
  const copies = { ...BASE.block, condition: Infinity, vif: Float64Array.of(Infinity, 2) };
  assert.match(line("Near copies", { block: copies }), /is infinite, the .+ inflation infinite\./);
  const still = { participationRank: NaN, entropyRank: NaN, condition: NaN, vif: NONE };
  assert.match(line("Near copies", { block: still }), /are unknown different .+ number is unknown/);
});

Deno.test("factorFindings() put turned moves beside loadings that stand", () => {
  assert.equal(
    line("Loadings"),
    "- **Loadings.** 12 of 900 loadings on the US factors stand at a false discovery rate of 5%, in 7 " +
      "of 100 contracts and 5 of 60 events; turned moves give 10 (up to 19 in 19 of 20 turns). (`06_loadings`)",
  );
  const none = { ...BASE.loadings, nTests: 0 };
  assert.match(line("Loadings", { loadings: none }), /No contract has enough sessions/);
  const one = { ...BASE.loadings, nLoadings: 1 };
  assert.match(line("Loadings", { loadings: one }), /1 of 900 loadings on .+ factors stands at/);
  assert.match(line("Loadings", { turnedDiscoveries: NONE }), /turned moves give unknown/);
});

Deno.test("factorFindings() say whether halves agree beyond chance, and where most", () => {
  assert.equal(
    line("Halves"),
    "- **Halves.** Loadings of a contract's first and second half carry over beyond chance: their t-scores " +
      "correlate by 0.300 (80 contracts), turned moves reach 0.190 in one of 20. The signs agree in 62%. By " +
      "itself 1 of 2 themes is above 95% of turns. Strongest of all themes and factors: crypto digital on " +
      "BTC-USD, 0.79 (80 contracts), beyond the strongest of turned moves, which would be 0.41 here in one " +
      "of 20. (`06_loading_stability`)",
  );
  const of = (changed: object) => line("Halves", { stability: { ...BASE.stability, ...changed } });
  assert.match(
    of({ all: halves("", "", [-0.05, 0.19, 0.95]), themes: [], strongest: null }),
    /half do not carry over beyond chance: .+ by −0\.050 .+ in 62%\. \(`06_loading_stability`\)$/,
  );
  const picked = { strongest: halves("a", "`x`", [0.4, 0.5, 0.95]), themes: [] };
  assert.match(of(picked), /: a on \\`x\\`, 0\.40 .+, no more than the strongest of turned moves/);
  const none = { all: halves("", "", [NaN, NaN, NaN]) };
  assert.match(of(none), /No contract has enough sessions to be fitted twice/);
});

const clusters = (changed: object) => ({ clusters: { ...BASE.clusters, ...changed } });

Deno.test("factorFindings() name the ways of clustering that are above their turns", () => {
  assert.match(
    line("Factor clusters"),
    /silhouette of 0\.25; loadings of turned moves give 0\.10 to 0\.30\. None of 2 methods that divide the contracts at all separates them better/,
  );
  const [seed] = BASE.clusters.evidence;
  const one = clusters({ evidence: [seed, evidence("kmeans_score", 0.41, 0.96)] });
  assert.match(
    line("Factor clusters", one),
    /1 of 2 methods is above 95% of the turns: k-means on t-scores \(0\.41\)\./,
  );
  const both = clusters({
    evidence: [evidence("kmeans_raw", 0.5, 1), evidence("spectral_score", 0.41, 1)],
  });
  assert.match(
    line("Factor clusters", both),
    /2 of 2 methods are above .+\(the seed’s\) \(0\.50\); Spectral on t-scores \(0\.41\)\./,
  );
  // a method that finds fewer than two clusters is not counted
  const unknown = evidence("kmeans_raw", NaN, NaN);
  const some = clusters({ evidence: [unknown, evidence("kmeans_score", 0.2, 0.5)] });
  assert.match(line("Factor clusters", some), /a silhouette of unknown; .+ None of 1 method that/);
  assert.match(
    line("Factor clusters", clusters({ evidence: [unknown] })),
    /No method divides the contracts by their loadings\./,
  );
});

Deno.test("factorFindings() blame errors for what is outside the blob only where they are larger", () => {
  const lead = "The idiosyncratic blob";
  assert.match(
    line(lead),
    /holds 69% of the contracts; with turned moves it holds 64%\. .+ 1\.02 errors from zero, no farther from zero than noise \(0\.95 to 1\.05\)\. Contracts outside have errors 2\.3 times as large: what stands out there is mostly how badly it is known\. \(`06_factor_clusters`, `06_factor_cluster_evidence`\)$/,
  );
  const of = (changed: object) => line(lead, clusters({ blobs: [{ ...blob, ...changed }] }));
  assert.match(of({ percentile: 0.96 }), /, farther from zero than noise/);
  assert.match(of({ errorOutside: 0.08 }), /errors 0\.8 times as large\. \(/);
  assert.match(of({ share: 1, errorOutside: NaN }), /\)\. No contract is outside\. \(/);
});

Deno.test("factorFindings() leave clusters out where no contract was divided", () => {
  const none = lines(clusters({ set: { marketIds: [] } }));
  assert.equal(none.length, 8);
  assert.ok(none.every((one) => !/cluster|blob/.test(one)));
});

Deno.test("factorFindings() count the half-years that agree", () => {
  const lead = "Clusters through time";
  assert.match(line(lead), /0 of 1 comparison of all methods agree .+ index is 0\.04 \(k-means on/);
  const some = { periods: [agreement(0.04, 0.3), agreement(0.2, 0.05), agreement(-0.1, 0.06)] };
  assert.match(
    line(lead, some),
    /1 of 3 comparisons of .+ is 0\.20 \(k-means on t-scores, 2024 H1 to 2024 H2, p 0\.050\)/,
  );
  for (const periods of [[], [agreement(NaN, NaN)]]) {
    assert.match(line(lead, { periods }), /No two neighbouring half-years share enough contracts/);
  }
});

Deno.test("factorFindings() hold words against words dealt out to other events", () => {
  const lead = "Words and loadings";
  assert.equal(
    line(lead),
    "- **Words and loadings.** On average over 40 events, 61% (51% to 71%) of an event’s pairs of a " +
      "contract and a factor load with the sign that words say, more than chance: with the words dealt " +
      "out to other events it is 50% (p 0.020). Most pairs are right in 23 events, as many as not in 0, " +
      "fewer in 17. 3 contracts on buckets with two ends are left out, as a number passes through them " +
      "both ways. By itself beyond chance at 5% each: rates 70%. (`06_semantic_exposures`)",
  );
  const no = line(lead, { nBuckets: 1, signs: [sign("rates", 0.5, 0.4), sign("all", 0.51, 0.06)] });
  assert.match(
    no,
    /, no more than chance: .+ \(p 0\.060\)\. .+ 1 contract on .+ is left out, .+ both ways\. \(`06/,
  );
  for (const signs of [[], [sign("all", NaN, NaN, 0)]]) {
    assert.match(line(lead, { signs }), /No contract has both a score by words and a loading/);
  }
});

Deno.test("factorFindings() count components beside both nulls", () => {
  const of = (changed: object) =>
    line("Components", { components: { ...BASE.components, ...changed } });
  assert.equal(
    of({}),
    "- **Components.** 2 components of the moves of 30 events over 110 sessions are above parallel analysis " +
      "(5 if busy days that all share are not allowed for). They are as many as 20.0 independent " +
      "contracts, where independent ones would show 1.3 or more. (`06_components`)",
  );
  assert.match(of({ nAbove: 1 }), /1 component of .+ is above/);
  assert.match(of({ nAbove: 0 }), /0 components of .+ are above/);
  // two days of two contracts
  const few = {
    components: [],
    nDays: 2,
    nMarkets: 2,
    effectiveBets: NaN,
    nullEffectiveBets: NONE,
  };
  assert.match(of(few), /Too few contracts have moves on the same sessions/);
});

Deno.test("factorFindings() name the leads that stand among all that were tested", () => {
  const lead = "Lead and lag";
  assert.match(
    line(lead),
    /Of 2 Granger tests between themes and assets, 2 are below 5% by F and 1 by turned leaders, where noise gives 0\.1; 1 stands once all are looked at together: rates and \^VIX \(theme leads\)\./,
  );
  const no = line(lead, { causality: [test("rates", 0.3, 0.4)] });
  assert.match(
    no,
    /Of 1 Granger test between .+, 0 are below .+ gives 0\.1; 0 stand once all are looked at together\. \(/,
  );
  for (const causality of [[], [test("rates", NaN, NaN)]]) {
    assert.match(line(lead, { causality }), /No theme has enough sessions to be tested/);
  }
  const edge = { causality: [test("rates", 0.01, 0.05), test("war", 0.05, 0.051)] };
  assert.match(
    line(lead, edge),
    /1 is below .+; 1 stands .+: rates and \^VIX \(theme leads\)\. \(/,
  );
  const many = ["a", "b", "c", "d"].map((theme) => test(theme, 0.001, 0.002));
  assert.match(
    line(lead, { causality: many }),
    /4 stand .+: a and \^VIX .+; b and .+; c and [^;]+\)\. \(`06_causality`\)$/,
  );
});

Deno.test("factorFindings() show hostile names as they are", () => {
  const causality = [test("<b>x</b>\n- **y**", 0.001, 0.002, "`](javascript:1)|")];
  assert.ok(
    line("Lead and lag", { causality }).includes(
      "\\<b\\>x\\</b\\> - \\*\\*y\\*\\* and \\`\\](javascript:1)\\| (theme leads)",
    ),
  );
  assert.equal(lines({ causality }).length, 11);
});
