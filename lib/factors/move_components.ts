import { type Panel, panel } from "../core/panel.ts";
import type { Random } from "../core/random.ts";
import {
  boolColumn,
  integerColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
} from "../core/table.ts";
import { parallelAnalysis } from "../stats/parallel_analysis.ts";

/** Share that one theme has in something. */
export interface ThemeShare {
  readonly theme: string;
  /** 0 to 1. */
  readonly share: number;
}

/** One component of market moves, in the order of size. */
export interface MoveComponent {
  /** 1 for the largest. */
  readonly rank: number;
  /** In units of one contract's variance. */
  readonly eigenvalue: number;
  /** Percentiles of the eigenvalue of this rank over the null panels that reach higher. */
  readonly nullLow: number;
  readonly nullMid: number;
  readonly nullHigh: number;
  /** Whether it counts: it and all before it are above their `nullHigh`. */
  readonly isAbove: boolean;
  /** Share of the variance of all contracts, each scaled to 1. */
  readonly varianceShare: number;
  /** Share of its squared loadings by theme, in the order of `marketShares`. */
  readonly themeShares: readonly ThemeShare[];
}

/** What contracts have in common in a window. */
export interface MoveComponents {
  /** Days and contracts of the complete window, and of the panel it was taken from. */
  readonly nDays: number;
  readonly nMarkets: number;
  readonly nGivenDays: number;
  readonly nGivenMarkets: number;
  /** First and last day of the complete window; NaN without any. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** Panels of each null. */
  readonly nShifts: number;
  /** Components above what both nulls give. */
  readonly nAbove: number;
  /** Components above what turned moves alone give. */
  readonly nAboveTurned: number;
  /** Of the first eigenvalue, the larger of those against the two nulls. */
  readonly pValue: number;
  /** Independent contracts that would spread their variance alike, of `nMarkets`. */
  readonly effectiveBets: number;
  /** The same of each signed panel: what so few days would show of independent contracts. */
  readonly nullEffectiveBets: Float64Array;
  /** Share of the contracts by theme: what a component without any preference has. */
  readonly marketShares: readonly ThemeShare[];
  /** All components that can differ from 0, falling. */
  readonly components: readonly MoveComponent[];
}

/**
 * Principal components of contracts' moves, and how many of them are more than noise.
 *
 * All eigenvalues come from days on which every contract has a move, so they belong to a panel that
 * exists: correlations over each pair's own days need not fit together, and mending them takes the null
 * along. Contracts whose moves are all alike in that window are left out. What counts as a component is
 * decided by `parallelAnalysis` against turned moves and against signed ones: a component must pass both. Turned
 * moves alone find several in a universe whose contracts share no factor, because they share their calendar:
 * all move more over a weekend.
 *
 * Shape: T days × n contracts → min(T − 1, n) components. NaN: days and contracts are given up until
 * none is left unknown; fewer than 3 days or 2 contracts give no component. Cost: twice that of
 * `parallelAnalysis`.
 *
 * @param moves One contract an event; contracts of one event would be a component by construction.
 * @param options.themeOf Theme by market id; the empty id where it has none.
 * @param options.nShifts Panels of each null. @param options.random Source of their offsets and signs.
 */
export function moveComponents(
  moves: Panel,
  { themeOf, nShifts, random }: {
    readonly themeOf: ReadonlyMap<string, string>;
    readonly nShifts: number;
    readonly random: Random;
  },
): MoveComponents {
  const window = completeWindow(moves), { days, markets } = window, n = markets.length;
  const themes = [...new Set(markets.map((id) => themeOf.get(id) ?? ""))].sort();
  const place = markets.map((id) => themes.indexOf(themeOf.get(id) ?? ""));
  const shares = (weight: (j: number) => number): ThemeShare[] => {
    const sums = new Float64Array(themes.length);
    place.forEach((k, j) => sums[k] = sums[k]! + weight(j));
    return themes.map((theme, k) => ({ theme, share: sums[k]! }));
  };
  const about = {
    ...{ nDays: days.length, nMarkets: n, nShifts },
    ...{ nGivenDays: moves.days.length, nGivenMarkets: moves.markets.length },
    ...{ firstDay: days[0] ?? NaN, lastDay: days.at(-1) ?? NaN },
    marketShares: shares(() => 1 / n),
  };
  if (days.length < 3 || n < 2) {
    const nothing = { nAbove: 0, nAboveTurned: 0, pValue: NaN, effectiveBets: NaN, components: [] };
    return { ...about, ...nothing, nullEffectiveBets: new Float64Array(0) };
  }
  const turned = parallelAnalysis(window, { nShifts, random });
  const signed = parallelAnalysis(window, { nShifts, random, null: "signed" });
  const nAbove = Math.min(turned.nAbove, signed.nAbove);
  return {
    ...about,
    ...{ nAbove, nAboveTurned: turned.nAbove, effectiveBets: turned.effectiveNumber },
    pValue: Math.max(turned.pValue, signed.pValue),
    nullEffectiveBets: signed.nullEffectiveNumber,
    components: Array.from(turned.eigenvalues, (eigenvalue, k) => {
      const { nullLow, nullMid, nullHigh } = signed.nullHigh[k]! > turned.nullHigh[k]!
        ? signed
        : turned;
      return {
        ...{ rank: k + 1, eigenvalue, isAbove: k < nAbove, varianceShare: eigenvalue / n },
        ...{ nullLow: nullLow[k]!, nullMid: nullMid[k]!, nullHigh: nullHigh[k]! },
        themeShares: shares((j) => turned.vectors[k * n + j]! ** 2),
      };
    }),
  };
}

/**
 * A part of a panel without gaps: whichever day or market lacks most of what is left goes first.
 *
 * Greedy, so not the largest such part; ties give up a market before a day, the later before the earlier.
 * Markets whose moves are all alike on the days that are left go as well. Cost: O((T + n)² + cells).
 */
export function completeWindow({ days, markets, values }: Panel): Panel {
  const n = markets.length;
  const rows = new Set(days.keys()), columns = new Set(markets.keys());
  const rowGaps = new Int32Array(days.length), columnGaps = new Int32Array(n);
  const isGap = (i: number, j: number) => Number.isNaN(values[i * n + j]!);
  const each = (i: number, j: number) => {
    if (!isGap(i, j)) return;
    ++rowGaps[i]!;
    ++columnGaps[j]!;
  };
  for (const i of rows) for (const j of columns) each(i, j);
  for (;;) {
    const row = worst(rows, rowGaps), column = worst(columns, columnGaps);
    if (row === undefined || column === undefined || rowGaps[row] === 0) break;
    if (columnGaps[column]! / rows.size >= rowGaps[row]! / columns.size) {
      columns.delete(column);
      for (const i of rows) if (isGap(i, column)) --rowGaps[i]!;
    } else {
      rows.delete(row);
      for (const j of columns) if (isGap(row, j)) --columnGaps[j]!;
    }
  }
  const kept = [...rows];
  const lively = [...columns].filter((j) =>
    kept.some((i) => values[i * n + j] !== values[kept[0]! * n + j])
  );
  return panel(
    Int32Array.from(kept, (i) => days[i]!),
    lively.map((j) => markets[j]!),
    Float64Array.from(kept.flatMap((i) => lively.map((j) => values[i * n + j]!))),
  );
}

/** The member with most gaps, the last of equals. */
function worst(members: ReadonlySet<number>, gaps: Int32Array): number | undefined {
  let most: number | undefined;
  for (const member of members) {
    if (most === undefined || gaps[member]! >= gaps[most]!) most = member;
  }
  return most;
}

/**
 * `06_components`: component, eigenvalue, null_low, null_median, null_high, is_above, variance_share,
 * leading_theme, leading_share, expected_share.
 *
 * A row a component, largest first. The leading theme is the one with most of the squared loadings; the
 * expected share is that of the contracts. It is missing where the contracts have no theme.
 */
export function componentTable({ components, marketShares }: MoveComponents): Table {
  const leading = components.map(({ themeShares }) =>
    themeShares.reduce((most, one) => one.share > most.share ? one : most)
  );
  const numbers = (of: (one: MoveComponent) => number) => numberColumn(components.map(of));
  return table({
    component: integerColumn(components.map(({ rank }) => rank)),
    eigenvalue: numbers(({ eigenvalue }) => eigenvalue),
    null_low: numbers(({ nullLow }) => nullLow),
    null_median: numbers(({ nullMid }) => nullMid),
    null_high: numbers(({ nullHigh }) => nullHigh),
    is_above: boolColumn(components.map(({ isAbove }) => isAbove)),
    variance_share: numbers(({ varianceShare }) => varianceShare),
    leading_theme: stringColumn(leading.map(({ theme }) => theme === "" ? null : theme)),
    leading_share: numberColumn(leading.map(({ share }) => share)),
    expected_share: numberColumn(
      leading.map(({ theme }) => marketShares.find((one) => one.theme === theme)!.share),
    ),
  });
}
