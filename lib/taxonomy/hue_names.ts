/**
 * Names of the hues that a theme may have, those of `lib/charts/palette.ts` in its order; this room
 * does not import the room of the charts, so a test holds the two lists together.
 */
export const HUE_NAMES = [
  "blue",
  "ochre",
  "green",
  "magenta",
  "sky",
  "red",
  "plum",
  "rose",
] as const;
