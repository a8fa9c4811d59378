import { countOf, countText, shareText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { intervalText } from "./interval_text.ts";
import { SHARE_LEGEND_HEIGHT, shareLegend } from "./share_legend.ts";
import { cleanText } from "./text_lines.ts";
import { type ChartTheme, themeHue, themeShort } from "./theme_hues.ts";
import { matrixHeight, matrixPanel, type ThemeMatrix } from "./theme_matrix.ts";
import { decimalText } from "./value_ticks.ts";

/** Reference themes against ours. */
export interface ThemeConfusion {
  /** Themes of the rows, in the order of the taxonomy; null where the reference has none. */
  readonly reference: readonly (ChartTheme | null)[];
  /** Themes of the columns; null for what we leave uncategorized. */
  readonly ours: readonly (ChartTheme | null)[];
  /** How many by row and column; whole numbers. */
  readonly counts: readonly ArrayLike<number>[];
  /** Share on which the two agree, with its 95% interval: Wilson's at the effective n. */
  readonly accuracy: number;
  readonly accuracyLow: number;
  readonly accuracyHigh: number;
  /** Mean F1 over the reference's themes. */
  readonly macroF1: number;
  /** Wordings of what was labelled: titles of one wording tend to be right or wrong together. */
  readonly nWordings: number;
  /** How many independent ones would tell as much. */
  readonly effectiveN: number;
  /** Whose themes are ours, without an article: "lexical classifier". */
  readonly classifier: string;
  /** Where the reference comes from: "audit verdicts". */
  readonly labels: string;
  /** What was labelled, "event" by default; the plural takes an s. */
  readonly noun?: string;
}

const NAME = "theme_confusion";
const MAX_THEMES = 20;

/**
 * Which themes a classifier takes for which: reference themes by ours.
 *
 * A cell's shade is its share of the reference theme; beside the rows stands how many of a theme
 * are found (recall), below the columns how many of those called so are (precision). The title
 * compares the accuracy with always answering the commonest theme.
 *
 * @throws {RangeError} If there are more than 20 themes on a side, the counts are not of the given
 * themes or not whole, or a share is not in [0, 1].
 */
export function confusionChart(confusion: ThemeConfusion, context: ChartContext): Figure {
  check(confusion);
  const { reference, counts, accuracy, accuracyLow, accuracyHigh, macroF1, noun = "event" } =
    confusion;
  const { nWordings, effectiveN } = confusion;
  const labels = cleanText(confusion.labels), classifier = cleanText(confusion.classifier);
  const sizes = counts.map((row) => sum(Array.from(row)));
  const n = sum(sizes);
  if (n === 0) {
    return figure({
      name: NAME,
      title: `Without labels nobody knows which themes the ${classifier} confuses`,
      subtitle: `Reference themes by the ${classifier}’s.`,
      alt: "Nothing is drawn: there are no labels to compare the answers with.",
      context,
      body: "No labels: audit sheets are not filled in yet",
    });
  }
  const matrix = matrixOf(confusion, sizes);
  const { value, range } = intervalText(accuracy, accuracyLow, accuracyHigh);
  const most = sizes.indexOf(Math.max(...sizes));
  const always = sizes[most]! / n;
  const baseline = `always saying ${themeShort(reference[most]!)} is right for ${
    shareText(always)
  }`;
  const numbers = `${value} of ${countOf(n, noun)} (${range}), macro-F1\u00a0${
    decimalText(macroF1, 2)
  }`;
  const title = accuracyLow > always
    ? `The ${classifier} is right on ${numbers}`
    : `The ${classifier} does not beat one constant answer: right on ${numbers}; ${baseline}`;
  const worst = confusions(confusion).slice(0, 3);
  return figure({
    name: NAME,
    title,
    subtitle:
      `Rows: ${labels}; columns: themes by the ${classifier}. A blank cell is none. n\u00a0=\u00a0${
        countOf(n, noun)
      } of ${countOf(nWordings, "wording")}.`,
    alt: `${title}. Against ${labels}. ${
      worst.length === 0
        ? "No theme is taken for another"
        : `Most often confused: ${worst.map(({ text, n }) => `${text} ${countText(n)}`).join("; ")}`
    }.`,
    context,
    notes: [
      ...(worst.length === 0 ? [] : [
        `Most often confused: ${
          worst.map(({ text, n }) => `${text} (${countText(n)})`).join(", ")
        }.`,
      ]),
      `For comparison, ${baseline}. The interval is Wilson’s, 95%, at an effective n of ${
        effectiveText(effectiveN)
      }: titles of one wording tend to be right or wrong together.${
        sizes.includes(0) ? ` Grey rows: no ${noun} of the theme in the reference.` : ""
      }`,
    ],
    height: SHARE_LEGEND_HEIGHT + matrixHeight(matrix),
    body: [
      shareLegend("Share of the reference theme", "the same theme", 0),
      matrixPanel(matrix, SHARE_LEGEND_HEIGHT),
    ],
  });
}

function matrixOf(
  { reference, ours, counts, noun = "event" }: ThemeConfusion,
  sizes: readonly number[],
): ThemeMatrix {
  const columnOf = new Map(ours.map((theme, column) => [theme?.id ?? null, column]));
  return {
    rows: reference.map((theme, row) => {
      const own = columnOf.get(theme?.id ?? null);
      const recall = (own === undefined ? 0 : counts[row]![own]!) / sizes[row]!;
      return {
        label: themeShort(theme),
        hue: themeHue(theme),
        size: sizes[row]!,
        side: recall,
        sideText: Number.isNaN(recall) ? "–" : shareText(recall),
        stands: true,
      };
    }),
    columns: ours.map((theme, column) => {
      const own = reference.findIndex((other) => (other?.id ?? null) === (theme?.id ?? null));
      const called = sum(counts.map((row) => row[column]!));
      const precision = (counts[own]?.[column] ?? 0) / called;
      return {
        label: themeShort(theme),
        hue: themeHue(theme),
        foot: Number.isNaN(precision) ? "–" : wholePercent(precision),
      };
    }),
    cells: reference.flatMap((theme, row) =>
      ours.map((other, column) => ({
        row,
        column,
        n: counts[row]![column]!,
        share: counts[row]![column]! / sizes[row]!,
        isOutlined: (theme?.id ?? null) === (other?.id ?? null),
      }))
    ),
    rowTitle: `Reference, ${noun}s`,
    sideTitle: "Found",
    footTitle: "Right of those called so, %",
    labelWidth: 164,
  };
}

/** An effective count: whole from ten on, below with tenths. */
function effectiveText(n: number): string {
  return n < 9.95 ? n.toFixed(1).replace(/\.0$/, "") : countText(n);
}

/** A share in whole percent; only none is 0 and only all is 100. */
function wholePercent(share: number): string {
  const percent = Math.round(100 * share);
  return String(share === 0 || share === 1 ? percent : Math.min(Math.max(percent, 1), 99));
}

/** Pairs of different themes by how often one is taken for the other, the most often first. */
function confusions({ reference, ours, counts }: ThemeConfusion): { text: string; n: number }[] {
  return reference.flatMap((theme, row) =>
    ours.flatMap((other, column) => {
      const n = counts[row]![column]!;
      const isSame = (theme?.id ?? null) === (other?.id ?? null);
      return n === 0 || isSame
        ? []
        : [{ text: `${themeShort(theme)} as ${themeShort(other)}`, n, row, column }];
    })
  ).sort((a, b) => b.n - a.n || a.row - b.row || a.column - b.column);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function check(confusion: ThemeConfusion): void {
  const { reference, ours, counts, accuracy, accuracyLow, accuracyHigh, macroF1 } = confusion;
  if (reference.length > MAX_THEMES || ours.length > MAX_THEMES) {
    throw new RangeError(
      `Cannot draw a confusion matrix as its cells must be readable, with ${MAX_THEMES} themes a side at most: got ${reference.length} and ${ours.length}`,
    );
  }
  if (counts.length !== reference.length || counts.some(({ length }) => length !== ours.length)) {
    throw new RangeError(
      `Cannot draw a confusion matrix as its counts must be ${reference.length} rows of ${ours.length}: got ${counts.length} of ${
        counts.map(({ length }) => length).join(", ")
      }`,
    );
  }
  const wrong = counts.flatMap((row) => Array.from(row))
    .find((n) => !(Number.isInteger(n) && n >= 0));
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot draw a confusion matrix as its counts must be whole: got ${wrong}`,
    );
  }
  if (counts.every((row) => Array.from(row).every((n) => n === 0))) return;
  const { nWordings, effectiveN } = confusion;
  const n = sum(counts.flatMap((row) => Array.from(row)));
  if (
    !(Number.isInteger(nWordings) && nWordings > 0 && effectiveN > 0) ||
    nWordings > n || effectiveN > n
  ) {
    throw new RangeError(
      `Cannot draw a confusion matrix as its wordings and its effective n must be above 0 and at most n, ${n}: got ${nWordings} and ${effectiveN}`,
    );
  }
  const share = [accuracy, accuracyLow, accuracyHigh, macroF1].find((x) => !(x >= 0 && x <= 1));
  if (share !== undefined) {
    throw new RangeError(
      `Cannot draw a confusion matrix as its shares must be in [0, 1]: got ${share}`,
    );
  }
}
