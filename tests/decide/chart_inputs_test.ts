import assert from "node:assert/strict";
import { nullPercentile } from "lib/core/null_percentile.ts";
import { parseDay } from "lib/core/day.ts";
import { evidenceView, navView, weightsView } from "lib/decide/backtest_views.ts";
import { basketHues } from "lib/decide/basket_hues.ts";
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

Deno.test("weightsView() shows what was traded, and what was carried with the basket it came from", () => {
  const { replay } = ALL.studies[0]!;
  const { days, bands } = weightsView(replay, { hues: HUES, name: "x" });
  const scheduled = replay.ledger.rebalances.filter(({ kind }) => kind === "scheduled");
  assert.deepEqual(days, scheduled.map(({ date }) => date));
  scheduled.forEach(({ cashWeight }, d) => {
    const sum = bands.reduce((total, { weights }) => total + weights[d]!, 0);
    assert.ok(Math.abs(sum + cashWeight - 1) < 1e-12);
  });
  // the same shares where the last date could trade nothing
  const last = days.at(-1)!;
  const held = replay.ledger.held.map((row) =>
    row.date === last ? { ...row, reason: "carried=stale price" } : row
  );
  const carried = weightsView({ ...replay, ledger: { ...replay.ledger, held } }, {
    ...{ hues: HUES, name: "x" },
  });
  const known = new Set(held.filter(({ date }) => date < last).map(({ marketId }) => marketId));
  const expected = held.filter(({ date, marketId }) => date === last && known.has(marketId))
    .reduce((sum, { weight }) => sum + weight, 0);
  const shown = carried.bands.reduce((sum, { weights }) => sum + weights.at(-1)!, 0);
  assert.ok(expected > 0 && Math.abs(shown - expected) < 1e-12);
  assert.deepEqual(weightsView(undefined, { hues: HUES, name: "x" }).days, []);
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
