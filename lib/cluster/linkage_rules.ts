import type { PairMatrix } from "../core/pair_matrix.ts";
import { type LinkageWork, readRows, writeRow } from "./linkage_work.ts";

/** Distances from two slots, x < y, that are about to join, to every active slot in order. */
export interface JoiningRows {
  readonly x: number;
  readonly y: number;
  /** Becomes the row of the joined cluster; its places of x and y hold nothing. */
  readonly rowX: Float64Array;
  readonly rowY: Float64Array;
  /** Distance between x and y. */
  readonly height: number;
}

/**
 * The distances of a joined cluster.
 *
 * Every rule here is reducible: a joined cluster is never nearer to a third one than the nearer of
 * its parts was, as long as its parts were nearest to each other. What rounding would take below
 * `height` is lifted to it, so heights never fall from a node to its parent.
 */
export type LinkageRule = (work: LinkageWork, rows: JoiningRows) => void;

/**
 * Ward on squared distances. An unknown distance takes the value of the known one.
 *
 * Source: Ward 1963 in the recurrence of Lance & Williams 1967.
 */
export function joinWard(work: LinkageWork, { x, y, rowX, rowY, height }: JoiningRows): void {
  const { size, active, nActive } = work;
  const sizeX = size[x]!, sizeY = size[y]!, sizeBoth = sizeX + sizeY;
  for (let q = 0; q < nActive; ++q) {
    let u = rowX[q]!, v = rowY[q]!;
    if (u === Infinity) u = v;
    else if (v === Infinity) v = u;
    const sizeJ = size[active[q]!]!;
    const joined = ((sizeX + sizeJ) * u + (sizeY + sizeJ) * v - sizeJ * height) /
      (sizeBoth + sizeJ);
    // false also for Infinity less Infinity
    rowX[q] = joined >= height ? joined : height;
  }
}

/** Mean over all item pairs. */
export function joinAverage(work: LinkageWork, { x, y, rowX, rowY, height }: JoiningRows): void {
  const sizeX = work.size[x]!, sizeY = work.size[y]!, sizeBoth = sizeX + sizeY;
  for (let q = 0; q < work.nActive; ++q) {
    const joined = (sizeX * rowX[q]! + sizeY * rowY[q]!) / sizeBoth;
    rowX[q] = joined >= height ? joined : height;
  }
}

/** Mean over the known item pairs, which the rule counts along, beginning at single items. */
export function knownAverage({ values }: PairMatrix): LinkageRule {
  const known = new Float64Array(values.length);
  for (let at = 0; at < known.length; ++at) known[at] = values[at]! === values[at]! ? 1 : 0;
  return (work, { x, y, rowX, rowY, height }) => {
    const knownX = new Float64Array(work.nActive), knownY = new Float64Array(work.nActive);
    readRows(work, known, { x, y, rowX: knownX, rowY: knownY });
    for (let q = 0; q < work.nActive; ++q) {
      const u = rowX[q]!, v = rowY[q]!;
      if (u !== Infinity && v !== Infinity) {
        const joined = (knownX[q]! * u + knownY[q]! * v) / (knownX[q]! + knownY[q]!);
        rowX[q] = joined >= height ? joined : height;
      } else if (u === Infinity) rowX[q] = v;
      knownX[q] = knownX[q]! + knownY[q]!;
    }
    writeRow(work, known, x, knownX);
  };
}

/** Largest known distance. */
export function joinComplete(work: LinkageWork, { rowX, rowY }: JoiningRows): void {
  for (let q = 0; q < work.nActive; ++q) {
    const u = rowX[q]!, v = rowY[q]!;
    if (u === Infinity || (v > u && v !== Infinity)) rowX[q] = v;
  }
}
