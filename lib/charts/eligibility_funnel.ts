import * as Plot from "@observablehq/plot";
import { countOf, countText, dayText, periodText, shareText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { type CountScale, countScale } from "./count_scale.ts";
import { type EndRow, endTable, endTableHeight } from "./end_table.ts";
import { type Figure, figure } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { hatchedArea } from "./hatched_area.ts";
import { type HeldSpan, heldSpans, spanTicks } from "./held_spans.ts";
import { AXIS, GRID, INK, MUTED, sequentialColour, textColourOn } from "./palette.ts";
import { pixelPanel } from "./pixel_panel.ts";
import { placedWords } from "./placed_words.ts";
import { cleanText } from "./text_lines.ts";

/** One step from every active contract to what is held. */
export interface EligibilityStep {
  /** What the step asks: "14 days of history". */
  readonly name: string;
  /** `active`: the first. `filter`: an eligibility rule. `event`: one an event. `held`: in a basket. */
  readonly kind: "active" | "filter" | "event" | "held";
  /** Contracts left after it at each date. */
  readonly nLeft: ArrayLike<number>;
  /** Those of `nLeft` that passed it only because an unknown answer passes. */
  readonly nUnknown: ArrayLike<number>;
}

/** How many contracts pass each step at each decision. */
export interface EligibilityHistory {
  /** UTC days at whose end it was decided, ascending. */
  readonly days: readonly number[];
  /** In order; each keeps a part of the one before. */
  readonly steps: readonly EligibilityStep[];
}

const NAME = "eligibility_funnel";
const LEFT = 52, RIGHT = 515, TOP = 26, BOTTOM = 30, LEAST_HEIGHT = 380;
const MAX_SPANS = 120, MAX_STEPS = 20;

/**
 * How many contracts may be held at each decision, and at which step most are lost.
 *
 * Nested columns, one within the other, each as wide as its decision held; a step whose passes rest
 * on unknown answers says in which share. Dates beyond 120 are thinned.
 *
 * @throws {RangeError} If a step keeps more than the one before or no whole number, has more unknown
 * answers than passes, or the first step alone is not `active`.
 */
export function eligibilityFunnelChart(
  history: EligibilityHistory,
  context: ChartContext,
): Figure {
  check(history);
  const { days, steps } = history;
  const most = Math.max(0, ...Array.from(steps[0]?.nLeft ?? []));
  if (most === 0) {
    return figure({
      name: NAME,
      title: days.length === 0
        ? "No decision was made, so no contract was looked at"
        : `No contract is active at any of ${countOf(days.length, "decision")}`,
      subtitle: "Contracts that pass each step, by decision.",
      alt: "Nothing is drawn: there is no active contract.",
      context,
      body: "no active contracts",
    });
  }
  const spans = heldSpans(days, MAX_SPANS);
  const height = Math.max(LEAST_HEIGHT, TOP + BOTTOM + 20 + endTableHeight(steps.length));
  const scale = countScale(
    steps.flatMap(({ nLeft }) => spans.map(({ date }) => nLeft[date]!)),
    height - TOP - BOTTOM,
  );
  const title = finding(history);
  const unknown = steps.map(({ name }, k) => ({ name, share: unknownShare(history, k) }))
    .filter(({ share }) => share > 0);
  return figure({
    name: NAME,
    title,
    subtitle: `Contracts left after each step, each a part of the one above${
      scale.isLog ? "; log scale" : ""
    }. n\u00a0=\u00a0${countOf(days.length, "decision")}, at most ${
      countOf(most, "active contract")
    }, ${periodText(days[0]!, days.at(-1)!)}.`,
    alt: `${title}. Left at the last decision: ${
      steps.map(({ name, nLeft }) => `${cleanText(name)} ${countText(nLeft[days.length - 1]!)}`)
        .join("; ")
    }.`,
    context,
    notes: [
      unknown.length === 0
        ? "Every answer is known."
        : "Last: at the last decision. Unknown: share of the contracts left that pass the step only because an unknown answer passes, over all decisions; hatched where it is more than half.",
      ...(spans.length === days.length ? [] : [
        `Drawn are ${countText(spans.length)} of ${
          countOf(days.length, "decision")
        }, evenly chosen.`,
      ]),
    ],
    height,
    body: [pixelPanel({ height }, marks(history, { scale, spans, height }))],
  });
}

/** Share of the passes of a step that rest on unknown answers, over all dates; 0 of none. */
function unknownShare({ steps }: EligibilityHistory, step: number): number {
  const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
  const { nLeft, nUnknown } = steps[step]!;
  return sum(nUnknown) / Math.max(sum(nLeft), 1);
}

function marks(
  history: EligibilityHistory,
  { scale, spans, height }: {
    readonly scale: CountScale;
    readonly spans: readonly HeldSpan[];
    readonly height: number;
  },
): Plot.Markish[] {
  const { days, steps } = history;
  const first = spans[0]!.from, end = spans.at(-1)!.to, bottom = height - BOTTOM;
  const at = (day: number) => LEFT + (day - first) / (end - first) * (RIGHT - LEFT);
  const [low, high] = scale.domain;
  const up = (n: number) => bottom - (scale.place(n) - low) / (high - low) * (bottom - TOP);
  const colour = (k: number) => sequentialColour(0.12 + 0.74 * k / Math.max(steps.length - 1, 1));
  const ticks = spanTicks(spans, 5);
  const gap = (from: number, to: number) => Math.min(0.75, (at(to) - at(from)) / 6);
  const hatch = (k: number) =>
    unknownShare(history, k) <= 0.5 ? null : textColourOn(colour(k)) === INK ? AXIS : "#ffffff";
  const layers = steps.map(({ nLeft }, k) => ({
    ...{ fill: colour(k), hatch: hatch(k) },
    // what the step below takes away from this one stays visible
    areas: spans.filter(({ date }) => nLeft[date]! > (steps[k + 1]?.nLeft[date] ?? 0)).map((
      { date, from, to },
    ) => ({
      ...{ x1: at(from) + gap(from, to), x2: at(to) - gap(from, to), y1: up(nLeft[date]!) },
      y2: up(steps[k + 1]?.nLeft[date] ?? 0),
    })),
  }));
  const last = days.length - 1;
  const rows = steps.map(({ name, nLeft }, k): EndRow => {
    const share = unknownShare(history, k);
    return {
      name: cleanText(name),
      ...{ fill: colour(k), hatch: hatch(k), y: nLeft[last]! > 0 ? up(nLeft[last]!) : NaN },
      texts: [countText(nLeft[last]!), share === 0 ? "" : shareText(share)],
    };
  });
  return [
    Plot.link(scale.ticks, {
      ...{ x1: LEFT, x2: RIGHT, stroke: GRID },
      y1: (n: number) => up(n),
      y2: (n: number) => up(n),
    }),
    ...placedWords(scale.ticks.map((n) => ({ x: LEFT - 8, y: up(n), text: countText(n) })), {
      ...{ anchor: "end", size: 11, fill: MUTED },
    }),
    ...layers.filter(({ areas }) => areas.length > 0).map(({ areas, fill }) =>
      Plot.rect(areas, { x1: "x1", x2: "x2", y1: "y1", y2: "y2", fill })
    ),
    ...layers.flatMap(({ areas, hatch }) => hatch === null ? [] : hatchedArea(areas, hatch)),
    Plot.link([0], { x1: LEFT, x2: RIGHT, y1: bottom, y2: bottom, stroke: AXIS }),
    Plot.link(ticks, {
      x1: ({ day }: { day: number }) => at(day),
      x2: ({ day }: { day: number }) => at(day),
      ...{ y1: bottom, y2: bottom + 4, stroke: AXIS },
    }),
    ...placedWords(ticks.map(({ day, label }) => ({ x: at(day), y: bottom + 15, text: label })), {
      ...{ anchor: ticks.length === 1 ? "start" : "middle", size: 11, fill: MUTED },
    }),
    ...placedWords([{
      ...{ x: 0, y: 6, text: scale.isLog ? "Contracts left, log scale" : "Contracts left" },
    }], { anchor: "start", size: 12, fill: INK }),
    ...endTable(rows, ["Last", "Unknown"], {
      ...{ left: RIGHT, right: BODY_WIDTH, top: TOP + 8, bottom: bottom - 4 },
    }),
  ];
}

function finding({ days, steps }: EligibilityHistory): string {
  const last = days.length - 1;
  const left = (k: number) => steps[k]!.nLeft[last]!;
  const nActive = left(0), on = `On ${dayText(days[last]!)},`;
  if (nActive === 0) return `${on} no contract is active`;
  const filters = steps.flatMap(({ kind }, k) => kind === "filter" ? [k] : []);
  const eligible = filters.at(-1) ?? 0, nEligible = left(eligible);
  const held = steps.findIndex(({ kind }) => kind === "held");
  const andHeld = held < 0 || nEligible === 0
    ? ""
    : ` and ${left(held) === 0 ? "none" : countText(left(held))} ${left(held) < 2 ? "is" : "are"}`;
  if (nEligible === nActive) {
    return `${on} ${
      nActive === 1 ? "the 1 active contract" : `all ${countOf(nActive, "active contract")}`
    } may be held${andHeld}`;
  }
  const lost = (k: number) => left(k - 1) - left(k);
  const worst = filters.reduce((a, b) => lost(b) > lost(a) ? b : a);
  return `${on} ${nEligible === 0 ? "none" : countText(nEligible)} of ${
    countOf(nActive, "active contract")
  } may be held${andHeld}; most fail at “${cleanText(steps[worst]!.name)}” (${
    countText(lost(worst))
  })`;
}

function check({ days, steps }: EligibilityHistory): void {
  if (steps.length > MAX_STEPS || steps.some(({ kind }, k) => (kind === "active") !== (k === 0))) {
    throw new RangeError(
      `Cannot draw eligibility as the first of ${MAX_STEPS} steps at most must be "active", and no other: got ${
        steps.map(({ kind }) => kind).join(", ")
      }`,
    );
  }
  steps.forEach(({ name, nLeft, nUnknown }, k) =>
    days.forEach((_, i) => {
      const most = k === 0 ? Infinity : steps[k - 1]!.nLeft[i]!;
      const n = nLeft[i] ?? NaN, unknown = nUnknown[i] ?? NaN;
      if (!(Number.isInteger(n) && n >= 0 && n <= most)) {
        throw new RangeError(
          `Cannot draw eligibility as step "${name}" must keep a whole number of the ${most} contracts before it: got ${n}`,
        );
      }
      if (!(Number.isInteger(unknown) && unknown >= 0 && unknown <= n)) {
        throw new RangeError(
          `Cannot draw eligibility as the unknown answers at step "${name}" must be some of its ${n} passes: got ${unknown}`,
        );
      }
    })
  );
}
