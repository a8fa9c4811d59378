import type { Decision } from "./decision.ts";
import type { Subject } from "./subject.ts";

/** How a subject stands. `idle`: nobody must sign it, and nobody did. */
export type SubjectStanding = "waiting" | "idle" | "signed" | "flagged" | "stale";

/** A subject with the decision in force about it. */
export interface StandingSubject extends Subject {
  readonly standing: SubjectStanding;
  /** `null` where there is none, or it was withdrawn. */
  readonly decision: Decision | null;
  /** The rename of a cluster that the approval in force leaves standing; only where there is one. */
  readonly rename?: Decision;
  /** Decisions ever taken about it, withdrawn ones and withdrawals included; the next is one more. */
  readonly nDecisions: number;
}
