import type { Venue } from "../core/market_id.ts";

/** Colour of text and axes on white. */
export const INK = "#1b1e23";
/** Colour of secondary text on white, 4.5 : 1 and better. */
export const MUTED = "#555b64";
/** Lines that values are read off. */
export const GRID = "#d9dce1";
/** Lines at zero and around panels. */
export const AXIS = "#8a9099";
/** Bars and bands of a null, behind the value. */
export const NULL_FILL = "#c9cdd3";
/** Bars below a threshold, beside those of the first hue at or above it. */
export const BELOW_FILL = "#b5cdf0";
/** Outline and text of a null. */
export const NULL_TEXT = "#555b64";
/** Ground of a cell whose value is missing. */
export const MISSING_FILL = "#f2f3f5";
/** The pill of a simulated source. */
export const SIMULATED_FILL = "#9a3200";

/** One categorical colour in the forms that its uses need. */
export interface Hue {
  readonly name: string;
  /** Fills and lines on white, 3 : 1 and better. */
  readonly fill: string;
  /** Text on white, 4.5 : 1 and better. */
  readonly text: string;
  /** Fills, lines and text on the dark desk (#15181d), 4.5 : 1 and better. */
  readonly dark: string;
}

/**
 * Eight colours that stay apart for readers with normal vision, protanopia and deuteranopia.
 *
 * Source: Okabe & Ito's hues, moved by a search that maximises the smallest distance in OKLab under
 * the simulations of Machado, Oliveira & Fernandes 2009; the test repeats the measurement.
 */
export const HUES: readonly [Hue, Hue, Hue, Hue, Hue, Hue, Hue, Hue] = [
  { name: "blue", fill: "#276fd7", text: "#1f62c4", dark: "#55aaff" },
  { name: "ochre", fill: "#cf8303", text: "#935a00", dark: "#ffcc65" },
  { name: "green", fill: "#21665b", text: "#21665b", dark: "#29a264" },
  { name: "magenta", fill: "#cb0b9b", text: "#b8088c", dark: "#c184b9" },
  { name: "sky", fill: "#009de9", text: "#00719f", dark: "#66e0ff" },
  { name: "red", fill: "#b91700", text: "#b91700", dark: "#ff5400" },
  { name: "plum", fill: "#4a273b", text: "#4a273b", dark: "#7a73e5" },
  { name: "rose", fill: "#af8b8a", text: "#7d5c5b", dark: "#c2b7a3" },
];

/** Each venue has one colour in every chart. */
export const VENUE_HUES: Readonly<Record<Venue, Hue>> = {
  polymarket: HUES[0],
  kalshi: HUES[1],
};

/** Venues' names as they write them. */
export const VENUE_NAMES: Readonly<Record<Venue, string>> = {
  polymarket: "Polymarket",
  kalshi: "Kalshi",
};

/** Counts and shares from nothing to much: white to dark blue, even steps in lightness. */
const SEQUENTIAL = ["#ffffff", "#d3e2f6", "#a3c2ec", "#6d9ddf", "#3476c9", "#17509a", "#0c2e60"];

/** Signed values: blue below 0, white at 0, red above. */
const DIVERGING = ["#0b3d91", "#3d78c9", "#93b8e6", "#ffffff", "#efa28f", "#d0513c", "#8c1008"];

/** Colour of a value in [0, 1] on the sequential scale; NaN gives the colour of missing. */
export function sequentialColour(x: number): string {
  return Number.isNaN(x) ? MISSING_FILL : between(SEQUENTIAL, x);
}

/** Colour of a value in [−1, 1] on the diverging scale, white at 0; NaN that of missing. */
export function divergingColour(x: number): string {
  return Number.isNaN(x) ? MISSING_FILL : between(DIVERGING, (x + 1) / 2);
}

/** Ink or white, whichever reads better on `background`. */
export function textColourOn(background: string): string {
  return contrast(background, INK) >= contrast(background, "#ffffff") ? INK : "#ffffff";
}

/**
 * Contrast of two colours, 1 to 21.
 *
 * Source: WCAG 2.2, definitions of relative luminance and contrast ratio.
 */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

function luminance(colour: string): number {
  const [r, g, b] = channels(colour).map((c) => {
    const s = c / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function channels(colour: string): number[] {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) {
    throw new SyntaxError(
      `Cannot read a colour as it must be of the form #rrggbb: got "${colour}"`,
    );
  }
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

function between(stops: readonly string[], x: number): string {
  const at = Math.min(Math.max(x, 0), 1) * (stops.length - 1);
  const i = Math.min(Math.floor(at), stops.length - 2);
  const from = channels(stops[i]!), to = channels(stops[i + 1]!);
  return "#" +
    from.map((c, k) => Math.round(c + (to[k]! - c) * (at - i)).toString(16).padStart(2, "0")).join(
      "",
    );
}
