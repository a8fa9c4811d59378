import { countOf, countText, periodText, shareText } from "../core/number_text.ts";
import { basketPanel } from "./attribution_baskets.ts";
import { CHANGE_PARTS, type ChangeParts, totalChange } from "./change_parts.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { HUES, MUTED } from "./palette.ts";
import { plainPoints, signedPoints } from "./points_text.ts";
import { cleanText } from "./text_lines.ts";
import { decimalText } from "./value_ticks.ts";
import { waterfallPanel } from "./waterfall.ts";

/** What one basket added. */
export interface BasketChange extends ChangeParts {
  readonly id: string;
  readonly name: string;
  /** Contracts held at any time. */
  readonly nContracts: number;
}

/** What {@link attributionChart} draws. */
export interface MethodAttribution extends ChangeParts {
  /** Name of the method. */
  readonly method: string;
  /** Last value after costs less 100: the sum of the parts. */
  readonly change: number;
  readonly nContracts: number;
  /** Contracts that resolved while they were held. */
  readonly nResolved: number;
  readonly baskets: readonly BasketChange[];
  /** First and last UTC day. */
  readonly firstDay: number;
  readonly lastDay: number;
}

const NAME = "attribution";
/** Most parts that the title names, and most baskets drawn. */
const MOST_PARTS = 3, MOST_BASKETS = 12;
/** A change of less than this is none to a reader: it is written with two decimals. */
const NOTHING = 0.005;
/** Points by which parts may miss their sum: rounding of some thousand additions. */
const ROUNDING = 1e-8;

/**
 * What the change of a method's value is made of, and which baskets brought it.
 *
 * A waterfall, since the parts have both signs: their shares of a small sum would be thousands of
 * percent. The title names the largest parts, whichever they are. Baskets are ranked by the size of what they added, gain or loss.
 *
 * @throws {RangeError} If a part is not finite, or the parts do not add up to the change.
 */
export function attributionChart(data: MethodAttribution, context: ChartContext): Figure {
  check(data);
  const { change, baskets, nContracts, nResolved } = data;
  if (nContracts === 0) {
    return figure({
      name: NAME,
      title: `${cleanText(data.method)} held no contract, so there is no change to explain`,
      subtitle: "Parts of the change of value after costs.",
      alt: "Nothing is drawn: nothing was held.",
      context,
      body: "no contracts held",
    });
  }
  const sorted = baskets.map((basket) => ({ ...basket, total: totalChange(basket) }))
    .sort((a, b) => Math.abs(b.total) - Math.abs(a.total) || (a.id < b.id ? -1 : 1));
  const drawn = sorted.slice(0, MOST_BASKETS), hidden = sorted.slice(MOST_BASKETS);
  const title = finding(data);
  const waterfall = waterfallPanel(data, KEY_HEIGHT);
  const below = waterfall.top + waterfall.height + 14;
  const table = drawn.length === 0 ? [] : [basketPanel(drawn, below)];
  const apart = change - sorted.reduce((sum, { total }) => sum + total, 0);
  return figure({
    name: NAME,
    title,
    subtitle: `What moved ${
      cleanText(data.method)
    }, in points of a value after costs that starts at 100. Resolution jump: from a contract’s last price to its payout. n\u00a0=\u00a0${
      countOf(nContracts, "contract")
    } held, ${countText(nResolved)} resolved meanwhile; ${countOf(baskets.length, "basket")}; ${
      periodText(data.firstDay, data.lastDay)
    }.`,
    alt: `${title}. ${
      CHANGE_PARTS.map(({ key, name }) => `${name} ${signedPoints(data[key])}`).join("; ")
    }; in all ${signedPoints(change)}. Baskets: ${
      drawn.map(({ name, total }) => `${cleanText(name)} ${signedPoints(total)}`).join("; ") ||
      "none"
    }.`,
    context,
    notes: [
      ...(hidden.length === 0 ? [] : [
        `${countOf(hidden.length, "basket")} with a smaller change ${
          hidden.length === 1 ? "is" : "are"
        } left out, together ${
          signedPoints(hidden.reduce((sum, { total }) => sum + total, 0))
        } points.`,
      ]),
      ...(drawn.length === 0 || Math.abs(apart) < NOTHING ? [] : [
        `The baskets add up to ${signedPoints(change - apart)} points; ${
          signedPoints(apart)
        } came from nothing that one of them held.`,
      ]),
    ],
    height: below + (table[0]?.height ?? 0),
    body: [
      keyLine([
        { mark: "band", colour: HUES[0].fill, words: "gain" },
        { mark: "band", colour: HUES[5].fill, words: "loss" },
        { mark: "band", colour: MUTED, words: "change in all" },
      ]),
      waterfall,
      ...table,
    ],
  });
}

function finding(data: MethodAttribution): string {
  const { change } = data;
  const name = cleanText(data.method);
  const parts = CHANGE_PARTS.map((part) => ({ name: part.name, points: data[part.key] }))
    .filter(({ points }) => Math.abs(points) >= NOTHING)
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const list = parts.slice(0, MOST_PARTS)
    .map(({ name, points }) => `${name.toLowerCase()} ${titlePoints(points)}`).join(", ");
  if (Math.abs(change) < NOTHING) {
    return list === ""
      ? `${name} neither gains nor loses after costs: no part of its value moved`
      : `${name} ends where it began after costs: ${list}${jumpShare(data)}`;
  }
  const start = `${name} ${change > 0 ? "gains" : "loses"} ${plainPoints(change)} after costs`;
  return `${start}${list === "" ? "" : `: ${list}`}${jumpShare(data)}`;
}

/** The share of resolution jumps in the change before costs, where that is one. */
function jumpShare({ drift, resolution }: ChangeParts): string {
  const change = drift + resolution;
  if (Math.abs(change) < NOTHING) return "";
  const share = resolution / change;
  const part = Math.abs(resolution) < NOTHING
    ? "none"
    : Math.abs(drift) < NOTHING
    ? "all"
    : share > 0 && share < 1
    ? shareText(share)
    : "";
  return part === "" ? "" : `; ${part} of the change before costs is resolution jumps`;
}

/** Points for a sentence, with their sign: "+92.9", "−0.31". */
function titlePoints(points: number): string {
  const text = decimalText(points, Math.abs(points) < 1 ? 2 : 1);
  return points > 0 ? `+${text}` : text;
}

function check(data: MethodAttribution): void {
  const named = [
    { name: data.method, parts: data as ChangeParts },
    ...data.baskets.map((basket) => ({ name: basket.name, parts: basket as ChangeParts })),
  ];
  for (const { name, parts } of named) {
    const wrong = CHANGE_PARTS.find(({ key }) => !Number.isFinite(parts[key]));
    if (wrong !== undefined) {
      throw new RangeError(
        `Cannot draw the attribution of "${name}" as each part must be finite: got ${
          parts[wrong.key]
        } (${wrong.name})`,
      );
    }
  }
  const sum = totalChange(data);
  if (!(Math.abs(sum - data.change) <= ROUNDING)) {
    throw new RangeError(
      `Cannot draw the attribution of "${data.method}" as its parts must add up to the change of ${data.change}: got ${sum}`,
    );
  }
}
