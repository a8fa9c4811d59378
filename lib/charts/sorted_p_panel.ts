import * as Plot from "@observablehq/plot";
import { countText } from "../core/number_text.ts";
import { axisTitle } from "./axis_title.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { AXIS, GRID, HUES, NULL_TEXT } from "./palette.ts";

/** Height of {@link sortedPPanel}. */
export const SORTED_P_HEIGHT = 400;

/** Ranks that are drawn one by one, and how many of the later ones are drawn for each tenfold. */
const EACH = 30, PER_DECADE = 40;
/** Least p that has a place of its own. */
const LEAST = 1e-12;

/**
 * Sorted p-values against their rank, log by log, with the line that chance gives and the line below which
 * Benjamini & Hochberg's procedure finds something.
 *
 * The i-th smallest of n uniform p-values is about i/n, and the procedure looks for one at or below
 * rate · i/n: both are straight here, and what matters, the few smallest, has the room.
 *
 * @param pValues Of all tests, in any order; NaN left out.
 */
export function sortedPPanel(
  pValues: Float64Array,
  { rate, top }: { readonly rate: number; readonly top: number },
): FigurePanel {
  const sorted = pValues.filter((p) => !Number.isNaN(p)).sort(), n = sorted.length;
  const dots = drawnRanks(n).map((rank) => ({ rank, p: Math.max(sorted[rank - 1]!, LEAST) }));
  const lines = [
    { stroke: NULL_TEXT, of: (rank: number) => rank / n },
    { stroke: HUES[5].fill, of: (rank: number) => rate * rank / n },
  ];
  const low = Math.min(sorted[0] ?? 1, rate / Math.max(n, 1), 0.1);
  const decades = Math.ceil(-Math.log10(Math.max(low, LEAST)));
  const step = Math.max(1, Math.ceil(decades / 7));
  const ticks = Array.from({ length: Math.floor(decades / step) + 1 }, (_, k) => 10 ** (-k * step));
  const last = Math.max(n, 10);
  const ranks = Array.from({ length: Math.floor(Math.log10(last)) + 1 }, (_, k) => 10 ** k);
  const marginLeft = 76;
  return {
    ...{ left: 0, top, width: BODY_WIDTH, height: SORTED_P_HEIGHT },
    plot: {
      ...{ marginLeft, marginRight: 20, marginTop: 40, marginBottom: 44 },
      x: {
        ...{ type: "log", domain: [0.8, 1.25 * last], ticks: ranks, tickFormat: countText },
        label: "Rank of the p-value, smallest first (log scale)",
        ...{ labelAnchor: "center", labelArrow: false, labelOffset: 40, tickSize: 4 },
      },
      y: {
        ...{ type: "log", domain: [10 ** -decades, 1.3], ticks, tickSize: 0, label: null },
        tickFormat: (p: number) => p === 1 ? "1" : `10${superscript(Math.round(Math.log10(p)))}`,
      },
      marks: [
        axisTitle("p-value (log scale)", marginLeft),
        Plot.gridY(ticks, { stroke: GRID, strokeOpacity: 1 }),
        Plot.ruleY([10 ** -decades], { stroke: AXIS }),
        ...lines.map(({ stroke, of }) =>
          Plot.line(n === 0 ? [] : [1, n], {
            x: (rank: number) => rank,
            y: of,
            stroke,
            strokeWidth: 2,
            clip: true,
          })
        ),
        Plot.dot(dots, { x: "rank", y: "p", r: 2.5, fill: HUES[0].fill }),
      ],
    },
  };
}

/** The first ranks one by one, then ever fewer, and the last. */
function drawnRanks(n: number): number[] {
  const ranks = new Set<number>();
  for (let rank = 1; rank <= Math.min(n, EACH); ++rank) ranks.add(rank);
  for (let k = 0; n > EACH; ++k) {
    const rank = Math.round(EACH * 10 ** (k / PER_DECADE));
    if (rank >= n) break;
    ranks.add(rank);
  }
  if (n > 0) ranks.add(n);
  return [...ranks];
}

const DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function superscript(power: number): string {
  const digits = Array.from(String(Math.abs(power)), (digit) => DIGITS[Number(digit)]).join("");
  return power < 0 ? `⁻${digits}` : digits;
}
