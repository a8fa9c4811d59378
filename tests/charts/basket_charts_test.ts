import assert from "node:assert/strict";
import { basketCorrelationChart } from "lib/charts/basket_correlation.ts";
import { basketWeightsChart } from "lib/charts/basket_weights.ts";
import type { ChartContext } from "lib/charts/chart_context.ts";
import { compositionCardsChart } from "lib/charts/composition_cards.ts";
import { eligibilityFunnelChart } from "lib/charts/eligibility_funnel.ts";
import { methodEvidenceChart } from "lib/charts/method_evidence.ts";
import { assertPictures } from "./assert_pictures.ts";
import { assertReadable } from "./readable.ts";
import { FOLDER, SIMULATED } from "./synthetic.ts";
import {
  basketCharts,
  composition,
  correlations,
  eligibility,
  methodEvidence,
  sleeveWeights,
} from "./synthetic_baskets.ts";
import { textBoxes } from "./text_boxes.ts";

for (const size of [0, 1, 2, 3, 6, 14, 30]) {
  for (const lift of [0, 1]) {
    for (const figure of basketCharts(size, lift, lift === 0 ? SIMULATED : FOLDER)) {
      Deno.test(`${figure.name} of size ${size}, lift ${lift}, has readable text without overlaps`, () => {
        assertReadable(figure);
        assert.ok(figure.svg.length < 300_000, `${figure.svg.length} bytes`);
        assert.match(
          figure.svg,
          /<title id="[a-z_]+-title">[^<]+<\/title><desc [^>]+>[^<]+<\/desc>/,
        );
        assert.ok(figure.alt.includes(figure.title) || size === 0, figure.alt);
      });
    }
  }
}

Deno.test("charts of baskets stay under 300 kB and readable at the most they draw", () => {
  const figures = [
    basketWeightsChart({ ...sleeveWeights(30, 90), noun: "contract" }, FOLDER),
    basketWeightsChart({ ...sleeveWeights(18, 800), kind: "drifted" }, FOLDER),
    basketCorrelationChart(correlations(60, 0.1), FOLDER),
    compositionCardsChart(composition(60), FOLDER, { perCard: 30 }),
    methodEvidenceChart(methodEvidence(60, 1), FOLDER),
    eligibilityFunnelChart(eligibility(120, 1e6), FOLDER),
  ];
  for (const figure of figures) {
    assert.ok(figure.svg.length < 300_000, `${figure.name}: ${figure.svg.length} bytes`);
    assertReadable(figure);
  }
});

Deno.test("charts of baskets over nothing say what is missing instead of drawing an axis", () => {
  const figures = basketCharts(0, 0, FOLDER);
  const messages = figures.map(({ svg }) => textBoxes(svg).find((box) => box.size === 14)?.text);
  assert.deepEqual(messages, [
    "no date with known weights",
    "no pairs of baskets with a known correlation",
    "no baskets",
    "no methods replayed",
    "no active contracts",
  ]);
  for (const { svg } of figures) assert.doesNotMatch(svg, /<circle|text-anchor="end"/);
});

Deno.test("charts of baskets become pictures that are not blank, with ids of their own", () => {
  assertPictures(basketCharts(6, 1, SIMULATED));
});

Deno.test("charts of baskets say their source, date and checkpoint, and that nobody signed", () => {
  for (const { name, svg } of basketCharts(6, 1, SIMULATED)) {
    const words = textBoxes(svg).map((box) => box.text).join(" ");
    assert.match(
      words,
      /As of 2026-02-28 · Checkpoint 01_universe, sha256 3f2a9c01 · .* · Unreviewed/,
      name,
    );
    assert.match(words, /Source: simulated universe, seed 7\./, name);
    assert.match(words, /n\s=\s/, name);
  }
});

Deno.test("charts of baskets draw hostile text as text", () => {
  const hostile = `</text><script>alert("&")</script>\u202e\u0000 ${"W".repeat(90)}`;
  const context: ChartContext = { ...FOLDER, source: { kind: "folder", label: hostile } };
  const weights = sleeveWeights(4), pairs = correlations(4, 0), cards = composition(5);
  const methods = methodEvidence(4, 1), history = eligibility(5, 300);
  const figures = [
    basketWeightsChart({
      ...weights,
      name: hostile,
      noun: hostile,
      bands: weights.bands.map((band) => ({ ...band, name: hostile })),
    }, context),
    basketCorrelationChart({
      ...pairs,
      name: hostile,
      baskets: pairs.baskets.map((basket) => ({ ...basket, name: hostile })),
    }, context),
    compositionCardsChart({
      ...cards,
      name: hostile,
      baskets: cards.baskets.map((card) => ({
        ...card,
        ...{ name: hostile, reason: hostile },
        contracts: card.contracts.map((contract) => ({ ...contract, title: hostile })),
      })),
    }, context),
    methodEvidenceChart({
      ...methods,
      cashName: hostile,
      methods: methods.methods.map((method) => ({ ...method, name: hostile })),
    }, context),
    eligibilityFunnelChart({
      ...history,
      steps: history.steps.map((step) => ({ ...step, name: hostile })),
    }, context),
  ];
  for (const figure of figures) {
    assert.doesNotMatch(figure.svg, /<script|\u202e/, figure.name);
    assert.ok(!figure.svg.includes("\u0000"), figure.name);
    assert.match(figure.svg, /&lt;script&gt;/, figure.name);
    assertReadable(figure);
  }
});

Deno.test("charts of baskets leave what they were given as it was", () => {
  const given = () =>
    [
      sleeveWeights(20),
      correlations(6, 0),
      composition(6),
      methodEvidence(6, 1),
      eligibility(6, 500),
    ] as const;
  const [weights, pairs, cards, methods, history] = given();
  basketWeightsChart(weights, FOLDER);
  basketCorrelationChart(pairs, FOLDER);
  compositionCardsChart(cards, FOLDER);
  methodEvidenceChart(methods, FOLDER);
  eligibilityFunnelChart(history, FOLDER);
  assert.deepEqual([weights, pairs, cards, methods, history], given());
});

Deno.test("charts of baskets do not depend on the order of their rows", () => {
  const weights = sleeveWeights(20), pairs = correlations(6, 0);
  const cards = composition(6), methods = methodEvidence(6, 1);
  const drawn = (turn: <T>(rows: readonly T[]) => readonly T[]) => [
    basketWeightsChart({ ...weights, bands: turn(weights.bands) }, FOLDER).svg,
    basketCorrelationChart(
      { ...pairs, baskets: turn(pairs.baskets), pairs: turn(pairs.pairs) },
      FOLDER,
    ).svg,
    compositionCardsChart({ ...cards, baskets: turn(cards.baskets) }, FOLDER).svg,
    methodEvidenceChart({ ...methods, methods: turn(methods.methods) }, FOLDER).svg,
  ];
  assert.deepEqual(drawn((rows) => rows.toReversed()), drawn((rows) => rows));
});
