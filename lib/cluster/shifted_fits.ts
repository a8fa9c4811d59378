import { fitMethods, type MethodFit } from "./fit_methods.ts";
import { members } from "./partition.ts";
import { type Repetitions, shiftedWindow } from "./stability.ts";

/** What one method finds in one shifted panel. */
export interface ShiftedFit {
  /** Mean silhouette; NaN with fewer than two clusters. */
  readonly silhouette: number;
  /** Members of each cluster, and their mean correlation. */
  readonly sizes: Int32Array;
  readonly within: Float64Array;
}

/**
 * Each method on circularly shifted panels: what it reaches on noise that stands still as often
 * as the real prices do.
 *
 * @returns Per method: one entry a shift.
 */
export function shiftedFits({ window, fits, fit, seed, from, to }: Repetitions): ShiftedFit[][] {
  const found: ShiftedFit[][] = fits.map(() => []);
  for (let b = from; b < to; ++b) {
    fitMethods(shiftedWindow(window, { seed, number: b }), fit)
      .forEach(({ silhouette, partition, within }, m) => {
        const sizes = Int32Array.from(members(partition), (list) => list.length);
        found[m]!.push({ silhouette, sizes, within });
      });
  }
  return found;
}

/**
 * For each cluster, how often noise finds a cluster that is as remarkable: a p-value that holds for
 * all clusters of a method together.
 *
 * The raw p of a cluster is the share of panels, the observed one among them, in which the same
 * method finds a cluster at least as large with at least as much correlation among its members. Size
 * and correlation are only partly ordered, so a panel with many kinds of clusters has many chances of
 * a small raw p. Each shifted panel therefore has its own least raw p, taken against all other panels
 * as that of the observed is; the adjusted p is the share of panels whose least is as small. Were the
 * observed panel one more shift, some cluster of it would come to α or less with a chance of at most
 * α.
 *
 * Several panels have a cluster that no other panel reaches, an odd pair or a loose crowd. Among equal
 * raw p the mean correlation times the root of the number of pairs decides, so that these do not
 * count against a cluster that is far from noise.
 *
 * NaN: a cluster of one member. Cost: O(clusters · log clusters) a panel, then O(shifts²) times the
 * clusters that no other of their panel exceeds in both.
 * Source: Westfall & Young, Resampling-Based Multiple Testing, 1993, the minP procedure.
 *
 * @returns One p-value a cluster, in [1/(shifts + 1), 1].
 */
export function clusterPValues(
  { partition, within }: Pick<MethodFit, "partition" | "within">,
  shifted: readonly ShiftedFit[],
): Float64Array {
  const sizes = Int32Array.from(members(partition), (list) => list.length);
  const panels = [{ sizes, within }, ...shifted].map(unsurpassed);
  const rarity = (one: Extent): Rarity => ({
    times: panels.filter((others) => others.some((other) => reaches(other, one))).length,
    strength: Math.max(one.within, 0) * Math.sqrt(one.size * (one.size - 1)),
  });
  const noise = panels.slice(1).map((own) => own.map(rarity));
  return Float64Array.from(sizes, (size, c) => {
    if (Number.isNaN(within[c]!)) return NaN;
    const found = rarity({ size, within: within[c]! });
    const asRare = noise.filter((own) => own.some((other) => isAsRare(other, found)));
    return (1 + asRare.length) / panels.length;
  });
}

/** What a cluster is judged by. */
interface Extent {
  readonly size: number;
  readonly within: number;
}

/** How remarkable a cluster is. */
interface Rarity {
  /** Panels that reach it; the fewer, the rarer. */
  readonly times: number;
  /** Decides among equal times; the larger, the rarer. */
  readonly strength: number;
}

function isAsRare(one: Rarity, other: Rarity): boolean {
  return one.times < other.times || (one.times === other.times && one.strength >= other.strength);
}

function reaches(one: Extent, other: Extent): boolean {
  return one.size >= other.size && one.within >= other.within;
}

/** The clusters of a panel that none of its others reaches: these alone decide its least p. */
function unsurpassed({ sizes, within }: Pick<ShiftedFit, "sizes" | "within">): Extent[] {
  const known = Array.from(sizes, (size, c) => ({ size, within: within[c]! }))
    .filter((one) => !Number.isNaN(one.within))
    .sort((x, y) => y.size - x.size || y.within - x.within);
  const best: Extent[] = [];
  for (const one of known) {
    const last = best.at(-1);
    if (last === undefined || one.within > last.within) best.push(one);
  }
  return best;
}

/** Mean correlation of the pairs within the clusters of a shifted panel; NaN without a pair. */
export function meanWithin({ sizes, within }: Pick<ShiftedFit, "sizes" | "within">): number {
  let sum = 0, nPairs = 0;
  within.forEach((mean, c) => {
    if (Number.isNaN(mean)) return;
    const pairs = sizes[c]! * (sizes[c]! - 1) / 2;
    sum += pairs * mean;
    nPairs += pairs;
  });
  return sum / nPairs;
}
