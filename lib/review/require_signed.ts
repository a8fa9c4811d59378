import type { Review } from "./read_review.ts";
import { shortText } from "./short_text.ts";
import { countStandings, isReviewed } from "./standings.ts";

/** Titles that the error names. */
const SHOWN = 3;

/**
 * Stops a notebook that may only rest on what a person signed.
 *
 * @param options.required Setting `review.required`; where it is false nothing is asked.
 * @param options.notebook The notebook that is about to run.
 * @param options.of The notebook whose subjects these are.
 * @throws {Error} If a subject that must be signed is not; the message says how many and names the first.
 */
export function requireSigned(
  { subjects }: Pick<Review, "subjects">,
  { required, notebook, of }: {
    readonly required: boolean;
    readonly notebook: string;
    readonly of: string;
  },
): void {
  if (!required || isReviewed(subjects)) return;
  const must = subjects.filter(({ isRequired }) => isRequired);
  const { signed, waiting, flagged, stale } = countStandings(must);
  const counts = [[waiting, "waiting"], [flagged, "flagged"], [stale, "stale"]] as const;
  const open = must.filter(({ standing }) => standing !== "signed");
  const names = open.slice(0, SHOWN).map(({ kind, title }) =>
    `${kind.replace("_", " ")} "${shortText(title, { most: 60 })}"`
  );
  const more = open.length > SHOWN ? ` and ${open.length - SHOWN} more` : "";
  throw new Error(
    `Cannot run ${notebook} as ${of} must be signed: got ${
      [
        `${signed} of ${must.length} signed`,
        ...counts.flatMap(([count, word]) => count === 0 ? [] : [`${count} ${word}`]),
      ].join(", ")
    } (${names.join(", ")}${more})\n  What to do: deno task review, sign, and start again`,
  );
}
