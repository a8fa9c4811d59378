import { countOf, countText, periodText, shareText } from "../core/number_text.ts";
import { basketPanel } from "./attribution_baskets.ts";
import { CHANGE_PARTS, type ChangeParts, totalChange } from "./change_parts.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { HUES, MUTED } from "./palette.ts";
import { plainPoints, signedPoints } from "./points_text.ts";
import { cleanText } from "./text_lines.ts";
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
const MOST_BASKETS = 12;
/** A change of less than this is none to a reader: it is written with two decimals. */
const NOTHING = 0.005;
/** Points by which parts may miss their sum: rounding of some thousand additions. */
const ROUNDING = 1e-8;

/**
 * What the change of a method's value is made of, and which baskets brought it.
 *
 * A waterfall, since the parts have both signs: their shares of a small sum would be thousands of
 * percent. Baskets are ranked by the size of what they added, gain or loss.
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
    subtitle: `Points of ${
      cleanText(data.method)
    }’s value after costs, 100 at the start, by what moved it. Resolution jump: from a contract’s last price to its payout. n\u00a0=\u00a0${
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
  const { change, resolution } = data;
  const name = cleanText(data.method), jumps = `${signedPoints(resolution)} points`;
  if (Math.abs(change) < NOTHING) {
    return CHANGE_PARTS.every(({ key }) => Math.abs(data[key]) < NOTHING)
      ? `${name} neither gains nor loses after costs: no part of its value moved`
      : `${name} ends where it began after costs: resolution jumps are ${jumps}, everything else ${
        signedPoints(change - resolution)
      }`;
  }
  const outcome = change > 0 ? "gain" : "loss";
  const start = `${name} ${change > 0 ? "gains" : "loses"} ${plainPoints(change)} after costs`;
  if (Math.abs(resolution) < NOTHING) return `${start}, none of it by resolution jumps`;
  if (Math.abs(change - resolution) < NOTHING) return `${start}, all of it by resolution jumps`;
  const share = resolution / change;
  if (share < 0) {
    return `${start}; resolution jumps are ${jumps}, ${
      largeShare(-share)
    } the ${outcome} against it`;
  }
  return share > 1
    ? `${start}; resolution jumps alone are ${jumps}, ${largeShare(share)} the ${outcome}`
    : `${start}, ${shareText(share)} of it by resolution jumps`;
}

/** A share that may be above 1, for a sentence: "140% of", "12 times". */
function largeShare(share: number): string {
  if (share >= 9.95) return `${countText(share)} times`;
  return `${share > 1 ? `${Math.round(100 * share)}%` : shareText(share)} of`;
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
