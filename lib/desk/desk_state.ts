import type { Decision } from "../review/decision.ts";
import { standings } from "../review/standings.ts";
import { sha256Hex } from "../store/hash.ts";
import type { DeskState } from "./desk_api.ts";
import { type DeskReader, deskReader, type ReviewCheckpoint } from "./desk_reader.ts";
import { NOTEBOOK_KINDS, REVIEW_NOTEBOOKS } from "./review_notebooks.ts";

/** What a person must do where no run has left anything to review. */
const START = "What to do: run deno task start first, with the same --out";

/**
 * All that the page of the desk is told: the questions of the last run, how each stands, and what the
 * run does not heed yet.
 *
 * Cost: a look at the files that it rests on where none of them changed.
 *
 * @param out Folder of the run; a relative path is below the project's folder.
 * @param options.reader Remembers what it read; a new one by default.
 * @throws {Error} If no notebook has left anything to review, or they rest on several sources.
 */
export async function deskState(
  out: string,
  { reader = deskReader(out) }: { readonly reader?: DeskReader } = {},
): Promise<DeskState> {
  const reviews = await reader.reviews();
  const source = sourceOf(reviews, out);
  const [{ decisions, rejected, sha256 }, themes, charts, outdated] = await Promise.all([
    reader.decisions(),
    reader.themes(),
    reader.charts(),
    outdatedNotebooks(reviews, reader),
  ]);
  // of a notebook that has not run nobody knows which questions are gone
  const kinds: readonly string[] = reviews.flatMap(({ notebook }) => NOTEBOOK_KINDS[notebook]);
  const { subjects, orphans } = standings(
    reviews.flatMap((review) => review.subjects),
    decisions.filter(({ kind }) => kinds.includes(kind)),
    { source },
  );
  return {
    source,
    asOf: reviews.map(({ meta }) => meta.asOf).sort().at(-1)!,
    isSimulated: /^simulated universe\b/.test(source),
    revision: sha256Hex(
      JSON.stringify([sha256, outdated, reviews.map(({ meta }) => [meta.name, meta.sha256])]),
    ),
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
