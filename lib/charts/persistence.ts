import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { checkPercentile } from "./null_band.ts";
import { HUES, INK } from "./palette.ts";
import { exceedsNull, type PersistenceLine, persistencePanels } from "./persistence_plot.ts";
import { cleanText } from "./text_lines.ts";
import { decimalText } from "./value_ticks.ts";
import { countOf, countText, dayText, periodText } from "../core/number_text.ts";

/** How far the correlations of one window are found again in the next. */
export interface PersistenceRow {
  /** The way of measuring moves. */
  readonly representation: string;
  /** First day of the earlier window. */
  readonly fromDay: number;
  /** First day of the later window. */
  readonly boundaryDay: number;
  /** Last day of the later window. */
  readonly toDay: number;
  /** Markets in both windows. */
  readonly nItems: number;
  readonly nPairs: number;
  /** Correlation over pairs of ρ in the earlier and the later window; NaN where not measured. */
  readonly correlation: number;
  readonly ciLow: number;
  readonly ciHigh: number;
  /** 5th and 95th percentile of the null. */
  readonly nullLow: number;
  readonly nullHigh: number;
  /** Share of the null's replicates below `correlation`, in [0, 1]. */
  readonly percentile: number;
  /** Whether a person named the window; it overlaps rolling ones and does not count. */
  readonly studied: boolean;
  /** Whether this is the way of measuring that the study works with, of which the title tells. */
  readonly isWorking: boolean;
}

const NAME = "persistence";
/** Fewest values of which one in twenty is worth a sentence. */
const MIN_VALUES = 10;
const LINE_HUES = [HUES[0], HUES[1], HUES[2], HUES[3]];

/** A line with what decides its rank: the working one first, then how often it exceeds its null. */
interface Ranked extends PersistenceLine {
  readonly isWorking: boolean;
  readonly share: number;
  readonly mean: number;
}

/**
 * Whether the correlations of one window say anything about the next.
 *
 * One line a way of measuring moves, each value over its own null. The title tells of the working
 * way alone, as the best of several ways is above its null by choice. Only rolling windows count;
 * the studied ones overlap them and are drawn only. At most four lines are drawn, the working one
 * and those that exceed their null in the largest share of windows.
 *
 * @throws {RangeError} If a percentile is not in [0, 1], one line has two values on a boundary, or
 * not exactly one way of measuring is the working one.
 */
export function persistenceChart(rows: readonly PersistenceRow[], context: ChartContext): Figure {
  for (const { percentile, representation } of rows) checkPercentile(percentile, representation);
  if (rows.length === 0) {
    return figure({
      name: NAME,
      title: "No window is followed by another, so persistence cannot be measured",
      subtitle: "Correlation over pairs of ρ in one window with ρ in the next.",
      alt: "Nothing is drawn: there are no two windows.",
      context,
      body: "no two windows that follow one another",
    });
  }
  const all = linesOf(rows);
  const nWorking = all.filter(({ isWorking }) => isWorking).length;
  if (nWorking !== 1) {
    throw new RangeError(
      `Cannot draw persistence as exactly one way of measuring must be the working one: got ${nWorking}`,
    );
  }
  const lines = all.slice(0, LINE_HUES.length);
  const title = finding(all);
  const { panels, bottom } = persistencePanels(lines, KEY_HEIGHT);
  const nKnown = rows.filter(({ correlation }) => !Number.isNaN(correlation)).length;
  const nMissing = rows.length - nKnown;
  const nCounted = all.reduce((sum, { counted }) => sum + counted.length, 0);
  return figure({
    name: NAME,
    title,
    subtitle:
      `Correlation over pairs of markets of ρ in one window with ρ in the next, by the day between them; vertical lines are 95% intervals. n\u00a0=\u00a0${
        span(rows.map(({ nItems }) => nItems), "market")
      } and ${span(rows.map(({ nPairs }) => nPairs), "pair")} a window, ${
        periodText(
          Math.min(...rows.map(({ fromDay }) => fromDay)),
          Math.max(...rows.map(({ toDay }) => toDay)),
        )
      }.`,
    alt: `${title}. ${
      lines.map(({ name, counted, nAbove }) => {
        const last = counted.at(-1);
        return `${cleanText(name)}: ${nAbove} of ${counted.length} above the null${
          last === undefined ? "" : `, ${decimalText(last.correlation, 2)} at the last`
        }`;
      }).join("; ")
    }.`,
    context,
    notes: [
      ...(nCounted < MIN_VALUES ? [] : [
        `Chance alone would put one value in twenty above its null, ${
          decimalText(nCounted / 20, 1)
        } of ${countText(nCounted)}.`,
      ]),
      ...(nCounted === nKnown ? [] : [
        `Studied windows (dashed) overlap the others and do not count: ${
          countOf(nKnown - nCounted, "value")
        }.`,
      ]),
      ...(nMissing === 0 ? [] : [
        `${countOf(nMissing, "value")} without enough common pairs ${
          nMissing === 1 ? "is" : "are"
        } not measured.`,
      ]),
      ...(all.length === lines.length ? [] : [
        `${
          countOf(all.length - lines.length, "way")
        } of measuring that exceed their null less often are not drawn.`,
      ]),
    ],
    height: bottom,
    body: nKnown === 0 ? "no two windows with enough common pairs" : [
      keyLine([
        { mark: "dot", colour: INK, words: "above its null" },
        { mark: "ring", colour: INK, words: "not above it" },
        { mark: "band", words: "null, 5th to 95th percentile" },
        ...(nMissing === 0 ? [] : [{ mark: "cross" as const, words: "not measured" }]),
      ]),
      ...panels,
    ],
  });
}

function linesOf(rows: readonly PersistenceRow[]): Ranked[] {
  const names = [...new Set(rows.map(({ representation }) => representation))];
  return names.map((name) => {
    const own = rows.filter(({ representation }) => representation === name)
      .toSorted((a, b) => a.boundaryDay - b.boundaryDay);
    own.forEach(({ boundaryDay }, i) => {
      if (boundaryDay === own[i - 1]?.boundaryDay) {
        throw new RangeError(
          `Cannot draw persistence of "${name}" as it must have one row a boundary: got two on ${
            dayText(boundaryDay)
          }`,
        );
      }
    });
    const measured = own.filter(({ correlation }) => !Number.isNaN(correlation));
    const counted = measured.filter(({ studied }) => !studied);
    const nAbove = counted.filter(exceedsNull).length;
    const sum = counted.reduce((sum, { correlation }) => sum + correlation, 0);
    return {
      name,
      rows: own,
      measured,
      counted,
      nAbove,
      isWorking: own.some(({ isWorking }) => isWorking),
      share: counted.length === 0 ? -1 : nAbove / counted.length,
      mean: counted.length === 0 ? -1 : sum / counted.length,
    };
  }).sort((a, b) =>
    Number(b.isWorking) - Number(a.isWorking) || b.share - a.share || b.mean - a.mean ||
    (a.name < b.name ? -1 : 1)
  )
    .map((line, i) => ({ ...line, hue: LINE_HUES[i % LINE_HUES.length]! }));
}

function finding(all: readonly Ranked[]): string {
  const working = all[0]!, last = working.counted.at(-1);
  if (all.every(({ measured }) => measured.length === 0)) {
    return "No window could be compared with the next";
  }
  const name = all.length === 1 ? "" : ` of ${cleanText(working.name)}`;
  if (last === undefined) return `No rolling window${name} could be compared with the next`;
  const n = working.counted.length;
  const noise = Number.isNaN(last.nullHigh)
    ? "null not measured"
    : `null up to ${decimalText(last.nullHigh, 2)}`;
  const tail = `${n === 1 ? "" : "in the last, "}${decimalText(last.correlation, 2)} (${noise})`;
  if (working.nAbove === 0) {
    const count = `carried over in none of ${countOf(n, "window")}; ${tail}`;
    return all.length === 1
      ? `Nothing persists: correlation ${count}`
      : `Correlation${name} ${count}`;
  }
  if (n === 1) return `Correlation${name} carried over in the one window measured: ${tail}`;
  const only = working.share < 0.5 ? "only " : "";
  return `Correlation${name} carried over in ${only}${working.nAbove} of ${
    countOf(n, "window")
  }; ${tail}`;
}

/** "72 to 120 markets", the smallest and the largest count. */
function span(counts: readonly number[], noun: string): string {
  const low = Math.min(...counts), high = Math.max(...counts);
  return low === high ? countOf(low, noun) : `${countText(low)} to ${countOf(high, noun)}`;
}
