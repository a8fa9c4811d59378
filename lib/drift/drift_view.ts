import type { ClusteredRatio } from "./clustered_ratio.ts";
import type { ContractDrift, DriftRow } from "./contract_drift.ts";
import { type DriftBy, SEASONED } from "./drift_bins.ts";

/** Drift of one bin as a chart draws it, points a day; NaN where not measured or estimable. */
export interface DriftBar {
  /** What contracts are told apart by, for a reader. */
  readonly group: string;
  readonly name: string;
  /** Over everything in the source, payouts included, with its 95% interval. */
  readonly drift: number;
  readonly low: number;
  readonly high: number;
  /** Benjamini & Hochberg over all bins. */
  readonly qValue: number;
  /** Of contracts that are still open on the last day alone. */
  readonly active: number;
  readonly nContracts: number;
  readonly nEvents: number;
}

/** What the chart of drift draws: everything, and its bins in reading order. */
export interface DriftView {
  readonly whole: DriftBar;
  /** 95% interval of the active-only drift of everything. */
  readonly activeLow: number;
  readonly activeHigh: number;
  readonly bars: readonly DriftBar[];
  /** UTC days of the first and last price. */
  readonly firstDay: number;
  readonly lastDay: number;
}

const GROUPS: Partial<Record<DriftBy, string>> = {
  price: "Earlier price",
  days_to_end: "Time to the end",
  age: "Age",
  kind: "Kind of event",
  theme: "Theme",
};

/**
 * The study of drift for its chart: everything in the source beside what is still open.
 *
 * @param options.nameOf Name of a theme or kind for a reader, by its key.
 * @returns `null` where no contract was quoted for more than a week.
 */
export function driftView(
  { rows, firstDay, lastDay }: ContractDrift,
  { nameOf = (key) => key.replaceAll("_", " ") }: {
    readonly nameOf?: (key: string) => string;
  } = {},
): DriftView | null {
  const activeOf = ({ by, bin }: DriftRow): ClusteredRatio | undefined =>
    rows.find((row) => row.sample === "active only" && row.by === by && row.bin === bin)?.drift;
  const bar = (row: DriftRow): DriftBar => ({
    group: GROUPS[row.by] ?? "Everything",
    name: row.by === "theme" || row.by === "kind" ? nameOf(row.bin) : row.bin,
    drift: row.drift.value,
    low: row.drift.low,
    high: row.drift.high,
    qValue: row.qValue,
    active: activeOf(row)?.value ?? NaN,
    nContracts: row.nContracts,
    nEvents: row.nEvents,
  });
  const all = rows.filter(({ sample }) => sample === "all");
  const whole = all.find(({ bin }) => bin === SEASONED);
  if (whole === undefined) return null;
  const active = activeOf(whole);
  return {
    whole: bar(whole),
    activeLow: active?.low ?? NaN,
    activeHigh: active?.high ?? NaN,
    bars: Object.keys(GROUPS).flatMap((by) => all.filter((row) => row.by === by).map(bar)),
    ...{ firstDay, lastDay },
  };
}
