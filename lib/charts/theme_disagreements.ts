import { countOf, countText, shareText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure, type FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { HUES, MUTED } from "./palette.ts";
import { pText } from "./p_text.ts";
import { type Cell, columnsHeight, type RowGrid, textColumn } from "./row_columns.ts";
import { cleanText } from "./text_lines.ts";
import { CHIP_WIDTH, chipColumn, stabilityColumn } from "./theme_chips.ts";
import { type ChartTheme, themeShort } from "./theme_hues.ts";
import { DOUBTFUL, STABILITY_NOTE, STABLE } from "./tree_view.ts";
import { decimalText } from "./value_ticks.ts";

/** An event of which words and prices say different themes, or prices alone say one. */
export interface DisagreementRow {
  /** Title of the contract that speaks for it. Untrusted text. */
  readonly title: string;
  /** Null where no theme fits the words. */
  readonly wordsTheme: ChartTheme | null;
  /** The classifier's confidence in it, 0 to 1; NaN where unknown. */
  readonly confidence: number;
  /** The theme of the other events of its cluster. */
  readonly clusterTheme: ChartTheme | null;
  readonly clusterLabel: string;
  /** Share of the other events with a theme that have this one, 0 to 1. */
  readonly share: number;
  /** How many other events of the cluster have a theme. */
  readonly nOthers: number;
  /** Chance of as large a share, adjusted for the number of cells; NaN where unknown. */
  readonly q: number;
  /** Mean Jaccard similarity of the cluster over resamples, 0 to 1; NaN where not measured. */
  readonly stability: number;
  /** Who decides: prices overrule words or name what words leave open, words stay, or a person. */
  readonly rule: "statistics" | "prices name" | "words" | "review";
}

/** All events, drawn or not. */
export interface DisagreementTotals {
  /** Events with a theme by words and one by prices. */
  readonly nBoth: number;
  /** Those of which the two differ. */
  readonly nDisagree: number;
  /** Those of them on which prices overrule words. */
  readonly nOverridden: number;
  /** Those of them that a person decides. */
  readonly nReview: number;
  /** Events that words leave without a theme and prices name. */
  readonly nNamed: number;
  /** Events that words leave without a theme, that an untrusted cluster names and a person decides. */
  readonly nSilentReview: number;
}

const NAME = "theme_disagreements";
const MAX_ROWS = 20;
const WIDTHS = { title: 226, words: 124, prices: 236, stability: 110, rule: BODY_WIDTH - 696 };

/**
 * The events on which words and prices disagree or only prices say a theme, with the evidence of both
 * and who decides.
 *
 * The first 20 rows are drawn, in the order given.
 *
 * @throws {RangeError} If the totals are not whole numbers that contain each other, or there are more
 * rows than events to list.
 */
export function themeDisagreementsChart(
  rows: readonly DisagreementRow[],
  totals: DisagreementTotals,
  context: ChartContext,
): Figure {
  check(rows, totals);
  const { nBoth, nDisagree, nNamed, nSilentReview } = totals;
  const nListed = nDisagree + nNamed + nSilentReview;
  const subtitle =
    "Events by the theme of their words and the theme of the others in their cluster.";
  const title = finding(totals);
  if (nListed === 0) {
    return figure({
      name: NAME,
      title,
      subtitle,
      alt: `${title}. There is no disagreement to list.`,
      context,
      body: nBoth === 0
        ? "no events of which words and prices both say a theme"
        : "Words and prices agree wherever both speak",
    });
  }
  const drawn = rows.slice(0, MAX_ROWS);
  const grid: RowGrid = { nRows: drawn.length, rowHeight: 44, top: 0, headingLines: 2 };
  const nHidden = nListed - drawn.length;
  return figure({
    name: NAME,
    title,
    subtitle:
      `${subtitle} Prices decide only where the cluster is stable and beyond noise. n\u00a0=\u00a0${
        countOf(nBoth, "event")
      } of which both speak.`,
    alt: `${title}. ${
      drawn.slice(0, 5).map(({ title, wordsTheme, clusterTheme }) =>
        `${cleanText(title)}: words ${themeShort(wordsTheme)}, prices ${themeShort(clusterTheme)}`
      ).join("; ")
    }.`,
    context,
    notes: [
      STABILITY_NOTE,
      ...(nHidden === 0 ? [] : [
        `${countOf(nHidden, "more event")} ${nHidden === 1 ? "is" : "are"} not drawn.`,
      ]),
    ],
    ...(drawn.length === 0
      ? { body: "no disagreement is listed" }
      : { height: columnsHeight(grid), body: columns(grid, drawn) }),
  });
}

function columns(grid: RowGrid, rows: readonly DisagreementRow[]): FigurePanel[] {
  let left = 0;
  const place = (width: number, heading: string) => {
    left += width;
    return { left: left - width, width, heading };
  };
  const themed = (
    width: number,
    heading: string,
    themes: readonly (ChartTheme | null)[],
    cells: readonly Cell[],
  ) => [
    chipColumn(grid, place(CHIP_WIDTH, ""), themes),
    textColumn(grid, place(width - CHIP_WIDTH, heading), cells),
  ];
  return [
    textColumn(
      grid,
      place(WIDTHS.title, "Event, by one contract of it"),
      rows.map(({ title }) => ({ text: title })),
    ),
    ...themed(
      WIDTHS.words,
      "Words say, confidence",
      rows.map(({ wordsTheme }) => wordsTheme),
      rows.map(({ wordsTheme, confidence }) => ({
        text: themeShort(wordsTheme),
        note: Number.isNaN(confidence) ? "unknown" : decimalText(confidence, 2),
        weight: 600,
      })),
    ),
    ...themed(
      WIDTHS.prices,
      "Others of its cluster, share of them, chance q of it, cluster",
      rows.map(({ clusterTheme }) => clusterTheme),
      rows.map(({ clusterTheme, clusterLabel, share, nOthers, q }) => ({
        text: themeShort(clusterTheme),
        note: `${shareText(share)} of\u00a0${countText(nOthers)}, q\u00a0${
          pText(q)
        } · ${clusterLabel}`,
        weight: 600,
      })),
    ),
    stabilityColumn(
      grid,
      place(WIDTHS.stability, "Stability J of the cluster"),
      rows.map(({ stability }) => stability),
      { stable: STABLE, doubtful: DOUBTFUL },
    ),
    textColumn(grid, place(WIDTHS.rule, "Who decides"), rows.map(({ rule }) => ruleCell(rule))),
  ];
}

function ruleCell(rule: DisagreementRow["rule"]): Cell {
  if (rule === "review") return { text: "a person" };
  if (rule === "words") return { text: "words", fill: MUTED };
  const text = rule === "statistics" ? "prices overrule" : "prices name";
  return { text, fill: HUES[0].text, weight: 600 };
}

function finding(
  { nBoth, nDisagree, nOverridden, nReview, nNamed, nSilentReview }: DisagreementTotals,
): string {
  const person = nReview === 0
    ? ""
    : `, ${nReview === 1 ? "1 waits" : `${countText(nReview)} wait`} for a person`;
  const both = nBoth === 0
    ? "No event has both a theme by words and one by prices"
    : nDisagree === 0
    ? `Words and prices agree wherever both speak: ${countOf(nBoth, "event")}`
    : `Words and prices disagree on ${countText(nDisagree)} of ${
      countOf(nBoth, "event")
    }; prices overrule ${nOverridden === 0 ? "none" : countText(nOverridden)} of them${person}`;
  const named = nNamed === 0 ? "" : `; prices name ${countText(nNamed)} that words leave open`;
  const silent = nSilentReview === 0
    ? ""
    : `; ${countText(nSilentReview)} without a theme by words ${
      nSilentReview === 1 ? "waits" : "wait"
    } for a person`;
  return `${both}${named}${silent}`;
}

function check(rows: readonly DisagreementRow[], totals: DisagreementTotals): void {
  const { nBoth, nDisagree, nOverridden, nReview, nNamed, nSilentReview } = totals;
  if (
    !Object.values(totals).every((n) => Number.isInteger(n) && n >= 0) || nDisagree > nBoth ||
    nOverridden + nReview > nDisagree
  ) {
    throw new RangeError(
      `Cannot draw disagreements as their totals must be whole and contain each other: got ${nBoth} compared, ${nDisagree} different, ${nOverridden} overruled, ${nReview} to review, ${nNamed} named, ${nSilentReview} named in doubt`,
    );
  }
  const nListed = nDisagree + nNamed + nSilentReview;
  if (rows.length > nListed) {
    throw new RangeError(
      `Cannot draw disagreements as there must be no more rows than the total: got ${rows.length} and ${nListed}`,
    );
  }
}
