import assert from "node:assert/strict";
import { confidenceCalibrationChart } from "lib/charts/confidence_calibration.ts";
import { themeAgreementChart } from "lib/charts/theme_agreement.ts";
import { confusionChart } from "lib/charts/theme_confusion.ts";
import { themeDisagreementsChart } from "lib/charts/theme_disagreements.ts";
import { themeSizesChart } from "lib/charts/theme_sizes.ts";
import type { Classification } from "lib/classify/event_text.ts";
import { labelledStudy } from "lib/classify/labelled_study.ts";
import {
  agreementView,
  calibrationView,
  confusionView,
  disagreementView,
  themeSizeRows,
} from "lib/classify/theme_views.ts";
import { clusteredShare } from "lib/stats/clustered_share.ts";
import { disagreements } from "lib/taxonomy/disagreements.ts";
import { reconciled } from "lib/taxonomy/reconcile.ts";
import { themeAgreement } from "lib/taxonomy/theme_agreement.ts";
import type { ThemeList } from "lib/taxonomy/themes.ts";
import { fourClusters, othersOf, themesOf } from "../taxonomy/made_witnesses.ts";
import { THEMES } from "./asking.ts";
import { TWO_EVENTS } from "./made_contracts.ts";
import { answerByTitle, LABEL_REFERENCE, LABEL_THEMES, LABELLED } from "./made_labels.ts";

const CONTEXT = { source: { kind: "simulated", label: "made" }, asOf: "2026-01-01" } as const;

/** A list of themes with these ids. */
function listOf(...ids: string[]): ThemeList {
  return { version: "made", themes: ids.map((id) => ({ ...THEMES.themes[0]!, id, short: id })) };
}

const LIST = listOf("us_elections", "middle_east", "fed_monetary_policy", "crypto_digital");

function answer(eventId: string, primaryTheme: string, confidence: number): Classification {
  return {
    ...{ eventId, primaryTheme, confidence, secondaryTheme: null },
    ...{ reasoning: "made", classifier: "made 1" },
  };
}

const ANSWERS = [answer("b", "us_elections", 0.9), answer("a", "uncategorized", 0.3)];
const PRICES = { nPrices: [10, 5, 0], minPrices: 5 };

Deno.test("themeSizeRows() counts the events, contracts and prices of each theme", () => {
  const rows = themeSizeRows(THEMES, TWO_EVENTS, ANSWERS, PRICES);
  assert.deepEqual(
    rows.map(({ theme, nEvents, nContracts, nPriced, meanConfidence }) => [
      ...[theme?.id ?? null, nEvents, nContracts, nPriced, meanConfidence],
    ]),
    [
      ["us_elections", 1, 2, 1, 0.9],
      ["fed_policy", 0, 0, 0, NaN],
      ["crypto_digital", 0, 0, 0, NaN],
      ["sports", 0, 0, 0, NaN],
      [null, 1, 1, 1, 0.3],
    ],
  );
  assert.deepEqual(themeSizeRows(THEMES, TWO_EVENTS, [...ANSWERS].reverse(), PRICES), rows);
  themeSizesChart(rows, CONTEXT, { minPrices: 5, minEvents: 3 });
});

Deno.test("themeSizeRows() has no row for what is uncategorized where nothing is", () => {
  const all = [answer("b", "us_elections", 0.9), answer("a", "sports", 0.5)];
  const rows = themeSizeRows(THEMES, TWO_EVENTS, all, PRICES);
  assert.deepEqual(rows.map(({ theme }) => theme?.id), THEMES.themes.map(({ id }) => id));
  const none = { links: [], tickers: [], events: [] };
  assert.equal(themeSizeRows(THEMES, none, [], PRICES).length, 4);
});

Deno.test("themeSizeRows() refuses an event without a theme of the list", () => {
  assert.throws(() => themeSizeRows(THEMES, TWO_EVENTS, ANSWERS.slice(0, 1), PRICES), {
    name: "RangeError",
    message: 'Cannot count themes as each event must have one of the list: got none for "a"',
  });
  const foreign = [ANSWERS[0]!, answer("a", "weather", 0.9)];
  assert.throws(() => themeSizeRows(THEMES, TWO_EVENTS, foreign, PRICES), {
    name: "RangeError",
    message: 'Cannot count themes as each event must have one of the list: got "weather" for "a"',
  });
});

const MARKETS = fourClusters();
const CLUSTERS = themesOf(MARKETS);
const WITNESS = { method: "hdbscan", name: "HDBSCAN", nMethods: 14, isChosen: true };
const AGREEMENT = themeAgreement(MARKETS, { permutations: 19, seed: 7 });

Deno.test("agreementView() has the pairs that share an event, what has no theme, and four measures", () => {
  const view = agreementView(LIST, AGREEMENT, CLUSTERS, WITNESS);
  assert.deepEqual(
    view.cells.map(({ clusterId, theme, n, clusterSize, stability }) => [
      ...[clusterId, theme, n, clusterSize, stability],
    ]),
    [
      [0, "crypto_digital", 8, 10, 0.9],
      [0, "fed_monetary_policy", 1, 10, 0.9],
      [0, null, 1, 10, 0.9],
      [1, "fed_monetary_policy", 8, 10, 0.9],
      [1, "middle_east", 1, 10, 0.9],
      [1, null, 1, 10, 0.9],
      [2, "middle_east", 8, 10, 0.6],
      [2, "us_elections", 1, 10, 0.6],
      [2, null, 1, 10, 0.6],
      [3, "crypto_digital", 1, 10, 0.9],
      [3, "us_elections", 8, 10, 0.9],
      [3, null, 1, 10, 0.9],
    ],
  );
  const q =
    AGREEMENT.cells.find(({ clusterId, theme }) => clusterId === 0 && theme === "crypto_digital")!
      .qValue;
  assert.equal(view.cells[0]!.q, q);
  assert.deepEqual(view.themes, LIST.themes);
  assert.deepEqual(view.measures.map(({ name, value }) => [name, value]), [
    ["ARI", AGREEMENT.adjustedRand.value],
    ["AMI", AGREEMENT.adjustedMutualInformation.value],
    ["Purity", 32 / 36],
    ["Class-balanced purity", AGREEMENT.balancedPurity.value],
  ]);
  assert.deepEqual(view.witness, {
    text: "HDBSCAN, chosen in notebook 03 among 14, places 40 of 40 studied events",
    ...{ nPlaced: 40, nStudied: 40, unplacedValue: AGREEMENT.unplacedRand.value },
  });
  themeAgreementChart(view, CONTEXT);
});

Deno.test("agreementView() refuses clusters of which nothing is known", () => {
  assert.throws(() => agreementView(LIST, AGREEMENT, CLUSTERS.slice(1), WITNESS), {
    name: "RangeError",
    message: "Cannot show clusters against themes as each cluster must be known: got 0",
  });
});

Deno.test("disagreementView() counts events of which words and prices differ, and apart those without a theme by words", () => {
  const found = reconciled(MARKETS, othersOf(MARKETS));
  const hostile = "<script>alert(1)</script>\u202e=cmd";
  const readings = new Map([["poly:08", { title: hostile, reasoning: null }]]);
  const disagreeing = disagreements(found, readings, { strongConfidence: 0.8 });
  const { rows, totals } = disagreementView(LIST, disagreeing, found);
  assert.deepEqual(totals, {
    ...{ nBoth: 36, nDisagree: 4, nOverridden: 2, nReview: 2, nNamed: 2, nSilentReview: 2 },
  });
  assert.deepEqual(
    rows.map(({ title, wordsTheme, clusterTheme, rule }) => [
      ...[title, wordsTheme?.id ?? null, clusterTheme?.id, rule],
    ]),
    [
      [hostile, "fed_monetary_policy", "crypto_digital", "statistics"],
      ["poly:18", "middle_east", "fed_monetary_policy", "statistics"],
      ["poly:09", null, "crypto_digital", "prices name"],
      ["poly:19", null, "fed_monetary_policy", "prices name"],
      ["poly:28", "us_elections", "middle_east", "review"],
      ["poly:38", "crypto_digital", "us_elections", "review"],
      ["poly:29", null, "middle_east", "review"],
      ["poly:39", null, "us_elections", "review"],
    ],
  );
  const [first, , named] = rows;
  // the other events of the cluster: eight of one theme, and for "poly:09" one of another
  assert.deepEqual([first!.share, first!.nOthers, named!.share, named!.nOthers], [1, 8, 8 / 9, 9]);
  assert.deepEqual([first!.stability, first!.clusterLabel, first!.confidence], [
    ...[0.9, "cluster 0", 0.9],
  ]);
  const { svg } = themeDisagreementsChart(rows, totals, CONTEXT);
  assert.ok(!svg.includes("<script"));
});

Deno.test("disagreementView() of nothing has no row", () => {
  assert.deepEqual(disagreementView(LIST, [], []), {
    rows: [],
    totals: {
      ...{ nBoth: 0, nDisagree: 0, nOverridden: 0, nReview: 0, nNamed: 0, nSilentReview: 0 },
    },
  });
});

const STUDY = labelledStudy(LABELLED, {
  ...{ classify: answerByTitle, reference: LABEL_REFERENCE, themes: LABEL_THEMES, nBins: 2 },
});

Deno.test("calibrationView() has the accuracy of what has a theme, with its interval by wording", () => {
  const view = calibrationView(STUDY);
  const { low, high, effectiveItems } = clusteredShare([true, true, false], ["a", "b", "c"]);
  assert.deepEqual(
    [view.n, view.accuracy, view.accuracyLow, view.accuracyHigh, view.labels],
    [3, 2 / 3, low, high, "labels of one"],
  );
  assert.deepEqual([view.nWordings, view.classifier], [3, "classifier made 1"]);
  assert.deepEqual(
    view.bins.map(({ from, to, n, accuracy, ...bin }) => [
      ...[from, to, n, accuracy, bin.effectiveN, bin.low, bin.high],
    ]),
    [[0.5, 1, 3, 2 / 3, effectiveItems, low, high]],
  );
  assert.equal(view.ece, STUDY.calibrationError);
  confidenceCalibrationChart(view, CONTEXT);
});

Deno.test("confusionView() has the themes that occur in the order of the list, what has none last", () => {
  const list = listOf("sports", "crypto", "energy", "geo", "fed");
  const view = confusionView(list, STUDY);
  assert.deepEqual(view.reference.map((theme) => theme?.id), ["sports", "crypto", "geo", "fed"]);
  assert.deepEqual(view.ours.map((theme) => theme?.id ?? null), ["sports", "geo", null]);
  assert.deepEqual(view.counts, [[1, 0, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0]]);
  assert.deepEqual([view.accuracy, view.macroF1], [0.5, STUDY.macroF1]);
  assert.deepEqual([view.nWordings, view.classifier], [4, "classifier made 1"]);
  assert.equal(view.effectiveN, STUDY.accuracy.effectiveItems);
  confusionChart(view, CONTEXT);
});

Deno.test("calibrationView() and confusionView() without labels are empty, and charts say so", () => {
  const calibration = calibrationView(null), confusion = confusionView(LIST, null);
  assert.deepEqual([calibration.bins, calibration.n, calibration.accuracy], [[], 0, NaN]);
  assert.deepEqual([confusion.counts, confusion.accuracy, confusion.labels], [[], NaN, "none"]);
  assert.deepEqual([calibration.classifier, confusion.classifier], ["classifier", "classifier"]);
  confidenceCalibrationChart(calibration, CONTEXT);
  confusionChart(confusion, CONTEXT);
  const unlabelled = labelledStudy({ ...LABELLED, markets: [], themes: [] }, {
    ...{ classify: answerByTitle, reference: LABEL_REFERENCE, themes: LABEL_THEMES, nBins: 2 },
  });
  confidenceCalibrationChart(calibrationView(unlabelled), CONTEXT);
  confusionChart(confusionView(LIST, unlabelled), CONTEXT);
});
