import { countOf, periodText, shareText } from "../core/number_text.ts";
import { correlationPanels, isOutside, tailPanels } from "./asset_correlation_plot.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { HUES } from "./palette.ts";
import { headlineName } from "./portfolio_nav.ts";
import { signedRange, signedText, type ValueInterval } from "./signed_interval.ts";
import { cleanText } from "./text_lines.ts";

/** A measure with its 95% interval and the middle 95% of what chance gives; NaN not estimable. */
export interface BandedMeasure extends ValueInterval {
  readonly nullLow: number;
  readonly nullHigh: number;
  /** Pairs of returns. */
  readonly n: number;
}

/** How a sleeve stands to one asset. */
export interface AssetRelation {
  readonly name: string;
  /** Correlation by session and by five sessions that do not overlap. */
  readonly daily: BandedMeasure;
  readonly weekly: BandedMeasure;
  /** Share of the asset’s worst 5% and 10% of sessions that are among the sleeve’s own worst. */
  readonly tail5: BandedMeasure;
  readonly tail10: BandedMeasure;
}

/** What {@link assetCorrelationChart} draws. */
export interface AssetRelations {
  /** Name of the sleeve in the middle of a sentence: "baskets". */
  readonly sleeve: string;
  readonly assets: readonly AssetRelation[];
  readonly firstDay: number;
  readonly lastDay: number;
}

const NAME = "asset_correlation";
const MOST = 14, GAP = 22;

/**
 * How a sleeve of baskets moves with the assets that are held anyway, and on their worst sessions.
 *
 * The grey band is what the same measure gives when the sleeve is turned against the asset in time, so
 * that each keeps its own staleness and spells. A small correlation by session may be staleness, which
 * five sessions show; and it says nothing about the worst sessions, which are counted below.
 */
export function assetCorrelationChart(data: AssetRelations, context: ChartContext): Figure {
  const { sleeve, assets } = data;
  const known = correlations(data);
  if (known.length === 0) {
    const n = Math.max(0, ...assets.map(({ daily }) => daily.n));
    return figure({
      name: NAME,
      title: assets.length === 0
        ? `There is no asset to hold ${headlineName(sleeve)} against`
        : `No correlation of ${headlineName(sleeve)} with an asset is estimable`,
      subtitle: "Correlation of returns between sessions.",
      alt: "Nothing is drawn: no correlation is estimable.",
      context,
      body: assets.length === 0
        ? "no assets"
        : `too few sessions to estimate correlations: ${countOf(n, "session")}`,
    });
  }
  const drawn = assets.slice(0, MOST);
  const upper = correlationPanels(drawn, KEY_HEIGHT + 6);
  const lower = tailPanels(drawn, upper.bottom + GAP);
  const title = finding(data);
  return figure({
    name: NAME,
    title,
    subtitle: `Returns of ${
      cleanText(sleeve)
    } with those of each asset between sessions, over what chance gives. n\u00a0=\u00a0${
      countOf(Math.max(...known.map(({ measure }) => measure.n)), "session")
    }; ${periodText(data.firstDay, data.lastDay)}.`,
    alt: `${title}. ${
      assets.map(({ name, daily, weekly, tail5 }) =>
        `${cleanText(name)}: ${signedText(daily.value, 2)} by session, ${
          signedText(weekly.value, 2)
        } by five, ${
          Number.isNaN(tail5.value) ? "tail not estimable" : shareText(tail5.value)
        } of its worst 5%`
      ).join("; ")
    }.`,
    context,
    notes: [
      `Band: middle 95% of the same measure with the sleeve turned against the asset by every other offset. Of ${
        countOf(known.length, "correlation")
      }, chance alone would put ${
        Number((0.05 * known.length).toFixed(2))
      } outside. Intervals over resampled blocks of sessions.`,
      "Worst in common: of the asset’s worst 5% or 10%, the share on which the sleeve is in its own worst 5% or 10%; unrelated series share that many.",
      ...(drawn.length === assets.length ? [] : [
        `${countOf(assets.length - drawn.length, "asset")} beyond the first ${MOST} ${
          assets.length - drawn.length === 1 ? "is" : "are"
        } not drawn.`,
      ]),
    ],
    height: lower.bottom,
    body: [
      keyLine([
        { mark: "dot", colour: HUES[0].fill, words: "outside what chance gives" },
        { mark: "ring", words: "within" },
        { mark: "line", words: "95% interval" },
        { mark: "band", words: "chance, middle 95%" },
      ]),
      ...upper.panels,
      ...lower.panels,
    ],
  });
}

function correlations({ assets }: AssetRelations) {
  return assets.flatMap(({ name, daily, weekly }) => [
    { name, by: "by session", measure: daily },
    { name, by: "by five sessions", measure: weekly },
  ]).filter(({ measure }) => !Number.isNaN(measure.value));
}

function finding(data: AssetRelations): string {
  const all = correlations(data), sleeve = headlineName(data.sleeve);
  const judged = all.filter(({ measure }) => !Number.isNaN(measure.nullLow + measure.nullHigh));
  const outside = judged.filter(({ measure }) => isOutside(measure));
  const pool = outside.length > 0 ? outside : judged.length > 0 ? judged : all;
  // the first among equals, in the order given
  const largest = pool.reduce((best, one) =>
    Math.abs(one.measure.value) > Math.abs(best.measure.value) ? one : best
  );
  const text = `${signedText(largest.measure.value, 2)} with ${
    headlineName(largest.name)
  } ${largest.by}`;
  if (judged.length === 0) {
    return `The largest correlation of ${sleeve} is ${text}; what chance gives is not measured`;
  }
  const chance = `(chance ${
    signedRange({ value: NaN, low: largest.measure.nullLow, high: largest.measure.nullHigh }, 2)
  })`;
  return outside.length === 0
    ? `No correlation of ${sleeve} lies outside what chance gives: of ${judged.length} the largest is ${text} ${chance}`
    : `${outside.length} of ${countOf(judged.length, "correlation")} of ${sleeve} ${
      outside.length === 1 ? "lies" : "lie"
    } outside what chance gives: ${outside.length === 1 ? "" : "the largest is "}${text} ${chance}`;
}
