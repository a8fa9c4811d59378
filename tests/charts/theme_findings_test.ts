import assert from "node:assert/strict";
import type { ChartContext } from "lib/charts/chart_context.ts";
import { confidenceCalibrationChart } from "lib/charts/confidence_calibration.ts";
import { type AgreementCell, themeAgreementChart } from "lib/charts/theme_agreement.ts";
import { confusionChart, type ThemeConfusion } from "lib/charts/theme_confusion.ts";
import { themeDisagreementsChart } from "lib/charts/theme_disagreements.ts";
import { tint } from "lib/charts/theme_hues.ts";
import { sequentialColour } from "lib/charts/palette.ts";
import { themeSizesChart } from "lib/charts/theme_sizes.ts";
import { assertReadable, levelBoxes, marks, said, slantedBoxes } from "./readable.ts";
import { FOLDER, SIMULATED } from "./synthetic.ts";
import {
  calibrationOf,
  confusionOf,
  disagreements,
  disagreementTotals,
  themeAgreement,
  THEMES,
  wilson,
} from "./synthetic_themes.ts";

const BLUE = "#276fd7", INK = "#1b1e23";
const theme = (id: string) => THEMES.find((other) => other.id === id)!;
const size = (id: string | null, nContracts: number, nEvents: number) => ({
  theme: id === null ? null : theme(id),
  nEvents,
  nContracts,
  nPriced: nContracts >> 1,
  meanConfidence: 0.81,
});

Deno.test("themeSizesChart() names the largest theme and counts the filled ones for baskets", () => {
  const rows = [size("crypto", 30, 5), size("middle_east", 10, 4), size("sports", 60, 20)];
  assert.equal(
    themeSizesChart(rows, FOLDER).title,
    "Sports holds 60% of the contracts; 1 of 2 themes for baskets has 5 events or more",
  );
  assert.equal(
    themeSizesChart([...rows, size(null, 300, 9)], FOLDER, { minEvents: 6 }).title,
    "No theme fits 75% of the contracts; none of 2 themes for baskets has 6 events or more",
  );
  assert.equal(
    themeSizesChart([size("sports", 3, 1)], FOLDER).title,
    "Sports holds all contracts; no theme is meant for baskets",
  );
});

Deno.test("themeSizesChart() sorts by size, excluded themes and no theme below", () => {
  const rows = [
    size(null, 300, 9),
    size("sports", 60, 20),
    size("middle_east", 10, 4),
    size("crypto", 30, 5),
  ];
  const names = ["Crypto Assets", "Middle East", "Left out of baskets", "Sports", "No theme fits"];
  const boxes = levelBoxes(themeSizesChart(rows, FOLDER).svg);
  const tops = names.map((name) => boxes.find(({ text }) => text === name)!.top);
  assert.deepEqual(tops, tops.toSorted((a, b) => a - b));
  assert.match(said(themeSizesChart(rows, FOLDER)), /30 · 8% 10 · 3% 60 · 15% 300 · 75%/);
});

Deno.test("themeSizesChart() draws a bar for contracts and one for priced ones in the theme's hue", () => {
  const figure = themeSizesChart([size("us_elections", 30, 5), size("crypto", 10, 0)], FOLDER);
  assert.equal(marks(figure, "rect", `fill="${BLUE}"`), 1);
  assert.equal(marks(figure, "rect", `fill="${tint(BLUE, 0.35)}"`), 1);
  assert.equal(marks(figure, "rect", 'fill="#cf8303"'), 1);
  assert.doesNotMatch(figure.svg, /log scale/);
  const wide = themeSizesChart([size("us_elections", 3000, 5), size("crypto", 10, 1)], FOLDER);
  assert.match(said(wide), /Count, log scale/);
  assert.match(said(wide), /and events; log scale/);
});

Deno.test("themeSizesChart() refuses counts and confidences that cannot be", () => {
  const row = size("crypto", 10, 4);
  assert.throws(() => themeSizesChart([{ ...row, nPriced: 11 }], FOLDER), {
    name: "RangeError",
    message:
      'Cannot draw the size of theme "crypto" as its counts must be whole and no more priced than there are contracts: got 4 events, 10 contracts, 11 priced',
  });
  assert.throws(() => themeSizesChart([{ ...row, meanConfidence: 81 }], FOLDER), {
    name: "RangeError",
    message: 'Cannot draw the confidence of theme "crypto" as it must be in [0, 1] or NaN: got 81',
  });
  assert.throws(() => themeSizesChart([row, row], FOLDER), {
    name: "RangeError",
    message: 'Cannot draw theme sizes as a theme must have one row: got two of "crypto"',
  });
  assert.throws(
    () => themeSizesChart([{ ...row, theme: { ...theme("crypto"), hue: "teal" } }], FOLDER),
    { name: "RangeError", message: /^Cannot colour theme "crypto" .* got "teal"$/ },
  );
});

const cell = (clusterId: number, theme: string | null, n: number, q = 0.5): AgreementCell => ({
  clusterId,
  clusterLabel: `cluster ${clusterId}`,
  clusterSize: 10,
  stability: 0.8,
  theme,
  n,
  q,
});
const measure = (name: string, value: number, pValue: number) => ({
  name,
  value,
  nullP05: -0.02,
  nullMedian: 0,
  nullP95: 0.02,
  percentile: 1 - pValue,
  pValue,
});

Deno.test("themeAgreementChart() says how far clusters agree with themes, then whether beyond chance", () => {
  const cells = [cell(0, "crypto", 10), cell(1, "sports", 10)];
  const title = (...measures: ReturnType<typeof measure>[]) =>
    themeAgreementChart({ cells, themes: THEMES, measures }, FOLDER).title;
  assert.equal(
    title(measure("ARI", 0.04, 0.002)),
    "Clusters hardly agree with themes: ARI 0.04 of 1, beyond chance (p 0.002)",
  );
  assert.equal(
    title(measure("ARI", 0.213, 0.002)),
    "Clusters partly agree with themes: ARI 0.21 of 1, beyond chance (p 0.002)",
  );
  assert.equal(
    title({ ...measure("ARI", 0.83, 0.001), percentile: 1 }),
    "Clusters largely agree with themes: ARI 0.83 of 1, beyond chance (p ≤ 0.001)",
  );
  assert.equal(
    title(measure("ARI", 0.011, 0.4), measure("AMI", 0.01, 0.3)),
    "Clusters agree with themes no more than chance: ARI 0.01 of 1 (p 0.400)",
  );
  assert.equal(
    title(measure("ARI", 0.213, 0.0001), measure("AMI", 0.01, 0.3)),
    "Clusters partly agree with themes: ARI 0.21 of 1, beyond chance (p < 0.001); 1 of 2 measures lie beyond chance",
  );
  const unknown = "How far clusters agree with themes is not measured";
  assert.equal(title(), unknown);
  assert.equal(title(measure("ARI", NaN, NaN)), unknown);
});

Deno.test("themeAgreementChart() says whose clusters they are and how much they hold", () => {
  const cells = [cell(0, "crypto", 10), cell(1, "sports", 10)];
  const measures = [measure("ARI", 0.83, 0.002)];
  const draw = (nPlaced: number, unplacedValue = 0.165) =>
    themeAgreementChart({
      ...{ cells, themes: THEMES, measures },
      witness: { text: "HDBSCAN places some", nPlaced, nStudied: 100, unplacedValue },
    }, FOLDER);
  assert.match(said(draw(51)), /HDBSCAN places some\. Events of each cluster by theme/);
  assert.match(draw(51).title, /^Clusters largely agree with themes: /);
  assert.equal(
    draw(50).title,
    "Clusters of 50 of 100 events largely agree with themes: ARI 0.83 of 1, beyond chance (p 0.002); over all events 0.17",
  );
  assert.doesNotMatch(draw(50, NaN).title, /over all/);
});

Deno.test("themeAgreementChart() compares nothing of one cluster or one theme", () => {
  const measures = [measure("ARI", 1, 1)];
  const draw = (...cells: AgreementCell[]) =>
    themeAgreementChart({ cells, themes: THEMES, measures }, FOLDER);
  const cases: [AgreementCell[], string][] = [
    [[cell(0, "crypto", 10)], "all events that have both are in one cluster"],
    [
      [cell(0, "crypto", 6), cell(0, "sports", 4), cell(1, null, 10)],
      "all events that have both are in one cluster",
    ],
    [[cell(0, "crypto", 10), cell(1, "crypto", 10)], "all events that have both are of one theme"],
    [[cell(0, null, 10)], "no event of a cluster has a theme"],
  ];
  for (const [cells, why] of cases) {
    const figure = draw(...cells);
    assert.equal(figure.title, `Clusters and themes cannot be compared: ${why}`);
    assert.doesNotMatch(figure.svg, /<circle/);
    assertReadable(figure);
  }
});

Deno.test("themeAgreementChart() takes shares of the events that have a theme, and counts the others", () => {
  const cells = [cell(0, "crypto", 6), cell(0, null, 4), cell(1, "sports", 10)];
  const words = said(themeAgreementChart({ cells, themes: THEMES, measures: [] }, FOLDER));
  assert.match(words, /n\s=\s20 events, 16 with a theme, in 2 clusters\./);
  assert.match(words, /Events that no theme fits are in no share/);
  assert.match(words, /Share of those with a theme/);
  const alone = { ...cell(2, "crypto", 6), clusterSize: 6 };
  const fill = (cells: AgreementCell[]) =>
    marks(
      themeAgreementChart({ cells, themes: THEMES, measures: [] }, FOLDER),
      "rect",
      `fill="${sequentialColour(1)}"`,
    );
  // all of those with a theme is as dark as all
  assert.equal(fill(cells), fill([alone, cell(1, "sports", 10)]));
  const whole = said(
    themeAgreementChart(
      { cells: [alone, cell(1, "sports", 10)], themes: THEMES, measures: [] },
      FOLDER,
    ),
  );
  assert.doesNotMatch(whole, /with a theme|no theme fits/);
});

Deno.test("themeAgreementChart() says that agreement is planted in a simulated universe", () => {
  const cells = [cell(0, "crypto", 10), cell(1, "sports", 10)];
  const draw = (context: ChartContext) =>
    said(themeAgreementChart({ cells, themes: THEMES, measures: [] }, context));
  assert.match(draw(SIMULATED), /themes and common drivers are planted together/);
  assert.doesNotMatch(draw(FOLDER), /planted/);
});

Deno.test("themeAgreementChart() outlines cells beyond chance and draws no empty cell", () => {
  const cells = [
    cell(0, "crypto", 6, 0.05),
    cell(0, "sports", 4, 0.051),
    cell(0, "trade", 0, 1),
    cell(1, null, 10, NaN),
  ];
  const figure = themeAgreementChart({ cells, themes: THEMES, measures: [] }, FOLDER);
  const outlined = marks(figure, "rect", `stroke-width="1.75"[^>]*stroke="${INK}"`);
  assert.equal(outlined, 2, "one of the key, one of the map");
  const words = said(figure);
  assert.match(words, / 6 .*4 /);
  assert.equal(slantedBoxes(figure.svg).length, THEMES.length + 1);
  assert.doesNotMatch(figure.svg, /<circle/);
});

Deno.test("themeAgreementChart() keeps clusters of one dominant theme together", () => {
  const cells = [
    cell(0, "sports", 9),
    cell(1, "crypto", 6),
    cell(2, "sports", 7),
    cell(3, "crypto", 8),
  ];
  const { svg } = themeAgreementChart({ cells, themes: THEMES, measures: [] }, FOLDER);
  const rows = levelBoxes(svg).filter(({ text }) => /^cluster \d$/.test(text))
    .sort((a, b) => a.top - b.top);
  assert.deepEqual(rows.map(({ text }) => text), [
    "cluster 3",
    "cluster 1",
    "cluster 0",
    "cluster 2",
  ]);
});

Deno.test("themeAgreementChart() draws the 30 largest clusters and says how many are left out", () => {
  const rowsOf = (n: number) => {
    const figure = themeAgreementChart(themeAgreement(n, 1), FOLDER);
    return levelBoxes(figure.svg).filter(({ text }) => /^C\d+ /.test(text)).length;
  };
  assert.deepEqual([1, 20, 30, 120].map(rowsOf), [1, 20, 30, 30]);
  const words = said(themeAgreementChart(themeAgreement(120, 1), FOLDER));
  assert.match(
    words,
    /The 30 largest clusters are drawn; 90 smaller clusters are left out of the map/,
  );
  assert.doesNotMatch(
    said(themeAgreementChart(themeAgreement(30, 1), FOLDER)),
    /left out of the map/,
  );
});

Deno.test("themeAgreementChart() keeps the 20 themes with most events and says so", () => {
  const themes = Array.from(
    { length: 23 },
    (_, k) => ({ ...THEMES[0]!, id: `t${k}`, short: `T${k}` }),
  );
  const cells = themes.slice(2).map(({ id }, k) => ({ ...cell(k, id, 1 + k % 9) }));
  const figure = themeAgreementChart({ cells, themes, measures: [] }, FOLDER);
  const drawn = slantedBoxes(figure.svg).map(({ text }) => text);
  assert.equal(drawn.length, 20);
  assert.ok(!drawn.includes("T0") && !drawn.includes("T1") && drawn.includes("T22"));
  assert.match(said(figure), /3 themes with the fewest events are not drawn/);
});

Deno.test("themeAgreementChart() refuses cells that do not fit their clusters", () => {
  const draw = (...cells: AgreementCell[]) => () =>
    themeAgreementChart({ cells, themes: THEMES, measures: [] }, FOLDER);
  assert.throws(draw(cell(0, "knitting", 1)), {
    name: "RangeError",
    message: 'Cannot draw cluster 0 as its themes must be listed: got "knitting"',
  });
  assert.throws(draw(cell(4, "crypto", 6), cell(4, "sports", 5)), {
    name: "RangeError",
    message:
      "Cannot draw cluster 4 as its cells must be whole and add up to its 10 events at most: got 11",
  });
  assert.throws(draw(cell(4, null, 3), cell(4, null, 5)), {
    name: "RangeError",
    message: 'Cannot draw cluster 4 as each theme must have one cell: got two of "null"',
  });
  assert.throws(
    () =>
      themeAgreementChart({
        cells: [],
        themes: THEMES,
        measures: [{ ...measure("ARI", 0.2, 0), percentile: 97 }],
      }, FOLDER),
    { name: "RangeError", message: /got 97 \(ARI\)$/ },
  );
});

Deno.test("confidenceCalibrationChart() tells honest from over- and underconfident", () => {
  const title = (n: number, gap: number, deff = 1) =>
    confidenceCalibrationChart(calibrationOf(n, gap, deff), FOLDER).title;
  assert.match(
    title(1200, 0),
    /^Confidence is honest: the lexical classifier says 84% and is right 84% of the time \(82% to 86%\)$/,
  );
  assert.match(
    title(20_000, 0.06),
    /^The lexical classifier is overconfident by 6 points: it says 84% and is right 78\.\d% of the time \(/,
  );
  assert.match(
    title(20_000, -0.03),
    /^The lexical classifier is underconfident by 3 points: it says 84%/,
  );
  assert.match(
    title(60, 0),
    /^60 events of 15 wordings do not show confidence to be wrong: the lexical classifier says/,
  );
  // the same gap is no finding where events of one wording go together
  assert.match(
    title(20_000, 0.06, 400),
    /events of 5,000 wordings do not show confidence to be wrong: the lexical classifier says 84%/,
  );
});

Deno.test("confidenceCalibrationChart() does not call bins honest whose errors cancel", () => {
  const bin = (from: number, meanConfidence: number, right: number) => ({
    from,
    to: from + 0.2,
    ...{ n: 1000, effectiveN: 1000 },
    meanConfidence,
    accuracy: right / 1000,
    ...wilson(right, 1000),
  });
  const { low, high } = wilson(2400, 3000);
  const figure = confidenceCalibrationChart({
    bins: [bin(0.4, 0.6, 700), bin(0.6, 0.8, 800), bin(0.8, 1, 900)],
    n: 3000,
    ece: 0.0667,
    accuracy: 0.8,
    accuracyLow: low,
    accuracyHigh: high,
    nWordings: 300,
    classifier: "lexical classifier",
    labels: "reference labels",
  }, FOLDER);
  assert.equal(
    figure.title,
    "The lexical classifier’s confidence is honest on average only: 2 of 3 bins lie outside chance, expected calibration error 7 points",
  );
  assert.equal(marks(figure, "circle", `fill="${BLUE}"`), 3, "two bins and the key");
  assert.equal(marks(figure, "rect", 'fill="#c9cdd3"'), 4, "three bands and the key");
  assert.match(
    said(figure),
    /against reference labels\. n\s=\s3,000 events of 300 wordings\. Accuracy 80\.0% \(78\.\d% to 81\.\d%\)/,
  );
});

Deno.test("confidenceCalibrationChart() does not hide a bin outside chance behind an honest average", () => {
  const { bins, ...calibration } = calibrationOf(1200, 0);
  const shifted = bins.map((bin) =>
    bin.from === 0.5 ? { ...bin, accuracy: 0.9, ...wilson(0.9 * bin.n, bin.n) } : bin
  );
  assert.match(
    confidenceCalibrationChart({ ...calibration, bins: shifted }, FOLDER).title,
    /^Confidence is honest on average: the lexical classifier says 84% and is right 84% of the time \(82% to 86%\); 1 of 8 bins lies outside chance$/,
  );
});

Deno.test("confidenceCalibrationChart() calls a bin outside chance only where its interval excludes its confidence", () => {
  const blue = (deff: number) => {
    const calibration = calibrationOf(2000, 0.06, deff);
    const outside =
      calibration.bins.filter(({ n, low, high, meanConfidence }) =>
        n > 0 && (meanConfidence < low || meanConfidence > high)
      ).length;
    const drawn = marks(
      confidenceCalibrationChart(calibration, FOLDER),
      "circle",
      `fill="${BLUE}"`,
    );
    assert.equal(drawn, outside + 1, "the key has one, too");
    return outside;
  };
  assert.ok(blue(1) > 2);
  assert.equal(blue(60), 0);
});

Deno.test("confidenceCalibrationChart() draws no empty bin and writes n above each bar", () => {
  const calibration = calibrationOf(1200, 0);
  const figure = confidenceCalibrationChart(calibration, FOLDER);
  const filled = calibration.bins.filter(({ n }) => n > 0);
  assert.equal(marks(figure, "circle", 'stroke-width="1.75"'), filled.length + 1);
  const words = levelBoxes(figure.svg).map(({ text }) => text);
  for (const { n } of filled) assert.ok(words.includes(String(n)), String(n));
  assert.ok(!words.includes("0"));
});

Deno.test("confidenceCalibrationChart() has an axis of counts where bins are too narrow for them", () => {
  const ends = [0.5, 0.8, 0.9, 0.99, 0.995, 1];
  const bins = ends.slice(1).map((to, i) => {
    const from = ends[i]!, n = 1_234, right = Math.round(n * (from + to) / 2);
    return {
      from,
      to,
      n,
      effectiveN: n,
      meanConfidence: (from + to) / 2,
      accuracy: right / n,
      ...wilson(right, n),
    };
  });
  const n = 5 * 1_234;
  const right = bins.reduce((sum, bin) => sum + bin.n * bin.accuracy, 0);
  const { low, high } = wilson(right, n);
  const figure = confidenceCalibrationChart({
    bins,
    n,
    ece: 0.001,
    accuracy: right / n,
    accuracyLow: low,
    accuracyHigh: high,
    nWordings: n,
    classifier: "lexical classifier",
    labels: "reference labels",
  }, FOLDER);
  assertReadable(figure);
  const texts = levelBoxes(figure.svg).map(({ text }) => text);
  assert.equal(texts.filter((text) => text === "1,234").length, 3);
  assert.ok(texts.includes("0") && texts.includes("1,500"), `${texts}`);
});

Deno.test("confidenceCalibrationChart() without labels says so instead of drawing", () => {
  const figure = confidenceCalibrationChart(calibrationOf(0, 0), FOLDER);
  assert.match(said(figure), /No labels: audit sheets are not filled in yet/);
  assert.match(figure.title, /^Without labels nobody knows/);
  assert.doesNotMatch(figure.svg, /<circle/);
});

Deno.test("confidenceCalibrationChart() refuses bins and shares that cannot be", () => {
  const calibration = calibrationOf(600, 0);
  const bins = calibration.bins.filter(({ n }) => n > 0);
  assert.throws(() => confidenceCalibrationChart({ ...calibration, n: 7 }, FOLDER), {
    name: "RangeError",
    message:
      `Cannot draw a calibration as the counts of its bins must add up to n: got ${calibration.n} and 7`,
  });
  assert.throws(
    () => confidenceCalibrationChart({ ...calibration, bins: bins.toReversed() }, FOLDER),
    {
      name: "RangeError",
      message:
        "Cannot draw a calibration as its bins must be ascending within [0, 1]: got 0.8 to 0.9",
    },
  );
  assert.throws(() => confidenceCalibrationChart({ ...calibration, accuracy: 84 }, FOLDER), {
    name: "RangeError",
    message: "Cannot draw a calibration as its shares must be in [0, 1]: got 84",
  });
  const { n } = calibration;
  assert.throws(() => confidenceCalibrationChart({ ...calibration, nWordings: n + 1 }, FOLDER), {
    name: "RangeError",
    message: `Cannot draw a calibration as its ${n} events must have 1 to ${n} wordings: got ${
      n + 1
    }`,
  });
  const [first, ...others] = bins;
  const beyond = [{ ...first!, effectiveN: 0 }, ...others];
  assert.throws(() => confidenceCalibrationChart({ ...calibration, bins: beyond }, FOLDER), {
    name: "RangeError",
    message:
      `Cannot draw a calibration as the effective n of a bin must be above 0 and at most its n: got 0 of ${
        first!.n
      }`,
  });
});

Deno.test("themeDisagreementsChart() says how many differ and who decides", () => {
  const rows = disagreements(3, 0);
  const none = { nNamed: 0, nSilentReview: 0 };
  const title = (nOverridden: number, nReview: number, silent: Partial<typeof none> = {}) =>
    themeDisagreementsChart(
      rows,
      { nBoth: 210, nDisagree: 34, nOverridden, nReview, ...none, ...silent },
      FOLDER,
    ).title;
  assert.equal(
    title(0, 0),
    "Words and prices disagree on 34 of 210 events; prices overrule none of them",
  );
  assert.equal(
    title(5, 1),
    "Words and prices disagree on 34 of 210 events; prices overrule 5 of them, 1 waits for a person",
  );
  assert.equal(
    title(5, 29, { nNamed: 2, nSilentReview: 3 }),
    "Words and prices disagree on 34 of 210 events; prices overrule 5 of them, 29 wait for a person; prices name 2 that words leave open; 3 without a theme by words wait for a person",
  );
  const agree = themeDisagreementsChart([], {
    nBoth: 210,
    nDisagree: 0,
    nOverridden: 0,
    nReview: 0,
    ...none,
  }, FOLDER);
  assert.equal(agree.title, "Words and prices agree wherever both speak: 210 events");
  assert.match(said(agree), /Words and prices agree wherever both speak/);
});

Deno.test("themeDisagreementsChart() lists what prices name although words and prices never disagree", () => {
  const row = { ...disagreements(1, 0)[0]!, wordsTheme: null, clusterTheme: theme("crypto") };
  const totals = { nBoth: 0, nDisagree: 0, nOverridden: 0, nReview: 0 };
  const figure = themeDisagreementsChart(
    [{ ...row, nOthers: 12, rule: "prices name" }, { ...row, rule: "review" }],
    { ...totals, nNamed: 1, nSilentReview: 1 },
    FOLDER,
  );
  assert.equal(
    figure.title,
    "No event has both a theme by words and one by prices; prices name 1 that words leave open; 1 without a theme by words waits for a person",
  );
  const words = said(figure);
  assert.match(words, /Uncategorized/);
  assert.match(words, /% of\s12, q/);
  assert.match(words, /prices name .*a person/);
  assertReadable(figure);
});

Deno.test("themeDisagreementsChart() draws 20 rows with two chips each and says how many are left", () => {
  const rows = disagreements(34, 1);
  const figure = themeDisagreementsChart(rows, disagreementTotals(rows), FOLDER);
  assert.equal(marks(figure, "rect", 'width="11"'), 40);
  assert.match(said(figure), /14 more events are not drawn/);
  const few = themeDisagreementsChart(
    rows.slice(0, 4),
    disagreementTotals(rows.slice(0, 4)),
    FOLDER,
  );
  assert.equal(marks(few, "rect", 'width="11"'), 8);
  assert.doesNotMatch(said(few), /not drawn/);
});

Deno.test("themeDisagreementsChart() colours both witnesses' themes and clips a long title", () => {
  const row = disagreements(1, 0)[0]!;
  const figure = themeDisagreementsChart(
    [{ ...row, title: "Wow ".repeat(60), wordsTheme: theme("crypto"), clusterTheme: null }],
    { nBoth: 1, nDisagree: 1, nOverridden: 0, nReview: 1, nNamed: 0, nSilentReview: 0 },
    FOLDER,
  );
  assert.equal(marks(figure, "rect", 'fill="#cf8303"'), 1);
  assert.match(said(figure), /Wow W… .*Crypto .*Uncategorized/);
});

Deno.test("themeDisagreementsChart() refuses totals that do not contain each other", () => {
  const rows = disagreements(2, 0);
  const draw = (nDisagree: number, nReview: number) => () =>
    themeDisagreementsChart(
      rows,
      { nBoth: 5, nDisagree, nOverridden: 1, nReview, nNamed: 0, nSilentReview: 0 },
      FOLDER,
    );
  assert.throws(draw(6, 0), {
    name: "RangeError",
    message:
      "Cannot draw disagreements as their totals must be whole and contain each other: got 5 compared, 6 different, 1 overruled, 0 to review, 0 named, 0 named in doubt",
  });
  assert.throws(draw(3, 3), {
    name: "RangeError",
    message: /1 overruled, 3 to review, 0 named, 0 named in doubt$/,
  });
  assert.throws(draw(1, 0), {
    name: "RangeError",
    message: "Cannot draw disagreements as there must be no more rows than the total: got 2 and 1",
  });
});

/** Two themes of 100 events each, `right` of each found. */
function twoThemes(right: number): ThemeConfusion {
  const { low, high } = wilson(2 * right, 200);
  return {
    reference: [theme("crypto"), theme("trade")],
    ours: [theme("crypto"), theme("trade"), null],
    counts: [[right, 100 - right, 0], [90 - right, right, 10]],
    accuracy: right / 100,
    accuracyLow: low,
    accuracyHigh: high,
    macroF1: 0.8,
    ...{ nWordings: 40, effectiveN: 123.4, classifier: "lexical classifier" },
    labels: "audit verdicts",
  };
}

Deno.test("confusionChart() says the accuracy where it beats one constant answer, and where not", () => {
  assert.equal(
    confusionChart(twoThemes(80), FOLDER).title,
    "The lexical classifier is right on 80% of 200 events (74% to 85%), macro-F1 0.80",
  );
  assert.equal(
    confusionChart({ ...twoThemes(52), noun: "contract" }, FOLDER).title,
    "The lexical classifier does not beat one constant answer: right on 52% of 200 contracts (45% to 59%), macro-F1 0.80; always saying Crypto is right for 50%",
  );
});

Deno.test("confusionChart() outlines the diagonal, names the labels and the commonest confusions", () => {
  const figure = confusionChart(twoThemes(80), FOLDER);
  assert.equal(
    marks(figure, "rect", `stroke-width="1.75"[^>]*stroke="${INK}"`),
    3,
    "two and the key",
  );
  const words = said(figure);
  assert.match(words, /Rows: audit verdicts; columns: themes by the lexical classifier\./);
  assert.match(words, /n\s=\s200 events of 40 wordings\./);
  assert.match(words, /Wilson’s, 95%, at an effective n of 123: titles of one wording/);
  const few = confusionChart({ ...twoThemes(80), effectiveN: 3.26 }, FOLDER);
  assert.match(said(few), /at an effective n of 3\.3:/);
  assert.match(
    words,
    /Most often confused: Crypto as Trade \(20\), Trade as Crypto \(10\), Trade as Uncategorized \(10\)\./,
  );
  assert.match(words, /Right of those called so, %/);
  // precision 80 of 90, 80 of 100 and none of 10
  for (const foot of ["89", "80", "0"]) {
    assert.ok(levelBoxes(figure.svg).some(({ text }) => text === foot));
  }
});

Deno.test("confusionChart() draws 17 reference themes by 18 of ours with every count", () => {
  const confusion = confusionOf(17, 0.85);
  const figure = confusionChart(confusion, FOLDER);
  assert.equal(slantedBoxes(figure.svg).length, 18);
  const texts = levelBoxes(figure.svg).map(({ text }) => text);
  const counts = confusion.counts.flatMap((row) => Array.from(row)).filter((n) =>
    n > 0 && n < 1000
  );
  assert.ok(counts.length > 100);
  for (const n of counts) assert.ok(texts.includes(String(n)), String(n));
  assert.match(said(figure), /Grey rows: no event of the theme in the reference/);
});

Deno.test("confusionChart() refuses counts of other themes, parts of events and too many themes", () => {
  const confusion = twoThemes(80);
  assert.throws(() => confusionChart({ ...confusion, counts: [[1, 2, 3]] }, FOLDER), {
    name: "RangeError",
    message: "Cannot draw a confusion matrix as its counts must be 2 rows of 3: got 1 of 3",
  });
  assert.throws(
    () => confusionChart({ ...confusion, counts: [[1.5, 2, 3], [1, 2, 3]] }, FOLDER),
    {
      name: "RangeError",
      message: "Cannot draw a confusion matrix as its counts must be whole: got 1.5",
    },
  );
  assert.throws(() => confusionChart({ ...confusion, accuracyLow: NaN }, FOLDER), {
    name: "RangeError",
    message: "Cannot draw a confusion matrix as its shares must be in [0, 1]: got NaN",
  });
  assert.throws(() => confusionChart({ ...confusion, effectiveN: 201 }, FOLDER), {
    name: "RangeError",
    message:
      "Cannot draw a confusion matrix as its wordings and its effective n must be above 0 and at most n, 200: got 40 and 201",
  });
  const many = Array.from({ length: 21 }, (_, k) => ({ ...THEMES[0]!, id: `t${k}` }));
  assert.throws(() => confusionChart({ ...confusion, reference: many }, FOLDER), {
    name: "RangeError",
    message:
      "Cannot draw a confusion matrix as its cells must be readable, with 20 themes a side at most: got 21 and 3",
  });
});
