import type { MacroFactors } from "./macro_factors.ts";

/** The factors that are fitted, in words: the set's name, after their number where some were left out. */
export function factorSetText(
  { panel, set, leftOut }: Pick<MacroFactors, "panel" | "set" | "leftOut">,
): string {
  return leftOut.length === 0 ? set.name : `${panel.factors.length} of ${set.name}`;
}
