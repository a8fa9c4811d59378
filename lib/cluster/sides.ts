import { pairAt, pairIndex, type PairMatrix } from "../core/pair_matrix.ts";

/**
 * A side for each item, +1 as quoted or −1 for its complement, so that the strong correlations
 * among the held sides are positive.
 *
 * Which outcome a venue quotes is arbitrary, and so is the sign of a correlation until a side is
 * chosen. The rule: signs are carried along the maximum spanning tree of |ρ|, then single items are
 * turned as long as that raises Σ s_i s_j ρ_ij|ρ_ij|. Turning an item's quotation beforehand turns
 * its side and changes no aligned correlation. Turning all items together changes nothing either, and
 * the turn that holds more of them as quoted is taken. Fitting sides raises correlations of pure noise
 * too, so a null must be aligned in the same way.
 *
 * NaN: an unknown pair does not speak. Items without a known pair keep the quoted side.
 * Cost: O(n²) time a sweep, a few sweeps; O(n) memory.
 */
export function alignedSides(rho: PairMatrix): Int8Array {
  const side = spanningSides(rho);
  const n = side.length;
  for (let sweep = 0; sweep < MAX_SWEEPS; ++sweep) {
    let turned = false;
    for (let i = 0; i < n; ++i) {
      let pull = 0;
      for (let j = 0; j < n; ++j) {
        if (j === i) continue;
        const r = pairAt(rho, i, j);
        if (r === r) pull += side[j]! * r * Math.abs(r);
      }
      if (pull * side[i]! < -1e-12) {
        side[i] = -side[i]!;
        turned = true;
      }
    }
    if (!turned) break;
  }
  // turning everything changes nothing but the words: most items are held as quoted
  const isTurned = side.reduce((sum, s) => sum + s, 0) < 0;
  return isTurned ? side.map((s) => -s) : side;
}

/** Each turn raises a bounded sum, so sweeps end by themselves; this bound is never met in use. */
const MAX_SWEEPS = 100;

/** Signs carried along the maximum spanning tree of |ρ|, grown from the first item of each part. */
function spanningSides(rho: PairMatrix): Int8Array {
  const n = rho.ids.length;
  const side = new Int8Array(n);
  const strength = new Float64Array(n).fill(-1);
  const sign = new Int8Array(n).fill(1);
  for (let step = 0; step < n; ++step) {
    let next = -1;
    for (let i = 0; i < n; ++i) {
      if (side[i] === 0 && (next < 0 || strength[i]! > strength[next]!)) next = i;
    }
    side[next] = sign[next]!;
    for (let j = 0; j < n; ++j) {
      if (side[j] !== 0) continue;
      const r = pairAt(rho, next, j);
      if (Math.abs(r) > strength[j]!) {
        strength[j] = Math.abs(r);
        sign[j] = r < 0 ? -side[next]! : side[next]!;
      }
    }
  }
  return side;
}

/**
 * Correlations of the held sides: s_i s_j ρ_ij.
 *
 * @throws {RangeError} If there is not one side an item.
 */
export function heldCorrelation(rho: PairMatrix, side: ArrayLike<number>): PairMatrix {
  const n = rho.ids.length;
  if (side.length !== n) {
    throw new RangeError(
      `Cannot take sides as each of ${n} items must have one: got ${side.length}`,
    );
  }
  const values = new Float64Array(rho.values.length);
  for (let i = 0; i < n; ++i) {
    for (let j = i + 1, at = pairIndex(n, i, i + 1); j < n; ++j, ++at) {
      values[at] = side[i]! * side[j]! * rho.values[at]!;
    }
  }
  return { ids: rho.ids, values };
}
