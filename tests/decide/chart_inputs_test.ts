import assert from "node:assert/strict";
import { nullPercentile } from "lib/core/null_percentile.ts";
import { parseDay } from "lib/core/day.ts";
import { evidenceView, navView, weightsView } from "lib/decide/backtest_views.ts";
import { basketHues } from "lib/decide/basket_hues.ts";
import type { DatedDecisions } from "lib/decide/decide_at.ts";
import { analysed, viewsOf } from "./analysed.ts";
import { TAXONOMY } from "./made_decision.ts";
import { FIRST_DATE, MONTH_ENDS, N_DAYS, priceOf, twoThemes } from "./two_themes.ts";
import { dailyCloses } from "../fixtures/data_set.ts";

const HUES = basketHues(TAXONOMY);
const ALL = analysed(twoThemes(), { days: MONTH_ENDS, methods: ["words_equal", "hybrid_equal"] });

Deno.test("navView() gives each method the 95th percentile of its own random portfolios", () => {
  const { series, bandName, nRandom } = navView(
    ALL.studies.map((study, k) => k === 0 ? study : { ...study, random: null }),
    {
      cash: () => new Float64Array(ALL.lastDay),
      ...{ tbill: () => null, random: null, lastDay: ALL.lastDay },
    },
  );
  const own = ALL.randomOf.get(ALL.studies[0]!.method.key)!;
  const ends = Float64Array.from(
    { length: own.nav.length / own.nDays },
    (_, b) => own.nav[(b + 1) * own.nDays - 1]!,
  );
  // of twelve draws the 95th percentile lies between the highest and the next
  assert.equal(nullPercentile(series[0]!.randomHigh, ends), 11 / 12);
  assert.ok(series[0]!.randomHigh < Math.max(...ends));
  assert.ok(Number.isNaN(series[1]!.randomHigh));
  assert.deepEqual([bandName, nRandom], ["", 12]);
});

Deno.test("navView() names the method that the band is of", () => {
  const { bandName } = navView(ALL.studies, {
    cash: () => new Float64Array(ALL.lastDay),
    ...{ tbill: () => null, random: null, bandName: "Words, equal", lastDay: ALL.lastDay },
  });
  assert.equal(bandName, "Words, equal");
});

Deno.test("evidenceView() has both percentiles, unknown where nothing random was drawn", () => {
  const [study] = ALL.studies;
  const random = { ...study!.random!, percentile: 0.96, percentileGross: 0.76 };
  const { methods } = evidenceView([{ ...study!, random }, { ...study!, random: null }], {
    ...{ cashReturn: 0, cashName: "Cash", nTrials: 2, overfitting: null, lastDay: ALL.lastDay },
  });
  assert.deepEqual(
    methods.map(({ percentile, percentileGross }) => [percentile, percentileGross]),
    [[0.96, 0.76], [NaN, NaN]],
  );
});

Deno.test("weightsView() begins at the first decision after which a basket is held", () => {
  const empty = (one: DatedDecisions): DatedDecisions => ({
    ...one,
    methods: one.methods.map((method) => ({ ...method, baskets: [] })),
  });
  const days = (decisions: readonly DatedDecisions[]) =>
    weightsView(decisions, "words_equal", { hues: HUES, name: "x" }).days;
  const [first, second, third, fourth] = ALL.decisions as [
    ...[DatedDecisions, DatedDecisions, DatedDecisions, DatedDecisions],
  ];
  const traded = (one: DatedDecisions) => one.day + 1;
  assert.deepEqual(days([first, second]), [traded(first), traded(second)]);
  // an empty decision between two others is cash
  assert.deepEqual(
    days([empty(first), second, empty(third), fourth]),
    [second, third, fourth].map(traded),
  );
  const { bands } = weightsView([empty(first), second, empty(third)], "words_equal", {
    ...{ hues: HUES, name: "x" },
  });
  assert.ok(bands.length > 0);
  for (const { weights } of bands) assert.deepEqual([weights.length, weights[1]], [2, 0]);
  // of a method that never holds anything all dates are cash
  assert.deepEqual(days([empty(first), empty(second)]), [traded(first), traded(second)]);
});

Deno.test("compositionView() marks what was carried since it could not be traded", () => {
  const lastClose = parseDay("2025-04-15") - parseDay(FIRST_DATE);
  const stale = analysed(
    twoThemes((k) =>
      k === 0
        ? {
          closes: dailyCloses(
            FIRST_DATE,
            Array.from({ length: N_DAYS }, (_, t) => priceOf(k, t)).slice(0, lastClose),
          ),
        }
        : {}
    ),
    { days: MONTH_ENDS, methods: ["words_equal"] },
  );
  const carried = (one: typeof ALL) =>
    viewsOf(one, "words_equal").composition.baskets.flatMap(({ contracts }) =>
      contracts.filter(({ isCarried }) => isCarried).map(({ marketId }) => marketId)
    );
  assert.deepEqual(carried(stale), ["poly:00"]);
  assert.deepEqual(carried(ALL), []);
});
