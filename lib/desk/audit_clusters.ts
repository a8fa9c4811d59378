import { type WitnessMethod, witnessMethod } from "../taxonomy/witness_method.ts";
import { readCheckpoint } from "../store/checkpoint.ts";
import { type CheckpointRow, checkpointRows, textOf } from "./audit_rows.ts";

/** A cluster of the method that stands as second witness. Texts are untrusted. */
export interface AuditCluster {
  readonly clusterId: number;
  readonly label: string;
  /** Mean Jaccard similarity over resamples, 0 to 1; `null` where not measured. */
  readonly stability: number | null;
  /** Chance of as coherent a cluster in noise, before it is adjusted; `null` where unknown. */
  readonly p: number | null;
  readonly members: readonly AuditMember[];
  /** Themes of its events by words, the most frequent first; only those that it holds. */
  readonly themes: readonly AuditThemeCount[];
}

/** A contract of a cluster. */
export interface AuditMember {
  readonly marketId: string;
  /** Event of the taxonomy. */
  readonly eventId: string;
  readonly title: string;
  /** Theme by words. */
  readonly theme: string;
}

/** How often a theme stands in a cluster. */
export interface AuditThemeCount {
  readonly theme: string;
  readonly nEvents: number;
  /** Events that chance would give. */
  readonly expected: number | null;
  /** Chance of as many, adjusted for all pairs of cluster and theme. */
  readonly qValue: number | null;
}

const CLUSTERS = {
  method: "string",
  market_id: "string",
  cluster_id: "integer",
  cluster_label: "string",
  stability: "number",
  cluster_p: "number",
} as const;
const AGREEMENT = {
  cluster_id: "integer",
  theme: "string",
  n: "integer",
  expected: "number",
  q_value: "number",
} as const;

/**
 * The clusters that notebook 04 holds against themes, by number, and the method that found them.
 *
 * @param events Event and theme by words of every contract, by market id.
 * @throws {Error} If a checkpoint of 03 or 04 is missing.
 */
export async function auditClusters(
  dir: string,
  events: ReadonlyMap<string, { readonly eventId: string; readonly theme: string }>,
): Promise<{ readonly witness: WitnessMethod; readonly clusters: readonly AuditCluster[] }> {
  const witness = witnessMethod((await readCheckpoint("03_methods", { dir })).table);
  const rows = await checkpointRows("03_clusters", { dir, columns: CLUSTERS });
  const leaves = await checkpointRows("03_leaves", {
    dir,
    columns: { market_id: "string", title: "string" },
  });
  const titles = new Map(leaves.map(({ market_id, title }) => [market_id, title]));
  const cells = Map.groupBy(
    await checkpointRows("04_agreement", { dir, columns: AGREEMENT }),
    ({ cluster_id }) => cluster_id,
  );
  const own = rows.filter(({ method, cluster_id }) => method === witness.method && cluster_id >= 0);
  const clusters = [...Map.groupBy(own, ({ cluster_id }) => cluster_id)]
    .sort(([a], [b]) => a - b)
    .map(([clusterId, members]) => ({
      clusterId,
      label: textOf(members[0]!.cluster_label),
      stability: members[0]!.stability,
      p: members[0]!.cluster_p,
      members: members.map(({ market_id }) => memberOf(textOf(market_id), { titles, events })),
      themes: themesOf(cells.get(clusterId) ?? []),
    }));
  return { witness, clusters };
}

function memberOf(
  marketId: string,
  { titles, events }: {
    readonly titles: ReadonlyMap<string | null, string | null>;
    readonly events: ReadonlyMap<string, { readonly eventId: string; readonly theme: string }>;
  },
): AuditMember {
  const event = events.get(marketId);
  if (event === undefined) {
    throw new Error(
      `Cannot show clusters as notebooks 03 and 04 must rest on the same contracts: got no event for "${marketId}" (run notebook 04 again)`,
    );
  }
  const { eventId, theme } = event;
  return { marketId, eventId, title: titles.get(marketId) ?? marketId, theme };
}

function themesOf(cells: readonly CheckpointRow<typeof AGREEMENT>[]): AuditThemeCount[] {
  return cells
    .filter(({ n }) => n > 0)
    .map(({ theme, n, expected, q_value }) => ({
      ...{ theme: textOf(theme), nEvents: n, expected, qValue: q_value },
    }))
    .sort((a, b) => b.nEvents - a.nEvents || (a.theme < b.theme ? -1 : 1));
}
