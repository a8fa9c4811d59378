import * as Plot from "@observablehq/plot";
import { END_LABEL_HEIGHT, type EndLabel, endLabels, endLabelsWidth } from "./end_labels.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { OTHER_HUE } from "./method_hues.ts";
import { AXIS, GRID, type Hue, INK, MUTED } from "./palette.ts";
import type { PortfolioRisk } from "./risk_return.ts";
import { scaled, type ValueInterval } from "./signed_interval.ts";
import { decimalText, valueTicks } from "./value_ticks.ts";

/** A portfolio's risk and return with its colour. */
export interface DrawnRisk extends PortfolioRisk {
  readonly hue: Hue;
}

const LEFT = 46, TOP = 48, BOTTOM = 44;

/**
 * One panel: a cross a portfolio, its name at the right edge at the height of its return.
 *
 * @param options.nPanels One panel is taller than each of two.
 */
export function riskReturnPanel(
  group: readonly DrawnRisk[],
  { heading, top, nPanels }: {
    readonly heading: string;
    readonly top: number;
    readonly nPanels: number;
  },
): FigurePanel {
  const least = nPanels === 1 ? 330 : 220;
  const frame = Math.max(least, (group.length + 1) * END_LABEL_HEIGHT);
  const points = group.map((one) => ({
    ...one,
    x: scaled(one.volatility, 100),
    y: scaled(one.annualReturn, 100),
  }));
  type Point = typeof points[number];
  const yRange = range(points.map(({ y }) => y)), xRange = range(points.map(({ x }) => x));
  const y = valueTicks(Math.min(yRange.low, 0), Math.max(yRange.high, 0), Math.round(frame / 36));
  const labels = points.map(({ y, sharpe, name, hue }): EndLabel => ({
    end: y.value,
    value: Number.isNaN(sharpe) ? "–" : decimalText(sharpe, 2),
    name,
    fill: hue.text,
    isBold: hue !== OTHER_HUE,
  }));
  const marginRight = endLabelsWidth(labels) + 4;
  const width = BODY_WIDTH - LEFT - marginRight;
  const x = valueTicks(Math.max(xRange.low, 0), xRange.high, Math.round(width / 64));
  const [left, right] = [x.ticks[0]!, x.ticks.at(-1)!];
  const [low, high] = [y.ticks[0]!, y.ticks.at(-1)!];
  const colour = ({ hue }: Point) => hue.fill;
  // those in front are drawn last
  const order = points.toReversed().sort((a, b) => Number(isMain(a)) - Number(isMain(b)));
  const clamp = (value: number, from: number, to: number) => Math.min(Math.max(value, from), to);
  const hasInterval = ({ low, high }: ValueInterval) => !Number.isNaN(low + high);
  const plot: Plot.PlotOptions = {
    marginLeft: LEFT,
    marginRight,
    marginTop: TOP,
    marginBottom: BOTTOM,
    x: {
      domain: [left, right],
      ticks: [...x.ticks],
      tickFormat: x.text,
      ...{ tickSize: 4, label: "Volatility a year, %", labelAnchor: "center", labelArrow: false },
      labelOffset: 38,
    },
    y: { domain: [low, high], ticks: [...y.ticks], tickFormat: y.text, tickSize: 0, label: null },
    color: { type: "identity" },
    marks: [
      heading === "" ? null : head(heading, { dy: 8 - TOP, bold: true }),
      head("Return a year, %", { dy: 30 - TOP, bold: false }),
      Plot.gridY([...y.ticks], { stroke: GRID, strokeOpacity: 1 }),
      Plot.ruleY([0], { stroke: AXIS }),
      Plot.link(points, {
        ...{ x1: ({ x }: Point) => x.value, x2: right },
        ...{ y1: ({ y }: Point) => y.value, y2: ({ y }: Point) => y.value },
        ...{ stroke: colour, strokeWidth: 0.75, strokeOpacity: 0.7, strokeDasharray: "1 3" },
      }),
      Plot.link(order.filter((point) => hasInterval(point.x)), {
        x1: ({ x }: Point) => clamp(x.low, left, right),
        x2: ({ x }: Point) => clamp(x.high, left, right),
        y1: ({ y }: Point) => y.value,
        y2: ({ y }: Point) => y.value,
        ...{ stroke: colour, strokeWidth: 1.5, strokeOpacity: 0.8 },
      }),
      Plot.link(order.filter((point) => hasInterval(point.y)), {
        x1: ({ x }: Point) => x.value,
        x2: ({ x }: Point) => x.value,
        y1: ({ y }: Point) => clamp(y.low, low, high),
        y2: ({ y }: Point) => clamp(y.high, low, high),
        ...{ stroke: colour, strokeWidth: 1.5, strokeOpacity: 0.8 },
      }),
      Plot.dot(order, {
        x: ({ x }: Point) => x.value,
        y: ({ y }: Point) => y.value,
        ...{ r: 4.5, fill: colour, stroke: "#ffffff", strokeWidth: 1 },
      }),
      ...endLabels(labels, { right, perPixel: (right - left) / width, low, high, height: frame }),
    ],
  };
  return { left: 0, top, width: BODY_WIDTH, height: TOP + frame + BOTTOM, plot };
}

function isMain({ hue }: DrawnRisk): boolean {
  return hue !== OTHER_HUE;
}

/** Values, and their intervals as far as these reach no farther than the values are apart. */
function range(intervals: readonly ValueInterval[]): { low: number; high: number } {
  const values = intervals.map(({ value }) => value);
  const least = Math.min(...values), most = Math.max(...values);
  const widths = intervals.map(({ low, high }) => high - low).filter(Number.isFinite)
    .sort((a, b) => a - b);
  // one wild interval may not squash all others
  const reach = Math.max(most - least, widths[widths.length >> 1] ?? 0, 0.5);
  const ends = intervals.flatMap(({ low, high }) => [low, high]).filter(Number.isFinite);
  return {
    low: Math.max(Math.min(least, ...ends), least - reach),
    high: Math.min(Math.max(most, ...ends), most + reach),
  };
}

function head(text: string, { dy, bold }: { dy: number; bold: boolean }): Plot.Markish {
  return Plot.text([text], {
    text: (words: string) => words,
    frameAnchor: "top-left",
    lineAnchor: "middle",
    ...{ dx: bold ? -LEFT : 6 - LEFT, dy, fontSize: 12 },
    ...(bold ? { fontWeight: 600, fill: INK } : { fill: MUTED }),
  });
}
