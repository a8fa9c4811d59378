import { countText } from "../core/number_text.ts";
import type { AssetRelation, BandedMeasure } from "./asset_correlation.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import {
  columnsHeight,
  type Evidence,
  type EvidenceAxis,
  evidenceAxis,
  evidenceColumn,
  type RowGrid,
  textColumn,
} from "./row_columns.ts";
import { signedRange, signedText } from "./signed_interval.ts";
import { shortText } from "./text_lines.ts";
import { decimalText } from "./value_ticks.ts";

const NAME_WIDTH = 130, TEXT_WIDTH = 108, ROW_HEIGHT = 35;
const DOTS_WIDTH = (BODY_WIDTH - NAME_WIDTH) / 2 - TEXT_WIDTH;

/** Panels, and where they end. */
interface Placed {
  readonly panels: FigurePanel[];
  readonly bottom: number;
}

/** Correlations are on one scale from −1 to 1, so that a short interval looks short. */
const WHOLE: EvidenceAxis = {
  ...{ domain: [-1, 1], ticks: [-1, -0.5, 0, 0.5, 1] },
  text: (value) => decimalText(value, 1),
};

/** Correlations by session and by five sessions. */
export function correlationPanels(assets: readonly AssetRelation[], top: number): Placed {
  return twoMeasures(assets, top, {
    headings: ["Correlation by session", "Correlation by five sessions"],
    of: [({ daily }) => daily, ({ weekly }) => weekly],
    scale: 1,
    axis: () => WHOLE,
    text: (measure) => ({
      text: signedText(measure.value, 2),
      note: signedRange(measure, 2),
    }),
  });
}

/** Shares of the worst sessions, in percent from 0 on. */
export function tailPanels(assets: readonly AssetRelation[], top: number): Placed {
  return twoMeasures(assets, top, {
    headings: ["Worst 5% in common, %", "Worst 10% in common, %"],
    of: [({ tail5 }) => tail5, ({ tail10 }) => tail10],
    scale: 100,
    axis: (rows) => evidenceAxis(rows, { width: DOTS_WIDTH, anchors: [0] }),
    text: ({ value, low, high }) => ({
      text: `${decimalText(100 * value, 0)}%`,
      note: Number.isNaN(low + high)
        ? "no interval"
        : `${decimalText(100 * low, 0)}% to ${decimalText(100 * high, 0)}%`,
    }),
  });
}

/** Whether a measure lies outside what chance gives; not where either is unknown. */
export function isOutside({ value, nullLow, nullHigh }: BandedMeasure): boolean {
  return value < nullLow || value > nullHigh;
}

function twoMeasures(
  assets: readonly AssetRelation[],
  top: number,
  { headings, of, scale, axis, text }: {
    readonly headings: readonly [string, string];
    readonly of: readonly [
      (asset: AssetRelation) => BandedMeasure,
      (asset: AssetRelation) => BandedMeasure,
    ];
    readonly scale: number;
    readonly axis: (rows: readonly Evidence[]) => EvidenceAxis;
    readonly text: (measure: BandedMeasure) => { text: string; note: string };
  },
): Placed {
  const grid: RowGrid = { nRows: assets.length, rowHeight: ROW_HEIGHT, top, headingLines: 1 };
  const names = textColumn(
    grid,
    { left: 0, width: NAME_WIDTH, heading: "With" },
    assets.map(({ name }) => ({ text: shortText(name, NAME_WIDTH - 10, 12, 600), weight: 600 })),
  );
  const halves = of.flatMap((measureOf, half) => {
    const measures = assets.map(measureOf);
    const rows = measures.map((one): Evidence => ({
      ...{ value: scale * one.value, low: scale * one.low, high: scale * one.high },
      ...{ nullLow: scale * one.nullLow, nullMid: NaN, nullHigh: scale * one.nullHigh },
      stands: isOutside(one),
    }));
    const left = NAME_WIDTH + half * (DOTS_WIDTH + TEXT_WIDTH);
    return [
      evidenceColumn(grid, { left, width: DOTS_WIDTH, heading: headings[half]! }, {
        rows,
        axis: axis(rows),
      }),
      textColumn(
        grid,
        { left: left + DOTS_WIDTH, width: TEXT_WIDTH, heading: "Value and n" },
        measures.map((one) => {
          if (Number.isNaN(one.value)) {
            return { text: "not estimable", note: `n = ${countText(one.n)}` };
          }
          const { text: value, note } = text(one);
          return { text: `${value}, n = ${countText(one.n)}`, note };
        }),
      ),
    ];
  });
  return { panels: [names, ...halves], bottom: top + columnsHeight(grid) };
}
