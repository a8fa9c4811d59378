import { MS_PER_DAY } from "../../core/day.ts";
import type { BarsFact } from "../live/fact.ts";
import type { SeriesUse } from "./bar_rows.ts";
import { dayOfText } from "./day_of_text.ts";

const HEADER = /^Date,Open,High,Low,Close(,Volume)?$/;

/**
 * Reads a file of daily closes that a person fetched from Stooq.
 *
 * Since July 2026 Stooq wants a key and gives programs a proof of work instead of data, so that it is
 * read from files only. It answers every refusal with status 200, hence such a file may hold HTML or
 * a sentence; only the header of the CSV says that it is one. A file is a person's own, so a faulty
 * line is an error that names it rather than a row left out.
 *
 * The closes are taken as they stand: whether they count dividends in, the file does not say.
 *
 * @param symbol Symbol of `config/factors.yaml`.
 * @param options.provider Rank of the file among the symbol's providers; after all of them is usual.
 * @returns The closes, and the span from the first to the last day of the file.
 * @throws {SyntaxError} If the text is no such file, or a line is faulty.
 */
export function parseStooqCsv(
  text: string,
  symbol: string,
  { kind, provider }: Pick<SeriesUse, "kind" | "provider">,
): BarsFact {
  const [header, ...lines] = text.replace(/^\ufeff/, "").trimEnd().split(/\r?\n/);
  const fault = (what: string, got: string) =>
    new SyntaxError(
      `Cannot read the Stooq file of ${symbol} as ${what}: got "${got.slice(0, 200)}"`,
    );
  if (!HEADER.test(header!)) {
    throw fault('its first line must be "Date,Open,High,Low,Close,Volume"', header!);
  }
  if (lines.length === 0) throw fault("it must have a line of data", "");
  const nCells = header!.split(",").length;
  const bars: { day: number; close: number; adjusted: null }[] = [];
  for (const [row, line] of lines.entries()) {
    const cells = line.split(",");
    const day = dayOfText(cells[0]!), text = cells[4] ?? "";
    const close = text.trim() === "" ? NaN : Number(text);
    const isClose = Number.isFinite(close) && (kind !== "price" || close > 0);
    // Futures and currencies come with an empty volume or without its comma.
    const isWide = cells.length === nCells || cells.length === 5;
    if (!isWide || day === null || !isClose || day <= (bars.at(-1)?.day ?? -Infinity)) {
      throw fault(`line ${row + 2} must have a later date and a close`, line);
    }
    bars.push({ day, close, adjusted: null });
  }
  return {
    kind: "bars",
    subject: symbol,
    fromMs: bars[0]!.day * MS_PER_DAY,
    toMs: (bars.at(-1)!.day + 1) * MS_PER_DAY,
    provider,
    bars,
  };
}
