import * as Plot from "@observablehq/plot";
import { countOf } from "../core/number_text.ts";
import type { BasketChange } from "./attribution.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { numberColumns, numberColumnsWidth } from "./number_columns.ts";
import { AXIS, INK, MUTED } from "./palette.ts";
import { placedWords } from "./placed_words.ts";
import { signedPoints } from "./points_text.ts";
import { shortText } from "./text_lines.ts";
import { colourOf } from "./waterfall.ts";

/** A basket with the sum of its parts. */
export interface BasketTotal extends BasketChange {
  readonly total: number;
}

const LABEL = 236, TOP = 44, ROW = 34, GAP = 12;
/** Points: bars of less would show rounding. */
const LEAST_SPAN = 0.1;

/** What each basket added, as a bar on one axis around 0 and as numbers by part. */
export function basketPanel(baskets: readonly BasketTotal[], top: number): FigurePanel {
  const column = (
    heading: readonly [string, string],
    points: (basket: BasketTotal) => number,
  ) => ({ heading, texts: baskets.map((basket) => signedPoints(points(basket))) });
  const columns = [
    column(["", "In all"], ({ total }) => total),
    column(["Price", "drift"], ({ drift }) => drift),
    column(["Resolution", "jumps"], ({ resolution }) => resolution),
    column(["Spread, fees,", "rolls"], ({ spread, fees, rolls }) => spread + fees + rolls),
    column(["Cash", "interest"], ({ cash }) => cash),
  ];
  const right = BODY_WIDTH - LABEL;
  const room = right - numberColumnsWidth(columns) - GAP;
  const low = Math.min(0, ...baskets.map(({ total }) => total));
  const high = Math.max(0, ...baskets.map(({ total }) => total));
  const span = Math.max(high - low, LEAST_SPAN);
  const at = (points: number) => (points - low) / span * room;
  const height = baskets.length * ROW;
  const middle = (row: number) => (row + 0.5) * ROW;
  const line = (dy: number, text: (basket: BasketTotal) => string) =>
    baskets.map((basket, row) => ({ x: -12, y: middle(row) + dy, text: text(basket) }));
  return {
    left: 0,
    top,
    width: BODY_WIDTH,
    height: TOP + height,
    plot: {
      marginLeft: LABEL,
      marginRight: 0,
      marginTop: TOP,
      marginBottom: 0,
      x: { axis: null, domain: [0, right] },
      y: { axis: null, domain: [height, 0] },
      color: { type: "identity" },
      marks: [
        Plot.rect(baskets.map((basket, row) => ({ ...basket, row })), {
          x1: at(0),
          x2: ({ total }: BasketTotal) => at(total),
          y1: ({ row }: { row: number }) => middle(row) - 8,
          y2: ({ row }: { row: number }) => middle(row) + 8,
          fill: ({ total }: BasketTotal) => colourOf(total),
        }),
        Plot.ruleX([at(0)], { stroke: AXIS }),
        ...placedWords([{ x: -12, y: -12, text: "Largest changes by basket, points" }], {
          anchor: "end",
          size: 11,
          fill: MUTED,
        }),
        ...placedWords(line(-7, ({ name }) => shortText(name, LABEL - 16, 12, 600)), {
          anchor: "end",
          size: 12,
          fill: INK,
          weight: 600,
        }),
        ...placedWords(line(8, ({ nContracts }) => countOf(nContracts, "contract")), {
          anchor: "end",
          size: 10.5,
          fill: MUTED,
        }),
        ...numberColumns(columns, baskets.map((_, row) => ({ y: middle(row), fill: INK })), right),
      ],
    },
  };
}
