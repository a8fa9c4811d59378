import * as Plot from "@observablehq/plot";
import { shareText } from "../core/number_text.ts";
import type { MoveComponent, ThemeShare } from "../factors/move_components.ts";
import { axisTitle } from "./axis_title.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { AXIS, GRID, HUES, INK, MUTED, NULL_FILL, NULL_TEXT, textColourOn } from "./palette.ts";
import { placedWords } from "./placed_words.ts";
import { shortText } from "./text_lines.ts";
import { textWidth } from "./text_width.ts";
import { type ChartTheme, themeHue, themeShort, tint } from "./theme_hues.ts";
import { valueTicks } from "./value_ticks.ts";

/** Height of the scree. */
export const SCREE_HEIGHT = 250;

const LEFT = 52, BAR_HEIGHT = 30, BAR_LEFT = 190, HEAD = 26;
/** Share of a theme's name below which what is left of it names nothing. */
const LEAST_KEPT = 0.7;

/** Eigenvalues by rank over the band of their null. */
export function screePanel(drawn: readonly MoveComponent[], top: number): FigurePanel {
  const most = drawn.reduce(
    (high, { eigenvalue, nullHigh }) => Math.max(high, eigenvalue, nullHigh),
    0,
  );
  const { ticks, text } = valueTicks(0, most, 6),
    colour = ({ isAbove }: MoveComponent) => isAbove ? HUES[0].fill : MUTED;
  return {
    left: 0,
    top,
    width: BODY_WIDTH,
    height: SCREE_HEIGHT,
    plot: {
      marginLeft: LEFT,
      marginRight: 12,
      marginTop: 30,
      marginBottom: 40,
      x: {
        domain: [0.4, Math.max(drawn.length, 5) + 0.6],
        ticks: drawn.map(({ rank }) => rank),
        tickFormat: String,
        tickSize: 0,
        label: null,
      },
      y: {
        domain: [0, ticks.at(-1)!],
        ticks: [...ticks],
        tickFormat: text,
        tickSize: 0,
        label: null,
      },
      color: { type: "identity" },
      marks: [
        axisTitle("Eigenvalue, contracts’ variances", LEFT),
        Plot.text(["Component, largest first"], {
          text: (words: string) => words,
          frameAnchor: "bottom",
          dy: 32,
          fontSize: 12,
          fill: INK,
        }),
        Plot.gridY([...ticks], { stroke: GRID, strokeOpacity: 1 }),
        Plot.rect(drawn, {
          x1: ({ rank }: MoveComponent) => rank - 0.36,
          x2: ({ rank }: MoveComponent) => rank + 0.36,
          y1: "nullLow",
          y2: "nullHigh",
          fill: NULL_FILL,
        }),
        Plot.link(drawn, {
          x1: ({ rank }: MoveComponent) => rank - 0.36,
          x2: ({ rank }: MoveComponent) => rank + 0.36,
          y1: "nullMid",
          y2: "nullMid",
          stroke: NULL_TEXT,
          strokeWidth: 1.5,
        }),
        Plot.ruleY([0], { stroke: AXIS }),
        Plot.dot(drawn, {
          x: "rank",
          y: "eigenvalue",
          r: 4.5,
          fill: (one: MoveComponent) => one.isAbove ? colour(one) : "#ffffff",
          stroke: colour,
          strokeWidth: 1.75,
        }),
      ],
    },
  };
}

interface Segment {
  readonly row: number;
  readonly from: number;
  readonly to: number;
  readonly fill: string;
  readonly label: string;
}

/** Height of the bars of the contracts and of `n` components. */
export function makeUpHeight(n: number): number {
  return HEAD + (n + 1) * BAR_HEIGHT + 4;
}

/** Make-up by theme of the contracts and of components, as bars of 100%. */
export function makeUpPanel(
  marketShares: readonly ThemeShare[],
  described: readonly MoveComponent[],
  { byId, top }: { byId: ReadonlyMap<string, ChartTheme>; top: number },
): FigurePanel {
  const rows = [
    { name: "All contracts", note: "by number", shares: marketShares },
    ...described.map(({ rank, varianceShare, themeShares }) => ({
      name: `Component ${rank}`,
      note: `${shareText(varianceShare)} of variance`,
      shares: themeShares,
    })),
  ];
  // one order of themes in all bars, that of the first component's shares
  const order = new Map(
    [...described[0]!.themeShares].sort((a, b) => b.share - a.share || (a.theme < b.theme ? -1 : 1))
      .map(({ theme }, k) => [theme, k]),
  );
  const room = BODY_WIDTH - BAR_LEFT;
  const segments = rows.flatMap(({ shares }, row): Segment[] => {
    let from = 0;
    return [...shares].sort((a, b) => order.get(a.theme)! - order.get(b.theme)!).map((one) => {
      const theme = byId.get(one.theme) ?? null, fill = tint(themeHue(theme).fill, 0.72);
      const label = `${themeShort(theme)} ${shareText(one.share)}`;
      const segment = { row, from, to: from + one.share, fill, label };
      from += one.share;
      return { ...segment, label: fitting(segment, room) };
    });
  });
  const y = (row: number, part: number) => HEAD + (row + part) * BAR_HEIGHT;
  const height = makeUpHeight(described.length);
  const inks = Map.groupBy(segments, ({ fill }) => textColourOn(fill));
  return {
    left: 0,
    top,
    width: BODY_WIDTH,
    height,
    plot: {
      margin: 0,
      x: { axis: null, domain: [0, BODY_WIDTH] },
      y: { axis: null, domain: [height, 0] },
      color: { type: "identity" },
      marks: [
        ...placedWords([{
          x: 0,
          y: 10,
          text: "Squared loadings by theme; narrow parts are not named",
        }], {
          anchor: "start",
          size: 12,
          fill: INK,
        }),
        Plot.rect(segments, {
          x1: ({ from }: Segment) => BAR_LEFT + from * room,
          x2: ({ to }: Segment) => BAR_LEFT + to * room,
          y1: ({ row }: Segment) => y(row, 0.12),
          y2: ({ row }: Segment) => y(row, 0.88),
          fill: "fill",
          stroke: "#ffffff",
          strokeWidth: 1,
        }),
        ...Array.from(inks, ([fill, group]) =>
          placedWords(
            group.map(({ row, from, label }) => ({
              x: BAR_LEFT + from * room + 5,
              y: y(row, 0.5),
              text: label,
            })),
            { anchor: "start", size: 11, fill },
          )).flat(),
        ...placedWords(rows.map(({ name }, row) => ({ x: 0, y: y(row, 0.5), text: name })), {
          anchor: "start",
          size: 12,
          fill: INK,
          weight: 600,
        }),
        ...placedWords(
          rows.map(({ note }, row) => ({ x: BAR_LEFT - 8, y: y(row, 0.5), text: note })),
          { anchor: "end", size: 10.5, fill: MUTED },
        ),
      ],
    },
  };
}

/** A segment's label, the theme alone where both do not fit, nothing where little of it does. */
function fitting({ from, to, label }: Segment, room: number): string {
  const width = (to - from) * room - 9;
  const short = label.slice(0, label.lastIndexOf(" "));
  const cut = shortText(short, width, 11), nKept = cut.length - "…".length;
  return [label, short].find((words) => textWidth(words, 11) <= width) ??
    (nKept > LEAST_KEPT * short.length ? cut : "");
}
