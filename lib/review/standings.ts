import type { Decision } from "./decision.ts";
import { decisionsInForce, subjectKey } from "./decisions_in_force.ts";
import type { StandingSubject, SubjectStanding } from "./standing_subject.ts";
import type { Subject } from "./subject.ts";

/** What {@link standings} is told beside subjects and decisions. */
export interface StandingOptions {
  readonly source: string;
  readonly seenNow?: (decision: Decision) => string | null;
}

/**
 * Today's subjects with how each stands, and the decisions whose subject is not there any more.
 *
 * A decision speaks for a subject only while it is the one that was seen: with another hash it is stale,
 * whatever its verdict. Neither stale decisions nor orphans may change a result.
 *
 * Cost: O(subjects + decisions · log decisions).
 *
 * @param subjects All of the kinds that the decisions are about; other decisions come out as orphans.
 * @param options.source Words for the universe; decisions on another one do not exist.
 * @param options.seenNow Today's hash of what a decision is about that is about more than its subject,
 *   `null` for the others: a merge is about all clusters that it joins.
 * @returns Subjects in the order given; orphans in force by kind and id.
 */
export function standings(
  subjects: readonly Subject[],
  decisions: readonly Decision[],
  { source, seenNow = () => null }: StandingOptions,
): { readonly subjects: readonly StandingSubject[]; readonly orphans: readonly Decision[] } {
  const inForce = decisionsInForce(decisions, { source });
  const known = new Set<string>();
  const standing = subjects.map((subject): StandingSubject => {
    const key = subjectKey(subject.kind, subject.id);
    known.add(key);
    const said = inForce.get(key) ?? { decision: null, nDecisions: 0 };
    const seen = said.decision === null ? null : seenNow(said.decision);
    return { ...subject, standing: standingOf(subject, said.decision, seen), ...said };
  });
  const orphans = [...inForce].flatMap(([key, { decision }]) =>
    decision === null || known.has(key) ? [] : [decision]
  );
  return { subjects: standing, orphans };
}

/** Whether every subject that must be signed is; a flagged or a stale one is not. */
export function isReviewed(subjects: readonly StandingSubject[]): boolean {
  return subjects.every(({ isRequired, standing }) => !isRequired || standing === "signed");
}

/** How many subjects stand how. */
export function countStandings(
  subjects: readonly StandingSubject[],
): Readonly<Record<SubjectStanding, number>> {
  const counts = { waiting: 0, idle: 0, signed: 0, flagged: 0, stale: 0 };
  for (const { standing } of subjects) ++counts[standing];
  return counts;
}

function standingOf(
  subject: Subject,
  decision: Decision | null,
  seenNow: string | null,
): SubjectStanding {
  if (decision === null) return subject.isRequired ? "waiting" : "idle";
  if (decision.seen !== (seenNow ?? subject.seen)) return "stale";
  return decision.verdict === "flag" ? "flagged" : "signed";
}
