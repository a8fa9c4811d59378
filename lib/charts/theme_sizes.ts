import * as Plot from "@observablehq/plot";
import { countOf, countText, shareText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { type CountScale, countScale } from "./count_scale.ts";
import { type Figure, figure, type FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { type NumberColumn, numberColumns, numberColumnsWidth } from "./number_columns.ts";
import { placedWords } from "./placed_words.ts";
import { AXIS, GRID, INK, MUTED, NULL_FILL } from "./palette.ts";
import { cleanText, shortText } from "./text_lines.ts";
import { type ChartTheme, themeHue, tint } from "./theme_hues.ts";
import { decimalText } from "./value_ticks.ts";

/** What one theme holds. */
export interface ThemeSizeRow {
  /** Null for what no theme fits. */
  readonly theme: ChartTheme | null;
  readonly nEvents: number;
  readonly nContracts: number;
  /** Contracts with `minPrices` or more prices, a part of `nContracts`. */
  readonly nPriced: number;
  /** Mean confidence of the classifier over the events, 0 to 1; NaN where unknown. */
  readonly meanConfidence: number;
}

const NAME = "theme_sizes";
const ROW = 26, HEADING = 30, TOP = 42, BOTTOM = 22;
const LABEL = 220;
/**
 * How many events and contracts each theme holds, the largest first; excluded themes and what no
 * theme fits stand apart below.
 *
 * Bars are on a log scale where the counts span more than two decades.
 *
 * @param options.minPrices Prices from which a contract counts as priced.
 * @param options.minEvents Events from which a theme counts as filled.
 * @throws {RangeError} If a count is no whole number, more contracts are priced than there are, a
 * confidence is not in [0, 1], or a theme stands in two rows.
 */
export function themeSizesChart(
  rows: readonly ThemeSizeRow[],
  context: ChartContext,
  { minPrices = 30, minEvents = 5 }: { minPrices?: number; minEvents?: number } = {},
): Figure {
  check(rows);
  const nContracts = sum(rows, "nContracts"), nEvents = sum(rows, "nEvents");
  if (nContracts === 0) {
    return figure({
      name: NAME,
      title: "No contract is classified, so no theme holds any",
      subtitle: "Events and contracts of each theme.",
      alt: "Nothing is drawn: there is no classified contract.",
      context,
      body: "no classified contracts",
    });
  }
  const { placed, headings, height } = layout(rows);
  const columns = columnsOf(placed, nContracts, minPrices);
  const bars = BODY_WIDTH - LABEL - numberColumnsWidth(columns) - 8;
  const scale = countScale(rows.flatMap((row) => [row.nContracts, row.nEvents]), bars);
  const title = finding(rows, nContracts, minEvents);
  return figure({
    name: NAME,
    title,
    subtitle: `Contracts of each theme, how many of them have ${
      countOf(minPrices, "price")
    } or more, and events${
      scale.isLog ? "; log scale" : ""
    }. Confidence: the classifier’s mean over the theme’s events. n\u00a0=\u00a0${
      countOf(nContracts, "contract")
    } in ${countOf(nEvents, "event")}.`,
    alt: `${title}. Contracts: ${
      placed.map(({ row }) => `${nameOf(row)} ${countText(row.nContracts)}`).join("; ")
    }.`,
    context,
    height: KEY_HEIGHT + TOP + height + BOTTOM,
    body: [
      keyLine([
        { mark: "band", colour: tint("#555b64", 0.35), words: "contracts" },
        {
          mark: "band",
          colour: "#555b64",
          words: `with ${countOf(minPrices, "price")} or more`,
        },
        { mark: "tick", colour: INK, words: "events" },
      ]),
      panel({ placed, headings, height, scale, columns, bars }),
    ],
  });
}

interface Placed {
  readonly row: ThemeSizeRow;
  /** Middle of the row, user units below the first. */
  readonly y: number;
  readonly isApart: boolean;
}

interface Layout {
  readonly placed: readonly Placed[];
  readonly headings: readonly { readonly text: string; readonly y: number }[];
  readonly height: number;
}

function layout(rows: readonly ThemeSizeRow[]): Layout {
  const sorted = [...rows].sort((a, b) =>
    b.nContracts - a.nContracts || b.nEvents - a.nEvents ||
    ((a.theme?.id ?? "") < (b.theme?.id ?? "") ? -1 : 1)
  );
  const groups = [
    { text: "", rows: sorted.filter(({ theme }) => theme !== null && !theme.isExcluded) },
    { text: "Left out of baskets", rows: sorted.filter(({ theme }) => theme?.isExcluded) },
    { text: "No theme fits", rows: sorted.filter(({ theme }) => theme === null) },
  ].filter((group) => group.rows.length > 0);
  const placed: Placed[] = [], headings: { text: string; y: number }[] = [];
  let y = 0;
  for (const { text, rows } of groups) {
    if (text !== "") {
      headings.push({ text, y: y + HEADING - 10 });
      y += HEADING;
    }
    for (const row of rows) {
      placed.push({ row, y: y + ROW / 2, isApart: text !== "" });
      y += ROW;
    }
  }
  return { placed, headings, height: y };
}

function panel({ placed, headings, height, scale, columns, bars }: Layout & {
  readonly scale: CountScale;
  readonly columns: readonly NumberColumn[];
  /** Width of the bars, user units. */
  readonly bars: number;
}): FigurePanel {
  const perUnit = bars / (scale.domain[1] - scale.domain[0]);
  const at = (count: number) => (scale.place(count) - scale.domain[0]) * perUnit;
  const bar = (count: (row: ThemeSizeRow) => number, share: number) =>
    Plot.rect(placed.filter(({ row }) => count(row) > 0), {
      x1: 0,
      x2: ({ row }: Placed) => at(count(row)),
      y1: ({ y }: Placed) => y - 8,
      y2: ({ y }: Placed) => y + 8,
      fill: ({ row, isApart }: Placed) =>
        tint(themeHue(row.theme).fill, isApart && share === 1 ? 0.65 : isApart ? 0.22 : share),
    });
  const ticks = scale.ticks.map((count) => ({ count, x: at(count) }));
  return {
    left: 0,
    top: KEY_HEIGHT,
    width: BODY_WIDTH,
    height: TOP + height + BOTTOM,
    plot: {
      marginLeft: LABEL,
      marginRight: 0,
      marginTop: TOP,
      marginBottom: BOTTOM,
      x: { axis: null, domain: [0, BODY_WIDTH - LABEL] },
      y: { axis: null, domain: [height, 0] },
      color: { type: "identity" },
      marks: [
        Plot.ruleX(ticks, { x: "x", stroke: GRID }),
        ...placedWords(
          ticks.map(({ count, x }) => ({ x, y: height + 13, text: countText(count) })),
          {
            anchor: "middle",
            size: 11,
            fill: MUTED,
          },
        ),
        bar(({ nContracts }) => nContracts, 0.35),
        bar(({ nPriced }) => nPriced, 1),
        ...["#ffffff", INK].map((stroke, k) =>
          Plot.link(placed.filter(({ row }) => row.nEvents > 0), {
            x1: ({ row }: Placed) => at(row.nEvents),
            x2: ({ row }: Placed) => at(row.nEvents),
            y1: ({ y }: Placed) => y - 11,
            y2: ({ y }: Placed) => y + 11,
            stroke,
            strokeWidth: k === 0 ? 4.5 : 2,
          })
        ),
        Plot.ruleX([0], { stroke: AXIS }),
        Plot.ruleY(headings, {
          y: ({ y }: { y: number }) => y - HEADING + 14,
          insetLeft: -LABEL,
          stroke: NULL_FILL,
        }),
        ...placedWords(headings.map(({ text, y }) => ({ x: -12, y, text })), {
          anchor: "end",
          size: 11,
          fill: MUTED,
        }),
        ...labels(placed),
        ...numberColumns(
          columns,
          placed.map(({ y, isApart }) => ({ y, fill: isApart ? MUTED : INK })),
          BODY_WIDTH - LABEL,
        ),
        ...placedWords([{ x: 0, y: -12, text: scale.isLog ? "Count, log scale" : "Count" }], {
          anchor: "start",
          size: 11,
          fill: MUTED,
        }),
      ],
    },
  };
}

function labels(placed: readonly Placed[]): Plot.Markish[] {
  return [false, true].flatMap((apart) =>
    placedWords(
      placed.filter(({ isApart }) => isApart === apart).map(({ row, y }) => ({
        x: -12,
        y,
        text: shortText(nameOf(row), LABEL - 16, 12, apart ? 400 : 600),
      })),
      { anchor: "end", size: 12, fill: apart ? MUTED : INK, weight: apart ? 400 : 600 },
    )
  );
}

function columnsOf(placed: readonly Placed[], nAll: number, minPrices: number): NumberColumn[] {
  const column = (heading: readonly [string, string], text: (row: ThemeSizeRow) => string) => ({
    heading,
    texts: placed.map(({ row }) => text(row)),
  });
  return [
    column(
      ["Contracts,", "share"],
      ({ nContracts }) => `${countText(nContracts)} · ${shareText(nContracts / nAll)}`,
    ),
    column([`${minPrices}+`, "prices"], ({ nPriced }) => countText(nPriced)),
    column(["", "Events"], ({ nEvents }) => countText(nEvents)),
    column(
      ["Mean", "confidence"],
      ({ meanConfidence }) => Number.isNaN(meanConfidence) ? "–" : decimalText(meanConfidence, 2),
    ),
  ];
}

function finding(rows: readonly ThemeSizeRow[], nAll: number, minEvents: number): string {
  const largest = rows.reduce((a, b) => b.nContracts > a.nContracts ? b : a);
  const share = largest.nContracts === nAll
    ? "all"
    : `${shareText(largest.nContracts / nAll)} of the`;
  const holds = largest.theme === null
    ? `No theme fits ${share} contracts`
    : `${cleanText(largest.theme.name)} holds ${share} contracts`;
  const themes = rows.filter(({ theme }) => theme !== null && !theme.isExcluded);
  if (themes.length === 0) return `${holds}; no theme is meant for baskets`;
  const nFilled = themes.filter(({ nEvents }) => nEvents >= minEvents).length;
  return `${holds}; ${nFilled === 0 ? "none" : countText(nFilled)} of ${
    countOf(themes.length, "theme")
  } for baskets ${nFilled > 1 ? "have" : "has"} ${countOf(minEvents, "event")} or more`;
}

function nameOf({ theme }: ThemeSizeRow): string {
  return theme === null ? "Uncategorized" : cleanText(theme.name);
}

function sum(rows: readonly ThemeSizeRow[], count: "nContracts" | "nEvents"): number {
  return rows.reduce((total, row) => total + row[count], 0);
}

function check(rows: readonly ThemeSizeRow[]): void {
  const seen = new Set<string>();
  for (const { theme, nEvents, nContracts, nPriced, meanConfidence } of rows) {
    const id = theme?.id ?? "uncategorized";
    if (seen.has(id)) {
      throw new RangeError(
        `Cannot draw theme sizes as a theme must have one row: got two of "${id}"`,
      );
    }
    seen.add(id);
    themeHue(theme);
    const counts = [nEvents, nContracts, nPriced];
    if (!counts.every((n) => Number.isInteger(n) && n >= 0) || nPriced > nContracts) {
      throw new RangeError(
        `Cannot draw the size of theme "${id}" as its counts must be whole and no more priced than there are contracts: got ${nEvents} events, ${nContracts} contracts, ${nPriced} priced`,
      );
    }
    if (meanConfidence < 0 || meanConfidence > 1) {
      throw new RangeError(
        `Cannot draw the confidence of theme "${id}" as it must be in [0, 1] or NaN: got ${meanConfidence}`,
      );
    }
  }
}
