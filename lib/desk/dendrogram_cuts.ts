import { columnOf, type Table } from "../core/table.ts";
import { readCheckpoint } from "../store/checkpoint.ts";
import { inProject } from "../store/project_root.ts";

/** What speaks for each number of clusters; `null` where the run did not compute it. */
export interface DendrogramCuts {
  /** One entry each per number of clusters, rising. */
  readonly cuts: {
    readonly k: readonly number[];
    readonly silhouette: readonly (number | null)[];
    readonly stability: readonly (number | null)[];
    /** Stability of the same number of clusters on shifted panels. */
    readonly nullStability: readonly (number | null)[];
  } | null;
  /** One entry each per cluster of each cut; a node is a leaf, or n and the number of a merge. */
  readonly cutClusters: {
    readonly k: readonly number[];
    readonly node: readonly number[];
    readonly silhouette: readonly (number | null)[];
    readonly stability: readonly (number | null)[];
  } | null;
}

/**
 * The checkpoints `03_cuts` and `03_cut_clusters`, which older runs lack, with the start of each hash.
 *
 * @param dir Folder of the checkpoints.
 * @throws {Error} If one is broken.
 */
export async function cutEvidence(
  dir: string,
): Promise<DendrogramCuts & { readonly hashes: readonly string[] }> {
  const found = await Promise.all([
    checkpointIfThere("03_cuts", dir),
    checkpointIfThere("03_cut_clusters", dir),
  ]);
  const [cuts, clusters] = found.map((one) => one && one.table);
  return {
    hashes: found.map((one) => one === null ? "none" : one.meta.sha256.slice(0, 16)),
    cuts: !cuts ? null : {
      k: [...columnOf(cuts, "k", "integer").values],
      silhouette: shares(cuts, "silhouette"),
      stability: shares(cuts, "stability"),
      nullStability: shares(cuts, "null_stability"),
    },
    cutClusters: !clusters ? null : {
      k: [...columnOf(clusters, "k", "integer").values],
      node: [...columnOf(clusters, "node", "integer").values],
      silhouette: shares(clusters, "silhouette"),
      stability: shares(clusters, "stability"),
    },
  };
}

async function checkpointIfThere(name: string, dir: string) {
  try {
    await Deno.stat(`${inProject(dir)}/${name}.meta.json`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  return await readCheckpoint(name, { dir });
}

function shares(from: Table, name: string): (number | null)[] {
  return Array.from(
    columnOf(from, name, "number").values,
    (value) => Number.isFinite(value) ? Math.round(value * 1e4) / 1e4 : null,
  );
}
