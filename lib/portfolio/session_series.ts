import { type DailySeries, dailySeries } from "../backtest/daily_returns.ts";
import { atSessions, type PortfolioAssets } from "./asset_navs.ts";
import { type MixtureNav, PORTFOLIO_START } from "./mixtures.ts";

/** Fewest returns between sessions that anything is estimated from, about three months. */
export const MIN_SESSIONS = 60;

/** What a NAV earned from each session to the next; NaN excess where the bill's rate is unknown. */
export type SessionSeries = DailySeries;

/**
 * The bill's rate from each session to the next: the days' rates, compounded.
 *
 * Shape: one a session, the first not used. NaN: an interval with an unknown day. Cost: O(days).
 */
export function sessionRates(
  { rates, session }: Pick<PortfolioAssets, "rates" | "session">,
): Float64Array {
  return Float64Array.from(session, (to, s) => {
    let growth = 1;
    for (let i = (session[s - 1] ?? to) + 1; i <= to; ++i) growth *= 1 + rates[i]!;
    return s === 0 ? NaN : growth - 1;
  });
}

/**
 * Returns of an asset between sessions, and their excess over the bill.
 *
 * Shape: one value a day → sessions − 1 returns. Cost: O(days).
 *
 * @throws {RangeError} If a value is not a finite number of at least 0.
 */
export function assetSeries(nav: Float64Array, from: PortfolioAssets): SessionSeries {
  return dailySeries(atSessions(nav, from.session), sessionRates(from));
}

/**
 * A portfolio's value at each session, the money before the first purchase in place of what was left
 * after it, so that the purchase's cost is part of the first return.
 *
 * Cost: O(sessions).
 *
 * @param options.track Net of costs, or free of them.
 */
export function portfolioAtSessions(
  { nav, navGross }: Pick<MixtureNav, "nav" | "navGross">,
  session: Int32Array,
  { track = "net" }: { readonly track?: "net" | "gross" } = {},
): Float64Array {
  const values = atSessions(track === "net" ? nav : navGross, session);
  if (values.length > 0) values[0] = PORTFOLIO_START;
  return values;
}

/** Returns of a portfolio between sessions. Cost: O(days). */
export function portfolioSeries(
  portfolio: Pick<MixtureNav, "nav" | "navGross">,
  from: PortfolioAssets,
  options: { readonly track?: "net" | "gross" } = {},
): SessionSeries {
  return dailySeries(
    portfolioAtSessions(portfolio, from.session, options),
    sessionRates(from),
  );
}
