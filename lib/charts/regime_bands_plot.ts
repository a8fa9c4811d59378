import * as Plot from "@observablehq/plot";
import type { Regime } from "../portfolio/regimes.ts";
import { axisTitle } from "./axis_title.ts";
import { dateAxis, dateTicks } from "./date_ticks.ts";
import { drawnDays } from "./drawn_days.ts";
import { type EndLabel, endLabels, endLabelsWidth } from "./end_labels.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { AXIS, GRID, HUES, INK, MISSING_FILL } from "./palette.ts";
import { placedWords } from "./placed_words.ts";
import { textWidth } from "./text_width.ts";
import { decimalText, valueTicks } from "./value_ticks.ts";

/** Value of a portfolio at the end of each session; NaN where unknown. */
export interface RegimeNav {
  readonly name: string;
  readonly nav: Float64Array;
}

/** Ground of a regime, light enough for lines, and its strip with the colour of the words on it. */
const LOOKS: Readonly<Record<Regime, { ground: string; strip: string; text: string }>> = {
  "risk-on": { ground: "#e4eefb", strip: "#276fd7", text: "#ffffff" },
  neutral: { ground: "#ffffff", strip: "#d9dce1", text: INK },
  "risk-off": { ground: "#fbe6e0", strip: "#b91700", text: "#ffffff" },
};

const LEFT = 52, TOP = 30, BOTTOM = 28, HEIGHT = 230, STRIP = 18, STRIP_GAP = 5, MOST_POINTS = 400;
const SIZE = 11, LINES = [HUES[6], HUES[0], HUES[3], HUES[1]] as const;

interface Spell {
  readonly regime: Regime | null;
  /** Days at which it begins and ends: its sessions lie between them. */
  readonly from: number;
  readonly to: number;
}

/** Runs of sessions of one regime, from the end of the session before to the end of the last. */
function spellsOf(days: Int32Array, regimes: readonly (Regime | null)[]): Spell[] {
  const spells: Spell[] = [];
  for (let t = 0; t < days.length; ++t) {
    const last = spells.at(-1), to = days[t]!;
    if (last !== undefined && last.regime === regimes[t]) {
      spells[spells.length - 1] = { ...last, to };
    } else spells.push({ regime: regimes[t]!, from: days[t - 1] ?? to - 1, to });
  }
  return spells;
}

/**
 * Lines of values over grounds of regimes, with a strip that names them.
 *
 * Values are 100 at the end of the session before the first regime, or at the first known one after it.
 *
 * @returns The panel, and the sessions from one drawn to the next.
 */
export function regimeBandsPanel(
  { days, regimes, navs }: {
    readonly days: Int32Array;
    readonly regimes: readonly (Regime | null)[];
    readonly navs: readonly RegimeNav[];
  },
  top: number,
): { readonly panel: FigurePanel; readonly step: number } {
  const start = Math.max(regimes.findIndex((regime) => regime !== null) - 1, 0);
  const { indexes, step } = drawnDays(days.length, MOST_POINTS);
  const drawn = navs.map(({ name, nav }, k) => {
    const base = nav.subarray(start).find((value) => !Number.isNaN(value)) ?? NaN;
    return { name, values: nav.map((value) => 100 * value / base), hue: LINES[k]! };
  });
  const known = drawn.flatMap(({ values }) => indexes.map((i) => values[i]!)).filter(
    Number.isFinite,
  );
  const ticks = valueTicks(Math.min(99, ...known), Math.max(101, ...known), 7);
  const low = ticks.ticks[0]!, high = ticks.ticks.at(-1)!;
  const labels = drawn.map(({ name, values, hue }): EndLabel => ({
    end: values.at(-1)!,
    value: decimalText(values.at(-1)!, 1),
    name,
    fill: hue.text,
    isBold: true,
  })).filter(({ end }) => !Number.isNaN(end));
  const marginRight = endLabelsWidth(labels) + 4;
  const last = days.at(-1)!, first = Math.min(days[0]!, last) - 1;
  const across = BODY_WIDTH - LEFT - marginRight;
  const perPixel = (last - first) / across, perUnit = (high - low) / HEIGHT;
  const marks = dateTicks(days[0]!, last, Math.floor(across / 78));
  // the strip lies below the frame of the lines, in the units of their axis
  const stripTop = low - STRIP_GAP * perUnit, stripBottom = stripTop - STRIP * perUnit;
  const spells = spellsOf(days, regimes);
  const seen = spells.filter(({ regime }) => regime !== null);
  const unlabelled = spells.filter(({ regime }) => regime === null);
  const column = { x1: "from", x2: "to" };
  const plot: Plot.PlotOptions = {
    marginLeft: LEFT,
    marginRight,
    marginTop: TOP,
    marginBottom: BOTTOM,
    x: dateAxis([first, last], marks),
    y: { domain: [stripBottom, high], axis: null },
    color: { type: "identity" },
    marks: [
      axisTitle("Value, 100 at the first regime", LEFT),
      Plot.axisY([...ticks.ticks], { tickFormat: ticks.text, tickSize: 0, label: null }),
      Plot.rect(seen, {
        ...column,
        y1: low,
        y2: high,
        fill: ({ regime }: Spell) => LOOKS[regime!].ground,
      }),
      Plot.rect(unlabelled, { ...column, y1: stripBottom, y2: high, fill: MISSING_FILL }),
      Plot.gridY([...ticks.ticks], { stroke: GRID, strokeOpacity: 1 }),
      Plot.ruleY([100], { stroke: AXIS }),
      Plot.rect(seen, {
        ...column,
        y1: stripBottom,
        y2: stripTop,
        fill: ({ regime }: Spell) => LOOKS[regime!].strip,
      }),
      ...stripWords(seen, { perPixel, middle: (stripTop + stripBottom) / 2 }),
      ...drawn.toReversed().map(({ values, hue }) =>
        Plot.lineY(indexes, {
          x: (i: number) => days[i],
          y: (i: number) => values[i],
          stroke: hue.fill,
          strokeWidth: 1.75,
        })
      ),
      ...endLabels(labels, {
        ...{ right: last, perPixel, low: stripBottom, high },
        height: HEIGHT + STRIP_GAP + STRIP,
      }),
    ],
  };
  const height = TOP + HEIGHT + STRIP_GAP + STRIP + BOTTOM;
  return { panel: { left: 0, top, width: BODY_WIDTH, height, plot }, step };
}

/** The name of each regime on those of its spells that are wide enough. */
function stripWords(
  spells: readonly Spell[],
  { perPixel, middle }: { perPixel: number; middle: number },
): Plot.Markish[] {
  const room = ({ from, to }: Spell) => (to - from) / perPixel;
  const named = spells.filter((spell) => room(spell) >= textWidth(spell.regime!, SIZE) + 6);
  return Array.from(
    Map.groupBy(named, ({ regime }) => LOOKS[regime!].text),
    ([fill, group]) =>
      placedWords(
        group.map(({ from, to, regime }) => ({ x: (from + to) / 2, y: middle, text: regime! })),
        { anchor: "middle", size: SIZE, fill },
      ),
  ).flat();
}
