import type { Decision, SubjectKind, Verdict } from "../review/decision.ts";
import type { StandingSubject } from "../review/standing_subject.ts";

/** `GET /api/desk`: what the page is told when it opens, and after every change. */
export interface DeskState {
  /** Words for the universe, and the latest day in it. */
  readonly source: string;
  readonly asOf: string;
  readonly isSimulated: boolean;
  /** Changes with every decision and every run; `GET /api/revision` gives it alone. */
  readonly revision: string;
  /** Changes when a checkpoint of the run is another, and with no decision: views are read again then. */
  readonly runRevision: string;
  /** Which `GET /api/quiet` belongs to it; changes with a run alone. */
  readonly quietRevision: string;
  /** Quiet subjects of the run, without those that `subjects` holds. */
  readonly nQuiet: number;
  /**
   * What must be signed and what somebody decided on, withdrawn or not; and all of the kinds but theme,
   * side and contract, of which a large universe has ten thousands. The rest is quiet.
   */
  readonly subjects: readonly StandingSubject[];
  /** Decisions in force whose subject is not there any more; they change nothing. */
  readonly orphans: readonly Decision[];
  /** Files in the folder of decisions that cannot be read, with the reason. */
  readonly rejected: readonly { readonly file: string; readonly reason: string }[];
  readonly themes: readonly { readonly id: string; readonly name: string; readonly hue: string }[];
  /** Charts of the last run by name, each there as SVG and PNG. */
  readonly charts: readonly string[];
  /** Notebooks of the last run whose results do not hold the decisions yet; `start` runs them. */
  readonly outdated: readonly string[];
}

/** `GET /api/revision`: cheap, to ask again and again. */
export interface DeskRevision {
  readonly revision: string;
}

/** `GET /api/quiet`: subjects that nobody must sign, read once a run. */
export interface QuietSubjects {
  /** `quietRevision` of the state that it belongs to. */
  readonly revision: string;
  /** Those that somebody decided on are here too; the state's own come first. */
  readonly subjects: readonly (readonly [kind: SubjectKind, id: string, seen: string])[];
}

/** `POST /api/decisions`. */
export interface SignRequest {
  readonly kind: SubjectKind;
  readonly subject: string;
  readonly verdict: Verdict;
  readonly value: Readonly<Record<string, unknown>>;
  readonly comment: string;
  readonly by: string;
  /**
   * `seen` of the subject as the page was told it; that of the cut for a cluster that is no subject, and
   * for a merge, which is about more clusters than its subject.
   */
  readonly seen: string;
  /** `nDecisions` of the subject as the page was told it; 0 for a cluster that is no subject. */
  readonly after: number;
}

/** Its answer: 200 stored, 409 somebody was first or the data changed, 400 malformed. */
export type SignAnswer =
  | { readonly stored: Decision; readonly state: DeskState }
  | {
    readonly refused: "second" | "changed" | "malformed";
    readonly reason: string;
    /** What is in force instead; only with "second". */
    readonly decision?: Decision | null;
  };

/** `GET /api/prices?market=ID&market=ID`: closes of contracts, at most 100 at a time. */
export interface PriceAnswer {
  readonly prices: readonly {
    readonly marketId: string;
    /** UTC day numbers, rising. */
    readonly days: readonly number[];
    /** Probability of the quoted outcome. */
    readonly closes: readonly number[];
  }[];
}
