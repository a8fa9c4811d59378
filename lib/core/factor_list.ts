import { z } from "zod";
import { parseDay } from "./day.ts";

const clock = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, "a time HH:MM");
const isoDay = z.string().transform((text, context) => {
  try {
    return parseDay(text);
  } catch {
    context.addIssue({ code: "custom", message: `a date YYYY-MM-DD, not "${text}"` });
    return z.NEVER;
  }
});

const calendarSchema = z.strictObject({
  zone: z.string(),
  close: clock,
  days: z.enum(["weekdays", "all"]),
  holidays: z.string(),
});

const driverSchema = z.strictObject({
  active_utc: z.tuple([z.number().min(0).max(24), z.number().min(0).max(24)]),
  active_share: z.number().min(0).max(1),
  weekend_share: z.number().positive().max(1),
});

const seriesSchema = z.strictObject({
  symbol: z.string().min(1),
  name: z.string().min(1),
  group: z.enum([
    "US equity",
    "global equity",
    "rates",
    "credit",
    "FX",
    "commodities",
    "crypto",
    "volatility",
  ]),
  kind: z.enum(["price", "level", "yield", "spread"]),
  calendar: z.string(),
  simulation: z.strictObject({
    start: z.number().positive(),
    annual_vol: z.number().positive(),
    annual_drift: z.number(),
    reversion: z.number().min(0).max(1),
    loadings: z.record(z.string(), z.number().min(-1).max(1)),
  }).optional(),
});

const setSchema = z.strictObject({
  name: z.string().min(1),
  symbols: z.array(z.string()).min(1),
});

const factorListSchema = z.strictObject({
  calendars: z.record(z.string(), calendarSchema),
  holidays: z.record(z.string(), z.array(isoDay)),
  drivers: z.record(z.string(), driverSchema),
  sets: z.record(z.string(), setSchema),
  exposures: z.record(z.string(), z.string()),
  series: z.array(seriesSchema).min(1),
}).superRefine((list, context) => {
  const symbols = new Set<string>();
  for (const { symbol, calendar, simulation } of list.series) {
    const known = list.calendars[calendar];
    const problem = symbols.has(symbol)
      ? "a symbol is listed once"
      : known === undefined
      ? `calendar "${calendar}" must be listed`
      : list.holidays[known.holidays] === undefined
      ? `holidays "${known.holidays}" must be listed`
      : Object.keys(simulation?.loadings ?? {}).some((name) => list.drivers[name] === undefined)
      ? "each loading must name a driver"
      : Object.values(simulation?.loadings ?? {}).reduce((sum, b) => sum + b * b, 0) > 1
      ? "squared loadings must sum to at most 1"
      : null;
    if (problem) context.addIssue({ code: "custom", message: `series ${symbol}: ${problem}` });
    symbols.add(symbol);
  }
  const named = [
    ...Object.entries(list.sets).map(([key, set]) => [`set ${key}`, set.symbols] as const),
    ["exposures", Object.values(list.exposures)] as const,
  ];
  for (const [place, members] of named) {
    const twice = members.find((symbol, k) => members.indexOf(symbol) !== k);
    const unknown = members.find((symbol) => !symbols.has(symbol));
    const problem = unknown !== undefined
      ? `"${unknown}" must be a listed series`
      : twice !== undefined
      ? `"${twice}" must be named once`
      : null;
    if (problem) context.addIssue({ code: "custom", message: `${place}: ${problem}` });
  }
});

/**
 * `config/factors.yaml`: the macro series, their calendars, named sets of them, which of them stands for
 * a factor of the semantic exposures, and how they are simulated.
 */
export type FactorList = z.infer<typeof factorListSchema>;

/** One macro series of the list. */
export type FactorSeries = FactorList["series"][number];

/** A series that the embedded universe simulates. */
export interface SimulatedSeries extends FactorSeries {
  readonly simulation: NonNullable<FactorSeries["simulation"]>;
}

/** The series that the embedded universe simulates, in the order of the list. */
export function simulatedSeries(list: Pick<FactorList, "series">): SimulatedSeries[] {
  return list.series.flatMap(({ simulation, ...series }) =>
    simulation === undefined ? [] : [{ ...series, simulation }]
  );
}

/** When an exchange closes, and on which days. */
export type ExchangeCalendar = FactorList["calendars"][string];

/**
 * Reads `config/factors.yaml`.
 *
 * @throws {SyntaxError} If an entry is missing, unknown or contradicts another.
 */
export function parseFactorList(raw: unknown): FactorList {
  const read = factorListSchema.safeParse(raw);
  if (read.success) return read.data;
  throw new SyntaxError(
    `Cannot parse the factor list as each entry must fit its schema: got\n${
      z.prettifyError(read.error)
    }`,
  );
}
