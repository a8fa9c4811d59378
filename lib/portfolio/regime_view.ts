import type { BenchmarkSeries } from "../core/data_set.ts";
import { assetOf, atSessions } from "./asset_navs.ts";
import { BASE, mixtureKey } from "./portfolio_list.ts";
import type { RegimeEvidence, RegimeNavs } from "./regime_table.ts";
import type { MarketRegimes, MarketSessions } from "./regimes.ts";
import { portfolioAtSessions, sessionRates } from "./session_series.ts";
import type { ValueStudy } from "./value_study.ts";

/**
 * Closes that regimes are told from: the days on which stocks closed, with the level of those days.
 *
 * NaN: a day without a close of the level. Cost: O(closes).
 *
 * @param benchmarks Series of a universe, or of a point-in-time view; without stocks no session is known.
 */
export function sessionsForRegimes(
  benchmarks: readonly BenchmarkSeries[],
  { stocks, level }: { readonly stocks: string; readonly level: string },
): MarketSessions {
  const of = (symbol: string) => benchmarks.find((one) => one.symbol === symbol);
  const prices = of(stocks), levels = of(level);
  const levelOn = new Map(Array.from(levels?.day ?? [], (day, i) => [day, levels!.close[i]!]));
  return {
    day: prices?.day ?? new Int32Array(0),
    stocks: prices?.close ?? new Float64Array(0),
    level: Float64Array.from(prices?.day ?? [], (day) => levelOn.get(day) ?? NaN),
  };
}

/** The sessions of a study with the regime of each, and the series that are measured by it. */
export interface SessionsByRegime {
  readonly regimes: Pick<MarketRegimes, "day" | "regime">;
  readonly navs: RegimeNavs;
}

/**
 * Values of the sleeve, of stocks and bonds, and of the two together, on the sessions of a study, with
 * the regime that each session was known to be in.
 *
 * A session whose regime is not known, as stocks closed on it alone, has none. Where nothing could be
 * mixed there is no series. Cost: O(days).
 */
export function sessionsByRegime(
  { assets, measured, sleeve }: Pick<ValueStudy, "assets" | "measured" | "sleeve">,
  found: MarketRegimes,
): SessionsByRegime {
  const regimeOn = new Map(Array.from(found.day, (day, t) => [day, found.regime[t]!] as const));
  const day = assets.session.map((at) => assets.firstDay + at);
  const alone = measured.find(({ portfolio }) => portfolio.mixture.key === sleeve);
  const mixed = [BASE, mixtureKey(sleeve)].flatMap((key) =>
    measured.filter(({ portfolio }) => portfolio.mixture.key === key)
  );
  const stocks = assetOf(assets, "stocks");
  const series = stocks === undefined || alone === undefined ? [] : [alone, ...mixed];
  const rates = sessionRates(assets);
  // the first session has no return, so its rate is not read
  const known = rates.map((rate, s) => s === 0 ? 0 : rate);
  return {
    regimes: { day, regime: Array.from(day, (one) => regimeOn.get(one) ?? null) },
    navs: {
      series: series.map(({ portfolio }) => ({
        name: portfolio.mixture.name,
        nav: portfolioAtSessions(portfolio, assets.session),
      })),
      stocks: stocks === undefined
        ? new Float64Array(day.length).fill(NaN)
        : atSessions(stocks.nav, assets.session),
      rates: known.some(Number.isNaN) ? null : known,
    },
  };
}

/** What a picture of regimes shows. */
export function regimeView(
  { regimes, navs }: SessionsByRegime,
  { evidence, window }: { readonly evidence: RegimeEvidence; readonly window: number },
) {
  const { day, regime } = regimes;
  return { days: day, regimes: regime, navs: navs.series, evidence, window };
}
