import { join } from "node:path";
import { readCheckpoint } from "../store/checkpoint.ts";
import type { Decision, SubjectKind } from "./decision.ts";
import { readDecisions, type StoredDecisions } from "./decision_files.ts";
import { type StandingOptions, standings } from "./standings.ts";
import type { StandingSubject } from "./standing_subject.ts";
import { type Subject, subjectsOf } from "./subject.ts";

/** What people were asked, and what they said. */
export interface Review {
  readonly subjects: readonly StandingSubject[];
  /** Decisions in force whose subject is not there any more; they change nothing. */
  readonly orphans: readonly Decision[];
  /** Files that cannot be read as decisions; they change nothing. */
  readonly rejected: StoredDecisions["rejected"];
  /** Every decision on this universe, overtaken and withdrawn ones too, in the order of time. */
  readonly decisions: readonly Decision[];
  /** Changes with every decision file. */
  readonly sha256: string;
}

/**
 * The review of what earlier notebooks asked.
 *
 * @param out Folder of the run; a relative path is below the project's folder.
 * @param options.checkpoints Checkpoints of subjects, such as `03_review`.
 * @param options.source Words for the universe that they must rest on.
 * @param options.kinds Kinds that these checkpoints ask about, so that other decisions are not taken for
 *   orphans; all by default.
 * @throws {Error} If a checkpoint is missing, edited or of another universe, or the folder of decisions
 *   cannot be read.
 */
export async function readReview(
  out: string,
  { checkpoints, source, kinds }: {
    readonly checkpoints: readonly string[];
    readonly source: string;
    readonly kinds?: readonly SubjectKind[];
  },
): Promise<Review> {
  const subjects: Subject[] = [];
  for (const name of checkpoints) {
    const { table } = await readCheckpoint(name, {
      dir: join(out, "checkpoints"),
      expect: {
        kind: "string",
        subject_id: "string",
        seen: "string",
        title: "string",
        is_required: "bool",
      },
      source,
    });
    subjects.push(...subjectsOf(table));
  }
  const read = await readDecisions(out, { ...kinds !== undefined && { kinds } });
  return reviewOf(subjects, read, { source });
}

/** The review of subjects that a notebook has just made; see {@link readReview} and {@link standings}. */
export function reviewOf(
  subjects: readonly Subject[],
  read: StoredDecisions,
  options: StandingOptions,
): Review {
  const { rejected, sha256 } = read;
  const decisions = read.decisions.filter((decision) => decision.source === options.source);
  return { ...standings(subjects, decisions, options), rejected, decisions, sha256 };
}
