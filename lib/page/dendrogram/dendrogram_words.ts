import { heightText } from "../../charts/tree_marks.ts";

/** Thresholds of Hennig's rule of thumb. */
export interface StabilityBounds {
  readonly stableJaccard: number;
  readonly doubtfulJaccard: number;
}

/** What stability says of a cluster. Source: Hennig 2007. */
export function stabilityWord(
  stability: number | null,
  { stableJaccard, doubtfulJaccard }: StabilityBounds,
): "stable" | "doubtful" | "dissolved" | "not computed" {
  if (stability === null) return "not computed";
  if (stability >= stableJaccard) return "stable";
  return stability >= doubtfulJaccard ? "doubtful" : "dissolved";
}

/** A share as ".31", cut rather than rounded so that .75 is never read beside "doubtful". */
export function shareText(share: number | null): string {
  if (share === null) return "–";
  const hundredths = Math.trunc(share * 100 + Math.sign(share) * 1e-9);
  const digits = String(Math.abs(hundredths)).padStart(3, "0");
  const text = `${digits.slice(0, -2).replace(/^0+/, "")}.${digits.slice(-2)}`;
  return hundredths < 0 ? `−${text}` : text;
}

/** "14 clusters at height 1.12". */
export function cutText(nClusters: number, height: number, top: number): string {
  return `${countText(nClusters)} at height ${heightText(height, top)}`;
}

/** The finding of the tree: "14 clusters at a cut of 1.12; 3 of them stable". */
export function cutFinding(
  { nClusters, height, top, nStable }: {
    readonly nClusters: number;
    readonly height: number;
    readonly top: number;
    /** `null` where stability was not computed. */
    readonly nStable: number | null;
  },
): string {
  const evidence = nStable === null
    ? "their stability was not computed"
    : nStable === 0
    ? "none of them stable"
    : `${nStable} of them stable`;
  return `${countText(nClusters)} at a cut of ${heightText(height, top)}; ${evidence}`;
}

/** Sizes from the largest: "31, 22, 12 and 5 smaller". */
export function sizesText(sizes: readonly number[], shown = 8): string {
  const falling = [...sizes].sort((a, b) => b - a);
  const rest = falling.length - shown;
  return rest <= 0
    ? falling.join(", ")
    : `${falling.slice(0, shown).join(", ")} and ${rest.toLocaleString("en")} more`;
}

function countText(nClusters: number): string {
  return nClusters === 1 ? "1 cluster" : `${nClusters.toLocaleString("en")} clusters`;
}
