import assert from "node:assert/strict";
import type { ChartContext } from "lib/charts/chart_context.ts";
import { clusterCountChart } from "lib/charts/cluster_count.ts";
import { representationChart } from "lib/charts/correlation_null.ts";
import { correlationSpreadChart } from "lib/charts/correlation_spread.ts";
import type { Figure } from "lib/charts/figure.ts";
import { methodComparisonChart } from "lib/charts/method_comparison.ts";
import { persistenceChart } from "lib/charts/persistence.ts";
import { recoveryChart } from "lib/charts/recovery.ts";
import { assertPictures } from "./assert_pictures.ts";
import { FOLDER, SIMULATED } from "./synthetic.ts";
import {
  countCurve,
  evidenceCharts,
  methodRows,
  persistenceRows,
  recoveryRows,
  representations,
  spreadOf,
} from "./synthetic_evidence.ts";
import { overlaps, textBoxes } from "./text_boxes.ts";

const BLUE = "#276fd7", NULL_GREY = "#c9cdd3";

/** Fails where text is small, cut, covered or not a word. */
function assertReadable({ name, svg }: Figure): void {
  const height = Number(/^<svg [^>]*height="(\d+)"/.exec(svg)![1]);
  const boxes = textBoxes(svg);
  assert.ok(boxes.length >= 4, name);
  for (const box of boxes) {
    assert.ok(box.size >= 10, `${name}: "${box.text}" is ${box.size} px`);
    const { left, right, top, bottom } = box;
    assert.ok(left >= 0 && right <= 820, `${name}: "${box.text}" ${left}…${right}`);
    assert.ok(top >= 0 && bottom <= height, `${name}: "${box.text}" ${top}…${bottom}`);
    assert.doesNotMatch(box.text, /NaN|undefined|Infinity/, name);
  }
  assert.deepEqual(overlaps(boxes), [], name);
  assert.doesNotMatch(svg, /NaN|Infinity|undefined/, name);
}

function said({ svg }: Figure): string {
  return textBoxes(svg).map((box) => box.text).join(" ");
}

/** Elements `name` with this attribute, on themselves or on the group that holds them. */
function marks({ svg }: Figure, name: string, attribute: string): number {
  const groups = svg.match(new RegExp(`<g [^>]*${attribute}[^>]*>(?:(?!</g>).)*</g>`, "gs")) ?? [];
  const grouped = groups.join("").match(new RegExp(`<${name} `, "g"))?.length ?? 0;
  return grouped + (svg.match(new RegExp(`<${name} [^>]*${attribute}`, "g"))?.length ?? 0);
}

for (const size of [0, 1, 2, 6, 40, 60]) {
  for (const lift of [0, 1]) {
    for (const figure of evidenceCharts(size, lift, lift === 0 ? SIMULATED : FOLDER)) {
      Deno.test(`${figure.name} of ${size} rows, lift ${lift}, has readable text without overlaps`, () => {
        assertReadable(figure);
        assert.ok(figure.svg.length < 300_000, `${figure.svg.length} bytes`);
        assert.ok(figure.alt.startsWith(figure.title.replace(/\.$/, "")) || size === 0, figure.alt);
      });
    }
  }
}

Deno.test("charts of evidence over nothing say what is missing instead of drawing an axis", () => {
  const messages = evidenceCharts(0, 0, FOLDER).map(({ svg }) =>
    textBoxes(svg).find((box) => box.size === 14)?.text
  );
  assert.deepEqual(messages, [
    "no representations measured",
    "no pairs with enough common days",
    "no two windows that follow one another",
    "no number of clusters measured",
    "no methods tried",
    "no methods tried on planted clusters",
  ]);
});

Deno.test("charts of evidence become pictures that are not blank, with ids of their own", () => {
  assertPictures(evidenceCharts(6, 1, SIMULATED));
});

Deno.test("charts of evidence draw hostile text as text", () => {
  const hostile = `</text><script>alert("&")</script>\u202e\u0000 ${"W".repeat(90)}`;
  const context: ChartContext = { ...FOLDER, source: { kind: "folder", label: hostile } };
  const figures = [
    representationChart(
      representations(2, 0.03).map((row) => ({ ...row, name: hostile })),
      context,
    ),
    correlationSpreadChart({ ...spreadOf(900, 3), what: hostile }, context),
    persistenceChart(
      persistenceRows(1, 4, 0.2).map((row) => ({ ...row, representation: hostile })),
      context,
    ),
    clusterCountChart({ ...countCurve(0.2), rule: hostile }, context),
    methodComparisonChart(methodRows(3, 0.1).map((row) => ({ ...row, name: hostile })), context),
    recoveryChart(
      recoveryRows(1, 3, 0.9).map((row) => ({ ...row, method: hostile, noise: hostile })),
      context,
    ),
  ];
  for (const figure of figures) {
    assert.doesNotMatch(figure.svg, /<script|\u202e/, figure.name);
    assert.ok(!figure.svg.includes("\u0000"), figure.name);
    assert.match(figure.svg, /&lt;script&gt;/, figure.name);
    assertReadable(figure);
  }
});

Deno.test("charts of evidence leave what they were given as it was", () => {
  const rows = representations(4, 0.03);
  const before = rows.map(({ nullMeanAbs }) => [...nullMeanAbs]);
  representationChart(Object.freeze(rows), FOLDER);
  methodComparisonChart(Object.freeze(methodRows(4, 0.1)), FOLDER);
  persistenceChart(Object.freeze(persistenceRows(2, 4, 0.1)), FOLDER);
  recoveryChart(Object.freeze(recoveryRows(3, 3, 0.9)), FOLDER);
  assert.deepEqual(rows.map(({ nullMeanAbs }) => [...nullMeanAbs]), before);
});

/** A row of which the null's median is 0.1 and its band 0.055 to 0.145. */
function row(name: string, meanAbs: number) {
  const nullMeanAbs = Float64Array.from({ length: 11 }, (_, i) => 0.05 + 0.01 * i);
  return {
    name,
    nPairs: 1204,
    meanAbs,
    nullMeanAbs,
    upper: NaN,
    nullUpper: new Float64Array(),
    significantShare: NaN,
    nullSignificantShare: NaN,
  };
}

Deno.test("representationChart() names the largest excess over the null, not the largest value", () => {
  const wide = { ...row("wide", 0.31), nullMeanAbs: Float64Array.of(0.28, 0.3, 0.305) };
  const figure = representationChart([wide, row("small", 0.16), row("none", NaN)], FOLDER);
  assert.equal(
    figure.title,
    "small exceed their null most: mean |ρ| 0.160 against 0.100 (above all 11 shifts)",
  );
  const text = said(figure);
  assert.ok(text.indexOf("small 1,204 pairs") < text.indexOf("wide 1,204 pairs"));
  assert.ok(text.indexOf("wide 1,204 pairs") < text.indexOf("none 1,204 pairs"));
  assert.match(text, /2 of 2 ways tried lie above .* chance alone would put 0\.1 there/);
  assert.match(text, /not measured/);
});

Deno.test("representationChart() says that nothing exceeds its null, and when nothing is measured", () => {
  assert.equal(
    representationChart([row("a", 0.09), row("b", 0.14)], FOLDER).title,
    "No representation exceeds its null; the nearest is b, mean |ρ| 0.140 against 0.100 (above 9 of 11 shifts)",
  );
  assert.equal(
    representationChart([row("a", NaN)], FOLDER).title,
    "No representation could be compared with its null",
  );
});

Deno.test("representationChart() fills a dot only beyond the margin that occurs where nothing is shared", () => {
  const near = { ...row("near", 0.1), nullMeanAbs: Float64Array.of(0.097, 0.097, 0.097) };
  const far = { ...row("far", 0.11), nullMeanAbs: near.nullMeanAbs };
  const of = (fairMargin?: number) => representationChart([near, far], FOLDER, { fairMargin });
  assert.deepEqual([undefined, 0.04, 0.2].map((share) => of(share).title), [
    "far exceed their null most: mean |ρ| 0.110 against 0.097 (above all 3 shifts)",
    "far exceed their null most: mean |ρ| 0.110 against 0.097 (above all 3 shifts)",
    "No representation exceeds its null by more than the 20% that occur where nothing is shared; the nearest is far, mean |ρ| 0.110 against 0.097 (above all 3 shifts)",
  ]);
  // dots that are filled, less the key's
  const filled = [undefined, 0.04, 0.2].map((share) =>
    marks(of(share), "circle", `fill="${BLUE}"`) - 1
  );
  assert.deepEqual(filled, [2, 1, 0]);
  const dotted = [undefined, 0.04].map((share) =>
    of(share).svg.match(/stroke-dasharray="1 3"/g)?.length ?? 0
  );
  assert.deepEqual(dotted, [0, 1]);
  assert.match(
    said(of(0.04)),
    /Up to 4% over the null \(dotted\) also occurs in simulated universes where nothing is shared/,
  );
  assertReadable(of(0.2));
  assert.throws(() => of(4), {
    name: "RangeError",
    message: "Cannot compare with a null as the fair margin must be a share in [0, 1): got 4",
  });
});

Deno.test("representationChart() does not depend on the order of its rows", () => {
  const rows = representations(9, 0.01);
  assert.equal(
    representationChart(rows.toReversed(), FOLDER).svg,
    representationChart(rows, FOLDER).svg,
  );
});

Deno.test("correlationSpreadChart() counts the tails beside those of shifted moves", () => {
  const spread = spreadOf(21_840, 3);
  const nullTail = Float64Array.from({ length: 49 }, (_, i) => 286 + i);
  const of = (nTail: number) => correlationSpreadChart({ ...spread, nTail, nullTail }, FOLDER);
  assert.equal(
    of(1204).title,
    "1,204 pairs lie beyond ±0.5 where shifted moves give 310 (above all 49 shifts)",
  );
  assert.match(said(of(1204)), /1,204 beyond ±0\.5 null 310 \(288 to 332\)/);
  assert.equal(
    of(320).title,
    "320 of 21,840 pairs lie beyond ±0.5, no more than noise: shifted moves give 310 (288 to 332)",
  );
  assert.equal(
    of(0).title,
    "None of 21,840 pairs lie beyond ±0.5, fewer than the 310 that shifted moves give",
  );
  assert.match(
    correlationSpreadChart({ ...spread, nullTail: new Float64Array() }, FOLDER).title,
    /; no null was measured beside them$/,
  );
});

Deno.test("correlationSpreadChart() refuses columns that do not fit its bins", () => {
  const spread = spreadOf(100, 1);
  assert.throws(
    () => correlationSpreadChart({ ...spread, nullMid: new Float64Array(3) }, FOLDER),
    {
      name: "RangeError",
      message: "Cannot draw a spread as nullMid must have one value a bin (40): got 3",
    },
  );
  assert.throws(
    () => correlationSpreadChart({ ...spread, edges: spread.edges.toReversed() }, FOLDER),
    {
      name: "RangeError",
      message: "Cannot draw a spread as its edges must rise within [-1, 1]: got 0.95 (edge 1)",
    },
  );
  assert.throws(() => correlationSpreadChart({ ...spread, tail: 5 }, FOLDER), {
    name: "RangeError",
    message: "Cannot draw a spread as its tail must be in (0, 1): got 5",
  });
});

Deno.test("persistenceChart() counts the windows above their null and tells of the last", () => {
  const rows = persistenceRows(1, 10, 0).map((row, w) => ({
    ...row,
    correlation: w === 0 ? 0.01 : 0.12 + 0.01 * w,
    nullHigh: 0.06,
    nullLow: -0.06,
  }));
  const figure = persistenceChart(rows, FOLDER);
  assert.equal(
    figure.title,
    "Correlation carried over in 8 of 9 windows; in the last, 0.20 (null up to 0.06)",
  );
  assert.match(said(figure), /studied.*above null in 8 of 9; last 0\.20/);
  assert.match(
    said(figure),
    /Studied windows \(dashed\) overlap the others and do not count: 1 value/,
  );
  assert.equal(
    persistenceChart(rows.map((row) => ({ ...row, correlation: 0.02 })), FOLDER).title,
    "Nothing persists: correlation carried over in none of 9 windows; in the last, 0.02 (null up to 0.06)",
  );
  assert.equal(
    persistenceChart(rows.map((row) => ({ ...row, correlation: NaN })), FOLDER).title,
    "No window could be compared with the next",
  );
  assert.equal(
    persistenceChart(rows.slice(9), FOLDER).title,
    "No rolling window could be compared with the next",
  );
});

Deno.test("persistenceChart() tells of the working way of measuring, even if another carries over more", () => {
  const rows = persistenceRows(2, 6, 0).map((row, i) => ({
    ...row,
    isWorking: i >= 6,
    correlation: i < 6 ? 0.3 : 0.01 * (i - 6) + 0.02,
    nullHigh: 0.046,
    studied: false,
  }));
  const figure = persistenceChart(rows, FOLDER);
  assert.equal(
    figure.title,
    "Correlation of 1-day point changes carried over in 3 of 6 windows; in the last, 0.07 (null up to 0.05)",
  );
  assert.match(said(figure), /above null in 6 of 6;/);
  assert.equal(
    persistenceChart(rows.map((row) => row.isWorking ? { ...row, correlation: 0 } : row), FOLDER)
      .title,
    "Correlation of 1-day point changes carried over in none of 6 windows; in the last, 0.00 (null up to 0.05)",
  );
  for (const isWorking of [true, false]) {
    assert.throws(() => persistenceChart(rows.map((row) => ({ ...row, isWorking })), FOLDER), {
      name: "RangeError",
      message:
        `Cannot draw persistence as exactly one way of measuring must be the working one: got ${
          isWorking ? 2 : 0
        }`,
    });
  }
});

Deno.test("persistenceChart() breaks the line at a window that is not measured and marks it", () => {
  const figure = persistenceChart(persistenceRows(1, 10, 0.2), FOLDER);
  assert.match(said(figure), /not measured/);
  assert.match(said(figure), /1 value without enough common pairs is not measured\./);
  // the chart's nine dots, that of the studied window among them
  assert.equal(marks(figure, "circle", `stroke="${BLUE}"`), 9);
});

Deno.test("persistenceChart() draws many values one way above the other, and at most four ways", () => {
  const together = persistenceChart(persistenceRows(2, 12, 0.2), FOLDER);
  const apart = persistenceChart(persistenceRows(2, 13, 0.2), FOLDER);
  const panels = ({ svg }: Figure) => svg.match(/<g transform="translate\(0,\d+\)"/g)!.length;
  assert.equal(panels(apart), panels(together) + 1);
  const many = persistenceChart(persistenceRows(40, 3, 0.2), FOLDER);
  assert.match(said(many), /36 ways of measuring that exceed their null less often are not drawn/);
  assertReadable(many);
});

Deno.test("persistenceChart() refuses a percentile that is no share and two rows on a boundary", () => {
  const [first] = persistenceRows(1, 1, 0.2);
  assert.throws(() => persistenceChart([{ ...first!, percentile: 97 }], FOLDER), {
    name: "RangeError",
    message:
      "Cannot draw a percentile as it must be in [0, 1] or NaN: got 97 (2-day log-odds moves)",
  });
  assert.throws(() => persistenceChart([first!, first!], FOLDER), {
    name: "RangeError",
    message:
      'Cannot draw persistence of "2-day log-odds moves" as it must have one row a boundary: got two on 18 Mar 2024',
  });
});

Deno.test("clusterCountChart() says whether the chosen k beats noise, and what the gap sees", () => {
  const yes = clusterCountChart(countCurve(0.21), FOLDER);
  assert.equal(
    yes.title,
    "At the 8 clusters chosen, the silhouette of 0.21 is above all 49 shifts",
  );
  assert.match(said(yes), /k = 8: smallest k within one error of the next gap/);
  assert.match(said(yes), /seed’s target of 0\.30 lies outside the axis/);
  assert.match(said(clusterCountChart(countCurve(0.35), FOLDER)), / seed’s target 0\.30 /);
  const no = clusterCountChart(countCurve(0.07), FOLDER);
  assert.equal(
    no.title,
    "No number of clusters is chosen; the largest silhouette is 0.07 at k = 8, above 31 of 49 shifts; the gap statistic sees no clusters",
  );
  assert.match(said(no), /no k chosen: none beats its null/);
  const title = (changed: object) =>
    clusterCountChart({ ...countCurve(0.21), ...changed }, FOLDER).title;
  assert.equal(
    title({ chosenSilhouette: 0.02, chosenPercentile: 0.58, unboundedK: 1 }),
    "At the 8 clusters chosen, the silhouette of 0.02 is no better than noise (above 58% of shifts); the gap statistic sees no clusters",
  );
  assert.match(title({ chosenPercentile: 0 }), /no better than noise \(above none of shifts\)$/);
  assert.match(title({ chosenPercentile: NaN }), /the silhouette is 0\.21 with no null beside it$/);
  assert.match(title({ chosenSilhouette: NaN }), /chosen, the silhouette was not measured$/);
});

Deno.test("clusterCountChart() tells of the largest silhouette in a note, and whether it is a maximum", () => {
  const curve = countCurve(0.21);
  assert.match(
    said(clusterCountChart(curve, FOLDER)),
    /The largest silhouette is 0\.21 at k = 8, above all 49 shifts, each at its own best k;/,
  );
  const rising = { ...curve, silhouette: curve.silhouette.toSorted(), bestSilhouetteK: 30 };
  assert.match(
    said(clusterCountChart(rising, FOLDER)),
    /at k = 30 \(at the edge of the range looked at, so not a maximum\), above all 49 shifts, each/,
  );
  // fewer than two clusters cannot be, so the largest at two is a maximum
  const falling = { ...curve, silhouette: rising.silhouette.toReversed(), bestSilhouetteK: 2 };
  assert.doesNotMatch(said(clusterCountChart(falling, FOLDER)), /not a maximum/);
  assert.throws(() => clusterCountChart({ ...curve, chosenPercentile: 58 }, FOLDER), {
    name: "RangeError",
    message: "Cannot draw a percentile as it must be in [0, 1] or NaN: got 58 (chosenPercentile)",
  });
});

Deno.test("clusterCountChart() names what is not measured", () => {
  const curve = countCurve(0.21), none = new Float64Array(29).fill(NaN);
  const noGap = clusterCountChart({ ...curve, gap: none, gapError: none }, FOLDER);
  assert.match(said(noGap), /not measured/);
  assertReadable(noGap);
  const noSilhouette = clusterCountChart({ ...curve, silhouette: none }, FOLDER);
  assert.equal(noSilhouette.title, "The silhouette was not measured at any number of clusters");
  assertReadable(noSilhouette);
  assert.equal(
    clusterCountChart({ ...curve, silhouette: none, gap: none }, FOLDER).title,
    "No number of clusters could be measured",
  );
});

Deno.test("clusterCountChart() refuses columns that do not fit and k that does not rise", () => {
  const curve = countCurve(0.21);
  assert.throws(() => clusterCountChart({ ...curve, gap: new Float64Array(2) }, FOLDER), {
    name: "RangeError",
    message: "Cannot draw cluster counts as gap must have one value a k (29): got 2",
  });
  assert.throws(() => clusterCountChart({ ...curve, k: curve.k.toReversed() }, FOLDER), {
    name: "RangeError",
    message: "Cannot draw cluster counts as k must rise: got 29 after 30",
  });
});

Deno.test("methodComparisonChart() counts the methods that beat noise of all that were tried", () => {
  const rows = methodRows(7, 0.12);
  const figure = methodComparisonChart(rows, FOLDER);
  assert.equal(
    figure.title,
    "3 of 7 methods beat noise out of sample after adjusting for 7 tries; most coherent is Ward on √(2(1 − ρ)) with 0.12 (null up to 0.02)",
  );
  // a dot, and the key's
  assert.equal(marks(figure, "circle", `fill="${BLUE}"`), 3 + 1);
  assert.equal(marks(figure, "rect", `fill="${NULL_GREY}"`), 6 + 1);
  assert.match(said(figure), /above all of null, p 0\.020/);
  assert.match(said(figure), /0\.72 noise 0\.17/);
  assert.match(said(figure), /0\.12 in 8 of 8 windows/);
  const crowded = methodComparisonChart(
    rows.map((row) => ({ ...row, percentile: 0.995, adjustedP: 0.0001, nAbove: 10, nTrials: 12 })),
    FOLDER,
  );
  assert.match(said(crowded), /above 99\.5% of null, p <0\.001/);
  assert.match(said(crowded), /in 10 of 12 windows/);
  assertReadable(crowded);
  assert.match(said(figure), /1 method could not be measured out of sample and counts as tried/);
  assert.equal(methodComparisonChart(rows.toReversed(), FOLDER).svg, figure.svg);
  assert.equal(
    methodComparisonChart(methodRows(3, 0.02), FOLDER).title,
    "None of 3 methods beats noise out of sample after adjusting for 3 tries; the most coherent, Ward on √(2(1 − ρ)), reaches 0.020 (null up to 0.022)",
  );
  assert.equal(
    methodComparisonChart(
      rows.map((row) => ({ ...row, coherence: NaN, verdict: "not measured" })),
      FOLDER,
    ).title,
    "None of 7 methods could be measured out of sample",
  );
});

Deno.test("methodComparisonChart() refuses more windows above the null than were measured", () => {
  const [first] = methodRows(1, 0.1);
  assert.throws(() => methodComparisonChart([{ ...first!, nAbove: 9, nTrials: 8 }], FOLDER), {
    name: "RangeError",
    message:
      'Cannot draw "Ward on √(2(1 − ρ))" as its windows above the null must be some of those measured: got 9 of 8',
  });
});

Deno.test("recoveryChart() names the best method with its range, or says that none is above chance", () => {
  assert.equal(
    recoveryChart(recoveryRows(6, 4, 0.95), SIMULATED).title,
    "Ward on √(2(1 − ρ)) recovers the planted clusters best: ARI from 0.95 at the least noise to 0.32 at the most",
  );
  assert.equal(
    recoveryChart(recoveryRows(6, 4, 0.05), SIMULATED).title,
    "No method recovers the planted clusters better than chance; the best, Ward on √(2(1 − ρ)), has ARI from 0.05 at the least noise to 0.02 at the most",
  );
  assert.equal(
    recoveryChart(recoveryRows(2, 3, NaN), SIMULATED).title,
    "Recovery was measured for none of 2 methods",
  );
  const rows = recoveryRows(5, 3, 0.9);
  assert.equal(
    recoveryChart(rows.toReversed(), SIMULATED).svg,
    recoveryChart(rows, SIMULATED).svg,
  );
});

Deno.test("recoveryChart() refuses an index above 1 and two rows at one level", () => {
  const [first] = recoveryRows(1, 1, 0.9);
  assert.throws(() => recoveryChart([{ ...first!, ari: 92 }], SIMULATED), {
    name: "RangeError",
    message:
      'Cannot draw recovery of "Ward on √(2(1 − ρ))" as its index must be in [-1, 1] or NaN: got 92',
  });
  assert.throws(() => recoveryChart([first!, first!], SIMULATED), {
    name: "RangeError",
    message:
      'Cannot draw recovery of "Ward on √(2(1 − ρ))" as it must have one row a level: got two at level 0',
  });
});

Deno.test("charts of evidence draw values whose null or interval is not measured", () => {
  const noNull = { nullLow: NaN, nullMid: NaN, nullHigh: NaN };
  const bins = new Float64Array(40).fill(NaN), ks = new Float64Array(29).fill(NaN);
  const figures = [
    representationChart(
      representations(3, 0.03).map((row) => ({ ...row, nullMeanAbs: new Float64Array(0) })),
      FOLDER,
    ),
    correlationSpreadChart({
      ...spreadOf(900, 3),
      nullLow: bins,
      nullMid: bins,
      nullHigh: bins,
      nullTail: new Float64Array(0),
    }, FOLDER),
    persistenceChart(
      persistenceRows(2, 5, 0.2).map((row) => ({ ...row, ...noNull, ciLow: NaN, percentile: NaN })),
      FOLDER,
    ),
    clusterCountChart(
      { ...countCurve(0.2), nullLow: ks, nullMid: ks, nullHigh: ks, gapError: ks },
      FOLDER,
    ),
    methodComparisonChart(
      methodRows(4, 0.1).map((row) => ({
        ...row,
        ...noNull,
        coherenceLow: NaN,
        nAbove: 0,
        nTrials: 0,
        adjustedP: NaN,
      })),
      FOLDER,
    ),
    recoveryChart(recoveryRows(3, 3, 0.9).map((row) => ({ ...row, low: NaN })), FOLDER),
  ];
  for (const figure of figures) assertReadable(figure);
  assert.match(said(figures[0]!), /No representation could be compared with its null/);
  assert.match(said(figures[2]!), /null not measured/);
  assert.match(said(figures[4]!), /no interval/);
});

Deno.test("persistenceChart() and correlationSpreadChart() give the same picture of the same values", () => {
  const rows = persistenceRows(3, 9, 0.1);
  assert.equal(
    persistenceChart(rows.toReversed(), FOLDER).svg,
    persistenceChart(rows, FOLDER).svg,
  );
  const spread = spreadOf(21_840, 3);
  assert.equal(
    correlationSpreadChart({ ...spread, nullTail: spread.nullTail.toReversed() }, FOLDER).svg,
    correlationSpreadChart(spread, FOLDER).svg,
  );
});
