import { HUES } from "../../charts/palette.ts";

/**
 * A colour as it is on white paper: a dark theme's hue of the palette becomes the same hue for white,
 * every other colour stays.
 *
 * @param colour As `getComputedStyle` gives it, such as `rgb(85, 170, 255)`, or `#rrggbb`.
 * @param options.isText Whether it is that of letters, which must be darker than lines on white.
 * @param options.swaps Other colours of the page with those of white paper, as `#rrggbb`.
 */
export function paperColour(
  colour: string,
  { isText = false, swaps = new Map() }: {
    readonly isText?: boolean;
    readonly swaps?: ReadonlyMap<string, string>;
  } = {},
): string {
  const hex = hexOf(colour);
  const hue = HUES.find(({ dark }) => dark === hex);
  if (hue === undefined) return swaps.get(hex) ?? colour;
  return isText ? hue.text : hue.fill;
}

function hexOf(colour: string): string {
  const parts = colour.match(/^rgb\((\d+), (\d+), (\d+)\)$/);
  if (parts === null) return colour.toLowerCase();
  return "#" + parts.slice(1).map((part) => Number(part).toString(16).padStart(2, "0")).join("");
}
