import { formatDay, MS_PER_DAY } from "../../core/day.ts";
import type { Ask } from "../../fetch/ask.ts";
import type { Span } from "../live/spans.ts";
import { dayOfText } from "./day_of_text.ts";
import type { Provider } from "./providers.ts";

/**
 * The ask for the daily values of a series over [fromMs, toMs), both UTC midnights.
 *
 * All days in it have ended, so the answer is stored without an edition. A value that a provider
 * dates a day before the day it belongs to is asked for under the provider's date.
 *
 * @param options.hasFredKey Ask FRED's interface, which wants a key, rather than the CSV of its charts.
 */
export function seriesAsk(
  symbol: string,
  provider: Provider,
  { span, hasFredKey }: { span: Span; hasFredKey: boolean },
): Ask {
  const shared = { body: null, subject: symbol, edition: "" };
  const name = encodeURIComponent(provider.name);
  if (provider.by === "yahoo") {
    const period = `period1=${span.fromMs / 1000}&period2=${span.toMs / 1000}`;
    return {
      ...shared,
      host: "yahoo",
      path: `/v8/finance/chart/${name}?${period}&interval=1d&events=div%7Csplit`,
      format: "json",
      kind: "yahoo_chart",
    };
  }
  const first = formatDay(span.fromMs / MS_PER_DAY - provider.shift_days);
  const last = formatDay(span.toMs / MS_PER_DAY - 1 - provider.shift_days);
  if (hasFredKey) {
    return {
      ...shared,
      host: "fred_api",
      path:
        `/fred/series/observations?series_id=${name}&file_type=json&observation_start=${first}&observation_end=${last}`,
      format: "json",
      kind: "fred_json",
    };
  }
  return {
    ...shared,
    host: "fred",
    path: `/graph/fredgraph.csv?id=${name}&cosd=${first}&coed=${last}`,
    format: "csv",
    kind: "fred_csv",
  };
}

/**
 * Name and span that an ask of {@link seriesAsk} is about, by the provider's own dates.
 *
 * @throws {TypeError} If the path is none of those that are planned.
 */
export function askedSeries({ kind, path }: Ask): { readonly name: string; readonly span: Span } {
  const url = new URL(path, "https://provider.invalid");
  const field = (key: string) => url.searchParams.get(key) ?? "";
  const day = (key: string) => dayOfText(field(key)) ?? NaN;
  const [name, fromMs, toMs] = kind === "yahoo_chart"
    ? [
      decodeURIComponent(url.pathname.split("/").at(-1) ?? ""),
      Number(field("period1")) * 1000,
      Number(field("period2")) * 1000,
    ]
    : kind === "fred_json"
    ? [
      field("series_id"),
      day("observation_start") * MS_PER_DAY,
      (day("observation_end") + 1) * MS_PER_DAY,
    ]
    : [field("id"), day("cosd") * MS_PER_DAY, (day("coed") + 1) * MS_PER_DAY];
  if (name === "" || !(toMs > fromMs)) {
    throw new TypeError(
      `Cannot read the ask of a series as its path must name the series and its days: got "${path}"`,
    );
  }
  return { name, span: { fromMs, toMs } };
}
