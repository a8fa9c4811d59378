import { HUES } from "../../charts/palette.ts";
import type { Linkage } from "../../cluster/linkage.ts";

/**
 * A colour for every node, so that at any cut no two clusters side by side share one, and a cluster
 * keeps its colour while the cut moves.
 *
 * From the top down the larger branch keeps its merge's colour, and the other takes the next in turn
 * that neither of its neighbours has.
 *
 * @param places.first By node: the place of its first leaf along the page.
 * @param places.size By node: its leaves.
 * @returns By node: an index of `HUES`. Cost: O(n).
 */
export function nodeHues(
  { ids, left, right }: Linkage,
  { first, size }: { readonly first: ArrayLike<number>; readonly size: ArrayLike<number> },
): Uint8Array {
  const n = ids.length, nNodes = Math.max(2 * n - 1, 0);
  const hue = new Uint8Array(nNodes);
  const before = new Int32Array(nNodes).fill(-1), after = new Int32Array(nNodes).fill(-1);
  let turn = 0;
  for (let node = nNodes - 1; node >= n; --node) {
    const one = left[node - n]!, other = right[node - n]!;
    const [a, b] = first[one]! < first[other]! ? [one, other] : [other, one];
    const outerLeft = before[node]!, outerRight = after[node]!;
    before[a] = outerLeft;
    after[a] = b;
    before[b] = a;
    after[b] = outerRight;
    if (outerLeft >= 0) after[outerLeft] = a;
    if (outerRight >= 0) before[outerRight] = b;
    const [kept, given, neighbour] = size[a]! >= size[b]! ? [a, b, outerRight] : [b, a, outerLeft];
    hue[kept] = hue[node]!;
    do turn = (turn + 1) % HUES.length; while (
      turn === hue[node] || (neighbour >= 0 && turn === hue[neighbour])
    );
    hue[given] = turn;
  }
  return hue;
}
