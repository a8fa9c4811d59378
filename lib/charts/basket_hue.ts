import type { Hue } from "./palette.ts";
import { themeHue } from "./theme_hues.ts";

/** What a chart reads of a basket or of what it holds. */
export interface NamedHue {
  readonly id: string;
  /** Name for a reader. Untrusted where it comes from titles. */
  readonly name: string;
  /** Name of a hue, as `config/taxonomy.yaml` gives it to a theme; null is drawn grey. */
  readonly hue: string | null;
}

/**
 * The colour of a basket: that of its theme in every other chart, grey where it has none.
 *
 * @throws {RangeError} If the palette has no hue of that name.
 */
export function basketHue({ id, name, hue }: NamedHue): Hue {
  return themeHue(hue === null ? null : { id, name, short: name, isExcluded: false, hue });
}
