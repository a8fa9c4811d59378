import * as Plot from "@observablehq/plot";
import { HUES } from "../../charts/palette.ts";
import { shareText } from "../../core/number_text.ts";
import type { AccuracyStep } from "./audit_progress.ts";

/**
 * The accuracy and its 95 % interval by number of judged contracts, with the target as a dashed line.
 *
 * @param options.nContracts Contracts of the sheet, where the axis ends.
 */
export function accuracyOptions(
  steps: readonly AccuracyStep[],
  { target, nContracts, isDark }: {
    readonly target: number;
    readonly nContracts: number;
    readonly isDark: boolean;
  },
): Plot.PlotOptions {
  const colour = isDark ? HUES[0].dark : HUES[0].fill;
  const last = steps.at(-1);
  return {
    ...{
      width: 380,
      height: 232,
      marginLeft: 44,
      marginRight: 70,
      marginTop: 24,
      marginBottom: 40,
    },
    style: { fontSize: "11px", background: "transparent" },
    x: {
      label: "contracts judged",
      labelAnchor: "center",
      labelArrow: "none",
      domain: [0, Math.max(nContracts, 1)],
      ticks: 5,
    },
    y: {
      label: "share right",
      labelArrow: "none",
      domain: [0, 1],
      ticks: 5,
      tickFormat: shareText,
      grid: true,
    },
    marks: [
      Plot.areaY(steps, { x: "nJudged", y1: "low", y2: "high", fill: colour, fillOpacity: 0.22 }),
      Plot.ruleX(steps.slice(0, 1), {
        ...{ x: "nJudged", y1: "low", y2: "high", stroke: colour, strokeOpacity: 0.5 },
      }),
      Plot.lineY(steps, { x: "nJudged", y: "accuracy", stroke: colour, strokeWidth: 2 }),
      Plot.ruleY([target], { stroke: "currentColor", strokeDasharray: "4 3" }),
      Plot.text([target], {
        ...{ x: nContracts, y: (y: number) => y, text: () => `target ${shareText(target)}` },
        ...{ textAnchor: "start", dx: 4, fill: "currentColor" },
      }),
      ...last === undefined
        ? [Plot.text(["No contract judged yet"], { frameAnchor: "middle", fill: "currentColor" })]
        : [Plot.dot([last], { x: "nJudged", y: "accuracy", fill: colour, r: 3.5 })],
    ],
  };
}
