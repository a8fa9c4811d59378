import type { Theme } from "../taxonomy/themes.ts";
import { AXIS, type Hue, HUES, MUTED } from "./palette.ts";
import { shortText } from "./text_lines.ts";

/** What a chart reads of a theme; null is an event that no theme fits. */
export type ChartTheme = Pick<Theme, "id" | "name" | "short" | "isExcluded" | "hue">;

/** Colour of events that no theme fits: no theme has it. */
export const UNCATEGORIZED_HUE: Hue = {
  name: "grey",
  fill: AXIS,
  text: MUTED,
  dark: "#a5abb4",
};

/**
 * The colour of a theme, the same in every chart; grey for null.
 *
 * Related themes share a hue, so a chart writes the name beside the colour.
 *
 * @throws {RangeError} If the palette has no hue of that name.
 *
 * @example A theme of the taxonomy
 * ```ts
 * import assert from "node:assert/strict";
 * import { themeHue } from "lib/charts/theme_hues.ts";
 * const crypto = { id: "crypto", name: "Crypto", short: "Crypto", isExcluded: false, hue: "ochre" };
 * assert.equal(themeHue(crypto).fill, "#cf8303");
 * ```
 */
export function themeHue(theme: ChartTheme | null): Hue {
  if (theme === null) return UNCATEGORIZED_HUE;
  const hue = HUES.find(({ name }) => name === theme.hue);
  if (hue === undefined) {
    throw new RangeError(
      `Cannot colour theme "${theme.id}" as its hue must be one of ${
        HUES.map(({ name }) => name).join(", ")
      }: got "${theme.hue}"`,
    );
  }
  return hue;
}

/** Longest short name on an axis, user units at 11 px: 14 capitals of average width. */
const SHORT_ROOM = 104;

/** A theme's name for axes, clipped where a file has a longer one than it may; "Uncategorized" for null. */
export function themeShort(theme: ChartTheme | null): string {
  return theme === null ? "Uncategorized" : shortText(theme.short, SHORT_ROOM, 11);
}

/** A colour between white and `fill`: 0 is white, 1 the colour itself. */
export function tint(fill: string, share: number): string {
  return "#" + [1, 3, 5].map((at) => {
    const channel = parseInt(fill.slice(at, at + 2), 16);
    return Math.round(255 + (channel - 255) * share).toString(16).padStart(2, "0");
  }).join("");
}
