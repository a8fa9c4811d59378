import * as Plot from "@observablehq/plot";
import { permutedPText } from "../core/agreement_text.ts";
import { countOf, countText, periodText } from "../core/number_text.ts";
import type { SignAgreement, SignNull } from "../factors/exposure_signs.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure, type FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { intervalText } from "./interval_text.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { checkPercentile } from "./null_band.ts";
import { AXIS, HUES, MUTED } from "./palette.ts";
import {
  type Cell,
  columnPlaces,
  columnsHeight,
  evidenceAxis,
  evidenceColumn,
  type RowGrid,
  textColumn,
} from "./row_columns.ts";
import { cleanText } from "./text_lines.ts";
import { decimalText } from "./value_ticks.ts";

/** What {@link exposureSignsChart} draws. */
export interface ExposureSigns {
  /** From `signAgreements`: factors and all together. */
  readonly agreements: readonly SignAgreement[];
  /** Limit of the false discovery rate of the loadings that survive, as a share. */
  readonly falseDiscoveryRate: number;
  /** Contracts on buckets with two ends, left out of the comparison. */
  readonly nBuckets: number;
  /** Days of the moves, UTC. */
  readonly firstDay: number;
  readonly lastDay: number;
}

const NAME = "exposure_signs";
const ROW_HEIGHT = 38, MAX_ROWS = 20, ALPHA = 0.05;
const WIDTHS = [96, 176, 98, 112, 92, 108, BODY_WIDTH - 682];
const ALL = "All factors";

/**
 * Whether prices load on factors with the sign that words give them.
 *
 * One row a factor, over what scores dealt out to other events give. A number is the mean over events of the
 * share of an event's pairs of a contract and a factor that agree, no share of events. Beyond
 * chance is p up to 5% against that null: half is no null where most words say up.
 *
 * @throws {RangeError} If a percentile is not in [0, 1].
 */
export function exposureSignsChart(
  { agreements, falseDiscoveryRate, nBuckets, firstDay, lastDay }: ExposureSigns,
  context: ChartContext,
): Figure {
  for (const { factor, permuted } of agreements) checkPercentile(permuted.percentile, factor);
  const all = agreements.find(({ factor }) => factor === "all");
  if (all === undefined || all.equal.nEvents === 0) {
    return figure({
      name: NAME,
      title: "No event has both a direction by words and a loading",
      subtitle: "Share of an event’s loadings that have the sign that words say.",
      alt: "Nothing is drawn: words and loadings have no event in common.",
      context,
      body: "no events with a score and a loading",
    });
  }
  const sorted = agreements.filter(({ factor }) => factor !== "all").sort((a, b) => {
    const [x, y] = [a.equal.share, b.equal.share];
    return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || y - x ||
      (a.factor < b.factor ? -1 : 1);
  });
  const rows = [all, ...sorted].slice(0, MAX_ROWS);
  const title = finding(all);
  const grid: RowGrid = {
    ...{ nRows: rows.length, rowHeight: ROW_HEIGHT, top: KEY_HEIGHT + 6, headingLines: 2 },
  };
  return figure({
    name: NAME,
    title,
    subtitle:
      `Share of an event’s pairs of a contract and a factor whose loading has the sign that words say, mean over events. ${
        majorityText(all.equal)
      } n\u00a0=\u00a0${countOf(all.equal.nEvents, "event")}, ${
        countOf(all.equal.nContracts, "contract")
      }. ${periodText(firstDay, lastDay)}.`,
    alt: `${title}. ${
      rows.slice(1).map(({ factor, equal }) => `${factor}: ${shareWords(equal)}`).join("; ")
    }.`,
    context,
    notes: [
      `Null: whole sets of scores dealt out to other events${
        all.permuted.nDraws === 0 ? "" : ` (${countOf(all.permuted.nDraws, "time")})`
      }; p in small: loadings on shifted moves${
        all.shifted.nDraws === 0 ? ", not measured" : ` (${countOf(all.shifted.nDraws, "shift")})`
      }. Several factors are looked at, of which one in twenty is beyond chance by luck.`,
      `Weighted: by the size of the score. ρ: rank correlation of score and loading, scores of 0 with them. Sure loadings: those that survive a false discovery rate of ${
        decimalText(100 * falseDiscoveryRate, 0)
      }% over all contracts and factors.`,
      `The scores are judgements by rule or by a model, of the outcome that is quoted.${
        nBuckets === 0
          ? ""
          : ` ${countOf(nBuckets, "contract")} on buckets with two ends ${
            nBuckets === 1 ? "is" : "are"
          } left out: a number passes through them on its way up and on its way down.`
      }`,
    ],
    height: grid.top + columnsHeight(grid),
    body: [
      keyLine([
        { mark: "dot", colour: HUES[0].fill, words: `beyond chance (p up to ${ALPHA})` },
        { mark: "ring", words: "not beyond" },
        { mark: "line", words: "95% interval" },
        { mark: "band", words: "scores of other events, 5th to 95th percentile" },
        { mark: "tick", words: "its median" },
      ]),
      ...columns(grid, rows),
    ],
  });
}

function columns(grid: RowGrid, rows: readonly SignAgreement[]): FigurePanel[] {
  const place = columnPlaces(WIDTHS);
  const words = (k: number, heading: string, cell: (row: SignAgreement) => Cell) =>
    textColumn(grid, place(k, heading), rows.map(cell));
  return [
    words(0, "Factor", ({ factor, symbol }) => ({
      text: factor === "all" ? ALL : factor,
      weight: 600,
      ...(symbol === null ? {} : { note: symbol }),
    })),
    shareColumn(grid, place(1, "Pairs with the sign that words say, %"), rows),
    words(2, "Value and interval", ({ equal: { share, low, high } }) => {
      if (Number.isNaN(share)) return { text: "" };
      const { value, range } = intervalText(share, low, high);
      return { text: value, note: range };
    }),
    words(
      3,
      "Against chance",
      ({ permuted, shifted }) => ({
        text: pWords(permuted),
        ...(Number.isNaN(shifted.pValue) ? {} : { note: `shifts ${pWords(shifted)}` }),
        ...(permuted.pValue <= ALPHA ? { weight: 600 as const } : { fill: MUTED }),
      }),
    ),
    words(4, "Events", ({ equal: { nEvents, nContracts } }) => ({
      text: countText(nEvents),
      note: countOf(nContracts, "contract"),
    })),
    words(5, "Weighted, ρ\u00a0with its\u00a0p", ({ weighted, rankCorrelation, rankPermuted }) => ({
      text: Number.isNaN(weighted.share)
        ? "–"
        : `${percent(weighted.share)}; ρ\u00a0${
          Number.isNaN(rankCorrelation) ? "–" : decimalText(rankCorrelation, 2)
        }`,
      note: pWords(rankPermuted),
    })),
    words(
      6,
      "Sure loadings",
      ({ survivors }) =>
        survivors.nEvents === 0 ? { text: "none", fill: MUTED } : {
          text: `${percent(survivors.share)} of ${countText(survivors.nEvents)}`,
          note: intervalText(survivors.share, survivors.low, survivors.high).range,
        },
    ),
  ];
}

/** Shares in percent over their null, with a line at one half. */
function shareColumn(
  grid: RowGrid,
  column: { readonly left: number; readonly width: number; readonly heading: string },
  rows: readonly SignAgreement[],
): FigurePanel {
  const evidence = rows.map(({ equal, permuted }) => ({
    value: 100 * equal.share,
    low: 100 * equal.low,
    high: 100 * equal.high,
    nullLow: 100 * permuted.low,
    nullMid: 100 * permuted.mid,
    nullHigh: 100 * permuted.high,
    stands: permuted.pValue <= ALPHA,
  }));
  const axis = evidenceAxis(evidence, { width: column.width, anchors: [25, 50, 75] });
  const drawn = evidenceColumn(grid, column, { rows: evidence, axis });
  const half = Plot.ruleX([50], { y1: -0.5, y2: rows.length - 0.5, stroke: AXIS });
  return { ...drawn, plot: { ...drawn.plot, marks: [half, ...drawn.plot.marks ?? []] } };
}

function pWords({ pValue, percentile }: SignNull): string {
  return Number.isNaN(pValue) ? "–" : permutedPText(pValue, percentile).replaceAll(" ", "\u00a0");
}

function percent(share: number): string {
  return `${decimalText(100 * share, 0)}%`;
}

function shareWords({ share, nEvents }: SignAgreement["equal"]): string {
  return Number.isNaN(share)
    ? "not measured"
    : `${percent(share)} over ${cleanText(countOf(nEvents, "event"))}`;
}

/** In how many events most pairs are right, as many as not, and fewer. */
function majorityText({ nEvents, nRight, nTied }: SignAgreement["equal"]): string {
  return `Most pairs are right in ${countText(nRight)}, as many as not in ${
    countText(nTied)
  }, fewer in ${countText(nEvents - nRight - nTied)}.`;
}

function finding({ equal, permuted }: SignAgreement): string {
  const { share, low, high, nEvents } = equal;
  const { value, range } = intervalText(share, low, high);
  const said = `On average over ${countOf(nEvents, "event")}, ${value} of an event’s loadings ` +
    `(${range}) have the sign that words say`;
  if (Number.isNaN(permuted.pValue)) return `${said}; no null was measured`;
  const p = pWords(permuted), chance = percent(permuted.mid);
  return permuted.pValue <= ALPHA
    ? `${said}, more than the ${chance} of chance (${p})`
    : `${said}, no more than chance gives (${chance}, ${p})`;
}
