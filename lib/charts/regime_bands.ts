import { countOf, countText, periodText, shareText } from "../core/number_text.ts";
import type { Regime } from "../portfolio/regimes.ts";
import type { RegimeDifference, RegimeEvidence, RegimeRow } from "../portfolio/regime_table.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure, type FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { pText } from "./p_text.ts";
import { HUES, INK } from "./palette.ts";
import { regimeBandsPanel, type RegimeNav } from "./regime_bands_plot.ts";
import {
  type Cell,
  columnPlaces,
  columnsHeight,
  type Evidence,
  evidenceAxis,
  evidenceColumn,
  type RowGrid,
  textColumn,
} from "./row_columns.ts";
import { cleanText } from "./text_lines.ts";
import { decimalText } from "./value_ticks.ts";

/** What {@link regimeBandsChart} draws. */
export interface RegimeBands {
  /** UTC days of the sessions, increasing. */
  readonly days: Int32Array;
  /** Regime of each session as it was known before it; null where it was not. */
  readonly regimes: readonly (Regime | null)[];
  /** Values at the ends of the sessions, NaN where unknown: at most four, the first the one in question. */
  readonly navs: readonly RegimeNav[];
  /** Of series with the names of `navs`. */
  readonly evidence: RegimeEvidence;
  /** Sessions of the past that the rule reads. */
  readonly window: number;
}

/** Colours of the regimes' names, those of the strip where they read on white. */
const REGIME_TEXT: Readonly<Record<Regime, string>> = {
  "risk-on": HUES[0].text,
  neutral: INK,
  "risk-off": HUES[5].text,
};

const NAME = "regime_bands";
const MAX_NAVS = 4, ROW_HEIGHT = 36, LEVEL = 0.05, GAP = 14;
const WIDTHS = [112, 120, 196, 96, 74, 92, BODY_WIDTH - 690];

/**
 * What portfolios did in each regime of the market, and whether regimes tell them apart.
 *
 * Values over the shaded regimes, then a row a portfolio and regime with its mean return a year, volatility,
 * Sharpe ratio and correlation with stocks. The title is about the first portfolio: risk-on less risk-off
 * beside what the same spells give at other times.
 *
 * @throws {RangeError} If an array has not one entry a session, or there are more than four portfolios.
 */
export function regimeBandsChart(data: RegimeBands, context: ChartContext): Figure {
  check(data);
  const { days, regimes, navs, evidence } = data;
  const nLabelled = regimes.filter((regime) => regime !== null).length;
  if (nLabelled === 0 || navs.length === 0) {
    return figure({
      name: NAME,
      title: "No session has a regime, so nothing can be told by regime",
      subtitle: "Values of portfolios by regime of the market.",
      alt: "Nothing is drawn: there is no session with a regime.",
      context,
      body: navs.length === 0
        ? "no portfolio to show"
        : `${countOf(days.length, "session")}, none after the warm-up`,
    });
  }
  const shown = new Set(navs.map(({ name }) => name));
  const rows = evidence.rows.filter(({ name }) => shown.has(name));
  const title = finding(data);
  const { panel, step } = regimeBandsPanel(data, 0);
  const grid: RowGrid = {
    nRows: rows.length,
    rowHeight: ROW_HEIGHT,
    top: panel.height + GAP + KEY_HEIGHT,
    headingLines: 2,
  };
  const key = keyLine([
    { mark: "dot", colour: HUES[0].fill, words: "interval without 0" },
    { mark: "ring", words: "interval with 0" },
    { mark: "line", words: "95% block-bootstrap interval" },
  ]);
  const perYear = Number(evidence.sessionsPerYear.toFixed(1));
  return figure({
    name: NAME,
    title,
    subtitle:
      `Value after costs, 100 at the first session with a regime. The regime of a session is told the evening before by ${data.window} sessions’ return and volatility of stocks and the level of ^VIX, each against its own past. n\u00a0=\u00a0${
        countOf(nLabelled, "session")
      } with a regime, ${
        periodText(days[regimes.findIndex((regime) => regime !== null)]!, days.at(-1)!)
      }.`,
    alt: `${title}. ${
      rows.map((row) =>
        `${cleanText(row.name)} in ${row.regime}: ${percentText(row.mean.value)} a year over ${
          countOf(row.nSessions, "session")
        }`
      ).join("; ")
    }.`,
    context,
    notes: [
      `A year counts ${perYear} sessions, as many as this period has.${
        rows.some(({ mean }) => mean.value < -1)
          ? " A mean is of single sessions, not compounded, so it can lie below −100%."
          : ""
      } Turned regimes: the same spells moved along the sessions by every offset, so they last as long and meet other returns.`,
      ...differenceNotes(evidence, shown),
      ...(nLabelled === days.length ? [] : [
        `${
          countOf(days.length - nLabelled, "session")
        } without a regime, in the warm-up or with a missing close, ${
          days.length - nLabelled === 1 ? "is" : "are"
        } grey and not counted.`,
      ]),
      ...(step === 1 ? [] : [`Lines join one session in ${step} and the last.`]),
    ],
    height: grid.top + columnsHeight(grid),
    body: [panel, { ...key, top: panel.height + GAP }, ...columns(grid, rows, nLabelled)],
  });
}

function differenceNotes({ differences }: RegimeEvidence, shown: ReadonlySet<string>): string[] {
  const texts = differences.filter(({ name, value }) => shown.has(name) && !Number.isNaN(value))
    .filter(({ measure }) => measure !== "mean")
    .map(({ name, measure, value, pValue }) =>
      `${cleanText(name)}, ${measure === "sharpe" ? "Sharpe" : "correlation"} ${
        signed(value, 2)
      } (p = ${pText(pValue)})`
    );
  return texts.length === 0
    ? []
    : [`Risk-on less risk-off, p by turned regimes: ${texts.join("; ")}.`];
}

function finding({ navs, evidence }: RegimeBands): string {
  const [first] = navs as [RegimeNav, ...RegimeNav[]];
  const name = cleanText(first.name);
  const mean = evidence.differences.find((one) =>
    one.name === first.name && one.measure === "mean"
  );
  if (mean === undefined || Number.isNaN(mean.value + mean.pValue)) {
    return `Risk-on and risk-off cannot be compared for ${name}: one of them has too few sessions`;
  }
  const points = `${decimalText(Math.abs(100 * mean.value), 1)} points a year`;
  const where = mean.value >= 0
    ? "more in risk-on than in risk-off"
    : "more in risk-off than in risk-on";
  return mean.pValue <= LEVEL
    ? `${name} earned ${points} ${where}, beyond turned regimes (${range(mean)}, p = ${
      pText(mean.pValue)
    })`
    : `Regimes do not tell returns of ${name} apart: ${points} ${where}, turned regimes ${
      range(mean)
    } (p = ${pText(mean.pValue)})`;
}

function range({ nullLow, nullHigh }: RegimeDifference): string {
  return `${signed(100 * nullLow, 1)} to ${signed(100 * nullHigh, 1)}`;
}

function signed(value: number, decimals: number): string {
  const text = decimalText(value, decimals);
  return value > 0 && Number(value.toFixed(decimals)) !== 0 ? `+${text}` : text;
}

function percentText(share: number): string {
  return Number.isNaN(share) ? "not measured" : `${decimalText(100 * share, 1)}%`;
}

function columns(grid: RowGrid, rows: readonly RegimeRow[], nLabelled: number): FigurePanel[] {
  const place = columnPlaces(WIDTHS);
  const words = (k: number, heading: string, cell: (row: RegimeRow) => Cell) =>
    textColumn(grid, place(k, heading), rows.map(cell));
  const unknown: Cell = { text: "–" };
  const evidence = rows.map(({ mean: { value, low, high } }): Evidence => ({
    ...{ value: 100 * value, low: 100 * low, high: 100 * high },
    ...{ nullLow: NaN, nullMid: NaN, nullHigh: NaN },
    stands: low > 0 || high < 0,
  }));
  const axis = evidenceAxis(evidence, { width: WIDTHS[2]!, anchors: [0] });
  return [
    words(0, "Portfolio", ({ name }) => ({ text: name, weight: 600 })),
    words(1, "Regime and sessions", ({ regime, nSessions }) => ({
      ...{ text: regime, fill: REGIME_TEXT[regime], weight: 600 },
      note: `${countText(nSessions)}, ${shareText(nSessions / nLabelled)}`,
    })),
    evidenceColumn(grid, place(2, "Mean × sessions a year, %"), { rows: evidence, axis }),
    words(
      3,
      "Value and interval",
      ({ mean: { value, low, high } }) =>
        Number.isNaN(value)
          ? { text: "" }
          : { text: percentText(value), note: `${whole(100 * low)} to ${whole(100 * high)}%` },
    ),
    words(
      4,
      "Volatility a\u00a0year",
      ({ volatility: { value } }) => Number.isNaN(value) ? unknown : { text: percentText(value) },
    ),
    words(
      5,
      "Sharpe and interval",
      ({ sharpe: { value, low, high } }) =>
        Number.isNaN(value) ? unknown : {
          text: decimalText(value, 2),
          note: `${decimalText(low, 1)} to ${decimalText(high, 1)}`,
        },
    ),
    words(
      6,
      "Correlation with stocks",
      ({ correlation: { value, low, high } }) =>
        Number.isNaN(value) ? unknown : {
          text: decimalText(value, 2),
          note: `${decimalText(low, 2)} to ${decimalText(high, 2)}`,
        },
    ),
  ];
}

function whole(x: number): string {
  return decimalText(x, 0);
}

function check({ days, regimes, navs }: RegimeBands): void {
  if (regimes.length !== days.length) {
    throw new RangeError(
      `Cannot draw regimes as each of ${days.length} sessions must have one or null: got ${regimes.length}`,
    );
  }
  for (const { name, nav } of navs) {
    if (nav.length === days.length) continue;
    throw new RangeError(
      `Cannot draw the value of "${name}" as it must have one for each of ${days.length} sessions: got ${nav.length}`,
    );
  }
  if (navs.length > MAX_NAVS) {
    throw new RangeError(
      `Cannot draw regimes as there must be at most ${MAX_NAVS} portfolios: got ${navs.length}`,
    );
  }
}
