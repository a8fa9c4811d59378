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

/** A contract of which words and prices say different themes. */
export interface DisagreementRow {
  /** Untrusted text. */
  readonly title: string;
  /** Null where no theme fits the words. */
  readonly wordsTheme: ChartTheme | null;
  /** The classifier's confidence in it, 0 to 1; NaN where unknown. */
  readonly confidence: number;
  /** The commonest theme of the contract's cluster. */
  readonly clusterTheme: ChartTheme | null;
  readonly clusterLabel: string;
  /** Share of the cluster that has this theme, 0 to 1. */
  readonly share: number;
  /** Chance of as large a share, adjusted for the number of cells; NaN where unknown. */
  readonly q: number;
  /** Mean Jaccard similarity of the cluster over resamples, 0 to 1; NaN where not measured. */
  readonly stability: number;
  /** Who decides: the cluster's theme, the words', or a person. */
  readonly rule: "statistics" | "words" | "review";
}

/** All contracts, drawn or not. */
export interface DisagreementTotals {
  /** Contracts with a theme by words and one by prices. */
  readonly nBoth: number;
  /** Those of which the two differ. */
  readonly nDisagree: number;
  /** Those of them that statistics decide. */
  readonly nOverridden: number;
  /** Those of them that go to a person. */
  readonly nReview: number;
}

const NAME = "theme_disagreements";
const MAX_ROWS = 20;
const WIDTHS = { title: 226, words: 124, prices: 236, stability: 110, rule: BODY_WIDTH - 696 };

/**
 * The contracts on which words and prices disagree, with the evidence of both and who decides.
 *
 * The first 20 rows are drawn, in the order given.
 *
 * @throws {RangeError} If the totals are not whole numbers that contain each other, or fewer
 * contracts disagree than there are rows.
 */
export function themeDisagreementsChart(
  rows: readonly DisagreementRow[],
  totals: DisagreementTotals,
  context: ChartContext,
): Figure {
  check(rows, totals);
  const { nBoth, nDisagree, nOverridden, nReview } = totals;
  const subtitle =
    "Contracts by the theme of their words and the theme of their cluster of prices.";
  if (nDisagree === 0) {
    const title = nBoth === 0
      ? "No contract has both a theme by words and one by prices"
      : `Words and prices agree wherever both speak: ${countOf(nBoth, "contract")}`;
    return figure({
      name: NAME,
      title,
      subtitle,
      alt: `${title}. There is no disagreement to list.`,
      context,
      body: nBoth === 0
        ? "no contracts of which words and prices both say a theme"
        : "Words and prices agree wherever both speak",
    });
  }
  const title = `Words and prices disagree on ${countText(nDisagree)} of ${
    countOf(nBoth, "contract")
  }; statistics decide ${nOverridden === 0 ? "none" : countText(nOverridden)} of them${
    nReview === 0 ? "" : `, ${countText(nReview)} ${nReview === 1 ? "goes" : "go"} to a person`
  }`;
  const drawn = rows.slice(0, MAX_ROWS);
  const grid: RowGrid = { nRows: drawn.length, rowHeight: 44, top: 0, headingLines: 2 };
  const nHidden = nDisagree - drawn.length;
  return figure({
    name: NAME,
    title,
    subtitle:
      `${subtitle} Statistics decide only where the cluster is stable and its theme beyond chance. n\u00a0=\u00a0${
        countOf(nBoth, "contract")
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
        `${countOf(nHidden, "more disagreement")} ${nHidden === 1 ? "is" : "are"} not drawn.`,
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
    textColumn(grid, place(WIDTHS.title, "Contract"), rows.map(({ title }) => ({ text: title }))),
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
      "Prices say, share of the cluster, chance q of it, cluster",
      rows.map(({ clusterTheme }) => clusterTheme),
      rows.map(({ clusterTheme, clusterLabel, share, q }) => ({
        text: themeShort(clusterTheme),
        note: `${shareText(share)}, q\u00a0${pText(q)} · ${clusterLabel}`,
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
  if (rule === "statistics") return { text: "statistics", fill: HUES[0].text, weight: 600 };
  return rule === "review" ? { text: "a person" } : { text: "words", fill: MUTED };
}

function check(
  rows: readonly DisagreementRow[],
  { nBoth, nDisagree, nOverridden, nReview }: DisagreementTotals,
): void {
  const counts = [nBoth, nDisagree, nOverridden, nReview];
  if (
    !counts.every((n) => Number.isInteger(n) && n >= 0) || nDisagree > nBoth ||
    nOverridden + nReview > nDisagree
  ) {
    throw new RangeError(
      `Cannot draw disagreements as their totals must be whole and contain each other: got ${nBoth} compared, ${nDisagree} different, ${nOverridden} overridden, ${nReview} to review`,
    );
  }
  if (rows.length > nDisagree) {
    throw new RangeError(
      `Cannot draw disagreements as there must be no more rows than the total: got ${rows.length} and ${nDisagree}`,
    );
  }
}
