import { countOf, countText, shareText } from "../core/number_text.ts";
import { nullQuantiles } from "../core/null_percentile.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { HUES, NULL_TEXT } from "./palette.ts";
import { type DrawnR2, isCutOff, PANEL_HEIGHT, type R2Panel, r2Panel } from "./r2_panel.ts";
import { cleanText } from "./text_lines.ts";
import { decimalsApart, decimalText } from "./value_ticks.ts";

/** What {@link r2NullChart} draws. */
export interface R2Null {
  /** What was fitted, as the title begins: "Ridge on 41 factors". */
  readonly model: string;
  /** What the null is, for the subtitle: "each contract’s moves shifted in time by every offset". */
  readonly nullName: string;
  /** One to three, from left to right. */
  readonly panels: readonly R2Panel[];
}

const NAME = "r2_null";
/** Share above the null's 95th percentile that is no longer taken for the 5% of chance. */
const MORE_THAN_CHANCE = 0.1;

/**
 * How much of contracts' variance factors explain, over what the same fit explains of moves that have
 * nothing to do with them.
 *
 * A panel a kind of R², each a histogram of the contracts over one of the null with the same area. R²
 * out of sample has no lower end: where values lie far below the rest they stand in the first bin.
 *
 * @throws {RangeError} If there are more than three panels or two of a kind.
 */
export function r2NullChart(
  { model, nullName, panels }: R2Null,
  context: ChartContext,
): Figure {
  const kinds = new Set(panels.map(({ kind }) => kind));
  if (panels.length > 3 || kinds.size < panels.length) {
    throw new RangeError(
      `Cannot draw R² as there must be up to three panels, each of another kind: got ${
        panels.map(({ kind }) => kind).join(", ")
      }`,
    );
  }
  const drawn = panels.map(measured);
  if (drawn.every(({ known }) => known.length === 0)) {
    return figure({
      name: NAME,
      title: "No contract has enough sessions to be compared with factors",
      subtitle: "R² of contracts’ moves on macro factors, beside what shifted moves give.",
      alt: "Nothing is drawn: no R² could be estimated.",
      context,
      body: "no contracts with enough sessions",
    });
  }
  const title = finding(cleanText(model), drawn);
  const nMissing = drawn.map(({ values, known }) => values.length - known.length);
  return figure({
    name: NAME,
    title,
    subtitle:
      `Contracts by the R² of their moves on macro factors, share in each bin; dashed: the null’s 95th percentile. Null: ${
        cleanText(nullName)
      }, ${
        countText(Math.max(...drawn.map(({ nullKnown }) => nullKnown.length)))
      } values in all. n\u00a0=\u00a0${
        countOf(Math.max(...drawn.map(({ known }) => known.length)), "contract")
      }.`,
    alt: `${title}. ${drawn.map(panelText).join("; ")}.`,
    context,
    notes: [
      "Both histograms have the same area. Were there nothing but chance, 5% of the contracts would lie above the null’s 95th percentile; contracts that share an event, a day or a driver are there together.",
      ...drawn.some((panel) => isCutOff(panel, { of: drawn.length }))
        ? ["A first bin marked ≤ also holds everything below it."]
        : [],
      ...drawn.flatMap(({ title: name }, p) =>
        nMissing[p] === 0
          ? []
          : [`${cleanText(name)}: not estimable for ${countOf(nMissing[p]!, "contract")}.`]
      ),
    ],
    height: KEY_HEIGHT + PANEL_HEIGHT,
    body: [
      keyLine([
        { mark: "band", colour: "#93b7ec", words: "contracts" },
        { mark: "band", words: "null" },
        { mark: "tick", colour: HUES[0].text, words: "median of the contracts" },
        { mark: "tick", colour: NULL_TEXT, words: "of the null" },
      ]),
      ...drawn.flatMap((panel, p) => r2Panel(panel, { at: p, of: drawn.length, top: KEY_HEIGHT })),
    ],
  });
}

function measured(panel: R2Panel): DrawnR2 {
  const known = panel.values.filter(Number.isFinite);
  const nullKnown = panel.nulls.filter(Number.isFinite);
  const [nullMedian, nullHigh] = nullQuantiles(nullKnown, [0.5, 0.95]);
  return {
    ...{ ...panel, known, nullKnown, nullMedian: nullMedian!, nullHigh: nullHigh! },
    median: nullQuantiles(known, [0.5])[0]!,
    shareAbove: known.length === 0 || nullKnown.length === 0
      ? NaN
      : known.filter((value) => value > nullHigh!).length / known.length,
  };
}

function finding(model: string, drawn: readonly DrawnR2[]): string {
  const within = drawn.find(({ kind, known }) => kind === "in sample" && known.length > 0);
  const ahead = drawn.find(({ kind, known }) => kind === "out of sample" && known.length > 0);
  const parts = [
    ...(within === undefined ? [] : [withinText(within)]),
    ...(ahead === undefined ? [] : [aheadText(ahead)]),
  ];
  if (parts.length === 0) {
    const { median, nullMedian } = drawn.find(({ known }) => known.length > 0)!;
    return `${model} has a median adjusted R² of ${decimalText(median, 3)}, ${
      nullText(decimalText(nullMedian, 3))
    }`;
  }
  const [first] = parts;
  return within === undefined
    ? `${model} explains ${first!.replace(/^out of sample /, "")} out of sample`
    : `${model} explains ${parts.join("; ")}`;
}

function withinText({ median, nullMedian }: DrawnR2): string {
  const [own, noise] = decimalsApart(median, nullMedian, 3);
  return `${own} of the median contract’s variance, ${nullText(noise)}`;
}

function nullText(noise: string): string {
  return noise === "not measured" ? "and no null was measured beside it" : `shifted dates ${noise}`;
}

function aheadText({ median, nullMedian, shareAbove }: DrawnR2): string {
  if (!(median > 0)) {
    return shareAbove > MORE_THAN_CHANCE
      ? `out of sample nothing of the median one, though ${
        shareText(shareAbove)
      } exceed 95% of the null`
      : "out of sample nothing";
  }
  const [own, noise] = decimalsApart(median, nullMedian, 3);
  return `out of sample ${own}, ${nullText(noise)}`;
}

function panelText({ title, known, median, nullMedian, shareAbove }: DrawnR2): string {
  const name = cleanText(title);
  if (known.length === 0) return `${name}: not estimable`;
  return `${name}: median ${decimalText(median, 3)}, null ${decimalText(nullMedian, 3)}, ${
    Number.isNaN(shareAbove)
      ? "null not measured"
      : `${shareText(shareAbove)} above the null’s 95th percentile`
  }`;
}
