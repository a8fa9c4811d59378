import { z } from "zod";
import { MS_PER_DAY } from "../../core/day.ts";
import type { Answer } from "../../fetch/ask.ts";
import type { Reading } from "../live/fact.ts";
import { barRows, type SeriesUse } from "./bar_rows.ts";
import { askedSeries } from "./series_asks.ts";
import { zoneDay } from "./zone_day.ts";

const PLACE = "yahoo /v8/finance/chart";

const column = z.array(z.unknown()).nullish();
const chartSchema = z.looseObject({
  chart: z.looseObject({
    result: z.tuple([z.looseObject({
      meta: z.looseObject({}),
      timestamp: column,
      indicators: z.looseObject({
        quote: z.array(z.looseObject({ close: column })).nullish(),
        adjclose: z.array(z.looseObject({ adjclose: column })).nullish(),
      }),
    })]),
  }),
});

/**
 * Reads a chart of daily bars.
 *
 * A bar is stamped with the opening of its session; its day is the local date of that instant at the
 * exchange, which is the UTC day of the close. A bar whose day ends after the asked span may be of a
 * session that goes on and is left out. Nulls stay; days without a bar are unknown.
 *
 * An answer without any stamp covers its span, with no bars. One that cannot be trusted as a whole,
 * by another symbol, another grain or columns of unequal length, and a 404 give no fact, so that the
 * span is asked for again at the next pull.
 *
 * @throws {TypeError} If the answer is no chart of one series.
 */
export function readYahooChart(answer: Answer, use: SeriesUse): Reading {
  const { name, span } = askedSeries(answer.ask);
  const rows = barRows(PLACE, span, use);
  if (answer.status === 404) {
    rows.refuse(0, "symbol", name, "the provider has no such series");
    return rows.nothing();
  }
  const parsed = chartSchema.safeParse(answer.value);
  if (!parsed.success) {
    throw new TypeError(
      `Cannot read ${PLACE} as chart.result must hold one series: got ${answer.text.slice(0, 200)}`,
    );
  }
  const [{ meta, timestamp, indicators }] = parsed.data.chart.result;
  const symbol = meta.symbol ?? name, grain = meta.dataGranularity ?? "1d";
  if (symbol !== name) rows.refuse(0, "symbol", symbol, `is not ${name}`);
  if (grain !== "1d") rows.refuse(0, "dataGranularity", grain, "is not 1d");
  if (symbol !== name || grain !== "1d") return rows.nothing();

  const stamps = timestamp ?? [];
  if (stamps.length === 0) return rows.reading(answer.ask.subject);
  const close = indicators.quote?.[0]?.close ?? [];
  const adjusted = indicators.adjclose?.[0]?.adjclose ?? null;
  for (const [label, values] of [["close", close], ["adjclose", adjusted]] as const) {
    if (values === null || values.length === stamps.length) continue;
    rows.refuse(0, label, values.length, `has not the ${stamps.length} rows of timestamp`);
    return rows.nothing();
  }
  const dayAt = calendarOf(meta, rows.refuse);
  if (dayAt === undefined) return rows.nothing();
  let last = -Infinity;
  for (const [row, stamp] of stamps.entries()) {
    if (typeof stamp !== "number" || !Number.isInteger(stamp) || Math.abs(stamp) > 1e11) {
      rows.refuse(row, "timestamp", stamp, "is no whole number of seconds");
      continue;
    }
    if (stamp < last) rows.refuse(row, "timestamp", stamp, "stands after a later one");
    last = Math.max(last, stamp);
    rows.add(row, dayAt(stamp * 1000), { close: close[row], adjusted: adjusted?.[row] });
  }
  return rows.reading(answer.ask.subject);
}

/** Local dates of the exchange, by its zone or, where that is unknown, by its offset of today. */
function calendarOf(
  { exchangeTimezoneName: zone, gmtoffset }: Readonly<Record<string, unknown>>,
  refuse: (row: number, column: string, value: unknown, reason: string) => void,
): ((timeMs: number) => number) | undefined {
  const known = typeof zone === "string" ? zoneDay(zone) : undefined;
  if (known !== undefined) return known;
  const isOffset = typeof gmtoffset === "number" && Math.abs(gmtoffset) <= 86_400;
  const instead = isOffset ? "gmtoffset is used" : "nor is there a gmtoffset";
  refuse(0, "exchangeTimezoneName", zone, `is no known zone, ${instead}`);
  return isOffset ? (timeMs) => Math.floor((timeMs + gmtoffset * 1000) / MS_PER_DAY) : undefined;
}
