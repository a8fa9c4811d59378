import * as Plot from "@observablehq/plot";
import { HUES, INK, MUTED } from "../../charts/palette.ts";
import { MS_PER_DAY, parseDay } from "../../core/day.ts";
import { dayText } from "../../core/number_text.ts";
import type { BasketNav, ChangeParts } from "../../desk/basket_returns.ts";
import { signedText } from "./basket_words.ts";

const DARK_INK = "#e7e9ed", DARK_MUTED = "#a4abb6";
const WIDTH = 520;
const PART_NAMES: Readonly<Record<keyof ChangeParts, string>> = {
  drift: "Price drift",
  resolution: "Resolution jumps",
  spread: "Spread",
  fees: "Fees",
  roll: "Rolls",
  interest: "Interest",
};

/** One step from 100 to the last value. */
export interface ChangeStep {
  readonly name: string;
  /** Points added so far before and after it. */
  readonly from: number;
  readonly to: number;
  readonly isTotal: boolean;
}

/** Colour of a hue on either ground; muted without a hue. */
export function hueColour(hue: string | null, isDark: boolean): string {
  const found = HUES.find(({ name }) => name === hue);
  if (found === undefined) return isDark ? DARK_MUTED : MUTED;
  return isDark ? found.dark : found.fill;
}

/** The value of a basket over time with the chosen trade marked. */
export function navPlot(
  { days, values }: BasketNav,
  { date, colour, isDark }: {
    readonly date: string;
    readonly colour: string;
    readonly isDark: boolean;
  },
): Plot.PlotOptions {
  const points = days.map((day, k) => ({ at: instant(day), value: values[k]! }));
  const last = points.at(-1);
  const marked = points.findLast(({ at }) => at <= instant(parseDay(date)));
  const ink = isDark ? DARK_INK : INK, muted = isDark ? DARK_MUTED : MUTED;
  const side = marked !== undefined && last !== undefined &&
      Number(marked.at) - Number(points[0]!.at) > (Number(last.at) - Number(points[0]!.at)) * 0.7
    ? "end" as const
    : "start" as const;
  return {
    ...{ width: WIDTH, height: 246, marginRight: 56, marginLeft: 44 },
    // room above for two lines of words, below for months and years
    ...{ marginTop: 44, marginBottom: 40 },
    style: { fontSize: "12px", color: ink, background: "none" },
    x: { type: "utc", label: null, ticks: 5 },
    y: {
      label: "Value after costs (100 at the start)",
      labelArrow: "none",
      grid: true,
      nice: true,
    },
    marks: [
      Plot.ruleY([100], { stroke: muted, strokeDasharray: "3,3" }),
      Plot.lineY(points, { x: "at", y: "value", stroke: colour, strokeWidth: 2 }),
      ...marked === undefined ? [] : [
        Plot.ruleX([marked], { x: "at", stroke: muted, insetTop: -16 }),
        Plot.dot([marked], { x: "at", y: "value", r: 4, fill: colour, stroke: ink }),
        Plot.text([marked], {
          ...{
            x: "at",
            frameAnchor: "top",
            lineAnchor: "bottom",
            dy: -4,
            dx: side === "end" ? -6 : 6,
          },
          ...{ textAnchor: side, fill: muted },
          text: () => `trade of ${dayText(parseDay(date))}`,
        }),
      ],
      ...last === undefined ? [] : [
        Plot.text([last], {
          ...{ x: "at", y: "value", dx: 6, textAnchor: "start", fill: ink, fontWeight: "bold" },
          text: ({ value }) => value.toFixed(1),
        }),
      ],
    ],
  };
}

/** The parts of a change one after the other, and what they add up to. Parts of nothing are left out. */
export function changeSteps(parts: ChangeParts): ChangeStep[] {
  const keys = Object.keys(PART_NAMES) as (keyof ChangeParts)[];
  const steps: ChangeStep[] = [];
  let sum = 0;
  for (const key of keys) {
    if (parts[key] === 0) continue;
    steps.push({ name: PART_NAMES[key], from: sum, to: sum + parts[key], isTotal: false });
    sum += parts[key];
  }
  return [...steps, { name: "Change", from: 0, to: sum, isTotal: true }];
}

/** What moved a basket, as bars that add up to the change. */
export function attributionPlot(parts: ChangeParts, isDark: boolean): Plot.PlotOptions {
  const steps = changeSteps(parts);
  const ink = isDark ? DARK_INK : INK, muted = isDark ? DARK_MUTED : MUTED;
  const colourOf = ({ from, to, isTotal }: ChangeStep) =>
    isTotal ? muted : hueColour(to < from ? "red" : "blue", isDark);
  return {
    ...{ width: WIDTH, height: 62 + steps.length * 24 },
    ...{ marginLeft: 124, marginRight: 64, marginTop: 6, marginBottom: 46 },
    style: { fontSize: "12px", color: ink, background: "none" },
    x: {
      ...{ label: "Points of a value that starts at 100", labelArrow: "none" },
      ...{ labelOffset: 40, grid: true, ticks: 5 },
    },
    y: { label: null, domain: steps.map(({ name }) => name), tickSize: 0, padding: 0.25 },
    marks: [
      Plot.barX(steps, { x1: "from", x2: "to", y: "name", fill: colourOf }),
      Plot.ruleX([0], { stroke: muted }),
      Plot.text(steps, {
        ...{ y: "name", frameAnchor: "right", dx: 60, textAnchor: "end", fill: ink },
        text: ({ from, to }: ChangeStep) => signedText(to - from, 1),
        fontWeight: "bold",
        fontVariant: "tabular-nums",
      }),
    ],
  };
}

/** What a basket's value did, as a sentence. */
export function navFinding(name: string, { days, values }: BasketNav): string {
  const last = values.at(-1);
  if (last === undefined) return `${name} was never traded`;
  const verb = last < 100 ? "lost" : "gained";
  return `${name} ${verb} ${Math.abs(last - 100).toFixed(1)}% after costs from ${
    dayText(days[0]!)
  } to ${dayText(days.at(-1)!)}`;
}

/** Which part moved it most, as a sentence. */
export function attributionFinding(name: string, parts: ChangeParts): string {
  const steps = changeSteps(parts), total = steps.at(-1)!;
  const largest =
    steps.slice(0, -1).toSorted((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))[0];
  if (largest === undefined) return `Nothing moved ${name}`;
  return `${largest.name} moved ${name} most: ${signedText(largest.to - largest.from, 1)} of ${
    signedText(total.to, 1)
  } points`;
}

/** A file name of letters that every system takes. */
export function pictureName(...parts: readonly string[]): string {
  return parts.join("_").toLowerCase().replaceAll(/[^a-z0-9-]+/g, "_").slice(0, 80);
}

function instant(day: number): Date {
  return new Date(day * MS_PER_DAY);
}
