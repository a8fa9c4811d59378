import * as Plot from "@observablehq/plot";
import { countOf, countText, periodText } from "../core/number_text.ts";
import { basketHue, type NamedHue } from "./basket_hue.ts";
import { correlationEvidence } from "./basket_correlation_scale.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure, type FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { type Area, hatchedArea } from "./hatched_area.ts";
import { AXIS, divergingColour, GRID, INK, MISSING_FILL, MUTED, textColourOn } from "./palette.ts";
import { pixelPanel } from "./pixel_panel.ts";
import { placedWords } from "./placed_words.ts";
import { cleanText, shortText } from "./text_lines.ts";
import { textWidth } from "./text_width.ts";
import { decimalsApart, decimalText } from "./value_ticks.ts";

/** Correlation of the returns of two baskets. */
export interface BasketPair {
  readonly a: string;
  readonly b: string;
  /** Pearson's ρ over the common days; NaN where there are too few. */
  readonly rho: number;
  /** Days on which both had a return. */
  readonly nDays: number;
}

/** How much baskets move together. */
export interface BasketCorrelations {
  /** Whose baskets: "Hybrid, equal". */
  readonly name: string;
  readonly baskets: readonly NamedHue[];
  /** Each pair once, in any order; a pair that is missing is unknown. */
  readonly pairs: readonly BasketPair[];
  /** 95% interval of the mean over pairs; NaN where not measured. */
  readonly meanLow: number;
  readonly meanHigh: number;
  /** What a return spans. */
  readonly span: "daily" | "weekly";
  /** Days of the returns, UTC. */
  readonly firstDay: number;
  readonly lastDay: number;
}

const NAME = "basket_correlation";
const MAX_BASKETS = 30, MOST_WRITTEN = 16;
const LABEL = 196, SIDE = 58, LABEL_SIZE = 11, SIZE = 10.5, SLANT = Math.SQRT1_2, CHIP = 9;
const LEGEND = 74, SLANTED = 120;

interface Cells {
  /** Those that correlate most with the others first. */
  readonly order: readonly NamedHue[];
  /** Mean ρ with the others, by basket. */
  readonly means: ReadonlyMap<string, number>;
  readonly pair: (a: string, b: string) => BasketPair | undefined;
  /** Over known pairs; NaN of none. */
  readonly mean: number;
  readonly nKnown: number;
}

/**
 * Whether baskets are different things: the correlation of the returns of every two.
 *
 * The colours always go from −1 to 1. Below the diagonal stands ρ, above it the number of common
 * days behind it; unknown pairs are hatched. Baskets that correlate most with the others come first.
 * Beyond 16 baskets the numbers are left out, beyond 30 the baskets that correlate least.
 *
 * @param options.limit Mean correlation that baskets must stay below, the seed plan's 0.3.
 * @throws {RangeError} If a pair is not of two of the baskets, stands twice, or its ρ is not in
 * [−1, 1].
 */
export function basketCorrelationChart(
  data: BasketCorrelations,
  context: ChartContext,
  { limit = 0.3 }: { readonly limit?: number } = {},
): Figure {
  const cells = cellsOf(data), n = data.baskets.length;
  if (cells.nKnown === 0) {
    const title = n === 0
      ? "There is no basket to correlate"
      : n === 1
      ? "There is one basket, so nothing to correlate it with"
      : `No two of ${countOf(n, "basket")} have enough common days to correlate`;
    return figure({
      name: NAME,
      title,
      subtitle: "Correlation of the returns of each two baskets.",
      alt: `Nothing is drawn. ${title}.`,
      context,
      body: "no pairs of baskets with a known correlation",
    });
  }
  const nPairs = n * (n - 1) / 2, nUnknown = nPairs - cells.nKnown;
  const drawn = cells.order.slice(0, MAX_BASKETS);
  const map = mapPanel(drawn, cells);
  const title = finding(data, cells, limit);
  return figure({
    name: NAME,
    title,
    subtitle: `${
      cleanText(data.name)
    }: correlation ρ of the ${data.span} returns of each two baskets${
      drawn.length > MOST_WRITTEN ? "" : "; above the diagonal: common days"
    }. n\u00a0=\u00a0${countOf(n, "basket")}, ${countOf(nPairs, "pair")}${
      nUnknown === 0 ? "" : `, ${countText(nUnknown)} of them unknown`
    }, ${periodText(data.firstDay, data.lastDay)}.`,
    alt: `${title}. Most correlated with the others: ${
      cells.order.slice(0, 3).map(({ id, name }) =>
        `${cleanText(name)} ${decimalText(cells.means.get(id)!, 2)}`
      ).join("; ")
    }.`,
    context,
    notes: [
      "Common days: on which both baskets had a return. Rows: the largest mean with the others first.",
      ...(drawn.length > MOST_WRITTEN ? ["Too many baskets for numbers in the cells."] : []),
      ...(drawn.length === n
        ? []
        : [`${countOf(n - drawn.length, "basket")} that correlate less are not drawn.`]),
    ],
    height: map.height + LEGEND,
    body: [
      map,
      correlationEvidence({ top: map.height, height: LEGEND }, {
        ...{ mean: cells.mean, low: data.meanLow, high: data.meanHigh, limit },
      }),
    ],
  });
}

function cellsOf({ baskets, pairs, meanLow, meanHigh }: BasketCorrelations): Cells {
  const ids = new Set(baskets.map(({ id }) => id));
  const key = (a: string, b: string) => JSON.stringify(a < b ? [a, b] : [b, a]);
  const byKey = new Map<string, BasketPair>();
  if (ids.size < baskets.length) {
    throw new RangeError("Cannot draw correlations as each basket must have an id of its own");
  }
  for (const pair of pairs) {
    const { a, b, rho } = pair;
    if (a === b || !ids.has(a) || !ids.has(b) || byKey.has(key(a, b))) {
      throw new RangeError(
        `Cannot draw correlations as each pair must be of two of the baskets, once: got "${a}" and "${b}"`,
      );
    }
    if (rho < -1 || rho > 1) {
      throw new RangeError(
        `Cannot draw the correlation of "${a}" and "${b}" as it must be in [-1, 1] or NaN: got ${rho}`,
      );
    }
    byKey.set(key(a, b), pair);
  }
  if (meanLow > meanHigh) {
    throw new RangeError(
      `Cannot draw the mean correlation as its interval must be in order: got ${meanLow} to ${meanHigh}`,
    );
  }
  const pair = (a: string, b: string) => byKey.get(key(a, b));
  const means = new Map(baskets.map(({ id }) => [
    id,
    meanOf(baskets.flatMap((other) => other.id === id ? [] : [pair(id, other.id)?.rho ?? NaN])),
  ]));
  const known = pairs.filter(({ rho }) => !Number.isNaN(rho));
  const order = [...baskets].sort((a, b) => {
    const [x, y] = [means.get(a.id)!, means.get(b.id)!];
    return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || y - x || (a.id < b.id ? -1 : 1);
  });
  return { order, means, pair, mean: meanOf(known.map(({ rho }) => rho)), nKnown: known.length };
}

function meanOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

function mapPanel(baskets: readonly NamedHue[], cells: Cells): FigurePanel {
  const n = baskets.length, hasNumbers = n <= MOST_WRITTEN;
  const wide = Math.min(Math.floor((BODY_WIDTH - LABEL - SIDE) / (n + 0.7)), 72);
  const high = Math.min(wide, 30);
  const names = baskets.map(({ name }) => shortText(name, LABEL - CHIP - 14, LABEL_SIZE));
  const slanted = baskets.map(({ name }) => shortText(name, SLANTED, LABEL_SIZE));
  const head = Math.ceil(
    Math.max(...slanted.map((name) => textWidth(name, LABEL_SIZE))) * SLANT + 16,
  );
  const x = (column: number) => LABEL + column * wide, y = (row: number) => head + row * high;
  const boxes = baskets.flatMap((a, row) =>
    baskets.map((b, column) => {
      const pair = row === column ? undefined : cells.pair(a.id, b.id);
      return {
        ...{ row, column, nDays: pair?.nDays ?? 0, rho: pair?.rho ?? NaN },
        area: { x1: x(column), x2: x(column + 1), y1: y(row), y2: y(row + 1) },
      };
    })
  );
  type Box = typeof boxes[number];
  const place = {
    x1: ({ area }: Box) => area.x1,
    x2: ({ area }: Box) => area.x2,
    y1: ({ area }: Box) => area.y1,
    y2: ({ area }: Box) => area.y2,
    inset: 0.5,
  };
  const fill = ({ rho }: Box) => divergingColour(rho);
  const known = boxes.filter(({ rho }) => !Number.isNaN(rho));
  const unknown = boxes.filter(({ row, column, rho }) => row !== column && Number.isNaN(rho));
  const words = hasNumbers ? [...known, ...unknown.filter(({ row, column }) => column > row)] : [];
  const ink = (box: Box) => textColourOn(fill(box));
  return pixelPanel({ height: y(n) + 8 }, [
    Plot.rect(boxes.filter(({ row, column }) => row === column), { ...place, fill: GRID }),
    Plot.rect(known, { ...place, fill }),
    Plot.rect(unknown, { ...place, fill: MISSING_FILL }),
    ...hatchedArea(unknown.map(({ area }): Area => area)),
    Plot.rect([0], { x1: x(0), x2: x(n), y1: y(0), y2: y(n), stroke: AXIS }),
    ...Array.from(Map.groupBy(words, ink), ([fill, group]) =>
      placedWords(
        group.map(({ row, column, rho, nDays }) => ({
          ...{ x: x(column) + wide / 2, y: y(row) + high / 2 },
          text: column < row ? decimalText(rho, 2) : `n\u00a0${countText(nDays)}`,
        })),
        { anchor: "middle", size: SIZE, fill },
      )).flat(),
    ...chips(baskets, { y: (row) => y(row) + high / 2 }),
    ...placedWords(
      names.map((text, row) => ({ x: LABEL - 8, y: y(row) + high / 2, text })),
      { anchor: "end", size: LABEL_SIZE, fill: INK },
    ),
    Plot.text(slanted, {
      x: (_: string, column: number) => x(column) + wide / 2,
      y: head - 7,
      text: (name: string) => name,
      rotate: -45,
      textAnchor: "start",
      fontSize: LABEL_SIZE,
      fill: INK,
    }),
    ...placedWords(
      baskets.map(({ id }, row) => ({
        ...{ x: x(n) + SIDE - 10, y: y(row) + high / 2 },
        text: Number.isNaN(cells.means.get(id)!) ? "–" : decimalText(cells.means.get(id)!, 2),
      })),
      { anchor: "end", size: LABEL_SIZE, fill: MUTED },
    ),
    ...placedWords([{ x: x(n) + SIDE - 10, y: head - 8, text: "mean" }], {
      ...{ anchor: "end", size: LABEL_SIZE, fill: MUTED },
    }),
  ]);
}

function chips(
  baskets: readonly NamedHue[],
  { y }: { readonly y: (row: number) => number },
): Plot.Markish[] {
  return [
    Plot.rect(baskets.map((basket, row) => ({ fill: basketHue(basket).fill, row })), {
      x1: 0,
      x2: CHIP,
      y1: ({ row }: { row: number }) => y(row) - CHIP / 2,
      y2: ({ row }: { row: number }) => y(row) + CHIP / 2,
      fill: "fill",
    }),
  ];
}

function finding(
  { meanLow, meanHigh }: BasketCorrelations,
  { mean }: Cells,
  limit: number,
): string {
  const [value, bound] = decimalsApart(mean, limit, 2);
  const stands = `the limit of ${bound.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "")}`;
  if (Number.isNaN(meanLow + meanHigh)) {
    return `Baskets correlate by ${value} on average, ${
      mean < limit ? "below" : "not below"
    } ${stands}; how sure that is was not measured`;
  }
  const numbers = `mean correlation ${value} (${decimalText(meanLow, 2)} to ${
    decimalText(meanHigh, 2)
  })`;
  if (meanHigh < limit) return `Baskets are different things: ${numbers}, below ${stands}`;
  return meanLow > limit
    ? `Baskets are not different things: ${numbers}, above ${stands}`
    : `Whether baskets are different things is open: ${numbers}, ${stands} lies within`;
}
