import { canonicalJson } from "../store/canonical_json.ts";
import type { Decision, SubjectKind } from "./decision.ts";

/** What people said about a subject. */
export interface SubjectDecisions {
  /** The decision in force; `null` where all were withdrawn. */
  readonly decision: Decision | null;
  /** The rename of a cluster that the approval in force leaves standing; only where there is one. */
  readonly rename?: Decision;
  /** Number of the last decision ever taken, withdrawn ones and withdrawals included; the next is one more. */
  readonly nDecisions: number;
}

/** One text for a subject of any kind. */
export function subjectKey(kind: SubjectKind, id: string): string {
  return `${kind} ${id}`;
}

/**
 * The decision in force about every subject that somebody decided on, by {@link subjectKey}.
 *
 * Decisions are taken by number: each comes into force over the one before it, and a `withdraw` takes
 * the last that is still in force back, so that taking back twice goes two steps back. One that finds
 * nothing does nothing. A number that is missing is passed over; of two with one number, which no folder
 * can hold, the earlier counts. The order in which they are given does not matter.
 *
 * Cost: O(n log n).
 *
 * @param options.source Words for the universe; decisions on another one do not exist.
 * @returns Subjects in the order of their keys.
 */
export function decisionsInForce(
  decisions: readonly Decision[],
  { source }: { readonly source: string },
): ReadonlyMap<string, SubjectDecisions> {
  const bySubject = new Map<string, Decision[]>();
  for (const decision of decisions) {
    if (decision.source !== source) continue;
    const key = subjectKey(decision.kind, decision.subject);
    const own = bySubject.get(key);
    if (own === undefined) bySubject.set(key, [decision]);
    else own.push(decision);
  }
  const keys = [...bySubject.keys()].sort();
  return new Map(keys.map((key) => [key, folded(bySubject.get(key)!)]));
}

/**
 * The decisions in force alone, in the order of their subjects' keys; see {@link decisionsInForce}.
 *
 * Of a cluster that was renamed and then approved on the same data both are in force: to approve a
 * cluster is to be content with it as it is called. A flag, a merge or a split ends the name, as does an
 * approval on other data, where the name was stale and not shown; taking the approval back leaves the
 * rename. Of all else one decision is in force: to approve a theme, a side or an audited contract is to
 * say that the classifier is right, so an approval ends what was relabelled before.
 */
export function inForce(
  decisions: readonly Decision[],
  { source }: { readonly source: string },
): Decision[] {
  return [...decisionsInForce(decisions, { source }).values()].flatMap(({ decision, rename }) =>
    [rename, decision].filter((one) => one !== null && one !== undefined)
  );
}

function folded(decisions: readonly Decision[]): SubjectDecisions {
  const inForce: Decision[] = [];
  let last = 0;
  for (const decision of [...decisions].sort(byNumber)) {
    if (decision.number === last) continue;
    last = decision.number;
    if (decision.verdict === "withdraw") inForce.pop();
    else inForce.push(decision);
  }
  const decision = inForce.at(-1) ?? null, rename = keptRename(inForce);
  return { decision, nDecisions: last, ...rename !== null && { rename } };
}

/** The rename under the approvals that were taken last on the same data. */
function keptRename(inForce: readonly Decision[]): Decision | null {
  const last = inForce.at(-1);
  if (last?.kind !== "cluster" || last.verdict !== "approve") return null;
  const under = inForce.findLast((one) => one.verdict !== "approve" || one.seen !== last.seen);
  return under?.verdict === "rename" && under.seen === last.seen ? under : null;
}

function byNumber(a: Decision, b: Decision): number {
  return a.number - b.number || compared(a.at, b.at) ||
    compared(canonicalJson(a), canonicalJson(b));
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
