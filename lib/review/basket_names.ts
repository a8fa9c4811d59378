import { BROAD } from "../baskets/merged_groups.ts";
import type { Theme, ThemeFamily } from "../taxonomy/themes.ts";
import { UNCATEGORIZED } from "../taxonomy/themes.ts";

/** Names and colours of what baskets are named by. */
export interface BasketNames {
  /** Of a theme, a family or a cluster: "Politics", "Cluster 03". */
  nameOf(id: string): string;
  /** Name of a hue: the theme's, or that of a family's first theme; `null` where there is none. */
  hueOf(id: string): string | null;
}

/**
 * Names of baskets and themes for a reader, short as on charts.
 *
 * @param taxonomy Without themes and families, names are the ids with blanks.
 */
export function basketNames(
  { themes, families }: {
    readonly themes: readonly Pick<Theme, "id" | "short" | "family" | "hue">[];
    readonly families: readonly ThemeFamily[];
  } = { themes: [], families: [] },
): BasketNames {
  const names = new Map([[BROAD.id as string, BROAD.name as string], [UNCATEGORIZED, "no theme"]]);
  const hues = new Map<string, string>();
  for (const { id, name } of families) {
    names.set(id, name);
    const first = themes.find(({ family }) => family === id);
    if (first !== undefined) hues.set(id, first.hue);
  }
  for (const { id, short, hue } of themes) {
    names.set(id, short);
    hues.set(id, hue);
  }
  return {
    nameOf: (id) => names.get(id) ?? spoken(id),
    hueOf: (id) => hues.get(id) ?? null,
  };
}

function spoken(id: string): string {
  const words = id.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
