import { countOf, countText, shareText } from "../core/number_text.ts";
import { nullQuantiles } from "../core/null_percentile.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { HUES, NULL_TEXT } from "./palette.ts";
import {
  type DrawnR2,
  FIRST_NULL,
  isCutOff,
  PANEL_HEIGHT,
  type R2Panel,
  r2Panel,
} from "./r2_panel.ts";
import { cleanText, shortText } from "./text_lines.ts";
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
  const second = drawn.find(({ secondKnown }) => secondKnown.length > 0)?.second;
  const nValues = Math.max(
    ...drawn.map(({ nullKnown, secondKnown }) => Math.max(nullKnown.length, secondKnown.length)),
  );
  const nMissing = drawn.map(({ values, known }) => values.length - known.length);
  return figure({
    name: NAME,
    title,
    subtitle: `Contracts by the R² of their moves on macro factors, share in each bin; dashed: ${
      second === undefined ? "the null’s" : "the higher"
    } 95th percentile. Null: ${cleanText(nullName)}, ${countText(nValues)} values ${
      second === undefined ? "in all" : "of each"
    }. n\u00a0=\u00a0${countOf(Math.max(...drawn.map(({ known }) => known.length)), "contract")}.`,
    alt: `${title}. ${drawn.map(panelText).join("; ")}.`,
    context,
    notes: [
      ...second === undefined ? [] : [
        `Filled in grey: ${FIRST_NULL}; outlined, with a thin line at the median: ${
          cleanText(second.name)
        }. The title and the share above take the higher of the two.`,
      ],
      `${
        second === undefined ? "Both" : "All three"
      } histograms have the same area. Were there nothing but chance, 5% of the contracts would lie above the null’s 95th percentile; contracts that share an event, a day or a driver are there together.`,
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
        { mark: "band", words: second === undefined ? "null" : FIRST_NULL },
        ...second === undefined
          ? []
          : [{ mark: "line" as const, words: shortText(second.name, 150, 11) }],
        { mark: "tick", colour: HUES[0].text, words: "median of the contracts" },
        {
          mark: "tick",
          colour: NULL_TEXT,
          words: second === undefined ? "of the null" : "of each null",
        },
      ]),
      ...drawn.flatMap((panel, p) => r2Panel(panel, { at: p, of: drawn.length, top: KEY_HEIGHT })),
    ],
  });
}

function measured(panel: R2Panel): DrawnR2 {
  const known = panel.values.filter(Number.isFinite);
  const nullKnown = panel.nulls.filter(Number.isFinite);
  const secondKnown = panel.second?.values.filter(Number.isFinite) ?? new Float64Array(0);
  const [first, second] = [nullKnown, secondKnown].map((draws) =>
    nullQuantiles(draws, [0.5, 0.95])
  );
  const nullHigh = higher(first![1]!, second![1]!);
  return {
    ...{ ...panel, known, nullKnown, secondKnown, nullHigh },
    ...{ nullMedian: first![0]!, secondMedian: second![0]! },
    median: nullQuantiles(known, [0.5])[0]!,
    shareAbove: known.length === 0 || Number.isNaN(nullHigh)
      ? NaN
      : known.filter((value) => value > nullHigh).length / known.length,
  };
}

/** The larger of two numbers, or the one that is known. */
function higher(a: number, b: number): number {
  return Number.isNaN(a) || b > a ? b : a;
}

function finding(model: string, drawn: readonly DrawnR2[]): string {
  const within = drawn.find(({ kind, known }) => kind === "in sample" && known.length > 0);
  const ahead = drawn.find(({ kind, known }) => kind === "out of sample" && known.length > 0);
  const parts = [
    ...(within === undefined ? [] : [withinText(within)]),
    ...(ahead === undefined ? [] : [aheadText(ahead)]),
  ];
  if (parts.length === 0) {
    const panel = drawn.find(({ known }) => known.length > 0)!;
    return `${model} has a median adjusted R² of ${decimalText(panel.median, 3)}, ${
      nullText(panel, decimalText(strictest(panel), 3))
    }`;
  }
  const [first] = parts;
  return within === undefined
    ? `${model} explains ${first!.replace(/^out of sample /, "")} out of sample`
    : `${model} explains ${parts.join("; ")}`;
}

/** Median of the higher null. */
function strictest({ nullMedian, secondMedian }: DrawnR2): number {
  return higher(nullMedian, secondMedian);
}

function withinText(panel: DrawnR2): string {
  const [own, noise] = decimalsApart(panel.median, strictest(panel), 3);
  return `${own} of the median contract’s variance, ${nullText(panel, noise)}`;
}

function nullText(panel: DrawnR2, noise: string): string {
  if (noise === "not measured") return "and no null was measured beside it";
  const isSecond = panel.second !== undefined && strictest(panel) !== panel.nullMedian;
  return `${isSecond ? cleanText(panel.second.name) : FIRST_NULL} ${noise}`;
}

function aheadText(panel: DrawnR2): string {
  const { median, shareAbove } = panel;
  if (!(median > 0)) {
    return shareAbove > MORE_THAN_CHANCE
      ? `out of sample nothing of the median one, though ${
        shareText(shareAbove)
      } exceed 95% of the null`
      : "out of sample nothing";
  }
  const [own, noise] = decimalsApart(median, strictest(panel), 3);
  return `out of sample ${own}, ${nullText(panel, noise)}`;
}

function panelText(panel: DrawnR2): string {
  const { title, known, median, nullMedian, second, secondMedian, shareAbove } = panel;
  const name = cleanText(title);
  if (known.length === 0) return `${name}: not estimable`;
  const other = second === undefined || Number.isNaN(secondMedian)
    ? ""
    : `, ${cleanText(second.name)} ${decimalText(secondMedian, 3)}`;
  return `${name}: median ${decimalText(median, 3)}, null ${decimalText(nullMedian, 3)}${other}, ${
    Number.isNaN(shareAbove)
      ? "null not measured"
      : `${shareText(shareAbove)} above the ${other === "" ? "null’s" : "higher"} 95th percentile`
  }`;
}
