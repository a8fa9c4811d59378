import { countOf, periodText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { methodHues } from "./method_hues.ts";
import { type DrawnPortfolio, portfolioNavPanel } from "./portfolio_nav_plot.ts";
import { differenceClause, scaled, type ValueInterval } from "./signed_interval.ts";
import { cleanText, shortText } from "./text_lines.ts";
import { decimalsApart, decimalText } from "./value_ticks.ts";

/** The value of one portfolio. */
export interface PortfolioNav {
  readonly key: string;
  readonly name: string;
  /** Whether it is one of those that are drawn in colour: at most eight. */
  readonly isMain: boolean;
  /** Value at the end of each of the days after costs, 100 before the first purchase; NaN unknown. */
  readonly nav: Float64Array;
}

/** Two portfolios that a title compares: one with a share of baskets, one with the same of cash. */
export interface PortfolioComparison {
  /** Keys of the two. */
  readonly key: string;
  readonly against: string;
  /** The first less the second, as a share. */
  readonly difference: ValueInterval;
}

/** What {@link portfolioNavChart} draws. */
export interface PortfolioNavs {
  /** UTC days, ascending. */
  readonly days: Int32Array;
  readonly series: readonly PortfolioNav[];
  /** The difference is that of returns a year; null where one of the two is not there. */
  readonly compared: PortfolioComparison | null;
  /** Returns between sessions. */
  readonly nSessions: number;
  /** Basis points of what is traded. */
  readonly costBps: number;
}

const NAME = "portfolio_nav";
/** Names in a note. */
const MOST_NAMED = 12;
/** Letters from which a name may break, and its most width in a headline, user units. */
const LONG_NAME = 32, MOST_HEADLINE = 400;

/**
 * What portfolios are worth through time after costs, and whether baskets leave more than cash.
 *
 * The portfolio with cash is the rival, since it cuts the risk of stocks and bonds by as much and
 * costs nothing to hold. Portfolios that are not main are thin grey lines, named where there is room.
 * Where values span more than four times the lowest, the axis is logarithmic.
 *
 * @throws {RangeError} If a portfolio has not a value for each day.
 */
export function portfolioNavChart(data: PortfolioNavs, context: ChartContext): Figure {
  const { days, series, nSessions } = data;
  checkDays(data);
  const measured = series.filter(({ nav }) => nav.some((value) => !Number.isNaN(value)));
  if (days.length === 0 || measured.length === 0) {
    return figure({
      name: NAME,
      title: "No portfolio has a value, so none can be compared with cash",
      subtitle: "Value after costs by portfolio, 100 at the start.",
      alt: "Nothing is drawn: there is no portfolio.",
      context,
      body: "no portfolios with a value",
    });
  }
  const hues = methodHues(series);
  const drawn = measured.map((one): DrawnPortfolio => ({ ...one, hue: hues.get(one.key)! }));
  const { panel, step, isLog, unnamed } = portfolioNavPanel(days, drawn);
  const title = finding(data);
  return figure({
    name: NAME,
    title,
    subtitle: `Value after ${
      costText(data.costBps)
    }, 100 before the first purchase; shares set anew every month. n\u00a0=\u00a0${
      countOf(measured.length, "portfolio")
    }, ${countOf(nSessions, "session")}; ${periodText(days[0]!, days.at(-1)!)}.`,
    alt: `${title}. Values at the end: ${
      measured.map(({ name, nav }) => `${cleanText(name)} ${decimalText(nav.at(-1)!, 1)}`).join(
        "; ",
      )
    }.`,
    context,
    notes: [
      ...unnamedNote(unnamed),
      ...(isLog ? ["Equal distances on the axis are equal ratios of value."] : []),
      ...(measured.length === series.length ? [] : [
        `${countOf(series.length - measured.length, "portfolio")} without any value ${
          series.length - measured.length === 1 ? "is" : "are"
        } left out.`,
      ]),
      ...(step === 1 ? [] : [`Lines join every ${ordinal(step)} day and the last.`]),
    ],
    height: panel.top + panel.height,
    body: [panel],
  });
}

/** Lines that have no room for a name, the first of them named here. */
function unnamedNote(unnamed: readonly PortfolioNav[]): string[] {
  if (unnamed.length === 0) return [];
  const names = unnamed.slice(0, MOST_NAMED).map(({ name, nav }) =>
    `${cleanText(name)} (${decimalText(nav.at(-1)!, 1)})`
  );
  const left = unnamed.length - names.length;
  return [
    `Grey lines without a name: ${names.join(", ")}${
      left === 0 ? "" : ` and ${countOf(left, "other")}`
    }.`,
  ];
}

/** "10 basis points of what is traded". */
export function costText(costBps: number): string {
  return `${countOf(costBps, "basis point")} of what is traded`;
}

/** A name for a headline: cut so that its number has room, and unbroken where it is short. */
export function headlineName(name: string): string {
  const clean = shortText(name, MOST_HEADLINE, 18, 600);
  return clean.length > LONG_NAME ? clean : clean.replaceAll(" ", "\u00a0");
}

/**
 * Refuses values that do not match the days.
 *
 * @throws {RangeError} If a portfolio has not a value for each day.
 */
export function checkDays({ days, series }: Pick<PortfolioNavs, "days" | "series">): void {
  for (const { name, nav } of series) {
    if (nav.length !== days.length) {
      throw new RangeError(
        `Cannot draw the value of "${name}" as it must have one for each of ${days.length} days: got ${nav.length}`,
      );
    }
  }
}

function finding({ series, compared }: PortfolioNavs): string {
  const of = (key: string | undefined) => series.find((one) => one.key === key);
  const own = of(compared?.key), other = of(compared?.against);
  if (compared === null || own === undefined || other === undefined) {
    const ranked = series.filter(({ nav }) => !Number.isNaN(nav.at(-1)!))
      .sort((a, b) => b.nav.at(-1)! - a.nav.at(-1)! || (a.key < b.key ? -1 : 1));
    const best = ranked[0];
    return best === undefined
      ? "No portfolio has a value on the last day"
      : `No portfolio with baskets is compared with cash; the highest, ${
        headlineName(best.name)
      }, ends at ${decimalText(best.nav.at(-1)!, 1)}`;
  }
  const [value, rival] = decimalsApart(own.nav.at(-1)!, other.nav.at(-1)!, 1);
  const clause = differenceClause(scaled(compared.difference, 100), {
    ...{ decimals: 1, unit: " points a year" },
  });
  return `${headlineName(own.name)} ends at ${value}, ${
    headlineName(other.name)
  } at ${rival}: ${clause}`;
}

function ordinal(n: number): string {
  return n === 2 ? "second" : n === 3 ? "third" : `${n}th`;
}
