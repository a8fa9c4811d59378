import * as Plot from "@observablehq/plot";
import type { MethodAttribution } from "./attribution.ts";
import { axisTitle } from "./axis_title.ts";
import { CHANGE_PARTS } from "./change_parts.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { AXIS, GRID, HUES, INK, MUTED } from "./palette.ts";
import { placedWords } from "./placed_words.ts";
import { signedPoints } from "./points_text.ts";
import { valueTicks } from "./value_ticks.ts";

const LEFT = 52, TOP = 34, BOTTOM = 30, HEIGHT = 230, BAR = 31;
/** Points: an axis of less would show rounding. */
const LEAST_PAD = 0.05;

interface Step {
  readonly x: number;
  readonly name: string;
  readonly value: number;
  /** Ends of the bar on the axis. */
  readonly from: number;
  readonly to: number;
  readonly fill: string;
}

/** Bars that each start where the one before ends, and their sum. */
export function waterfallPanel(data: MethodAttribution, top: number): FigurePanel {
  const steps = stepsOf(data);
  const room = BODY_WIDTH - LEFT;
  const slot = room / steps.length;
  const ends = steps.flatMap(({ from, to }) => [from, to]);
  const reach = Math.max(...ends) - Math.min(...ends);
  // a tenth on either side keeps the numbers at the bars within the frame
  const pad = Math.max(0.1 * reach, LEAST_PAD);
  const { ticks, text } = valueTicks(Math.min(...ends) - pad, Math.max(...ends) + pad, 8);
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  const pixel = (high - low) / HEIGHT;
  const middle = ({ x }: Step) => (x + 0.5) * slot;
  return {
    left: 0,
    top,
    width: BODY_WIDTH,
    height: TOP + HEIGHT + BOTTOM,
    plot: {
      marginLeft: LEFT,
      marginRight: 0,
      marginTop: TOP,
      marginBottom: BOTTOM,
      x: { axis: null, domain: [0, room] },
      y: {
        domain: [low, high],
        ticks: [...ticks],
        tickFormat: (value: number) => value === 0 ? "0" : text(value),
        tickSize: 0,
        label: null,
      },
      color: { type: "identity" },
      marks: [
        axisTitle("Change of value, points", LEFT),
        Plot.gridY([...ticks], { stroke: GRID, strokeOpacity: 1 }),
        Plot.ruleY([0], { stroke: AXIS }),
        Plot.link(steps.slice(1), {
          x1: (step: Step) => middle(step) - slot + BAR,
          x2: (step: Step) => middle(step) - BAR,
          y1: (step: Step) => steps[step.x - 1]!.to,
          y2: (step: Step) => steps[step.x - 1]!.to,
          stroke: MUTED,
          strokeDasharray: "2 2",
        }),
        Plot.rect(steps.filter(({ value }) => value !== 0), {
          x1: (step: Step) => middle(step) - BAR,
          x2: (step: Step) => middle(step) + BAR,
          y1: "from",
          y2: "to",
          fill: "fill",
        }),
        // a bar too low to be seen still has its level
        Plot.link(steps, {
          x1: (step: Step) => middle(step) - BAR,
          x2: (step: Step) => middle(step) + BAR,
          y1: "to",
          y2: "to",
          stroke: "fill",
          strokeWidth: 2,
        }),
        Plot.text(steps, {
          x: middle,
          y: ({ value, from, to }: Step) =>
            value < 0 ? Math.min(from, to) - 12 * pixel : Math.max(from, to) + 12 * pixel,
          text: ({ value }: Step) => signedPoints(value),
          fontSize: 12,
          fontWeight: 600,
          fill: INK,
          // parts the number from the line behind it
          stroke: "#ffffff",
          strokeWidth: 4,
        }),
        ...placedWords(
          steps.map((step) => ({ x: middle(step), y: low - 17 * pixel, text: step.name })),
          { anchor: "middle", size: 11, fill: INK },
        ),
      ],
    },
  };
}

function stepsOf(data: MethodAttribution): Step[] {
  let level = 0;
  const steps = CHANGE_PARTS.map(({ key, name }, x): Step => {
    const value = data[key], from = level;
    level += value;
    return { x, name, value, from, to: level, fill: colourOf(value) };
  });
  return [...steps, {
    ...{ x: steps.length, name: "In all", value: data.change },
    ...{ from: 0, to: data.change, fill: MUTED },
  }];
}

/** Blue for gains, red for losses, grey for nothing. */
export function colourOf(points: number): string {
  return points > 0 ? HUES[0].fill : points < 0 ? HUES[5].fill : AXIS;
}
