import assert from "node:assert/strict";
import type { ChartContext } from "lib/charts/chart_context.ts";
import { confidenceCalibrationChart } from "lib/charts/confidence_calibration.ts";
import { themeAgreementChart } from "lib/charts/theme_agreement.ts";
import { confusionChart } from "lib/charts/theme_confusion.ts";
import { themeDisagreementsChart } from "lib/charts/theme_disagreements.ts";
import { themeSizesChart } from "lib/charts/theme_sizes.ts";
import { assertPictures } from "./assert_pictures.ts";
import { assertReadable } from "./readable.ts";
import { FOLDER, SIMULATED } from "./synthetic.ts";
import {
  calibrationOf,
  confusionOf,
  disagreements,
  disagreementTotals,
  themeAgreement,
  themeCharts,
  themeSizes,
} from "./synthetic_themes.ts";
import { textBoxes } from "./text_boxes.ts";

for (const size of [0, 1, 2, 6, 20, 120]) {
  for (const lift of [0, 1]) {
    for (const figure of themeCharts(size, lift, lift === 0 ? SIMULATED : FOLDER)) {
      Deno.test(`${figure.name} of size ${size}, lift ${lift}, has readable text without overlaps`, () => {
        assertReadable(figure);
        assert.ok(figure.svg.length < 300_000, `${figure.svg.length} bytes`);
        assert.match(
          figure.svg,
          /<title id="[a-z_]+-title">[^<]+<\/title><desc [^>]+>[^<]+<\/desc>/,
        );
        assert.ok(figure.alt.startsWith(figure.title) || size === 0, figure.alt);
      });
    }
  }
}

Deno.test("charts of themes over nothing say what is missing instead of drawing an axis", () => {
  const figures = themeCharts(0, 0, FOLDER);
  const messages = figures.map(({ svg }) => textBoxes(svg).find((box) => box.size === 14)?.text);
  assert.deepEqual(messages, [
    "no classified contracts",
    "no clusters to compare with themes",
    "No labels: audit sheets are not filled in yet",
    "no events of which words and prices both say a theme",
    "No labels: audit sheets are not filled in yet",
  ]);
  for (const { svg } of figures) assert.doesNotMatch(svg, /<circle|text-anchor="end"/);
});

Deno.test("charts of themes become pictures that are not blank, with ids of their own", () => {
  assertPictures(themeCharts(6, 1, SIMULATED));
});

Deno.test("charts of themes say their source, date and checkpoint, and that nobody signed", () => {
  for (const { name, svg } of themeCharts(6, 1, SIMULATED)) {
    const words = textBoxes(svg).map((box) => box.text).join(" ");
    assert.match(
      words,
      /As of 2026-02-28 · Checkpoint 01_universe, sha256 3f2a9c01 · .* · Unreviewed/,
      name,
    );
    assert.match(words, /Source: simulated universe, seed 7\./, name);
  }
});

Deno.test("charts of themes draw hostile text as text", () => {
  const hostile = `</text><script>alert("&")</script>\u202e\u0000 ${"W".repeat(90)}`;
  const context: ChartContext = { ...FOLDER, source: { kind: "folder", label: hostile } };
  const theme = {
    id: hostile,
    name: hostile,
    short: hostile,
    isExcluded: false,
    hue: "blue",
  };
  const agreement = themeAgreement(3, 1), calibration = calibrationOf(600, 0);
  const rows = disagreements(3, 1).map((row) => ({
    ...row,
    title: hostile,
    clusterLabel: hostile,
    wordsTheme: theme,
    clusterTheme: theme,
  }));
  const figures = [
    themeSizesChart([...themeSizes(3, 1), { ...themeSizes(1, 1)[0]!, theme }], context),
    themeAgreementChart({
      cells: agreement.cells.map((cell) => ({ ...cell, clusterLabel: hostile })),
      themes: [theme, ...agreement.themes],
      measures: agreement.measures.map((measure) => ({ ...measure, name: hostile })),
    }, context),
    confidenceCalibrationChart({ ...calibration, labels: hostile, classifier: hostile }, context),
    themeDisagreementsChart(rows, disagreementTotals(rows), context),
    confusionChart({
      ...confusionOf(2, 0.1),
      reference: [theme, ...confusionOf(2, 0.1).reference.slice(1)],
      labels: hostile,
      classifier: hostile,
      noun: hostile,
    }, context),
  ];
  for (const figure of figures) {
    assert.doesNotMatch(figure.svg, /<script|\u202e/, figure.name);
    assert.ok(!figure.svg.includes("\u0000"), figure.name);
    assert.match(figure.svg, /&lt;script&gt;/, figure.name);
    assertReadable(figure);
  }
});

Deno.test("charts of themes leave what they were given as it was", () => {
  const given = () =>
    [
      themeSizes(6, 1),
      themeAgreement(6, 1),
      calibrationOf(600, 0),
      disagreements(6, 1),
      confusionOf(6, 0.8),
    ] as const;
  const [sizes, agreement, calibration, rows, confusion] = given();
  themeSizesChart(sizes, FOLDER);
  themeAgreementChart(agreement, FOLDER);
  confidenceCalibrationChart(calibration, FOLDER);
  themeDisagreementsChart(rows, disagreementTotals(rows), FOLDER);
  confusionChart(confusion, FOLDER);
  assert.deepEqual([sizes, agreement, calibration, rows, confusion], given());
});
