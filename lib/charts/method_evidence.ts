import * as Plot from "@observablehq/plot";
import { countOf, countText, periodText, shareText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure, type FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { checkPercentile } from "./null_band.ts";
import { HUES } from "./palette.ts";
import {
  type Cell,
  columnPlaces,
  columnsHeight,
  evidenceAxis,
  evidenceColumn,
  type RowGrid,
  textColumn,
} from "./row_columns.ts";
import { cleanText, shortText } from "./text_lines.ts";
import { amongText, beatsBoth, methodFinding, percentText, SURE } from "./method_finding.ts";
import { decimalText } from "./value_ticks.ts";

/** What one method of making baskets earned, after costs; NaN where not measured. */
export interface MethodEvidenceRow {
  /** Key of the method, which breaks ties. */
  readonly key: string;
  readonly name: string;
  /** Return a year after costs, as a share: 0.041 is 4.1%. With its 95% bootstrap interval. */
  readonly annualReturn: number;
  readonly returnLow: number;
  readonly returnHigh: number;
  /** 5th, 50th and 95th percentile of the same over matched random portfolios. */
  readonly randomLow: number;
  readonly randomMid: number;
  readonly randomHigh: number;
  /** Share of random portfolios below it after costs, in [0, 1]; ties count half. */
  readonly percentile: number;
  /** The same free of costs, for the method and for the random portfolios. */
  readonly percentileGross: number;
  /** Sharpe ratio a year against the T-bill series, with its 95% interval. */
  readonly sharpe: number;
  readonly sharpeLow: number;
  readonly sharpeHigh: number;
  /** Probability that the true Sharpe ratio is above what the best of all trials gives by luck. */
  readonly deflatedSharpe: number;
  /** Value traded a year, as a multiple of the value held. */
  readonly annualTurnover: number;
  /** Points of change before costs, 100 at the start, and those of them on days of resolution. */
  readonly grossPoints: number;
  readonly resolutionPoints: number;
}

/** The comparison that decides. */
export interface MethodEvidence {
  readonly methods: readonly MethodEvidenceRow[];
  /** Return a year of cash over the same days, as a share. */
  readonly cashReturn: number;
  /** "T-bills" or "Cash at zero". */
  readonly cashName: string;
  /** Configurations that were tried. */
  readonly nTrials: number;
  /** Random portfolios a method. */
  readonly nRandom: number;
  /** Probability that the best in sample is below the median out of sample; NaN not measured. */
  readonly overfitting: number;
  /** Days of the returns, UTC. */
  readonly firstDay: number;
  readonly lastDay: number;
}

const NAME = "method_evidence";
const MAX_ROWS = 30, ROW_HEIGHT = 40;
const WIDTHS = [150, 180, 90, 110, 72, 54, 56, BODY_WIDTH - 712];

/**
 * Whether any method of making baskets beats cash and random portfolios after costs.
 *
 * A row a method, the highest return first. It beats cash where the whole interval of its return
 * lies above it, and random portfolios where it lies above 95% of portfolios with the same dates,
 * weights and costs, after costs and free of them: what is dear costs less to trade, so after costs
 * alone a method may be good at nothing but that. Both must hold, and neither knows of the other
 * methods tried: that is what the deflated Sharpe ratio is for.
 *
 * @throws {RangeError} If a percentile or a probability is not in [0, 1], or fewer trials are given
 * than methods.
 */
export function methodEvidenceChart(data: MethodEvidence, context: ChartContext): Figure {
  check(data);
  const { methods, cashName, nTrials, nRandom, overfitting } = data;
  if (methods.length === 0) {
    return figure({
      name: NAME,
      title: "No method was replayed, so none beats cash or random portfolios",
      subtitle: "Return a year after costs, by method.",
      alt: "Nothing is drawn: there is no method.",
      context,
      body: "no methods replayed",
    });
  }
  const sorted = [...methods].sort((a, b) => {
    const [x, y] = [a.annualReturn, b.annualReturn];
    return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || y - x || (a.key < b.key ? -1 : 1);
  });
  const drawn = sorted.slice(0, MAX_ROWS);
  const grid: RowGrid = {
    nRows: drawn.length,
    rowHeight: ROW_HEIGHT,
    top: KEY_HEIGHT + 6,
    headingLines: 2,
  };
  const title = methodFinding(data, sorted);
  const nHidden = sorted.length - drawn.length;
  return figure({
    name: NAME,
    title,
    subtitle: `Return a year after costs with its 95% bootstrap interval, over ${
      countText(nRandom)
    } random portfolios a method with the same dates, weights and costs. n\u00a0=\u00a0${
      countOf(methods.length, "method")
    } of ${countOf(nTrials, "trial")}; probability of backtest overfitting ${
      Number.isNaN(overfitting) ? "not measured" : shareText(overfitting)
    }. ${periodText(data.firstDay, data.lastDay)}.`,
    alt: `${title}. ${
      drawn.map((row) =>
        `${cleanText(row.name)}: ${percentText(row.annualReturn)}, ${amongText(row)}`
      ).join("; ")
    }.`,
    context,
    notes: [
      "Random beaten: share of random portfolios with a lower return after costs; in small, the same free of costs. Costs are part of the first: a method of dear contracts trades cheaper. Beating random portfolios takes more than 95% of both.",
      `Deflated Sharpe: probability that the true Sharpe ratio exceeds what the best of ${
        countOf(nTrials, "trial")
      } would show by luck; below 95% it may be luck. Turnover: value bought and sold a year over value held. Resolutions: points of change on days of resolution, of all points before costs.`,
      ...(nHidden === 0 ? [] : [
        `${countOf(nHidden, "method")} with a lower return ${
          nHidden === 1 ? "is" : "are"
        } not drawn.`,
      ]),
    ],
    height: grid.top + columnsHeight(grid),
    body: [
      keyLine([
        { mark: "dot", colour: HUES[0].fill, words: "beats both" },
        { mark: "ring", words: "does not" },
        { mark: "line", words: "95% interval" },
        { mark: "band", words: "random portfolios, 5th to 95th percentile" },
        {
          mark: "tick",
          colour: CASH,
          words: `${shortText(cashName, 150, 11)}, ${percentText(data.cashReturn)}`,
        },
      ]),
      ...columns(grid, drawn, data),
    ],
  });
}

const CASH = HUES[5].fill;

function columns(
  grid: RowGrid,
  rows: readonly MethodEvidenceRow[],
  { cashReturn }: MethodEvidence,
): FigurePanel[] {
  const place = columnPlaces(WIDTHS);
  const words = (k: number, heading: string, cell: (row: MethodEvidenceRow) => Cell) =>
    textColumn(grid, place(k, heading), rows.map(cell));
  return [
    words(0, "Method", ({ name }) => ({ text: name, weight: 600 })),
    returnColumn(grid, place(1, "Return a year after costs, %"), { rows, cashReturn }),
    words(2, "Value and interval", ({ annualReturn, returnLow, returnHigh }) =>
      // a value that is missing is named in the column beside
      Number.isNaN(annualReturn) ? { text: "" } : {
        text: percentText(annualReturn),
        note: returnRange(returnLow, returnHigh),
      }),
    words(
      3,
      "Random beaten",
      ({ percentile, percentileGross }) =>
        Number.isNaN(percentile) ? { text: "–", note: "not measured" } : {
          text: shareText(percentile),
          note: Number.isNaN(percentileGross)
            ? "free of costs –"
            : `${shareText(percentileGross)} free of costs`,
        },
    ),
    words(
      4,
      "Sharpe and interval",
      ({ sharpe, sharpeLow, sharpeHigh }) =>
        Number.isNaN(sharpe) ? { text: "–" } : {
          text: decimalText(sharpe, 2),
          note: rangeText(sharpeLow, sharpeHigh, (x) => decimalText(x, 1)),
        },
    ),
    words(5, "Deflated Sharpe", ({ deflatedSharpe }) => ({
      text: Number.isNaN(deflatedSharpe) ? "–" : shareText(deflatedSharpe),
      ...(deflatedSharpe >= SURE ? { fill: HUES[0].text, weight: 600 } : {}),
    })),
    words(6, "Turnover a\u00a0year", ({ annualTurnover }) => ({
      text: Number.isNaN(annualTurnover) ? "–" : `${decimalText(annualTurnover, 1)}×`,
    })),
    words(7, "Points from resolutions", ({ grossPoints, resolutionPoints }) => ({
      text: Number.isNaN(resolutionPoints)
        ? "–"
        : `${decimalText(resolutionPoints, 0)} of ${decimalText(grossPoints, 0)}`,
    })),
  ];
}

/** Returns over random portfolios, with cash as a line through all rows. */
function returnColumn(
  grid: RowGrid,
  column: { readonly left: number; readonly width: number; readonly heading: string },
  { rows, cashReturn }: {
    readonly rows: readonly MethodEvidenceRow[];
    readonly cashReturn: number;
  },
): FigurePanel {
  // in percent, so that ticks are round
  const evidence = rows.map((row) => ({
    value: 100 * row.annualReturn,
    low: 100 * row.returnLow,
    high: 100 * row.returnHigh,
    nullLow: 100 * row.randomLow,
    nullMid: 100 * row.randomMid,
    nullHigh: 100 * row.randomHigh,
    stands: beatsBoth(row, cashReturn),
  }));
  const axis = evidenceAxis(evidence, { width: column.width, anchors: [0, 100 * cashReturn] });
  const drawn = evidenceColumn(grid, column, {
    rows: evidence,
    axis,
  });
  // rows without a return are the last
  const nMeasured = evidence.filter(({ value }) => !Number.isNaN(value)).length;
  const line = Plot.ruleX([100 * cashReturn], {
    ...{ y1: -0.5, y2: nMeasured - 0.5, stroke: CASH, strokeWidth: 1.5 },
  });
  return { ...drawn, plot: { ...drawn.plot, marks: [...drawn.plot.marks ?? [], line] } };
}

function rangeText(low: number, high: number, text: (value: number) => string): string {
  return Number.isNaN(low + high) ? "no interval" : `${text(low)} to ${text(high)}`;
}

/** An interval of returns in percent, with tenths where whole ones would read alike. */
function returnRange(low: number, high: number): string {
  const decimals = high - low < 0.03 ? 1 : 0;
  return rangeText(low, high, (share) => `${decimalText(100 * share, decimals)}%`);
}

function check({ methods, nTrials, overfitting }: MethodEvidence): void {
  checkPercentile(overfitting, "probability of backtest overfitting");
  for (const { name, percentile, percentileGross, deflatedSharpe } of methods) {
    checkPercentile(percentile, name);
    checkPercentile(percentileGross, name);
    checkPercentile(deflatedSharpe, name);
  }
  if (nTrials < methods.length) {
    throw new RangeError(
      `Cannot compare methods as each must count as a trial: got ${methods.length} methods of ${nTrials} trials`,
    );
  }
}
