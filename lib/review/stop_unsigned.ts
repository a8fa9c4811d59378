import type { Settings } from "../core/settings.ts";
import { readReview } from "./read_review.ts";
import { requireSigned } from "./require_signed.ts";
import { NOTEBOOK_KINDS, type ReviewNotebook } from "./review_notebooks.ts";

/**
 * Stops a notebook until what it rests on is signed, where the settings require it; reads nothing where
 * they do not.
 *
 * @param of Notebooks whose results it rests on.
 * @param options.out Folder of the run. @param options.source Words for the universe.
 * @param options.notebook The notebook that is about to run.
 * @throws {Error} If something that must be signed is waiting, flagged or stale; the message says what.
 */
export async function stopUnsigned(
  of: readonly ReviewNotebook[],
  { out, source, settings, notebook }: {
    readonly out: string;
    readonly source: string;
    readonly settings: Pick<Settings, "review">;
    readonly notebook: string;
  },
): Promise<void> {
  const required = settings.review.required.value;
  if (!required) return;
  for (const one of of) {
    const checkpoints = [`${one.slice(0, 2)}_review`];
    const review = await readReview(out, { checkpoints, source, kinds: NOTEBOOK_KINDS[one] });
    requireSigned(review, { required, notebook, of: one });
  }
}
