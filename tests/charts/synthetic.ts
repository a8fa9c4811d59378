import type { DailyActivity, DailyPrices, Market } from "lib/core/data_set.ts";
import { MS_PER_DAY, parseDay } from "lib/core/day.ts";
import { normalDraws, randomIndex, randomStream } from "lib/core/random.ts";
import type { ChartContext } from "lib/charts/chart_context.ts";
import { coverageFunnelChart } from "lib/charts/coverage_funnel.ts";
import type { Figure } from "lib/charts/figure.ts";
import { liveCalendarChart } from "lib/charts/live_calendar.ts";
import { marketLifetimesChart } from "lib/charts/market_lifetimes.ts";
import { priceToEndChart } from "lib/charts/price_to_end.ts";
import { volumeDistributionChart } from "lib/charts/volume_distribution.ts";
import { zeroMoveShareChart } from "lib/charts/zero_move_share.ts";
import { lifetimes } from "lib/universe/lifetimes.ts";
import { liveCalendar } from "lib/universe/live_calendar.ts";
import { priceToEnd } from "lib/universe/price_to_end.ts";
import { volumeDistribution } from "lib/universe/volume_distribution.ts";
import { zeroMoves } from "lib/universe/zero_moves.ts";
import { dailyPrices, dailyVolumes, market } from "../universe/daily_prices.ts";

/** A context as a run on the simulated universe gives it. */
export const SIMULATED: ChartContext = {
  source: { kind: "simulated", label: "simulated universe, seed 7" },
  asOf: "2026-02-28",
  checkpoint: { name: "01_universe", sha256: "3f2a9c01".repeat(8) },
  reviewed: false,
};

/** A context as a run on a folder gives it. */
export const FOLDER: ChartContext = {
  source: { kind: "folder", label: "real" },
  asOf: "2025-09-30",
};

interface Universe {
  readonly markets: readonly Market[];
  readonly prices: DailyPrices;
  readonly activity: DailyActivity;
}

/** Markets with walks on cents over 780 days; one in seven is Kalshi's, volume unknown for some. */
export function syntheticUniverse(nMarkets: number, meanLength = 60): Universe {
  const random = randomStream(7, `charts ${nMarkets}`), normal = normalDraws(random);
  const start = parseDay("2024-01-01");
  const prices: [number, number][][] = [], volumes: [number, number][][] = [];
  const markets = Array.from({ length: nMarkets }, (_, j) => {
    const first = start + randomIndex(random, 740);
    const n = Math.min(1 + Math.floor(-meanLength * Math.log(1 - random())), start + 780 - first);
    let cents = 1 + randomIndex(random, 99);
    prices.push(Array.from({ length: n }, (_, i) => {
      if (random() < 0.6) cents = Math.min(Math.max(cents + Math.round(3 * normal()), 1), 99);
      return [first + i, cents / 100];
    }));
    volumes.push(
      j % 5 === 0 ? [] : [[first, j % 11 === 0 ? 0 : Math.round(Math.exp(8 + 2.5 * normal()))]],
    );
    return market({
      marketId: j % 7 === 0 ? `kalshi:${j}` : `poly:${j}`,
      eventId: `e${j >> 1}`,
      closesAtMs: j % 23 === 0 ? null : (first + n + randomIndex(random, 9) - 2) * MS_PER_DAY,
    });
  });
  return { markets, prices: dailyPrices(prices), activity: dailyVolumes(volumes) };
}

/** The six charts of notebook 01 over one universe. */
export function chartsOf(universe: Universe, context: ChartContext): Figure[] {
  const { markets, prices, activity } = universe;
  const lives = lifetimes(prices);
  const stages = [
    { stage: "Listed", nMarkets: markets.length },
    { stage: "With a price", nMarkets: lives.nPriced, note: "at least one daily close" },
    { stage: "30 or more daily prices", nMarkets: lives.nLong, note: "minimum history" },
    { stage: "Eligible", nMarkets: lives.nLong >> 1 },
  ];
  return [
    coverageFunnelChart(stages, context),
    marketLifetimesChart(lives, context),
    priceToEndChart(priceToEnd(markets, prices), context),
    volumeDistributionChart(volumeDistribution(activity), context),
    zeroMoveShareChart(zeroMoves(prices), context),
    liveCalendarChart(liveCalendar(markets, prices), context),
  ];
}
