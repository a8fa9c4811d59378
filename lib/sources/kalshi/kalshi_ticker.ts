const TICKER = /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/;
const PREFIX = "kalshi:";

/**
 * Whether a text may be a ticker of a contract, event or series.
 *
 * Tickers go into paths and into lists parted by commas, and come from outside: `KXINX-25DEC31-T5999.99`
 * is one, anything with another sign is not.
 */
export function isTicker(text: string): boolean {
  return TICKER.test(text);
}

/** Ticker of a market id of ours; `null` where it has none that a path may hold. */
export function tickerOf(marketId: string): string | null {
  const ticker = marketId.startsWith(PREFIX) ? marketId.slice(PREFIX.length) : "";
  return isTicker(ticker) ? ticker : null;
}

/** Whether a ticker is of a parlay, which the exchange makes by the hundred thousand a day. */
export function isParlayTicker(ticker: string): boolean {
  return ticker.toUpperCase().startsWith("KXMVE");
}
