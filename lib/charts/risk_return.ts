import { countOf, periodText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { methodHues } from "./method_hues.ts";
import { headlineName } from "./portfolio_nav.ts";
import { type DrawnRisk, riskReturnPanel } from "./risk_return_plot.ts";
import {
  decimalsOf,
  isBeyondZero,
  signedRange,
  signedText,
  type ValueInterval,
} from "./signed_interval.ts";
import { cleanText } from "./text_lines.ts";
import { decimalsApart, decimalText } from "./value_ticks.ts";

/** Risk and return of one portfolio, with intervals; NaN where not estimable. */
export interface PortfolioRisk {
  readonly key: string;
  readonly name: string;
  /** Whether it is one of those that are drawn in colour: at most eight. */
  readonly isMain: boolean;
  /** Stocks and bonds; the same with a share of something else; or one asset alone. */
  readonly role: "base" | "mixture" | "alone";
  /** Growth a year and deviation a year, as shares. */
  readonly annualReturn: ValueInterval;
  readonly volatility: ValueInterval;
  /** Sharpe ratio a year over Treasury bills. */
  readonly sharpe: number;
  /**
   * Its Sharpe ratio less that of stocks and bonds; null for these, for a mixture with an idle share,
   * which is a competitor and no candidate, and where it is not measured.
   */
  readonly sharpeDifference: ValueInterval | null;
}

/** What {@link riskReturnChart} draws. */
export interface RiskReturn {
  readonly portfolios: readonly PortfolioRisk[];
  /** Returns between sessions. */
  readonly nSessions: number;
  /** UTC days of the first and the last value. */
  readonly firstDay: number;
  readonly lastDay: number;
}

const NAME = "risk_return";
const MOST = 14, GAP = 16;

/**
 * Return against risk of portfolios with the error of both, and whether any mixture's Sharpe ratio
 * differs from that of stocks and bonds.
 *
 * Mixtures lie close together and single assets far apart, so each has a panel of its own; stocks and
 * bonds stand in both. Two crosses that overlap prove nothing, as portfolios of the same assets move
 * together: the headline judges the paired difference of Sharpe ratios.
 */
export function riskReturnChart(data: RiskReturn, context: ChartContext): Figure {
  const { portfolios, nSessions, firstDay, lastDay } = data;
  const hues = methodHues(portfolios);
  const measured = portfolios
    .filter(({ annualReturn, volatility }) => !Number.isNaN(annualReturn.value + volatility.value))
    .map((one): DrawnRisk => ({ ...one, hue: hues.get(one.key)! }));
  if (measured.length === 0) {
    return figure({
      name: NAME,
      title: portfolios.length === 0
        ? "There is no portfolio to measure"
        : `Risk and return of ${countOf(portfolios.length, "portfolio")} are not estimable`,
      subtitle: "Return a year against volatility a year.",
      alt: "Nothing is drawn: nothing is estimable.",
      context,
      body: portfolios.length === 0
        ? "no portfolios"
        : `too few sessions to estimate risk and return: ${countOf(nSessions, "session")}`,
    });
  }
  const groups = [
    { roles: ["base", "mixture"], heading: "Stocks and bonds, and with a share of something else" },
    { roles: ["base", "alone"], heading: "Assets alone" },
  ].flatMap(({ roles, heading }) => {
    const group = measured.filter(({ role }) => roles.includes(role)).slice(0, MOST);
    // stocks and bonds alone are no second panel
    return group.some(({ role }) => role !== "base") ? [{ group, heading }] : [];
  });
  const shown = groups.length > 0
    ? groups
    : [{ group: measured.slice(0, MOST), heading: "Stocks and bonds" }];
  let top = 0;
  const panels = shown.map(({ group, heading }) => {
    const panel = riskReturnPanel(group, { heading, top, nPanels: shown.length });
    top += panel.height + GAP;
    return panel;
  });
  const nDrawn = new Set(shown.flatMap(({ group }) => group.map(({ key }) => key))).size;
  const title = finding(portfolios);
  return figure({
    name: NAME,
    title,
    subtitle:
      `Return and volatility a year after costs with 95% intervals; the number beside each name is its Sharpe ratio. n\u00a0=\u00a0${
        countOf(measured.length, "portfolio")
      }, ${countOf(nSessions, "session")}; ${periodText(firstDay, lastDay)}.`,
    alt: `${title}. ${
      measured.map(({ name, annualReturn, volatility }) =>
        `${cleanText(name)}: return ${decimalText(100 * annualReturn.value, 1)}%, volatility ${
          decimalText(100 * volatility.value, 1)
        }%`
      ).join("; ")
    }.`,
    context,
    notes: [
      "Intervals over resampled blocks of sessions. Bars that reach the frame go on beyond it. Portfolios share most of their assets, so crosses that overlap do not show that two are alike; differences are measured on the same resampled sessions.",
      ...chanceNote(portfolios),
      ...(measured.some(({ sharpe }) => Number.isNaN(sharpe))
        ? [
          "A dash in place of a Sharpe ratio: what is held never departs from Treasury bills.",
        ]
        : []),
      ...(nDrawn === measured.length ? [] : [
        `${countOf(measured.length - nDrawn, "portfolio")} beyond ${MOST} a panel ${
          measured.length - nDrawn === 1 ? "is" : "are"
        } not drawn.`,
      ]),
      ...(measured.length === portfolios.length ? [] : [
        `Not estimable: ${
          portfolios.filter(({ key }) => !measured.some((one) => one.key === key))
            .map(({ name }) => cleanText(name)).join(", ")
        }.`,
      ]),
    ],
    height: top - GAP,
    body: panels,
  });
}

/** Two decimals, or more where a value would read as an end of its interval or an end as zero. */
function decimalsApartOf(interval: ValueInterval): number {
  const { value, low, high } = interval;
  const fewest = Math.max(
    ...[low, high].map((end) => decimalsApart(value, end, 2)[0].split(".")[1]!.length),
  );
  return Math.max(fewest, decimalsOf(interval, 2));
}

/** Mixtures whose Sharpe ratio is compared, the largest difference first. */
function judgedOf(portfolios: readonly PortfolioRisk[]) {
  return portfolios.flatMap(({ role, name, key, sharpeDifference: difference }) =>
    role !== "mixture" || difference === null || Number.isNaN(difference.low + difference.high)
      ? []
      : [{ key, name, difference }]
  ).sort((a, b) =>
    Math.abs(b.difference.value) - Math.abs(a.difference.value) || (a.key < b.key ? -1 : 1)
  );
}

/** Which mixtures are judged, and in how many of them chance alone would find something. */
function chanceNote(portfolios: readonly PortfolioRisk[]): string[] {
  const n = judgedOf(portfolios).length;
  const idle = portfolios.filter(({ role, sharpeDifference }) =>
    role === "mixture" && sharpeDifference === null
  );
  return n === 0 ? [] : [
    `Of ${countOf(n, "difference")} of Sharpe ratios, chance alone would leave zero out of ${
      decimalText(0.05 * n, 2)
    }.${
      idle.length === 0 ? "" : ` Not judged: ${idle.map(({ name }) => cleanText(name)).join(", ")}.`
    }`,
  ];
}

function finding(portfolios: readonly PortfolioRisk[]): string {
  const base = portfolios.find(({ role }) => role === "base");
  const judged = judgedOf(portfolios);
  if (base === undefined || judged.length === 0) {
    return "No mixture’s Sharpe ratio is compared with that of stocks and bonds";
  }
  const beyond = judged.filter(({ difference }) => isBeyondZero(difference));
  const text = ({ name, difference }: typeof judged[number]) => {
    const shown = decimalsApartOf(difference);
    return `${headlineName(name)}, ${signedText(difference.value, shown)} (95% interval ${
      signedRange(difference, shown)
    })`;
  };
  const whose = `${headlineName(base.name)}’s by more than its error`;
  if (judged.length === 1) {
    return `The Sharpe ratio of the one mixture ${
      beyond.length === 1 ? "differs" : "does not differ"
    } from ${whose}: ${text(judged[0]!)}`;
  }
  return beyond.length === 0
    ? `No mixture’s Sharpe ratio differs from ${whose}; of ${judged.length} the largest difference is that of ${
      text(judged[0]!)
    }`
    : beyond.length === 1
    ? `1 of ${judged.length} mixtures has a Sharpe ratio that differs from ${whose}: ${
      text(beyond[0]!)
    }`
    : `${beyond.length} of ${judged.length} mixtures have Sharpe ratios that differ from ${
      headlineName(base.name)
    }’s by more than their errors, most ${text(beyond[0]!)}`;
}
