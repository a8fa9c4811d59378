import { integerColumn, numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import { falseDiscovery } from "../stats/false_discovery.ts";
import { grangerTest } from "../stats/granger.ts";
import type { FactorPanel } from "./factor_panel.ts";
import type { ThemeIndices } from "./theme_indices.ts";

/** Who would come first. */
export type CausalityDirection = "theme leads" | "asset leads";

/** One test between a theme and an asset in one direction. */
export interface ThemeCausality {
  readonly theme: string;
  readonly symbol: string;
  readonly direction: CausalityDirection;
  /** Sessions that were fitted. */
  readonly n: number;
  readonly lags: number;
  readonly f: number;
  /** Of the F distribution; NaN where it cannot be tested. */
  readonly pValue: number;
  /** Share of turned leaders with as high an F. */
  readonly shiftPValue: number;
  /** Benjamini–Hochberg over all tests of the call, by `pValue`. */
  readonly qValue: number;
}

/**
 * Granger tests between every theme and every asset, in both directions, adjusted for all of them together.
 *
 * A lead is no cause, and here it may be a clock: contracts are marked at 24:00 UTC, three hours or
 * more after New York's close. A theme that leads an asset by one session may have moved in those hours, on
 * news that the asset could show only on its next session; an asset that leads a theme by one session may
 * have met marks that nobody had traded since. A finding at one session is a finding about the marks
 * until a longer lag or quotes at one instant say otherwise.
 *
 * Shape: T themes × K assets → 2 T K rows, by theme and asset in their given order. NaN: a test
 * without enough sessions; it does not count in the adjustment. Sessions that do not follow one another in
 * the panel are not neighbours in a lag. Cost: 2 T K tests of `maxShifts` turns: 5 ms each at 500 sessions and 200 turns.
 *
 * @param indices Indices of themes on the panel's sessions. @param panel Moves of the assets.
 * @param options.symbols Assets of the panel; all by default. @param options.lags Sessions of the past.
 * @param options.maxShifts Most turns of each check.
 * @throws {RangeError} If the sessions differ in number or a symbol is not in the panel.
 */
export function themeCausality(
  indices: ThemeIndices,
  panel: FactorPanel,
  { symbols = panel.factors.map(({ symbol }) => symbol), lags, maxShifts }: {
    readonly symbols?: readonly string[];
    readonly lags: number;
    readonly maxShifts?: number;
  },
): ThemeCausality[] {
  const { themes, nSessions, index } = indices, nFactors = panel.factors.length;
  if (panel.day.length !== nSessions) {
    throw new RangeError(
      `Cannot test themes against assets as both must have the same sessions: got ${nSessions} and ${panel.day.length}`,
    );
  }
  const columns = symbols.map((symbol) => {
    const f = panel.factors.findIndex((factor) => factor.symbol === symbol);
    if (f >= 0) return f;
    throw new RangeError(
      `Cannot test themes against assets as each must be in the panel: got "${symbol}"`,
    );
  });
  const places = apart(panel), length = (places.at(-1) ?? -1) + 1;
  const spread = (value: (session: number) => number) => {
    const values = new Float64Array(length).fill(NaN);
    places.forEach((place, s) => values[place] = value(s));
    return values;
  };
  const assets = columns.map((f) => spread((s) => panel.moves[s * nFactors + f]!));
  const options = { lags, ...(maxShifts === undefined ? {} : { maxShifts }) };
  const tested = themes.flatMap((theme, k) => {
    const moves = spread((s) => index[k * nSessions + s]!);
    return symbols.flatMap((symbol, a) =>
      [
        { theme, symbol, direction: "theme leads", ...grangerTest(moves, assets[a]!, options) },
        { theme, symbol, direction: "asset leads", ...grangerTest(assets[a]!, moves, options) },
      ] as const
    );
  });
  const qValues = falseDiscovery(tested.map(({ pValue }) => pValue));
  return tested.map(({ nShifts: _, ...test }, k) => ({ ...test, qValue: qValues[k]! }));
}

/** A place for each session, with an empty one before each that does not follow the one before it. */
function apart({ fromDay, day }: FactorPanel): number[] {
  let place = -1;
  return Array.from(day, (_, s) => place += s > 0 && fromDay[s] !== day[s - 1] ? 2 : 1);
}

/** `06_causality`: theme, symbol, direction, n, lags, f, p_value, shift_p_value, q_value. */
export function causalityTable(rows: readonly ThemeCausality[]): Table {
  const numbers = (of: (row: ThemeCausality) => number) => numberColumn(rows.map(of));
  return table({
    theme: stringColumn(rows.map(({ theme }) => theme)),
    symbol: stringColumn(rows.map(({ symbol }) => symbol)),
    direction: stringColumn(rows.map(({ direction }) => direction)),
    n: integerColumn(rows.map(({ n }) => n)),
    lags: integerColumn(rows.map(({ lags }) => lags)),
    f: numbers(({ f }) => f),
    p_value: numbers(({ pValue }) => pValue),
    shift_p_value: numbers(({ shiftPValue }) => shiftPValue),
    q_value: numbers(({ qValue }) => qValue),
  });
}
