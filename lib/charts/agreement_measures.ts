import { permutedPText } from "../core/agreement_text.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { keyLine } from "./key_line.ts";
import { standingText } from "./null_band.ts";
import { HUES, MUTED } from "./palette.ts";
import {
  columnPlaces,
  evidenceAxis,
  evidenceColumn,
  type RowGrid,
  textColumn,
} from "./row_columns.ts";
import { decimalsApart } from "./value_ticks.ts";

/** One number for the agreement of clusters with themes, over what permuted themes give. */
export interface AgreementMeasure {
  readonly name: string;
  readonly value: number;
  readonly nullP05: number;
  readonly nullMedian: number;
  readonly nullP95: number;
  /** Share of permutations below the value, 0 to 1. */
  readonly percentile: number;
  readonly pValue: number;
}

/** Largest p-value that counts as beyond chance. */
export const ALPHA = 0.05;

/** A p-value in small print: its sign and number are not parted. */
export function measureP({ pValue, percentile }: AgreementMeasure): string {
  return permutedPText(pValue, percentile).replaceAll(" ", "\u00a0");
}

/** Each measure as a dot over what permuted themes give, its numbers beside it. */
export function measurePanels(grid: RowGrid, measures: readonly AgreementMeasure[]): FigurePanel[] {
  const widths = [180, 400, BODY_WIDTH - 580];
  const place = columnPlaces(widths);
  const evidence = measures.map((measure) => ({
    value: measure.value,
    nullLow: measure.nullP05,
    nullMid: measure.nullMedian,
    nullHigh: measure.nullP95,
    stands: measure.pValue <= ALPHA,
  }));
  return [
    keyLine([
      { mark: "dot", colour: HUES[0].fill, words: `beyond chance (p up to ${ALPHA})` },
      { mark: "ring", words: "not beyond" },
      { mark: "band", words: "permuted themes, 5th to 95th percentile" },
      { mark: "tick", words: "their median" },
    ]),
    textColumn(
      grid,
      place(0, "Agreement"),
      measures.map(({ name }) => ({ text: name, weight: 600 })),
    ),
    evidenceColumn(grid, place(1, ""), {
      rows: evidence,
      axis: evidenceAxis(evidence, { width: widths[1]!, anchors: [0, 1] }),
    }),
    textColumn(
      grid,
      place(2, "Value, null’s median, standing"),
      measures.map((measure) => {
        const { value, nullMedian, percentile, pValue } = measure;
        if (Number.isNaN(value)) return { text: "" };
        const [ours, chance] = decimalsApart(value, nullMedian, 2);
        return {
          text: `${ours} against ${chance}`,
          note: `${standingText(percentile)}, ${measureP(measure)}`,
          ...(pValue <= ALPHA ? {} : { fill: MUTED }),
        };
      }),
    ),
  ];
}
