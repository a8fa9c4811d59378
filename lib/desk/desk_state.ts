import type { Decision } from "../review/decision.ts";
import { mergeSeen } from "../review/cluster_subjects.ts";
import { subjectKey } from "../review/decisions_in_force.ts";
import { NOTEBOOK_KINDS, REVIEW_NOTEBOOKS } from "../review/review_notebooks.ts";
import { standings } from "../review/standings.ts";
import type { DeskState } from "./desk_api.ts";
import { type DeskReader, deskReader, type ReviewCheckpoint } from "./desk_reader.ts";
import { toldSubjects } from "./run_questions.ts";

/** What a person must do where no run has left anything to review. */
const START = "What to do: run deno task start first, with the same --out";

/**
 * What the page of the desk is told: the questions of the last run but the quiet ones, how each stands,
 * and what the run does not heed yet.
 *
 * Cost: O(questions that are told); where no file changed nothing is read but their names and times.
 *
 * @param out Folder of the run; a relative path is below the project's folder.
 * @param options.reader Remembers what it read; a new one by default.
 * @throws {Error} If no notebook has left anything to review, or they rest on several sources.
 */
export async function deskState(
  out: string,
  { reader = deskReader(out) }: { readonly reader?: DeskReader } = {},
): Promise<DeskState> {
  // before all else: what changes while it is read is another revision at the next question
  const revision = reader.revision(), runRevision = reader.runRevision();
  const questions = await reader.questions();
  const { reviews, quietRevision } = questions;
  const source = sourceOf(reviews, out);
  const [{ decisions, rejected }, leaves, themes, charts, outdated] = await Promise.all([
    reader.decisions(),
    reader.leaves(),
    reader.themes(),
    reader.charts(),
    outdatedNotebooks(reviews, reader),
  ]);
  // of a notebook that has not run nobody knows which questions are gone
  const kinds: readonly string[] = reviews.flatMap(({ notebook }) => NOTEBOOK_KINDS[notebook]);
  const own = decisions.filter((one) => one.source === source && kinds.includes(one.kind));
  const told = toldSubjects(questions, own.map(({ kind, subject }) => subjectKey(kind, subject)));
  const { subjects, orphans } = standings(told, own, {
    source,
    seenNow: (decision) => mergeSeen(decision, leaves ?? new Map()),
  });
  return {
    source,
    asOf: reviews.map(({ meta }) => meta.asOf).sort().at(-1)!,
    isSimulated: /^simulated universe\b/.test(source),
    ...{ revision, runRevision, quietRevision, nQuiet: questions.subjects.length - told.length },
    ...{ subjects, orphans, rejected, themes, charts, outdated },
  };
}

function sourceOf(reviews: readonly ReviewCheckpoint[], out: string): string {
  const names = REVIEW_NOTEBOOKS.map((notebook) => `${notebook.slice(0, 2)}_review`).join(", ");
  if (reviews.length === 0) {
    throw new Error(
      `Cannot open the review desk as a run must have left ${names}: got none in "${out}"\n  ${START}`,
    );
  }
  const sources = [...new Set(reviews.map(({ meta }) => meta.source))];
  if (sources.length > 1) {
    throw new Error(
      `Cannot open the review desk as ${names} must rest on one source: got ${
        sources.map((source) => `"${source}"`).join(" and ")
      }\n  ${START}`,
    );
  }
  return sources[0]!;
}

/** Notebooks that ran with other decisions than there are today. */
async function outdatedNotebooks(
  reviews: readonly ReviewCheckpoint[],
  reader: DeskReader,
): Promise<string[]> {
  const { decisions } = await reader.decisions();
  const isOutdated = async ({ notebook, meta }: ReviewCheckpoint) => {
    const heeded = meta.params.decisions;
    if (typeof heeded === "string") return heeded !== await reader.decisionsHash(notebook);
    const kinds: readonly string[] = NOTEBOOK_KINDS[notebook];
    return decisions.some((one: Decision) =>
      one.source === meta.source && kinds.includes(one.kind)
    );
  };
  const are = await Promise.all(reviews.map(isOutdated));
  return reviews.filter((_, k) => are[k]).map(({ notebook }) => notebook);
}
