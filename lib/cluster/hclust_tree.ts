import { Cluster } from "ml-hclust";
import type { Linkage } from "./linkage.ts";

/**
 * The same tree as ml-hclust's `Cluster`, for its `cut()`, `group()`, `traverse()` and `indices()`.
 *
 * Its own `agnes()` needs O(n³) time; `ward2` there is our `ward`. Its walks call themselves, so a
 * tree of many thousand leaves in one long chain may be too deep for them.
 *
 * Cost: O(n).
 */
export function hclustTree({ ids, left, right, height, size }: Linkage): Cluster {
  const nodes = ids.map((_, leaf) => {
    const node = new Cluster();
    node.isLeaf = true;
    node.index = leaf;
    return node;
  });
  height.forEach((h, m) => {
    const node = new Cluster();
    node.height = h;
    node.size = size[m]!;
    node.children = [nodes[left[m]!]!, nodes[right[m]!]!];
    nodes.push(node);
  });
  return nodes.at(-1)!;
}
