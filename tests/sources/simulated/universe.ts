import { cellAt, columnOf, type Table } from "lib/core/table.ts";
import { readTemplates } from "lib/sources/simulated/read_templates.ts";
import { simulate, type Simulation, type Size } from "lib/sources/simulated/simulate.ts";
import type { Structure } from "lib/sources/simulated/event_paths.ts";

const config = await readTemplates();

/** A simulation with the project's own templates. */
export function universe(size: Size, structure: Structure, seed = 7): Simulation {
  return simulate({ size, seed, structure, ...config });
}

/** A market of the truth table with its true path. */
export interface TrueMarket {
  readonly id: string;
  readonly theme: string;
  readonly cluster: string;
  readonly kind: string;
  readonly event: string;
  readonly ticker: string;
  readonly side: number;
  readonly loadings: readonly number[];
  readonly clusterLoading: number;
  readonly themeLoading: number;
  readonly series: string | null;
  readonly payout: number;
  readonly voided: boolean;
  readonly twin: string | null;
  readonly nPrices: number;
  readonly firstDay: number;
  /** True probabilities while the outcome was open. */
  readonly p: Float64Array;
  /** Whether the outcome became known within the window. */
  readonly settled: boolean;
}

/** Reads the truth table into records, in its order. */
export function trueMarkets({ tables, truth }: Simulation): TrueMarket[] {
  const text = (name: string) => textOf(truth.markets, name);
  const whole = (name: string) => columnOf(truth.markets, name, "integer").values;
  const number = (name: string) => columnOf(truth.markets, name, "number").values;
  const driverNames = Object.keys(truth.markets.columns).filter((name) =>
    name.startsWith("driver_")
  );
  const settled = new Set(textOf(tables.resolutions, "market_id"));
  const [ids, themes, clusters, kinds] = ["market_id", "theme", "cluster", "kind"].map(text);
  const [events, tickers, series, twins] = ["event", "ticker", "series", "twin_id"].map(text);
  const drivers = driverNames.map(number);
  return Array.from({ length: truth.markets.nRows }, (_, j) => ({
    id: ids![j]!,
    theme: themes![j]!,
    cluster: clusters![j]!,
    kind: kinds![j]!,
    event: events![j]!,
    ticker: tickers![j]!,
    side: whole("side")[j]!,
    themeLoading: number("theme_loading")[j]!,
    clusterLoading: number("cluster_loading")[j]!,
    loadings: drivers.map((values) => values[j]!),
    series: series![j]!,
    payout: number("payout")[j]!,
    voided: whole("voided")[j]! === 1,
    twin: twins![j]!,
    nPrices: whole("n_prices")[j]!,
    firstDay: truth.paths.firstDay[j]!,
    p: truth.paths.p.subarray(
      truth.paths.offsets[j]!,
      truth.paths.offsets[j]! + truth.paths.nOpen[j]!,
    ),
    settled: settled.has(ids![j]!),
  }));
}

/** A text column as plain values. */
export function textOf(from: Table, name: string): (string | null)[] {
  const column = columnOf(from, name, "string");
  return Array.from({ length: from.nRows }, (_, row) => cellAt(column, row) as string | null);
}

/** Mean over its standard error, for independent values. */
export function tStatistic(values: readonly number[]): number {
  const n = values.length, mean = values.reduce((a, b) => a + b, 0) / n;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  return mean / Math.sqrt(variance / n);
}

/** Correlation of two true paths' daily log-odds changes over common days, NaN below `minimum`. */
export function changeCorrelation(a: TrueMarket, b: TrueMarket, minimum: number): number {
  const from = Math.max(a.firstDay, b.firstDay);
  const to = Math.min(a.firstDay + a.p.length, b.firstDay + b.p.length);
  let n = 0, sa = 0, sb = 0, sab = 0, saa = 0, sbb = 0;
  const odds = ({ p, firstDay }: TrueMarket, day: number) => {
    const q = Math.min(Math.max(p[day - firstDay]!, 0.01), 0.99);
    return Math.log(q / (1 - q));
  };
  for (let day = from + 1; day < to; ++day) {
    const u = odds(a, day) - odds(a, day - 1), v = odds(b, day) - odds(b, day - 1);
    if (u === 0 || v === 0) continue;
    ++n;
    sa += u;
    sb += v;
    sab += u * v;
    saa += u * u;
    sbb += v * v;
  }
  if (n < minimum) return NaN;
  return (sab - sa * sb / n) / Math.sqrt((saa - sa * sa / n) * (sbb - sb * sb / n));
}
