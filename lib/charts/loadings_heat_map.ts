import { countOf, countText, shareText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import {
  LEGEND_HEIGHT,
  loadingCells,
  type LoadingFactor,
  loadingLegend,
  type LoadingRow,
  loadingsHeight,
} from "./loadings_panel.ts";
import { HUES, NULL_TEXT } from "./palette.ts";
import { SORTED_P_HEIGHT, sortedPPanel } from "./sorted_p_panel.ts";
import { cleanText } from "./text_lines.ts";
import { decimalText } from "./value_ticks.ts";

/** What {@link loadingsHeatMapChart} draws. */
export interface LoadingsHeatMap {
  /** K columns; those of one group stand together. */
  readonly factors: readonly LoadingFactor[];
  /** Contracts in any order, also those of which nothing survives. */
  readonly rows: readonly LoadingRow[];
  /** Loadings that were tested, over all contracts. */
  readonly nTests: number;
  /** Those that survive. */
  readonly nDiscoveries: number;
  /** How many survive in shifted moves, a mean over shifts; NaN where it was not measured. */
  readonly nNull: number;
  /** Share of false discoveries that is allowed. */
  readonly rate: number;
  /** p-values of all tests, in any order; NaN left out. Drawn where nothing survives. */
  readonly pValues: Float64Array;
  /** Unit of a loading: "log-odds for one standard deviation of the factor". */
  readonly unit: string;
  /** How often the intervals hold planted loadings, or another word on their worth; may be empty. */
  readonly coverage: string;
}

const NAME = "loadings_heat_map";
const MAX_ROWS = 40;

/**
 * Which contracts move with which macro factors, as far as it survives the count of tests.
 *
 * Contracts by factors, those with the least q first, 40 at most. Only loadings that survive are coloured:
 * of tens of thousands, those that merely look large are noise. Where none survives, the sorted p-values
 * are drawn against what chance gives in place of an empty matrix.
 *
 * @throws {RangeError} If a row has not one loading and one verdict a factor, or the verdicts are more
 * than the discoveries.
 */
export function loadingsHeatMapChart(data: LoadingsHeatMap, context: ChartContext): Figure {
  check(data);
  const { factors, rows, nTests, nDiscoveries, rate } = data;
  const tests = `${countOf(rows.length, "contract")} × ${countOf(factors.length, "factor")}, ${
    countOf(nTests, "test")
  }`;
  if (nTests === 0) {
    return figure({
      name: NAME,
      title: "No loading on a macro factor could be tested",
      subtitle: "Loadings of contracts on macro factors that survive the count of tests.",
      alt: "Nothing is drawn: no contract has enough sessions.",
      context,
      body: "no contracts with enough sessions",
    });
  }
  const title = finding(data);
  const notes = [
    `Benjamini–Hochberg over all tests at ${
      shareText(rate)
    }; of what survives, about that share is expected to be false.`,
    ...(cleanText(data.coverage) === "" ? [] : [cleanText(data.coverage)]),
  ];
  if (nDiscoveries === 0) {
    return figure({
      name: NAME,
      title,
      subtitle:
        `p-values of all loadings, smallest first, against their rank, both on a log scale; a loading would survive below the red line. n\u00a0=\u00a0${tests}.`,
      alt: `${title}. The smallest of ${countOf(nTests, "p-value")} is ${smallest(data.pValues)}.`,
      context,
      notes,
      height: KEY_HEIGHT + SORTED_P_HEIGHT,
      body: [
        keyLine([
          { mark: "dot", colour: HUES[0].fill, words: "loadings" },
          { mark: "line", colour: NULL_TEXT, words: "what chance gives" },
          { mark: "line", colour: HUES[5].fill, words: `survives below, at ${shareText(rate)}` },
        ]),
        sortedPPanel(data.pValues, { rate, top: KEY_HEIGHT }),
      ],
    });
  }
  const found = rows.filter(({ isDiscovery }) => isDiscovery.includes(1)).toSorted((a, b) =>
    a.leastQ - b.leastQ || count(b) - count(a) || (a.marketId < b.marketId ? -1 : 1)
  );
  const drawn = found.slice(0, MAX_ROWS);
  const nHidden = found.length - drawn.length, nNothing = rows.length - found.length;
  return figure({
    name: NAME,
    title,
    subtitle: `Loadings that survive: ${
      cleanText(data.unit)
    }; the rest is blank. Most evidence first. n\u00a0=\u00a0${tests}.`,
    alt: `${title}. ${
      drawn.slice(0, 6).map((row) => `${cleanText(row.title)}: ${strongest(row, factors)}`)
        .join("; ")
    }.`,
    context,
    notes: [
      ...notes,
      ...(nNothing + nHidden === 0 ? [] : [
        [
          ...(nHidden === 0 ? [] : [`${countOf(nHidden, "contract")} with less evidence`]),
          ...(nNothing === 0 ? [] : [`${countOf(nNothing, "contract")} of which nothing survives`]),
        ].join(" and ") + ` ${nNothing + nHidden === 1 ? "is" : "are"} not drawn.`,
      ]),
    ],
    height: LEGEND_HEIGHT + loadingsHeight(factors, drawn),
    body: [
      loadingLegend(drawn, BODY_WIDTH),
      ...loadingCells(factors, drawn, { top: LEGEND_HEIGHT }),
    ],
  });
}

function finding({ nTests, nDiscoveries, nNull, rate }: LoadingsHeatMap): string {
  const all = `${countOf(nTests, "loading")}`;
  const at = `a false discovery rate of ${shareText(rate)}`;
  if (nDiscoveries === 0) {
    return `No loading of ${countText(nTests)} survives ${at}${
      Number.isNaN(nNull) ? "" : `; shifted moves give ${meanText(nNull)}`
    }`;
  }
  const verb = nDiscoveries === 1 ? "survives" : "survive";
  const own = `${countText(nDiscoveries)} of ${all} ${verb} ${at}`;
  if (Number.isNaN(nNull)) return `${own}; what shifted moves give was not measured`;
  return nDiscoveries > nNull
    ? `${own}; shifted moves give ${meanText(nNull)}`
    : `${own}, no more than shifted moves give (${meanText(nNull)})`;
}

/** A mean count: whole numbers without decimals. */
function meanText(mean: number): string {
  return mean < 10 && mean % 1 !== 0 ? decimalText(mean, 1) : countText(mean);
}

function count({ isDiscovery }: LoadingRow): number {
  return isDiscovery.reduce((sum, one) => sum + one, 0);
}

/** "SPY +0.12, TLT −0.08": what survives, largest first. */
function strongest(
  { beta, isDiscovery }: LoadingRow,
  factors: readonly LoadingFactor[],
): string {
  return factors.map(({ symbol }, f) => ({ symbol, beta: beta[f]!, isFound: isDiscovery[f] === 1 }))
    .filter(({ isFound }) => isFound)
    .sort((a, b) => Math.abs(b.beta) - Math.abs(a.beta)).slice(0, 3)
    .map(({ symbol, beta: b }) => `${cleanText(symbol)} ${b > 0 ? "+" : ""}${decimalText(b, 3)}`)
    .join(", ");
}

function smallest(pValues: Float64Array): string {
  const least = pValues.reduce((low, p) => p < low ? p : low, 1);
  return least.toPrecision(2);
}

function check({ factors, rows, nDiscoveries }: LoadingsHeatMap): void {
  let nFound = 0;
  for (const row of rows) {
    const { marketId, beta, isDiscovery } = row;
    const wrong = [beta, isDiscovery].find(({ length }) => length !== factors.length);
    if (wrong !== undefined) {
      throw new RangeError(
        `Cannot draw the loadings of "${marketId}" as it must have one for each of ${factors.length} factors: got ${wrong.length}`,
      );
    }
    nFound += count(row);
  }
  if (nFound !== nDiscoveries) {
    throw new RangeError(
      `Cannot draw loadings as the rows must hold all ${nDiscoveries} discoveries: got ${nFound}`,
    );
  }
}
