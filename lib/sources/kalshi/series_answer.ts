import type { Answer, Ask } from "../../fetch/ask.ts";
import type { FeeFact, Oddity, Reading } from "../live/fact.ts";
import { placeOf, rowsOf } from "./kalshi_page.ts";
import { type KalshiRow, kalshiRow } from "./kalshi_row.ts";
import { isParlayTicker } from "./kalshi_ticker.ts";
import { tickerField, word } from "./market_record.ts";

const FREQUENCIES = [
  "custom",
  "one_off",
  "annual",
  "quarterly",
  "monthly",
  "weekly",
  "daily",
  "hourly",
  "fifteen_min",
] as const;
const FEE_TYPES = [
  "quadratic",
  "quadratic_with_maker_fees",
  "quadratic_with_combo_maker_fees",
  "flat",
] as const;

/** The ask for all series, which come on one page. */
export function seriesAsk(edition: string): Ask {
  return listAsk("/series", "kalshi_series", edition);
}

/** The ask for all changes of fees, those of the past too. */
export function feeChangesAsk(edition: string): Ask {
  return listAsk("/series/fee_changes?show_historical=true", "kalshi_fee_changes", edition);
}

function listAsk(path: string, kind: string, edition: string): Ask {
  return { host: "kalshi", path, body: null, format: "json", kind, subject: "", edition };
}

/**
 * What takers pay for contracts of each series, as of the answer.
 *
 * @throws {TypeError} If it is no list of series.
 */
export function readSeries(answer: Answer): Reading {
  return readFees(answer, { name: "series", ticker: "ticker", from: null });
}

/**
 * What takers paid, from the dates that the exchange names.
 *
 * @throws {TypeError} If it is no list of changes.
 */
export function readFeeChanges(answer: Answer): Reading {
  const names = { name: "series_fee_change_arr", ticker: "series_ticker", from: "scheduled_ts" };
  return readFees(answer, names);
}

/**
 * Tickers of the series whose settled contracts are wanted, in order: none of parlays, and none whose
 * contracts come so often that they end before a week is over. A series of unknown frequency is wanted.
 *
 * @throws {TypeError} If it is no list of series.
 */
export function wantedSeries(answer: Answer, leftOutFrequencies: readonly string[]): string[] {
  const told = () => undefined;
  const wanted = seriesRows(answer, "series").flatMap((raw, row) => {
    const series = kalshiRow(raw, { place: "", row, told });
    const ticker = series === null ? null : tickerField(series, "ticker");
    if (series === null || ticker === null || isParlayTicker(ticker)) return [];
    return leftOutFrequencies.includes(series.text("frequency") ?? "") ? [] : [ticker];
  });
  return [...new Set(wanted)].sort();
}

function readFees(
  answer: Answer,
  names: { readonly name: string; readonly ticker: string; readonly from: string | null },
): Reading {
  const place = placeOf(answer.ask.path);
  const oddities: Oddity[] = [];
  const facts = seriesRows(answer, names.name).flatMap((raw, row) => {
    const told = (oddity: Oddity) => void oddities.push(oddity);
    const record = kalshiRow(raw, { place, row, told });
    const fee = record === null ? null : feeFact(record, names);
    return fee === null ? [] : [fee];
  });
  return { facts, oddities };
}

function seriesRows({ ask, value }: Answer, name: string): readonly unknown[] {
  return rowsOf(value, name, ask.path);
}

/**
 * 0.07 of the series' multiplier, times p (1 − p) and contracts, for a taker; makers pay a quarter of
 * it where the type says so. The type of flat fees has no published coefficient: its rate is unknown.
 */
function feeFact(
  record: KalshiRow,
  names: { readonly ticker: string; readonly from: string | null },
): FeeFact | null {
  const ticker = tickerField(record, names.ticker);
  if (ticker === null) {
    record.tell(names.ticker, "a series must have a ticker");
    return null;
  }
  if (names.from === null) word(record, "frequency", FREQUENCIES);
  const fromMs = names.from === null ? null : record.instant(names.from);
  if (names.from !== null && fromMs === null) {
    record.tell(names.from, "a change of fees must have a date");
    return null;
  }
  const feeType = record.text("fee_type");
  const known = word(record, "fee_type", FEE_TYPES);
  const multiplier = record.number("fee_multiplier");
  const isQuadratic = known !== null && known !== "flat";
  return {
    kind: "fee",
    subject: `kalshi series:${ticker}`,
    feeType,
    rate: multiplier === 0 ? 0 : isQuadratic && multiplier !== null ? multiplier * 7 / 100 : null,
    exponent: isQuadratic ? 1 : null,
    isTakerOnly: known === "quadratic"
      ? true
      : known === "quadratic_with_maker_fees"
      ? false
      : null,
    rebateShare: null,
    fromMs,
  };
}
