import { HUES } from "../../charts/palette.ts";
import { UNCATEGORIZED_HUE } from "../../charts/theme_hues.ts";
import { UNCATEGORIZED } from "../../taxonomy/themes.ts";
import type { DeskState } from "../../desk/desk_api.ts";

/** Themes as the desk is told them. */
export type DeskThemes = DeskState["themes"];

/** A theme's name for a person; its id where the taxonomy lacks it. */
export function themeName(themes: DeskThemes, id: string): string {
  if (id === UNCATEGORIZED) return "No theme (uncategorized)";
  return themes.find((theme) => theme.id === id)?.name ?? id;
}

/** The colour of a theme on the page, grey for one without. */
function themeColour(
  themes: DeskThemes,
  id: string,
  { isDark }: { readonly isDark: boolean },
): string {
  const name = themes.find((theme) => theme.id === id)?.hue;
  const hue = HUES.find((one) => one.name === name) ?? UNCATEGORIZED_HUE;
  return isDark ? hue.dark : hue.fill;
}

/** A theme's colour and name. */
export function ThemeChip({ themes, id, isDark, isLarge = false }: {
  themes: DeskThemes;
  id: string;
  isDark: boolean;
  isLarge?: boolean;
}) {
  return (
    <span class={isLarge ? "theme-chip theme-chip-large" : "theme-chip"}>
      <span
        class="theme-swatch"
        aria-hidden="true"
        style={{ backgroundColor: themeColour(themes, id, { isDark }) }}
      />
      <bdi>{themeName(themes, id)}</bdi>
    </span>
  );
}
