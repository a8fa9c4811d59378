import type { MethodKey } from "./method_list.ts";
import type { MethodRow } from "./method_rows.ts";

/**
 * The method whose clusters are handed on: of those better than noise that look at prices the one
 * with the smallest adjusted p-value, then with the coherence that stands farthest out by the width of
 * its own null: a few large correlations of few pairs are not more than small ones of many.
 *
 * A method that puts nearly everything into one cluster of the last window is passed over, however
 * well it did before: that is no grouping to hold.
 *
 * Where none is better than noise it is plain Ward, so that a reader has a tree to look at; the
 * verdict beside it says what it is worth.
 *
 * @param options.maxShare Largest share of the placed markets that one cluster may hold.
 */
export function recommendedMethod(
  rows: readonly MethodRow[],
  { maxShare }: { readonly maxShare: number },
): MethodKey {
  const passed = rows
    .filter((row) =>
      row.verdict === "better than noise" && row.evidence !== "wording" &&
      row.largestShare <= maxShare
    )
    .sort((a, b) => a.adjustedP - b.adjustedP || strength(b) - strength(a));
  return passed[0]?.method ?? "ward";
}

/** Coherence above the null's median, in widths from there to the null's 95 %. */
function strength({ coherence, nullMid, nullHigh }: MethodRow): number {
  return (coherence - nullMid) / (nullHigh - nullMid);
}
