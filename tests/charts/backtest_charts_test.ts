import assert from "node:assert/strict";
import { attributionChart } from "lib/charts/attribution.ts";
import type { ChartContext } from "lib/charts/chart_context.ts";
import { drawdownChart } from "lib/charts/method_drawdown.ts";
import { methodNavChart } from "lib/charts/method_nav.ts";
import { turnoverChart } from "lib/charts/turnover.ts";
import { assertPictures } from "./assert_pictures.ts";
import { assertReadable, said } from "./readable.ts";
import { FOLDER, SIMULATED } from "./synthetic.ts";
import {
  attributionOf,
  backtestCharts,
  LIMITS,
  methodNavs,
  turnoverRows,
} from "./synthetic_backtest.ts";
import { textBoxes } from "./text_boxes.ts";

for (const n of [0, 1, 2, 3, 4, 14, 60]) {
  for (const nDays of [0, 1, 2, 45, 800, 3000]) {
    Deno.test(`charts of replays of ${n} methods over ${nDays} days have readable text without overlaps`, () => {
      for (const figure of backtestCharts(n, nDays, nDays === 800 ? SIMULATED : FOLDER)) {
        assertReadable(figure);
        assert.ok(figure.svg.length < 300_000, `${figure.name}: ${figure.svg.length} bytes`);
        assert.match(
          figure.svg,
          /<title id="[a-z_]+-title">[^<]+<\/title><desc [^>]+>[^<]+<\/desc>/,
        );
        const isDrawn = !figure.alt.startsWith("Nothing is drawn");
        assert.ok(!isDrawn || figure.alt.startsWith(figure.title), figure.alt);
      }
    });
  }
}

Deno.test("charts of replays stay readable where every line is grey, has no value, or is one", () => {
  const navs = methodNavs(14, 300);
  const nothing = new Float64Array(300).fill(NaN);
  const some = (isMain: boolean, nav = (k: number) => navs.series[k]!.nav) => ({
    ...navs,
    series: navs.series.map((method, k) => ({ ...method, isMain, nav: nav(k) })),
  });
  for (
    const data of [
      some(false),
      some(true),
      some(true, () => navs.cash),
      some(true, (k) => k % 3 === 0 ? nothing : navs.series[k]!.nav),
      some(true, (k) => Float64Array.from(navs.cash, (_, i) => i > 9 * k ? 0 : 100)),
      { ...navs, tbill: null, band: null },
      {
        ...navs,
        cash: nothing,
        tbill: nothing,
        band: { low: nothing, mid: nothing, high: nothing },
      },
    ]
  ) {
    for (const figure of [methodNavChart(data, FOLDER), drawdownChart(data, FOLDER)]) {
      assertReadable(figure);
      assert.ok(figure.svg.length < 300_000, `${figure.name}: ${figure.svg.length} bytes`);
    }
  }
});

Deno.test("charts of replays stay readable for large, small and absent amounts", () => {
  for (const level of [0, 1e-6, 1e-3, 1, 300]) {
    for (const lift of [-2, 0, 2]) {
      for (const n of [1, 3, 14]) {
        assertReadable(attributionChart(attributionOf(n, level, lift), FOLDER));
      }
    }
  }
  const one = { drift: 0, resolution: -99, spread: 0, fees: 0, rolls: 0, cash: 0, change: -99 };
  assertReadable(attributionChart({ ...attributionOf(0), ...one, nContracts: 3 }, FOLDER));
  for (const level of [0, 0.01, 1]) {
    assertReadable(turnoverChart(turnoverRows(14, 26, level), FOLDER, LIMITS));
  }
  const near = { target: 0.49, unstable: 0.5 };
  assertReadable(turnoverChart(turnoverRows(14, 26), FOLDER, near));
  const rows = turnoverRows(3, 26).map((row, k) => ({ ...row, costPerYear: [NaN, 0, 12][k]! }));
  assertReadable(turnoverChart(rows, FOLDER, { ...LIMITS, by: "trade date" }));
});

Deno.test("charts of nothing replayed say what is missing instead of drawing an axis", () => {
  const empty = backtestCharts(0, 0, FOLDER);
  const messages = empty.map(({ svg }) => textBoxes(svg).find((box) => box.size === 14)?.text);
  assert.deepEqual(messages, [
    "no replayed methods",
    "no replayed methods",
    "no trades after the first purchase",
    "no contracts held",
  ]);
  for (const { svg } of empty) assert.doesNotMatch(svg, /<circle|text-anchor="end"/);
});

Deno.test("charts of replays become pictures that are not blank, with ids of their own", () => {
  assertPictures(backtestCharts(14, 400, SIMULATED));
});

Deno.test("charts of replays say their source, date and checkpoint, and that nobody signed", () => {
  for (const figure of backtestCharts(6, 90, SIMULATED)) {
    assert.match(
      said(figure),
      /As of 2026-02-28 · Checkpoint 01_universe, sha256 3f2a9c01 · .* · Unreviewed/,
      figure.name,
    );
    assert.match(said(figure), /Source: simulated universe, seed 7\./, figure.name);
  }
});

Deno.test("charts of replays draw hostile text as text", () => {
  const hostile = `</text><script>alert("&")</script>\u202e\u0000 ${"W".repeat(90)}`;
  const context: ChartContext = { ...FOLDER, source: { kind: "folder", label: hostile } };
  const named = <T extends { readonly name: string }>(rows: readonly T[]) =>
    rows.map((row) => ({ ...row, name: hostile }));
  const navs = methodNavs(3, 90), attribution = attributionOf(3);
  const data = { ...navs, series: named(navs.series), bandName: hostile, period: hostile };
  const figures = [
    methodNavChart(data, context),
    drawdownChart(data, context),
    turnoverChart(named(turnoverRows(3, 5)), context, LIMITS),
    attributionChart(
      { ...attribution, method: hostile, baskets: named(attribution.baskets) },
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

Deno.test("charts of replays leave what they were given as it was", () => {
  const given = () => [methodNavs(9, 90), turnoverRows(4, 6), attributionOf(14)] as const;
  const [navs, rows, attribution] = given();
  methodNavChart(navs, FOLDER);
  drawdownChart(navs, FOLDER);
  turnoverChart(rows, FOLDER, LIMITS);
  attributionChart(attribution, FOLDER);
  assert.deepEqual([navs, rows, attribution], given());
});
