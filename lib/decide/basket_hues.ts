import { BROAD } from "../baskets/merged_groups.ts";
import type { Taxonomy } from "../taxonomy/lexical_theme.ts";

/** Colour and short name of a basket in charts. */
export interface BasketHues {
  /** Name of a hue: the theme's, or that of a family's first theme; `null` for clusters. */
  hueOf(basket: string): string | null;
  /** Short name of a theme or a family; `undefined` where there is none. */
  shortOf(basket: string): string | undefined;
}

/** Colours and names of baskets by the taxonomy: a theme has the same in every chart. */
export function basketHues(
  { themes, families }: Pick<Taxonomy, "themes" | "families">,
): BasketHues {
  const hues = new Map<string, string>(), names = new Map<string, string>();
  for (const { id, name } of families) {
    const first = themes.find(({ family }) => family === id);
    if (first !== undefined) hues.set(id, first.hue);
    names.set(id, name);
  }
  names.set(BROAD.id, BROAD.name);
  for (const { id, hue, short } of themes) {
    hues.set(id, hue);
    names.set(id, short);
  }
  return { hueOf: (id) => hues.get(id) ?? null, shortOf: (id) => names.get(id) };
}
