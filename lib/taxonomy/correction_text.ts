import { countOf, countText } from "../core/number_text.ts";
import type { Corrections } from "./corrections.ts";

/** How much people corrected, in a sentence; empty where nobody corrected anything. */
export function correctionText(
  { themes, sides, excluded, rejectedTwins }: Corrections,
): string {
  const parts = [
    ...themes.size === 0 ? [] : [`gave ${countOf(themes.size, "contract")} a theme`],
    ...sides.size === 0 ? [] : [`gave ${countOf(sides.size, "contract")} a side`],
    ...excluded.size === 0 ? [] : [`excluded ${countOf(excluded.size, "contract")} from baskets`],
    ...rejectedTwins.size === 0 ? [] : [
      `called ${countText(rejectedTwins.size)} ${
        rejectedTwins.size === 1 ? "pair" : "pairs"
      } of twins two questions`,
    ],
  ];
  if (parts.length === 0) return "";
  const last = parts.at(-1)!, first = parts.slice(0, -1);
  return `People ${first.length === 0 ? last : `${first.join(", ")} and ${last}`}.`;
}
