import assert from "node:assert/strict";
import type { BenchmarkSeries, DataSet } from "lib/core/data_set.ts";
import { dayStartMs, parseDay } from "lib/core/day.ts";
import type { MethodKey } from "lib/decide/method_list.ts";
import { assertReadable } from "../charts/readable.ts";
import { FOLDER } from "../charts/synthetic.ts";
import { dailyCloses, dataSetFixture } from "../fixtures/data_set.ts";
import { analysed, figuresOf, viewsOf } from "./analysed.ts";
import { decisionDays, simulated } from "./replayed.ts";
import { FIRST_DATE, MONTH_ENDS, N_DAYS, twoThemes } from "./two_themes.ts";

const BILLS: BenchmarkSeries = {
  ...{ symbol: "^IRX", kind: "yield" },
  day: Int32Array.of(parseDay("2024-12-01")),
  close: Float64Array.of(4),
};
const NEVER_HELD = dailyCloses(FIRST_DATE, Array.from({ length: N_DAYS }, () => 0.99));
const MAINS: readonly MethodKey[] = ["hybrid_risk", "all_equal", "clusters_risk"];

/** Draws every chart of some methods of a universe. */
function draw(data: DataSet, days: readonly number[], mains = MAINS): ReturnType<typeof viewsOf> {
  const all = analysed(data, { days, methods: mains });
  const views = mains.map((main) => viewsOf(all, main));
  for (const one of views) for (const figure of figuresOf(one, FOLDER)) assertReadable(figure);
  return views[0]!;
}

Deno.test("views of a universe without activity and benchmarks are what the charts draw", () => {
  const { navs, evidence, weights, composition, funnel } = draw(twoThemes(), MONTH_ENDS);
  assert.equal(navs.tbill, null);
  assert.equal(navs.series.length, 3);
  assert.equal(evidence.methods.length, 3);
  assert.deepEqual(weights.bands.map(({ id }) => id), ["crypto_digital", "russia_ukraine"]);
  assert.deepEqual(composition.baskets.map(({ contracts }) => contracts.length), [6, 5]);
  assert.ok(funnel.steps.some(({ nUnknown }) => nUnknown[0] === 12));
});

Deno.test("views of a universe with settlements, a bill series and hostile words are what the charts draw", () => {
  const hostile = `</text><script>alert("1")</script> & \u202E\u0000`;
  const { navs, attribution } = draw(
    twoThemes((k, { question }) => ({
      question: `${question} ${hostile}`,
      ...k % 3 === 0 ? { paid: { payout: k % 2, atMs: dayStartMs(parseDay("2025-03-15")) } } : {},
    }), [BILLS]),
    MONTH_ENDS,
  );
  assert.ok(navs.tbill!.at(-1)! > 101);
  assert.ok(attribution.resolution !== 0 && attribution.nResolved > 0);
});

Deno.test("views without a decision, a study or a basket are what the charts draw", () => {
  const { navs, evidence, attribution, composition, correlations } = draw(twoThemes(), []);
  assert.deepEqual([navs.days.length, navs.series, navs.period], [0, [], ""]);
  assert.deepEqual([evidence.methods, evidence.nRandom], [[], 0]);
  assert.deepEqual([attribution.change, attribution.baskets], [0, []]);
  assert.deepEqual([composition.baskets, correlations.baskets], [[], []]);
});

Deno.test("views where no contract is ever eligible, and where there is none, are what the charts draw", () => {
  const { funnel, navs } = draw(twoThemes(() => ({ closes: NEVER_HELD })), MONTH_ENDS);
  assert.deepEqual(funnel.steps.slice(-2).map(({ nLeft }) => nLeft), [[0, 0, 0, 0], [0, 0, 0, 0]]);
  assert.equal(navs.series.length, 0);
  draw({ ...dataSetFixture({}), asOfMs: twoThemes().asOfMs }, MONTH_ENDS);
});

Deno.test("views of one basket and of one decision are what the charts draw", () => {
  const one = twoThemes((k) => k < 6 ? {} : { closes: NEVER_HELD });
  const { correlations, composition } = draw(one, MONTH_ENDS);
  assert.deepEqual([correlations.baskets.length, correlations.pairs], [1, []]);
  assert.equal(composition.baskets.length, 1);
  draw(one, MONTH_ENDS.slice(0, 1));
});

Deno.test("views of a decision that is traded on the last day, or after it, are what the charts draw", () => {
  const last = parseDay("2025-05-31");
  const { navs } = draw(twoThemes(), [last - 1]);
  assert.equal(navs.series.length, 0);
  draw(twoThemes(), [last]);
});

Deno.test("views of the simulated universe are what the charts draw", () => {
  const { data } = simulated("default", "full", 7);
  const { correlations, weights } = draw(data, decisionDays(data, 12));
  assert.ok(correlations.baskets.length > 5 && weights.bands.length > 5);
});
