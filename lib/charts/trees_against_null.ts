import type { Linkage } from "../cluster/linkage.ts";
import { countOf, countText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { nullBand } from "./null_band.ts";
import { BODY_WIDTH } from "./frame.ts";
import { BELOW_FILL, GRID, HUES, NULL_TEXT } from "./palette.ts";
import { heightText } from "./tree_marks.ts";
import { topHeight, treeShape, unjoinedParts } from "./tree_shape.ts";
import {
  type HeightFrame,
  heightWordsPlot,
  MAX_UPRIGHT_MERGES,
  uprightTreePlot,
} from "./upright_tree.ts";

const NAME = "trees_against_null";
const HEIGHT = 420;
const LEFT_WIDTH = 366, RIGHT_WIDTH = 318, WORDS_WIDTH = BODY_WIDTH - LEFT_WIDTH - RIGHT_WIDTH;
/** Largest share of shifted trees, the real one counted in, that may join as low. */
const LEVEL = 0.05;

/** What {@link treesAgainstNullChart} draws. */
export interface TreesAgainstNull {
  readonly real: Linkage;
  /** Leaves from left to right. */
  readonly realOrder: ArrayLike<number>;
  /** Tree of one replicate of circularly shifted moves. */
  readonly shifted: Linkage;
  readonly shiftedOrder: ArrayLike<number>;
  /** Lower quartile of the heights of the real tree's merges. */
  readonly quartileHeight: number;
  /** The same of every shifted replicate; NaN does not count. */
  readonly nullQuartileHeights: Float64Array;
  /** What the heights are, "distance" by default. */
  readonly distanceName?: string;
  /** What a leaf is, "event" by default; the plural takes an s. */
  readonly noun?: string;
}

/**
 * Whether the real tree joins lower than trees of moves that have nothing to do with each other.
 *
 * A clustering always finds a tree, so its picture alone says nothing. Both trees share one axis of
 * heights; the band holds the lower quartile of 90 % of the shifted replicates, the line that of the
 * real tree.
 *
 * @throws {RangeError} If an order does not hold each leaf of its tree once.
 */
export function treesAgainstNullChart(trees: TreesAgainstNull, context: ChartContext): Figure {
  const { real, shifted, quartileHeight, noun = "event", distanceName = "distance" } = trees;
  const n = real.ids.length;
  const subtitle = `Trees of the same ${noun}s, of real moves and of moves shifted in a circle.`;
  if (n < 2 || shifted.ids.length < 2) {
    const title = `There are no two ${noun}s to join`;
    return figure({
      name: NAME,
      title,
      subtitle,
      alt: `Nothing is drawn. ${title}.`,
      context,
      body: `fewer than two ${noun}s: no tree to compare`,
    });
  }
  const nulls = trees.nullQuartileHeights.filter((h) => !Number.isNaN(h)).sort();
  const title = titleOf(countOf(n, noun), quartileHeight, nulls);
  const { low, high } = nullBand(nulls);
  const reach = [quartileHeight, low, high].filter(Number.isFinite);
  const frame: HeightFrame = {
    top: Math.max(topHeight(real), topHeight(shifted), ...reach),
    quartileHeight,
    low,
    high,
  };
  const places = { top: 0, height: HEIGHT };
  const parts = [unjoinedParts(real), unjoinedParts(shifted)];
  return figure({
    name: NAME,
    title,
    subtitle: `${subtitle} Both on one axis of heights; n\u00a0=\u00a0${countOf(n, noun)}, ${
      countOf(nulls.length, "shifted replicate")
    }.`,
    alt: `${title}. Lower quartile of the heights of merges: ${
      words(quartileHeight, frame.top)
    } in the observed tree; ${words(low, frame.top)} to ${
      words(high, frame.top)
    } in nine of ten shifted trees.`,
    context,
    notes: [
      "Shifting each series in a circle by its own number of days keeps each series as it is and removes what they share.",
      ...(n - 1 <= MAX_UPRIGHT_MERGES ? [] : [
        `The ${countText(MAX_UPRIGHT_MERGES)} highest of ${
          countText(n - 1)
        } merges of each tree; what joins below is a pale wedge that ends at its lowest merge.`,
      ]),
      ...(parts.every((count) => count === 1) ? [] : [
        `Parts that share no known pair of ${noun}s are left unjoined: ${
          countText(parts[0]!)
        } in the real tree, ${countText(parts[1]!)} in the shifted one.`,
      ]),
    ],
    height: HEIGHT,
    body: [
      {
        ...places,
        left: 0,
        width: LEFT_WIDTH,
        plot: uprightTreePlot(treeShape(real, trees.realOrder), frame, {
          heading: "Observed moves",
          axis: distanceName,
          stroke: HUES[0].fill,
          ink: HUES[0].text,
          wedge: BELOW_FILL,
        }),
      },
      {
        ...places,
        left: LEFT_WIDTH,
        width: RIGHT_WIDTH,
        plot: uprightTreePlot(treeShape(shifted, trees.shiftedOrder), frame, {
          heading: "Shifted moves, one replicate",
          stroke: NULL_TEXT,
          ink: NULL_TEXT,
          wedge: GRID,
        }),
      },
      {
        ...places,
        left: LEFT_WIDTH + RIGHT_WIDTH,
        width: WORDS_WIDTH,
        plot: heightWordsPlot(frame, { width: WORDS_WIDTH, height: HEIGHT }),
      },
    ],
  });
}

function titleOf(what: string, quartileHeight: number, nulls: Float64Array): string {
  const count = nulls.length;
  if (Number.isNaN(quartileHeight) || count === 0) {
    return `Whether the tree of ${what} joins lower than one of shifted moves is not measured`;
  }
  const asLow = nulls.filter((h) => h <= quartileHeight).length;
  const higher = count - asLow;
  const rank = `its lower quartile of merges is below that of ${
    higher === count && count > 1 ? "all" : `${countText(higher)} of`
  } ${countOf(count, "replicate")}`;
  return (1 + asLow) / (1 + count) <= LEVEL
    ? `The tree of ${what} joins lower than trees of shifted moves: ${rank}`
    : `The tree of ${what} joins no lower than one of shifted moves: ${rank}`;
}

function words(height: number, top: number): string {
  return Number.isFinite(height) ? heightText(height, top) : "unknown";
}
