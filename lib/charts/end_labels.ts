import * as Plot from "@observablehq/plot";
import { placedWords } from "./placed_words.ts";
import { shortText } from "./text_lines.ts";
import { textWidth } from "./text_width.ts";

/** What is written beside the end of a line. */
export interface EndLabel {
  /** Where the line ends, in the units of the vertical axis. */
  readonly end: number;
  /** The number there, aligned with those of the other labels. */
  readonly value: string;
  readonly name: string;
  readonly fill: string;
  readonly isBold: boolean;
}

/** Height that a label needs, user units. */
export const END_LABEL_HEIGHT = 15;

const SIZE = 11, LEADER = 14, GAP = 6, MOST_NAME = 190;

/** Width that the labels need to the right of the frame, user units. */
export function endLabelsWidth(labels: readonly EndLabel[]): number {
  const { value, name } = columnWidths(labels);
  return LEADER + 4 + value + GAP + name;
}

/**
 * Labels to the right of a frame, each as near to its line's end as the others let it, and a
 * hairline from the end to the label.
 *
 * @param labels Those of lines that end within the frame, in order of precedence among equal ends.
 * @param frame.right Horizontal value at the frame's right edge, and `perPixel` of a pixel.
 * @param frame.low Lowest vertical value, `high` the highest, over `height` pixels.
 * @throws {RangeError} If the labels are taller than the frame.
 */
export function endLabels(labels: readonly EndLabel[], frame: {
  readonly right: number;
  readonly perPixel: number;
  readonly low: number;
  readonly high: number;
  readonly height: number;
}): Plot.Markish[] {
  const perUnit = frame.height / (frame.high - frame.low);
  const middles = spreadMiddles(labels.map(({ end }) => (frame.high - end) * perUnit), {
    apart: END_LABEL_HEIGHT,
    low: 0,
    high: frame.height,
  });
  const at = (pixels: number) => frame.right + pixels * frame.perPixel;
  const widths = columnWidths(labels);
  const placed = labels.map((label, k) => ({
    ...label,
    y: frame.high - middles[k]! / perUnit,
    name: shortText(label.name, MOST_NAME, SIZE, label.isBold ? 600 : 400),
  }));
  type Placed = typeof placed[number];
  const styles = Map.groupBy(placed, ({ fill, isBold }) => `${fill} ${isBold}`);
  return [
    Plot.link(placed, {
      x1: frame.right,
      x2: at(LEADER),
      y1: "end",
      y2: "y",
      stroke: "fill",
      strokeWidth: 0.75,
      strokeOpacity: 0.7,
    }),
    ...Array.from(styles.values(), (group) => {
      const look = {
        size: SIZE,
        fill: group[0]!.fill,
        weight: group[0]!.isBold ? 600 : 400,
      } as const;
      const column = (pixels: number, text: (label: Placed) => string) =>
        group.map((label) => ({ x: at(pixels), y: label.y, text: text(label) }));
      return [
        ...placedWords(column(LEADER + 4 + widths.value, ({ value }) => value), {
          ...look,
          anchor: "end",
        }),
        ...placedWords(column(LEADER + 4 + widths.value + GAP, ({ name }) => name), {
          ...look,
          anchor: "start",
        }),
      ];
    }).flat(),
  ];
}

/**
 * Middles that lie `apart` or more, as near to the wanted ones as that allows (least squares), and
 * within [low, high].
 *
 * Cost: O(n log n). Source: pooling of adjacent violators, Barlow et al. 1972.
 *
 * @returns In the order of `wanted`; equal ones keep it downwards.
 * @throws {RangeError} If they do not fit.
 *
 * @example Two that want the same place share the shift
 * ```ts
 * import assert from "node:assert/strict";
 * import { spreadMiddles } from "lib/charts/end_labels.ts";
 * assert.deepEqual(spreadMiddles([50, 50, 90], { apart: 10, low: 0, high: 100 }), [45, 55, 90]);
 * ```
 */
export function spreadMiddles(
  wanted: readonly number[],
  { apart, low, high }: { readonly apart: number; readonly low: number; readonly high: number },
): number[] {
  const limit = high - (wanted.length - 1) * apart;
  if (wanted.length > 0 && !(limit >= low)) {
    throw new RangeError(
      `Cannot spread ${wanted.length} labels as they must fit into ${high - low} units: got ${
        wanted.length * apart
      }`,
    );
  }
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const pools: { sum: number; n: number }[] = [];
  for (const [rank, i] of order.entries()) {
    let pool = { sum: wanted[i]! - rank * apart, n: 1 };
    for (let last = pools.at(-1); last !== undefined; last = pools.at(-1)) {
      if (last.sum / last.n <= pool.sum / pool.n) break;
      pool = { sum: last.sum + pool.sum, n: last.n + pool.n };
      pools.pop();
    }
    pools.push(pool);
  }
  const starts = pools.flatMap(({ sum, n }) => Array.from({ length: n }, () => sum / n));
  const middles = new Array<number>(wanted.length);
  for (const [rank, i] of order.entries()) {
    middles[i] = Math.min(Math.max(starts[rank]!, low), limit) + rank * apart;
  }
  return middles;
}

function columnWidths(labels: readonly EndLabel[]): { value: number; name: number } {
  const widest = (width: (label: EndLabel) => number) => Math.max(0, ...labels.map(width));
  const weight = ({ isBold }: EndLabel) => isBold ? 600 : 400;
  return {
    value: widest((label) => textWidth(label.value, SIZE, weight(label))),
    name: widest((label) => Math.min(textWidth(label.name, SIZE, weight(label)), MOST_NAME)),
  };
}
