import assert from "node:assert/strict";
import type { ChartContext } from "lib/charts/chart_context.ts";
import { contractDriftChart } from "lib/charts/contract_drift.ts";
import { longshotCurveChart } from "lib/charts/longshot_curve.ts";
import { assertPictures } from "./assert_pictures.ts";
import { assertReadable, marks, said } from "./readable.ts";
import { FOLDER, SIMULATED } from "./synthetic.ts";
import { driftCharts, madeDrift, madeLongshots } from "./synthetic_drift.ts";

const BLUE = "#276fd7";

// Pinned, not golden: pictures as they were when somebody last looked at. After looking again, renew with
//   BASKETRY_UPDATE_SNAPSHOTS=1 deno test -A tests/charts/drift_charts_test.ts
const SNAPSHOTS = new URL("./snapshots/", import.meta.url);

for (const { name, svg } of driftCharts({ nBars: 12, nBins: 8, size: 3 }, SIMULATED)) {
  Deno.test(`${name} looks as it did`, async () => {
    const file = new URL(`${name}.svg.snapshot`, SNAPSHOTS);
    const lines = svg.replaceAll("><", ">\n<") + "\n";
    if (Deno.env.get("BASKETRY_UPDATE_SNAPSHOTS") === "1") await Deno.writeTextFile(file, lines);
    assert.equal(lines, await Deno.readTextFile(file));
  });
}

for (const nBars of [0, 1, 12, 40, 70]) {
  for (const size of [0, 3, 60]) {
    const nBins = Math.min(nBars, 8);
    for (
      const figure of driftCharts(
        { nBars, nBins, size: Math.min(size, 10) },
        size === 0 ? FOLDER : SIMULATED,
      )
    ) {
      Deno.test(`${figure.name} of ${nBars} bins, size ${size}, has readable text without overlaps`, () => {
        assertReadable(figure);
        assert.ok(figure.svg.length < 300_000, `${figure.svg.length} bytes`);
        assert.ok(figure.alt.startsWith(figure.title) || nBars === 0, figure.alt);
      });
    }
  }
}

Deno.test("charts of drift say what is missing instead of drawing an axis", () => {
  const [drift, longshots] = driftCharts({ nBars: 0, nBins: 0, size: 0 }, FOLDER);
  assert.match(drift!.title, /^No contract was quoted for more than a week/);
  assert.match(said(drift!), /no contracts with prices over more than a week/);
  assert.match(longshots!.title, /^No contract has a price and a payout/);
});

Deno.test("contractDriftChart() says in its title whether contracts drift, with numbers", () => {
  assert.equal(
    contractDriftChart(madeDrift(12, 3), FOLDER).title,
    "Held from a week after listing to settlement, contracts drift by −0.06 pp a day " +
      "[−0.10 to −0.02]; sampling only open ones says −0.11 [−0.14 to −0.08]",
  );
  assert.equal(
    contractDriftChart(madeDrift(12, 0), FOLDER).title,
    "Held from a week after listing to settlement, contracts drift by 0.000 pp a day " +
      "[−0.040 to 0.040], not to be told from none; sampling only open ones says −0.050 [−0.080 to −0.020]",
  );
  const view = madeDrift(3, 3);
  const few = { ...view, whole: { ...view.whole, low: NaN, high: NaN, active: NaN } };
  assert.equal(
    contractDriftChart(few, FOLDER).title,
    "Held from a week after listing to settlement, contracts are of too few events to tell their " +
      "drift; none is still open",
  );
});

Deno.test("contractDriftChart() fills what stands and turns what lies far out into arrows", () => {
  const view = madeDrift(12, 3);
  const { svg } = contractDriftChart(view, FOLDER);
  // everything and four of twelve bins, and the key
  assert.equal(svg.match(new RegExp(`<circle [^>]*fill="${BLUE}"`, "g"))?.length, 6);
  const far = {
    ...view,
    bars: [{ ...view.bars[0]!, drift: -9, low: -11, high: -7 }, ...view.bars.slice(1)],
  };
  const chart = contractDriftChart(far, FOLDER);
  assert.equal(chart.svg.match(/rotate\(-90\)/g)?.length, 1);
  assert.match(said(chart), /−9\.00/);
  assertReadable(chart);
});

Deno.test("contractDriftChart() describes the bins that stand and no others", () => {
  const view = madeDrift(6, 3);
  const bars = view.bars.map((bar, k) => ({ ...bar, qValue: k === 1 ? 0.01 : 0.6 }));
  const { alt, title } = contractDriftChart({ ...view, bars }, FOLDER);
  assert.equal(alt.split(";").length, title.split(";").length);
  assert.ok(alt.includes(`, ${bars[1]!.name}: `), alt);
  const none = bars.map((bar) => ({ ...bar, qValue: 0.6 }));
  assert.match(contractDriftChart({ ...view, bars: none }, FOLDER).alt, /\. No bin stands\.$/);
});

Deno.test("longshotCurveChart() says in its title which way prices are off", () => {
  const titles = [0.15, 0, -0.03, -0.15].map((slope) =>
    longshotCurveChart(madeLongshots(8, slope), FOLDER).title
  );
  assert.deepEqual(titles, [
    "Long shots cost too much by 3 of 3 rules: slope +0.15 [0.09 to 0.21] (first of each month, " +
    "p 0.012); 4 of 8 bins off the diagonal, by chance 0.4",
    "No favourite–longshot bias stands over 3 rules: slope 0.00 [−0.06 to 0.06] (first of each " +
    "month, p 0.600); 0 of 8 bins off the diagonal, by chance 0.4",
    "No favourite–longshot bias stands over 3 rules, if anything the reverse: slope −0.03 [−0.09 to " +
    "0.03] (first of each month, p 0.600); 0 of 8 bins off the diagonal, by chance 0.4",
    "The reverse of a favourite–longshot bias by 3 of 3 rules: slope −0.15 [−0.21 to −0.09] (first " +
    "of each month, p 0.012); 5 of 8 bins off the diagonal, by chance 0.4",
  ]);
});

Deno.test("longshotCurveChart() draws a dot a bin, filled where it is off the diagonal", () => {
  // four of eight bins, and the key
  const chart = longshotCurveChart(madeLongshots(8, 0.15), FOLDER);
  assert.equal(marks(chart, "circle", `fill="${BLUE}"`), 5);
  assert.match(said(chart), /7 days before settlement \(looks ahead\) \+1\.3/);
});

Deno.test("longshotCurveChart() names no unit of a slope that was not measured", () => {
  const view = madeLongshots(1, 0), unknown = { value: NaN, low: NaN, high: NaN, pValue: NaN };
  const slopes = view.verdict.slopes.map((one) => ({ ...one, slope: unknown, holmPValue: NaN }));
  const verdict = { ...view.verdict, slopes, finding: "unknown" as const, surest: null };
  const chart = longshotCurveChart({ ...view, verdict }, FOLDER);
  assert.match(chart.title, /^Too few events to tell whether prices are fair; /);
  assert.match(said(chart), /a point of price: first of each month not measured; 7 days/);
});

Deno.test("longshotCurveChart() refuses a price in percent", () => {
  const view = madeLongshots(3, 0);
  const wrong = { ...view, bins: [{ ...view.bins[0]!, meanPrice: 97 }] };
  assert.throws(() => longshotCurveChart(wrong, FOLDER), {
    name: "RangeError",
    message: "Cannot draw prices against payouts as both must be in [0, 1]: got 97",
  });
});

Deno.test("charts of drift become pictures that are not blank, with ids of their own", () => {
  assertPictures(driftCharts({ nBars: 12, nBins: 8, size: 3 }, SIMULATED));
});

Deno.test("charts of drift draw hostile text as text", () => {
  const hostile = `</text><script>alert("&")</script>\u202e\u0000 ${"W".repeat(90)}`;
  const context: ChartContext = { ...FOLDER, source: { kind: "folder", label: hostile } };
  const view = madeDrift(6, 3), longshots = madeLongshots(8, 0);
  for (
    const figure of [
      contractDriftChart(
        { ...view, bars: view.bars.map((bar) => ({ ...bar, group: hostile, name: hostile })) },
        context,
      ),
      longshotCurveChart({
        ...{ ...longshots, rule: hostile },
        others: longshots.others.map((one) => ({ ...one, rule: hostile })),
      }, context),
    ]
  ) {
    assert.doesNotMatch(figure.svg, /<script|\u202e/, figure.name);
    assert.ok(!figure.svg.includes("\u0000"), figure.name);
    assert.match(figure.svg, /&lt;script&gt;/, figure.name);
    assertReadable(figure);
  }
});

Deno.test("charts of drift leave what they were given as it was, and draw the same bytes again", () => {
  const view = Object.freeze(madeDrift(12, 3)), longshots = Object.freeze(madeLongshots(8, 0.1));
  Object.freeze(view.bars);
  Object.freeze(longshots.bins);
  const first = [contractDriftChart(view, FOLDER).svg, longshotCurveChart(longshots, FOLDER).svg];
  driftCharts({ nBars: 40, nBins: 4, size: 1 }, SIMULATED);
  assert.deepEqual([
    contractDriftChart(view, FOLDER).svg,
    longshotCurveChart(longshots, FOLDER).svg,
  ], first);
});
