import { clusterKey } from "../cluster/cluster_key.ts";
import { fewestClusters } from "../cluster/cut.ts";
import type { Linkage } from "../cluster/linkage.ts";
import { members, type Partition, partition } from "../cluster/partition.ts";
import { countOf } from "../core/number_text.ts";
import { isOfToday, membersOf, mergeSeen } from "./cluster_subjects.ts";
import { type Decision, valueOf } from "./decision.ts";
import { shortText } from "./short_text.ts";
import type { Subject } from "./subject.ts";

/** A decision that changes nothing, and why. */
export interface IgnoredDecision {
  readonly decision: Decision;
  /** For a reader; begins with a small letter and has no full stop. */
  readonly reason: string;
}

/** The number of clusters that a person has signed. */
export interface SignedCount {
  /** `null` where nobody has, or what was signed may not be applied. */
  readonly nClusters: number | null;
  readonly ignored: readonly IgnoredDecision[];
}

const STALE = "the data that it was decided on have changed";

/**
 * The number of clusters of the cut that is signed.
 *
 * A stale signature is not applied, and neither is a number that the tree cannot be cut into; nothing is
 * put in its place.
 *
 * @param decisions Decisions in force, of any kind.
 * @param cut Today's subject of kind "cut". @param options.tree Its tree.
 */
export function signedCount(
  decisions: readonly Decision[],
  cut: Subject,
  { tree }: { readonly tree: Linkage },
): SignedCount {
  const decision = decisions.find(({ kind, subject }) => kind === "cut" && subject === cut.id);
  if (decision === undefined) return { nClusters: null, ignored: [] };
  if (decision.seen !== cut.seen) {
    return { nClusters: null, ignored: [{ decision, reason: STALE }] };
  }
  const count = valueOf(decision, "cut approve")?.clusters ?? null;
  const fewest = fewestClusters(tree), most = tree.ids.length;
  if (count === null || (count >= fewest && count <= most)) {
    return { nClusters: count, ignored: [] };
  }
  const reason = `the tree can be cut into ${fewest} to ${countOf(most, "cluster")}, not ${count}`;
  return { nClusters: null, ignored: [{ decision, reason }] };
}

/** Clusters as a person's signatures leave them. */
export interface SignedClusters {
  readonly partition: Partition;
  /** A person's name for a cluster by its key; only of clusters that are there at the end. */
  readonly names: ReadonlyMap<string, string>;
  /** Decisions that took effect, in that order. */
  readonly applied: readonly Decision[];
  /** Decisions that would change something and may not. */
  readonly ignored: readonly IgnoredDecision[];
}

/**
 * The clusters after every signed split, merge and name, in the order in which they were signed.
 *
 * Each decision finds the clusters as those before it left them: what a merge made has a key of its own
 * and can be named, split or merged again. A decision that is stale, whose cluster is not there, or whose
 * parts are not the cluster is passed over with its reason. Clusters are numbered anew by `partition()`.
 * A name stays when its cluster is approved afterwards: `inForce()` then gives the rename too.
 *
 * Cost: O(decisions × members).
 *
 * @param found Clusters of the tree's cut; markets in none stay in none.
 * @param options.seenOf Hash of each leaf by its id.
 * @param options.decisions Those of `inForce()`, of any kind. Equal instants: by subject.
 */
export function signedClusters(
  found: Partition,
  { seenOf, decisions }: {
    readonly seenOf: ReadonlyMap<string, string>;
    readonly decisions: readonly Decision[];
  },
): SignedClusters {
  const clusters = new Map(
    members(found).map((items) => keyed(items.map((item) => found.ids[item]!))),
  );
  const names = new Map<string, string>();
  const applied: Decision[] = [], ignored: IgnoredDecision[] = [];
  const changes = decisions.filter(({ kind, verdict }) =>
    kind === "cluster" && ["rename", "merge", "split"].includes(verdict)
  ).sort((a, b) => compared(a.at, b.at) || compared(a.subject, b.subject));
  for (const decision of changes) {
    const reason = isOfToday(decision, seenOf)
      ? faultOf(decision, clusters)
      : clusters.has(decision.subject)
      ? STALE
      : MISSING;
    if (reason !== null) {
      ignored.push({ decision, reason });
      continue;
    }
    applied.push(decision);
    const name = valueOf(decision, "cluster rename")?.name;
    if (name !== undefined) {
      names.set(decision.subject, shortText(name));
      continue;
    }
    const { taken, made } = changeOf(decision);
    for (const ids of taken) clusters.delete(clusterKey(ids));
    for (const ids of made) clusters.set(...keyed(ids));
  }
  const labelOf = new Map(
    [...clusters.values()].flatMap((ids, label) => ids.map((id) => [id, label] as const)),
  );
  return {
    partition: partition(found.ids, found.ids.map((id) => labelOf.get(id) ?? -1)),
    names: new Map([...names].filter(([key]) => clusters.has(key))),
    applied,
    ignored,
  };
}

/**
 * Today's hash of what a decision is about, for `standings()`: that of all clusters that a merge joins, and
 * none where the decision may not be applied, so that it is not taken for signed. `null` for every other.
 */
export function seenToday(
  decision: Decision,
  { signed, seenOf }: {
    readonly signed: Pick<SignedClusters, "ignored">;
    readonly seenOf: ReadonlyMap<string, string>;
  },
): string | null {
  const isIgnored = signed.ignored.some((one) => one.decision === decision);
  return isIgnored ? "" : mergeSeen(decision, seenOf);
}

const MISSING = "its cluster is not among today's";

type Clusters = ReadonlyMap<string, readonly string[]>;

/** What hinders a decision that is not stale; `null` if nothing. */
function faultOf(decision: Decision, clusters: Clusters): string | null {
  const own = membersOf(decision)!;
  if (!clusters.has(decision.subject)) return MISSING;
  if (!isCluster(own, clusters) || clusterKey(own) !== decision.subject) {
    return "its members are not those of its cluster";
  }
  const others = valueOf(decision, "cluster merge")?.with;
  if (others?.some((ids) => !isCluster(ids, clusters))) {
    return "a cluster that it is joined with is not among today's";
  }
  if (others !== undefined && new Set([own, ...others].map(clusterKey)).size <= others.length) {
    return "it joins one cluster twice";
  }
  const parts = valueOf(decision, "cluster split")?.parts;
  if (parts !== undefined && !isSame(parts.flat(), own)) {
    return "its parts are not the cluster's members, each once";
  }
  return null;
}

/** Clusters that a merge or split ends, and those that it makes. */
function changeOf(decision: Decision): {
  readonly taken: readonly (readonly string[])[];
  readonly made: readonly (readonly string[])[];
} {
  const own = membersOf(decision)!;
  const others = valueOf(decision, "cluster merge")?.with;
  if (others !== undefined) return { taken: [own, ...others], made: [[own, ...others].flat()] };
  return { taken: [own], made: valueOf(decision, "cluster split")?.parts ?? [own] };
}

/** A key alone is no proof: 64 bits can be made to meet. */
function isCluster(ids: readonly string[], clusters: Clusters): boolean {
  const known = clusters.get(clusterKey(ids));
  return known !== undefined && isSame(ids, known);
}

function isSame(ids: readonly string[], others: readonly string[]): boolean {
  const known = [...others].sort();
  return ids.length === known.length && [...ids].sort().every((id, i) => id === known[i]);
}

function keyed(ids: readonly string[]): [string, readonly string[]] {
  return [clusterKey(ids), ids];
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
