import { countOf, dayText, shareText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { deepestDrawdown } from "./deepest_drawdown.ts";
import { drawdownPanels, type MethodDrawdown } from "./drawdown_panels.ts";
import { type Figure, figure } from "./figure.ts";
import { methodHues } from "./method_hues.ts";
import type { MethodNavs } from "./method_nav.ts";
import { cleanText } from "./text_lines.ts";

const NAME = "method_drawdown";
const MOST_PANELS = 15;

/**
 * How far the main methods fall below their own highs after costs, a panel each on common axes.
 *
 * Depth is reported, not judged: a basket of contracts that pay all or nothing can lose most of its
 * value without any mistake. The deepest point has its dates; the deepest method comes first.
 *
 * @param data The same as of the values' chart. Where no method is main, all are drawn.
 * @throws {RangeError} If a method has not a value for each day, or a negative one.
 */
export function drawdownChart(
  data: Pick<MethodNavs, "days" | "series" | "period">,
  context: ChartContext,
): Figure {
  check(data);
  const { days, series } = data;
  const hues = methodHues(series);
  const main = series.filter(({ isMain }) => isMain);
  const shown = main.length === 0 ? series : main;
  const all = shown.map(({ key, name, nav }): MethodDrawdown => ({
    ...{ key, name: cleanText(name), hue: hues.get(key)! },
    ...deepestDrawdown(nav),
  })).sort((a, b) => {
    const unknown = Number(Number.isNaN(a.deepest)) - Number(Number.isNaN(b.deepest));
    return unknown || a.deepest - b.deepest || (a.key < b.key ? -1 : 1);
  });
  const measured = all.filter(({ deepest }) => !Number.isNaN(deepest));
  if (measured.length === 0) {
    return figure({
      name: NAME,
      title: "No method was replayed, so none has a drawdown",
      subtitle: "Value after costs below its highest so far, by method.",
      alt: "Nothing is drawn: there is no replay.",
      context,
      body: "no replayed methods",
    });
  }
  const drawn = measured.slice(0, MOST_PANELS);
  const { panels, bottom, step } = drawdownPanels(days, drawn);
  const title = finding(days, measured, drawn.at(-1)!);
  return figure({
    name: NAME,
    title,
    subtitle:
      `Value after spread and fees below its highest so far, %; deepest first. Dot: the deepest; shaded: from the high before it until that is reached again. n\u00a0=\u00a0${
        countOf(measured.length, "method")
      }, ${countOf(days.length, "day")}; ${cleanText(data.period)}.`,
    alt: `${title}. Deepest: ${
      measured.map(({ name, deepest }) => `${name} ${shareText(-deepest)}`).join("; ")
    }.`,
    context,
    notes: [
      ...othersNote(data, shown.length),
      ...(measured.length === drawn.length ? [] : [
        `${countOf(measured.length - drawn.length, "method")} with a shallower one ${
          measured.length - drawn.length === 1 ? "is" : "are"
        } not drawn.`,
      ]),
      ...(all.length === measured.length ? [] : [
        `${countOf(all.length - measured.length, "method")} without any value ${
          all.length - measured.length === 1 ? "is" : "are"
        } left out.`,
      ]),
      ...(step === 1 ? [] : [`Each point is the lowest of ${step} days.`]),
    ],
    height: bottom,
    body: panels,
  });
}

function finding(
  days: Int32Array,
  sorted: readonly MethodDrawdown[],
  last: MethodDrawdown,
): string {
  const first = sorted[0]!;
  if (first.deepest === 0) {
    return sorted.length === 1
      ? `${first.name} is never below an earlier high`
      : `None of ${countOf(sorted.length, "method")} is ever below an earlier high`;
  }
  const [from, to] = [first.peak, first.trough].map((i) =>
    // a headline may not break within a date
    dayText(days[i]!).replaceAll(" ", "\u00a0")
  );
  const when = `${from} to ${to}`;
  const deepest = `${shareText(-first.deepest)} (${first.name}, ${when})`;
  if (sorted.length === 1) {
    return `${first.name} falls by at most ${shareText(-first.deepest)}, from ${when}`;
  }
  return last.deepest === 0
    ? `The deepest drawdown is ${deepest}; ${last.name} has none`
    : `The deepest drawdown is ${deepest}, the shallowest of those shown ${
      shareText(-last.deepest)
    } (${last.name})`;
}

/** What the methods that are not main fell by, where some are. */
function othersNote({ series }: Pick<MethodNavs, "series">, nShown: number): string[] {
  if (nShown === series.length) return [];
  const depths = series.filter(({ isMain }) => !isMain)
    .map(({ nav }) => -deepestDrawdown(nav).deepest).filter((depth) => !Number.isNaN(depth))
    .sort((a, b) => a - b);
  const n = series.length - nShown;
  const are = `${countOf(n, "other method")} ${n === 1 ? "is" : "are"} not drawn`;
  if (depths.length === 0) return [`${are}.`];
  const [low, high] = [shareText(depths[0]!), shareText(depths.at(-1)!)];
  return [
    depths.length === 1
      ? `${are}; its deepest drawdown is ${low}.`
      : `${are}; their deepest drawdowns are between ${low} and ${high}.`,
  ];
}

function check({ days, series }: Pick<MethodNavs, "days" | "series">): void {
  for (const { name, nav } of series) {
    if (nav.length !== days.length) {
      throw new RangeError(
        `Cannot draw the drawdown of "${name}" as it must have one value for each of ${days.length} days: got ${nav.length}`,
      );
    }
    const wrong = nav.find((value) => value < 0);
    if (wrong !== undefined) {
      throw new RangeError(
        `Cannot draw the drawdown of "${name}" as its values must be 0 or more: got ${wrong}`,
      );
    }
  }
}
