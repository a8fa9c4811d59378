import type { SignRequest } from "../../desk/desk_api.ts";
import type { Verdict } from "../../review/decision.ts";
import type { StandingSubject } from "../../review/standing_subject.ts";
import type { ClusterRow } from "./dendrogram_rows.ts";
import { keyOfNodes, memberIds } from "./dendrogram_signed.ts";
import type { DeskTree } from "./dendrogram_tree.ts";

type Request = Omit<SignRequest, "by">;

/** Id of the one subject of kind "cut". */
export const CUT_SUBJECT = "ward";

/** What a person says of a cluster. */
export type ClusterVerdict =
  | { readonly verdict: "approve" | "flag" }
  | { readonly verdict: "rename"; readonly name: string }
  | { readonly verdict: "merge"; readonly with: readonly ClusterRow[] }
  | { readonly verdict: "split"; readonly parts: readonly number[] };

/**
 * The request that signs a verdict about a cluster.
 *
 * A cluster that is nobody's question today was seen on the tree, so it goes with the cut's hash; so does
 * a merge, which is about more clusters than its own.
 *
 * @param about.cut Today's cut.
 */
export function clusterRequest(
  desk: DeskTree,
  row: ClusterRow,
  { said, comment, cut }: {
    readonly said: ClusterVerdict;
    readonly comment: string;
    readonly cut: StandingSubject;
  },
): Request {
  const members = memberIds(desk, row.nodes);
  const { subject, isAsked } = row;
  return {
    kind: "cluster",
    subject: keyOfNodes(desk, row.nodes),
    verdict: said.verdict,
    value: { members, ...valueOf(desk, said) },
    comment,
    seen: isAsked && said.verdict !== "merge" ? subject!.seen : cut.seen,
    after: subject?.nDecisions ?? 0,
  };
}

/** The request that takes the decision in force about a subject back. */
export function withdrawal(subject: StandingSubject, comment: string): Request {
  const { kind, id, seen, decision, nDecisions } = subject;
  return {
    ...{ kind, subject: id, verdict: "withdraw", value: {}, comment },
    seen: decision?.seen ?? seen,
    after: nDecisions,
  };
}

/** The request that signs or flags the cut. */
export function cutRequest(
  cut: StandingSubject,
  { verdict, nClusters, comment }: {
    readonly verdict: Extract<Verdict, "approve" | "flag">;
    readonly nClusters: number;
    readonly comment: string;
  },
): Request {
  return {
    kind: "cut",
    subject: cut.id,
    verdict,
    value: verdict === "approve" ? { clusters: nClusters } : {},
    comment,
    seen: cut.seen,
    after: cut.nDecisions,
  };
}

function valueOf(desk: DeskTree, said: ClusterVerdict): Record<string, unknown> {
  switch (said.verdict) {
    case "rename":
      return { name: said.name };
    case "merge":
      return { with: said.with.map(({ nodes }) => memberIds(desk, nodes)) };
    case "split":
      return { parts: said.parts.map((node) => memberIds(desk, [node])) };
    default:
      return {};
  }
}
