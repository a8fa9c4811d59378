import assert from "node:assert/strict";
import { type LoadingsHeatMap, loadingsHeatMapChart } from "lib/charts/loadings_heat_map.ts";
import { r2NullChart } from "lib/charts/r2_null.ts";
import type { Figure } from "lib/charts/figure.ts";
import { assertPictures } from "./assert_pictures.ts";
import { assertReadable, said } from "./readable.ts";
import { FOLDER, SIMULATED } from "./synthetic.ts";
import { loadingsView, r2PanelOf, r2View } from "./synthetic_factors.ts";
import { textBoxes } from "./text_boxes.ts";

const UPRIGHT = /<text [^>]*rotate\(-90\)[^>]*>[^<]*<\/text>/g;

/** Readable where level; upright names stay apart and within the picture. */
function assertLegible(figure: Figure): void {
  assertReadable({ ...figure, svg: figure.svg.replace(UPRIGHT, "") });
  // as they would stand if they were level
  const upright = textBoxes(figure.svg).filter(({ text }) => isUpright(figure, text));
  upright.forEach(({ text, size, left, right, bottom }, k) => {
    assert.ok(size >= 10, text);
    const next = upright[k + 1];
    assert.ok(next === undefined || next.left - left >= size, `"${text}" and "${next?.text}"`);
    assert.ok(bottom - (right - left) > 0, `"${text}" is cut`);
  });
}

function isUpright({ svg }: Figure, text: string): boolean {
  return (svg.match(UPRIGHT) ?? []).some((one) => one.includes(`>${text}<`));
}

/** Filled squares of the map: those of the diverging colours that are outlined. */
function outlined({ svg }: Figure): number {
  const groups = svg.match(
    /<g [^>]*fill="none"[^>]*stroke-width="0.75"[^>]*>(?:(?!<\/g>).)*<\/g>/gs,
  );
  return (groups ?? []).join("").match(/<rect /g)?.length ?? 0;
}

for (const set of ["us", "global"] as const) {
  for (
    const [n, found] of [[0, 0], [1, 0], [1, 1], [3, 0.2], [40, 0.1], [300, 0.05], [
      300,
      0,
    ]] as const
  ) {
    Deno.test(`loadingsHeatMapChart() of ${n} contracts and the set ${set}, ${found} found, is legible`, () => {
      const figure = loadingsHeatMapChart(
        loadingsView(n, { set, found }),
        n === 3 ? SIMULATED : FOLDER,
      );
      assertLegible(figure);
      assert.ok(figure.svg.length < 300_000, `${figure.svg.length} bytes`);
      assert.ok(n === 0 || figure.alt.startsWith(figure.title));
    });
  }
}

for (const nPanels of [1, 2, 3]) {
  for (const [n, lift] of [[0, 0], [1, 0], [40, 0], [2205, 0.03], [300, 0.4]] as const) {
    Deno.test(`r2NullChart() of ${n} contracts in ${nPanels} panels, ${lift} above the null, is legible`, () => {
      const figure = r2NullChart(r2View(n, { lift, nPanels }), n === 40 ? SIMULATED : FOLDER);
      assertLegible(figure);
      assert.ok(figure.svg.length < 300_000, `${figure.svg.length} bytes`);
    });
  }
}

/** One contract with these loadings, of which those named survive. */
function view(
  beta: readonly number[],
  found: readonly number[],
  rest: Partial<LoadingsHeatMap> = {},
): LoadingsHeatMap {
  const isDiscovery = Uint8Array.from(beta, (_, f) => found.includes(f) ? 1 : 0);
  return {
    factors: beta.map((_, f) => ({ symbol: `F${f}`, group: f < 2 ? "rates" : "FX" })),
    rows: [{
      ...{ marketId: "poly:1", title: "Will it rain?", hue: "blue", leastQ: 0.01 },
      ...{ beta: Float64Array.from(beta), isDiscovery },
    }],
    ...{ nTests: beta.length, nDiscoveries: found.length, nNull: 0.4, rate: 0.05 },
    pValues: Float64Array.from(beta, (_, f) => (f + 1) / (beta.length + 1)),
    ...{ unit: "log-odds", coverage: "", ...rest },
  };
}

Deno.test("loadingsHeatMapChart() counts what survives, beside what shifted moves give", () => {
  const title = (...given: Parameters<typeof view>) =>
    loadingsHeatMapChart(view(...given), FOLDER).title;
  const four = [0.1, -0.2, 0.3, 0.01];
  assert.equal(
    title(four, [1, 2]),
    "2 of 4 loadings survive a false discovery rate of 5%; shifted moves give 0.4",
  );
  assert.equal(
    title(four, [1], { nNull: 3 }),
    "1 of 4 loadings survives a false discovery rate of 5%, no more than shifted moves give (3)",
  );
  assert.equal(
    title(four, [1], { nNull: NaN }),
    "1 of 4 loadings survives a false discovery rate of 5%; what shifted moves give was not measured",
  );
  assert.equal(
    title(four, [], { nTests: 90_405, rate: 0.1, nNull: 0 }),
    "No loading of 90,405 survives a false discovery rate of 10%; shifted moves give 0",
  );
  assert.equal(
    title(four, [], { nNull: NaN }),
    "No loading of 4 survives a false discovery rate of 5%",
  );
});

Deno.test("loadingsHeatMapChart() colours what survives and nothing else, contracts with the least q first", () => {
  const data = loadingsView(120);
  const figure = loadingsHeatMapChart(data, FOLDER);
  const found = data.rows.filter(({ isDiscovery }) => isDiscovery.includes(1))
    .toSorted((a, b) => a.leastQ - b.leastQ);
  const shown = found.slice(0, 40);
  assert.equal(
    outlined(figure),
    shown.reduce((sum, { isDiscovery }) => sum + isDiscovery.filter((one) => one === 1).length, 0),
  );
  assert.ok(data.nDiscoveries > outlined(figure));
  assert.match(
    said(figure),
    new RegExp(
      `${found.length - 40} contracts with less evidence and ${120 - found.length} contracts of`,
    ),
  );
  const tops = textBoxes(figure.svg).filter(({ text }) => /^(Will|Bitcoin|Recession)/.test(text));
  assert.equal(tops.length, 40);
  const one = loadingsHeatMapChart(view([0.1, -0.2, 0.3, 0.01], [1, 2]), FOLDER);
  assert.equal(outlined(one), 2);
  assert.match(one.alt, /Will it rain\?: F2 \+0\.300, F1 −0\.200\.$/);
  assert.doesNotMatch(said(one), /not drawn/);
});

Deno.test("loadingsHeatMapChart() keeps factors of a group together and joins names that have no room", () => {
  const { factors, rows, ...rest } = view([0.1, 0.2, 0.3], [0]);
  const mixed = factors.map((one, f) => ({ ...one, group: f === 1 ? "FX" : "rates" }));
  const figure = loadingsHeatMapChart({ ...rest, rows, factors: mixed }, FOLDER);
  const boxes = textBoxes(figure.svg),
    left = (name: string) => boxes.find(({ text }) => text === name)!.left;
  assert.ok(left("F0") < left("F2") && left("F2") < left("F1"));
  assert.equal(boxes.filter(({ text }) => text === "rates").length, 1);
  assert.match(
    said(loadingsHeatMapChart(loadingsView(40), FOLDER)),
    /commodities · crypto · volatility/,
  );
});

Deno.test("loadingsHeatMapChart() breaks a long title into two lines instead of cutting it", () => {
  const made = view([0.1, -0.2, 0.3, 0.01], [1]);
  const long = "Will Bitcoin close above $65,000 at the end of the week of January 5?";
  const of = (title: string) =>
    loadingsHeatMapChart({ ...made, rows: made.rows.map((row) => ({ ...row, title })) }, FOLDER);
  const lines = textBoxes(of(long).svg).filter(({ text }) =>
    long.includes(text) && text.length > 9
  );
  assert.equal(lines.map(({ text }) => text).join(" "), long);
  assert.equal(lines.length, 2);
  const height = ({ svg }: Figure) => Number(/^<svg [^>]*height="(\d+)"/.exec(svg)![1]);
  assert.equal(height(of(long)) - height(of("Short")), 13);
});

Deno.test("loadingsHeatMapChart() draws p-values against chance where nothing survives", () => {
  const figure = loadingsHeatMapChart(loadingsView(300, { found: 0 }), FOLDER);
  const nDots = figure.svg.match(/<circle /g)!.length;
  assert.ok(nDots > 60 && nDots < 300, String(nDots));
  assert.match(said(figure), /what chance gives survives below, at 5% .*p-value \(log scale\)/);
  const few = loadingsHeatMapChart(
    view([0.1, 0.2, NaN], [], { pValues: Float64Array.of(0.5, NaN, 0.02) }),
    FOLDER,
  );
  // one more in the key
  assert.equal(few.svg.match(/<circle /g)!.length, 2 + 1);
  assert.match(few.alt, /The smallest of 3 p-values is 0\.020\./);
});

Deno.test("r2NullChart() says what factors explain, what shifted dates do, and what is left out of sample", () => {
  const title = (...panels: Parameters<typeof r2PanelOf>[]) =>
    r2NullChart({
      ...{ model: "Ridge on 41 factors", nullName: "shifts" },
      panels: panels.map((one) => r2PanelOf(...one)),
    }, FOLDER).title;
  const within = ["in sample", [0.4, 0.485, 0.5], [0.4, 0.455, 0.6]] as const;
  assert.equal(
    title([...within], ["out of sample", [-4, -3, -5], [-4, -1, -9]]),
    "Ridge on 41 factors explains 0.485 of the median contract’s variance, shifted dates 0.455; out of sample nothing",
  );
  assert.equal(
    title([...within], ["out of sample", [0.1, 0.2, 0.3], [-0.1, 0, 0.1]]),
    "Ridge on 41 factors explains 0.485 of the median contract’s variance, shifted dates 0.455; out of sample 0.200, shifted dates 0.000",
  );
  assert.match(
    title([...within], ["out of sample", [-0.1, -0.2, 0.3], [-0.1, -0.2, -0.4]]),
    /; out of sample nothing of the median one, though 67% exceed 95% of the null$/,
  );
  assert.match(title(["in sample", [0.485], []]), /variance, and no null was measured beside it$/);
  assert.match(title(["in sample", [0.4551], [0.4549]]), /explains 0\.4551 of .* dates 0\.4549$/);
  assert.equal(
    title(["adjusted", [0.02], [0.01]]),
    "Ridge on 41 factors has a median adjusted R² of 0.020, shifted dates 0.010",
  );
});

Deno.test("r2NullChart() writes medians, the share above the null, what is not estimable and what lies below", () => {
  const words = said(r2NullChart(r2View(300), FOLDER));
  assert.match(words, /median 0\.\d{3} .*null 0\.4\d{2} .*above its 95th percentile/);
  assert.match(words, /Adjusted for the number of factors: not estimable for 30 contracts\./);
  assert.match(words, /≤ −\d/);
  assert.match(words, /A first bin marked ≤ also holds everything below it\./);
  const tame = said(
    r2NullChart(
      { ...r2View(0), panels: [r2PanelOf("out of sample", [-0.5, 0.1], [-0.9, 0])] },
      FOLDER,
    ),
  );
  assert.doesNotMatch(tame, /≤/);
  const none = said(r2NullChart({
    ...r2View(0),
    panels: [r2PanelOf("in sample", [0.4], [0.3]), r2PanelOf("adjusted", [NaN], [NaN])],
  }, FOLDER));
  assert.match(
    none,
    /not estimable .*Adjusted for the number of factors: not estimable for 1 contract\./,
  );
});

Deno.test("r2NullChart() draws as much of the contracts as of the null", () => {
  const { svg } = r2NullChart({
    ...r2View(0),
    panels: [r2PanelOf("in sample", [0.1, 0.5, 0.9], Array.from({ length: 500 }, () => 0.5))],
  }, FOLDER);
  const bars = (fill: string) =>
    [...svg.matchAll(new RegExp(`<g [^>]*fill="${fill}"[^>]*>((?:<rect [^>]*/>)+)</g>`, "g"))]
      .flatMap(([, rects]) => [...rects!.matchAll(/ height="([\d.]+)" width="([\d.]+)"/g)])
      .map(([, height, width]) => Number(height) * Number(width));
  const own = bars("#276fd7"), noise = bars("#c9cdd3").slice(-1);
  assert.equal(own.length, 3);
  const area = (list: number[]) => list.reduce((sum, one) => sum + one, 0);
  assert.ok(Math.abs(area(own) / area(noise) - 1) < 0.01, `${own} ${noise}`);
});

Deno.test("charts of factors show words of strangers as text", () => {
  const hostile = `</text><script>alert("1")</script> & \u202E\u0000${"x".repeat(300)}`;
  const { rows, ...rest } = view([0.1, 0.2], [0]);
  const map = loadingsHeatMapChart({
    ...rest,
    rows: [{ ...rows[0]!, title: hostile }],
    coverage: hostile,
  }, FOLDER);
  const panel = {
    ...r2PanelOf("in sample", [0.4], [0.3]),
    title: hostile,
    note: hostile,
    unit: hostile,
    second: { name: hostile, values: Float64Array.of(0.35) },
  };
  const histogram = r2NullChart({ model: hostile, nullName: hostile, panels: [panel] }, FOLDER);
  for (const figure of [map, histogram]) {
    assertLegible(figure);
    assert.ok(["<script", "\u202E", "\u0000"].every((part) => !figure.svg.includes(part)));
    assert.match(figure.svg, /&lt;script&gt;/);
  }
});

Deno.test("charts of factors are the same bytes when drawn again, and pictures that share no id", () => {
  const draw = () => [
    loadingsHeatMapChart(loadingsView(40), SIMULATED),
    r2NullChart(r2View(40), SIMULATED),
  ];
  const first = draw();
  loadingsHeatMapChart(loadingsView(3, { found: 0 }), FOLDER);
  assert.deepEqual(draw().map(({ svg }) => svg), first.map(({ svg }) => svg));
  assertPictures(first);
  assertPictures([loadingsHeatMapChart(loadingsView(40, { found: 0 }), FOLDER)]);
});

Deno.test("charts of factors of nothing say what is missing", () => {
  const messages = [
    loadingsHeatMapChart(loadingsView(0), FOLDER),
    r2NullChart(r2View(0), FOLDER),
    r2NullChart({ ...r2View(0), panels: [] }, FOLDER),
  ].map(({ svg }) => textBoxes(svg).find(({ size }) => size === 14)?.text);
  assert.deepEqual(new Set(messages), new Set(["no contracts with enough sessions"]));
});

Deno.test("charts of factors refuse what does not fit", () => {
  const { rows, ...rest } = view([0.1, 0.2], [0]);
  const row = rows[0]!;
  assert.throws(
    () => loadingsHeatMapChart({ ...rest, rows: [{ ...row, beta: Float64Array.of(1) }] }, FOLDER),
    {
      name: "RangeError",
      message:
        'Cannot draw the loadings of "poly:1" as it must have one for each of 2 factors: got 1',
    },
  );
  assert.throws(() => loadingsHeatMapChart({ ...rest, rows, nDiscoveries: 7 }, FOLDER), {
    name: "RangeError",
    message: "Cannot draw loadings as the rows must hold all 7 discoveries: got 1",
  });
  const twice = [r2PanelOf("adjusted", [0.1], []), r2PanelOf("adjusted", [0.1], [])];
  assert.throws(() => r2NullChart({ ...r2View(0), panels: twice }, FOLDER), {
    name: "RangeError",
    message:
      "Cannot draw R² as there must be up to three panels, each of another kind: got adjusted, adjusted",
  });
});
