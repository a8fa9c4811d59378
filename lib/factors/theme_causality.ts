import { formatDay } from "../core/day.ts";
import { integerColumn, numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import { falseDiscovery } from "../stats/false_discovery.ts";
import { type GrangerTest, grangerTest } from "../stats/granger.ts";
import type { FactorPanel } from "./factor_panel.ts";
import type { ThemeIndices } from "./theme_indices.ts";

/** Who would come first. */
export type CausalityDirection = "theme leads" | "asset leads";

/** Moves of the same assets, laid beside those of contracts in two ways by `macroFactors`. */
export interface CausalityPanels {
  /** From close to close. May have sessions that the other lacks. */
  readonly label: FactorPanel;
  /** By the hours that an interval of contracts covers: beside the other for what an asset shows afterwards. */
  readonly overlap: FactorPanel;
}

/** One test between a theme and an asset in one direction. */
export interface ThemeCausality {
  readonly theme: string;
  readonly symbol: string;
  readonly direction: CausalityDirection;
  /** Sessions that were fitted. */
  readonly n: number;
  readonly lags: number;
  readonly f: number;
  /** Of the F distribution, the higher of both tests where a theme leads; NaN where it cannot be tested. */
  readonly pValue: number;
  /** Share of turned leaders with as high an F. */
  readonly shiftPValue: number;
  /** Benjamini–Hochberg over all tests of the call, by `pValue`. */
  readonly qValue: number;
}

/**
 * Granger tests between every theme and every asset, in both directions, adjusted for all of them together.
 *
 * Contracts are marked at 24:00 UTC, three hours or more after New York's close, so one panel cannot do for
 * both directions. An asset that leads is tested by its moves from close to close: they end before the
 * theme's move begins, while overlapping ones hold a part of the theme's own session and find a lead where both
 * merely move together. An asset that follows shows hours of the theme's last session only in its next
 * move from close to close; overlapping moves allow for that if news comes evenly over the hours, and
 * overcorrect if exchange hours hold most of it. So both tests are made, and the weaker one counts.
 * Two lags at 5%, no lead, correlations of 0.2 to 0.6, 83 to 100% of the news before the close: an asset leads
 * in 4 to 8% of 400 draws, a theme in 1 to 5%; by overlapping moves alone in up to 85% and 80%.
 *
 * A lead is no cause, and it may be a clock: an asset that leads by one session may have met marks that nobody
 * had traded since. A finding at one session is a finding about the marks until a longer lag or quotes at
 * one instant say otherwise.
 *
 * Shape: T themes × K assets → 2 T K rows, by theme and asset in their given order. NaN: a test
 * without enough sessions; it does not count in the adjustment. Sessions that do not follow one another in
 * the panel are not neighbours in a lag. Cost: 3 T K tests of `maxShifts` turns: 5 ms each at 500 sessions and 200 turns.
 *
 * @param indices Indices of themes on the sessions of `panels.overlap`.
 * @param options.symbols Assets of the panel; all by default. @param options.lags Sessions of the past.
 * @param options.maxShifts Most turns of each check.
 * @throws {RangeError} If the sessions differ in number, `panels.label` lacks one, or a symbol is not in both.
 */
export function themeCausality(
  indices: ThemeIndices,
  panels: CausalityPanels,
  { symbols = panels.overlap.factors.map(({ symbol }) => symbol), lags, maxShifts }: {
    readonly symbols?: readonly string[];
    readonly lags: number;
    readonly maxShifts?: number;
  },
): ThemeCausality[] {
  const { themes, nSessions, index } = indices, { label, overlap } = panels;
  if (overlap.day.length !== nSessions) {
    throw new RangeError(
      `Cannot test themes against assets as both must have the same sessions: got ${nSessions} and ${overlap.day.length}`,
    );
  }
  const labelled = sessionsIn(label, overlap);
  const places = apart(overlap), length = (places.at(-1) ?? -1) + 1;
  const spread = (value: (session: number) => number) => {
    const values = new Float64Array(length).fill(NaN);
    places.forEach((place, s) => values[place] = value(s));
    return values;
  };
  const assets = symbols.map((symbol) => {
    const [before, after] = [columnOf(label, symbol), columnOf(overlap, symbol)];
    return {
      closes: spread((s) => before(labelled[s]!)),
      overlapping: spread((s) => after(s)),
    };
  });
  const options = { lags, ...(maxShifts === undefined ? {} : { maxShifts }) };
  const tested = themes.flatMap((theme, k) => {
    const moves = spread((s) => index[k * nSessions + s]!);
    return symbols.flatMap((symbol, a) => {
      const { closes, overlapping } = assets[a]!;
      const follows = weaker(
        grangerTest(moves, closes, options),
        grangerTest(moves, overlapping, options),
      );
      return [
        { theme, symbol, direction: "theme leads", ...follows },
        { theme, symbol, direction: "asset leads", ...grangerTest(closes, moves, options) },
      ] as const;
    });
  });
  const qValues = falseDiscovery(tested.map(({ pValue }) => pValue));
  return tested.map(({ nShifts: _, ...test }, k) => ({ ...test, qValue: qValues[k]! }));
}

/** The test with the higher p of two that must both hold; one that cannot be made is the weaker. */
function weaker(one: GrangerTest, other: GrangerTest): GrangerTest {
  const shiftPValue = Math.max(one.shiftPValue, other.shiftPValue);
  const isOther = Number.isNaN(other.pValue) || one.pValue <= other.pValue;
  return { ...(isOther ? other : one), shiftPValue };
}

/** Where each session of the second panel stands in the first. */
function sessionsIn(panel: FactorPanel, { fromDay, day }: FactorPanel): number[] {
  const places = new Map(Array.from(panel.day, (last, s) => [`${panel.fromDay[s]} ${last}`, s]));
  return Array.from(day, (last, s) => {
    const place = places.get(`${fromDay[s]} ${last}`);
    if (place !== undefined) return place;
    throw new RangeError(
      `Cannot test themes against assets as both panels must have each session: got none from ${
        formatDay(fromDay[s]!)
      } to ${formatDay(last)} in the moves from close to close`,
    );
  });
}

/** The moves of one asset by session. */
function columnOf({ factors, moves }: FactorPanel, symbol: string): (session: number) => number {
  const f = factors.findIndex((factor) => factor.symbol === symbol);
  if (f >= 0) return (session) => moves[session * factors.length + f]!;
  throw new RangeError(
    `Cannot test themes against assets as each must be in the panel: got "${symbol}"`,
  );
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
