import { AXIS, type Hue, HUES, MUTED } from "./palette.ts";

/** Colour of a method that is not among the main ones. */
export const OTHER_HUE: Hue = { name: "grey", fill: AXIS, text: MUTED, dark: "#a5abb4" };

/**
 * Colours of methods: the palette's in order for the first eight main ones, grey for the rest.
 *
 * Charts that are given the methods in the same order agree on their colours.
 *
 * @returns By key.
 */
export function methodHues(
  methods: readonly { readonly key: string; readonly isMain: boolean }[],
): ReadonlyMap<string, Hue> {
  const main = methods.filter(({ isMain }) => isMain).map(({ key }) => key);
  return new Map(
    methods.map(({ key }) => {
      const rank = main.indexOf(key);
      return [key, HUES[rank] ?? OTHER_HUE];
    }),
  );
}
