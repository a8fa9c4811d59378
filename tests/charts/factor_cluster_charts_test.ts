import assert from "node:assert/strict";
import { exposureSignsChart } from "lib/charts/exposure_signs.ts";
import { factorClusterEvidenceChart } from "lib/charts/factor_cluster_evidence.ts";
import { factorClusterProfilesChart } from "lib/charts/factor_cluster_profiles.ts";
import type { Figure } from "lib/charts/figure.ts";
import { contrast } from "lib/charts/palette.ts";
import { assertPictures } from "./assert_pictures.ts";
import { FOLDER, SIMULATED } from "./synthetic.ts";
import {
  clusterEvidence,
  factorClusterCharts,
  GLOBAL,
  profiles,
  signs,
} from "./synthetic_factor_clusters.ts";
import { overlaps, textBoxes } from "./text_boxes.ts";

/** Texts that are turned, with their place, angle and words. */
const TURNED =
  /<text transform="translate\(([-\d.]+),([-\d.]+)\) rotate\((-\d+)\)"[^>]*>([^<]*)<\/text>/g;

/** Fails where turned texts of one line of them are nearer to each other than they are high. */
function assertTurned(svg: string): void {
  const turned = [...svg.matchAll(TURNED)].map(([, x, y, angle]) => ({
    ...{ x: Number(x), y: Number(y), slope: Math.sin(-Number(angle) * Math.PI / 180) },
  }));
  turned.forEach((one, i) => {
    const next = turned[i + 1];
    if (next === undefined || next.y !== one.y) return;
    assert.ok((next.x - one.x) * one.slope >= 10.5 * 0.93, `${one.x} ${next.x}`);
  });
}

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
  assert.deepEqual(overlaps(textBoxes(svg.replace(TURNED, ""))), [], name);
  assertTurned(svg);
  assert.doesNotMatch(svg, /NaN|Infinity|undefined/, name);
  assert.ok(svg.length < 300_000, `${name}: ${svg.length} bytes`);
}

/** Elements `name` with this attribute, on themselves or on the group that holds them. */
function marks({ svg }: Figure, name: string, attribute: string): number {
  const groups = svg.match(new RegExp(`<g [^>]*${attribute}[^>]*>(?:(?!</g>).)*</g>`, "gs")) ?? [];
  const grouped = groups.join("").match(new RegExp(`<${name} `, "g"))?.length ?? 0;
  return grouped + (svg.match(new RegExp(`<${name} [^>]*${attribute}`, "g"))?.length ?? 0);
}

for (const n of [0, 1, 3, 8, 40]) {
  for (const lift of [0, 1]) {
    for (const figure of factorClusterCharts(n, lift, lift === 0 ? SIMULATED : FOLDER)) {
      Deno.test(`${figure.name} of ${n} rows, lift ${lift}, has readable text without overlaps`, () => {
        assertReadable(figure);
        assert.ok(figure.alt.startsWith(figure.title) || n === 0, figure.alt);
      });
    }
  }
}

Deno.test("factorClusterProfilesChart() of 41 factors in eight groups is readable", () => {
  assertReadable(factorClusterProfilesChart(profiles(8, 1, GLOBAL), SIMULATED));
});

Deno.test("charts of factor clusters over nothing say what is missing instead of drawing an axis", () => {
  const messages = factorClusterCharts(0, 0, FOLDER).map(({ svg }) =>
    textBoxes(svg).find((box) => box.size === 14)?.text
  );
  assert.deepEqual(messages, [
    "no factor clusters",
    "no factor clusters measured",
    "no events with a score and a loading",
  ]);
});

Deno.test("charts of factor clusters become pictures that are not blank, with ids of their own", () => {
  assertPictures(factorClusterCharts(8, 1, SIMULATED));
});

Deno.test("factorClusterProfilesChart() says which clusters load on anything, and what the largest is", () => {
  const title = (of: ReturnType<typeof profiles>) => factorClusterProfilesChart(of, FOLDER).title;
  assert.equal(
    title(profiles(8, 1)),
    "4 of 8 factor clusters load on a factor more than noise does; the largest, 44% of contracts, does not",
  );
  assert.equal(
    title(profiles(8, 0)),
    "No factor cluster of 8 loads on a factor more than noise does; the largest holds 44% of contracts",
  );
  assert.equal(
    title({ ...profiles(8, 0), nShifts: 0, percentile: NaN }),
    "Whether 8 factor clusters load on anything is open: no null was measured",
  );
  const one = profiles(2, 1);
  assert.equal(
    title({ ...one, clusters: one.clusters.slice(1), nContracts: 230 }),
    "1 of 1 factor cluster loads on a factor more than noise does; the largest, 50% of contracts, is +SPY −^TNX +DX-Y.NYB",
  );
});

Deno.test("factorClusterProfilesChart() draws a full colour and a number only for a mean that is told from noise", () => {
  const view = profiles(8, 1);
  const nTold = view.clusters.flatMap(({ isDistinguishable }) => isDistinguishable).filter((x) =>
    x
  );
  const figure = factorClusterProfilesChart(view, FOLDER);
  const written = textBoxes(figure.svg).filter(({ text }) => /^−?0\.\d{3}$/.test(text));
  // the two ends of the legend are written likewise
  assert.equal(written.length, nTold.length + 2);
  // nothing is told: every cell of the map is pale, that of an unknown mean grey
  const [first, ...rest] = profiles(8, 0).clusters;
  const means = first!.means.with(0, NaN).with(1, 0.9);
  const pale = factorClusterProfilesChart({
    ...profiles(8, 0),
    clusters: [{ ...first!, means }, ...rest],
  }, FOLDER);
  assert.equal(marks(pale, "rect", 'fill="#f2f3f5"'), 1);
  const fills = [...pale.svg.matchAll(/<rect [^>]*fill="(#[0-9a-f]{6})"/g)].map(([, fill]) =>
    fill!
  );
  const darkest = Math.max(...fills.map((fill) => contrast(fill, "#ffffff")));
  assert.ok(darkest > 1.5 && darkest < 2.5, String(darkest));
  const numbers = textBoxes(pale.svg).filter(({ text }) => /^−?0\.\d+$/.test(text));
  assert.deepEqual(numbers.map(({ text }) => text), ["−0.90", "0.90"]);
});

Deno.test("factorClusterProfilesChart() draws the factors of a group side by side, with their means", () => {
  const view = profiles(8, 1), back = [8, 3, 5, 0, 2, 7, 1, 6, 4];
  const mixed = factorClusterProfilesChart({
    ...view,
    factors: back.map((f) => view.factors[f]!),
    clusters: view.clusters.map((cluster) => ({
      ...cluster,
      means: back.map((f) => cluster.means[f]!),
      isDistinguishable: back.map((f) => cluster.isDistinguishable[f]!),
    })),
  }, FOLDER);
  const placed = (text: string) => textBoxes(mixed.svg).find((box) => box.text === text)!;
  assert.equal(textBoxes(mixed.svg).filter(({ text }) => text === "rates").length, 1);
  const order = ["^VIX", "^IRX", "^TNX", "TLT", "GLD", "USO", "SPY", "BTC-USD", "DX-Y.NYB"];
  const lefts = order.map((symbol) => placed(symbol).left);
  assert.deepEqual(lefts, [...lefts].sort((a, b) => a - b));
  const values = (svg: string) =>
    textBoxes(svg).flatMap(({ text }) => /^−?0\.\d{3}$/.test(text) ? [text] : []).sort();
  assert.deepEqual(values(mixed.svg), values(factorClusterProfilesChart(view, FOLDER).svg));
});

Deno.test("factorClusterEvidenceChart() says whether any method separates better than noise", () => {
  const title = (n: number, lift: number) =>
    factorClusterEvidenceChart(clusterEvidence(n, lift), FOLDER).title;
  assert.equal(
    title(6, 1),
    "Factor clusters are better separated than noise by 5 of 5 methods: k-means on loadings (the seed’s) has silhouette 0.55 against 0.50 of shifted moves",
  );
  assert.equal(
    title(6, 0),
    "Factor clusters are no better separated than noise by any of 5 methods: k-means on loadings (the seed’s) has silhouette 0.50 against 0.50 of shifted moves",
  );
  const empty = factorClusterEvidenceChart({ ...clusterEvidence(6, 1), nContracts: 0 }, FOLDER);
  assert.equal(empty.title, "No contracts were divided by their loadings");
  assert.equal(empty.alt, "Nothing is drawn: there is no contract to divide.");
  const { methods, ...rest } = clusterEvidence(6, 1);
  const none = methods.map((row) => ({ ...row, silhouette: NaN, nullPercentile: NaN }));
  assert.equal(
    factorClusterEvidenceChart({ ...rest, methods: none }, FOLDER).title,
    "No method divides the contracts by their loadings",
  );
  const open = methods.map((row) => ({ ...row, nullPercentile: NaN, nShifts: 0 }));
  assert.equal(
    factorClusterEvidenceChart({ ...rest, methods: open }, FOLDER).title,
    "Whether factor clusters are more than noise is open: no null was measured",
  );
});

Deno.test("factorClusterEvidenceChart() draws a band, a dot and a standing for each method and period", () => {
  const figure = factorClusterEvidenceChart(clusterEvidence(6, 1), FOLDER);
  // five methods and five pairs are measured; the key has a band and a dot of its own
  assert.equal(marks(figure, "rect", 'fill="#c9cdd3"'), 5 + 5 + 1);
  assert.equal(marks(figure, "circle", 'fill="#276fd7"'), 5 + 5 + 1);
  const said = textBoxes(figure.svg).map(({ text }) => text).join(" ");
  assert.equal(said.match(/above all 40 shifts/g)?.length, 5);
  assert.match(said, /beyond chance in 5 of 5 pairs/);
  const alone = factorClusterEvidenceChart({ ...clusterEvidence(6, 1), periods: [] }, FOLDER);
  assert.match(alone.svg, /Clusters of two periods were not/);
  assertReadable(alone);
});

Deno.test("exposureSignsChart() says whether prices have the sign that words say", () => {
  const chart = (lift: number) => exposureSignsChart(signs(7, lift), FOLDER);
  assert.equal(
    chart(1).title.replaceAll("\u00a0", " "),
    "On average over 210 events, 72% of an event’s loadings (65% to 79%) have the sign that words say, more than the 51% of chance (p ≤ 0.001)",
  );
  assert.equal(
    chart(0).title.replaceAll("\u00a0", " "),
    "On average over 210 events, 52% of an event’s loadings (45% to 59%) have the sign that words say, no more than chance gives (51%, p 0.410)",
  );
  const view = signs(7, 0);
  const blind = view.agreements.map((row) => ({
    ...row,
    permuted: { ...row.permuted, pValue: NaN, percentile: NaN, low: NaN, mid: NaN, high: NaN },
  }));
  assert.match(
    exposureSignsChart({ ...view, agreements: blind }, FOLDER).title,
    /210 events, 52% of .+ \(45% to 59%\) have the sign that words say; no null was measured$/,
  );
});

Deno.test("exposureSignsChart() puts all factors first, then by share, the unmeasured last", () => {
  const boxes = textBoxes(exposureSignsChart(signs(7, 1), FOLDER).svg);
  const names = ["All factors", "rates", "dollar", "equity", "gold", "oil", "volatility", "crypto"];
  const tops = names.map((name) => boxes.find(({ text }) => text === name)!.top);
  assert.deepEqual(tops, [...tops].sort((a, b) => a - b));
});

Deno.test("charts of factor clusters keep hostile text in its place", () => {
  const hostile = `<script>alert(1)</script> \u202e]]> & "é" ${"long ".repeat(40)}`;
  const { clusters, factors, ...rest } = profiles(3, 1);
  const view = clusterEvidence(3, 1), words = signs(3, 1);
  for (
    const figure of [
      factorClusterProfilesChart({
        ...rest,
        method: hostile,
        clusters: clusters.map((cluster) => ({ ...cluster, name: hostile })),
        factors: factors.map((factor) => ({ ...factor, symbol: hostile, group: hostile })),
      }, FOLDER),
      factorClusterEvidenceChart({
        ...view,
        methods: view.methods.map((row) => ({ ...row, name: hostile })),
        periods: view.periods.map((row) => ({ ...row, from: hostile })),
      }, FOLDER),
      exposureSignsChart({
        ...words,
        agreements: words.agreements.map((row) => ({ ...row, symbol: hostile })),
      }, FOLDER),
    ]
  ) {
    assert.doesNotMatch(figure.svg, /<script|\u202e|]]>/);
    assertReadable(figure);
  }
});

Deno.test("charts of factor clusters refuse means of another length and percentages for shares", () => {
  const view = profiles(2, 1);
  const short = view.clusters.map((cluster) => ({ ...cluster, name: "x", means: [1] }));
  assert.throws(() => factorClusterProfilesChart({ ...view, clusters: short }, FOLDER), {
    name: "RangeError",
    message: 'Cannot draw cluster "x" as it must have one mean for each of 9 factors: got 1',
  });
  assert.throws(() => factorClusterProfilesChart({ ...view, percentile: 97 }, FOLDER), {
    name: "RangeError",
    message: "Cannot draw a percentile as it must be in [0, 1] or NaN: got 97 (silhouette)",
  });
});
