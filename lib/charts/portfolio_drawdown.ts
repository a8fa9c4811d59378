import { countOf, dayText, periodText, shareText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { deepestDrawdown } from "./deepest_drawdown.ts";
import { type Figure, figure } from "./figure.ts";
import { methodHues } from "./method_hues.ts";
import {
  checkDays,
  costText,
  headlineName,
  type PortfolioComparison,
  type PortfolioNav,
} from "./portfolio_nav.ts";
import { type DrawnFall, fallCurves, fallRows } from "./portfolio_drawdown_plot.ts";
import { differenceClause, scaled } from "./signed_interval.ts";
import { cleanText } from "./text_lines.ts";
import { decimalsApart } from "./value_ticks.ts";

/** A portfolio's value with the interval of its deepest drawdown. */
export interface PortfolioFall extends PortfolioNav {
  /** Ends of the 95% interval of the deepest drawdown, shares ≤ 0; NaN where not estimable. */
  readonly depthLow: number;
  readonly depthHigh: number;
}

/** What {@link portfolioDrawdownChart} draws. */
export interface PortfolioFalls {
  /** UTC days of the sessions, ascending: what lies between closes is no value of every asset. */
  readonly days: Int32Array;
  readonly series: readonly PortfolioFall[];
  /**
   * The difference is that of deepest drawdowns, which are negative: above 0 the first falls less
   * deep. Null where one of the two is not there.
   */
  readonly compared: PortfolioComparison | null;
  /** Returns between sessions. */
  readonly nSessions: number;
  /** Basis points of what is traded. */
  readonly costBps: number;
}

const NAME = "portfolio_drawdown";
const MOST_ROWS = 8;

/**
 * How far the main portfolios fall below their own highs after costs, on one axis, since what counts
 * is whether a share of baskets softens the same fall more than a share of cash does.
 *
 * The dot marks the deepest point of each; below, its dates and the interval over resampled blocks.
 * Where no portfolio is main, all are drawn.
 *
 * @throws {RangeError} If a portfolio has not a value for each day, or a negative one.
 */
export function portfolioDrawdownChart(data: PortfolioFalls, context: ChartContext): Figure {
  check(data);
  const { days, series, nSessions } = data;
  const main = series.filter(({ isMain }) => isMain);
  const shown = main.length === 0 ? series : main;
  const hues = methodHues(shown.map(({ key }) => ({ key, isMain: true })));
  const all = shown.map((one): DrawnFall => ({
    ...{ ...one, hue: hues.get(one.key)! },
    ...deepestDrawdown(one.nav),
  }));
  const measured = all.filter(({ deepest }) => !Number.isNaN(deepest));
  if (measured.length === 0) {
    return figure({
      name: NAME,
      title: "No portfolio has a value, so none has a drawdown",
      subtitle: "Value after costs below its highest so far, by portfolio.",
      alt: "Nothing is drawn: there is no portfolio.",
      context,
      body: "no portfolios with a value",
    });
  }
  const drawn = measured.slice(0, MOST_ROWS);
  const { panel, step } = fallCurves(days, drawn);
  const rows = fallRows(days, drawn, panel.height + 14);
  const title = finding(data);
  const deepest = measured.map(({ name, deepest }) => `${cleanText(name)} ${shareText(-deepest)}`);
  const left = series.length - drawn.length;
  return figure({
    name: NAME,
    title,
    subtitle: `Value after ${costText(data.costBps)} below its highest so far, %. n\u00a0=\u00a0${
      countOf(drawn.length, "portfolio")
    }, ${countOf(nSessions, "session")}; ${periodText(days[0]!, days.at(-1)!)}.`,
    alt: `${title}. Deepest: ${deepest.join("; ")}.`,
    context,
    notes: [
      "Interval: 95% over resampled blocks of sessions, which cut long falls into pieces.",
      ...(left === 0 ? [] : [leftNote(series, drawn)]),
      ...(step === 1 ? [] : [`Each point is the lowest of ${step} sessions.`]),
    ],
    height: rows.bottom,
    body: [panel, ...rows.panels],
  });
}

function finding({ days, series, compared }: PortfolioFalls): string {
  const of = (key: string | undefined) => series.find((one) => one.key === key);
  const own = of(compared?.key), other = of(compared?.against);
  if (compared === null || own === undefined || other === undefined) {
    const falls = series.map((one) => ({ one, ...deepestDrawdown(one.nav) }))
      .filter(({ deepest }) => !Number.isNaN(deepest))
      .sort((a, b) => a.deepest - b.deepest || (a.one.key < b.one.key ? -1 : 1));
    const first = falls[0]!;
    return first.deepest === 0
      ? "No portfolio is ever below an earlier high, and none with baskets is compared with cash"
      : `No portfolio with baskets is compared with cash; the deepest drawdown is ${
        shareText(-first.deepest)
      } (${headlineName(first.one.name)}, ${
        dayText(days[first.trough]!).replaceAll(" ", "\u00a0")
      })`;
  }
  const [a, b] = [own, other].map(({ nav }) => deepestDrawdown(nav).deepest) as [number, number];
  if (Number.isNaN(a + b)) {
    const unknown = Number.isNaN(a) ? own : other;
    return `${headlineName(unknown.name)} has no value, so its drawdown is not compared`;
  }
  const [depth, rival] = decimalsApart(-100 * a, -100 * b, 2);
  const clause = differenceClause(scaled(flipped(compared.difference), 100), {
    ...{ decimals: 2, unit: " points" },
  });
  return `${headlineName(own.name)} falls by at most ${depth}%, ${
    headlineName(other.name)
  } by ${rival}%: ${clause}`;
}

/** The difference of losses, which are above 0, from that of drawdowns. */
function flipped({ value, low, high }: PortfolioComparison["difference"]) {
  return { value: -value, low: -high, high: -low };
}

/** What the portfolios that are not drawn fell by. */
function leftNote(series: readonly PortfolioFall[], drawn: readonly DrawnFall[]): string {
  const others = series.filter(({ key }) => !drawn.some((one) => one.key === key));
  const falls = others.map(({ name, nav }) => {
    const { deepest } = deepestDrawdown(nav);
    return `${cleanText(name)} ${Number.isNaN(deepest) ? "no value" : shareText(-deepest)}`;
  });
  return `Not drawn, deepest drawdown: ${falls.join(", ")}.`;
}

function check(data: PortfolioFalls): void {
  checkDays(data);
  for (const { name, nav } of data.series) {
    const wrong = nav.find((value) => value < 0);
    if (wrong !== undefined) {
      throw new RangeError(
        `Cannot draw the drawdown of "${name}" as its values must be 0 or more: got ${wrong}`,
      );
    }
  }
}
