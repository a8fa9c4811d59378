import { MS_PER_DAY } from "../../core/day.ts";
import type { Ask } from "../../fetch/ask.ts";
import type { Span } from "../live/spans.ts";
import type { Tier } from "./market_record.ts";

/** A contract whose candles are asked for. */
export interface PricedContract {
  readonly marketId: string;
  readonly ticker: string;
  /** `null` where no event told it: the live tier then answers in batches only. */
  readonly series: string | null;
  /** Whether trading has ended, so that it may be in the archive by now. */
  readonly hasEnded: boolean;
}

/**
 * Edition of an ask for the prices of a span: none where the answer is for ever.
 *
 * A last day without a close is asked for once more a day after its end (`priced_spans.ts`). The answer of
 * the day before must not stand for that ask, so that of a span which ended less than a day ago is of the
 * day of the run.
 */
export function spanEdition(
  { toMs }: Pick<Span, "toMs">,
  { nowMs, edition }: { readonly nowMs: number; readonly edition: string },
): string {
  return toMs + MS_PER_DAY > nowMs ? edition : "";
}

/**
 * The ask for the candles of many contracts of the live tier over one span.
 *
 * `start_ts` and `end_ts` are the span's midnights: whether a candle that ends at the start comes with
 * them is not documented, and the reader passes it over. Nor is what a batch says of a contract that
 * has gone to the archive: the kind tells where that may be, and no candles then are no answer. It tells
 * of the last ask too, when the archive has said that it has no such contract: no candles, or no word of
 * the contract, then are all that there is to know.
 */
export function batchAsk(
  contracts: readonly PricedContract[],
  span: Span,
  { edition, isLast = false }: { readonly edition: string; readonly isLast?: boolean },
): Ask {
  const tickers = contracts.map(({ ticker }) => encodeURIComponent(ticker)).join(",");
  return {
    host: "kalshi",
    path: `/markets/candlesticks?market_tickers=${tickers}&${spanQuery(span)}`,
    body: null,
    format: "json",
    kind: isLast
      ? "kalshi_last_batch_candles"
      : contracts.some(({ hasEnded }) => hasEnded)
      ? "kalshi_ended_batch_candles"
      : "kalshi_batch_candles",
    subject: contracts.map(({ marketId }) => marketId).join(","),
    edition,
  };
}

/** The ask for the candles of one contract; `null` where its tier wants a series and none is known. */
export function candlesAsk(
  { marketId, ticker, series }: PricedContract,
  span: Span,
  { tier, edition }: { readonly tier: Tier; readonly edition: string },
): Ask | null {
  if (tier === "live" && series === null) return null;
  const isLive = tier === "live";
  const name = encodeURIComponent(ticker);
  const place = isLive
    ? `/series/${encodeURIComponent(series!)}/markets/${name}`
    : `/historical/markets/${name}`;
  return {
    host: "kalshi",
    path: `${place}/candlesticks?${spanQuery(span)}`,
    body: null,
    format: "json",
    kind: isLive ? "kalshi_candles" : "kalshi_archive_candles",
    subject: marketId,
    edition,
  };
}

function spanQuery({ fromMs, toMs }: Span): string {
  return `start_ts=${fromMs / 1000}&end_ts=${toMs / 1000}&period_interval=60`;
}
