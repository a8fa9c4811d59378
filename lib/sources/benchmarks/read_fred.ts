import { z } from "zod";
import { MS_PER_DAY } from "../../core/day.ts";
import type { Answer } from "../../fetch/ask.ts";
import type { Reading } from "../live/fact.ts";
import { barRows, type SeriesUse } from "./bar_rows.ts";
import { dayOfText } from "./day_of_text.ts";
import { askedSeries } from "./series_asks.ts";

const observationsSchema = z.looseObject({ observations: z.array(z.unknown()) });
const observationSchema = z.looseObject({ date: z.string(), value: z.string().nullish() });

/**
 * Reads the CSV of a FRED chart: `observation_date,DGS10` or, in older files, `DATE,DGS10`.
 *
 * A dot or an empty cell is a day without a value and stays as null. There are no dividends in these
 * series: the adjusted close is the close.
 *
 * @throws {TypeError} If the first line is not that header, as for a page of HTML.
 */
export function readFredCsv(answer: Answer, use: SeriesUse): Reading {
  const place = "fred /graph/fredgraph.csv";
  const { name } = askedSeries(answer.ask);
  const [header, ...lines] = answer.text.replace(/^\ufeff/, "").split(/\r?\n/);
  const isHeader = header === `observation_date,${name}` || header === `DATE,${name}`;
  if (answer.status !== 404 && !isHeader) {
    throw new TypeError(
      `Cannot read ${place} as its first line must be "observation_date,${name}": got "${
        header!.slice(0, 200)
      }"`,
    );
  }
  while (lines.at(-1)?.trim() === "") lines.pop();
  return readValues(place, answer, {
    use,
    values: lines.map((line) => {
      const cells = line.split(",");
      return cells.length === 2 ? [cells[0]!, cells[1]!] : null;
    }),
    raw: lines,
  });
}

/**
 * Reads the observations of FRED's interface, whose values are texts; see {@link readFredCsv}.
 *
 * @throws {TypeError} If the answer has no list of observations.
 */
export function readFredJson(answer: Answer, use: SeriesUse): Reading {
  const place = "fred_api /fred/series/observations";
  const parsed = observationsSchema.safeParse(answer.value);
  if (answer.status !== 404 && !parsed.success) {
    throw new TypeError(
      `Cannot read ${place} as observations must be a list: got ${answer.text.slice(0, 200)}`,
    );
  }
  const raw = parsed.data?.observations ?? [];
  return readValues(place, answer, {
    use,
    values: raw.map((one) => {
      const row = observationSchema.safeParse(one);
      return row.success ? [row.data.date, row.data.value ?? ""] : null;
    }),
    raw,
  });
}

function readValues(
  place: string,
  answer: Answer,
  { use, values, raw }: {
    use: SeriesUse;
    /** Date and value of each row as texts; `null` where the row is of another form. */
    values: readonly (readonly [string, string] | null)[];
    raw: readonly unknown[];
  },
): Reading {
  const { name, span } = askedSeries(answer.ask);
  const shiftMs = use.shiftDays * MS_PER_DAY;
  const covered = { fromMs: span.fromMs + shiftMs, toMs: span.toMs + shiftMs };
  const rows = barRows(place, covered, use);
  if (answer.status === 404) {
    rows.refuse(0, "series_id", name, "the provider has no such series");
    return rows.nothing();
  }
  for (const [row, pair] of values.entries()) {
    const day = pair === null ? null : dayOfText(pair[0].trim());
    const text = pair?.[1].trim() ?? "";
    const isMissing = text === "" || text === ".";
    if (pair === null) rows.refuse(row, "", raw[row], "is not a date and a value");
    else if (day === null) rows.refuse(row, "date", pair[0], "is no date");
    else if (!isMissing && !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) {
      rows.refuse(row, "value", text, "is no number");
    } else {
      const close = isMissing ? null : Number(text);
      rows.add(row, day + use.shiftDays, { close, adjusted: close });
    }
  }
  return rows.reading(answer.ask.subject);
}
