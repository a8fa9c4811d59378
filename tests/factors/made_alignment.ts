import type { BenchmarkKind, BenchmarkSeries, DataSet } from "lib/core/data_set.ts";
import type { FactorList } from "lib/core/factor_list.ts";
import { parseFactorList } from "lib/core/factor_list.ts";
import { readYaml } from "lib/store/yaml.ts";

/** The project's own list, whose calendars and holidays the tests use. */
export const FACTOR_LIST: FactorList = parseFactorList(await readYaml("config/factors.yaml"));

/** The two settings that the alignment reads. */
export const SETTINGS = {
  factors: {
    min_set_share: {
      value: 0.9,
      unit: "share of a set's series, 0 to 1",
      reason: "as the project",
    },
    max_interval_days: {
      value: 7,
      unit: "days between two common sessions",
      reason: "as the project",
    },
  },
} as const;

/** A factor list of a few series with the project's calendars. */
export function factorList(
  series: readonly { symbol: string; kind: BenchmarkKind; calendar: string }[],
  { sets, holidays = FACTOR_LIST.holidays }: {
    sets: Readonly<Record<string, readonly string[]>>;
    holidays?: Readonly<Record<string, number[]>>;
  },
): FactorList {
  return {
    ...FACTOR_LIST,
    holidays: { ...FACTOR_LIST.holidays, ...holidays },
    exposures: {},
    sets: Object.fromEntries(
      Object.entries(sets).map((
        [key, symbols],
      ) => [key, { name: `set ${key}`, symbols: [...symbols] }]),
    ),
    series: series.map((one) => ({
      ...one,
      name: `name of ${one.symbol}`,
      group: "rates" as const,
    })),
  };
}

/** A macro series from days and closes. */
export function benchmark(
  symbol: string,
  kind: BenchmarkKind,
  { day, close }: { day: ArrayLike<number>; close: ArrayLike<number> },
): BenchmarkSeries {
  return { symbol, kind, day: Int32Array.from(day), close: Float64Array.from(close) };
}

/** As much of a data set as moves of contracts need, in the order given. */
export function contracts(
  rows: readonly { id: string; day: readonly number[]; close: readonly number[] }[],
): Pick<DataSet, "markets" | "prices"> {
  const offsets = Uint32Array.from([0, ...rows.map(({ day }) => day.length)]);
  for (let j = 1; j < offsets.length; ++j) offsets[j] = offsets[j]! + offsets[j - 1]!;
  return {
    markets: rows.map(({ id }) => ({ marketId: id }) as DataSet["markets"][number]),
    prices: {
      offsets,
      day: Int32Array.from(rows.flatMap(({ day }) => day)),
      close: Float64Array.from(rows.flatMap(({ close }) => close)),
      bid: null,
      ask: null,
    },
  };
}
