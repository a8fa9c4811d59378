import type { Decision, SubjectKind } from "../review/decision.ts";
import type { DeskState } from "../desk/desk_api.ts";
import type { StandingSubject, SubjectStanding } from "../review/standing_subject.ts";
import { NOTEBOOKS, type TabId } from "./desk_tabs.ts";

/** How the subjects of one notebook stand. */
export interface NotebookSummary {
  readonly number: string;
  readonly name: string;
  readonly tab: TabId;
  /** What it asks, in the order in which it is best answered. */
  readonly kinds: readonly SubjectKind[];
  /** Subjects by standing. */
  readonly counts: Readonly<Record<SubjectStanding, number>>;
  /** Subjects that the review waits for or asks to be looked at again, stale ones first. */
  readonly open: readonly StandingSubject[];
  readonly isOutdated: boolean;
}

/**
 * The subjects by notebook, in the order of the state. Of those that nobody must sign only the stale ones
 * are open: somebody signed them, and what was seen is another.
 */
export function reviewSummary(
  { subjects, outdated, nQuiet }: Pick<DeskState, "subjects" | "outdated" | "nQuiet">,
): NotebookSummary[] {
  return NOTEBOOKS.map(({ number, name, tab, kinds }) => {
    const own = subjects.filter(({ kind }) => kinds.includes(kind));
    const of = (standing: SubjectStanding) => own.filter((one) => one.standing === standing);
    return {
      ...{ number, name, tab, kinds },
      counts: {
        waiting: of("waiting").length,
        stale: of("stale").length,
        flagged: of("flagged").length,
        signed: of("signed").length,
        idle: of("idle").length + (kinds.includes("contract") ? nQuiet : 0),
      },
      open: [...of("stale"), ...of("waiting")],
      isOutdated: outdated.some((notebook) => notebook.startsWith(number)),
    };
  });
}

/** The decisions in force, the latest first; ties by kind, then subject. */
export function recentDecisions(
  { subjects, orphans }: Pick<DeskState, "subjects" | "orphans">,
): Decision[] {
  const inForce = subjects.flatMap(({ decision }) => decision === null ? [] : [decision]);
  const order = ({ kind, subject }: Decision) => `${kind} ${subject}`;
  return [...inForce, ...orphans].sort((a, b) =>
    a.at !== b.at ? (a.at < b.at ? 1 : -1) : order(a) < order(b) ? -1 : 1
  );
}
